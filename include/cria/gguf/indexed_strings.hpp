// SPDX-License-Identifier: MIT
#ifndef CRIA_GGUF_INDEXED_STRINGS_HPP
#define CRIA_GGUF_INDEXED_STRINGS_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/bytes.hpp"
#include "cria/base/result.hpp"
#include "cria/gguf/array.hpp"

#include <cassert>
#include <cstddef>
#include <string_view>

// A string array in any order. In the file each string lies behind the one before it, so the hundred-thousandth is
// found by passing all the others; whoever needs that often asks for this index once. Opening a file never makes one.

namespace cria::inline v0::gguf {

/// Where each string of an array is. Move-only.
///
/// Borrows: the strings, as the array does. Threads: const, safe to share.
class indexed_strings {
public:
    indexed_strings() noexcept = default;
    /// Fails: errc::out_of_memory. Cost: O(strings), 16 bytes each.
    [[nodiscard]] static auto make(const string_array& strings) -> result<indexed_strings> {
        indexed_strings out;
        CRIA_TRY_VOID(out.strings_.reserve(strings.size(), "index of strings"));
        for (const std::string_view text : strings) CRIA_TRY_VOID(out.strings_.push_back(text, "index of strings"));
        return out;
    }

    [[nodiscard]] auto size() const noexcept -> std::size_t { return strings_.size(); }
    [[nodiscard]] auto empty() const noexcept -> bool { return strings_.empty(); }
    /// String `i`. Precondition: i < size(). Cost: O(1).
    [[nodiscard]] auto operator[](std::size_t i) const noexcept -> std::string_view { return strings_[i]; }
    [[nodiscard]] auto begin() const noexcept CRIA_LIFETIME_BOUND -> const std::string_view* { return strings_.begin(); }
    [[nodiscard]] auto end() const noexcept CRIA_LIFETIME_BOUND -> const std::string_view* { return strings_.end(); }

private:
    buffer<std::string_view> strings_;
};

}  // namespace cria::inline v0::gguf

#endif  // CRIA_GGUF_INDEXED_STRINGS_HPP
