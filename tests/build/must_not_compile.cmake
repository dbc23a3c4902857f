# SPDX-License-Identifier: MIT
# FILE compiles as it stands, and does not with CRIA_MUST_NOT_COMPILE: the compiler then says what the file's line
# "// expects: <regular expression>" says. So a test cannot pass because of an error somewhere else.

include("${CMAKE_CURRENT_LIST_DIR}/run.cmake")

file(STRINGS "${FILE}" expects REGEX "^// expects: " LIMIT_COUNT 1)
string(REPLACE "// expects: " "" expects "${expects}")
if(NOT expects)
  message(FATAL_ERROR "${FILE} does not say what it expects")
endif()

set(flags -std=c++20 -fsyntax-only -Wall -Wextra -Werror -I "${SOURCE_DIR}/include")
foreach(compiler IN ITEMS "${GXX}" "${CLANGXX}")
  if(NOT compiler)
    continue()
  endif()
  run("the right use" "${compiler}" ${flags} "${FILE}")
  try_run_command("${compiler}" ${flags} -DCRIA_MUST_NOT_COMPILE "${FILE}")
  if(run_status EQUAL 0)
    message(FATAL_ERROR "${compiler} accepts the wrong use")
  endif()
  if(NOT run_output MATCHES "${expects}")
    message("${run_output}")
    message(FATAL_ERROR "${compiler} refuses the wrong use without saying '${expects}'")
  endif()
  set(checked TRUE)
endforeach()
if(NOT checked)
  message("SKIPPED: neither g++ nor clang++ is installed")
endif()
