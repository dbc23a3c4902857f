# SPDX-License-Identifier: MIT
# What our tests need of other people, for a build that is not for this machine: packages that are headers alone serve
# every machine, but their own CMake files name /usr/include, and with that on its search path a cross compiler finds
# the C library of the wrong one. So each package's folder is linked into the build folder, and only that is searched.
#
# The toolchain files beside this one have it included at the end of project(cria), in time for cria_need(): a package
# that has a target already is not looked for. One that is not here, or is not headers alone, is fetched as usual.

# cria_host_headers(<package's folder> <header that must be there> <target> <definitions…>)
function(cria_host_headers folder header target)
  if(TARGET ${target})
    return()
  endif()
  # Of /usr/include, whatever the toolchain says about where to look.
  find_path(CRIA_HOST_HEADERS_${folder} "${folder}/${header}"
    PATHS /usr/local/include /usr/include NO_DEFAULT_PATH NO_CMAKE_FIND_ROOT_PATH)
  mark_as_advanced(CRIA_HOST_HEADERS_${folder})
  if(NOT CRIA_HOST_HEADERS_${folder})
    return()
  endif()
  set(linked "${CMAKE_BINARY_DIR}/host_headers/${folder}")
  file(MAKE_DIRECTORY "${linked}")
  file(CREATE_LINK "${CRIA_HOST_HEADERS_${folder}}/${folder}" "${linked}/${folder}" SYMBOLIC)
  add_library(${target} INTERFACE IMPORTED)
  target_include_directories(${target} SYSTEM INTERFACE "${linked}")
  target_compile_definitions(${target} INTERFACE ${ARGN})
endfunction()

cria_host_headers(catch2 catch.hpp Catch2::Catch2)  # 2.x; of 3.x, which is a library, there is no such header
cria_host_headers(fmt core.h fmt::fmt FMT_HEADER_ONLY=1)
cria_host_headers(nlohmann json.hpp nlohmann_json::nlohmann_json)
