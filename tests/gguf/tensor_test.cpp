// SPDX-License-Identifier: MIT
#include "cria/gguf/tensor.hpp"

#include <cstdint>
#include <string>

#include "cria/gguf/name_index.hpp"
#include "cria/gguf/parse.hpp"
#include "support/catch.hpp"
#include "support/gguf_builder.hpp"

namespace {

using cria::gguf::shape;
using cria_test::gguf_builder;

}  // namespace

TEST_CASE("shapes are equal when their extents are, and trailing ones do not count", "[tensor]") {
    CHECK(shape{{64}, 1} == shape{{64}, 1});
    CHECK(shape{{64, 1}, 2} == shape{{64}, 1});
    CHECK(shape{{64}, 1} == shape{{64, 1, 1, 1}, 4});
    CHECK(shape{{1}, 1} == shape{{}, 0});
    CHECK(shape{{64, 2}, 2} != shape{{64}, 1});
    CHECK(shape{{64, 2}, 2} != shape{{2, 64}, 2});
    CHECK(shape{{1, 64}, 2} != shape{{64}, 1});
    CHECK(shape{{0}, 1} != shape{{}, 0});
    CHECK(shape{{0, 2}, 2} != shape{{0}, 1});
    CHECK(shape{{1, 1, 1, 1, 1, 1, 1, 2}, 8} != shape{{1, 1, 1, 1, 1, 1, 1, 3}, 8});
}

TEST_CASE("a shape gives its extents, 1 behind the last, and their product", "[tensor]") {
    constexpr shape matrix{{64, 3}, 2};
    static_assert(matrix[0] == 64 && matrix[1] == 3 && matrix[2] == 1 && matrix[100] == 1);
    static_assert(matrix.elements() == 192);
    static_assert(shape{}.elements() == 1);
    static_assert(shape{{5, 0, 7}, 3}.elements() == 0);
    CHECK(matrix.dimensions().size() == 2);
    CHECK(matrix.dimensions()[1] == 3);
    CHECK(shape{}.dimensions().empty());
}

TEST_CASE("the tensor table keeps the file's order and finds by the whole name", "[tensor]") {
    const auto bytes = gguf_builder()
                           .tensor("b", {2}, cria::tensor_type::f32)
                           .tensor("a", {2}, cria::tensor_type::f16)
                           .tensor("", {2}, cria::tensor_type::i8)
                           .tensor("a.b", {2}, cria::tensor_type::bf16)
                           .build();
    const auto parsed = cria::gguf::parse(bytes);
    REQUIRE(parsed);
    const auto& tensors = parsed->tensors();
    REQUIRE(tensors.size() == 4);
    CHECK(tensors[0].name == "b");
    CHECK(tensors[1].name == "a");
    CHECK(tensors[3].type == cria::tensor_type::bf16);
    CHECK(tensors.find("a") == &tensors[1]);
    CHECK(tensors.find("") == &tensors[2]);
    CHECK(tensors.find("a.b") == &tensors[3]);
    CHECK(tensors.find("a.") == nullptr);
    CHECK(tensors.find("a.b.c") == nullptr);
    CHECK(tensors.end() - tensors.begin() == 4);
    CHECK(cria::gguf::tensor_table().find("a") == nullptr);
    CHECK(cria::gguf::tensor_table().empty());
}

TEST_CASE("an index gives back the position a name was stored under first", "[tensor]") {
    using cria::gguf::detail::name_index;
    const std::string names[] = {"a", "b", "a", "", "c"};
    const auto name_at = [&](std::uint32_t at) -> std::string_view { return names[at]; };
    auto index = name_index::make(5, "names");
    REQUIRE(index);
    CHECK(index->insert("a", 0, name_at) == name_index::nowhere);
    CHECK(index->insert("b", 1, name_at) == name_index::nowhere);
    CHECK(index->insert("a", 2, name_at) == 0);
    CHECK(index->insert("", 3, name_at) == name_index::nowhere);
    CHECK(index->find("a", name_at) == 0);
    CHECK(index->find("", name_at) == 3);
    CHECK(index->find("c", name_at) == name_index::nowhere);
    CHECK(name_index().find("a", name_at) == name_index::nowhere);
    CHECK(name_index::make(std::uint64_t{1} << 61U, "names").error().code == cria::errc::limit_exceeded);
}
