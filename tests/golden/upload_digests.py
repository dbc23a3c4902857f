#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Digests of uploads, for tests/upload/digest_test.cpp.

    tests/golden/upload_digests.py > tests/golden/upload_digests.hpp

Python's standard library alone, by the formula in the design comment of include/cria/upload/digest.hpp; its code was not
followed. Words are summed one by one in numbers of any size and reduced at the end.
"""

import struct

GOLDEN = 0x9E3779B97F4A7C15
M64 = 2**64
M32 = 2**32


def mix(z):
    """SplitMix64's finaliser (Steele, Lea, Flood 2014)."""
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 % M64
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB % M64
    return z ^ (z >> 31)


def digest(data):
    size = len(data)
    data += bytes(-size % 4096)
    total = size
    for b in range(len(data) // 4096):
        block_sum = 0
        for j, word in enumerate(struct.unpack_from("<512Q", data, b * 4096)):
            key = mix((j + 1) * GOLDEN % M64)
            block_sum += ((word + key) % M32) * ((word // M32 + key // M32) % M32)
        total += mix((block_sum + (b + 1) * GOLDEN) % M64)
    return mix(total % M64)


def numbered(size):
    """Byte i is what i times 151, and i / 256, make."""
    return bytes((i * 151 + i // 256 * 7) % 256 for i in range(size))


CASES = (
    [("zeros", n, bytes(n)) for n in (0, 1, 4096, 10000)]
    + [("ones", n, b"\xff" * n) for n in (8, 4096, 12288)]
    + [("numbered", n, numbered(n)) for n in (1, 7, 8, 4095, 4096, 4097, 8192, 65536, 100001)]
)

print("""// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_GOLDEN_UPLOAD_DIGESTS_HPP
#define CRIA_TESTS_GOLDEN_UPLOAD_DIGESTS_HPP

#include <cstddef>
#include <cstdint>
#include <string_view>

// Digests of bytes that a test can make: zeros, all bits set, or byte i = (i * 151 + i / 256 * 7) mod 256. Written by
// tests/golden/upload_digests.py, from the formula alone.

namespace cria_test::upload_digests {

struct golden {
    std::string_view what;
    std::size_t size_bytes;
    std::uint64_t digest;
};

inline constexpr golden all[] = {""")
for name, size, data in CASES:
    print(f'    {{"{name}", {size}, 0x{digest(data):016X}U}},')
print("""};

}  // namespace cria_test::upload_digests

#endif  // CRIA_TESTS_GOLDEN_UPLOAD_DIGESTS_HPP""")
