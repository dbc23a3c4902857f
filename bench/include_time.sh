#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# What a translation unit pays for including a header of cria: the median of RUNS compilations at -O0 of a file with
# that one include, less the compilation of an empty file.
#
#   bench/include_time.sh [HEADER…]      default: the umbrellas; CXX=g++ RUNS=5
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

cxx=${CXX:-g++}
runs=${RUNS:-5}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

median_ms() { # median_ms FILE
    local i start end
    for ((i = 0; i < runs; ++i)); do
        start=$(date +%s%N)
        "$cxx" -std=c++20 -O0 -Iinclude -c "$1" -o "$scratch/out.o"
        end=$(date +%s%N)
        echo $(((end - start) / 1000000))
    done | sort -n | sed -n "$((runs / 2 + 1))p"
}

headers=("$@")
if ((${#headers[@]} == 0)); then
    for header in include/cria/*.hpp; do
        [[ $header == */fmt.hpp || $header == */gpu.hpp ]] || headers+=("${header#include/}")
    done
fi

: >"$scratch/empty.cpp"
empty=$(median_ms "$scratch/empty.cpp")
printf '%-36s %8s\n' "header ($("$cxx" --version | head -n 1))" "ms"
for header in "${headers[@]}"; do
    echo "#include \"$header\"" >"$scratch/one.cpp"
    printf '%-36s %8d\n' "$header" $(($(median_ms "$scratch/one.cpp") - empty))
done
