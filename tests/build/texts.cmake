# SPDX-License-Identifier: MIT
# Every source names its licence on its first line (or after a script's first line), and every header's guard
# is its path.

include("${CMAKE_CURRENT_LIST_DIR}/run.cmake")

file(GLOB_RECURSE sources
  "${SOURCE_DIR}/include/*.hpp" "${SOURCE_DIR}/include/*.cuh"
  "${SOURCE_DIR}/tests/*.hpp" "${SOURCE_DIR}/tests/*.cpp" "${SOURCE_DIR}/tests/*.cmake" "${SOURCE_DIR}/tests/*.py"
  "${SOURCE_DIR}/examples/*.hpp" "${SOURCE_DIR}/examples/*.cpp"
  "${SOURCE_DIR}/bench/*.hpp" "${SOURCE_DIR}/bench/*.cpp" "${SOURCE_DIR}/bench/*.sh"
  "${SOURCE_DIR}/docs/*.cpp" "${SOURCE_DIR}/docs/*.py"
  "${SOURCE_DIR}/tools/*.py" "${SOURCE_DIR}/tools/*.sh"
  "${SOURCE_DIR}/cmake/*.cmake" "${SOURCE_DIR}/scripts/*" "${SOURCE_DIR}/.ci/run")

set(problems "")
foreach(source IN LISTS sources)
  file(RELATIVE_PATH name "${SOURCE_DIR}" "${source}")
  file(READ "${source}" beginning LIMIT 400)
  if(NOT beginning MATCHES "^(#![^\n]*\n)?(//|#) SPDX-License-Identifier: MIT\n")
    string(APPEND problems "  ${name} does not begin with its licence\n")
  endif()
  if(name MATCHES "^include/(.*[.]hpp)$")
    string(MAKE_C_IDENTIFIER "${CMAKE_MATCH_1}" guard)
    string(TOUPPER "${guard}" guard)
    if(NOT beginning MATCHES "\n#ifndef ${guard}\n#define ${guard}\n")
      string(APPEND problems "  ${name} is not guarded by ${guard}\n")
    endif()
  endif()
endforeach()

if(problems)
  message(FATAL_ERROR "\n${problems}")
endif()
