# SPDX-License-Identifier: MIT
# The library: interface targets over include/.
#   cria::cria  every header that needs nothing but the standard library
#   cria::fmt   cria/fmt.hpp and fmt::fmt, which only who uses this target needs to have
#   cria::gpu   cmake/gpu.cmake

file(GLOB_RECURSE cria_headers CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/include/*.hpp")
set(cria_fmt_headers ${cria_headers})
list(FILTER cria_fmt_headers INCLUDE REGEX "/cria/fmt\\.hpp$")
set(cria_gpu_headers ${cria_headers})
list(FILTER cria_gpu_headers INCLUDE REGEX "/cria/(gpu\\.hpp|gpu/.*)$")
set(cria_core_headers ${cria_headers})
if(cria_fmt_headers OR cria_gpu_headers)
  list(REMOVE_ITEM cria_core_headers ${cria_fmt_headers} ${cria_gpu_headers})
endif()

add_library(cria_cria INTERFACE)
add_library(cria::cria ALIAS cria_cria)
target_compile_features(cria_cria INTERFACE cxx_std_20)
target_sources(cria_cria INTERFACE
  FILE_SET HEADERS BASE_DIRS "${PROJECT_SOURCE_DIR}/include" FILES ${cria_core_headers})
set_target_properties(cria_cria PROPERTIES EXPORT_NAME cria)

if(NOT TARGET fmt::fmt)
  find_package(fmt QUIET)
endif()
add_library(cria_fmt INTERFACE)
add_library(cria::fmt ALIAS cria_fmt)
# The installed package adds fmt::fmt itself (criaConfig.cmake.in): a fetched fmt is in no export set.
target_link_libraries(cria_fmt INTERFACE cria_cria $<BUILD_INTERFACE:fmt::fmt>)
target_sources(cria_fmt INTERFACE
  FILE_SET HEADERS BASE_DIRS "${PROJECT_SOURCE_DIR}/include" FILES ${cria_fmt_headers})
set_target_properties(cria_fmt PROPERTIES EXPORT_NAME fmt)

include("${CMAKE_CURRENT_LIST_DIR}/gpu.cmake")
