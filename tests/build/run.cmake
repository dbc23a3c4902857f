# SPDX-License-Identifier: MIT
# For the scripts beside it.

cmake_minimum_required(VERSION 3.23)

# run(<what> <command…>): the command must succeed; its output is in run_output.
macro(run what)
  try_run_command(${ARGN})
  if(NOT run_status EQUAL 0)
    message("${run_output}")  # raw: FATAL_ERROR would reflow it
    message(FATAL_ERROR "${what} failed (${run_status})")
  endif()
endmacro()

# The command may fail: run_status and run_output say how it went.
macro(try_run_command)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE run_status OUTPUT_VARIABLE run_output ERROR_VARIABLE run_output)
endmacro()

# skip_without(<variable> <what>): a visible skip where a program was not found.
macro(skip_without variable what)
  if(NOT ${variable})
    message("SKIPPED: ${what} is not installed")
    return()
  endif()
endmacro()

# The library's headers, relative to include/: all that stands there but what needs the CUDA toolkit.
macro(list_headers out)
  file(GLOB_RECURSE ${out} RELATIVE "${SOURCE_DIR}/include" "${SOURCE_DIR}/include/*.hpp")
  list(FILTER ${out} EXCLUDE REGEX "^cria/(gpu\\.hpp|gpu/.*)$")
  list(SORT ${out})
  if(NOT ${out})
    message(FATAL_ERROR "no headers under ${SOURCE_DIR}/include")
  endif()
endmacro()
