// SPDX-License-Identifier: MIT
#ifndef CRIA_GGUF_METADATA_HPP
#define CRIA_GGUF_METADATA_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/bytes.hpp"
#include "cria/base/result.hpp"
#include "cria/gguf/name_index.hpp"
#include "cria/gguf/value.hpp"

#include <cstdint>
#include <string_view>

// A file's key-value pairs: in the order of the file for listing, by key for asking. Keys and values are
// views into the file; opening allocates this index and copies no string.

namespace cria::inline v0::gguf {

/// One key with its value.
struct metadata_entry {
    std::string_view key;
    gguf::value value;
    std::uint64_t offset_bytes;  ///< where the key starts in the file (its length field)
};

/// All key-value pairs of a file. Move-only; entries stay where they are when it is moved.
///
/// Borrows: the bytes given to parse(). Threads: const, safe to share.
class metadata {
public:
    metadata() noexcept = default;

    [[nodiscard]] auto size() const noexcept -> std::size_t { return entries_.size(); }
    [[nodiscard]] auto empty() const noexcept -> bool { return entries_.empty(); }
    [[nodiscard]] auto begin() const noexcept CRIA_LIFETIME_BOUND -> const metadata_entry* { return entries_.begin(); }
    [[nodiscard]] auto end() const noexcept CRIA_LIFETIME_BOUND -> const metadata_entry* { return entries_.end(); }
    [[nodiscard]] auto operator[](std::size_t i) const noexcept CRIA_LIFETIME_BOUND -> const metadata_entry& { return entries_[i]; }

    /// The value under `key`, or nullptr. Cost: O(1).
    [[nodiscard]] auto find(std::string_view key) const noexcept CRIA_LIFETIME_BOUND -> const value* {
        const std::uint32_t at = index_.find(key, name_at{entries_.data()});
        return at == detail::name_index::nowhere ? nullptr : &entries_[at].value;
    }
    [[nodiscard]] auto contains(std::string_view key) const noexcept -> bool { return find(key) != nullptr; }

    /// The value stored under `key`, converted to `T` without loss by type.
    ///
    ///     auto layers = model.metadata().get<std::uint32_t>("llama.block_count");
    ///     if (!layers) return layers.error();          // "llama.block_count: no such key"
    ///
    /// Integers widen (u8 -> u32) but never narrow or change sign; strings come back as std::string_view and
    /// arrays as array<E>.
    /// Fails:   errc::missing_key; errc::wrong_type (error::offset is the value's byte offset in the file).
    /// Borrows: views point into the bytes given to parse(); they die with them.
    /// Cost:    O(1), no allocation.   Threads: const, safe to share.
    template <readable T>
    [[nodiscard]] auto get(std::string_view key) const -> result<T> {
        const value* const found = find(key);
        return found != nullptr ? found->get<T>(key) : result<T>(error{errc::missing_key, key});
    }
    /// As get(), and `fallback` where there is no such key. A key of another type is still an error.
    template <readable T>
    [[nodiscard]] auto get_or(std::string_view key, T fallback) const -> result<T> {
        const value* const found = find(key);
        return found != nullptr ? found->get<T>(key) : result<T>(fallback);
    }

    /// As get(), converting by value: any integer type is taken where the value fits.
    /// Fails: errc::missing_key; errc::wrong_type; errc::out_of_range.
    template <readable T>
    [[nodiscard]] auto as(std::string_view key) const -> result<T> {
        const value* const found = find(key);
        return found != nullptr ? found->as<T>(key) : result<T>(error{errc::missing_key, key});
    }
    /// As as(), and `fallback` where there is no such key.
    template <readable T>
    [[nodiscard]] auto as_or(std::string_view key, T fallback) const -> result<T> {
        const value* const found = find(key);
        return found != nullptr ? found->as<T>(key) : result<T>(fallback);
    }

private:
    friend struct detail::builder;
    struct name_at {
        const metadata_entry* first;
        auto operator()(std::uint32_t at) const noexcept -> std::string_view { return first[at].key; }
    };

    buffer<metadata_entry> entries_;
    detail::name_index index_;
};

}  // namespace cria::inline v0::gguf

#endif  // CRIA_GGUF_METADATA_HPP
