// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_CLI_SHARD_SET_HPP
#define CRIA_TESTS_CLI_SHARD_SET_HPP

#include <cstdint>
#include <string>
#include <string_view>

#include "support/temp_file.hpp"
#include "support/tiny_models.hpp"

// The tiny llama in two files and in one.

namespace cria_test {

class shard_set {
public:
    shard_set() {
        whole_ = folder_.write("whole.gguf", tiny_llama().build());
        const laid_out_file all = tiny_llama().lay_out();
        gguf_builder first = tiny_llama();
        gguf_builder second;
        for (const auto& [name, extents] : {std::pair{"output_norm.weight", std::vector<std::uint64_t>{32}}, std::pair{"output.weight", std::vector<std::uint64_t>{32, 279}}}) {
            std::uint64_t bytes = sizeof(float);
            for (const std::uint64_t extent : extents) bytes *= extent;
            const auto begin = all.bytes.begin() + static_cast<std::ptrdiff_t>(all.tensors.at(name).data);
            first.without_tensor(name);
            second.tensor(name, extents, ::cria::tensor_type::f32, file_bytes(begin, begin + static_cast<std::ptrdiff_t>(bytes)));
        }
        first_ = folder_.write("tiny-00001-of-00002.gguf", with_split_keys(first, 0).build());
        second_ = folder_.write("tiny-00002-of-00002.gguf", with_split_keys(second, 1).build());
    }

    [[nodiscard]] auto whole() const -> const std::string& { return whole_; }
    [[nodiscard]] auto first() const -> const std::string& { return first_; }
    [[nodiscard]] auto second() const -> const std::string& { return second_; }
    [[nodiscard]] auto folder() const -> const temp_folder& { return folder_; }

private:
    static auto with_split_keys(gguf_builder& builder, std::uint16_t number) -> gguf_builder& {
        return builder.key("split.no", number).key("split.count", std::uint16_t{2}).key("split.tensors.count", std::int32_t{21});
    }

    temp_folder folder_;
    std::string whole_;
    std::string first_;
    std::string second_;
};

}  // namespace cria_test

#endif  // CRIA_TESTS_CLI_SHARD_SET_HPP
