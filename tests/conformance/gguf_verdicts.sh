#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Writes the malformed and odd GGUF files of the tests and says what ggml and cria make of each.
#
#     tests/conformance/gguf_verdicts.sh BUILD-FOLDER [--check | --markdown | --json | --data] [--llama]
#
# BUILD-FOLDER is one that was configured with -DCRIA_PEER_LLAMA_CPP=… (bench/peers/llama_cpp.sh). --check, which is
# also what the test "conformance: ggml's verdicts on GGUF files" does, fails where cria's strict_ggml profile and ggml
# disagree about a file that gguf_differences.txt does not name. --data writes docs/data/gguf-malformed.csv and gguf-odd.csv anew.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
programs=${1:?the build folder}/bin
shift
answer=(--differences "$here/gguf_differences.txt")
more=()
for argument in "$@"; do
    case $argument in
    --check) ;;
    --markdown) answer=(--markdown) ;;
    --json) answer=() ;;
    --data) answer=() data=$here/../../docs/data ;;
    --llama) more=(--llama) ;;
    *)
        echo "$0: no such option: $argument" >&2
        exit 2
        ;;
    esac
done
files=$(mktemp -d)
trap 'rm -rf "$files"' EXIT
"$programs/cria_gguf_corpus" "$files"
"$programs/cria_gguf_conformance_files" "$files"
if [[ -n ${data-} ]]; then
    "$programs/cria_gguf_verdicts" "$files" >"$files/verdicts.json"
    "$here/gguf_verdicts_table.py" "$files/verdicts.json" "$files/corpus.tsv" "$data"
else
    "$programs/cria_gguf_verdicts" ${answer[@]+"${answer[@]}"} ${more[@]+"${more[@]}"} "$files"
fi
