#!/usr/bin/env bash
# Looks for the tools that a task needs: need.sh build|browser|test.
# As root it installs what Debian can give; otherwise it prints the one line that would, and ends with 2.
set -euo pipefail

oldest_cargo=1.95
oldest_node=20

# version_at_least FOUND WANTED
version_at_least() {
  [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]
}

# The system's package manager has no Rust or Node that is new enough, so these are only asked for.
require_cargo() {
  local found
  found=$(cargo --version 2>/dev/null | cut -d ' ' -f 2) || found=
  if [ -z "$found" ] || ! version_at_least "$found" "$oldest_cargo"; then
    echo "need Rust $oldest_cargo or newer (found: ${found:-none}): https://rustup.rs, or: rustup update stable" >&2
    exit 2
  fi
}

require_node() {
  local found
  found=$(node --version 2>/dev/null) || found=
  if [ -z "$found" ] || ! version_at_least "${found#v}" "$oldest_node" || ! command -v npm >/dev/null; then
    echo "need Node.js $oldest_node or newer with npm (found: ${found:-none}): https://nodejs.org/en/download" >&2
    exit 2
  fi
}

have_postgres() {
  command -v initdb >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null
}

have_browser() {
  [ -n "${CHROMIUM:-}" ] || command -v chromium || command -v chromium-browser || command -v google-chrome
} >/dev/null

missing=()
want_build() {
  require_cargo
  require_node
  command -v cc >/dev/null || missing+=(build-essential)
}
want_browser() {
  have_browser || missing+=(chromium)
  # Customers write emoji and every script; without a font for them pictures show boxes. Only where one may install.
  if [ "$(id -u)" = 0 ] && command -v fc-list >/dev/null && ! fc-list | grep -qi emoji; then
    missing+=(fonts-noto-color-emoji)
  fi
}
want_test() {
  want_build
  want_browser
  have_postgres || missing+=(postgresql)
  command -v git >/dev/null || missing+=(git)
}

case "${1:-}" in
  build) want_build ;;
  browser) want_browser ;;
  test) want_test ;;
  *)
    echo "usage: scripts/need.sh build|browser|test" >&2
    exit 2
    ;;
esac

[ ${#missing[@]} -gt 0 ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "installing: ${missing[*]}" >&2
  apt-get update -q
  DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"
else
  echo "missing; run: sudo apt-get update && sudo apt-get install -y ${missing[*]}" >&2
  exit 2
fi
