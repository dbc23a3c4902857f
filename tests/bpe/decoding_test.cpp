// SPDX-License-Identifier: MIT
#include "cria/bpe/decoding.hpp"

#include <string>
#include <string_view>
#include <vector>

#include "bpe/tiny_tokenizer.hpp"
#include "support/catch.hpp"
#include "support/random.hpp"

namespace {

namespace bpe = cria::bpe;
using bpe::token_type;
using cria_test::all_bytes;
using cria_test::byte_level;
using cria_test::decode;
using cria_test::id_list;
using cria_test::in_byte_alphabet;
using cria_test::make;
using cria_test::operator+;
using cria_test::sentencepiece;
using cria_test::token_spec;
using settings = bpe::tokenizer_settings;

auto in_llama_cpp(settings with) -> settings {
    with.mode = bpe::compat::llama_cpp;
    return with;
}
auto with_bos_and_eos(settings with, bpe::token_id bos, bpe::token_id eos) -> settings {
    with.special.bos = bos;
    with.special.eos = eos;
    with.add_bos = true;
    with.add_eos = true;
    return with;
}

const std::vector<token_spec> spm = {{"<unk>", token_type::unknown}, {"<s>", token_type::control}, {"</s>", token_type::control}, {"▁Hi"}, {"▁there"}, {"▁▁x"}, {""}};

/// The id in all_bytes() of each byte of a text.
auto ids_of(std::string_view text) -> id_list {
    id_list ids;
    for (const char c : text) ids.push_back(static_cast<unsigned char>(c));
    return ids;
}

/// What is printed by the rules as they stand at the top of the header, id by id and copy by copy; for vocabularies
/// without notes.
auto decoded_plainly(const bpe::tokenizer& tokenizer, id_list ids, const bpe::decode_options& options) -> std::string {
    const bool is_llama_cpp = tokenizer.settings().mode == bpe::compat::llama_cpp;
    bool was_removed = false;
    if (options.remove_bos_eos && tokenizer.adds_bos() && !ids.empty() && ids.front() == tokenizer.special().bos) {
        ids.erase(ids.begin());
        was_removed = true;
    }
    if (options.remove_bos_eos && tokenizer.adds_eos() && !ids.empty() && ids.back() == tokenizer.special().eos) ids.pop_back();
    const bool has_space = tokenizer.settings().add_space_prefix && (is_llama_cpp || tokenizer.kind() == bpe::algorithm::sentencepiece);
    std::string text;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const bool prints = !options.skip_special || !tokenizer.is_special(ids[i]);
        std::string piece = prints ? std::string(tokenizer.bytes(ids[i])) : "";
        const bool is_front = i == 0 && !was_removed;
        if (is_llama_cpp && has_space && is_front && !piece.empty() && piece[0] == ' ') piece.erase(0, 1);
        text += piece;
    }
    if (!is_llama_cpp && has_space && !text.empty() && text[0] == ' ') text.erase(0, 1);
    return text;
}

}  // namespace

TEST_CASE("remove_bos_eos leaves out one BOS in front and one EOS at the end, where the tokenizer adds them") {
    const auto both = make(with_bos_and_eos(sentencepiece(true), 1, 2), spm);
    CHECK(decode(both, {1, 3, 4, 2}, {.remove_bos_eos = true}) == "Hi there");
    CHECK(decode(both, {1, 1, 3, 2, 2}, {.remove_bos_eos = true}) == "<s> Hi</s>");
    CHECK(decode(both, {3, 1, 2, 4}, {.remove_bos_eos = true}) == "Hi<s></s> there");
    CHECK(decode(both, {1}, {.remove_bos_eos = true}).empty());
    CHECK(decode(both, {2}, {.remove_bos_eos = true}).empty());
    CHECK(decode(both, {1, 3, 2}) == "<s> Hi</s>");

    auto none = sentencepiece(true);
    none.special = both.special();
    CHECK(decode(make(none, spm), {1, 3, 2}, {.remove_bos_eos = true}) == "<s> Hi</s>");
}

TEST_CASE("one id that is BOS and EOS is removed at both ends") {
    const auto tokenizer = make(with_bos_and_eos(byte_level(), 256, 256), all_bytes() + std::vector<token_spec>{{"<e>", token_type::control}});
    CHECK(decode(tokenizer, {256}, {.remove_bos_eos = true}).empty());
    CHECK(decode(tokenizer, {256, 256}, {.remove_bos_eos = true}).empty());
    CHECK(decode(tokenizer, {256, 'a', 256, 256}, {.remove_bos_eos = true}) == "a<e>");
}

