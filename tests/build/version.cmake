# SPDX-License-Identifier: MIT
# The version of project(), of the headers and of the changelog are one.

include("${CMAKE_CURRENT_LIST_DIR}/run.cmake")

set(in_header "")
foreach(part MAJOR MINOR PATCH)
  file(STRINGS "${SOURCE_DIR}/include/cria/base/version.hpp" line REGEX "#define CRIA_VERSION_${part} [0-9]+")
  string(REGEX MATCH "[0-9]+" number "${line}")
  list(APPEND in_header ${number})
endforeach()
list(JOIN in_header "." in_header)
if(NOT in_header STREQUAL VERSION)
  message(FATAL_ERROR "version.hpp says ${in_header}, project() says ${VERSION}")
endif()

file(READ "${SOURCE_DIR}/CHANGELOG.md" changelog)
string(FIND "${changelog}" "## [${VERSION}]" at)
if(at EQUAL -1)
  message(FATAL_ERROR "CHANGELOG.md has no section for ${VERSION}")
endif()
