// SPDX-License-Identifier: MIT
#include "cria/gguf/indexed_strings.hpp"

#include <bit>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cria/gguf/parse.hpp"
#include "support/catch.hpp"
#include "support/gguf_builder.hpp"

namespace {

using cria::gguf::indexed_strings;
using cria::gguf::string_array;
using cria_test::gguf_builder;

}  // namespace

TEST_CASE("an index gives every string of an array in any order", "[indexed_strings]") {
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < 1000; ++i) texts.push_back(std::string(i % 7, 'x') + std::to_string(i));
    texts[17].clear();
    texts[18] = std::string("\0\xFF", 2);
    for (const auto& builder : {gguf_builder(), gguf_builder(3, std::endian::big), gguf_builder(2).terminated(), gguf_builder(1), gguf_builder(1).terminated()}) {
        const auto bytes = gguf_builder(builder).array("t", texts).build();
        const auto parsed = cria::gguf::parse(bytes);
        REQUIRE(parsed);
        const auto view = parsed->metadata().get<string_array>("t");
        REQUIRE(view);
        const auto index = indexed_strings::make(*view);
        REQUIRE(index);
        REQUIRE(index->size() == texts.size());
        CHECK_FALSE(index->empty());
        for (std::size_t i = texts.size(); i-- > 0;) CHECK((*index)[i] == texts[i]);
        CHECK(std::vector<std::string>(index->begin(), index->end()) == texts);
        // Views of the file, not copies.
        CHECK(reinterpret_cast<const std::byte*>((*index)[5].data()) > bytes.data());
        CHECK(reinterpret_cast<const std::byte*>((*index)[5].data()) < bytes.data() + bytes.size());
    }
}

TEST_CASE("an index of no strings is empty", "[indexed_strings]") {
    const indexed_strings none;
    CHECK(none.empty());
    CHECK(none.begin() == none.end());
    const auto made = indexed_strings::make(string_array());
    REQUIRE(made);
    CHECK(made->empty());
}

TEST_CASE("an index outlives the contents, and can be moved", "[indexed_strings]") {
    const auto bytes = gguf_builder().array("t", std::vector<std::string>{"a", "bc"}).build();
    auto index = [&] { return indexed_strings::make(*cria::gguf::parse(bytes)->metadata().get<string_array>("t")).value(); }();
    const indexed_strings moved = std::move(index);
    CHECK(moved.size() == 2);
    CHECK(moved[1] == "bc");
}

TEST_CASE("an index over strings whose lengths were overwritten stays inside their array", "[indexed_strings]") {
    auto bytes = gguf_builder().array("t", std::vector<std::string>{"one", "two", std::string(100, 'x')}).key("behind", "untouched").build();
    const auto parsed = cria::gguf::parse(bytes);
    REQUIRE(parsed);
    const auto strings = *parsed->metadata().get<string_array>("t");
    const std::byte* const begin = strings.bytes().data();
    const std::byte* const end = begin + strings.bytes().size();
    for (int value : {0x00, 0xFF}) {
        // Every length zero makes more strings than were counted, every one huge makes one.
        auto* const first = bytes.data() + (begin - bytes.data());
        for (std::ptrdiff_t i = 0; i < end - begin; ++i) first[i] = static_cast<std::byte>(value);
        const auto index = indexed_strings::make(strings);
        REQUIRE(index);
        for (const std::string_view text : *index) {
            CHECK(reinterpret_cast<const std::byte*>(text.data()) >= begin);
            CHECK(reinterpret_cast<const std::byte*>(text.data()) + text.size() <= end);
        }
    }
}
