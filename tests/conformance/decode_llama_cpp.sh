#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Compares decoding under compat::llama_cpp with llama.cpp itself, byte for byte.
#
#     LLAMA_CPP=path/to/llama.cpp LLAMA_CPP_BUILD=its/build/folder tests/conformance/decode_llama_cpp.sh [--sequences N] [--seed N] VOCABULARY.gguf…
#
# The build folder is one of static libraries (bench/peers/llama_cpp.sh makes it). Exits 1 on any difference.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$here/../..
peer=${LLAMA_CPP:?a source tree of llama.cpp}
built=${LLAMA_CPP_BUILD:?the folder it was built in}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

"${CXX:-g++}" -std=c++20 -O2 -I "$root/include" -I "$root/tests" -isystem "$peer/include" -isystem "$peer/ggml/include" \
    "$here/decode_llama_cpp.cpp" "$built/src/libllama.a" "$built/ggml/src/libggml.a" "$built/ggml/src/libggml-cpu.a" \
    "$built/ggml/src/libggml-base.a" -pthread -ldl -lm -o "$scratch/compare"
"$scratch/compare" "$@"
