#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The sample model's perplexity with its matrices quantized to each type, on stories that it was not trained on, as CSV.
#
#     bench/quantization_perplexity.sh PROGRAMS > docs/data/quantization-perplexity.csv
#
# PROGRAMS is the folder of cria and cria_quantization_loss (the latter needs CRIA_PEER_LLAMA_CPP).
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
programs=${1:?the folder of programs}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
python3 - "$root/tools/sample_model" > "$scratch/text" <<'PYTHON'
import random
import sys

sys.path.insert(0, sys.argv[1])
sys.dont_write_bytecode = True
from grammar import write_document

rng = random.Random("held out")  # the seed of tools/sample_model/config.py
for document in [write_document(rng) for _ in range(200)]:
    if len(document) == 2:  # a story, and not a chat
        print(document[1].text.replace("<|end_of_text|>", "") + "\n")
PYTHON
perplexity() { "$programs/cria" perplexity "$1" "$scratch/text" --context 256 --threads 1 --json | python3 -c 'import json, sys; print(json.load(sys.stdin)["perplexity"])'; }
model=$root/examples/models/story-2m.gguf
base=$(perplexity "$model")
echo "type,perplexity,more in %"
printf 'as shipped (q8_0),%.4f,0\n' "$base"
for type in f16 bf16 q8_0 q6_k q5_1 q5_k q5_0 q4_1 q4_k q4_0 nvfp4 iq4_nl iq4_xs mxfp4 q3_k iq3_s iq3_xxs q2_k iq2_s iq2_xs q2_0 iq2_xxs tq2_0 iq1_m tq1_0 iq1_s q1_0; do
    "$programs/cria_quantization_loss" model "$model" "$type" "$scratch/model.gguf"
    perplexity "$scratch/model.gguf" | awk -v type="$type" -v base="$base" '{ if ($1 > 11 * base) printf "%s,%.0f,over 1000\n", type, $1; else printf "%s,%.4f,%.2f\n", type, $1, 100 * ($1 / base - 1) }'
done
