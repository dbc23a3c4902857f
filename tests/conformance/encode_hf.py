#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes the ids that Hugging Face's tokenizers give for texts; encode_conformance.py runs it.

    encode_hf.py MODEL.gguf <JOBS

JOBS: lines of JSON with texts, ids (files as in encode_ids.cpp), pre (or null), parse (none, user_defined, all) and
add_special. The tokenizer is built from the same GGUF file, the way that the models are published:
byte-level BPE from tokens and merges with the regular expressions of its `pre`; SentencePiece BPE from tokens and scores
(or merges), as Hugging Face converts such models; Gemma 4's in between. Special tokens are added tokens, none of which
is matched in normalized text. Text that is not UTF-8 gets one U+FFFD for each maximal subpart, as Python has it.

A GGUF file says neither which normalizer a model has nor which of its tokens take the white space behind them, nor
that texts such as <|im_end|> are special whatever their type is; the rules for these are written down here a second
time, independently of cria.
"""

import argparse
import array
import json
import pathlib
import struct
import sys

from gguf import GGUFReader
from tokenizers import AddedToken, Regex, Tokenizer, models, normalizers, pre_tokenizers

from pretokenize_hf import FAMILIES

NORMAL, UNKNOWN, CONTROL, USER_DEFINED, UNUSED, BYTE = 1, 2, 3, 4, 5, 6

PRES_OF_FAMILY = {
    "default": "default", "llama3": "llama3 llama-v3 llama-bpe falcon3 falcon-h1 pixtral midm-2.0 lfm2 jina-v5-nano smaug-bpe dbrx glm4 glm5 chatglm-bpe",
    "qwen2": "qwen2 deepseek-r1-qwen kormo f2llmv2 megrez stablelm2 hunyuan solar-open grok-2", "qwen35": "qwen35", "seed": "seed-coder",
    "digit1": "smollm command-r starcoder refact codeshell exaone minerva-7b mellum2",
    "gpt2": "gpt-2 phi-2 jina-es jina-de jina-v2-es jina-v2-de gigachat a.x-4.0 mellum modern-bert exaone4 mpt olmo jais jina-v1-en jina-v2-code "
            "roberta-bpe trillion granite-docling",
    "falcon": "falcon", "tekken": "tekken", "o200k": "gpt-4o llama4 kanana2 talkie minimax-m2", "o200k_marks": "granite-embed-multi-97m",
    "kimi": "kimi-k2", "afmoe": "afmoe", "aya": "tiny_aya cohere2moe", "youtu": "youtu", "bailing": "bailingmoe bailingmoe2 llada-moe",
    "exaone_moe": "exaone-moe", "minicpm5": "minicpm5", "laguna": "laguna", "jais2": "jais-2", "superbpe": "superbpe", "ufakzeka": "ufakzeka",
    "bloom": "bloom gpt3-finnish poro-chat", "viking": "viking", "deepseek_llm": "deepseek-llm", "deepseek_coder": "deepseek-coder",
    "deepseek3": "deepseek-v3 hunyuan-dense joyai-llm hy_v4", "spark": "spark2_5", "newline": "gemma4 granite-embed-multi-311m sarvam-moe",
}
FAMILY_OF_PRE = {pre: family for family, pres in PRES_OF_FAMILY.items() for pre in pres.split()}
IGNORES_MERGES = set("llama3 llama-v3 llama-bpe falcon3 falcon-h1 pixtral midm-2.0 lfm2 jina-v5-nano glm4 glm5 tekken granite-embed-multi-97m "
                     "youtu minicpm5".split())
NORMALIZES = {"qwen2", "qwen35"}  # to NFC

KEPT = {}  # arrays, which take seconds to read

ROLES = [  # the first text of each that a vocabulary has is special
    "<|eot_id|> <|im_end|> <|end|> <end_of_turn> <|endoftext|> <|end_of_text|> <EOT> _<EOT> [EOT] <｜end▁of▁sentence｜> <end_of_utterance>",
    "<|eom_id|>",
    "<|fim_prefix|> <fim-prefix> <fim_prefix> <｜fim▁begin｜> <PRE> ▁<PRE> <|code_prefix|> <|prefix|>",
    "<|fim_suffix|> <fim-suffix> <fim_suffix> <｜fim▁hole｜> <SUF> ▁<SUF> <|code_suffix|> <|suffix|>",
    "<|fim_middle|> <fim-middle> <fim_middle> <｜fim▁end｜> <MID> ▁<MID> <|code_middle|> <|middle|>",
    "<|fim_pad|> <fim-pad> <fim_pad> <PAD> [PAD]", "<|fim_repo|> <|repo_name|> <fim-repo> <REPO> <reponame>", "<|file_sep|>",
]
ROLE_KEYS = ["eot", "eom", "fim_pre", "fim_suf", "fim_mid", "fim_pad", "fim_rep", "fim_sep"]
ENDINGS = ("<|eot_id|> <|im_end|> <|end|> <|return|> <|call|> <|flush|> <|calls|> <end_of_turn> <|endoftext|> </s> <|eom_id|> <EOT> _<EOT> [EOT] "
           "[EOS] <|end_of_text|> <end_of_utterance> <eos> <turn|> <|tool_response> <｜end▁of▁sentence｜> [e~[").split()


ADDS_BOS = IGNORES_MERGES - set("glm4 glm5 granite-embed-multi-97m youtu minicpm5".split()) | {"gemma4", "granite-embed-multi-311m"}


def read(fields, pre):
    """The vocabulary of GGUFReader.fields, as what its pre-tokenizer makes it."""
    kept = KEPT.setdefault(id(fields), {})

    def get(key, fallback=None):
        if key not in kept:
            kept[key] = fields[key].contents() if key in fields else None
        return kept[key] if kept[key] is not None else fallback

    g = "tokenizer.ggml."
    tokens = get(g + "tokens")
    v = {
        "model": get(g + "model"), "pre": pre or get(g + "pre", "default"), "tokens": tokens, "merges": get(g + "merges", []),
        "scores": get(g + "scores") or [0.0] * len(tokens), "types": list(get(g + "token_type") or [NORMAL] * len(tokens)),
        "unknown": get(g + "unknown_token_id", 0 if get(g + "model") == "llama" else None),
        "bos": get(g + "bos_token_id"), "eos": get(g + "eos_token_id"), "add_bos": get(g + "add_bos_token"), "add_eos": get(g + "add_eos_token"),
        "add_space_prefix": get(g + "add_space_prefix", True),
        "is_phi3": any(name in get("general.name", "").lower() for name in ("phi-3", "phi3")) or get("general.architecture") == "phi3",
    }
    if v["add_bos"] is None:
        v["add_bos"] = v["model"] == "llama" or v["pre"] in ADDS_BOS
    ids = {text: i for i, text in enumerate(tokens)}
    special = []
    for key, texts in zip(ROLE_KEYS, ROLES):
        if g + key + "_token_id" not in fields:
            special += [text for text in texts.split() if text in ids][:1]
    for text in special + ENDINGS:
        if text in ids and v["types"][ids[text]] != UNKNOWN:  # USER_DEFINED as well: only who asks for it gets such a token
            v["types"][ids[text]] = CONTROL
    for text in "<|channel|> <|message|> <|start|> <|constrain|>".split():
        if text in ids:
            v["types"][ids[text]] = USER_DEFINED
    return v


def byte_level(v):
    vocab = {text: i for i, text in enumerate(v["tokens"])}
    merges = [tuple(m.split(" ", 1)) for m in v["merges"]]
    tokenizer = Tokenizer(models.BPE(vocab, merges, ignore_merges=v["pre"] in IGNORES_MERGES))
    splits = [pre_tokenizers.Split(Regex(r), "isolated") for r in FAMILIES[FAMILY_OF_PRE[v["pre"]]]]
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([*splits, pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    if v["pre"] in NORMALIZES:
        tokenizer.normalizer = normalizers.NFC()
    return tokenizer


def merges_by_score(v):
    vocab = {text: i for i, text in enumerate(v["tokens"])}
    # By score, then by the ids of the parts: the order of Hugging Face's SentencePieceExtractor.
    rules = []
    for text, i in vocab.items():
        if v["types"][i] in (UNKNOWN, CONTROL, BYTE):
            continue
        splits = [(text[:k], text[k:]) for k in range(1, len(text)) if text[:k] in vocab and text[k:] in vocab]
        splits.sort(key=lambda pair: (vocab[pair[0]], vocab[pair[1]]))
        rules += [(-v["scores"][i], pair) for pair in splits]
    rules.sort(key=lambda rule: rule[0])
    return [pair for _, pair in rules]


def sentencepiece(v):
    vocab = {text: i for i, text in enumerate(v["tokens"])}
    merges = [tuple(m.split(" ", 1)) for m in v["merges"]] or merges_by_score(v)
    unknown = v["tokens"][v["unknown"]] if v["unknown"] is not None else None
    tokenizer = Tokenizer(models.BPE(vocab, merges, byte_fallback=True, fuse_unk=True, unk_token=unknown))
    escape = [normalizers.Replace(" ", "▁")]
    if v["model"] == "llama" and v["add_space_prefix"]:
        escape.insert(0, normalizers.Prepend("▁"))
    tokenizer.normalizer = normalizers.Sequence(escape)
    if v["model"] != "llama":  # Gemma 4
        tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(FAMILIES["newline"][0]), "isolated")
    return tokenizer


def build(v, parse):
    is_byte_level = v["model"] == "gpt2" and FAMILY_OF_PRE[v["pre"]] != "newline"
    tokenizer = byte_level(v) if is_byte_level else sentencepiece(v)
    types = {"none": set(), "user_defined": {USER_DEFINED}, "all": {UNKNOWN, CONTROL, USER_DEFINED}}[parse]
    keeps_space = {"<unk>", "<s>", "<|endoftext|>"}
    tokenizer.add_tokens([
        AddedToken(text, normalized=False, special=kind != USER_DEFINED, rstrip=v["is_phi3"] and text not in keeps_space)
        for text, kind in zip(v["tokens"], v["types"]) if kind in types and text
    ])
    return tokenizer


def read_texts(path):
    raw = memoryview(pathlib.Path(path).read_bytes())
    at = 0
    while at < len(raw):
        (size,) = struct.unpack_from("<I", raw, at)
        yield str(raw[at + 4:at + 4 + size], "utf-8", "replace")
        at += 4 + size


def write_ids(tokenizer, texts, before, behind, out):
    for encoding in tokenizer.encode_batch_fast(texts, add_special_tokens=False):
        ids = before + encoding.ids + behind
        array.array("I", [len(ids), *ids]).tofile(out)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("model")
    given = arguments.parse_args()
    assert sys.byteorder == "little" and array.array("I").itemsize == 4

    fields = GGUFReader(given.model).fields
    v = tokenizer = key = None
    for job in map(json.loads, sys.stdin):
        if key != (job["pre"], job["parse"]):
            key = (job["pre"], job["parse"])
            v = read(fields, job["pre"])
            tokenizer = build(v, job["parse"])
        before = [v["bos"]] if job["add_special"] and v["add_bos"] else []
        behind = [v["eos"]] if job["add_special"] and v["add_eos"] else []
        partial = pathlib.Path(job["ids"] + ".part")
        with partial.open("wb") as out:
            batch, n_bytes = [], 0
            for text in read_texts(job["texts"]):
                batch.append(text)
                n_bytes += len(text)
                if len(batch) == 20_000 or n_bytes > 4_000_000:
                    write_ids(tokenizer, batch, before, behind, out)
                    batch, n_bytes = [], 0
            write_ids(tokenizer, batch, before, behind, out)
        partial.rename(job["ids"])


if __name__ == "__main__":
    main()
