// SPDX-License-Identifier: MIT
// Encoding and decoding with byte-level vocabularies.
#include "cria/bpe/tokenizer.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "bpe/tiny_tokenizer.hpp"
#include "support/catch.hpp"
#include "support/random.hpp"

namespace {

namespace bpe = cria::bpe;
using bpe::parse_special;
using bpe::token_type;
using cria_test::all_bytes;
using cria_test::byte_level;
using cria_test::decode;
using cria_test::encode;
using cria_test::id_list;
using cria_test::make;
using cria_test::noted;
using cria_test::operator+;
using cria_test::pieces;
using cria_test::token_spec;

/// BPE of one piece by its definition, on texts. What is left and is no token is spelled in single characters.
auto merge_plainly(const std::vector<token_spec>& tokens, const std::vector<std::string>& merges, std::string_view piece,
                   bpe::compat mode = bpe::compat::hf) -> id_list {
    const bool is_hf = mode == bpe::compat::hf;
    std::map<std::string, bpe::token_id> ids;
    for (std::size_t i = 0; i < tokens.size(); ++i) ids[tokens[i].text] = static_cast<bpe::token_id>(i);
    std::map<std::pair<std::string, std::string>, std::size_t> ranks;
    std::map<std::string, bool> is_mentioned;
    for (std::size_t rank = 0; rank < merges.size(); ++rank) {
        const std::size_t space = merges[rank].find(' ');
        const std::string left = merges[rank].substr(0, space), right = merges[rank].substr(space + 1);
        // Of equal merges the last counts in Hugging Face's library, the first in llama.cpp.
        if (is_hf) ranks[{left, right}] = rank;
        else ranks.try_emplace({left, right}, rank);
        is_mentioned[left] = is_mentioned[right] = is_mentioned[left + right] = true;
    }
    std::vector<std::string> symbols;
    for (const char c : piece)
        if (const std::string text(1, c); !is_hf || ids.count(text) != 0 || is_mentioned[text]) symbols.push_back(text);
    for (;;) {
        std::size_t best = merges.size(), where = 0;
        for (std::size_t i = 0; i + 1 < symbols.size(); ++i) {
            const auto found = ranks.find({symbols[i], symbols[i + 1]});
            if (found == ranks.end() || found->second >= best) continue;
            best = found->second;
            where = i;
        }
        if (best == merges.size()) break;
        symbols[where] += symbols[where + 1];
        symbols.erase(symbols.begin() + static_cast<std::ptrdiff_t>(where) + 1);
    }
    id_list out;
    for (const std::string& symbol : symbols) {
        if (const auto found = ids.find(symbol); found != ids.end()) {
            out.push_back(found->second);
            continue;
        }
        for (const char c : symbol)
            if (const auto found = ids.find(std::string(1, c)); found != ids.end()) out.push_back(found->second);
    }
    return out;
}

const std::vector<token_spec> hello = all_bytes() + std::vector<token_spec>{{"he"}, {"ll"}, {"hell"}, {"hello"}, {"Ġhello"}};
const std::vector<std::string> hello_merges = {"h e", "l l", "he ll", "hell o", "Ġ hello"};

}  // namespace

TEST_CASE("pieces are merged by rank, then from the left") {
    const auto tokenizer = make(byte_level(), hello, hello_merges);
    CHECK(pieces(tokenizer, "hello hello") == "hello|Ġhello");
    CHECK(pieces(tokenizer, "hehe") == "he|he");
    CHECK(pieces(tokenizer, "lll") == "ll|l");
    CHECK(pieces(tokenizer, "hel lo") == "he|l|Ġ|l|o");
}

