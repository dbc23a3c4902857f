#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Gathers what bench/peers/upload_peers.sh needs on a machine that can download nothing: wheels for CPython 3.12 on Linux
# x86-64 in .whl/ (safetensors' release candidate in .whl/rc/), and the sources that libllama with CUDA is built from in
# .peers/llama.cpp.tar.xz. Both folders lie in the repository's root and are no part of it.
#
#     bench/peers/pack_upload_peers.sh [PEERS]     PEERS is bench/peers/llama_cpp.sh's folder, build/peers unless named
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
peers=$(realpath -m -- "${1:-$here/build/peers}")
[[ -d $peers/llama.cpp ]] || {
    echo "$0: no llama.cpp in $peers; run bench/peers/llama_cpp.sh $peers" >&2
    exit 1
}
cd "$here"
exclude=$(git rev-parse --git-path info/exclude)
for folder in .whl .peers; do grep -qxF "/$folder/" "$exclude" || echo "/$folder/" >>"$exclude"; done
mkdir -p .whl/rc .peers

platforms=()
for platform in manylinux_2_28 manylinux_2_27 manylinux_2_17; do platforms+=(--platform "${platform}_x86_64"); done
wheel() {
    local into=$1 name=$2
    [[ -n $(find "$into" -maxdepth 1 -name "${name/==/-}-*.whl") ]] ||
        python3 -m pip download --quiet --no-deps --only-binary=:all: --python-version 3.12 --implementation cp \
            --platform manylinux2014_x86_64 "${platforms[@]}" --dest "$into" "$name"
}
wheel .whl fastsafetensors==0.5.0
wheel .whl instanttensor==0.2.2
wheel .whl/rc safetensors==0.9.0rc1

[[ -e .peers/llama.cpp.tar.xz ]] || (
    cd "$peers"
    {
        printf 'llama.cpp/%s\n' CMakeLists.txt LICENSE cmake include src vendor/CMakeLists.txt \
            vendor/hash vendor/miniaudio vendor/nlohmann vendor/sheredom vendor/stb \
            ggml/CMakeLists.txt ggml/cmake ggml/include ggml/src/ggml-cpu ggml/src/ggml-cuda
        find llama.cpp -maxdepth 1 -name '.unpacked-*'
        find llama.cpp/ggml -maxdepth 1 -name '*.in'
        find llama.cpp/ggml/src -maxdepth 1 -type f
    } | tar --create --files-from=- --sort=name --owner=0 --group=0 | xz -T1 -6 >"$here/.peers/llama.cpp.tar.xz.part"
    mv "$here/.peers/llama.cpp.tar.xz.part" "$here/.peers/llama.cpp.tar.xz"
)
du -ch .whl/*.whl .whl/rc/*.whl .peers/*
