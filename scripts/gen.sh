#!/usr/bin/env bash
# Writes everything that is generated and committed: openapi.json from the server's routes, and from it the
# console's types.
set -euo pipefail
cd "$(dirname "$0")/.."

fresh=$(mktemp)
trap 'rm -f "$fresh"' EXIT
cargo run --quiet --locked -p server --example openapi > "$fresh"
cat "$fresh" > openapi.json

if [ ! -d web/node_modules ]; then
  npm --prefix web ci --no-audit --no-fund --loglevel=error
fi
npm --prefix web run --silent gen