TEST_CASE("merging gives what the definition gives, with texts outside the vocabulary and merges listed twice") {
    cria_test::random_numbers random(7);
    for (int round = 0; round < 300; ++round) {
        const auto word = [&](std::uint64_t shortest, std::uint64_t longest) {
            std::string text(shortest + random.below(longest - shortest + 1), 'a');
            for (char& c : text) c = static_cast<char>('a' + random.below(3));
            return text;
        };
        std::vector<token_spec> tokens;  // any of a, b, c may be missing
        std::vector<std::string> texts;
        for (std::uint64_t i = 0, n = 1 + random.below(12); i < n; ++i) texts.push_back(word(1, 4));
        for (const std::string& text : texts) tokens.push_back({text});
        std::vector<std::string> merges;
        for (std::uint64_t i = 0, n = random.below(25); i < n; ++i) {
            const bool known = random.below(4) != 0;
            merges.push_back(known ? texts[random.below(texts.size())] + " " + texts[random.below(texts.size())] : word(1, 2) + " " + word(1, 2));
        }
        auto settings = byte_level();
        for (const auto mode : {bpe::compat::hf, bpe::compat::llama_cpp}) {
            settings.mode = mode;
            const auto tokenizer = make(settings, tokens, merges);
            for (const std::uint64_t longest : {6U, 31U, 33U, 200U}) {
                const std::string text = word(0, longest);
                CAPTURE(round, text, merges, mode == bpe::compat::hf);
                CHECK(encode(tokenizer, text) == merge_plainly(tokens, merges, text, mode));
            }
        }
    }
}

TEST_CASE("a token that no merges lead to is not used, unless the rule says to ignore merges") {
    const auto tokens = hello + std::vector<token_spec>{{"hi"}, {"Ġhi"}, {"ctl", token_type::control}};
    CHECK(pieces(make(byte_level("smaug-bpe"), tokens, hello_merges), "hi hi") == "h|i|Ġ|h|i");
    const auto ignoring = make(byte_level("llama-bpe"), tokens, hello_merges);
    CHECK(pieces(ignoring, "hi hi") == "hi|Ġhi");
    CHECK(pieces(ignoring, "hi hello hih") == "hi|Ġhello|Ġ|h|i|h");
    CHECK(pieces(ignoring, "ctl", {.parse = parse_special::none}) == "c|t|l");  // but not what text must not become
}

TEST_CASE("characters of the byte alphabet in a text are characters, not the bytes they stand for") {
    const auto tokenizer = make(byte_level(), hello, hello_merges);
    CHECK(encode(tokenizer, "Ġ") == id_list{0xC4, 0xA0});
    CHECK(encode(tokenizer, "Ċ") == id_list{0xC4, 0x8A});
    CHECK(decode(tokenizer, encode(tokenizer, "Ġhello Ċ")) == "Ġhello Ċ");
}

TEST_CASE("every byte encodes and decodes: all characters up to U+07FF and some above") {
    const auto tokenizer = make(byte_level(), all_bytes());
    std::string text;
    for (char32_t c = 0; c < 0x800; ++c) text += cria::utf8::encode(c).view();
    text += "€\xF0\x9F\x98\x80\xF4\x8F\xBF\xBF";
    const id_list ids = encode(tokenizer, text);
    CHECK(ids.size() == text.size());
    CHECK(decode(tokenizer, ids) == text);
}

TEST_CASE("text without bytes has no tokens but those that are added") {
    const auto tokens = all_bytes() + std::vector<token_spec>{{"<s>", token_type::control}, {"</s>", token_type::control}};
    auto settings = byte_level();
    settings.add_bos = settings.add_eos = true;
    settings.special.bos = 256;
    settings.special.eos = 257;
    const auto tokenizer = make(settings, tokens);
    CHECK(encode(tokenizer, "").empty());
    CHECK(encode(tokenizer, "", {.add_special = true}) == id_list{256, 257});
    CHECK(encode(tokenizer, "a", {.add_special = true}) == id_list{256, 'a', 257});
    CHECK(encode(tokenizer, "<s>a", {.add_special = true, .parse = parse_special::all}) == id_list{256, 256, 'a', 257});
    CHECK(tokenizer.adds_bos());
    CHECK(tokenizer.adds_eos());
}

