// SPDX-License-Identifier: MIT
#ifndef CRIA_GGUF_MANIFEST_HPP
#define CRIA_GGUF_MANIFEST_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/bytes.hpp"
#include "cria/base/result.hpp"
#include "cria/base/tensor_type.hpp"
#include "cria/gguf/tensor.hpp"

#include <concepts>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>  // declval

// What a model holds, tensor by tensor, as hashes of the data: enough to tell whether two models have the same
// weights, or which of them differ, without having both at hand. The hash is the caller's; nothing here depends on
// which one it is.
//
//     struct xxh3 {                                       // any hash with these two
//         void update(cria::byte_view bytes);
//         auto digest() const -> std::array<std::byte, 16>;
//     };
//     auto manifest = gguf::make_manifest<xxh3>(model);

namespace cria::inline v0::gguf {

/// A hash that takes bytes in pieces. A fresh one is made for each tensor.
template <class H>
concept content_hash = std::default_initializable<H> && requires(H hash, const H& done, byte_view bytes) {
    hash.update(bytes);
    requires std::is_trivially_copyable_v<std::remove_cvref_t<decltype(done.digest())>>;
};

/// Anything that has tensors and reads their data: gguf::file, gguf::shards.
template <class M>
concept tensor_reader = requires(const M& model, const tensor& of, std::span<std::byte> out) {
    { model.tensors() } -> std::convertible_to<const tensor_table&>;
    { model.read(of, std::uint64_t{0}, out) } -> std::same_as<result<void>>;
};

/// One tensor of a manifest. Borrows: the name, from the model.
template <content_hash Hash>
struct manifest_entry {
    std::string_view name;
    gguf::shape shape;
    tensor_type type{};
    std::uint64_t size_bytes = 0;
    std::remove_cvref_t<decltype(std::declval<const Hash&>().digest())> digest{};  ///< of the tensor's data, padding excluded
};

/// The hash of one tensor's data.
/// Fails: as the model's read; errc::out_of_memory. Cost: reads the data once, in pieces of 1 MiB.
template <content_hash Hash, tensor_reader Model>
[[nodiscard]] auto hash_of(const Model& model, const tensor& of) -> result<decltype(std::declval<const Hash&>().digest())> {
    constexpr std::uint64_t most = std::uint64_t{1} << 20U;
    buffer<std::byte> piece;
    CRIA_TRY_VOID(piece.resize(of.size_bytes < most ? of.size_bytes : most, of.name));
    Hash hash{};
    for (std::uint64_t at = 0; at < of.size_bytes;) {
        const std::uint64_t size = of.size_bytes - at < most ? of.size_bytes - at : most;
        const std::span<std::byte> out(piece.data(), static_cast<std::size_t>(size));
        CRIA_TRY_VOID(model.read(of, at, out));
        hash.update(out);
        at += size;
    }
    return hash.digest();
}

/// Every tensor of `model` with the hash of its data, in the model's order.
/// Fails: as hash_of(). Cost: reads all data once.
template <content_hash Hash, tensor_reader Model>
[[nodiscard]] auto make_manifest(const Model& model) -> result<buffer<manifest_entry<Hash>>> {
    buffer<manifest_entry<Hash>> out;
    CRIA_TRY_VOID(out.reserve(model.tensors().size(), "manifest"));
    for (const tensor& of : model.tensors()) {
        CRIA_TRY(const auto digest, hash_of<Hash>(model, of));
        CRIA_TRY_VOID(out.push_back({of.name, of.shape, of.type, of.size_bytes, digest}, "manifest"));
    }
    return out;
}

}  // namespace cria::inline v0::gguf

#endif  // CRIA_GGUF_MANIFEST_HPP
