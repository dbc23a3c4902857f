// SPDX-License-Identifier: MIT
#include "cria/fmt.hpp"

#include "support/catch.hpp"

TEST_CASE("errors format as their message") {
    const cria::error why{cria::errc::truncated, 24, "tensor count"};
    CHECK(fmt::format("{}", why) == why.message());
    CHECK(fmt::format("{}", why) == "tensor count: file ends at byte 24");
    CHECK(fmt::format("{}", why.code) == "truncated");
}

TEST_CASE("types format as their names and take string specifications") {
    CHECK(fmt::format("[{:>6}]", cria::tensor_type::q8_0) == "[  q8_0]");
    CHECK(fmt::format("{}", cria::tensor_type{99}) == "type 99");
    CHECK(fmt::format("{}", cria::gguf::value_type::boolean) == "bool");
}

TEST_CASE("shapes format in the file's order") {
    cria::gguf::shape matrix;
    matrix.n_dimensions = 2;
    matrix.extents = {64, 32};
    CHECK(fmt::format("{}", matrix) == "{64, 32}");
    CHECK(fmt::format("{}", cria::gguf::shape{}) == "{}");
}

TEST_CASE("the version formats with dots") {
    CHECK(fmt::format("{}", cria::version_number{1, 20, 3}) == "1.20.3");
}