TEST_CASE("the space in front is taken from the first byte that is printed, in llama.cpp's way from the first id alone") {
    const auto hf = make(with_bos_and_eos(sentencepiece(true), 1, 2), spm);
    const auto llama_cpp = make(in_llama_cpp(with_bos_and_eos(sentencepiece(true), 1, 2)), spm);
    for (const auto* tokenizer : {&hf, &llama_cpp}) {
        CHECK(decode(*tokenizer, {3, 4}) == "Hi there");
        CHECK(decode(*tokenizer, {5}) == " x");  // one space, not two
    }
    CHECK(decode(hf, {1, 3}, {.skip_special = true}) == "Hi");
    CHECK(decode(llama_cpp, {1, 3}, {.skip_special = true}) == " Hi");
    CHECK(decode(hf, {1, 3}, {.remove_bos_eos = true}) == "Hi");
    CHECK(decode(llama_cpp, {1, 3}, {.remove_bos_eos = true}) == " Hi");
    CHECK(decode(hf, {6, 3}) == "Hi");
    const auto without = make(in_llama_cpp(sentencepiece(false)), spm);
    CHECK(decode(without, {3}) == " Hi");
}

TEST_CASE("a space in front that a byte-level file asks for is taken away in llama.cpp's way only") {
    auto with = byte_level();
    with.add_space_prefix = true;
    CHECK(decode(make(with, all_bytes()), {' ', 'a'}) == " a");
    CHECK(decode(make(in_llama_cpp(with), all_bytes()), {' ', 'a'}) == "a");
}

TEST_CASE("in llama.cpp's way UNUSED and UNDEFINED tokens print nothing") {
    const std::vector<token_spec> tokens = {{"a"}, {"b", token_type::unused}, {"c", token_type::undefined}, {"d", token_type::user_defined}};
    CHECK(decode(make(in_llama_cpp(byte_level()), tokens), {0, 1, 2, 3}) == "ad");
    CHECK(decode(make(in_llama_cpp(sentencepiece()), tokens), {0, 1, 2, 3}) == "ad");
    const auto llama_cpp = make(in_llama_cpp(sentencepiece()), tokens);
    CHECK(llama_cpp.bytes(1).empty());
    CHECK(decode(make(byte_level(), tokens), {0, 1, 2, 3}) == "abcd");
    CHECK(decode(make(sentencepiece(), tokens), {0, 1, 2, 3}) == "abcd");
}

TEST_CASE("a character that stands for no byte prints itself, in llama.cpp's way a note with all of the token") {
    const std::vector<token_spec> tokens = {{"aĠ日"}, {"日本", token_type::user_defined}, {"\xFF"}, {"\xC1\x81"}, {"é"}};
    const auto hf = make(byte_level(), tokens);
    CHECK(decode(hf, {0}) == "a 日");
    CHECK(decode(hf, {2, 3}) == "\xFF\xC1\x81");
    const auto llama_cpp = make(in_llama_cpp(byte_level("qwen2")), tokens);
    CHECK(decode(llama_cpp, {0}) == "a [UNK_BYTE_0xe697a5aĠ日]");
    CHECK(decode(llama_cpp, {1}) == "日本");
    CHECK(decode(llama_cpp, {2}) == "[UNK_BYTE_0xefbfbd\xFF]");
    CHECK(decode(llama_cpp, {3}) == "A");  // too long a sequence is read all the same
    CHECK(decode(llama_cpp, {4}) == "\xE9");
}

TEST_CASE("a note's leading space is taken away like any other") {
    auto with = in_llama_cpp(byte_level("qwen2"));
    with.add_space_prefix = true;
    const auto tokenizer = make(with, {{"Ġ日"}});
    CHECK(decode(tokenizer, {0, 0}) == "[UNK_BYTE_0xe697a5Ġ日] [UNK_BYTE_0xe697a5Ġ日]");
}

