// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_FUZZ_GGUF_SHARDS_HPP
#define CRIA_TESTS_FUZZ_GGUF_SHARDS_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cria/gguf/shards.hpp"

// What has to hold for gguf::shards::join whatever the files. The bytes stand for up to four of them:
//
//   1 byte   how many files there are, less one (modulo 4)
//   4 bytes  the size of each but the last, little-endian; cut to what is left
//   the rest the files, one after the other

namespace cria_test {

/// The bytes that stand for `files`, of which there are one to four.
[[nodiscard]] inline auto pack_files(const std::vector<std::vector<std::byte>>& files) -> std::vector<std::byte> {
    std::vector<std::byte> out{static_cast<std::byte>(files.size() - 1)};
    for (std::size_t i = 0; i + 1 < files.size(); ++i)
        for (unsigned shift = 0; shift < 32; shift += 8) out.push_back(static_cast<std::byte>(files[i].size() >> shift));
    for (const auto& file : files) out.insert(out.end(), file.begin(), file.end());
    return out;
}

/// A sentence about the first promise that the files in `bytes` break, or nullptr.
[[nodiscard]] inline auto fuzz_gguf_shards(cria::byte_view bytes) -> const char* {
    namespace gguf = cria::gguf;
    if (bytes.empty()) return nullptr;
    const std::size_t n_files = std::to_integer<std::size_t>(bytes[0]) % 4 + 1;
    std::size_t at = 1 + 4 * (n_files - 1);
    if (at > bytes.size()) return nullptr;
    // Each file in an allocation of its own size: a read behind its end must leave it.
    std::vector<std::unique_ptr<std::byte[]>> copies;
    std::vector<gguf::contents> parsed;
    for (std::size_t i = 0; i < n_files; ++i) {
        std::size_t size = bytes.size() - at;
        if (i + 1 < n_files) size = std::min<std::size_t>(size, cria::detail::load<std::uint32_t>(bytes.data() + 1 + 4 * i));
        copies.emplace_back(new std::byte[size]);
        if (size != 0) std::memcpy(copies.back().get(), bytes.data() + at, size);
        auto file = gguf::parse({copies.back().get(), size});
        if (file) parsed.push_back(*std::move(file));
        at += size;
    }
    std::vector<const gguf::contents*> files;
    for (const auto& one : parsed) files.push_back(&one);

    const auto joined = gguf::shards::join(files);
    std::vector<const gguf::contents*> reversed(files.rbegin(), files.rend());
    const auto again = gguf::shards::join(reversed);
    if (joined.has_value() != again.has_value()) return "the order of the files decides whether they are a set";
    if (!joined) {
        const std::string message = joined.error().message();
        if (message.empty() || message.size() > 1024) return "the message is empty or endless";
        for (const char c : message)
            if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return "the message is not one printable line";
        return nullptr;
    }

    std::size_t n_tensors = 0;
    std::vector<const gguf::contents*> by_number(files.size());
    for (const gguf::contents* const one : files) {
        n_tensors += one->tensors().size();
        const auto number = files.size() == 1 ? cria::result<std::size_t>(std::size_t{0}) : one->metadata().as<std::size_t>("split.no");
        if (!number || *number >= by_number.size() || by_number[*number] != nullptr) return "the numbers are not those of a set";
        by_number[*number] = one;
        if (files.size() > 1 && one->metadata().as<std::size_t>("split.count").value_or(0) != files.size()) return "a shard states another count";
    }
    if (joined->size() != n_tensors || again->size() != n_tensors) return "the table has not all the tensors";
    std::size_t next = 0;
    for (std::uint32_t shard = 0; shard < by_number.size(); ++shard)
        for (const gguf::tensor& of : by_number[shard]->tensors()) {
            const gguf::tensor& in = (*joined)[next];
            const gguf::tensor& other = (*again)[next];
            ++next;
            if (in.shard != shard || in.name != of.name || in.offset_bytes != of.offset_bytes || in.size_bytes != of.size_bytes) return "a tensor of the table is not that of its shard";
            if (other.shard != shard || other.name != of.name) return "the order of the files changes the table";
            if (joined->find(of.name) != &in) return "a tensor is not found by its name";
        }
    return nullptr;
}

}  // namespace cria_test

#endif  // CRIA_TESTS_FUZZ_GGUF_SHARDS_HPP
