#!/usr/bin/env bash
# Builds the console into web/dist, where the server's build takes it from. Does nothing when nothing changed.
set -euo pipefail
cd "$(dirname "$0")/../web"

# npm notes in this file what it installed; an unchanged lock needs no second install.
if [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  npm ci --no-audit --no-fund --loglevel=error
fi

built=dist/index.html
if [ -e "$built" ] && [ -z "$(find . -path ./node_modules -prune -o -path ./dist -prune -o -type f -newer "$built" -print -quit)" ]; then
  exit 0
fi
npm run --silent build
# Cargo knows the files that were embedded last time, not those that are new.
touch ../crates/server/src/console.rs
