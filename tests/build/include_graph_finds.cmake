# SPDX-License-Identifier: MIT
# Runs include_graph.cmake over bad_includes/, where every header has one wrong include and says on its second
# line what the check must say about it.

include("${CMAKE_CURRENT_LIST_DIR}/run.cmake")
set(missing "")
set(root "${CMAKE_CURRENT_LIST_DIR}/bad_includes")
try_run_command("${CMAKE_COMMAND}" "-DROOT=${root}" -P "${CMAKE_CURRENT_LIST_DIR}/include_graph.cmake")
if(run_status EQUAL 0)
  message(FATAL_ERROR "the include check accepts ${root}")
endif()
# message() wraps its text, so line ends do not count.
string(REGEX REPLACE "[ \n]+" " " run_output "${run_output}")

file(GLOB_RECURSE headers "${root}/*.hpp")
foreach(header IN LISTS headers)
  file(STRINGS "${header}" expects REGEX "^// expects: ")
  string(REPLACE "// expects: " "" expects "${expects}")
  if(expects STREQUAL "nothing")
    continue()
  endif()
  string(FIND "${run_output}" "${expects}" at)
  if(NOT expects OR at EQUAL -1)
    string(APPEND missing "  ${header}: ${expects}\n")
  endif()
endforeach()
if(missing)
  message(FATAL_ERROR "\n the include check does not say:\n${missing}\n it says: ${run_output}")
endif()
