# SPDX-License-Identifier: MIT
# Runs PROGRAM on MODEL: it ends with 0 and prints what the file EXPECTED holds. What it printed is left in ACTUAL.

execute_process(COMMAND ${EMULATOR} "${PROGRAM}" "${MODEL}" RESULT_VARIABLE status OUTPUT_FILE "${ACTUAL}")
if(NOT status EQUAL 0)
  file(READ "${ACTUAL}" printed)
  message("${printed}")
  message(FATAL_ERROR "${PROGRAM} ended with ${status}")
endif()
execute_process(COMMAND "${CMAKE_COMMAND}" -E compare_files "${ACTUAL}" "${EXPECTED}" RESULT_VARIABLE differs)
if(differs)
  file(READ "${ACTUAL}" printed)
  message("${printed}")
  message(FATAL_ERROR "${PROGRAM} prints this, and ${EXPECTED} holds something else (what was printed is ${ACTUAL})")
endif()