TEST_CASE("BOS and EOS are only added where the vocabulary has them, and that is noted") {
    auto settings = byte_level();
    settings.add_bos = settings.add_eos = true;
    const auto tokenizer = make(settings, all_bytes());
    CHECK(encode(tokenizer, "a", {.add_special = true}) == id_list{'a'});
    CHECK(!tokenizer.adds_bos());
    CHECK(!tokenizer.adds_eos());
    CHECK(noted(tokenizer, bpe::note::kind::missing_bos) == 1);
    CHECK(noted(tokenizer, bpe::note::kind::missing_eos) == 1);
}

TEST_CASE("special tokens in a text become themselves as far as is asked for") {
    const auto tokens = hello + std::vector<token_spec>{{"<|c|>", token_type::control}, {"<u>", token_type::user_defined}, {"<?>", token_type::unknown}};
    const auto tokenizer = make(byte_level(), tokens, hello_merges);
    const std::string_view text = "<|c|>hello<u><?>";
    CHECK(pieces(tokenizer, text, {.parse = parse_special::all}) == "<|c|>|hello|<u>|<?>");
    CHECK(pieces(tokenizer, text) == "<|||c|||>|hello|<u>|<|?|>");
    CHECK(pieces(tokenizer, text, {.parse = parse_special::none}) == "<|||c|||>|hello|<|u|>|<|?|>");
    CHECK(pieces(tokenizer, "<|c|><|c|>", {.parse = parse_special::all}) == "<|c|>|<|c|>");
}

TEST_CASE("overlapping added tokens: the leftmost wins") {
    const auto tokens = all_bytes() + std::vector<token_spec>{{"ab", token_type::user_defined}, {"bcd", token_type::user_defined}};
    CHECK(pieces(make(byte_level(), tokens), "xabcdx") == "x|ab|c|d|x");
}

TEST_CASE("a special token's text is compared as it stands, and cuts pieces and merges") {
    const auto tokens = hello + std::vector<token_spec>{{"Ġx", token_type::user_defined}, {"  ", token_type::user_defined}, {"el", token_type::user_defined}};
    const auto tokenizer = make(byte_level(), tokens, hello_merges);
    CHECK(encode(tokenizer, " x") == id_list{' ', 'x'});
    CHECK(pieces(tokenizer, "aĠxb") == "a|Ġx|b");
    CHECK(pieces(tokenizer, "a  hello") == "a|  |h|el|l|o");
    CHECK(decode(tokenizer, encode(tokenizer, "aĠxb  hello")) == "aĠxb  hello");
}

TEST_CASE("offsets cover the text that was given, token by token") {
    const auto tokens = hello + std::vector<token_spec>{{"<u>", token_type::user_defined}, {"<s>", token_type::control}};
    auto settings = byte_level();
    settings.add_bos = settings.add_eos = true;
    settings.special.bos = settings.special.eos = 262;
    const auto tokenizer = make(settings, tokens, hello_merges);
    bpe::encoder encoder(tokenizer);
    const auto ids = encoder.encode_with_offsets("é hello<u>ll", {.add_special = true});
    REQUIRE(ids);
    const std::vector<bpe::byte_span> expected = {{0, 0}, {0, 1}, {1, 2}, {2, 8}, {8, 11}, {11, 13}, {13, 13}};
    CHECK(std::vector<bpe::byte_span>(encoder.offsets().begin(), encoder.offsets().end()) == expected);
    CHECK(ids->size() == expected.size());

    REQUIRE(encoder.encode("hello"));
    CHECK(encoder.offsets().empty());
}

