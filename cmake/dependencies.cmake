# SPDX-License-Identifier: MIT
# What our own programs need and the library does not. An installed package is taken first; where there is
# none, the pinned release is fetched and built (header-only or small, all of them).

include(FetchContent)

# cria_has_cublas: whether programs that load cuBLAS at run time can be built. They need its header, and dlopen.
option(CRIA_CUBLAS "Let the command-line tool multiply on a device, by cuBLAS, where the CUDA Toolkit has that" ON)
set(cria_has_cublas OFF)
if(CRIA_CUBLAS AND UNIX AND TARGET cria::gpu)
  find_path(cublas_header_dir cublas_v2.h PATHS ${CUDAToolkit_INCLUDE_DIRS} NO_DEFAULT_PATH NO_CACHE)
  if(cublas_header_dir)
    set(cria_has_cublas ON)
  endif()
endif()

# Compilers are not to warn about other people's headers.
if(CMAKE_VERSION VERSION_GREATER_EQUAL 3.25)
  set(cria_fetch_as_system SYSTEM)
endif()

# cria_need(<package> <target> <url> <tag>): afterwards <target> exists in the calling directory.
function(cria_need package target url tag)
  if(TARGET ${target})
    return()
  endif()
  find_package(${package} QUIET)
  if(TARGET ${target})
    return()
  endif()
  message(STATUS "cria: ${package} is not installed, fetching ${tag} from ${url}")
  string(TOLOWER "cria_${package}" name)
  FetchContent_Declare(${name} GIT_REPOSITORY ${url} GIT_TAG ${tag} GIT_SHALLOW TRUE ${cria_fetch_as_system})
  FetchContent_MakeAvailable(${name})
  if(NOT TARGET ${target})
    message(FATAL_ERROR "cria: ${package} was fetched and has no target ${target}")
  endif()
endfunction()

function(cria_need_fmt)
  cria_need(fmt fmt::fmt https://github.com/fmtlib/fmt.git 10.2.1)
endfunction()

function(cria_need_cli11)
  cria_need(CLI11 CLI11::CLI11 https://github.com/CLIUtils/CLI11.git v2.4.2)
endfunction()

function(cria_need_json)
  cria_need(nlohmann_json nlohmann_json::nlohmann_json https://github.com/nlohmann/json.git v3.11.3)
endfunction()

# cria_xxhash: the header alone, whose functions are inlined, so that there is nothing to link.
function(cria_need_xxhash)
  if(TARGET cria_xxhash)
    return()
  endif()
  find_path(CRIA_XXHASH_DIR xxhash.h)
  mark_as_advanced(CRIA_XXHASH_DIR)
  set(folder "${CRIA_XXHASH_DIR}")
  if(NOT folder)
    set(url https://github.com/Cyan4973/xxHash.git)
    set(tag v0.8.2)
    message(STATUS "cria: xxhash.h is not installed, fetching ${tag} from ${url}")
    # Its CMake project is in a folder of its own, so that fetching builds nothing.
    FetchContent_Declare(cria_fetched_xxhash GIT_REPOSITORY ${url} GIT_TAG ${tag} GIT_SHALLOW TRUE ${cria_fetch_as_system})
    FetchContent_MakeAvailable(cria_fetched_xxhash)
    set(folder "${cria_fetched_xxhash_SOURCE_DIR}")
  endif()
  add_library(cria_xxhash INTERFACE)
  target_include_directories(cria_xxhash SYSTEM INTERFACE "${folder}")
  # Without its hints: g++ refuses them at -Og, and at -O2 and -O3 it inlines the same by itself.
  target_compile_definitions(cria_xxhash INTERFACE XXH_INLINE_ALL XXH_NO_INLINE_HINTS=1)
endfunction()

function(cria_need_catch2)  # 2.13 and 3.x: both have this target, and tests/support/catch.hpp knows both
  cria_need(Catch2 Catch2::Catch2 https://github.com/catchorg/Catch2.git v3.7.1)
endfunction()

function(cria_need_benchmark)
  set(BENCHMARK_ENABLE_TESTING OFF CACHE BOOL "" FORCE)
  set(BENCHMARK_ENABLE_INSTALL OFF CACHE BOOL "" FORCE)
  cria_need(benchmark benchmark::benchmark https://github.com/google/benchmark.git v1.8.5)
endfunction()
