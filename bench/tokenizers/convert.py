#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes the tokenizer.json of a GGUF file's vocabulary, for tokenizers that read nothing else.

    convert.py VOCABULARY.gguf OUT.json

The tokenizer is the one that tests/conformance/encode_hf.py makes of the file. Of its special tokens only the USER_DEFINED ones are there,
as added tokens: what is measured is text, in which nobody looks for the others. Where VOCABULARY.gguf.inp and .out
lie beside the file, texts and the ids that they should have, Hugging Face's tokenizers has to give these ids, or nothing is
written.
"""
import argparse
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tests/conformance"))


class Refused(Exception):
    """A vocabulary out of which others than the known ids come."""


def tokenizer_json(path):
    """The tokenizer of a GGUF file as an object of JSON, with a decoder, and cut as it is published."""
    import encode_hf
    from gguf import GGUFReader
    from tokenizers import decoders, pre_tokenizers
    vocabulary = encode_hf.read(GGUFReader(path).fields, None)
    made = encode_hf.build(vocabulary, "user_defined")
    if vocabulary["model"] == "llama":
        made.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)])
        return json.loads(made.to_str())
    made.decoder = decoders.ByteLevel()
    if encode_hf.FAMILY_OF_PRE[vocabulary["pre"]] == "gpt2":  # published without an expression: it is ByteLevel's own
        made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    made = json.loads(made.to_str())
    # Nor is what no text becomes among the tokens, from which some make tables of all that there may be in a text. (Qwen's </s> is merged.)
    merged = {first + second for first, second in made["model"]["merges"]}
    for text, kind in zip(vocabulary["tokens"], vocabulary["types"]):
        if kind in (encode_hf.CONTROL, encode_hf.UNUSED) and text not in merged:
            made["model"]["vocab"].pop(text, None)
    return made


def references(path):
    """(text, ids) of the files beside a vocabulary; none where there are none."""
    texts, ids = pathlib.Path(f"{path}.inp"), pathlib.Path(f"{path}.out")
    if not texts.exists() or not ids.exists():
        return []
    texts = texts.read_bytes().decode().split("\n__ggml_vocab_test__\n")
    ids = [[int(word) for word in line.split()] for line in ids.read_text().split("\n")]
    return list(zip(texts, ids))


def differing(tokenizer, expected):
    """The texts whose ids are others than expected."""
    return [text for text, ids in expected if tokenizer.encode(text, add_special_tokens=False).ids != ids]


def convert(path, out):
    """Writes `out`; the number of texts that were compared. Raises Refused."""
    out = pathlib.Path(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    made, expected = tokenizer_json(path), references(path)
    partial = out.with_suffix(".part")
    partial.write_text(json.dumps(made, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    from tokenizers import Tokenizer
    wrong = differing(Tokenizer.from_file(str(partial)), expected)
    if wrong:
        partial.unlink()
        raise Refused(f"{path}: {len(wrong)} of {len(expected)} texts get other ids, among them {json.dumps(wrong[0], ensure_ascii=False)}")
    partial.rename(out)
    return len(expected)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("vocabulary")
    arguments.add_argument("out")
    given = arguments.parse_args()
    try:
        print(f"{given.out}: {convert(given.vocabulary, given.out)} texts compared")
    except Refused as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
