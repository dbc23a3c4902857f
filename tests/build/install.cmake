# SPDX-License-Identifier: MIT
# Installs the library from a build of its own into PREFIX, and compares what lies there with what should.

include("${CMAKE_CURRENT_LIST_DIR}/run.cmake")

file(REMOVE_RECURSE "${SCRATCH}" "${PREFIX}")
run("configuring the library alone" "${CMAKE_COMMAND}" -S "${SOURCE_DIR}" -B "${SCRATCH}" -G "${GENERATOR}"
  "-DCMAKE_CXX_COMPILER=${CXX}" -DCMAKE_INSTALL_INCLUDEDIR=include -DCMAKE_INSTALL_DATADIR=share
  -DCRIA_BUILD_TESTS=OFF -DCRIA_BUILD_EXAMPLES=OFF)
run("installing" "${CMAKE_COMMAND}" --install "${SCRATCH}" --prefix "${PREFIX}")

file(GLOB_RECURSE wanted RELATIVE "${SOURCE_DIR}" "${SOURCE_DIR}/include/*.hpp" "${SOURCE_DIR}/include/*.cuh")
list(APPEND wanted
  share/cmake/cria/criaConfig.cmake share/cmake/cria/criaConfigVersion.cmake
  share/cmake/cria/cria-targets.cmake share/cmake/cria/cria-fmt-targets.cmake
  share/pkgconfig/cria.pc share/doc/cria/LICENSE)
file(GLOB_RECURSE installed RELATIVE "${PREFIX}" "${PREFIX}/*")

set(absent ${wanted})
list(REMOVE_ITEM absent ${installed})
set(surplus ${installed})
list(REMOVE_ITEM surplus ${wanted})
if(absent OR surplus)
  message(FATAL_ERROR "not installed: ${absent}\ninstalled and unknown: ${surplus}")
endif()
