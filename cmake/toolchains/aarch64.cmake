# SPDX-License-Identifier: MIT
# Linux on aarch64: 64 bits, little-endian, plain char unsigned. Programs run in qemu's user emulation, with the
# libraries that come with the cross compiler (s390x.cmake says why). Debian: g++-aarch64-linux-gnu, qemu-user.
#
#     cmake -S . -B build/aarch64 --toolchain cmake/toolchains/aarch64.cmake -DCRIA_BUILD_EXAMPLES=OFF

set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_CXX_COMPILER aarch64-linux-gnu-g++)
set(CMAKE_CROSSCOMPILING_EMULATOR qemu-aarch64 -L /usr/aarch64-linux-gnu)

set(CMAKE_FIND_ROOT_PATH /usr/aarch64-linux-gnu)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
set(CMAKE_PROJECT_cria_INCLUDE "${CMAKE_CURRENT_LIST_DIR}/host_headers.cmake")