TEST_CASE("ill-formed UTF-8 becomes one U+FFFD for each maximal subpart, and offsets still fit the text") {
    const auto tokenizer = make(byte_level(), all_bytes());
    const id_list replaced = {0xEF, 0xBF, 0xBD};
    CHECK(encode(tokenizer, "\xFF") == replaced);
    CHECK(encode(tokenizer, "\xE2\x82") == replaced);
    CHECK(encode(tokenizer, "\xE2\x82x") == id_list{0xEF, 0xBF, 0xBD, 'x'});
    CHECK(encode(tokenizer, "\xED\xA0\x80").size() == 9);
    CHECK(encode(tokenizer, "\xC0\x80").size() == 6);
    CHECK(encode(tokenizer, "\xF4\x90\x80\x80").size() == 12);

    bpe::encoder encoder(tokenizer);
    const auto ids = encoder.encode_with_offsets("a\xE2\x82z\xFFé");
    REQUIRE(ids);
    CHECK(std::vector<bpe::token_id>(ids->begin(), ids->end()) == id_list{'a', 0xEF, 0xBF, 0xBD, 'z', 0xEF, 0xBF, 0xBD, 0xC3, 0xA9});
    const std::vector<bpe::byte_span> expected = {{0, 1}, {1, 2}, {2, 3}, {3, 3}, {3, 4}, {4, 5}, {5, 5}, {5, 5}, {5, 6}, {6, 7}};
    CHECK(std::vector<bpe::byte_span>(encoder.offsets().begin(), encoder.offsets().end()) == expected);
}

TEST_CASE("ill-formed UTF-8 is refused with its offset where that is asked for") {
    const auto tokenizer = make(byte_level(), all_bytes() + std::vector<token_spec>{{"<u>", token_type::user_defined}});
    const bpe::encode_options strict = {.on_invalid = bpe::invalid_utf8::reject};
    const auto refused = tokenizer.encode("ab<u>é\xE2\x82", strict);
    REQUIRE(!refused);
    CHECK(refused.error().code == cria::errc::invalid_value);
    CHECK(refused.error().offset == 7);
    CHECK(refused.error().message() == "text: is not UTF-8 at byte 7");
    CHECK(encode(tokenizer, "é\xEF\xBF\xBD", strict).size() == 5);
}

TEST_CASE("bytes without a token are dropped before merging, and noted") {
    // Only a, b, c and a Euro sign's first two bytes are known.
    const std::vector<token_spec> tokens = {{"a"}, {"b"}, {"ab"}, {cria_test::in_byte_alphabet("\xE2")}, {cria_test::in_byte_alphabet("\x82")}};
    const auto tokenizer = make(byte_level(), tokens, {"a b"});
    CHECK(encode(tokenizer, "axb") == id_list{2});
    CHECK(encode(tokenizer, "xyz").empty());
    CHECK(encode(tokenizer, "€") == id_list{3, 4});
    CHECK(noted(tokenizer, bpe::note::kind::missing_bytes) == 256 - 13 - 4);

    bpe::encoder encoder(tokenizer);
    REQUIRE(encoder.encode_with_offsets("xaxbx"));
    const std::vector<bpe::byte_span> expected = {{1, 5}};
    CHECK(std::vector<bpe::byte_span>(encoder.offsets().begin(), encoder.offsets().end()) == expected);
}

TEST_CASE("a merged text that is no token is spelled in bytes, with their offsets") {
    const std::vector<token_spec> tokens = {{"a"}, {"b"}, {"abab"}};
    const auto tokenizer = make(byte_level(), tokens, {"a b", "ab ab"});
    CHECK(encode(tokenizer, "ab") == id_list{0, 1});
    CHECK(encode(tokenizer, "abab") == id_list{2});
    CHECK(encode(tokenizer, "ababab") == id_list{2, 0, 1});
    CHECK(noted(tokenizer, bpe::note::kind::merge_outside_vocabulary) == 1);
    bpe::encoder encoder(tokenizer);
    REQUIRE(encoder.encode_with_offsets("ababab"));
    const std::vector<bpe::byte_span> expected = {{0, 4}, {4, 5}, {5, 6}};
    CHECK(std::vector<bpe::byte_span>(encoder.offsets().begin(), encoder.offsets().end()) == expected);
}

