#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Makes the readers that tests/conformance/gguf_readers.py asks, from the sources of their projects, and asks them.
#
#     tests/conformance/gguf_readers.sh SOURCES FOLDER > docs/data/gguf-readers.csv
#
# SOURCES holds checkouts called gguf-tools, huggingface.js, candle and pygguf; FOLDER what cria_gguf_corpus and
# cria_gguf_conformance_files wrote. Needs cc, rustc with the crate byteorder as Debian packs it (librust-byteorder-dev),
# node, esbuild, and a python3 with NumPy and gguf.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
sources=$(realpath "${1:?the folder of sources}")
files=$(realpath "${2:?the folder of files}")
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT

cc -O1 -I"$sources/gguf-tools" "$here/readers/gguf_tools.c" "$sources/gguf-tools/gguflib.c" "$sources/gguf-tools/fp16.c" -o "$made/gguf_tools" -lm
esbuild "$here/readers/huggingface.ts" --bundle --platform=node --format=cjs --log-level=warning --outfile="$made/huggingface.js" \
    "--alias:huggingface-gguf=$sources/huggingface.js/packages/gguf/src/gguf.ts" "--alias:@huggingface/tasks=$sources/huggingface.js/packages/tasks/src/gguf.ts"
mkdir "$made/quantized"
cp "$here/readers/candle.rs" "$made/"
cp "$sources/candle/candle-core/src/quantized/gguf_file.rs" "$made/quantized/"
byteorder=$(find /usr/share/cargo/registry -maxdepth 1 -name 'byteorder-*')
rustc --edition 2021 -O --cap-lints allow --crate-type rlib --crate-name byteorder --cfg 'feature="std"' "$byteorder/src/lib.rs" -o "$made/libbyteorder.rlib"
rustc --edition 2021 -O --cap-lints allow "$made/candle.rs" --extern "byteorder=$made/libbyteorder.rlib" -o "$made/candle"

exec python3 "$here/gguf_readers.py" "$files" "gguf-py" "gguf-tools=$made/gguf_tools" "huggingface.js=node $made/huggingface.js" "candle=$made/candle" "pygguf=$sources/pygguf"