TEST_CASE("a note of more than a mebibyte is the token's bytes, and notes that memory cannot hold are an error") {
    std::string name;
    while (name.size() < 1'700) name += "日";
    const auto small = make(in_llama_cpp(byte_level("qwen2")), {{name}});
    const std::uint64_t note_bytes = (name.size() / 3) * (12 + 6 + name.size() + 1);
    CHECK(decode(small, {0}).size() == note_bytes);
    char little[8];
    const auto refused = small.decode_to(id_list(1000, 0), little);
    REQUIRE(!refused);
    CHECK(refused.error().expected.number() == 1000 * note_bytes);
    while (name.size() < 1'800) name += "日";
    CHECK(decode(make(in_llama_cpp(byte_level("qwen2")), {{name}}), {0}) == name);
    while (name.size() < 90'000) name += "日";
    CHECK(decode(make(in_llama_cpp(byte_level("qwen2")), {{name}}), {0}) == name);
}

TEST_CASE("in llama.cpp's way an empty text prints its number, and a BYTE token whatever its digits give") {
    const std::vector<token_spec> tokens = {{""}, {"", token_type::control}, {"", token_type::unused}, {"x"}, {"<0x4a>", token_type::byte},
                                            {"<0xZZ>", token_type::byte}, {"ab", token_type::byte}, {"abc-1", token_type::byte}, {"abc", token_type::byte}, {"", token_type::byte}};
    const auto llama_cpp = make(in_llama_cpp(sentencepiece()), tokens);
    CHECK(decode(llama_cpp, {0, 1, 2, 3}) == "[EMPTY_0][EMPTY_1]x");
    CHECK(decode(llama_cpp, {0, 1, 3}, {.skip_special = true}) == "[EMPTY_0]x");
    CHECK(decode(llama_cpp, {4, 5, 7, 8, 9}) == std::string("J\0\xFF\0\0", 5));
    CHECK(decode(llama_cpp, {6}) == "ab");  // llama.cpp ends over it
    CHECK(decode(make(sentencepiece(), tokens), {0, 1, 3}) == "x");
}

TEST_CASE("spaces are cleaned where it is asked for, and in llama.cpp's way where llama.cpp does it") {
    constexpr std::string_view text = "I 's . ok ? do n't , they 're ' we 've 'm 'd 'll 't";
    const auto ids = ids_of(text);
    const std::string cleaned = "I's. ok? do n't, they're'we've'm 'd 'll 't";
    const std::string as_published = "I's. ok? don't, they're'we've'm 'd 'll 't";
    const auto hf = make(byte_level("gpt-2"), all_bytes());
    CHECK(decode(hf, ids) == text);
    CHECK(decode(hf, ids, {.clean_spaces = true}) == as_published);
    const auto dirty = make(in_llama_cpp(byte_level("qwen2")), all_bytes());
    CHECK(decode(dirty, ids) == text);
    CHECK(decode(dirty, ids, {.clean_spaces = true}) == cleaned);
    const auto clean = make(in_llama_cpp(byte_level("gpt-2")), all_bytes());
    CHECK(decode(clean, ids) == cleaned);
    CHECK(decode(clean, ids, {.clean_spaces = false}) == text);

    CHECK(decode(clean, ids_of("")).empty());
    CHECK(decode(clean, ids_of(" ")) == " ");
    CHECK(decode(clean, ids_of(" .")) == ".");
    CHECK(decode(clean, ids_of("  .")) == " .");
    CHECK(decode(clean, ids_of("a ' ' b")) == "a'' b");
    CHECK(decode(clean, ids_of("a 'small")) == "a'small");
    CHECK(decode(clean, ids_of("a '")) == "a '");
    CHECK(decode(clean, ids_of("a 'r")) == "a 'r");

    const auto pieces = make(in_llama_cpp(sentencepiece(true)), {{"▁a"}, {"▁."}});
    CHECK(decode(pieces, {0, 1}) == "a .");
}

TEST_CASE("decode_to writes what decode gives, or says how much room that needs") {
    const auto tokenizer = make(with_bos_and_eos(sentencepiece(true), 1, 2), spm);
    const id_list ids = {1, 3, 4, 2};
    char out[32];
    auto written = tokenizer.decode_to(ids, out, {.remove_bos_eos = true});
    REQUIRE(written);
    CHECK(std::string_view(out, *written) == "Hi there");
    written = tokenizer.decode_to(ids, std::span(out, 8), {.remove_bos_eos = true});  // to the byte
    REQUIRE(written);
    CHECK(std::string_view(out, *written) == "Hi there");
    const auto refused = tokenizer.decode_to(ids, std::span(out, 7), {.remove_bos_eos = true});
    REQUIRE(!refused);
    CHECK(refused.error().code == cria::errc::output_too_small);
    CHECK(refused.error().expected.number() == 8);
    CHECK(refused.error().found.number() == 7);
    CHECK(tokenizer.decode_to({}, {}));
    CHECK(tokenizer.decode_to(id_list{99}, out).error().code == cria::errc::invalid_token);
}

TEST_CASE("an id outside the vocabulary is refused even where it would print nothing") {
    const auto tokenizer = make(with_bos_and_eos(sentencepiece(true), 1, 2), spm);
    const auto refused = tokenizer.decode(id_list{1, 7}, {.skip_special = true, .remove_bos_eos = true});
    REQUIRE(!refused);
    CHECK(refused.error().code == cria::errc::invalid_token);
    CHECK(refused.error().subject.view() == "ids[1]");
}

TEST_CASE("decoding does what its rules say, for any ids and options") {
    std::vector<token_spec> pieces = spm;
    pieces.push_back({" ", token_type::user_defined});
    pieces.push_back({"▁"});
    pieces.push_back({"u", token_type::unused});
    pieces.push_back({"<0x20>", token_type::byte});
    cria_test::random_numbers random(11);
    for (const bool is_llama_cpp : {false, true}) {
        for (const bool has_space : {false, true}) {
            auto with = with_bos_and_eos(sentencepiece(has_space), 1, 2);
            if (is_llama_cpp) with = in_llama_cpp(with);
            auto tokens = pieces;
            if (is_llama_cpp) tokens[6].text = "e";  // an empty text would be a note
            const auto tokenizer = make(with, tokens);
            for (int round = 0; round < 2000; ++round) {
                id_list ids(random.below(8));
                for (auto& id : ids) id = static_cast<bpe::token_id>(random.below(tokenizer.size()));
                const bpe::decode_options options = {.skip_special = random.below(2) == 0, .remove_bos_eos = random.below(2) == 0};
                CAPTURE(is_llama_cpp, has_space, ids, options.skip_special, options.remove_bos_eos);
                CHECK(decode(tokenizer, ids, options) == decoded_plainly(tokenizer, ids, options));
            }
        }
    }
}
