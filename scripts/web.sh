#!/usr/bin/env bash
# Builds the console into web/dist, where the server picks it up.
set -euo pipefail
cd "$(dirname "$0")/../web"

# npm notes in this file what it installed; an unchanged lock needs no second install.
if [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  npm ci --no-audit --no-fund --loglevel=error
fi
npm run --silent build
