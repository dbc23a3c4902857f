# SPDX-License-Identifier: MIT
"""Writes the GGUF file: weights as Q8_0 (norms as float32), vocabulary, hyper-parameters, chat template.

    python export_gguf.py OUT_FOLDER      # tokenizer.json and weights.npz in, story-2m.gguf out
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

import gguf
import numpy as np

from config import CONFIG
from grammar import BOS, EOS, EOT, SPECIALS

FILE_NAME = "story-2m.gguf"
MAX_BYTES = 3_000_000

# What grammar.turn() writes, in Jinja.
CHAT_TEMPLATE = (
    "{{ bos_token }}"
    "{% for message in messages %}"
    "{{ '<|start_header_id|>' + message['role'] + '<|end_header_id|>\n\n' + message['content'] + '<|eot_id|>' }}"
    "{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|start_header_id|>assistant<|end_header_id|>\n\n' }}{% endif %}"
)


def add_metadata(writer: gguf.GGUFWriter) -> None:
    """What the model is and its shape."""
    c = CONFIG
    writer.add_type("model")
    writer.add_name("Story 2M")
    writer.add_author("The cria authors")
    writer.add_license("MIT")
    writer.add_description(
        "A small Llama that tells little stories, trained from scratch on the text of a story grammar."
    )
    writer.add_size_label("2.5M")
    writer.add_languages(["en"])
    writer.add_context_length(c.context)
    writer.add_embedding_length(c.dim)
    writer.add_block_count(c.n_layers)
    writer.add_feed_forward_length(c.ffn_dim)
    writer.add_head_count(c.n_heads)
    writer.add_head_count_kv(c.n_kv_heads)
    writer.add_layer_norm_rms_eps(c.norm_eps)
    writer.add_rope_dimension_count(c.head_dim)
    writer.add_rope_freq_base(c.rope_base)
    writer.add_vocab_size(c.n_tokens)
    writer.add_file_type(int(gguf.LlamaFileType.MOSTLY_Q8_0))
    writer.add_quantization_version(gguf.GGML_QUANT_VERSION)


def add_vocabulary(writer: gguf.GGUFWriter, tokenizer_json: Path) -> None:
    """Tokens in id order, merges in rank order, and which token is what."""
    tokenizer = json.loads(tokenizer_json.read_text(encoding="utf-8"))
    ids: dict[str, int] = {**tokenizer["model"]["vocab"], **{t["content"]: t["id"] for t in tokenizer["added_tokens"]}}
    tokens = sorted(ids, key=ids.__getitem__)
    assert [ids[t] for t in tokens] == list(range(CONFIG.n_tokens)) and tokens[-len(SPECIALS) :] == SPECIALS
    normal, control = int(gguf.TokenType.NORMAL), int(gguf.TokenType.CONTROL)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("llama-bpe")
    writer.add_token_list(tokens)
    writer.add_token_types([control if t in SPECIALS else normal for t in tokens])
    writer.add_token_merges([" ".join(pair) for pair in tokenizer["model"]["merges"]])
    writer.add_bos_token_id(ids[BOS])
    writer.add_eos_token_id(ids[EOS])
    writer.add_eot_token_id(ids[EOT])
    writer.add_add_bos_token(True)
    writer.add_add_eos_token(False)
    writer.add_chat_template(CHAT_TEMPLATE)


def main() -> None:
    out = Path(sys.argv[1])
    path = out / FILE_NAME
    writer = gguf.GGUFWriter(path, "llama")
    add_metadata(writer)
    add_vocabulary(writer, out / "tokenizer.json")
    with np.load(out / "weights.npz") as weights:
        for name, values in weights.items():
            assert np.isfinite(values).all(), name
            if values.ndim == 1:
                writer.add_tensor(name, values.astype(np.float32))
            else:
                blocks = gguf.quants.quantize(values.astype(np.float32), gguf.GGMLQuantizationType.Q8_0)
                writer.add_tensor(name, blocks, raw_dtype=gguf.GGMLQuantizationType.Q8_0)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    data = path.read_bytes()
    print(f"{path}: {len(data)} bytes, sha256 {hashlib.sha256(data).hexdigest()}")
    assert len(data) <= MAX_BYTES


if __name__ == "__main__":
    main()
