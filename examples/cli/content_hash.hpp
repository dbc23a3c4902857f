// SPDX-License-Identifier: MIT
#ifndef CRIA_CLI_CONTENT_HASH_HPP
#define CRIA_CLI_CONTENT_HASH_HPP

#include <span>
#include <string>

#include "cria/gguf/shards.hpp"
#include "cria/gguf/tensor.hpp"
#include "progress.hpp"

// What a tensor's data is, in 32 characters: XXH3 with 128 bits (https://xxhash.com), written as `xxh128sum` writes
// it. Equal data always has equal hashes; unequal data has, unless somebody sets out to find two that collide.

namespace cli {

/// The hash's name in JSON documents.
inline constexpr char content_hash_name[] = "xxh3_128";

/// Hashes the tensors of one model, and shows how far it is where that takes long.
class content_hasher {
public:
    content_hasher(const cria::gguf::shards& model, progress& shown) : model_(model), shown_(shown) {}

    /// The hash of a tensor's data, padding excluded.
    /// Fails: as shards::read; errc::out_of_memory.
    [[nodiscard]] auto hash(const cria::gguf::tensor& of) -> cria::result<std::string>;

private:
    const cria::gguf::shards& model_;
    progress& shown_;
};

}  // namespace cli

#endif  // CRIA_CLI_CONTENT_HASH_HPP