TEST_CASE("encode_to says how much room it needs") {
    const auto tokenizer = make(byte_level(), all_bytes());
    bpe::encoder encoder(tokenizer);
    bpe::token_id room[4] = {-1, -1, -1, -1};
    const auto written = encoder.encode_to("abc", room);
    REQUIRE(written);
    CHECK(*written == 3);
    CHECK((room[0] == 'a' && room[2] == 'c' && room[3] == -1));
    const auto refused = encoder.encode_to("abcde", room);
    REQUIRE(!refused);
    CHECK(refused.error().code == cria::errc::output_too_small);
    CHECK(refused.error().expected.number() == 5);
    CHECK(encoder.encode_to("", {}).value_or(9U) == 0);
}

TEST_CASE("decode refuses ids outside the vocabulary and says which") {
    const auto tokenizer = make(byte_level(), all_bytes());
    for (const bpe::token_id bad : {256, -1, 0x7FFFFFFF}) {
        const id_list ids = {'a', 'b', bad};
        const auto refused = tokenizer.decode(ids);
        REQUIRE(!refused);
        CHECK(refused.error().code == cria::errc::invalid_token);
        CHECK(refused.error().subject.view() == "ids[2]");
        CHECK(refused.error().expected.number() == 256);
        CHECK(refused.error().found.number() == static_cast<std::uint32_t>(bad));
    }
    CHECK(decode(tokenizer, {}).empty());
}

TEST_CASE("decode gives bytes as they are, also half a character, and skips special tokens if asked") {
    const auto tokens = all_bytes() + std::vector<token_spec>{{"<c>", token_type::control}, {"<u>", token_type::user_defined}, {"<?>", token_type::unknown}};
    const auto tokenizer = make(byte_level(), tokens);
    CHECK(decode(tokenizer, {0xE2, 0x82}) == "\xE2\x82");
    CHECK(decode(tokenizer, {'a', 256, 257, 258, 'b'}) == "a<c><u><?>b");
    CHECK(decode(tokenizer, {'a', 256, 257, 258, 'b'}, {.skip_special = true}) == "a<u>b");
    CHECK(decode(tokenizer, {' ', 'a'}) == " a");  // no space is dropped here
}

TEST_CASE("encoders of two tokenizers take turns without disturbing each other") {
    const auto words = make(byte_level(), hello, hello_merges), bytes = make(byte_level(), all_bytes());
    bpe::encoder first(words), second(bytes);
    for (int i = 0; i < 3; ++i) {
        const auto a = first.encode("hello");
        REQUIRE(a);
        const auto b = second.encode("hello");
        REQUIRE(b);
        CHECK(a->size() == 1);
        CHECK(b->size() == 5);
    }
}

TEST_CASE("a tokenizer tells about its tokens") {
    const auto tokens = hello + std::vector<token_spec>{{"<c>", token_type::control, 2.5F}, {"<?>", token_type::unknown}};
    const auto tokenizer = make(byte_level(), tokens, hello_merges);
    CHECK(tokenizer.size() == 263);
    CHECK(tokenizer.kind() == bpe::algorithm::byte_level);
    CHECK(tokenizer.pre() == "gpt-2");
    CHECK(tokenizer.text(260) == "Ġhello");
    CHECK(tokenizer.bytes(260) == " hello");
    CHECK(tokenizer.find("Ġhello") == 260);
    CHECK(!tokenizer.find(" hello"));
    CHECK(tokenizer.type(261) == token_type::control);
    CHECK(tokenizer.score(261) == 2.5F);
    CHECK(tokenizer.is_control(261));
    CHECK(!tokenizer.is_control(262));
    CHECK(tokenizer.is_special(262));
    CHECK(!tokenizer.is_special(260));
    CHECK(tokenizer.contains(262));
    CHECK(!tokenizer.contains(263));
}

