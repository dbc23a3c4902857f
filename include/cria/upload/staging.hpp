// SPDX-License-Identifier: MIT
#ifndef CRIA_UPLOAD_STAGING_HPP
#define CRIA_UPLOAD_STAGING_HPP

#include "cria/base/bytes.hpp"
#include "cria/base/result.hpp"
#include "cria/io/native_file.hpp"
#include "cria/io/system.hpp"
#include "cria/upload/digest.hpp"
#include "cria/upload/options.hpp"
#include "cria/upload/plan.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>  // memcpy
#include <span>

// The bytes of copies, brought from their files into memory of ours, and their digests with them: a digest is computed
// of what was just written while it lies in the nearest cache, so that it says what the device should have, whatever
// happens to the file or to the slot afterwards.

namespace cria::inline v0::upload::detail {

/// Reads copies of a plan. Borrows: the sources. Threads: one each.
class stager {
public:
    stager(std::span<const source> sources, source_mode how) noexcept : sources_(sources), how_(how) {}

    /// The bytes of `part` into `to`; `digest`, unless null, receives theirs.
    /// Fails: errc::file_changed (see source_mode), io_error.
    [[nodiscard]] auto fetch(const copy& part, std::byte* to, std::uint64_t* digest) -> result<void> {
        const source& from = sources_[part.file];
        const bool maps = how_ != source_mode::read && !from.bytes.empty();
        if (maps) CRIA_TRY_VOID(check_length(from, part));
        digest_state state;
        // Without a digest there is nothing to interleave.
        const std::uint64_t step = digest == nullptr ? part.size_bytes : maps ? std::uint64_t{32} << 10U : std::uint64_t{256} << 10U;
        for (std::uint64_t at = 0; at < part.size_bytes; at += step) {
            const auto n = static_cast<std::size_t>(part.size_bytes - at < step ? part.size_bytes - at : step);
            std::byte* const out = to + at;
            if (maps) {
                std::memcpy(out, from.bytes.data() + part.file_offset_bytes + at, n);
            } else {
                CRIA_TRY_VOID(from.file->read(from.offset_bytes + part.file_offset_bytes + at, {out, n}));
            }
            if (digest != nullptr) state.add({out, n});
        }
        if (digest != nullptr) *digest = state.value();
        return {};
    }

    /// The digest alone, of bytes that stay where they are. Fails: as fetch.
    [[nodiscard]] auto look_at(const copy& part, std::uint64_t* digest) -> result<void> {
        const source& from = sources_[part.file];
        CRIA_TRY_VOID(check_length(from, part));
        if (digest != nullptr) *digest = digest_of(from.bytes.subspan(static_cast<std::size_t>(part.file_offset_bytes), static_cast<std::size_t>(part.size_bytes)));
        return {};
    }

    /// For a new chunk: the file's length is asked for again.
    void begin_chunk() noexcept { known_file_ = none; }

private:
    static constexpr std::uint32_t none = ~std::uint32_t{0};

    /// What a mapping would answer with SIGBUS, as far as that can be known beforehand.
    [[nodiscard]] auto check_length(const source& from, const copy& part) -> result<void> {
        if (!from.is_mapping || from.file == nullptr) return {};
        if (known_file_ != part.file) {
            CRIA_TRY(known_size_, io::detail::inspect(from.file->native_handle(), from.name));
            known_file_ = part.file;
        }
        const std::uint64_t begin = from.offset_bytes + part.file_offset_bytes;
        if (!io::detail::is_inside(begin, part.size_bytes, known_size_)) return io::detail::ends_too_soon(known_size_, from.name);
        return {};
    }

    std::span<const source> sources_;
    source_mode how_;
    std::uint32_t known_file_ = none;
    std::uint64_t known_size_ = 0;
};

}  // namespace cria::inline v0::upload::detail

#endif  // CRIA_UPLOAD_STAGING_HPP
