// SPDX-License-Identifier: MIT
#ifndef CRIA_BASE_BUFFER_HPP
#define CRIA_BASE_BUFFER_HPP

#include "cria/base/bytes.hpp"
#include "cria/base/result.hpp"

#include <cassert>
#include <cstdlib>  // calloc, realloc, free
#include <cstring>  // memcpy
#include <limits>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

// buffer<T>: a growable array of plain values whose every allocation can be refused. std::vector answers a
// refused allocation with an exception, or under -fno-exceptions with the end of the program; where a size
// comes from a file or a text, that would hand the decision to whoever wrote the file.
//
// Elements are trivially copyable, so growing is a realloc. Growing past the end never initialises twice.

namespace cria::inline v0 {

namespace detail {

/// What buffers of all types have in common, so that a compiler reads it once: memory, and how many elements are in it and have room.
class buffer_memory {
public:
    buffer_memory() noexcept = default;
    buffer_memory(buffer_memory&& other) noexcept : data_(other.data_), size_(other.size_), capacity_(other.capacity_) { other.forget(); }
    auto operator=(buffer_memory&& other) noexcept -> buffer_memory& {
        if (this == &other) return *this;
        std::free(data_);
        data_ = other.data_;
        size_ = other.size_;
        capacity_ = other.capacity_;
        other.forget();
        return *this;
    }
    buffer_memory(const buffer_memory&) = delete;
    auto operator=(const buffer_memory&) -> buffer_memory& = delete;

protected:
    ~buffer_memory() { std::free(data_); }

    // Elements of `each` bytes. PTRDIFF_MAX bytes is the most that pointer arithmetic can span; malloc refuses it anyway.

    [[nodiscard]] static constexpr auto fits(std::uint64_t count, std::size_t each) noexcept -> bool {
        return count <= static_cast<std::uint64_t>((std::numeric_limits<std::ptrdiff_t>::max)()) / each;
    }
    [[nodiscard]] static auto refused(std::uint64_t count, std::string_view what) -> error {
        return error{errc::out_of_memory, what}.because("out of memory for this many elements").finding(count);
    }
    /// Room for `count` elements. Fails, like the others: errc::out_of_memory naming `what`; the contents stay as they were.
    [[nodiscard]] auto allocate(std::uint64_t count, std::size_t each, std::string_view what) -> result<void> {
        void* const moved = fits(count, each) ? std::realloc(data_, static_cast<std::size_t>(count) * each) : nullptr;
        if (moved == nullptr) return refused(count, what);
        data_ = moved;
        capacity_ = static_cast<std::size_t>(count);
        return {};
    }
    /// `count` elements of zeros, where there is nothing yet.
    [[nodiscard]] auto allocate_zeros(std::uint64_t count, std::size_t each, std::string_view what) -> result<void> {
        if (count == 0) return {};
        data_ = fits(count, each) ? std::calloc(static_cast<std::size_t>(count), each) : nullptr;
        if (data_ == nullptr) return refused(count, what);
        size_ = capacity_ = static_cast<std::size_t>(count);
        return {};
    }
    /// Room for `more` further ones, half as many again where there was no room.
    [[nodiscard]] auto allocate_more(std::uint64_t more, std::size_t each, std::string_view what) -> result<void> {
        std::uint64_t wanted = 0;
        if (!checked_add(size_, more, wanted)) return error{errc::out_of_memory, what}.finding(more);
        const std::uint64_t half_more = capacity_ + capacity_ / 2 + 16;
        return allocate(wanted > half_more ? wanted : half_more, each, what);
    }

    void* data_ = nullptr;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;

private:
    void forget() noexcept {
        data_ = nullptr;
        size_ = capacity_ = 0;
    }
};

}  // namespace detail

/// An owning, contiguous, growable array; move-only. Converts to std::span, and buffer<char> to std::string_view.
template <class T>
class buffer : private detail::buffer_memory {
    static_assert(std::is_trivially_copyable_v<T> && alignof(T) <= alignof(std::max_align_t));

public:
    using value_type = T;

    buffer() noexcept = default;
    /// `count` value-initialised elements. Fails: errc::out_of_memory naming `what`.
    [[nodiscard]] static auto make(std::uint64_t count, std::string_view what) -> result<buffer> {
        buffer made;
        CRIA_TRY_VOID(made.resize(count, what));
        return made;
    }

    /// `count` elements of zero bytes, which large memory costs nothing before it is touched. Fails: errc::out_of_memory naming `what`.
    [[nodiscard]] static auto make_zeros(std::uint64_t count, std::string_view what) -> result<buffer> {
        buffer made;
        CRIA_TRY_VOID(made.allocate_zeros(count, sizeof(T), what));
        return made;
    }

