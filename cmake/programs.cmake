# SPDX-License-Identifier: MIT
# How our own programs are compiled: warnings and sanitizers, on them alone.

add_library(cria_own INTERFACE)
if(MSVC)
  target_compile_options(cria_own INTERFACE /W4 /utf-8 $<$<BOOL:${CRIA_WERROR}>:/WX>)
else()
  target_compile_options(cria_own INTERFACE
    -Wall -Wextra -Wpedantic -Wconversion -Wshadow $<$<BOOL:${CRIA_WERROR}>:-Werror>)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    # Once it has inlined enough, g++ 12 sees these inside its own std::string, vector and optional (GCC bug 105651
    # and its relatives). Our headers are clean of them all the same: tests/build compiles those without this line.
    target_compile_options(cria_own INTERFACE -Wno-restrict -Wno-stringop-overflow -Wno-maybe-uninitialized)
  endif()
endif()

if(CRIA_SANITIZE)
  list(JOIN CRIA_SANITIZE "," cria_sanitizers)
  # A finding ends the program, so that a test cannot pass over it.
  target_compile_options(cria_own INTERFACE -fsanitize=${cria_sanitizers} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(cria_own INTERFACE -fsanitize=${cria_sanitizers})
endif()

# Programs from every folder end up side by side.
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin")
set(CMAKE_CXX_EXTENSIONS OFF)

# cria_program(<name> <libraries…>): an executable with our flags; add its sources with target_sources.
function(cria_program name)
  add_executable(${name})
  target_link_libraries(${name} PRIVATE cria_own ${ARGN})
endfunction()
