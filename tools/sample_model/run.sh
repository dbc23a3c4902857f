#!/bin/sh
# SPDX-License-Identifier: MIT
# Makes the sample model from nothing: grammar check, tokenizer, training, GGUF file, evaluation.
#
#   tools/sample_model/run.sh [OUT_FOLDER]     # default: build/sample_model; PYTHON and TRAIN_FLAGS are heeded
#
# Training takes a few minutes on one data-centre GPU. See README.md beside this file for what it needs.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=${1:-build/sample_model}
python=${PYTHON:-python3}
mkdir -p "$out"
out=$(cd "$out" && pwd)
export PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 TOKENIZERS_PARALLELISM=false
cd "$here"
$python test_grammar.py
$python train_tokenizer.py "$out"
$python train.py "$out" ${TRAIN_FLAGS:-}
$python export_gguf.py "$out"
$python evaluate.py "$out/story-2m.gguf" >"$out/evaluation.txt" 2>&1 || { cat "$out/evaluation.txt"; exit 1; }
cat "$out/evaluation.txt"
