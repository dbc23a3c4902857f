# SPDX-License-Identifier: MIT
# What the engine computes is the same at every level of optimisation, for any processor, and where a user's flags would change
# arithmetic: COMPILER, with the flags that target cria_engine passes on after those. OF=numbers compares the digest of
# tests/engine/digest.hpp; OF=text compiles the whole engine, and compares what a model writes with tests/engine/sample_text.hpp.

include("${CMAKE_CURRENT_LIST_DIR}/run.cmake")
skip_without(COMPILER "this compiler")

file(READ "${SOURCE_DIR}/examples/engine/CMakeLists.txt" engine)
if(NOT engine MATCHES "target_compile_options\\(cria_engine PUBLIC ([^)]*)\\)")
  message(FATAL_ERROR "examples/engine/CMakeLists.txt names no public flags")
endif()
separate_arguments(public_flags UNIX_COMMAND "${CMAKE_MATCH_1}")
set(flags -std=c++20 -I "${SOURCE_DIR}/include" -I "${SOURCE_DIR}/examples" -I "${SOURCE_DIR}/tests" -Wno-psabi)
if(OF STREQUAL "text")
  file(GLOB sources "${SOURCE_DIR}/examples/engine/*.cpp")
  list(APPEND sources "${SOURCE_DIR}/tests/build/engine_text.cpp")
  set(arguments "${SOURCE_DIR}/examples/models/story-2m.gguf")
else()
  set(sources "${SOURCE_DIR}/tests/build/engine_bits.cpp")
  foreach(name kernels matmul numbers sampler threads)
    list(APPEND sources "${SOURCE_DIR}/examples/engine/${name}.cpp")
  endforeach()
  set(arguments "")
endif()

set(levels "-O0" "-O3")
execute_process(COMMAND "${COMPILER}" -march=native -E -x c++ /dev/null RESULT_VARIABLE failed OUTPUT_QUIET ERROR_QUIET)
if(NOT failed)
  list(APPEND levels "-O3 -march=native -ffast-math -ffp-contract=fast")
endif()

file(REMOVE_RECURSE "${SCRATCH}")
file(MAKE_DIRECTORY "${SCRATCH}")
foreach(level IN LISTS levels)
  separate_arguments(options UNIX_COMMAND "${level}")
  set(objects "")
  foreach(source IN LISTS sources)
    get_filename_component(name "${source}" NAME_WE)
    run("compiling with ${level}" "${COMPILER}" ${flags} ${options} ${public_flags} -c "${source}" -o "${SCRATCH}/${name}.o")
    list(APPEND objects "${SCRATCH}/${name}.o")
  endforeach()
  # Linked without the options: -ffast-math would have the whole program flush small numbers to zero.
  run("linking" "${COMPILER}" ${objects} -pthread -o "${SCRATCH}/bits")
  run("comparing with ${level}" "${SCRATCH}/bits" ${arguments})
endforeach()
