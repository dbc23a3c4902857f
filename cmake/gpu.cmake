# SPDX-License-Identifier: MIT
# cria::gpu: the headers under cria/gpu and the CUDA runtime. The target exists when the toolkit is found and
# is never a dependency of cria::cria. 12.8 is the first toolkit whose runtime loads PTX (cudaLibraryLoadData).

option(CRIA_GPU "Build cria::gpu and what uses it, where the CUDA Toolkit is found" ON)

set(cria_gpu_outer_headers ${cria_gpu_headers})  # for install.cmake
list(FILTER cria_gpu_outer_headers INCLUDE REGEX "/cria/gpu\\.hpp$")

set(cria_has_gpu OFF)
if(CRIA_GPU AND NOT CMAKE_CROSSCOMPILING)
  find_package(CUDAToolkit 12.8 QUIET)
  if(TARGET CUDA::cudart)
    set(cria_has_gpu ON)
  endif()
endif()

if(cria_has_gpu)
  file(GLOB_RECURSE cria_device_headers CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/include/*.cuh")
  add_library(cria_gpu INTERFACE)
  add_library(cria::gpu ALIAS cria_gpu)
  target_link_libraries(cria_gpu INTERFACE cria_cria CUDA::cudart)
  target_sources(cria_gpu INTERFACE
    FILE_SET HEADERS BASE_DIRS "${PROJECT_SOURCE_DIR}/include" FILES ${cria_gpu_headers})
  if(cria_device_headers)  # a set of its own: these are not C++ for a plain compiler
    target_sources(cria_gpu INTERFACE
      FILE_SET device_headers TYPE HEADERS BASE_DIRS "${PROJECT_SOURCE_DIR}/include" FILES ${cria_device_headers})
  endif()
endif()
