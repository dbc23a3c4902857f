// SPDX-License-Identifier: MIT
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

inline constexpr golden all[] = {
    {"zeros", 0, 0x0000000000000000U},
    {"zeros", 1, 0xA2BED93C4A42ECB4U},
    {"zeros", 4096, 0xBEC65114A89C4460U},
    {"zeros", 10000, 0xD9A116CA6DF5610AU},
    {"ones", 8, 0xC8E3B43E802F3159U},
    {"ones", 4096, 0xC1A1FB8B90C264F0U},
    {"ones", 12288, 0x77AEAE1CE60EC9EFU},
    {"numbered", 1, 0xA2BED93C4A42ECB4U},
    {"numbered", 7, 0x5F5B8178C9EDE13DU},
    {"numbered", 8, 0x5CD81FABD4DA9EC5U},
    {"numbered", 4095, 0xA4E12CCF6B8D310EU},
    {"numbered", 4096, 0x831727BBBF285C57U},
    {"numbered", 4097, 0xAD5C480301B409FCU},
    {"numbered", 8192, 0x13ADBF3C611DDD2FU},
    {"numbered", 65536, 0x63DED45448F85A2FU},
    {"numbered", 100001, 0x7257EA23ABDA37A5U},
};

}  // namespace cria_test::upload_digests

#endif  // CRIA_TESTS_GOLDEN_UPLOAD_DIGESTS_HPP
