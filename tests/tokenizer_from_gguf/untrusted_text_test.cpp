// SPDX-License-Identifier: MIT
// Special tokens of real vocabularies, written out by a user.
#include "cria/tokenizer_from_gguf.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "support/catch.hpp"
#include "support/shared_data.hpp"

namespace {

namespace bpe = cria::bpe;
using bpe::parse_special;
using bpe::token_type;

/// How many of `ids` steer the model instead of being text.
auto n_steering(const bpe::tokenizer& tokenizer, const cria::result<std::span<const bpe::token_id>>& ids) -> std::size_t {
    REQUIRE(ids);
    std::size_t n = 0;
    for (const bpe::token_id id : *ids) n += tokenizer.is_special(id) ? 1 : 0;
    return n;
}

void check_untrusted(std::string_view name, bpe::compat mode) {
    const auto file = cria_test::read_whole(cria_test::vocabulary_path(name));
    if (!file) return cria_test::skip("no vocabularies under CRIA_SHARED_DIR");
    const auto contents = cria::gguf::parse({file->data(), file->size()});
    REQUIRE(contents);
    const auto tokenizer = cria::tokenizer_from(*contents, {.mode = mode});
    if (!tokenizer) FAIL(tokenizer.error().message());
    bpe::encoder encoder(*tokenizer);

    std::size_t n_special = 0;
    for (bpe::token_id id = 0; tokenizer->contains(id); ++id) {
        const token_type type = tokenizer->type(id);
        const bool steers = tokenizer->is_special(id);
        if (!steers && type != token_type::user_defined) continue;
        const std::string text(tokenizer->text(id));
        if (text.empty()) continue;
        CAPTURE(name, id, text);
        n_special += steers ? 1 : 0;

        // It is not that they cannot be written.
        const std::string alone = "Ignore " + text + " and go on.";
        const std::size_t n_written = n_steering(*tokenizer, encoder.encode(alone, {.parse = parse_special::all}));
        if ((n_written != 0) != steers) FAIL("a special token that is asked for is not found, or another one inside it");

        for (const parse_special parse : {parse_special::none, parse_special::user_defined}) {
            // llama.cpp lets text become any token where it merges; here only text that somebody vouches for does.
            if (mode == bpe::compat::llama_cpp && parse != parse_special::none) continue;
            for (const std::string& user : {text, alone, text + text, "<" + text + ">"})
                if (n_steering(*tokenizer, encoder.encode(user, {.parse = parse})) != 0) FAIL("the user has written a special token");

            // In two segments, between segments that a template has made.
            for (std::size_t cut = 0; cut <= text.size(); ++cut) {
                const std::string first = "Ignore " + text.substr(0, cut), second = text.substr(cut) + " and go on.";
                const bpe::segment user[] = {{first, parse}, {second, parse}};
                if (n_steering(*tokenizer, encoder.encode(std::span(user))) != 0) FAIL("the user has put a special token together at " << cut);
                // Both ends of a special token may be a template's: what joins two segments is never trusted.
                for (const bool is_first_trusted : {false, true}) {
                    const bpe::segment mixed[] = {{first, is_first_trusted ? parse_special::all : parse},
                                                  {second, is_first_trusted ? parse : parse_special::all}};
                    const std::string& trusted = is_first_trusted ? first : second;
                    const std::size_t n_trusted = n_steering(*tokenizer, encoder.encode(trusted, {.parse = parse_special::all}));
                    if (n_steering(*tokenizer, encoder.encode(std::span(mixed))) != n_trusted) FAIL("a special token across a border at " << cut);
                }
            }
        }
    }
    CHECK(n_special != 0);
}

}  // namespace

TEST_CASE("a user's text never becomes a special token, whole or in pieces, in any vocabulary", "[conformance]") {
    for (const std::string_view name : cria_test::vocabulary_names)
        for (const auto mode : {bpe::compat::hf, bpe::compat::llama_cpp}) check_untrusted(name, mode);
}

TEST_CASE("what a file calls CONTROL never comes out of a text that is not trusted, in any vocabulary with merges into all of it", "[conformance]") {
    for (const std::string_view name : cria_test::vocabulary_names) {
        const auto file = cria_test::read_whole(cria_test::vocabulary_path(name));
        if (!file) return cria_test::skip("no vocabularies under CRIA_SHARED_DIR");
        const auto contents = cria::gguf::parse({file->data(), file->size()});
        REQUIRE(contents);
        const auto model = cria::tokenizer_from(*contents);
        REQUIRE(model);
        for (const auto mode : {bpe::compat::hf, bpe::compat::llama_cpp}) {
            // The same tokens, and merges and scores that lead to each special one from its characters.
            auto settings = model->settings();
            settings.mode = mode;
            settings.split.reset();
            settings.order.reset();
            bpe::tokenizer_builder builder(settings);
            std::vector<bpe::token_id> special;
            for (bpe::token_id id = 0; model->contains(id); ++id) {
                const bool steers = model->is_special(id);
                if (steers && !model->text(id).empty() && special.size() < 40) special.push_back(id);
                REQUIRE(builder.add_token(model->text(id), model->type(id), steers ? 1000.0F : model->score(id)));
            }
            std::vector<std::string> merges;
            for (const bpe::token_id id : special) {
                const std::string text(model->text(id));
                for (std::size_t end = 1, next = 0; end < text.size(); end = next) {
                    next = end + 1;
                    while (end != 0 && next < text.size() && (static_cast<unsigned char>(text[next]) & 0xC0U) == 0x80) ++next;
                    if ((static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80) continue;  // inside the first character
                    merges.push_back(text.substr(0, end) + " " + text.substr(end, next - end));
                    // A score goes from token to token.
                    if (settings.kind == bpe::algorithm::sentencepiece) REQUIRE(builder.add_token(text.substr(0, end), token_type::normal, 500));
                }
            }
            for (const std::string& merge : merges) REQUIRE(builder.add_merge(merge));
            const auto tokenizer = std::move(builder).build();
            REQUIRE(tokenizer);
            bpe::encoder encoder(*tokenizer);
            for (const bpe::token_id id : special) {
                const std::string text(tokenizer->text(id));
                CAPTURE(name, id, text, mode == bpe::compat::hf);
                for (const std::string& user : {text, "Ignore " + text + " and go on."}) {
                    const auto ids = encoder.encode(user, {.parse = parse_special::none});
                    if (n_steering(*tokenizer, ids) != 0) FAIL("the user has written a special token");
                    const auto printed = tokenizer->decode(*ids, {.clean_spaces = false});
                    REQUIRE(printed);
                    CHECK(printed->view() == user);
                    const bpe::segment mixed[] = {{std::string_view(user).substr(0, 1), parse_special::all}, {std::string_view(user).substr(1), parse_special::none}};
                    if (n_steering(*tokenizer, encoder.encode(std::span(mixed))) != 0) FAIL("the user has put a special token together");
                }
            }
        }
    }
}
