// SPDX-License-Identifier: MIT
#ifndef CRIA_GGUF_METADATA_HPP
#define CRIA_GGUF_METADATA_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/bytes.hpp"
#include "cria/base/result.hpp"
#include "cria/gguf/encoding.hpp"
#include "cria/gguf/name_index.hpp"
#include "cria/gguf/value.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>  // and input_iterator_tag, for which <iterator> would bring streams and locales

// A file's key-value pairs: in the order of the file for listing, by key for asking. Keys and values are
// views into the file; opening allocates this index, 40 bytes a key and 8 to 16 for finding it, and copies no string.

namespace cria::inline v0::gguf {

/// One key with its value. Borrows, as its parts do.
struct metadata_entry {
    std::string_view key;
    gguf::value value;
    std::uint64_t offset_bytes;  ///< where the key starts in the file (its length field)
};

namespace detail {

/// An entry as the index keeps it: places in the file instead of views, which take half the room.
struct metadata_record {
    std::uint64_t key_offset = 0;    // of its length field
    std::uint64_t value_offset = 0;  // as value::offset_bytes
    std::uint64_t value_bytes = 0;
    std::uint64_t count = 0;
    std::uint32_t key_bytes = 0;  // without a terminating zero byte
    std::uint8_t type = 0;
    std::uint8_t element_type = 0;
};
static_assert(sizeof(metadata_record) == 40);

}  // namespace detail

/// All key-value pairs of a file. Move-only.
///
/// Borrows: the bytes given to parse(). Threads: const, safe to share.
class metadata {
public:
    metadata() noexcept = default;

    [[nodiscard]] auto size() const noexcept -> std::size_t { return records_.size(); }
    [[nodiscard]] auto empty() const noexcept -> bool { return records_.empty(); }
    /// Entry `i`, in the file's order. Precondition: i < size().
    [[nodiscard]] auto operator[](std::size_t i) const noexcept -> metadata_entry {
        const detail::metadata_record& at = records_[i];
        return {key_at(i), value_at(at), at.key_offset};
    }

    class iterator {
    public:
        using iterator_category = std::input_iterator_tag;  // entries are values, not references
        using value_type = metadata_entry;
        using difference_type = std::ptrdiff_t;
        using pointer = const metadata_entry*;
        using reference = metadata_entry;

        iterator() noexcept = default;
        [[nodiscard]] auto operator*() const noexcept -> metadata_entry { return (*of_)[at_]; }
        auto operator++() noexcept -> iterator& { return ++at_, *this; }
        auto operator++(int) noexcept -> iterator {
            const iterator before = *this;
            ++at_;
            return before;
        }
        friend auto operator==(const iterator& a, const iterator& b) noexcept -> bool { return a.at_ == b.at_; }

    private:
        friend class metadata;
        iterator(const metadata* of, std::size_t at) noexcept : of_(of), at_(at) {}
        const metadata* of_ = nullptr;
        std::size_t at_ = 0;
    };
    [[nodiscard]] auto begin() const noexcept CRIA_LIFETIME_BOUND -> iterator { return {this, 0}; }
    [[nodiscard]] auto end() const noexcept CRIA_LIFETIME_BOUND -> iterator { return {this, size()}; }

    /// The value under `key`, if there is one. Cost: O(1).
    [[nodiscard]] auto find(std::string_view key) const noexcept -> std::optional<value> {
        const std::uint32_t at = index_.find(key, name_at{this});
        if (at == detail::name_index::nowhere) return std::nullopt;
        return value_at(records_[at]);
    }
    [[nodiscard]] auto contains(std::string_view key) const noexcept -> bool { return index_.find(key, name_at{this}) != detail::name_index::nowhere; }

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
        const auto found = find(key);
        return found ? found->get<T>(key) : result<T>(error{errc::missing_key, key});
    }
    /// As get(), and `fallback` where there is no such key. A key of another type is still an error.
    template <readable T>
    [[nodiscard]] auto get_or(std::string_view key, T fallback) const -> result<T> {
        const auto found = find(key);
        return found ? found->get<T>(key) : result<T>(fallback);
    }

    /// As get(), converting by value: any integer type is taken where the value fits.
    /// Fails: errc::missing_key; errc::wrong_type; errc::out_of_range.
    template <readable T>
    [[nodiscard]] auto as(std::string_view key) const -> result<T> {
        const auto found = find(key);
        return found ? found->as<T>(key) : result<T>(error{errc::missing_key, key});
    }
    /// As as(), and `fallback` where there is no such key.
    template <readable T>
    [[nodiscard]] auto as_or(std::string_view key, T fallback) const -> result<T> {
        const auto found = find(key);
        return found ? found->as<T>(key) : result<T>(fallback);
    }

private:
    friend struct detail::builder;
    struct name_at {
        const metadata* of;
        auto operator()(std::uint32_t at) const noexcept -> std::string_view { return of->key_at(at); }
    };

    [[nodiscard]] auto key_at(std::size_t i) const noexcept -> std::string_view {
        const detail::metadata_record& at = records_[i];
        return cria::detail::as_text(view(at.key_offset + written_.length_bytes, at.key_bytes));
    }
    [[nodiscard]] auto value_at(const detail::metadata_record& at) const noexcept -> value {
        return {static_cast<value_type>(at.type), static_cast<value_type>(at.element_type), at.count, at.value_offset, view(at.value_offset, at.value_bytes), written_};
    }
    [[nodiscard]] auto view(std::uint64_t offset, std::uint64_t size) const noexcept -> byte_view {
        return {file_ + offset, static_cast<std::size_t>(size)};  // parse() has seen these bytes
    }

    buffer<detail::metadata_record> records_;
    detail::name_index index_;
    const std::byte* file_ = nullptr;  // the first byte given to parse()
    encoding written_;
};

}  // namespace cria::inline v0::gguf

#endif  // CRIA_GGUF_METADATA_HPP
