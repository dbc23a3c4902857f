// SPDX-License-Identifier: MIT
// The only file that includes xxHash.
#include "content_hash.hpp"

#include <xxhash.h>

#include <array>
#include <cstdint>

#include "cria/gguf/manifest.hpp"

namespace cli {
namespace {

namespace gguf = cria::gguf;

/// XXH3 as gguf::hash_of() wants it. The digest is in the order in which it is written.
class xxh3_128 {
public:
    xxh3_128() { XXH3_128bits_reset(&state_); }
    void update(cria::byte_view bytes) { XXH3_128bits_update(&state_, bytes.data(), bytes.size()); }
    [[nodiscard]] auto digest() const -> std::array<std::uint8_t, 16> {
        XXH128_canonical_t canonical;
        XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(&state_));
        std::array<std::uint8_t, 16> out{};
        for (std::size_t i = 0; i < out.size(); ++i) out[i] = canonical.digest[i];
        return out;
    }

private:
    XXH3_state_t state_;
};

/// A model that tells a progress line what is read of it.
struct watched_model {
    const gguf::shards& model;
    progress& shown;

    [[nodiscard]] auto tensors() const -> const gguf::tensor_table& { return model.tensors(); }
    [[nodiscard]] auto read(const gguf::tensor& of, std::uint64_t first_byte, std::span<std::byte> out) const -> cria::result<void> {
        shown.advance(out.size());
        return model.read(of, first_byte, out);
    }
};

}  // namespace

auto content_hasher::hash(const gguf::tensor& of) -> cria::result<std::string> {
    CRIA_TRY(const auto digest, gguf::hash_of<xxh3_128>(watched_model{model_, shown_}, of));
    constexpr char digits[] = "0123456789abcdef";
    std::string text;
    for (const std::uint8_t byte : digest) {
        text += digits[byte >> 4U];
        text += digits[byte & 0xFU];
    }
    return text;
}

}  // namespace cli
