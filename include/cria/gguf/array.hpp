// SPDX-License-Identifier: MIT
#ifndef CRIA_GGUF_ARRAY_HPP
#define CRIA_GGUF_ARRAY_HPP

#include "cria/base/bytes.hpp"
#include "cria/gguf/scalar.hpp"
#include "cria/gguf/types.hpp"

#include <bit>  // endian
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>

// Views of a metadata array, reading the elements where they lie in the file. Nothing in GGUF's metadata is
// aligned, so there is no std::span to be had: an element is loaded when it is asked for, by value.
//
// parse() has walked every array once: whatever a view here reads is in range.

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
        return *detail::convert<T>(detail::load_scalar(stored_, first_ + i * size_bytes_of(stored_), order_));  // get() saw that T holds every value
    }

    class iterator {
    public:
        using iterator_category = std::input_iterator_tag;  // elements are values, not references
        using value_type = T;
        using difference_type = std::ptrdiff_t;
        using pointer = const T*;
        using reference = T;

        iterator() noexcept = default;
        [[nodiscard]] auto operator*() const noexcept -> T { return (*array_)[at_]; }
        auto operator++() noexcept -> iterator& { return ++at_, *this; }
        auto operator++(int) noexcept -> iterator {
            const iterator before = *this;
            ++at_;
            return before;
        }
        friend auto operator==(const iterator& a, const iterator& b) noexcept -> bool { return a.at_ == b.at_; }

    private:
        friend class array;
        iterator(const array* whole, std::size_t at) noexcept : array_(whole), at_(at) {}
        const array* array_ = nullptr;
        std::size_t at_ = 0;
    };
    [[nodiscard]] auto begin() const noexcept CRIA_LIFETIME_BOUND -> iterator { return {this, 0}; }
    [[nodiscard]] auto end() const noexcept CRIA_LIFETIME_BOUND -> iterator { return {this, size_}; }

private:
    friend class value;
    array(const std::byte* first, std::size_t size, gguf::value_type stored, std::endian order) noexcept
        : first_(first), size_(size), stored_(stored), order_(order) {}

    const std::byte* first_ = nullptr;
    std::size_t size_ = 0;
    gguf::value_type stored_ = gguf::value_type::u8;
    std::endian order_ = std::endian::little;
};

/// A metadata array of strings: forward only, since each string lies behind the one before it. Strings are
/// whatever bytes the file holds; nothing says they are UTF-8.
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
            const auto length = cria::detail::load<std::uint64_t>(at_, order_);
            return {reinterpret_cast<const char*>(at_) + sizeof length, static_cast<std::size_t>(length)};
        }
        auto operator++() noexcept -> iterator& {
            at_ += sizeof(std::uint64_t) + cria::detail::load<std::uint64_t>(at_, order_);
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
        iterator(const std::byte* at, std::endian order) noexcept : at_(at), order_(order) {}
        const std::byte* at_ = nullptr;
        std::endian order_ = std::endian::little;
    };
    [[nodiscard]] auto begin() const noexcept -> iterator { return {bytes_.data(), order_}; }
    [[nodiscard]] auto end() const noexcept -> iterator { return {bytes_.data() + bytes_.size(), order_}; }

private:
    friend class value;
    array(byte_view bytes, std::size_t size, std::endian order) noexcept : bytes_(bytes), size_(size), order_(order) {}

    byte_view bytes_;
    std::size_t size_ = 0;
    std::endian order_ = std::endian::little;
};

/// A metadata array of strings.
using string_array = array<std::string_view>;

}  // namespace cria::inline v0::gguf

#endif  // CRIA_GGUF_ARRAY_HPP
