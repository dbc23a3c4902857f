// SPDX-License-Identifier: MIT
#include "cria/bpe/rendered_text.hpp"

#include <string>
#include <string_view>
#include <vector>

#include "bpe/tiny_tokenizer.hpp"
#include "support/catch.hpp"

namespace {

namespace bpe = cria::bpe;
using bpe::token_type;
using cria_test::all_bytes;
using cria_test::byte_level;
using cria_test::id_list;
using cria_test::make;
using cria_test::operator+;
using cria_test::token_spec;

const auto tokens = all_bytes() + std::vector<token_spec>{{"<s>", token_type::control}, {"</s>", token_type::control}, {"<|user|>", token_type::control}};

auto adding(bool bos, bool eos) -> bpe::tokenizer {
    auto with = byte_level();
    with.special.bos = 256;
    with.special.eos = 257;
    with.add_bos = bos;
    with.add_eos = eos;
    return make(with, tokens);
}

auto rendered(const bpe::tokenizer& tokenizer, std::string_view text) -> id_list {
    const auto ids = bpe::encode_rendered(tokenizer, text);
    REQUIRE(ids);
    bpe::encoder encoder(tokenizer);
    const auto again = bpe::encode_rendered(tokenizer, encoder, text);
    REQUIRE(again);
    CHECK(id_list(again->begin(), again->end()) == id_list(ids->begin(), ids->end()));
    return {ids->begin(), ids->end()};
}

}  // namespace

TEST_CASE("a BOS that a template has written out does not come twice, and is added where it has not") {
    const auto tokenizer = adding(true, false);
    CHECK(rendered(tokenizer, "<s>a") == id_list{256, 'a'});
    CHECK(rendered(tokenizer, "a") == id_list{256, 'a'});
    CHECK(rendered(tokenizer, "") == id_list{256});
    CHECK(rendered(tokenizer, "<s>") == id_list{256});
    CHECK(rendered(tokenizer, "a<s>") == id_list{256, 'a', 256});
    CHECK(rendered(tokenizer, "a</s>") == id_list{256, 'a', 257});
}

TEST_CASE("only one BOS and one EOS are taken off") {
    const auto tokenizer = adding(true, true);
    CHECK(rendered(tokenizer, "<s><s>a</s></s>") == id_list{256, 256, 'a', 257, 257});
    CHECK(rendered(tokenizer, "<s>a</s>") == id_list{256, 'a', 257});
    CHECK(rendered(tokenizer, "</s>") == id_list{256, 257});
}

TEST_CASE("what the tokenizer does not add is left in the text") {
    CHECK(rendered(adding(false, false), "<s>a</s>") == id_list{256, 'a', 257});
    CHECK(bpe::without_added(adding(false, false), "<s>a</s>") == "<s>a</s>");
    CHECK(bpe::without_added(make(byte_level(), tokens), "<s>a</s>") == "<s>a</s>");
}

TEST_CASE("special tokens in rendered text become themselves") {
    CHECK(rendered(adding(true, false), "<s><|user|>a") == id_list{256, 258, 'a'});
}
