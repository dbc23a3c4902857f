# SPDX-License-Identifier: MIT
# CHECK=fresh  every header of PTX was made from the sources that lie here
#       bytes  it is what the compiler that made it makes of them; needs NVRTC (tools/gpu/make_ptx.py says where from)
#       nvcc   nvcc compiles the kernels too, and under -use_fast_math no operation becomes another one

include("${CMAKE_CURRENT_LIST_DIR}/run.cmake")

set(kernels "${SOURCE_DIR}/include/cria/gpu/kernels")
file(GLOB headers "${kernels}/*_ptx.hpp")
if(NOT headers)
  message(FATAL_ERROR "no PTX under ${kernels}")
endif()

if(CHECK STREQUAL "fresh")
  foreach(header IN LISTS headers)
    file(STRINGS "${header}" lines REGEX "^//   [0-9a-f]+ [^ ]+$" LIMIT_COUNT 100)
    list(LENGTH lines n_sources)
    if(n_sources LESS 2)
      message(FATAL_ERROR "${header} does not say what it was made from")
    endif()
    foreach(line IN LISTS lines)
      string(REGEX MATCH "^//   ([0-9a-f]+) (.*)$" line "${line}")
      file(SHA256 "${SOURCE_DIR}/${CMAKE_MATCH_2}" found)
      if(NOT found STREQUAL CMAKE_MATCH_1)
        message(FATAL_ERROR "${header} was made from another ${CMAKE_MATCH_2}: run tools/gpu/make_ptx.py")
      endif()
    endforeach()
  endforeach()

elseif(CHECK STREQUAL "bytes")
  skip_without(PYTHON "python3")
  try_run_command("${PYTHON}" "${SOURCE_DIR}/tools/gpu/make_ptx.py" --check)
  message("${run_output}")
  if(NOT run_status EQUAL 0)
    message(FATAL_ERROR "the PTX is not what the kernels compile to: run tools/gpu/make_ptx.py")
  endif()

elseif(CHECK STREQUAL "nvcc")
  skip_without(NVCC "nvcc")
  file(MAKE_DIRECTORY "${SCRATCH}")
  file(WRITE "${SCRATCH}/all.cu" "#include \"cria/gpu/kernels/dequantize.cuh\"
cudaError_t launch(const void* from, void* to) {
    return cria::gpu::launch_dequantize(cria::tensor_type::q4_0, from, 32, cria::tensor_type::f16, to, nullptr);
}\n")
  run("compiling the kernels" "${NVCC}" -std=c++20 -arch=sm_80 -use_fast_math -I "${SOURCE_DIR}/include" -ptx "${SCRATCH}/all.cu" -o "${SCRATCH}/all.ptx")
  file(STRINGS "${SCRATCH}/all.ptx" changed REGEX "(fma|mad)\\.[a-z.]*f32|(mul|sub|cvt|div)\\.[a-z.]*ftz")
  if(changed)
    list(JOIN changed "\n" changed)
    message(FATAL_ERROR "arithmetic that is not what was written:\n${changed}")
  endif()
endif()
