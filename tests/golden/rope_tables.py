#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Rotary position embeddings at 60 digits, for tests/llama/rope_test.cpp.

    tests/golden/rope_tables.py > tests/golden/rope_tables.hpp

Python's standard library alone; nothing here was read off the C++ code. The sources of the formulas:

  plain      Su et al., RoFormer, arXiv:2104.09864, section 3.2.2: theta_i = 10000^(-2(i-1)/d), counted from 1
  linear     Chen et al., Extending Context Window ... via Positional Interpolation, arXiv:2306.15595: f(x, m L/L')
  yarn       Peng et al., YaRN, arXiv:2309.00071, and the authors' LlamaYaRNScaledRotaryEmbedding.py, whose ramp is
             linear in the dimension (the paper's, definition 2, is linear in the number of rotations); attention
             temperature: equation 22. mscale and mscale_all_dim: modeling_rope_utils.py of transformers
  llama3     apply_scaling() of Meta's llama-models; the factors are what converters to GGUF store: plain / scaled
  longrope   Ding et al., LongRoPE, arXiv:2402.13753: theta_i / lambda_i; the attention factor of Phi-3's
             configuration_phi3.py: sqrt(1 + ln(max_position / original) / ln(original))

Numbers that a GGUF file stores are 32-bit floats, so they are rounded to that before anything is computed with them.
"""

import struct
import sys
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, getcontext

getcontext().prec = 60
POSITIONS = (0, 1, 4095, 131071)


def f32(x):
    """x as a file keeps it."""
    return Decimal(struct.unpack("<f", struct.pack("<f", float(x)))[0])


def arctan_of_inverse(n):
    total, power, k = Decimal(0), Decimal(1) / n, 0
    while abs(power) > Decimal(10) ** -70:
        total += power / (2 * k + 1) * (1 if k % 2 == 0 else -1)
        power /= n * n
        k += 1
    return total


PI = 4 * (4 * arctan_of_inverse(5) - arctan_of_inverse(239))  # Machin


def cos_sin(angle):
    """By their series, of an angle within half a turn of 0."""
    turn = 2 * PI
    angle -= turn * (angle / turn).to_integral_value()
    cos, sin, term, n = Decimal(0), Decimal(0), Decimal(1), 0
    while n < 4 or abs(term) > Decimal(10) ** -50:
        if n % 2 == 0:
            cos += term if n % 4 == 0 else -term
        else:
            sin += term if n % 4 == 1 else -term
        n += 1
        term = term * angle / n
    return cos, sin


def plain(dim, base):
    return [(-(Decimal(2 * i) / dim) * base.ln()).exp() for i in range(dim // 2)]


def yarn(dim, base, original, scale, beta_fast, beta_slow, extrapolated):
    def correction_dim(rotations):
        return dim * (original / (rotations * 2 * PI)).ln() / (2 * base.ln())

    low = max(correction_dim(beta_fast).to_integral_value(ROUND_FLOOR), Decimal(0))
    high = min(correction_dim(beta_slow).to_integral_value(ROUND_CEILING), Decimal(dim - 1))
    if low == high:
        high += Decimal("0.001")
    out = []
    for i, theta in enumerate(extrapolated):
        ramp = max(Decimal(0), min(Decimal(1), (i - low) / (high - low)))
        out.append(theta / scale * ramp + theta * (1 - ramp))
    return out


def mscale(scale, times=Decimal(1)):
    return Decimal(1) if scale <= 1 else Decimal("0.1") * times * scale.ln() + 1


def llama3_scaled(frequencies, scale, low_freq_factor, high_freq_factor, old_context):
    out = []
    for freq in frequencies:
        wavelen = 2 * PI / freq
        if wavelen < old_context / high_freq_factor:
            out.append(freq)
        elif wavelen > old_context / low_freq_factor:
            out.append(freq / scale)
        else:
            smooth = (old_context / wavelen - low_freq_factor) / (high_freq_factor - low_freq_factor)
            out.append((1 - smooth) * freq / scale + smooth * freq)
    return out


def case(name, dim, base, scaling="none", factor=1, original=0, attn=1, fast=32, slow=1, log_multiplier=0, factors=(), intended=()):
    base, factor, attn, fast, slow, log_multiplier = (f32(x) for x in (base, factor, attn, fast, slow, log_multiplier))
    factors = [f32(x) for x in factors]
    theta = plain(dim, base)
    if factors:
        assert len(factors) == len(theta)
        theta = [t / f for t, f in zip(theta, factors)]
    m = attn
    if scaling == "none":
        frequencies = theta
    elif scaling in ("linear", "longrope"):
        frequencies = [t / factor for t in theta]
    else:
        frequencies = yarn(dim, base, Decimal(original), factor, fast, slow, theta)
        m *= mscale(factor) / mscale(factor, log_multiplier)  # mscale(factor, 0) is 1
    cosines, sines = [], []
    checked = [j for j in range(dim // 2) if j % 8 == 0 or j == dim // 2 - 1]
    for p in POSITIONS:
        for j in checked:
            c, s = cos_sin(p * frequencies[j])
            cosines.append(c * m)
            sines.append(s * m)
    return dict(name=name, dim=dim, base=base, scaling=scaling, factor=factor, original=original, attn=attn, fast=fast, slow=slow,
                log_multiplier=log_multiplier, factors=factors, intended=list(intended), frequencies=frequencies, m=m, checked=checked,
                cosines=cosines, sines=sines)


def cases():
    yield case("Llama 2", 128, 10000)
    yield case("Phi-4-mini, three quarters of a head", 96, 10000)
    yield case("Gemma 3, global layers", 256, 1000000, "linear", 8)
    yield case("Gemma 3, sliding layers", 256, 10000)
    yield case("Qwen2.5, YaRN", 128, 1000000, "yarn", 4, 32768)
    yield case("Ministral 3, YaRN with a log multiplier", 128, 1000000, "yarn", 16, 16384, log_multiplier=1)
    yield case("YaRN, every number its own", 64, 500000, "yarn", 12.5, 8192, attn=0.875, fast=4, slow=0.5, log_multiplier=0.707)
    yield case("YaRN, factor below 1", 64, 10000, "yarn", 0.5, 4096)
    yield case("YaRN, a ramp that would begin before the first pair", 64, 10000, "yarn", 4, 128)
    yield case("YaRN, a ramp that would end behind a head", 64, 100, "yarn", 4, 1000000, fast=10000)
    scaled = llama3_scaled(plain(128, Decimal(500000)), Decimal(8), Decimal(1), Decimal(4), Decimal(8192))
    yield case("Llama 3.1", 128, 500000, factors=[p / s for p, s in zip(plain(128, Decimal(500000)), scaled)], intended=scaled)
    attention = (1 + (Decimal(131072) / 4096).ln() / Decimal(4096).ln()).sqrt()
    yield case("Phi-3, long", 96, 10000, original=4096, attn=attention, factors=[Decimal("1.08") + Decimal(j * j) * 63 / 2209 for j in range(48)])
    yield case("Phi-3, short", 96, 10000, original=4096, attn=attention, factors=[Decimal(1) + Decimal(j) * 2 / 47 for j in range(48)])
    yield case("LongRoPE with a factor", 32, 10000, "longrope", 2.5, 2048, attn=1.25, factors=[Decimal(1) + Decimal(j) / 3 for j in range(16)])


def literal(x):
    return float(x).hex()


def array(kind, numbers, write):
    lines = []
    for i in range(0, len(numbers), 6):
        lines.append("    " + ", ".join(write(x) for x in numbers[i:i + 6]))
    return f"inline constexpr {kind}[] = {{\n" + ",\n".join(lines) + "};\n"


def main():
    out = sys.stdout
    out.write("""// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_GOLDEN_ROPE_TABLES_HPP
#define CRIA_TESTS_GOLDEN_ROPE_TABLES_HPP

#include <cstdint>
#include <span>
#include <string_view>

// Frequencies, cosines and sines of rotary position embeddings. Written by tests/golden/rope_tables.py from the papers'
// formulas at 60 digits, each number rounded once; parameters and factors are the 32-bit floats that a file stores.

namespace cria_test::rope_tables {

struct table {
    std::string_view name;
    std::uint32_t dimension_count;
    std::string_view scaling;
    float freq_base, scaling_factor, attention_factor_stored;
    std::uint32_t original_context_length;
    float beta_fast, beta_slow, log_multiplier;
    std::span<const float> factors;
    std::span<const double> intended;     // frequencies before the factors were rounded to floats, where the model's makers define those
    std::span<const double> frequencies;  // {dimension_count / 2}
    double attention_factor;
    std::span<const std::uint32_t> checked;  // the pairs that cosines and sines are of
    std::span<const double> cosines, sines;  // {positions, checked}, times attention_factor
};

""")
    out.write(array("std::uint32_t positions", POSITIONS, str))
    rows = []
    for i, c in enumerate(cases()):
        out.write(f"\n// {c['name']}\n")
        spans = {}
        for field, kind, write in (("factors", "float", lambda x: literal(x) + "F"), ("intended", "double", literal), ("frequencies", "double", literal),
                                   ("checked", "std::uint32_t", str), ("cosines", "double", lambda x: f"{x:.12f}"), ("sines", "double", lambda x: f"{x:.12f}")):
            spans[field] = "{}"
            if c[field]:
                spans[field] = f"{field}_{i}"
                out.write(array(f"{kind} {field}_{i}", c[field], write))
        rows.append(f'    {{"{c["name"]}", {c["dim"]}, "{c["scaling"]}", {literal(c["base"])}F, {literal(c["factor"])}F, {literal(c["attn"])}F, {c["original"]},\n'
                    f'     {literal(c["fast"])}F, {literal(c["slow"])}F, {literal(c["log_multiplier"])}F, {spans["factors"]}, {spans["intended"]}, {spans["frequencies"]},\n'
                    f'     {literal(c["m"])}, {spans["checked"]}, {spans["cosines"]}, {spans["sines"]}}}')
    out.write("\ninline constexpr table tables[] = {\n" + ",\n".join(rows) + "};\n")
    out.write("\n}  // namespace cria_test::rope_tables\n\n#endif  // CRIA_TESTS_GOLDEN_ROPE_TABLES_HPP\n")


if __name__ == "__main__":
    main()
