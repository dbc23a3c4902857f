// SPDX-License-Identifier: MIT
#include "cria/bpe/special_roles.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "cria/bpe/special_tokens.hpp"
#include "support/catch.hpp"

namespace {

using cria::bpe::algorithm;
using cria::bpe::special_ids;
using cria::bpe::token_id;
using cria::bpe::token_type;
using cria::bpe::vocabulary;
namespace detail = cria::bpe::detail;

struct token_spec {
    std::string text;
    token_type type = token_type::normal;
};

constexpr token_type all_types[] = {token_type::undefined, token_type::normal, token_type::unknown, token_type::control,
                                    token_type::user_defined, token_type::unused, token_type::byte};

/// A vocabulary after its roles have been found.
struct settled {
    vocabulary tokens;
    special_ids special;
    std::vector<token_id> endings;  // in ascending order

    settled(const std::vector<token_spec>& specs, const special_ids& given = {}, algorithm kind = algorithm::byte_level)
        : tokens(kind), special(given) {
        for (const token_spec& spec : specs) REQUIRE(tokens.add(spec.text, spec.type, 0));
        REQUIRE(tokens.build_index());
        detail::find_roles(tokens, special);
        const auto found = detail::find_endings(tokens, special);
        REQUIRE(found);
        endings.assign(found->begin(), found->end());
        std::sort(endings.begin(), endings.end());
    }
};

using ids = std::vector<token_id>;

}  // namespace

TEST_CASE("a role that the file does not give goes to the first text of its list, wherever that stands") {
    for (const auto& role : detail::roles_by_text) {
        std::vector<token_spec> forwards;
        for (const std::string_view text : role.texts)
            if (!text.empty()) forwards.push_back({std::string(text)});
        const std::vector<token_spec> backwards(forwards.rbegin(), forwards.rend());
        CHECK(settled(forwards).special.*role.id == 0);
        CHECK(settled(backwards).special.*role.id == static_cast<token_id>(backwards.size() - 1));
        CHECK(!(settled({{"no such text"}}).special.*role.id));
    }
    const settled qwen({{"<|endoftext|>", token_type::control}, {"<|im_end|>", token_type::control}});
    CHECK(qwen.special.eot == 1);
}

TEST_CASE("a token that is found by its text becomes CONTROL, whatever its type was") {
    for (const auto& role : detail::roles_by_text) {
        for (const token_type type : all_types) {
            const settled found({{std::string(role.texts[0]), type}});
            CHECK(found.tokens.type(0) == token_type::control);
            CHECK(found.tokens.bytes(0) == role.texts[0]);  // an UNUSED or BYTE token would print something else
        }
    }
}

TEST_CASE("a role that the file gives is not looked for, and its token keeps its type") {
    special_ids given;
    given.fim_prefix = 1;
    const settled kept({{"<|fim_prefix|>"}, {"my prefix"}, {"<|fim_suffix|>"}}, given);
    CHECK(kept.special.fim_prefix == 1);
    CHECK(kept.tokens.type(0) == token_type::normal);
    CHECK(kept.tokens.type(1) == token_type::normal);
    CHECK(kept.special.fim_suffix == 2);
    CHECK(kept.tokens.type(2) == token_type::control);
}

TEST_CASE("texts that end generation do so and become CONTROL, whatever their type was") {
    CHECK(std::size(detail::ending_texts) == 22);
    for (const std::string_view text : detail::ending_texts) {
        for (const token_type type : all_types) {
            CAPTURE(text);
            const settled found({{"a"}, {std::string(text), type}, {"b"}});
            CHECK(found.endings == ids{1});
            CHECK(found.tokens.type(1) == token_type::control);
        }
    }
    CHECK(settled({{"<|eot_id|> "}, {"</S>"}, {"<s>", token_type::control}}).endings.empty());
}

TEST_CASE("EOS, EOT, EOM and three tokens of filling in end generation by their ids too, with the type they have") {
    using member = std::optional<token_id> special_ids::*;
    for (const member id : {&special_ids::eos, &special_ids::eot, &special_ids::eom, &special_ids::fim_pad, &special_ids::fim_repo, &special_ids::fim_separator}) {
        special_ids given;
        given.*id = 1;
        const settled found({{"a"}, {"b"}}, given);
        CHECK(found.endings == ids{1});
        CHECK(found.tokens.type(1) == token_type::normal);
    }
    for (const member id : {&special_ids::bos, &special_ids::padding, &special_ids::unknown, &special_ids::separator, &special_ids::mask,
                            &special_ids::fim_prefix, &special_ids::fim_suffix, &special_ids::fim_middle}) {
        special_ids given;
        given.*id = 1;
        CHECK(settled({{"a"}, {"b"}}, given).endings.empty());
    }
    special_ids all;
    all.eos = all.eot = all.eom = 0;
    CHECK(settled({{"<|im_end|>"}}, all).endings == ids{0});  // once
    CHECK(settled({{"<|fim_pad|>"}, {"<|repo_name|>"}, {"<|file_sep|>"}, {"<|fim_prefix|>"}}).endings == ids{0, 1, 2});
}

