#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares bpe::pretokenize with Hugging Face's tokenizers (Oniguruma) on random mixed-script texts.

The expressions are those of the models' tokenizer.json, or of their authors' code (kimi), where these are known; the
rest is as llama.cpp quotes it. afmoe's first one stands for what its digits are known to do.

    python3 -m venv /tmp/hf && /tmp/hf/bin/pip install tokenizers==0.23.3
    g++ -std=c++20 -O2 -Iinclude tests/conformance/pretokenize_dump.cpp -o /tmp/pretokenize_dump
    /tmp/hf/bin/python tests/conformance/pretokenize_hf.py /tmp/pretokenize_dump [texts per family] [seed] [family…]

Not part of the default tests, which have an independent matcher of their own. Exits 1 on any difference.
"""

import pathlib
import random
import struct
import subprocess
import sys

from tokenizers import Regex, pre_tokenizers

# [expressions]
ANY_CASE = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|"
SPACES = r"\s*[\r\n]+|\s+(?!\S)|\s+"
GPT2 = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
U, W = r"\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}", r"\p{Ll}\p{Lm}\p{Lo}\p{M}"
PREFIX = r"[^\r\n\p{L}\p{N}]?"
SUFFIX = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
PUNCTUATION = r" ?[^\s\p{L}\p{N}]+[\r\n]*|"
PUNCTUATION_AND_SLASHES = r" ?[^\s\p{L}\p{N}]+[\r\n/]*|"


def cased(suffix, digits, u=f"[{U}]", w=f"[{W}]", punctuation=PUNCTUATION_AND_SLASHES):
    return f"{PREFIX}{u}*{w}+{suffix}|{PREFIX}{u}+{w}*{suffix}|{digits}|{punctuation}{SPACES}"


CJK = r"[\x{4E00}-\x{9FA5}\x{3040}-\x{309F}\x{30A0}-\x{30FF}]+"
DEEPSEEK_ASIAN = r"[\x{4E00}-\x{9FA5}\x{0800}-\x{4E00}\x{AC00}-\x{D7FF}]+"
DEEPSEEK3 = (r"""[!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+"""
             r"[\r\n]*|" + SPACES)
LLAMA3_HEAD = ANY_CASE + PREFIX + r"\p{L}+|\p{N}{1,3}|" + PUNCTUATION
QWEN2 = ANY_CASE + PREFIX + r"\p{L}+|\p{N}|" + PUNCTUATION + SPACES
# [expressions]
# Latin, Greek, Cyrillic and other letters that have case.
LATIN = "".join(
    rf"\x{{{r}}}" if "-" not in r else rf"\x{{{r.split('-')[0]}}}-\x{{{r.split('-')[1]}}}" for r in
    """41-5A 61-7A B5 C0-D6 D8-F6 F8-1BA 1BC-1BF 1C4-293 295-2AF 370-373 376 377 37B-37D 37F 386 388-38A 38C 38E-3A1
    3A3-3F5 3F7-481 48A-52F 531-556 10A0-10C5 13A0-13F5 13F8-13FD 1C90-1CBA 1CBD-1CBF 1D00-1D2B 1D6B-1D77 1D79-1D9A
    1E00-1F15 1F18-1F1D 1F20-1F45 1F48-1F4D 1F50-1F57 1F59 1F5B 1F5D 1F5F-1F7D 1F80-1FB4 1FB6-1FBC 1FBE 1FC2-1FC4
    1FC6-1FCC 1FD0-1FD3 1FD6-1FDB 1FE0-1FEC 1FF2-1FF4 1FF6-1FFC 2102 2107 210A-2113 2115 2119-211D 2124 2126 2128
    212A-212D 212F-2134 2139 213C-213F 2145-2149 214E 2183 2184 2C00-2C7B 2C7E-2CE4 2CEB-2CEE 2CF2 2CF3 A640-A66D
    A680-A69B A722-A76F A771-A787 A78B-A78E AB70-ABBF FB00-FB06 FB13-FB17 FF21-FF3A FF41-FF5A 10400-1044F 104B0-104D3
    104D8-104FB 10C80-10CB2 10CC0-10CF2 118A0-118DF 1E900-1E943""".split())
# [expressions]
AFMOE_SCRIPTS = (r"[\x{4E00}-\x{9FFF}\x{3400}-\x{4DBF}\x{F900}-\x{FAFF}\x{3040}-\x{309F}\x{30A0}-\x{30FF}\x{FF65}-\x{FF9F}"
                 r"\x{2F00}-\x{2FDF}\x{0E40}-\x{0E7F}\x{0E80}-\x{0EFF}\x{1780}-\x{17FF}\x{1000}-\x{109F}\x{AA60}-\x{AA7F}"
                 r"\x{A9E0}-\x{A9FF}\x{AC00}-\x{D7AF}\x{1100}-\x{11FF}]+")
YOUTU_SIGNS = (r"[\x{FF01}\x{2026}\x{201C}\x{201D}\x{2018}\x{2019}\x{2014}\x{FF1A}\x{FF1B}\x{FF0C}\x{3001}-\x{303F}"
               r"\x{FE30}-\x{FE4F}]+")
BLOOM = r" ?[^(\s|[.,!?…。，、।۔،])]+"
# In the order of cria::bpe::pretokenizer_family.
FAMILIES = {
    "gpt2": [GPT2],
    "llama3": [LLAMA3_HEAD + SPACES],
    "qwen2": [QWEN2],
    "qwen35": [ANY_CASE + PREFIX + r"[\p{L}\p{M}]+|\p{N}| ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*|" + SPACES],
    "seed": [ANY_CASE + PREFIX + r"\p{L}+|\p{N}{1}| ?[^\s\p{L}\p{N}\r\n]+|" + SPACES],
    "digit1": [r"\p{N}", GPT2],
    "falcon": [r"[\p{P}\$\+<=>\^~\|`]+", GPT2, r"[0-9][0-9][0-9]"],
    "default": [r"[\p{P}\$\+<=>\^~\|]+", GPT2, r"\p{N}+", r"[0-9][0-9][0-9]"],
    "newline": [r"[^\n]+|[\n]+"],
    "tekken": [cased("", r"\p{N}")],
    "o200k": [cased(SUFFIX, r"\p{N}{1,3}")],
    "o200k_marks": [cased(SUFFIX, r"\p{N}{1,3}")],
    "kimi": [r"[\p{Han}]+|" + cased(SUFFIX, r"\p{N}{1,3}", rf"[{U}&&[^\p{{Han}}]]", rf"[{W}&&[^\p{{Han}}]]", PUNCTUATION)],
    "afmoe": [r"\p{N}{1,3}(?=(?:\p{N}{3})*(?!\p{N}))", AFMOE_SCRIPTS, DEEPSEEK3],
    "aya": [r"\d{1,3}(?=(?:\d{3})*\b)", cased(SUFFIX, r"\p{N}{1,3}")],
    "youtu": [r"[\x{AC00}-\x{D7A3}\x{3131}-\x{318E}]+|" + YOUTU_SIGNS + r"|[\x{3105}-\x{312F}]+|" + CJK, cased(SUFFIX, r"\p{N}")],
    "bailing": [r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]++[\r\n]*|\s*[\r\n]|\s+(?!\S)|\s+"],
    "exaone_moe": [ANY_CASE + PREFIX + r"(?:\p{L}\p{M}*(?: \p{L}\p{M}*)*)+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]?|\s*[\r\n]|\s+(?!\S)|\s+"],
    "bloom": [BLOOM],
    "viking": [BLOOM, r"\p{N}"],
    "jais2": [LLAMA3_HEAD + r"\s*[\r\n]+|" + "".join(rf"\s{{{n}}}(?!\S)|" for n in (512, 256, 128, 64, 32, 16, 8, 4))
              + r"\s{1,2}(?!\S)|\s{1}"],
    "minicpm5": [r"\p{N}{1,3}", ANY_CASE + PREFIX + r"\p{L}+|\p{N}+|" + PUNCTUATION + SPACES],
    "laguna": [r"[^\n]+|[\n]+", QWEN2],
    "superbpe": [r"\p{N}+", r"(?=(\d{3})+(?!\d))"],
    "deepseek3": [r"\p{N}{1,3}", CJK, DEEPSEEK3],
    "spark": [r"\p{N}{1,3}", CJK, DEEPSEEK3.replace(r"[\r\n]*|\s*[\r\n]+", r"|[\r\n]"), r"\p{N}"],
    "deepseek_coder": ["[\r\n]", r"\s?\p{L}+", r"\s?\p{P}+", DEEPSEEK_ASIAN, r"\p{N}"],
    "deepseek_llm": ["[\r\n]", rf"\s?[{LATIN}]+", r"\s?[!-/:-~\x{FF01}-\x{FF0F}\x{FF1A}-\x{FF5E}\x{2018}-\x{201F}\x{3000}-\x{3002}]+",
                     r"\s+$", DEEPSEEK_ASIAN, r"\p{N}+"],
    "ufakzeka": [PREFIX + r"\p{L}+|\p{N}|" + PUNCTUATION + SPACES],
}
# [expressions]

ATOMS = r"""a B Hello the s t S re ll LL ve d m ' ' 's 'S 't 're 'RE 'Ve 'll 'Ll 'd 'D 'M 'l 'r '' 'ſ ſ '\u212a ’s ﬆ 'ﬆ ŉ ß
0 1 12 123 4567 ١ ١٢٣٤ ² ½ Ⅷ １ 〇 ! ? . , ... - _ ( ) / // # & * $ + < = > ^ ~ | ` @ % … 、 。 € × 😀 👨‍👩‍👧 🇩🇪 👍🏽 1️⃣
é É ÉCOLE e\u0301 \u0301 नमस्ते \u093e \u20dd ǅ ʰ ª 中 文字 あ ひらがな カ 한국어 \u1100 ไทย กำ א עברית م مرحبا Привет
FooBar getElementById HTTPServer ABCdef XʰY ʰAB ǅe 𝓐𝓑𝓬 \u0301ABC _ ‿ Ⓐ Ⅳ ③ ㆒ ⼀ \u302a ㌀ 々 々中 ㄅㄆ ㄱ ！ ： ， 、、 （ ︰ 。 ۔ ।
1234567 12345 ١٢٣٤٥٦٧ 12²345 1234a 1234_ 1234é 1234. .a a/ // !\n/ a.b\n \U00031350 \ufa6e 豈 \ua000 ｱｲｳ \u1100 ກຂ ကခ \uaa60
\u2003! \u3000a \u3000\u3000！ \u2009中 \u1c89 \U000105c0 \U00020000 \U0001d400 \ufffd \ue000 \U000e0100 \U000e0041 \u0378
\ufffe \U0010ffff \x7f \x01 \x1c \x1f \u180e \u200b \ufeff \u200d""".split()
ATOMS = [a.encode().decode("unicode_escape") if "\\" in a else a for a in ATOMS]
SPACE_ATOMS = [" "] * 12 + ["  ", "   ", "\n", "\n", "\n\n", "\r", "\r\n", "\t", "\v", "\f", "\x85", "\xa0", "\u1680", "\u2000",
                            "\u2003", "\u2009", "\u2028", "\u2029", "\u202f", "\u205f", "\u3000"]


def random_text(rng):
    kind = rng.random()
    n = rng.randint(1, 30)
    if kind < 0.7:
        return "".join(rng.choice(SPACE_ATOMS if rng.random() < 0.3 else ATOMS) for _ in range(n))
    if kind < 0.8:
        return "".join(chr(rng.choice([*range(0x20, 0x7F), 0x0A, 0x0D, 0x09, 0x27, 0x20])) for _ in range(n))
    # Any scalar value, mostly from the planes where there is something.
    top = rng.choice([0x250, 0x3000, 0x10000, 0x20000, 0x32400, 0x110000])
    code_points = (rng.randrange(top) for _ in range(n))
    return "".join(chr(c) if not 0xD800 <= c <= 0xDFFF else " " for c in code_points)


def fixed_texts():
    """Every code point, between the neighbours that tell its class; long runs."""
    code_points = [c for c in range(0x110000) if not 0xD800 <= c <= 0xDFFF]
    assigned = [c for c in code_points if c < 0x32400 or 0xE0000 <= c < 0xE0200]
    frames = ("{0}a {0}1{0}{0}\n", "a{0}", " {0}A'", "'{0} \u3000{0}", "1{0}1234{0}12345{0}/\n", "\u0301{0}B", "中{0}!")
    for frame in frames:
        for start in range(0, len(assigned), 16):
            yield "".join(frame.format(chr(c)) for c in assigned[start:start + 16])
    for start in range(0x32400, len(code_points), 4096):
        yield "".join(f"{chr(c)}a{chr(c)} 1" for c in code_points[start:start + 4096:16])
    for unit in (" ", "\t", "\u3000", "1", "\u0661", "A", "a", "\u0301", "'", "\n", "\r\n", " \n", "!", "中", "Aa", "A\u02b0"):
        for n in (1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 63, 64, 65, 127, 128, 129, 255, 256, 257, 511, 512, 513, 514, 600, 1023, 1025):
            yield from (unit * n, unit * n + "x", "x" + unit * n + "1", "1" + unit * n + "!")


def ours(program, family_number, texts):
    stdin = b"".join(struct.pack("<I", len(t)) + t for t in (text.encode() for text in texts))
    run = subprocess.run([program, str(family_number)], input=stdin, capture_output=True, check=True)
    for text, line in zip(texts, run.stdout.decode().splitlines(), strict=True):
        raw, begin, pieces = text.encode(), 0, []
        for end in map(int, line.split()):
            pieces.append(raw[begin:end].decode())
            begin = end
        yield pieces


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    n_texts = int(sys.argv[2]) if len(sys.argv) > 2 else 20_000
    rng = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 16)
    texts = [*fixed_texts(), *(random_text(rng) for _ in range(n_texts))]

    n_all = 0
    wanted = sys.argv[4:]
    for number, (name, regexes) in enumerate(FAMILIES.items()):
        if wanted and name not in wanted:
            continue
        theirs = pre_tokenizers.Sequence([pre_tokenizers.Split(Regex(r), "isolated") for r in regexes])
        n_different = 0
        for text, pieces in zip(texts, ours(program, number, texts), strict=True):
            expected = [piece for piece, _ in theirs.pre_tokenize_str(text)]
            if pieces == expected:
                continue
            n_different += 1
            if n_different <= 3:
                print(f"{name}: {text!r}\n  ours   {pieces}\n  theirs {expected}")
        print(f"{name}: {len(texts)} texts, {n_different} different", flush=True)
        n_all += n_different
    sys.exit(1 if n_all else 0)


if __name__ == "__main__":
    main()
