# SPDX-License-Identifier: MIT
# Every Catch2 test case becomes a CTest test named "<module>: <test case>", labelled by its tags.
#
# Catch2's own catch_discover_tests cannot turn tags into labels in the versions that we support, and its 2.x
# and 3.x list tests by different options; this script asks a program for its tests in either dialect.
# It is both the module that defines cria_discover_tests() and the script that runs after each link.

if(NOT CMAKE_SCRIPT_MODE_FILE)
  set(cria_discover_script "${CMAKE_CURRENT_LIST_FILE}")

  function(cria_discover_tests target module)
    set(list_file "${CMAKE_CURRENT_BINARY_DIR}/${target}_tests.cmake")
    add_custom_command(TARGET ${target} POST_BUILD
      BYPRODUCTS "${list_file}"
      COMMAND "${CMAKE_COMMAND}" "-DPROGRAM=$<TARGET_FILE:${target}>" "-DMODULE=${module}" "-DLIST_FILE=${list_file}"
              -P "${cria_discover_script}"
      VERBATIM)
    # A program that was not built must be a failure, and not an absence.
    file(WRITE "${CMAKE_CURRENT_BINARY_DIR}/${target}_include.cmake"
      "if(EXISTS [==[${list_file}]==])\n  include([==[${list_file}]==])\n"
      "else()\n  add_test([==[${module}: not built]==] [==[${target}-NOT_BUILT]==])\nendif()\n")
    set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES "${CMAKE_CURRENT_BINARY_DIR}/${target}_include.cmake")
  endfunction()

  return()
endif()

cmake_minimum_required(VERSION 3.23)

execute_process(COMMAND "${PROGRAM}" --libidentify OUTPUT_VARIABLE identity RESULT_VARIABLE status)
if(identity MATCHES "version: *2\\.")
  set(list_options --list-test-names-only)
else()
  set(list_options --list-tests --verbosity quiet)
endif()

# The names of the test cases that `spec` selects. (Catch2 2 exits with their number.)
function(list_tests spec out)
  execute_process(COMMAND "${PROGRAM}" ${spec} ${list_options}
    OUTPUT_VARIABLE names ERROR_VARIABLE complaint RESULT_VARIABLE status)
  if(NOT status MATCHES "^[0-9]+$")
    message(FATAL_ERROR "${PROGRAM} cannot list its tests: ${status}\n${names}${complaint}")
  endif()
  # Semicolons and brackets are syntax in a CMake list, so they are spelled out until the name is used.
  string(REPLACE ";" "@semicolon@" names "${names}")
  string(REPLACE "[" "@open@" names "${names}")
  string(REPLACE "]" "@close@" names "${names}")
  string(REPLACE "\n" ";" names "${names}")
  list(REMOVE_ITEM names "")
  set(${out} "${names}" PARENT_SCOPE)
endfunction()

list_tests("" all)
if(NOT all)
  message(FATAL_ERROR "${PROGRAM} has no tests")
endif()
set(labels slow conformance)
foreach(label IN LISTS labels)
  list_tests("[${label}]" with_${label})
endforeach()

set(script "")
foreach(name IN LISTS all)
  set(own_labels unit)
  foreach(label IN LISTS labels)
    if(name IN_LIST with_${label})
      list(APPEND own_labels ${label})
    endif()
  endforeach()
  list(REMOVE_DUPLICATES own_labels)
  string(REPLACE "@semicolon@" ";" name "${name}")
  string(REPLACE "@open@" "[" name "${name}")
  string(REPLACE "@close@" "]" name "${name}")
  # A comma, bracket or quote in a test specification is syntax, and a dash in front makes it an option.
  string(REGEX REPLACE "([],[\"*\\\\]|^[-~])" "\\\\\\1" spec "${name}")
  set(test "${MODULE}: ${name}")
  string(APPEND script
    "add_test([==[${test}]==] [==[${PROGRAM}]==] [==[${spec}]==])\n"
    "set_tests_properties([==[${test}]==] PROPERTIES LABELS [==[${own_labels}]==]"
    " SKIP_REGULAR_EXPRESSION [==[(^|\n)SKIPPED: ]==]"
    # Catch2 2 is content when a specification matches nothing.
    " FAIL_REGULAR_EXPRESSION [==[No test cases matched]==] TIMEOUT 600)\n")
endforeach()
file(WRITE "${LIST_FILE}" "${script}")
