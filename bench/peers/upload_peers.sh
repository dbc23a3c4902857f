#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Builds what bench/peers/upload_peers.py compares, makes the model and runs it, on a machine with an NVIDIA GPU, nvcc, g++,
# CMake, Ninja and a python3 that has PyTorch, safetensors and numpy. Nothing is downloaded: bench/peers/pack_upload_peers.sh
# has gathered the rest. What fails is left out of the comparison, and said.
#
#     bench/peers/upload_peers.sh [build|measure|all] [FOLDER] [-- OPTIONS OF upload_peers.py…]     FOLDER is /tmp/upload-peers
#
# build takes 2 to 4 minutes on 16 cores, nearly all of it llama.cpp; the model, 8.3 GB in each of four files, is made
# meanwhile. measure takes 4 to 5 minutes. LAYERS, 36, sets the size of the model; SMALL=1 makes a tiny one.
#
# Of llama.cpp only its loader matters here. The kernels are therefore compiled to PTX at the least optimisation; none runs.
set -uo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
what=all
folder=/tmp/upload-peers
while [[ $# -gt 0 ]]; do
    case $1 in
    build | measure | all) what=$1 ;;
    --) shift && break ;;
    -*) echo "$0: no such option: $1" >&2 && exit 2 ;;
    *) folder=$1 ;;
    esac
    shift
done
mkdir -p "$folder"
cuda=${CUDA_HOME:-/usr/local/cuda}
export PATH=$cuda/bin:$PATH CUDACXX=$cuda/bin/nvcc
memory=/dev/shm/upload-peers
say() { printf '[%4d s] %s\n' "$SECONDS" "$*"; }

build_llama() {
    [[ -d $folder/llama.cpp ]] || tar -xJf "$here/.peers/llama.cpp.tar.xz" -C "$folder" || return
    mkdir -p "$folder/llama"
    cat >"$folder/llama/CMakeLists.txt" <<'CMAKE'
cmake_minimum_required(VERSION 3.18)
project(llama_cpp_load C CXX CUDA)
find_package(CUDAToolkit REQUIRED)
add_subdirectory(${PEER_SOURCES} llama.cpp EXCLUDE_FROM_ALL)
add_executable(llama_cpp_load ${PEER_PROGRAM})
target_compile_features(llama_cpp_load PRIVATE cxx_std_17)
target_link_libraries(llama_cpp_load PRIVATE llama CUDA::cudart)
CMAKE
    GIT_CEILING_DIRECTORIES=$folder cmake -S "$folder/llama" -B "$folder/llama/build" -G Ninja \
        -DPEER_SOURCES="$folder/llama.cpp" -DPEER_PROGRAM="$here/bench/peers/llama_cpp_load.cpp" \
        -DCMAKE_BUILD_TYPE=Release -DBUILD_SHARED_LIBS=OFF -DGGML_CUDA=ON -DCMAKE_CUDA_ARCHITECTURES=90-virtual \
        -DCMAKE_CUDA_FLAGS=-Ofc=max -DCMAKE_CUDA_RUNTIME_LIBRARY=Shared -DGGML_CUDA_FA=OFF -DGGML_CUDA_NO_VMM=ON -DGGML_CUDA_NCCL=OFF -DGGML_CUDA_GRAPHS=OFF \
        -DGGML_CUDA_COMPRESSION_MODE=none -DGGML_NATIVE=ON -DGGML_OPENMP=OFF -DGGML_LLAMAFILE=OFF -DGGML_CCACHE=OFF \
        -DLLAMA_ALL_WARNINGS=OFF -DGGML_ALL_WARNINGS=OFF -DLLAMA_BUILD_COMMON=OFF -DLLAMA_BUILD_TESTS=OFF -DLLAMA_BUILD_TOOLS=OFF \
        -DLLAMA_BUILD_EXAMPLES=OFF -DLLAMA_BUILD_SERVER=OFF -DLLAMA_BUILD_APP=OFF -DLLAMA_USE_PREBUILT_UI=OFF -DLLAMA_OPENSSL=OFF \
        -DLLAMA_BUILD_NUMBER=0 -DLLAMA_BUILD_COMMIT=peer || return
    timeout "${BUILD_SECONDS:-330}" ninja -C "$folder/llama/build" -j "${BUILD_JOBS:-$(nproc)}" llama_cpp_load || return
    cp "$folder/llama/build/llama_cpp_load" "$folder/"
}

build() {
    local space
    say "wheels"
    for site in "" /rc; do
        compgen -G "$here/.whl$site/*.whl" >/dev/null || continue
        python3 -m pip install --quiet --no-index --no-deps --no-compile --no-cache-dir --upgrade --target "$folder/site$site" "$here/.whl$site"/*.whl || say "no wheels of .whl$site"
    done
    say "cria_load"
    g++ -std=c++20 -O2 -DNDEBUG -w -I"$here/include" -I"$cuda/include" "$here/bench/peers/cria_load.cpp" -o "$folder/cria_load" \
        -L"$cuda/lib64" -lcudart -Wl,-rpath,"$cuda/lib64" -pthread || say "no cria_load"

    space=$(df --output=avail -B1G /dev/shm 2>/dev/null | tail -1)
    if [[ ${space:-0} -lt 20 && $(id -u) == 0 ]]; then mount -t tmpfs -o size=24g tmpfs /dev/shm; fi
    mkdir -p "$memory"
    say "the model, meanwhile"
    {
        python3 "$here/bench/peers/make_upload_model.py" "$folder/model.gguf" "$folder/model.safetensors" --layers "${LAYERS:-36}" ${SMALL:+--small} --copy-to "$memory"
        say "the model is there"
    } &
    local model=$!
    if [[ -e $here/.peers/llama.cpp.tar.xz ]]; then
        say "llama.cpp"
        if build_llama >"$folder/llama.log" 2>&1; then say "llama.cpp is built"; else
            say "no llama.cpp:"
            grep -E 'error|FAILED|Error' "$folder/llama.log" | head -20
            tail -5 "$folder/llama.log"
        fi
    fi
    wait $model
    ls -la "$folder" "$memory"
}

measure() {
    say "measuring"
    nvidia-smi --query-gpu=name,driver_version,pcie.link.gen.current,pcie.link.width.current --format=csv,noheader
    uname -r
    free -g | sed -n 2p
    df -T "$folder" | tail -1
    python3 "$here/bench/peers/upload_peers.py" "$folder/model.gguf" "$folder/model.safetensors" --memory "$memory" --programs "$folder" \
        --site "$folder/site" --site-rc "$folder/site/rc" "$@"
    say "measured"
}

[[ $what == measure ]] || build
[[ $what == build ]] || measure "$@"
