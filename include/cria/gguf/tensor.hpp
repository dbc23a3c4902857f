// SPDX-License-Identifier: MIT
#ifndef CRIA_GGUF_TENSOR_HPP
#define CRIA_GGUF_TENSOR_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/bytes.hpp"
#include "cria/base/tensor_type.hpp"
#include "cria/gguf/name_index.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

// What a file says about its tensors: names, shapes, types and where the bytes are. The bytes themselves
// belong to whoever holds the file (gguf::file::bytes).

namespace cria::inline v0::gguf {

namespace detail {
struct builder;  // parse()'s way in
}

/// A tensor's extents, fastest-varying first: the file's order, which is ggml's and the reverse of PyTorch's.
/// A matrix that maps n_in numbers to n_out is {n_in, n_out}.
struct shape {
    static constexpr std::size_t max_dimensions = 8;

    std::array<std::uint64_t, max_dimensions> extents{};  ///< those behind n_dimensions are 0
    std::uint32_t n_dimensions = 0;                       ///< 0 for a scalar

    [[nodiscard]] constexpr auto dimensions() const noexcept CRIA_LIFETIME_BOUND -> std::span<const std::uint64_t> {
        return {extents.data(), n_dimensions};
    }
    /// Extent of dimension `i`; 1 behind the last one, as in ggml.
    [[nodiscard]] constexpr auto operator[](std::size_t i) const noexcept -> std::uint64_t { return i < n_dimensions ? extents[i] : 1; }
    /// Product of the extents, 1 for a scalar. For shapes that parse() has checked, it fits.
    [[nodiscard]] constexpr auto elements() const noexcept -> std::uint64_t {
        std::uint64_t product = 1;
        for (const std::uint64_t extent : dimensions()) product *= extent;
        return product;
    }
    /// The same extents, where trailing ones do not count: {64, 1} is {64}.
    friend constexpr auto operator==(const shape& a, const shape& b) noexcept -> bool {
        for (std::size_t i = 0; i < max_dimensions; ++i)
            if (a[i] != b[i]) return false;
        return true;
    }
};

/// One tensor of a file.
struct tensor {
    std::string_view name;      ///< as in the file; borrows its bytes
    gguf::shape shape;
    tensor_type type{};
    std::uint32_t shard = 0;    ///< which file of a shard set holds the data
    std::uint64_t offset_bytes = 0;  ///< of the data, from the start of that file
    std::uint64_t size_bytes = 0;    ///< of the data, without padding; of a type whose layout is not known, up to the next tensor's data or the file's end
};

/// All tensors of a file, in its order and by name. Move-only; entries stay where they are when it is moved.
///
/// Borrows: names point into the bytes given to parse(). Threads: const, safe to share.
class tensor_table {
public:
    tensor_table() noexcept = default;

    [[nodiscard]] auto size() const noexcept -> std::size_t { return tensors_.size(); }
    [[nodiscard]] auto empty() const noexcept -> bool { return tensors_.empty(); }
    [[nodiscard]] auto begin() const noexcept CRIA_LIFETIME_BOUND -> const tensor* { return tensors_.begin(); }
    [[nodiscard]] auto end() const noexcept CRIA_LIFETIME_BOUND -> const tensor* { return tensors_.end(); }
    [[nodiscard]] auto operator[](std::size_t i) const noexcept CRIA_LIFETIME_BOUND -> const tensor& { return tensors_[i]; }

    /// The tensor called `name`, or nullptr. Cost: O(1).
    [[nodiscard]] auto find(std::string_view name) const noexcept CRIA_LIFETIME_BOUND -> const tensor* {
        const std::uint32_t at = index_.find(name, name_at{tensors_.data()});
        return at == detail::name_index::nowhere ? nullptr : &tensors_[at];
    }

private:
    friend struct detail::builder;
    friend class shards;
    struct name_at {
        const tensor* first;
        auto operator()(std::uint32_t at) const noexcept -> std::string_view { return first[at].name; }
    };

    buffer<tensor> tensors_;
    detail::name_index index_;
};

}  // namespace cria::inline v0::gguf

#endif  // CRIA_GGUF_TENSOR_HPP
