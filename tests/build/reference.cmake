# SPDX-License-Identifier: MIT
# Writes the API reference to SCRATCH/html: without a warning, and with a page for every header.

include("${CMAKE_CURRENT_LIST_DIR}/run.cmake")
skip_without(DOXYGEN doxygen)
skip_without(PYTHON python3)

file(REMOVE_RECURSE "${SCRATCH}")
file(MAKE_DIRECTORY "${SCRATCH}")
file(READ "${SOURCE_DIR}/docs/reference/Doxyfile" settings)
string(REPLACE "\"python3 " "\"${PYTHON} -B " settings "${settings}")
file(WRITE "${SCRATCH}/Doxyfile" "${settings}\nOUTPUT_DIRECTORY = \"${SCRATCH}\"\n")
execute_process(COMMAND "${DOXYGEN}" "${SCRATCH}/Doxyfile" WORKING_DIRECTORY "${SOURCE_DIR}"
  RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
if(NOT status EQUAL 0 OR NOT output STREQUAL "")
  message("${output}")
  message(FATAL_ERROR "doxygen ended with ${status} and said this")
endif()

file(GLOB_RECURSE headers RELATIVE "${SOURCE_DIR}/include/cria" "${SOURCE_DIR}/include/cria/*.hpp")
list(FILTER headers EXCLUDE REGEX "/kernels/")
file(GLOB pages "${SCRATCH}/html/*_8hpp.html")
list(LENGTH headers n_headers)
list(LENGTH pages n_pages)
if(NOT n_headers EQUAL n_pages)
  message(FATAL_ERROR "${n_headers} headers have ${n_pages} pages")
endif()

# Formulas and columns in a header's first comment keep their lines.
file(READ "${SCRATCH}/html/rope_8hpp.html" page)
if(NOT page MATCHES "\n  frequency = θ  +no scaling\n            = θ / f ")
  message(FATAL_ERROR "the formulas of rope.hpp have run together")
endif()
message(STATUS "the API reference is ${SCRATCH}/html/index.html")
