# SPDX-License-Identifier: MIT
# CHECK=alone     every header is a translation unit of its own
#       noexcept  all headers in one unit with -fno-exceptions -fno-rtti
#       hostile   all headers in one unit after the macros that other people's headers define
#       twice     all headers in two units, one C++20 and one C++23, linked, run, passing results across
#       optimised the README's example as a whole program at -O2 and -O3, where compilers warn about more
#       bits      dequantized numbers are the same at every level of optimisation and under flags that change arithmetic
#       windows   all headers, and the README's example as a whole program, with mingw-w64

include("${CMAKE_CURRENT_LIST_DIR}/run.cmake")
skip_without(COMPILER "this compiler")
list_headers(headers)
if(NOT HAS_FMT)
  list(REMOVE_ITEM headers cria/fmt.hpp)
endif()

set(flags -I "${SOURCE_DIR}/include" -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror)
file(REMOVE_RECURSE "${SCRATCH}")
file(MAKE_DIRECTORY "${SCRATCH}")

# unit(<name> <text before> <headers> <text after>) writes SCRATCH/<name>.cpp.
function(unit name before headers after)
  list(TRANSFORM headers REPLACE "(.+)" "#include \"\\1\"\n")
  list(JOIN headers "" includes)
  file(WRITE "${SCRATCH}/${name}.cpp" "${before}${includes}${after}")
endfunction()

if(CHECK STREQUAL "alone")
  set(units "")
  foreach(header IN LISTS headers)
    string(MAKE_C_IDENTIFIER "${header}" name)
    unit(${name} "" "${header}" "")
    list(APPEND units "${SCRATCH}/${name}.cpp")
  endforeach()
  run("compiling a header alone" "${COMPILER}" -std=c++20 ${flags} -fsyntax-only ${units})

elseif(CHECK STREQUAL "noexcept")
  list(REMOVE_ITEM headers cria/base/throwing.hpp)  # the one that is there to throw
  unit(all "" "${headers}" "")
  run("compiling without exceptions" "${COMPILER}" -std=c++20 ${flags} -fno-exceptions -fno-rtti -fsyntax-only "${SCRATCH}/all.cpp")

elseif(CHECK STREQUAL "hostile")
  # The system headers that ours include come first: it is our text that has to survive, not theirs.
  set(prelude "")
  foreach(header IN LISTS headers)
    file(STRINGS "${SOURCE_DIR}/include/${header}" lines REGEX "^ *# *include *<")
    foreach(line IN LISTS lines)
      string(REGEX REPLACE "^[^<]*(<[^>]*>).*" "\\1" system "${line}")
      list(APPEND prelude "${system}")
    endforeach()
  endforeach()
  list(REMOVE_DUPLICATES prelude)
  list(TRANSFORM prelude REPLACE "(.+)" "#if __has_include(\\1)\n#include \\1\n#endif\n")
  list(JOIN prelude "" prelude)
  unit(all "${prelude}#include \"${SOURCE_DIR}/tests/build/hostile_macros.hpp\"\n" "${headers}" "")
  run("compiling with hostile macros" "${COMPILER}" -std=c++20 ${flags} -fsyntax-only "${SCRATCH}/all.cpp")

elseif(CHECK STREQUAL "twice")
  set(share "auto ask(bool fail) -> cria::result<int>;\n")
  unit(one "" "${headers}" "${share}
int main() {
    const auto good = ask(false);
    const auto bad = ask(true);
    return good && *good == 42 && !bad && bad.error().code == cria::errc::empty_file ? 0 : 1;
}\n")
  unit(two "" "${headers}" "${share}
auto ask(bool fail) -> cria::result<int> {
    if (fail) return cria::error{cria::errc::empty_file, \"from afar\"};
    return 42;
}\n")
  set(libraries "")
  if(HAS_FMT)
    set(libraries -lfmt)
  endif()
  run("compiling the C++20 unit" "${COMPILER}" -std=c++20 ${flags} -c "${SCRATCH}/one.cpp" -o "${SCRATCH}/one.o")
  run("compiling the C++23 unit" "${COMPILER}" -std=c++2b ${flags} -c "${SCRATCH}/two.cpp" -o "${SCRATCH}/two.o")
  run("linking two units with all headers" "${COMPILER}" "${SCRATCH}/one.o" "${SCRATCH}/two.o" ${libraries} -o "${SCRATCH}/twice")
  run("passing a result from a C++23 unit to a C++20 unit" "${SCRATCH}/twice")

elseif(CHECK STREQUAL "optimised")
  foreach(level "-O2" "-O2 -DNDEBUG" "-O3 -DNDEBUG")
    separate_arguments(options UNIX_COMMAND "${level}")
    run("compiling with ${level}" "${COMPILER}" -std=c++20 ${flags} ${options} -c "${SOURCE_DIR}/examples/minimal/main.cpp" -o "${SCRATCH}/minimal.o")
  endforeach()

elseif(CHECK STREQUAL "bits")
  set(source "${SOURCE_DIR}/tests/build/quant_bits.cpp")
  set(first "")
  set(native "")
  execute_process(COMMAND "${COMPILER}" -march=native -E -x c++ /dev/null RESULT_VARIABLE failed OUTPUT_QUIET ERROR_QUIET)
  if(NOT failed)
    set(native "-O2 -march=native" "-O3 -march=native -ffast-math" "-O2 -march=native -ffp-contract=fast")
  endif()
  foreach(level "-O0" "-O1" "-O2" "-O3" "-O2 -ffast-math" ${native})
    separate_arguments(options UNIX_COMMAND "${level}")
    run("compiling with ${level}" "${COMPILER}" -std=c++20 ${flags} ${options} -c "${source}" -o "${SCRATCH}/bits.o")
    # Linked without the options: -ffast-math would have the whole program flush small numbers to zero.
    run("linking" "${COMPILER}" "${SCRATCH}/bits.o" -o "${SCRATCH}/bits")
    execute_process(COMMAND "${SCRATCH}/bits" OUTPUT_VARIABLE digest RESULT_VARIABLE failed)
    if(first STREQUAL "")
      set(first "${digest}")
    endif()
    if(failed OR NOT digest STREQUAL first)
      message(FATAL_ERROR "with ${level} numbers are others: ${digest}, and ${first} with -O0")
    endif()
  endforeach()
  if(native)
    run("compiling a unit" "${COMPILER}" -std=c++20 ${flags} -O2 -DLINKED -c "${source}" -o "${SCRATCH}/one.o")
    run("compiling a consumer's unit" "${COMPILER}" -std=c++20 ${flags} -O2 -march=native -DSECOND -c "${source}" -o "${SCRATCH}/two.o")
    foreach(order "one;two" "two;one")  # of functions that both have, the linker takes the first unit's
      list(TRANSFORM order REPLACE "(.+)" "${SCRATCH}/\\1.o")
      run("linking both" "${COMPILER}" ${order} -o "${SCRATCH}/both")
      run("comparing both" "${SCRATCH}/both")
    endforeach()
  endif()

elseif(CHECK STREQUAL "windows")
  list(REMOVE_ITEM headers cria/fmt.hpp)
  unit(all "" "${headers}" "")
  run("compiling the headers for Windows" "${COMPILER}" -std=c++20 ${flags} -fsyntax-only "${SCRATCH}/all.cpp")
  run("building the example for Windows" "${COMPILER}" -std=c++20 ${flags} -static
    "${SOURCE_DIR}/examples/minimal/main.cpp" -o "${SCRATCH}/minimal.exe")

else()
  message(FATAL_ERROR "no check is called '${CHECK}'")
endif()
