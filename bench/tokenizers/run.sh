#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Compares cria's tokenizer with its peers, from nothing: Python packages, vocabularies for them, programs, ids, times.
#
#     bench/tokenizers/run.sh [--packages] [OPTIONS OF run.py…]       --help shows them; --quick is minutes a vocabulary
#     bench/tokenizers/run.sh --tool [OPTIONS OF tool.py…]            the command-line tool beside the library
#
# --packages installs the peers and prints the Python that has them, no more. llama.cpp takes part where CRIA_PEER_LLAMA_CPP
# names a folder in which `bench/peers/llama_cpp.sh --llama` has built it, or build/peers is such a folder. Conformance data and texts
# are looked for where the tests look, in CRIA_SHARED_DIR or ../shared; what is not there is skipped, and said. Nothing is installed
# outside build/tokenizer-peers and build/tokenizers.
set -euo pipefail
# shellcheck source=scripts/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/../../scripts/common.sh"

peers=$PWD/build/tokenizer-peers
build=$PWD/build/tokenizers
needed=(gguf==0.19.0 numpy)
packages=(tokenizers==0.23.3 gigatoken==0.10.0 quicktok-v1==0.4.0)

# A package that does not go here (it may have no wheel for this Python) is left out; run.py says which.
if [[ $(cat "$peers/.packages" 2>/dev/null) != "${needed[*]} ${packages[*]}" ]]; then
    say "Installing ${packages[*]} in $peers" >&2
    python3 -m venv "$peers" >&2
    "$peers/bin/python" -m pip install --quiet --disable-pip-version-check "${needed[@]}" "${packages[0]}" >&2
    for package in "${packages[@]:1}"; do
        "$peers/bin/python" -m pip install --quiet --disable-pip-version-check "$package" >&2 || say "SKIPPED: $package cannot be installed" >&2
    done
    echo "${needed[*]} ${packages[*]}" >"$peers/.packages"
fi
if [[ ${1-} == --packages ]]; then
    echo "$peers/bin/python"
    exit
fi

llama_cpp=${CRIA_PEER_LLAMA_CPP:-}
if [[ -z $llama_cpp && -e build/peers/build/src/libllama.a ]]; then llama_cpp=$PWD/build/peers; fi
targets=(cria_tokenizer_bench)
program=run.py examples=OFF
if [[ ${1-} == --tool ]]; then
    shift
    program=tool.py examples=ON
    targets+=(cria_cli)
elif [[ -n $llama_cpp ]]; then
    targets+=(llama_cpp_tokenizer_bench)
fi

# -O2 for any processor, as distributions build: whatever is faster on this one has to be found when the program runs.
generator=()
if [[ ! -e $build/CMakeCache.txt ]] && command -v ninja >/dev/null; then generator=(-G Ninja); fi
if command -v ccache >/dev/null; then generator+=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache); fi
say "Building ${targets[*]} in $build"
cmake -S . -B "$build" ${generator[@]+"${generator[@]}"} -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_FLAGS_RELEASE="-O2 -DNDEBUG" -DCRIA_BUILD_BENCHMARKS=ON \
    -DCRIA_BUILD_TESTS=OFF -DCRIA_BUILD_EXAMPLES=$examples "-DCRIA_PEER_LLAMA_CPP=$llama_cpp" >/dev/null
cmake --build "$build" --parallel "$jobs" --target "${targets[@]}"

exec "$peers/bin/python" -B "bench/tokenizers/$program" --build "$build" "$@"
