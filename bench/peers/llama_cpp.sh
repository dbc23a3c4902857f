#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Builds llama.cpp with its ggml from the source distribution of a release of llama-cpp-python, for programs that compare
# cria with it (bench/gguf_open_bench.cpp, tests/conformance/). Everything lies under one folder, nothing is installed;
# what is there already is not made again.
#
#     bench/peers/llama_cpp.sh [--llama] [--native] [FOLDER]     FOLDER is build/peers unless named
#     cmake … -DCRIA_PEER_LLAMA_CPP=FOLDER
#
# --llama builds libllama too, which takes far longer than ggml. --native builds ggml once more, as its own defaults have it:
# for this processor, with OpenMP. That is what engines are timed against. CMAKE_BUILD_PARALLEL_LEVEL=1 leaves the other cores alone.
set -euo pipefail

release=0.3.36 # its ggml says 0.25.3
sha256=832db0699007f1be95a7e41ef12e88926b02ba836461e36a36372db2760c1a2e

targets=(ggml-base ggml-cpu ggml)
native=
folder=
for argument in "$@"; do
    case $argument in
    --llama) targets+=(llama) ;;
    --native) native=1 ;;
    -h | --help)
        sed -n '3,12s/^# \{0,1\}//p' "$0"
        exit
        ;;
    -*)
        echo "$0: no such option: $argument" >&2
        exit 2
        ;;
    *) folder=$(realpath -m -- "$argument") ;;
    esac
done
# shellcheck source=scripts/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/../../scripts/common.sh"
folder=${folder:-$PWD/build/peers}
archive=$folder/llama_cpp_python-$release.tar.gz
mkdir -p "$folder"

# pip asks a source distribution for its metadata even where it only downloads it, and brings what that takes by itself.
if [[ ! -e $archive ]]; then
    say "Downloading llama-cpp-python $release"
    pip=(python3 -m pip)
    if ! "${pip[@]}" --version >/dev/null 2>&1; then
        python3 -m venv "$folder/venv"
        pip=("$folder/venv/bin/python" -m pip)
    fi
    "${pip[@]}" download --quiet --no-deps --no-binary :all: --dest "$folder" "llama-cpp-python==$release"
fi
if [[ ! -e $folder/llama.cpp/.unpacked-$release ]]; then
    echo "$sha256  $archive" | sha256sum --check --quiet || {
        echo "$0: $archive is not the archive this script was written for" >&2
        exit 1
    }
    say "Unpacking into $folder/llama.cpp"
    rm -rf "$folder/llama.cpp" "$folder/build"
    mkdir "$folder/llama.cpp"
    tar -xzf "$archive" -C "$folder/llama.cpp" --strip-components=3 "llama_cpp_python-$release/vendor/llama.cpp"
    touch "$folder/llama.cpp/.unpacked-$release"
fi

# build_into FOLDER TARGETS… -- CMAKE-ARGUMENTS…
build_into() {
    local into=$1 generator=() wanted=()
    shift
    while [[ $1 != -- ]]; do
        wanted+=("$1")
        shift
    done
    shift
    if [[ ! -e $into/CMakeCache.txt ]]; then
        say "Configuring $into"
        if command -v ninja >/dev/null; then generator=(-G Ninja); fi
        GIT_CEILING_DIRECTORIES=$folder cmake -S "$folder/llama.cpp" -B "$into" ${generator[@]+"${generator[@]}"} \
            -DCMAKE_BUILD_TYPE=Release -DBUILD_SHARED_LIBS=OFF "$@" \
            -DLLAMA_BUILD_COMMON=OFF -DLLAMA_BUILD_TESTS=OFF -DLLAMA_BUILD_TOOLS=OFF -DLLAMA_BUILD_EXAMPLES=OFF \
            -DLLAMA_BUILD_SERVER=OFF -DLLAMA_BUILD_APP=OFF -DLLAMA_USE_PREBUILT_UI=OFF -DLLAMA_OPENSSL=OFF \
            -DLLAMA_BUILD_NUMBER=0 "-DLLAMA_BUILD_COMMIT=llama-cpp-python-$release"
    fi
    say "Building ${wanted[*]} in $into"
    GIT_CEILING_DIRECTORIES=$folder cmake --build "$into" --target "${wanted[@]}"
}

# As a distributor would build it: optimised, for any x86-64 of the last ten years, no threads of its own choosing.
build_into "$folder/build" "${targets[@]}" -- -DGGML_NATIVE=OFF -DGGML_OPENMP=OFF
if [[ -n $native ]]; then build_into "$folder/build-native" ggml-base ggml-cpu ggml -- -DGGML_NATIVE=ON -DGGML_OPENMP=ON; fi

say "llama.cpp of llama-cpp-python $release"
echo "sources    $folder/llama.cpp"
echo "headers    $folder/llama.cpp/ggml/include"
find "$folder"/build* -name 'lib*.a' -printf 'library    %p\n' | sort
echo "for CMake  -DCRIA_PEER_LLAMA_CPP=$folder"
