# SPDX-License-Identifier: MIT
# README.md has a code block that is examples/minimal/main.cpp, less its licence line; it is 15 lines of code at most.

include("${CMAKE_CURRENT_LIST_DIR}/run.cmake")

file(READ "${SOURCE_DIR}/README.md" readme)
file(READ "${SOURCE_DIR}/examples/minimal/main.cpp" program)
string(REGEX REPLACE "^// SPDX[^\n]*\n" "" program "${program}")

string(FIND "${readme}" "```cpp\n${program}```\n" at)
if(at EQUAL -1)
  message(FATAL_ERROR "README.md does not show this program:\n${program}")
endif()

string(REGEX REPLACE "[^\n]*[^\n]\n" "x" lines "${program}")  # one x a line that is not empty
string(REPLACE "\n" "" lines "${lines}")
string(LENGTH "${lines}" count)
if(count GREATER 15)
  message(FATAL_ERROR "examples/minimal/main.cpp has ${count} lines; the README promises 15")
endif()