TEST_CASE("a megabyte without a boundary is one piece and ends: one letter, two letters, random letters") {
    const auto tokens = hello + std::vector<token_spec>{{"aa"}, {"aaaa"}, {"aaaaaaaa"}, {"ab"}, {"abab"}};
    auto merges = hello_merges;
    for (const char* merge : {"a a", "aa aa", "aaaa aaaa", "a b", "ab ab"}) merges.emplace_back(merge);
    const auto tokenizer = make(byte_level(), tokens, merges);
    constexpr std::size_t n = 1'000'000, fewer = 200'000;  // quadratic work would take minutes for these too
    CHECK(encode(tokenizer, std::string(n, 'a')).size() == n / 8);
    std::string text;
    while (text.size() < fewer) text += "ab";
    CHECK(encode(tokenizer, text).size() == fewer / 4);
    cria_test::random_numbers random(11);
    for (char& c : text) c = static_cast<char>('a' + random.below(26));
    CHECK(decode(tokenizer, encode(tokenizer, text)) == text);
    CHECK(decode(tokenizer, encode(tokenizer, std::string(fewer, ' '))) == std::string(fewer, ' '));
    CHECK(encode(tokenizer, std::string(100'000, '\xFF')).size() == 300'000);
}

TEST_CASE("text never becomes a CONTROL or UNKNOWN token by itself") {
    const std::vector<token_spec> tokens = all_bytes() + std::vector<token_spec>{{"ST", token_type::control}, {"OP"}, {"STOP", token_type::unknown}};
    auto settings = bpe::tokenizer_settings{};
    settings.pre = *bpe::find_pre("gpt-2");
    CHECK(encode(make(settings, tokens, {"S T", "O P", "ST OP"}), "STOP") == id_list{'S', 'T', 257});
    settings.pre = *bpe::find_pre("llama-bpe");  // looks whole pieces up
    CHECK(encode(make(settings, tokens, {"O P"}), "STOP") == id_list{'S', 'T', 257});
    CHECK(encode(make(settings, tokens, {"O P"}), "ST", {.parse = parse_special::all}) == id_list{256});
}

TEST_CASE("text decodes to itself also where the vocabulary has UNUSED and BYTE tokens of that text") {
    const std::vector<token_spec> tokens = all_bytes() + std::vector<token_spec>{
        {"Ġ<", token_type::unused}, {"<0"}, {"x4"}, {"<0x4"}, {"1>"}, {"<0x41>", token_type::byte}, {"ab", token_type::byte}};
    const std::vector<std::string> merges = {"Ġ <", "< 0", "x 4", "<0 x4", "1 >", "<0x4 1>", "a b"};
    for (const char* pre : {"gpt-2", "llama-bpe"}) {  // the second one looks whole pieces up
        auto settings = byte_level(pre);
        settings.split = bpe::pretokenizer::by([](std::string_view text, bpe::piece_ends end_at) {
            if (text.front() == ' ' && text.size() > 2) end_at(2);
            end_at(text.size());
        });
        const auto tokenizer = make(settings, tokens, merges);
        CHECK(encode(tokenizer, " <") == id_list{256});
        CHECK(tokenizer.bytes(256) == " <");
        CHECK(tokenizer.type(256) == token_type::unused);
        CHECK(pieces(tokenizer, "<0x41>") == "<0x4|1>");
        CHECK(encode(tokenizer, "ab") == id_list{'a', 'b'});
        for (const std::string_view text : {" <", "<0x41>", " <0x41>ab", "ab"}) CHECK(decode(tokenizer, encode(tokenizer, text)) == text);
        // llama.cpp prints nothing for the one and a byte for the other.
        settings.mode = bpe::compat::llama_cpp;
        const auto llama_cpp = make(settings, tokens, merges);
        CHECK(encode(llama_cpp, " <") == id_list{256});
        CHECK(encode(llama_cpp, "<0x41>") == id_list{261});
        CHECK(decode(llama_cpp, {256, 261}) == "A");
    }
    // A byte's own token may be of any type.
    CHECK(encode(make(byte_level("llama-bpe"), {{"a", token_type::byte}}), "a") == id_list{0});
}
