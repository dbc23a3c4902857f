// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_LINE_ARRAY_HPP
#define CRIA_BPE_LINE_ARRAY_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/result.hpp"

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace cria::inline v0::bpe::detail {

/// An array whose first element begins a line of the processor's cache, for elements that must not lie across two. Move-only.
template <class T>
class line_array {
    static constexpr std::size_t line_bytes = 64;
    static_assert(line_bytes % sizeof(T) == 0 && sizeof(T) % sizeof(std::uint64_t) == 0);

public:
    line_array() noexcept = default;
    line_array(line_array&& other) noexcept : memory_(std::move(other.memory_)), first_(std::exchange(other.first_, nullptr)), size_(std::exchange(other.size_, 0)) {}
    auto operator=(line_array&& other) noexcept -> line_array& {
        memory_ = std::move(other.memory_);
        first_ = std::exchange(other.first_, nullptr);
        size_ = std::exchange(other.size_, 0);
        return *this;
    }

    /// `n` elements of zeros, in place of what there was. Fails: errc::out_of_memory, and all is as it was.
    [[nodiscard]] auto make(std::uint64_t n, std::string_view what) -> result<void> {
        if (n > (~std::uint64_t{0} - line_bytes) / sizeof(T)) return error{errc::out_of_memory, what}.finding(n);
        // Written, not only asked for: what is read before it is written is brought in by the system twice, as a page of zeros and as one of its own.
        CRIA_TRY(memory_, buffer<std::uint64_t>::make((n * sizeof(T) + line_bytes) / sizeof(std::uint64_t), what));
        const auto address = reinterpret_cast<std::uintptr_t>(memory_.data());
        first_ = reinterpret_cast<T*>(address + (0 - address) % line_bytes);
        size_ = static_cast<std::size_t>(n);
        return {};
    }
    [[nodiscard]] auto size() const noexcept -> std::size_t { return size_; }
    [[nodiscard]] auto empty() const noexcept -> bool { return size_ == 0; }
    [[nodiscard]] auto operator[](std::size_t i) noexcept -> T& { return assert(i < size_), first_[i]; }
    [[nodiscard]] auto operator[](std::size_t i) const noexcept -> const T& { return assert(i < size_), first_[i]; }
    [[nodiscard]] auto size_bytes() const noexcept -> std::size_t { return size_ * sizeof(T); }

private:
    buffer<std::uint64_t> memory_;
    T* first_ = nullptr;  // in it
    std::size_t size_ = 0;
};

}  // namespace cria::inline v0::bpe::detail

#endif  // CRIA_BPE_LINE_ARRAY_HPP
