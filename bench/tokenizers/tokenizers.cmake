# SPDX-License-Identifier: MIT
# The programs that bench/tokenizers/run.py measures: cria_tokenizer_bench, and llama_cpp_tokenizer_bench where
# CRIA_PEER_LLAMA_CPP names a folder with libllama. They look into /proc.

function(cria_add_tokenizer_bench)
  if(NOT CMAKE_SYSTEM_NAME STREQUAL "Linux" OR CMAKE_CROSSCOMPILING)
    return()
  endif()
  find_package(Threads REQUIRED)
  cria_program(cria_tokenizer_bench cria::cria Threads::Threads)
  target_sources(cria_tokenizer_bench PRIVATE tokenizers/cria_worker.cpp)
  if(TARGET cria_peer::llama)
    cria_program(llama_cpp_tokenizer_bench cria_peer::llama Threads::Threads)
    target_compile_features(llama_cpp_tokenizer_bench PRIVATE cxx_std_20)
    target_sources(llama_cpp_tokenizer_bench PRIVATE tokenizers/llama_cpp_worker.cpp)
  endif()

  find_package(Python3 3.9 COMPONENTS Interpreter QUIET)
  if(CRIA_BUILD_TESTS AND Python3_FOUND AND NOT CRIA_SANITIZE)
    add_test(NAME "bench: tokenizers beside their peers"
      COMMAND Python3::Interpreter "${CMAKE_CURRENT_SOURCE_DIR}/tokenizers/test_run.py" "$<TARGET_FILE_DIR:cria_tokenizer_bench>")
    set_tests_properties("bench: tokenizers beside their peers" PROPERTIES
      LABELS "bench;peers;slow;network" TIMEOUT 1800 RUN_SERIAL ON SKIP_RETURN_CODE 77 ENVIRONMENT "CRIA_SHARED_DIR=${CRIA_SHARED_DIR}")
  endif()
endfunction()
