# SPDX-License-Identifier: MIT
# Windows on x86-64, by mingw-w64. Programs run in wine, without a display, in a prefix of the build folder's own, and
# are linked statically, so that it has to find no DLLs of the compiler's. Debian: g++-mingw-w64-x86-64-posix, wine.
#
#     cmake -S . -B build/windows --toolchain cmake/toolchains/windows.cmake -DCRIA_BUILD_EXAMPLES=OFF

set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_SYSTEM_PROCESSOR x86_64)
set(CMAKE_CXX_COMPILER x86_64-w64-mingw32-g++-posix)
set(CMAKE_EXE_LINKER_FLAGS_INIT -static)
# The last one keeps wine from offering to install .NET and a browser.
set(CMAKE_CROSSCOMPILING_EMULATOR env "WINEPREFIX=${CMAKE_BINARY_DIR}/wine" WINEDEBUG=-all DISPLAY= WINEDLLOVERRIDES=mscoree,mshtml= wine)

set(CMAKE_FIND_ROOT_PATH /usr/x86_64-w64-mingw32)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
set(CMAKE_PROJECT_cria_INCLUDE "${CMAKE_CURRENT_LIST_DIR}/host_headers.cmake")
