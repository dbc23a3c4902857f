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

/// An owning, contiguous, growable array; move-only. Converts to std::span, and buffer<char> to std::string_view.
template <class T>
class buffer {
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
        if (count == 0) return made;
        void* const memory = count <= most ? std::calloc(static_cast<std::size_t>(count), sizeof(T)) : nullptr;
        if (memory == nullptr) return refused(count, what);
        made.data_ = static_cast<T*>(memory);
        made.size_ = made.capacity_ = static_cast<std::size_t>(count);
        return made;
    }

    buffer(buffer&& other) noexcept
        : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)), capacity_(std::exchange(other.capacity_, 0)) {}
    auto operator=(buffer&& other) noexcept -> buffer& {
        if (this != &other) {
            std::free(data_);
            data_ = std::exchange(other.data_, nullptr);
            size_ = std::exchange(other.size_, 0);
            capacity_ = std::exchange(other.capacity_, 0);
        }
        return *this;
    }
    buffer(const buffer&) = delete;
    auto operator=(const buffer&) -> buffer& = delete;
    ~buffer() { std::free(data_); }

    [[nodiscard]] auto data() noexcept CRIA_LIFETIME_BOUND -> T* { return data_; }
    [[nodiscard]] auto data() const noexcept CRIA_LIFETIME_BOUND -> const T* { return data_; }
    [[nodiscard]] auto size() const noexcept -> std::size_t { return size_; }
    [[nodiscard]] auto capacity() const noexcept -> std::size_t { return capacity_; }
    [[nodiscard]] auto empty() const noexcept -> bool { return size_ == 0; }
    [[nodiscard]] auto begin() noexcept CRIA_LIFETIME_BOUND -> T* { return data_; }
    [[nodiscard]] auto end() noexcept CRIA_LIFETIME_BOUND -> T* { return data_ + size_; }
    [[nodiscard]] auto begin() const noexcept CRIA_LIFETIME_BOUND -> const T* { return data_; }
    [[nodiscard]] auto end() const noexcept CRIA_LIFETIME_BOUND -> const T* { return data_ + size_; }
    [[nodiscard]] auto operator[](std::size_t i) noexcept CRIA_LIFETIME_BOUND -> T& { return assert(i < size_), data_[i]; }
    [[nodiscard]] auto operator[](std::size_t i) const noexcept CRIA_LIFETIME_BOUND -> const T& { return assert(i < size_), data_[i]; }
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
        return allocate(count, what);
    }
    /// `count` elements in all; new ones are value-initialised.
    [[nodiscard]] auto resize(std::uint64_t count, std::string_view what) -> result<void> {
        CRIA_TRY_VOID(reserve(count, what));
        for (std::size_t i = size_; i < count; ++i) data_[i] = T{};
        size_ = static_cast<std::size_t>(count);
        return {};
    }
    /// Room for `more` further elements, growing geometrically so that many small appends stay linear.
    [[nodiscard]] auto grow(std::uint64_t more, std::string_view what) -> result<void> {
        if (more <= capacity_ - size_) return {};
        std::uint64_t wanted = 0;
        if (!detail::checked_add(size_, more, wanted)) return error{errc::out_of_memory, what}.finding(more);
        const std::uint64_t half_more = capacity_ + capacity_ / 2 + 16;
        return allocate(wanted > half_more ? wanted : half_more, what);
    }
    [[nodiscard]] auto push_back(const T& value, std::string_view what) -> result<void> {
        const T copy = value;  // `value` may be an element of this buffer
        if (size_ == capacity_) CRIA_TRY_VOID(grow(1, what));
        data_[size_++] = copy;
        return {};
    }
    /// Precondition: `values` is not a part of this buffer.
    [[nodiscard]] auto append(std::span<const T> values, std::string_view what) -> result<void> {
        if (values.size() > capacity_ - size_) CRIA_TRY_VOID(grow(values.size(), what));
        if (!values.empty()) std::memcpy(static_cast<void*>(data_ + size_), values.data(), values.size_bytes());
        size_ += values.size();
        return {};
    }
    /// `more` elements at the end, not initialised, for the caller to write. Borrows until the next growth.
    [[nodiscard]] auto extend(std::uint64_t more, std::string_view what) -> result<T*> {
        if (more > capacity_ - size_) CRIA_TRY_VOID(grow(more, what));
        T* const first = data_ + size_;
        size_ += static_cast<std::size_t>(more);
        return first;
    }

private:
    // PTRDIFF_MAX bytes is the most that pointer arithmetic can span; malloc refuses it anyway.
    static constexpr std::uint64_t most = static_cast<std::uint64_t>((std::numeric_limits<std::ptrdiff_t>::max)()) / sizeof(T);

    [[nodiscard]] static auto refused(std::uint64_t count, std::string_view what) -> error { return error{errc::out_of_memory, what}.because("out of memory for this many elements").finding(count); }
    [[nodiscard]] auto allocate(std::uint64_t count, std::string_view what) -> result<void> {
        void* const moved = count <= most ? std::realloc(static_cast<void*>(data_), static_cast<std::size_t>(count) * sizeof(T)) : nullptr;
        if (moved == nullptr) return refused(count, what);
        data_ = static_cast<T*>(moved);
        capacity_ = static_cast<std::size_t>(count);
        return {};
    }

    T* data_ = nullptr;  // views are made from data() const: a compiler checks each pointer type they are made from for a long time
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
};

}  // namespace cria::inline v0

#endif  // CRIA_BASE_BUFFER_HPP
