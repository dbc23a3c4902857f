// SPDX-License-Identifier: MIT
#ifndef CRIA_GGUF_ARRAY_HPP
#define CRIA_GGUF_ARRAY_HPP

#include "cria/base/bytes.hpp"
#include "cria/base/hash.hpp"  // prefetch
#include "cria/gguf/encoding.hpp"
#include "cria/gguf/scalar.hpp"
#include "cria/gguf/types.hpp"

#include <bit>  // endian
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string_view>  // and input_iterator_tag, for which <iterator> would bring streams and locales

// Views of a metadata array, reading the elements where they lie in the file. Nothing in GGUF's metadata is
// aligned, so there is no std::span to be had: an element is loaded when it is asked for, by value.
//
// parse() has walked every array once: whatever a view here reads is in range. In a mapped file that is rewritten
// afterwards the elements change under the view, but what it reads stays inside the array.

namespace cria::inline v0::gguf {

/// A metadata array of numbers as `T`s, or (array<std::string_view>) of strings.
///
/// Borrows: the bytes given to parse(). Threads: a plain value.
template <class T>
class array;

template <scalar T>
class array<T> {
public:
    using value_type = T;

    array() noexcept = default;

    [[nodiscard]] auto size() const noexcept -> std::size_t { return size_; }
    [[nodiscard]] auto empty() const noexcept -> bool { return size_ == 0; }
    /// Element `i`. Precondition: i < size(). Cost: one unaligned load.
    [[nodiscard]] auto operator[](std::size_t i) const noexcept -> T {
        assert(i < size_);
        return element_at(first_ + i * size_bytes_of(stored_), stored_, order_);
    }

    class iterator {
    public:
        using iterator_category = std::input_iterator_tag;  // elements are values, not references
        using value_type = T;
        using difference_type = std::ptrdiff_t;
        using pointer = const T*;
        using reference = T;

        iterator() noexcept = default;
        [[nodiscard]] auto operator*() const noexcept -> T { return element_at(at_, stored_, order_); }
        auto operator++() noexcept -> iterator& { return at_ += size_bytes_of(stored_), *this; }
        auto operator++(int) noexcept -> iterator {
            const iterator before = *this;
            ++*this;
            return before;
        }
        friend auto operator==(const iterator& a, const iterator& b) noexcept -> bool { return a.at_ == b.at_; }

    private:
        friend class array;
        iterator(const std::byte* at, gguf::value_type stored, std::endian order) noexcept : at_(at), stored_(stored), order_(order) {}
        const std::byte* at_ = nullptr;  // the file's bytes, so that an iterator outlives its array, as views do
        gguf::value_type stored_ = gguf::value_type::u8;
        std::endian order_ = std::endian::little;
    };
    [[nodiscard]] auto begin() const noexcept -> iterator { return {first_, stored_, order_}; }
    [[nodiscard]] auto end() const noexcept -> iterator { return {first_ + size_ * size_bytes_of(stored_), stored_, order_}; }

private:
    friend class value;
    [[nodiscard]] static auto element_at(const std::byte* at, gguf::value_type stored, std::endian order) noexcept -> T {
        return *detail::convert<T>(detail::load_scalar(stored, at, order));  // get() saw that T holds every value of the stored type
    }
    array(const std::byte* first, std::size_t size, gguf::value_type stored, std::endian order) noexcept
        : first_(first), size_(size), stored_(stored), order_(order) {}

    const std::byte* first_ = nullptr;
    std::size_t size_ = 0;
    gguf::value_type stored_ = gguf::value_type::u8;
    std::endian order_ = std::endian::little;
};

/// A metadata array of strings: forward only, since each string lies behind the one before it (indexed_strings for
/// any order). Strings are whatever bytes the file holds; nothing says they are UTF-8.
template <>
class array<std::string_view> {
public:
    using value_type = std::string_view;

    array() noexcept = default;

    [[nodiscard]] auto size() const noexcept -> std::size_t { return size_; }
    [[nodiscard]] auto empty() const noexcept -> bool { return size_ == 0; }
    /// Bytes that all the strings and their lengths take in the file: a bound for what a copy of them needs.
    [[nodiscard]] auto size_bytes() const noexcept -> std::uint64_t { return bytes_.size(); }

    class iterator {
    public:
        using iterator_category = std::forward_iterator_tag;
        using value_type = std::string_view;
        using difference_type = std::ptrdiff_t;
        using pointer = const std::string_view*;
        using reference = std::string_view;

        iterator() noexcept = default;
        [[nodiscard]] auto operator*() const noexcept -> std::string_view {
            return written_.text_in({at_ + written_.length_bytes, length_});
        }
        auto operator++() noexcept -> iterator& {
            at_ += written_.length_bytes + length_;
            read_length();
            cria::detail::prefetch(reinterpret_cast<const void*>(reinterpret_cast<std::uintptr_t>(at_) + 1024));
            return *this;
        }
        auto operator++(int) noexcept -> iterator {
            const iterator before = *this;
            ++*this;
            return before;
        }
        friend auto operator==(const iterator& a, const iterator& b) noexcept -> bool { return a.at_ == b.at_; }

    private:
        friend class array;
        iterator(const std::byte* at, const std::byte* end, const encoding& written) noexcept : at_(at), end_(end), written_(written) { read_length(); }
        /// Never more than there is: parse() has checked it, but a mapped file may be written to since.
        void read_length() noexcept {
            const auto left = static_cast<std::size_t>(end_ - at_);
            const bool has_length = left >= written_.length_bytes;
            const std::uint64_t stated = has_length ? written_.length_at(at_) : 0;
            const std::size_t most = has_length ? left - written_.length_bytes : 0;
            length_ = stated < most ? static_cast<std::size_t>(stated) : most;
            if (!has_length) at_ = end_;
        }
        const std::byte* at_ = nullptr;
        const std::byte* end_ = nullptr;
        std::size_t length_ = 0;  // of the string
        encoding written_;
    };
    [[nodiscard]] auto begin() const noexcept -> iterator { return {bytes_.data(), bytes_.data() + bytes_.size(), written_}; }
    [[nodiscard]] auto end() const noexcept -> iterator { return {bytes_.data() + bytes_.size(), bytes_.data() + bytes_.size(), written_}; }

    /// The bytes they all lie in. Borrows.
    [[nodiscard]] auto bytes() const noexcept -> byte_view { return bytes_; }

private:
    friend class value;
    array(byte_view bytes, std::size_t size, const encoding& written) noexcept : bytes_(bytes), size_(size), written_(written) {}

    byte_view bytes_;
    std::size_t size_ = 0;
    encoding written_;
};

/// A metadata array of strings.
using string_array = array<std::string_view>;

}  // namespace cria::inline v0::gguf

#endif  // CRIA_GGUF_ARRAY_HPP
