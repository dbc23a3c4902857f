# SPDX-License-Identifier: MIT
# Runs one of the scripts about the documents: documents.py, documents_finds.py.

include("${CMAKE_CURRENT_LIST_DIR}/run.cmake")
skip_without(PYTHON python3)

set(ENV{CRIA_CMAKE} "${CMAKE_COMMAND}")  # for the figure that is drawn from the includes
set(ENV{PYTHONDONTWRITEBYTECODE} 1)
set(ENV{PYTHONUTF8} 1)
run("${SCRIPT}" "${PYTHON}" "${CMAKE_CURRENT_LIST_DIR}/${SCRIPT}" "${SCRATCH}")
