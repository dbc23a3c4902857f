# SPDX-License-Identifier: MIT
# Builds and runs consumer/ by one ROUTE: add_subdirectory, FetchContent, find_package or pkg-config.

include("${CMAKE_CURRENT_LIST_DIR}/run.cmake")

set(consumer "${CMAKE_CURRENT_LIST_DIR}/consumer")
file(REMOVE_RECURSE "${SCRATCH}")
file(MAKE_DIRECTORY "${SCRATCH}")

if(ROUTE STREQUAL "pkg-config")
  skip_without(PKG_CONFIG pkg-config)
  set(ENV{PKG_CONFIG_PATH} "${PREFIX}/share/pkgconfig")
  run("asking pkg-config" "${PKG_CONFIG}" --cflags --libs cria)
  separate_arguments(flags UNIX_COMMAND "${run_output}")
  run("compiling the consumer" "${CXX}" -std=c++20 "${consumer}/main.cpp" ${flags} -o "${SCRATCH}/consumer")
  # A tree that was moved after installation still answers.
  file(COPY "${PREFIX}/" DESTINATION "${SCRATCH}/moved")
  set(ENV{PKG_CONFIG_PATH} "${SCRATCH}/moved/share/pkgconfig")
  run("asking pkg-config about a moved tree" "${PKG_CONFIG}" --cflags cria)
  if(NOT run_output MATCHES "/moved/")
    message(FATAL_ERROR "a moved cria.pc still points elsewhere: ${run_output}")
  endif()
else()
  run("configuring the consumer" "${CMAKE_COMMAND}" -S "${consumer}" -B "${SCRATCH}" -G "${GENERATOR}"
    "-DCMAKE_CXX_COMPILER=${CXX}" "-DROUTE=${ROUTE}" "-DCRIA_SOURCE=${SOURCE_DIR}" "-DCMAKE_PREFIX_PATH=${PREFIX}"
    "-DFETCHCONTENT_SOURCE_DIR_CRIA=${SOURCE_DIR}" "-DHAS_FMT=${HAS_FMT}")
  run("building the consumer" "${CMAKE_COMMAND}" --build "${SCRATCH}")
endif()
run("running the consumer" "${SCRATCH}/consumer")
if(HAS_FMT AND NOT ROUTE STREQUAL "pkg-config")
  run("running the consumer of cria::fmt" "${SCRATCH}/consumer_with_fmt")
endif()
