// SPDX-License-Identifier: MIT
// Writes the GGUF files that tell ggml's verdicts apart where the tests' own files cannot: what is odd stands alone in
// them, since ggml stops at the first thing it does not like, and that is often the offset of the tensor behind.
//
//     cria_gguf_conformance_files <folder>
#include <cstdint>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include "support/gguf_builder.hpp"

namespace {

using cria_test::gguf_builder;
using cria::tensor_type;

auto llama() -> gguf_builder { return gguf_builder().key("general.architecture", "llama"); }

/// A tensor of a type whose layout nobody knows, with 64 bytes before the next one.
auto of_type(std::uint32_t id) -> gguf_builder {
    return llama()
        .tensor({.name = "odd", .extents = {256}, .type = static_cast<tensor_type>(id), .data = cria_test::file_bytes(64)})
        .tensor("plain", {8}, std::vector<float>(8, 1.0F));
}

auto files() -> std::vector<std::pair<std::string, cria_test::file_bytes>> {
    const std::uint64_t two_61 = std::uint64_t{1} << 61U;
    const std::uint64_t two_63 = std::uint64_t{1} << 63U;
    std::vector<std::pair<std::string, cria_test::file_bytes>> out;
    out.emplace_back("bytes_beyond_file_f32_2_61_alone", llama().tensor({.name = "w", .extents = {two_61}}).build());
    out.emplace_back("bytes_beyond_file_i8_2_63_less_1_alone", llama().tensor({.name = "w", .extents = {two_63 - 1}, .type = tensor_type::i8}).build());
    out.emplace_back("bytes_and_padding_wrap_alone", llama().tensor({.name = "w", .extents = {two_61 * 2 - 1}}).build());
    for (const unsigned power : {21U, 31U})
        out.emplace_back("alignment_2_" + std::to_string(power) + "_without_tensors", llama().key("general.alignment", std::uint32_t{1} << power).build());
    out.emplace_back("alignment_2_21_that_fits", llama().alignment(1U << 21U).tensor("w", {2}, std::vector<float>{1, -2}).build());
    out.emplace_back("names_alike_up_to_a_zero_byte", llama()
                                                          .tensor(std::string("a\0b", 3), {2}, std::vector<float>{1, -2})
                                                          .tensor(std::string("a\0c", 3), {2}, std::vector<float>{1, -2})
                                                          .build());
    out.emplace_back("unknown_type_200", of_type(200).build());
    out.emplace_back("unknown_type_of_no_bytes", llama().tensor({.name = "odd", .extents = {256}, .type = static_cast<tensor_type>(200)}).build());
    out.emplace_back("removed_type_4", of_type(4).build());
    out.emplace_back("removed_type_36", of_type(36).build());
    return out;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fprintf(stderr, "usage: %s <folder>\n", argv[0]);
        return 2;
    }
    for (const auto& [name, bytes] : files()) {
        const std::string path = std::string(argv[1]) + "/ggml_" + name + ".gguf";
        std::FILE* const out = std::fopen(path.c_str(), "wb");
        if (out == nullptr || std::fwrite(bytes.data(), 1, bytes.size(), out) != bytes.size() || std::fclose(out) != 0) {
            std::fprintf(stderr, "cannot write %s\n", path.c_str());
            return 1;
        }
    }
    return 0;
}
