// SPDX-License-Identifier: MIT
#ifndef CRIA_GGUF_TENSOR_DATA_HPP
#define CRIA_GGUF_TENSOR_DATA_HPP

#include "cria/base/bytes.hpp"
#include "cria/base/result.hpp"
#include "cria/io/native_file.hpp"

#include <cstdint>
#include <cstring>  // memcpy
#include <span>
#include <type_traits>

// Where a tensor's bytes come from when a file is written. They may be larger than memory, so nothing here holds
// them: a view, a place in an open file, or a function that makes them piece by piece.

namespace cria::inline v0::gguf {

/// Where a tensor's bytes come from. A plain value; how many bytes there are, the tensor says.
///
/// Borrows: what it was made of, at its address, until the file is written.
class tensor_data {
public:
    enum class kind : std::uint8_t { absent, memory, file, function };

    /// Nowhere: such a tensor can be planned, and not written.
    tensor_data() noexcept = default;
    [[nodiscard]] static auto from_memory(byte_view bytes CRIA_LIFETIME_BOUND) noexcept -> tensor_data {
        tensor_data made;
        made.kind_ = kind::memory;
        made.bytes_ = bytes;
        return made;
    }
    /// The bytes from `offset_bytes` on. The system copies them from file to file itself where it can.
    [[nodiscard]] static auto from_file(const io::native_file& file CRIA_LIFETIME_BOUND, std::uint64_t offset_bytes) noexcept -> tensor_data {
        tensor_data made;
        made.kind_ = kind::file;
        made.from_ = &file;
        made.offset_ = offset_bytes;
        return made;
    }
    static auto from_file(io::native_file&&, std::uint64_t) -> tensor_data = delete;
    /// Whatever `fill` writes: called as `result<void>(offset_bytes, out)`, with offsets from the tensor's first byte that go
    /// up from 0, it fills all of `out` or says why not. Each writing of the file calls it anew.
    template <class F>
        requires std::is_invocable_r_v<result<void>, F&, std::uint64_t, std::span<std::byte>>
    [[nodiscard]] static auto pulled(F& fill CRIA_LIFETIME_BOUND) noexcept -> tensor_data {
        tensor_data made;
        made.kind_ = kind::function;
        made.from_ = &fill;
        made.call_ = [](const void* of, std::uint64_t offset, std::span<std::byte> out) -> result<void> {
            return (*static_cast<F*>(const_cast<void*>(of)))(offset, out);  // const only in passing: pulled() was given an F&
        };
        return made;
    }

    [[nodiscard]] auto what() const noexcept -> kind { return kind_; }
    /// Of memory.
    [[nodiscard]] auto bytes() const noexcept -> byte_view { return bytes_; }
    /// Of a file. Precondition: what() is file.
    [[nodiscard]] auto file() const noexcept -> const io::native_file& { return *static_cast<const io::native_file*>(from_); }
    [[nodiscard]] auto offset_bytes() const noexcept -> std::uint64_t { return offset_; }

    /// Fills `out` with the bytes from `first_byte` on. Precondition: what() is not absent; memory is that large.
    [[nodiscard]] auto read(std::uint64_t first_byte, std::span<std::byte> out) const -> result<void>;

private:
    using call = result<void> (*)(const void* of, std::uint64_t offset, std::span<std::byte> out);

    const void* from_ = nullptr;
    call call_ = nullptr;
    byte_view bytes_;
    std::uint64_t offset_ = 0;
    kind kind_ = kind::absent;
};

// ---------------------------------------------------------------------------------------------------
// implementation

inline auto tensor_data::read(std::uint64_t first_byte, std::span<std::byte> out) const -> result<void> {
    if (kind_ == kind::function) return call_(from_, first_byte, out);
    if (kind_ == kind::file) return file().read(offset_ + first_byte, out);
    if (!out.empty()) std::memcpy(out.data(), bytes_.data() + first_byte, out.size());
    return {};
}

}  // namespace cria::inline v0::gguf

#endif  // CRIA_GGUF_TENSOR_DATA_HPP
