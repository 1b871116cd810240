#!/usr/bin/env bash
# Runs the demo for a while and photographs every page: screenshots.sh [FOLDER].
set -euo pipefail
cd "$(dirname "$0")/.."

out=$(realpath -m "${1:-target/screenshots}")
work=$(mktemp -d)
address=127.0.0.1:18931
target/release/deskwise demo --data "$work/data" --listen "$address" > "$work/log" 2>&1 &
demo=$!
trap 'kill "$demo" 2>/dev/null || true; wait "$demo" || true; rm -rf "$work"' EXIT

until grep -q 'at work' "$work/log"; do
  kill -0 "$demo" || { cat "$work/log" >&2; exit 1; }
  sleep 1
done
# Pages should show a day's work, not its first second.
sleep 90
read -r email password < <(awk '$1 == "admin" { print $2, $3 }' "$work/log")
cd web
npm run --silent screenshots -- --base "http://$address" --out "$out" --email "$email" --password "$password"
echo "in $out"