    [[nodiscard]] auto data() noexcept CRIA_LIFETIME_BOUND -> T* { return static_cast<T*>(data_); }
    [[nodiscard]] auto data() const noexcept CRIA_LIFETIME_BOUND -> const T* { return static_cast<const T*>(data_); }
    [[nodiscard]] auto size() const noexcept -> std::size_t { return size_; }
    [[nodiscard]] auto capacity() const noexcept -> std::size_t { return capacity_; }
    [[nodiscard]] auto empty() const noexcept -> bool { return size_ == 0; }
    [[nodiscard]] auto begin() noexcept CRIA_LIFETIME_BOUND -> T* { return data(); }
    [[nodiscard]] auto end() noexcept CRIA_LIFETIME_BOUND -> T* { return data() + size_; }
    [[nodiscard]] auto begin() const noexcept CRIA_LIFETIME_BOUND -> const T* { return data(); }
    [[nodiscard]] auto end() const noexcept CRIA_LIFETIME_BOUND -> const T* { return data() + size_; }
    [[nodiscard]] auto operator[](std::size_t i) noexcept CRIA_LIFETIME_BOUND -> T& { return assert(i < size_), data()[i]; }
    [[nodiscard]] auto operator[](std::size_t i) const noexcept CRIA_LIFETIME_BOUND -> const T& { return assert(i < size_), data()[i]; }
    [[nodiscard]] auto back() noexcept CRIA_LIFETIME_BOUND -> T& { return (*this)[size_ - 1]; }

    [[nodiscard]] auto span() const noexcept CRIA_LIFETIME_BOUND -> std::span<const T> { return {data(), size_}; }
    operator std::string_view() const noexcept CRIA_LIFETIME_BOUND  // NOLINT(google-explicit-constructor): text is a string
        requires std::is_same_v<T, char>
    {
        return {data(), size_};
    }
    /// The elements as text.
    [[nodiscard]] auto view() const noexcept CRIA_LIFETIME_BOUND -> std::string_view
        requires std::is_same_v<T, char>
    {
        return {data(), size_};
    }

    void clear() noexcept { size_ = 0; }
    void pop_back() noexcept { assert(size_ > 0), --size_; }
    /// Drops the elements from `count` on. Precondition: count <= size().
    void truncate(std::size_t count) noexcept { assert(count <= size_), size_ = count; }

    // Everything below may need memory. Fails: errc::out_of_memory naming `what`; the contents stay as they were.

    /// Room for `count` elements in all, exactly.
    [[nodiscard]] auto reserve(std::uint64_t count, std::string_view what) -> result<void> {
        if (count <= capacity_) return {};
        return allocate(count, sizeof(T), what);
    }
    /// `count` elements in all; new ones are value-initialised.
    [[nodiscard]] auto resize(std::uint64_t count, std::string_view what) -> result<void> {
        CRIA_TRY_VOID(reserve(count, what));
        for (std::size_t i = size_; i < count; ++i) data()[i] = T{};
        size_ = static_cast<std::size_t>(count);
        return {};
    }
    /// Room for `more` further elements, growing geometrically so that many small appends stay linear.
    [[nodiscard]] auto grow(std::uint64_t more, std::string_view what) -> result<void> {
        if (more <= capacity_ - size_) return {};
        return allocate_more(more, sizeof(T), what);
    }
    [[nodiscard]] auto push_back(const T& value, std::string_view what) -> result<void> {
        const T copy = value;  // `value` may be an element of this buffer
        if (size_ == capacity_) CRIA_TRY_VOID(grow(1, what));
        data()[size_++] = copy;
        return {};
    }
    /// Precondition: `values` is not a part of this buffer.
    [[nodiscard]] auto append(std::span<const T> values, std::string_view what) -> result<void> {
        if (values.size() > capacity_ - size_) CRIA_TRY_VOID(grow(values.size(), what));
        if (!values.empty()) std::memcpy(static_cast<void*>(data() + size_), values.data(), values.size_bytes());
        size_ += values.size();
        return {};
    }
    /// `more` elements at the end, not initialised, for the caller to write. Borrows until the next growth.
    [[nodiscard]] auto extend(std::uint64_t more, std::string_view what) -> result<T*> {
        if (more > capacity_ - size_) CRIA_TRY_VOID(grow(more, what));
        T* const first = data() + size_;
        size_ += static_cast<std::size_t>(more);
        return first;
    }
};

}  // namespace cria::inline v0

#endif  // CRIA_BASE_BUFFER_HPP
