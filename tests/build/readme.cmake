# SPDX-License-Identifier: MIT
# The README's example is examples/minimal/main.cpp (documents.py compares); it is 15 lines of code at most.

include("${CMAKE_CURRENT_LIST_DIR}/run.cmake")

file(READ "${SOURCE_DIR}/examples/minimal/main.cpp" program)
string(REGEX REPLACE "^// SPDX[^\n]*\n" "" program "${program}")
string(REGEX REPLACE "[^\n]*[^\n]\n" "x" lines "${program}")  # one x a line that is not empty
string(REPLACE "\n" "" lines "${lines}")
string(LENGTH "${lines}" count)
if(count GREATER 15)
  message(FATAL_ERROR "examples/minimal/main.cpp has ${count} lines; the README promises 15")
endif()
