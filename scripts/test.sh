#!/usr/bin/env bash
# All tests, cheap ones first. Every step runs even if an earlier one failed, so that one run tells everything;
# the last line counts tests, where a failed step without tests counts as one.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1

log=$(mktemp)
trap 'rm -f "$log"' EXIT
passed=0
failed=0
failures=()

# step NAME COMMAND...: runs the command, adds up the tests it reports, and says how long it took.
step() {
  local name=$1 began=$SECONDS status=0 good bad
  shift
  printf '\n== %s\n' "$name"
  "$@" 2>&1 | tee "$log" || status=1
  good=$(count passed)
  bad=$(count failed)
  [ "$status" = 0 ] || [ "$bad" != 0 ] || bad=1
  passed=$((passed + good))
  failed=$((failed + bad))
  [ "$bad" = 0 ] || failures+=("$name")
  printf -- '-- %s: %s in %s s\n' "$name" "$([ "$bad" = 0 ] && echo ok || echo FAILED)" $((SECONDS - began))
}

# count passed|failed: the sum over the summaries of nextest, cargo test and vitest in the log.
count() {
  sed -E 's/\x1b\[[0-9;]*m//g' "$log" | awk -v word="$1" '
    /^ *Summary \[.*tests? run:/ || /^test result:/ || /^ *Tests  / {
      for (i = 2; i <= NF; i++) if ($i ~ "^" word "[,;)]?$") sum += $(i - 1)
    }
    END { print sum + 0 }'
}

web() {
  npm --prefix web run --silent "$@"
}

# Without nextest (faster, but one more thing to install) cargo runs the same tests.
rust_tests() {
  if cargo nextest --version >/dev/null 2>&1; then
    cargo nextest run --locked --workspace
  else
    cargo test --locked --workspace --lib --bins --tests
  fi
}

shell_scripts() {
  if command -v shellcheck >/dev/null; then
    shellcheck scripts/*.sh .ci/run bench/*.sh
  else
    echo "SKIPPED: shellcheck is not installed (apt-get install shellcheck)"
  fi
}

# Generated files are committed; making them again must change nothing.
generated() {
  local before after
  before=$(git status --porcelain; git diff)
  scripts/gen.sh || return 1
  after=$(git status --porcelain; git diff)
  if [ "$before" != "$after" ]; then
    git status --short
    echo "generated files were stale; commit what \`make gen\` wrote"
    return 1
  fi
}

step "shell scripts" shell_scripts
step "rust format" cargo fmt --all --check
step "console packages and build" scripts/web.sh
step "console lints" web lint
step "console types" web typecheck
step "console tests" web test
step "rust lints" cargo clippy --locked --workspace --all-targets -- -D warnings
step "rust tests" rust_tests
step "documentation tests" cargo test --locked --workspace --doc
step "generated files" generated
step "program for the browser" cargo build --locked -p deskwise
step "browser tests" web e2e

printf '\n%s s in all\n' "$SECONDS"
[ ${#failures[@]} = 0 ] || printf 'failed: %s\n' "${failures[@]}"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
