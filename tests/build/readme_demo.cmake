# SPDX-License-Identifier: MIT
# Runs the commands that README.md shows as scripts/demo's, with the programs in BIN, and compares what they print.

include("${CMAKE_CURRENT_LIST_DIR}/run.cmake")
find_program(BASH bash)
skip_without(BASH bash)

file(READ "${SOURCE_DIR}/README.md" readme)
string(FIND "${readme}" "\n```\n$ cria " begin)
if(begin EQUAL -1)
  message(FATAL_ERROR "README.md shows no output of scripts/demo")
endif()
string(SUBSTRING "${readme}" ${begin} -1 shown)
string(REGEX REPLACE "^\n```\n" "" shown "${shown}")
string(FIND "${shown}" "```\n" end)
string(SUBSTRING "${shown}" 0 ${end} shown)

file(WRITE "${SCRATCH}/shown.txt" "${shown}")
file(WRITE "${SCRATCH}/replay.sh" [[
grep '^\$ ' "$1" | while IFS= read -r line; do
    output=$(eval "${line#\$ }" </dev/null)
    printf '%s%s\n%s\n' "$separator" "$line" "$output"
    separator=$'\n'
done
]])
set(ENV{PATH} "${BIN}:$ENV{PATH}")
execute_process(COMMAND "${BASH}" "${SCRATCH}/replay.sh" "${SCRATCH}/shown.txt"
  WORKING_DIRECTORY "${SOURCE_DIR}" RESULT_VARIABLE status OUTPUT_VARIABLE printed ERROR_VARIABLE complaint)
if(NOT printed STREQUAL shown)
  message("README.md shows:\n${shown}\nthe programs print:\n${printed}${complaint}")
  message(FATAL_ERROR "README.md and the programs differ")
endif()
