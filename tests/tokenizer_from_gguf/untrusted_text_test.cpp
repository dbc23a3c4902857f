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

void check_vocabulary(std::string_view name) {
    const auto file = cria_test::read_whole(cria_test::vocabulary_path(name));
    if (!file) return cria_test::skip("no vocabularies under CRIA_SHARED_DIR");
    const auto contents = cria::gguf::parse({file->data(), file->size()});
    REQUIRE(contents);
    const auto tokenizer = cria::tokenizer_from(*contents);
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
    for (const std::string_view name : cria_test::vocabulary_names) check_vocabulary(name);
}
