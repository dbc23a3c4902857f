# SPDX-License-Identifier: MIT
# Linux on s390x: 64 bits, big-endian, so that the numbers in most files are the wrong way round for it. Programs run in
# qemu's user emulation, with the libraries that come with the cross compiler: linked statically they could not have a
# malloc of their own, as a test of the heap has. Debian: g++-s390x-linux-gnu, qemu-user.
#
#     cmake -S . -B build/s390x --toolchain cmake/toolchains/s390x.cmake -DCRIA_BUILD_EXAMPLES=OFF

set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR s390x)
set(CMAKE_CXX_COMPILER s390x-linux-gnu-g++)
set(CMAKE_CROSSCOMPILING_EMULATOR qemu-s390x -L /usr/s390x-linux-gnu)

set(CMAKE_FIND_ROOT_PATH /usr/s390x-linux-gnu)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
set(CMAKE_PROJECT_cria_INCLUDE "${CMAKE_CURRENT_LIST_DIR}/host_headers.cmake")
