#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Shared by the scripts beside it: say what is done, install what is missing, configure and build. Sourced.

cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit
jobs=$(nproc 2>/dev/null || sysctl -n hw.ncpu 2>/dev/null || echo 2)

say() { printf '\n== %s\n' "$*"; }

# install_packages PACKAGE…: what is missing of these Debian packages, through apt. A name with a leading `?` may
# stay missing: what needs it is skipped. On other systems the packages are named and the build goes on.
install_packages() {
    if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
        say "This is not Debian or Ubuntu; the build needs what these packages hold: ${*//\?/}"
        return 0
    fi
    local missing=() optional=() package
    for package in "$@"; do
        if dpkg-query -W -f '${Status}' "${package#\?}" 2>/dev/null | grep -q 'ok installed'; then continue; fi
        if [[ $package != \?* ]]; then
            missing+=("$package")
        elif ! grep -qsx "${package#\?}" build/.packages-tried; then
            optional+=("${package#\?}")
        fi
    done
    if ((${#missing[@]} + ${#optional[@]} == 0)); then return 0; fi

    local root=()
    if [[ $(id -u) != 0 ]]; then
        if ! command -v sudo >/dev/null || ! sudo -n true 2>/dev/null && [[ ! -t 0 ]]; then
            say "Missing, and installing needs root: ${missing[*]} ${optional[*]}"
            return 0
        fi
        root=(sudo)
    fi
    local apt=("${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -y)
    say "Installing with apt: ${missing[*]} ${optional[*]}"
    "${apt[@]}" update </dev/null || say "apt-get update failed; going on with the lists at hand"
    for package in "${optional[@]}"; do
        if apt-cache show "$package" >/dev/null 2>&1; then missing+=("$package"); fi
        mkdir -p build && echo "$package" >>build/.packages-tried # once: a release without it will not get it
    done
    if ((${#missing[@]})); then
        "${apt[@]}" install --no-install-recommends "${missing[@]}" </dev/null >/dev/null ||
            say "apt could not install everything; the build says what it still misses"
    fi
}

# configure_and_build FOLDER CMAKE-ARGUMENT…
configure_and_build() {
    local folder=$1 generator=()
    shift
    if [[ ! -e $folder/CMakeCache.txt ]] && command -v ninja >/dev/null; then generator=(-G Ninja); fi
    if command -v ccache >/dev/null; then generator+=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache); fi
    say "Configuring $folder"
    cmake -S . -B "$folder" ${generator[@]+"${generator[@]}"} "$@"
    say "Building $folder"
    cmake --build "$folder" --parallel "$jobs"
}
