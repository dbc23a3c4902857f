# SPDX-License-Identifier: MIT
# The libraries that bench/peers/llama_cpp.sh has built, as targets: cria_peer::ggml, and cria_peer::llama where it was
# built too. Neither exists unless CRIA_PEER_LLAMA_CPP names that script's folder.

set(CRIA_PEER_LLAMA_CPP "" CACHE PATH "Folder in which bench/peers/llama_cpp.sh has built llama.cpp, to compare cria with it")

function(cria_find_peer_llama_cpp)
  if(NOT CRIA_PEER_LLAMA_CPP OR TARGET cria_peer::ggml)
    return()
  endif()
  set(sources "${CRIA_PEER_LLAMA_CPP}/llama.cpp")
  set(built "${CRIA_PEER_LLAMA_CPP}/build")
  file(GLOB stamp "${sources}/.unpacked-*")
  if(NOT stamp OR NOT EXISTS "${built}/ggml/src/libggml-cpu.a")
    message(FATAL_ERROR "cria: there is no ggml in CRIA_PEER_LLAMA_CPP=${CRIA_PEER_LLAMA_CPP}; run bench/peers/llama_cpp.sh ${CRIA_PEER_LLAMA_CPP}")
  endif()
  string(REGEX REPLACE ".*/[.]unpacked-" "" release "${stamp}")

  # cria_peer_archive(<target> <archive> <what it needs…>): CMake puts archives in the order the linker wants.
  macro(cria_peer_archive target archive)
    add_library(${target} STATIC IMPORTED GLOBAL)
    set_target_properties(${target} PROPERTIES IMPORTED_LOCATION "${built}/${archive}" INTERFACE_LINK_LIBRARIES "${ARGN}")
  endmacro()
  cria_peer_archive(cria_peer::ggml_base ggml/src/libggml-base.a -pthread ${CMAKE_DL_LIBS} m)
  cria_peer_archive(cria_peer::ggml_cpu ggml/src/libggml-cpu.a cria_peer::ggml_base)
  cria_peer_archive(cria_peer::ggml ggml/src/libggml.a cria_peer::ggml_cpu cria_peer::ggml_base)
  target_include_directories(cria_peer::ggml INTERFACE "${sources}/ggml/include")
  target_compile_definitions(cria_peer::ggml INTERFACE "CRIA_PEER_RELEASE=\"${release}\"")
  if(EXISTS "${built}/src/libllama.a")
    cria_peer_archive(cria_peer::llama src/libllama.a cria_peer::ggml)
    target_include_directories(cria_peer::llama INTERFACE "${sources}/include")
  endif()
endfunction()