TEST_CASE("what the harmony format shows to people is USER_DEFINED, whatever the file says") {
    for (const char* text : {"<|channel|>", "<|message|>", "<|start|>", "<|constrain|>"}) {
        for (const token_type type : all_types) {
            special_ids given;
            given.eos = 0;
            const settled found({{text, type}}, given);
            CHECK(found.tokens.type(0) == token_type::user_defined);
            CHECK(found.tokens.bytes(0) == text);
            CHECK(found.endings == ids{0});
        }
    }
}

TEST_CASE("<|end|> is not an ending but shown where a vocabulary has finer ones") {
    const auto with = [](std::vector<token_spec> others, const special_ids& given = {}) {
        others.insert(others.begin(), {"<|end|>", token_type::control});
        return settled(others, given);
    };
    special_ids as_eos;
    as_eos.eos = 0;
    for (const char* call : {"<|call|>", "<|calls|>"}) {
        for (const char* end : {"<|return|>", "<|flush|>"}) {
            const settled found = with({{call}, {end}}, as_eos);
            CHECK(found.endings == ids{1, 2});
            CHECK(found.special.eot == 0);
            CHECK(found.tokens.type(0) == token_type::user_defined);
        }
        CHECK(with({{call}}).endings == ids{0, 1});
    }
    CHECK(with({{"<|return|>"}, {"<|flush|>"}}).endings == ids{0, 1, 2});
    CHECK(with({{"<|return|>"}}).tokens.type(0) == token_type::control);
}

TEST_CASE("</s> is text where <|tool_response> or <|plamo:eos|> ends generation, even if it is EOS") {
    special_ids as_eos;
    as_eos.eos = 0;
    const settled gemma({{"</s>"}, {"<|tool_response>"}}, as_eos);
    CHECK(gemma.endings == ids{1});
    CHECK(gemma.tokens.type(0) == token_type::normal);

    // It ends nothing by its text alone.
    CHECK(settled({{"</s>"}, {"<|plamo:eos|>"}}).endings == ids{0});
    special_ids plamo_eos;
    plamo_eos.eos = 1;
    CHECK(settled({{"</s>"}, {"<|plamo:eos|>"}}, plamo_eos).endings == ids{1});
}

TEST_CASE("a CONTROL token called unused is still matched, a token of type UNUSED is not") {
    const settled found({{"<unused7>", token_type::control}, {"<unused8>", token_type::unused}, {"<eos>", token_type::unused}});
    CHECK(found.tokens.type(0) == token_type::control);
    CHECK(found.tokens.type(1) == token_type::unused);
    const auto matcher = detail::special_matcher::make(found.tokens);
    REQUIRE(matcher);
    cria::buffer<detail::special_match> matches;
    REQUIRE(matcher->find_all("<unused7><unused8><eos>", cria::bpe::parse_special::all, cria::bpe::special_order::leftmost_longest, matches));
    REQUIRE(matches.size() == 2);
    CHECK(matches[0].id == 0);
    CHECK(matches[1].id == 2);
}

TEST_CASE("of several tokens with one text the last has the role, and the others keep their types") {
    const settled found({{"<|im_end|>"}, {"<|im_end|>"}, {"</s>"}, {"</s>"}});
    CHECK(found.special.eot == 1);
    CHECK(found.endings == ids{1, 3});
    CHECK(found.tokens.type(0) == token_type::normal);
    CHECK(found.tokens.type(1) == token_type::control);

    // Where a text does not end generation after all, none of them does.
    special_ids first;
    first.eos = 0;
    CHECK(settled({{"</s>"}, {"</s>"}, {"<|tool_response>"}}, first).endings == ids{2});
}

TEST_CASE("the token of a line break") {
    CHECK(settled({{"a"}, {"\xC4\x8A"}}).special.linefeed == 1);  // as the byte alphabet writes it
    CHECK(!settled({{"\n"}, {"<0x0A>", token_type::byte}}).special.linefeed);
    for (const algorithm kind : {algorithm::sentencepiece, algorithm::character_level}) {
        const auto of = [&](const std::vector<token_spec>& specs) { return settled(specs, {}, kind).special.linefeed; };
        CHECK(of({{"\n"}, {"<0x0A>", token_type::byte}}) == (kind == algorithm::sentencepiece ? 1 : 0));
        CHECK(of({{"a"}, {"<0x0A>", token_type::byte}}) == 1);
        CHECK(of({{"a"}, {"a"}, {"\n", token_type::user_defined}}) == 2);
    }
    special_ids padded;
    padded.padding = 0;
    for (const algorithm kind : {algorithm::byte_level, algorithm::sentencepiece, algorithm::character_level}) {
        CHECK(settled({{"a"}}, padded, kind).special.linefeed == 0);  // where nothing else is left
        CHECK(settled({{"a"}, {kind == algorithm::byte_level ? "Ċ" : "\n"}}, padded, kind).special.linefeed == 1);
        CHECK(!settled({{"a"}}, {}, kind).special.linefeed);
    }
}
