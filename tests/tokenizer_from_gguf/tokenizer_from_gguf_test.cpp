// SPDX-License-Identifier: MIT
#include "cria/tokenizer_from_gguf.hpp"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cria/gguf/parse.hpp"
#include "support/catch.hpp"
#include "support/gguf_builder.hpp"
#include "support/random.hpp"
#include "support/shared_data.hpp"

namespace {

namespace bpe = cria::bpe;
using bpe::token_type;
using cria_test::gguf_builder;
using texts = std::vector<std::string>;
using id_list = std::vector<bpe::token_id>;

/// Twelve tokens, of which 11 is special, and a merge.
auto byte_level_file() -> gguf_builder {
    return gguf_builder()
        .key("tokenizer.ggml.model", "gpt2")
        .key("tokenizer.ggml.pre", "gpt-2")
        .array("tokenizer.ggml.tokens", texts{"a", "b", "c", "ab", "Ġ", "Ġa", "d", "e", "f", "g", "h", "<|endoftext|>"})
        .array("tokenizer.ggml.token_type", std::vector<std::int32_t>{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 3})
        .array("tokenizer.ggml.merges", texts{"a b", "Ġ a"});
}

auto sentencepiece_file() -> gguf_builder {
    return gguf_builder()
        .key("tokenizer.ggml.model", "llama")
        .array("tokenizer.ggml.tokens", texts{"<unk>", "<s>", "</s>", "<0x0A>", "▁", "a", "▁a"})
        .array("tokenizer.ggml.token_type", std::vector<std::int32_t>{2, 3, 3, 6, 1, 1, 1})
        .array("tokenizer.ggml.scores", std::vector<float>{0, 0, 0, 0, -3, -2, -1});
}

auto try_to_open(const gguf_builder& file, const bpe::tokenizer_options& options = {}) -> cria::result<bpe::tokenizer> {
    const auto bytes = file.build();
    CRIA_TRY(const auto contents, cria::gguf::parse({bytes.data(), bytes.size()}));
    return cria::tokenizer_from(contents, options);  // and the bytes go away: the tokenizer must not need them
}

auto open(const gguf_builder& file, const bpe::tokenizer_options& options = {}) -> bpe::tokenizer {
    auto opened = try_to_open(file, options);
    if (!opened) FAIL(opened.error().message());
    return *std::move(opened);
}

auto failure(const gguf_builder& file, const bpe::tokenizer_options& options = {}) -> cria::error {
    const auto opened = try_to_open(file, options);
    REQUIRE(!opened);
    return opened.error();
}

auto encode(const bpe::tokenizer& tokenizer, std::string_view text, const bpe::encode_options& options = {}) -> id_list {
    const auto ids = tokenizer.encode(text, options);
    REQUIRE(ids);
    return {ids->begin(), ids->end()};
}

auto has_note(const bpe::tokenizer& tokenizer, bpe::note::kind what, std::string_view subject = {}) -> bool {
    for (const bpe::note& note : tokenizer.notes())
        if (note.what == what && (subject.empty() || note.subject == subject)) return true;
    return false;
}

}  // namespace

TEST_CASE("a byte-level file gives a tokenizer that outlives it") {
    const auto tokenizer = open(byte_level_file());
    CHECK(tokenizer.kind() == bpe::algorithm::byte_level);
    CHECK(tokenizer.pre() == "gpt-2");
    CHECK(tokenizer.size() == 12);
    CHECK(encode(tokenizer, "ab ac") == id_list{3, 5, 2});
    CHECK(tokenizer.special().eos == 11);
    CHECK(!tokenizer.adds_bos());
}

TEST_CASE("a SentencePiece file has BOS, the space in front and the ids 0, 1, 2 unless it says otherwise") {
    const auto tokenizer = open(sentencepiece_file());
    CHECK(tokenizer.kind() == bpe::algorithm::sentencepiece);
    CHECK(tokenizer.pre().empty());
    CHECK(encode(tokenizer, "a\n", {.add_special = true}) == id_list{1, 6, 3});
    CHECK(tokenizer.special().bos == 1);
    CHECK(tokenizer.special().eos == 2);
    CHECK(tokenizer.special().unknown == 0);
    CHECK(!tokenizer.adds_eos());

    const auto other = open(sentencepiece_file()
                                .key("tokenizer.ggml.pre", "a name that nobody reads")
                                .key("tokenizer.ggml.add_bos_token", false)
                                .key("tokenizer.ggml.add_eos_token", true)
                                .key("tokenizer.ggml.add_space_prefix", false));
    CHECK(encode(other, "a", {.add_special = true}) == id_list{5, 2});
}

TEST_CASE("UNKNOWN of SentencePiece is the first token of that type, and id 0 only in a file without types") {
    const auto with_types = [](const std::vector<std::int32_t>& types) {
        return sentencepiece_file().without_key("tokenizer.ggml.token_type").array("tokenizer.ggml.token_type", types);
    };
    CHECK(open(sentencepiece_file().without_key("tokenizer.ggml.token_type")).special().unknown == 0);
    CHECK(open(with_types({3, 3, 3, 6, 2, 2, 1})).special().unknown == 4);
    CHECK(open(with_types({3, 3, 3, 6, 2, 2, 1}).key("tokenizer.ggml.unknown_token_id", std::uint32_t{5})).special().unknown == 5);
    for (const auto mode : {bpe::compat::hf, bpe::compat::llama_cpp}) {
        // Here the first token is for padding, say. What cannot be spelled is lost, and that is noted.
        const auto none = open(with_types({3, 3, 3, 6, 1, 1, 1}), {.mode = mode});
        CHECK(!none.special().unknown);
        CHECK(encode(none, "a€a", {.parse = bpe::parse_special::none}) == id_list{6, 5});
        CHECK(has_note(none, bpe::note::kind::missing_bytes));
    }
}

TEST_CASE("missing keys are named") {
    CHECK(failure(gguf_builder()).message() == "tokenizer.ggml.model: no such key");
    CHECK(failure(byte_level_file().without_key("tokenizer.ggml.tokens")).message() == "tokenizer.ggml.tokens: no such key");
    CHECK(failure(byte_level_file().without_key("tokenizer.ggml.merges")).message() == "tokenizer.ggml.merges: no such key");
    CHECK(failure(byte_level_file().without_key("tokenizer.ggml.merges")).code == cria::errc::missing_key);
    open(sentencepiece_file().without_key("tokenizer.ggml.scores"));
    open(byte_level_file().without_key("tokenizer.ggml.token_type"));
}

TEST_CASE("other algorithms are refused by name") {
    for (const char* model : {"bert", "t5", "rwkv", "gemma3", "no_vocab", "none", "LLAMA", ""}) {
        const cria::error why = failure(byte_level_file().without_key("tokenizer.ggml.model").key("tokenizer.ggml.model", model));
        CHECK(why.code == cria::errc::unsupported_tokenizer);
        CHECK(why.subject.view() == "tokenizer.ggml.model");
        CHECK(why.found.text() == model);
        CHECK(why.offset != cria::error::no_offset);
    }
}

TEST_CASE("a pre-tokenizer without rules is refused by name, and the caller may name another") {
    const auto file = byte_level_file().without_key("tokenizer.ggml.pre").key("tokenizer.ggml.pre", "from the future");
    const cria::error why = failure(file);
    CHECK(why.code == cria::errc::unsupported_pretokenizer);
    CHECK(why.subject.view() == "tokenizer.ggml.pre");
    CHECK(why.found.text() == "from the future");
    CHECK(why.offset != cria::error::no_offset);
    const auto tokenizer = open(file, {.pre = "llama-bpe"});
    CHECK(tokenizer.pre() == "llama-bpe");
}

TEST_CASE("a pre-tokenizer that the caller names is the caller's, and what the file has in its place is not read") {
    const cria::error why = failure(byte_level_file(), {.pre = "nonsense"});
    CHECK(why.code == cria::errc::unsupported_pretokenizer);
    CHECK(why.message() == "pre: unsupported pre-tokenizer: nonsense");
    CHECK(why.offset == cria::error::no_offset);
    const auto numbered = byte_level_file().without_key("tokenizer.ggml.pre").key("tokenizer.ggml.pre", std::uint32_t{1});
    CHECK(open(numbered, {.pre = "llama-bpe"}).pre() == "llama-bpe");
    CHECK(failure(numbered).code == cria::errc::wrong_type);
}

TEST_CASE("a byte-level file without a pre-tokenizer gets the default one and a note") {
    const auto tokenizer = open(byte_level_file().without_key("tokenizer.ggml.pre"));
    CHECK(tokenizer.pre() == "default");
    CHECK(has_note(tokenizer, bpe::note::kind::missing_pre, "tokenizer.ggml.pre"));
    const auto empty = open(byte_level_file().without_key("tokenizer.ggml.pre").key("tokenizer.ggml.pre", ""));
    CHECK(empty.pre() == "default");
    CHECK(has_note(empty, bpe::note::kind::missing_pre));
    const auto named = open(byte_level_file().without_key("tokenizer.ggml.pre"), {.pre = "gpt-2"});
    CHECK(!has_note(named, bpe::note::kind::missing_pre));
}

TEST_CASE("values of another type are refused with their key and place") {
    const auto check = [](std::string_view key, const gguf_builder& file) {
        CAPTURE(key);
        const cria::error why = failure(file);
        CHECK(why.code == cria::errc::wrong_type);
        CHECK(why.subject.view() == key);
        CHECK(why.offset != cria::error::no_offset);
    };
    const auto with = [](std::string_view key, const auto& value) { return byte_level_file().without_key(key).key(key, value); };
    for (const char* key : {"tokenizer.ggml.model", "tokenizer.ggml.pre", "tokenizer.ggml.tokens", "tokenizer.ggml.merges", "tokenizer.ggml.token_type",
                            "tokenizer.ggml.scores", "tokenizer.ggml.add_bos_token", "tokenizer.ggml.remove_extra_whitespaces"})
        check(key, with(key, std::uint32_t{1}));
    for (const char* key : {"tokenizer.ggml.bos_token_id", "tokenizer.ggml.fim_pre_token_id"}) {
        check(key, with(key, "1"));
        check(key, with(key, 1.0F));
    }
    check("tokenizer.ggml.tokens", byte_level_file().without_key("tokenizer.ggml.tokens").array("tokenizer.ggml.tokens", std::vector<std::int32_t>{1}));
    check("tokenizer.ggml.scores", byte_level_file().array("tokenizer.ggml.scores", texts(12, "1")));
    check("tokenizer.ggml.token_type",
          byte_level_file().without_key("tokenizer.ggml.token_type").array("tokenizer.ggml.token_type", std::vector<float>(12, 1)));
}

TEST_CASE("types and scores must be there for every token") {
    const auto few_types = failure(byte_level_file().without_key("tokenizer.ggml.token_type").array("tokenizer.ggml.token_type", std::vector<std::int32_t>(11, 1)));
    CHECK(few_types.code == cria::errc::invalid_vocabulary);
    CHECK(few_types.subject.view() == "tokenizer.ggml.token_type");
    CHECK(few_types.expected.number() == 12);
    CHECK(few_types.found.number() == 11);
    CHECK(failure(byte_level_file().array("tokenizer.ggml.scores", std::vector<float>(3))).subject.view() == "tokenizer.ggml.scores");
    const auto no_tokens = failure(byte_level_file().without_key("tokenizer.ggml.tokens").array("tokenizer.ggml.tokens", texts{}));
    CHECK(no_tokens.code == cria::errc::invalid_vocabulary);
    CHECK(no_tokens.offset != cria::error::no_offset);
    open(byte_level_file().array("tokenizer.ggml.scores", std::vector<float>(13)));
}

TEST_CASE("integers of any width are taken for ids and types, and any numbers for scores") {
    const auto file = [] { return byte_level_file().without_key("tokenizer.ggml.token_type"); };
    CHECK(open(file().array("tokenizer.ggml.token_type", std::vector<std::uint8_t>(12, 3))).type(0) == token_type::control);
    CHECK(open(file().array("tokenizer.ggml.token_type", std::vector<std::uint64_t>(12, 3))).type(11) == token_type::control);
    CHECK(open(file().array("tokenizer.ggml.token_type", std::vector<std::int64_t>(12, 4))).type(0) == token_type::user_defined);
    CHECK(open(byte_level_file().key("tokenizer.ggml.bos_token_id", std::int8_t{3})).special().bos == 3);
    CHECK(open(byte_level_file().key("tokenizer.ggml.bos_token_id", std::uint64_t{4})).special().bos == 4);

    const auto scored = [] { return sentencepiece_file().without_key("tokenizer.ggml.scores"); };
    CHECK(open(scored().array("tokenizer.ggml.scores", std::vector<double>(7, -0.5))).score(4) == -0.5F);
    CHECK(open(scored().array("tokenizer.ggml.scores", std::vector<std::int32_t>(7, -2))).score(4) == -2);
    CHECK(open(scored().array("tokenizer.ggml.scores", std::vector<double>(7, 1e300))).score(4) == std::numeric_limits<float>::infinity());
    CHECK(open(scored().array("tokenizer.ggml.scores", std::vector<double>(7, -1e300))).score(4) == -std::numeric_limits<float>::infinity());
}

TEST_CASE("types that do not exist are UNDEFINED, with a note") {
    const auto tokenizer = open(byte_level_file().without_key("tokenizer.ggml.token_type")
                                    .array("tokenizer.ggml.token_type", std::vector<std::int32_t>{-1, 7, 256, 300, 0, 1, 1, 1, 1, 1, 1, 3}));
    for (int id = 0; id < 5; ++id) CHECK(tokenizer.type(id) == token_type::undefined);
    CHECK(tokenizer.type(5) == token_type::normal);
    CHECK(has_note(tokenizer, bpe::note::kind::invalid_type));
}

TEST_CASE("special ids outside the vocabulary are ignored with a note, and the default stays") {
    const auto check = [](const auto& id) {
        const auto tokenizer = open(sentencepiece_file().key("tokenizer.ggml.bos_token_id", id).key("tokenizer.ggml.padding_token_id", id));
        CHECK(tokenizer.special().bos == 1);
        CHECK(!tokenizer.special().padding);
        CHECK(has_note(tokenizer, bpe::note::kind::id_out_of_range, "tokenizer.ggml.bos_token_id"));
        CHECK(has_note(tokenizer, bpe::note::kind::id_out_of_range, "tokenizer.ggml.padding_token_id"));
    };
    check(std::uint32_t{7});
    check(std::int32_t{-1});
    check(std::uint32_t{0xFFFFFFFF});
    check((std::numeric_limits<std::uint64_t>::max)());
}

TEST_CASE("id 11 is BOS and EOS by default only where it is special, as in Falcon's vocabulary") {
    const auto falcon = open(byte_level_file());
    CHECK(falcon.special().bos == 11);
    CHECK(falcon.special().eos == 11);
    const auto untyped = open(byte_level_file().without_key("tokenizer.ggml.token_type"));
    CHECK(untyped.special().eos == 11);
    const auto comma = open(byte_level_file()
                                .without_key("tokenizer.ggml.tokens")
                                .without_key("tokenizer.ggml.token_type")
                                .array("tokenizer.ggml.tokens", texts{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", ","}));
    CHECK(!comma.special().bos);
    CHECK(!comma.special().eos);
    const auto glm = open(byte_level_file(), {.pre = "glm4"});
    CHECK(!glm.special().bos);
    CHECK(glm.special().eos == 11);
}

TEST_CASE("id 11 is BOS and EOS by default in compat::llama_cpp, whatever it is") {
    const auto comma = [] {
        return byte_level_file().without_key("tokenizer.ggml.tokens").without_key("tokenizer.ggml.token_type").array(
            "tokenizer.ggml.tokens", texts{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", ","});
    };
    const bpe::tokenizer_options as_llama_cpp = {.mode = bpe::compat::llama_cpp};
    CHECK(open(comma(), as_llama_cpp).special().bos == 11);
    CHECK(open(comma(), as_llama_cpp).special().eos == 11);
    CHECK(!open(comma(), {.mode = bpe::compat::llama_cpp, .pre = "glm4"}).special().bos);
    CHECK(open(comma().key("tokenizer.ggml.eos_token_id", std::uint32_t{3}), as_llama_cpp).special().eos == 3);
    const auto few = byte_level_file().without_key("tokenizer.ggml.tokens").without_key("tokenizer.ggml.token_type").array("tokenizer.ggml.tokens", texts{"a", "b"});
    CHECK(!open(few, as_llama_cpp).special().eos);
}

TEST_CASE("every special id has its key, and the old names of three win") {
    struct named {
        const char* key;
        std::optional<bpe::token_id> bpe::special_ids::*id;
    };
    const named all[] = {
        {"bos", &bpe::special_ids::bos}, {"eos", &bpe::special_ids::eos}, {"eot", &bpe::special_ids::eot}, {"eom", &bpe::special_ids::eom},
        {"unknown", &bpe::special_ids::unknown}, {"padding", &bpe::special_ids::padding}, {"seperator", &bpe::special_ids::separator},
        {"mask", &bpe::special_ids::mask}, {"fim_pre", &bpe::special_ids::fim_prefix}, {"fim_suf", &bpe::special_ids::fim_suffix},
        {"fim_mid", &bpe::special_ids::fim_middle}, {"fim_pad", &bpe::special_ids::fim_pad}, {"fim_rep", &bpe::special_ids::fim_repo},
        {"fim_sep", &bpe::special_ids::fim_separator},
    };
    for (const named& role : all) {
        CAPTURE(role.key);
        const auto tokenizer = open(byte_level_file().key(std::string("tokenizer.ggml.") + role.key + "_token_id", std::uint32_t{9}));
        CHECK(tokenizer.special().*role.id == 9);
    }
    const auto both = open(byte_level_file().key("tokenizer.ggml.prefix_token_id", std::uint32_t{8}).key("tokenizer.ggml.fim_pre_token_id", std::uint32_t{9}));
    CHECK(both.special().fim_prefix == 8);
}

TEST_CASE("the pre-tokenizer decides about BOS and about ignoring merges, the file's flags win") {
    const auto file = [] { return byte_level_file().without_key("tokenizer.ggml.pre").key("tokenizer.ggml.pre", "llama-bpe"); };
    CHECK(open(file()).adds_bos());
    CHECK(!open(file().key("tokenizer.ggml.add_bos_token", false)).adds_bos());
    CHECK(open(byte_level_file().key("tokenizer.ggml.add_bos_token", true)).adds_bos());
    const auto without_merges = [](gguf_builder with) { return with.without_key("tokenizer.ggml.merges").array("tokenizer.ggml.merges", texts{}); };
    CHECK(encode(open(without_merges(file())), "ab") == id_list{3});
    CHECK(encode(open(without_merges(byte_level_file())), "ab") == id_list{0, 1});
}

TEST_CASE("a SentencePiece file with merges goes by their rank") {
    const auto file = gguf_builder()
                          .key("tokenizer.ggml.model", "llama")
                          .key("tokenizer.ggml.add_space_prefix", false)
                          .array("tokenizer.ggml.tokens", texts{"<unk>", "<s>", "</s>", "a", "b", "c", "ab", "bc"})
                          .array("tokenizer.ggml.scores", std::vector<float>{0, 0, 0, 0, 0, 0, -2, -1});
    CHECK(encode(open(file), "abc") == id_list{3, 7});
    CHECK(encode(open(gguf_builder(file).array("tokenizer.ggml.merges", texts{"a b", "b c"})), "abc") == id_list{6, 5});
}

namespace {

auto gemma4_file() -> gguf_builder {
    return gguf_builder()
        .key("tokenizer.ggml.model", "gemma4")
        .array("tokenizer.ggml.tokens", texts{"<pad>", "<eos>", "<bos>", "<unk>", "▁", "a", "▁a", "\n", "\n\n", "<0x0D>", "b", "c"})
        .array("tokenizer.ggml.token_type", std::vector<std::int32_t>{3, 3, 3, 2, 1, 1, 1, 1, 1, 6, 1, 3})
        .array("tokenizer.ggml.merges", texts{"▁ a"})
        .key("tokenizer.ggml.bos_token_id", std::uint32_t{2});
}

}  // namespace

TEST_CASE("a Gemma 4 file is character-level, needs no pre-tokenizer and has no default ids") {
    for (const auto mode : {bpe::compat::hf, bpe::compat::llama_cpp}) {
        const auto tokenizer = open(gemma4_file(), {.mode = mode});
        CHECK(tokenizer.kind() == bpe::algorithm::character_level);
        CHECK(tokenizer.pre() == "gemma4");
        CHECK(!has_note(tokenizer, bpe::note::kind::missing_pre));
        CHECK(encode(tokenizer, "a a\n\n\r", {.add_special = true}) == id_list{2, 5, 6, 8, 9});
        CHECK(!tokenizer.special().unknown);
        CHECK(tokenizer.special().eos != 11);
        const auto decoded = tokenizer.decode(id_list{6, 8});
        REQUIRE(decoded);
        CHECK(decoded->view() == " a\n\n");
    }
    CHECK(failure(gemma4_file().without_key("tokenizer.ggml.merges")).code == cria::errc::missing_key);
}

TEST_CASE("a Gemma 4 file has BOS in front even if it says no, and that is noted") {
    const auto tokenizer = open(gemma4_file().key("tokenizer.ggml.add_bos_token", false));
    CHECK(tokenizer.adds_bos());
    CHECK(has_note(tokenizer, bpe::note::kind::forced_bos, "tokenizer.ggml.add_bos_token"));
    CHECK(!has_note(open(gemma4_file().key("tokenizer.ggml.add_bos_token", true)), bpe::note::kind::forced_bos));
    CHECK(!has_note(open(gemma4_file()), bpe::note::kind::forced_bos));
}

TEST_CASE("the same spelling under the name of another model: gemma4 and sarvam-moe as pre-tokenizers of gpt2") {
    const auto named = [](const char* pre) {
        return gemma4_file().without_key("tokenizer.ggml.model").key("tokenizer.ggml.model", "gpt2").key("tokenizer.ggml.pre", pre);
    };
    const auto gemma = open(named("gemma4"));
    CHECK(gemma.kind() == bpe::algorithm::character_level);
    CHECK(gemma.special().eos == 11);  // default ids of gpt2
    const auto sarvam = open(named("sarvam-moe"));
    CHECK(!sarvam.adds_bos());
    CHECK(encode(sarvam, "a a\n\n") == id_list{5, 6, 7, 7});
}

TEST_CASE("kimi-k2 may have no merges") {
    const auto file = byte_level_file().without_key("tokenizer.ggml.merges").without_key("tokenizer.ggml.pre").key("tokenizer.ggml.pre", "kimi-k2");
    CHECK(encode(open(file), "ab") == id_list{0, 1});
}

TEST_CASE("Qwen's text is composed in compat::hf, others' is not, and the caller may say so") {
    const auto file = [](const char* pre) { return byte_level_file().without_key("tokenizer.ggml.pre").key("tokenizer.ggml.pre", pre); };
    using bpe::compat;
    using bpe::nfc_mode;
    const auto composes = [](const gguf_builder& from, const bpe::tokenizer_options& options = {}) {
        const auto tokenizer = open(from, options);
        return tokenizer.settings().nfc;
    };
    for (const bpe::pre_rule& rule : bpe::pre_rules()) {
        CAPTURE(rule.name);
        const std::string name(rule.name);
        CHECK(composes(file(name.c_str())) == (name == "qwen2" || name == "qwen35"));
        CHECK(!composes(file(name.c_str()), {.mode = compat::llama_cpp}));
    }
    CHECK(!composes(file("qwen2"), {.nfc = nfc_mode::off}));
    CHECK(composes(file("gpt-2"), {.nfc = nfc_mode::on}));
    CHECK(composes(file("gpt-2"), {.mode = compat::llama_cpp, .nfc = nfc_mode::on}));
    CHECK(composes(sentencepiece_file(), {.nfc = nfc_mode::on}));
    CHECK(!composes(sentencepiece_file()));
}

TEST_CASE("SentencePiece: where the space in front goes is as the file says, or as the caller says") {
    using bpe::prefix_space;
    const auto encoded = [](bool in_file, std::optional<prefix_space> asked, std::string_view text) {
        const auto file = sentencepiece_file().key("tokenizer.ggml.add_space_prefix", in_file);
        return encode(open(file, {.prefix = asked}), text, {.parse = bpe::parse_special::all});
    };
    CHECK(encoded(true, {}, "a</s>a") == id_list{6, 2, 6});
    CHECK(encoded(false, {}, "a</s>a") == id_list{5, 2, 5});
    CHECK(encoded(false, prefix_space::every_fragment, "a</s>a") == id_list{6, 2, 6});
    CHECK(encoded(true, prefix_space::first, "a</s>a") == id_list{6, 2, 5});
    CHECK(encoded(true, prefix_space::first, "</s>a") == id_list{2, 5});
    CHECK(encoded(true, prefix_space::first, " a") == id_list{6});   // there is one already
    CHECK(encoded(true, prefix_space::first, "▁a") == id_list{6});
    CHECK(encoded(true, prefix_space::every_fragment, " a") == id_list{4, 6});
    CHECK(encoded(true, prefix_space::never, "a</s>a") == id_list{5, 2, 5});
}

TEST_CASE("the caller's pretokenizer and order of special tokens reach the tokenizer") {
    const auto singly = [](std::string_view text, bpe::piece_ends end_at) {
        for (std::size_t i = 0; i < text.size(); ++i) end_at(i + 1);
    };
    CHECK(encode(open(byte_level_file(), {.split = bpe::pretokenizer::by(singly)}), "ab") == id_list{0, 1});
    CHECK(failure(sentencepiece_file(), {.split = bpe::pretokenizer::by(singly)}).code == cria::errc::invalid_argument);
    const auto longest = open(byte_level_file(), {.order = bpe::special_order::longest_first});
    CHECK(longest.settings().order == bpe::special_order::longest_first);
    const auto usual = open(byte_level_file()), usual_there = open(byte_level_file(), {.mode = bpe::compat::llama_cpp});
    CHECK(usual.settings().order == bpe::special_order::leftmost_longest);
    CHECK(usual_there.settings().order == bpe::special_order::longest_first);
    CHECK(usual_there.settings().split == bpe::pretokenizer(bpe::pretokenizer_family::gpt2, bpe::compat::llama_cpp));
}

TEST_CASE("Phi-3's special tokens swallow the white space behind them, by the model's name or architecture") {
    const auto ids_of = [](const gguf_builder& file, bpe::compat mode) {
        return encode(open(file, {.mode = mode}), "</s>\n a<s> a", {.parse = bpe::parse_special::all});
    };
    const id_list stripped = {2, 6, 1, 4, 6}, plain = {2, 4, 3, 6, 1, 4, 6};
    for (const auto mode : {bpe::compat::hf, bpe::compat::llama_cpp}) {
        CHECK(ids_of(sentencepiece_file().key("general.name", "Microsoft PHI-3 mini"), mode) == stripped);
        CHECK(ids_of(sentencepiece_file().key("general.name", "phi3"), mode) == stripped);
        CHECK(ids_of(sentencepiece_file().key("general.name", "Phi 3"), mode) == plain);
        CHECK(ids_of(sentencepiece_file().key("general.name", std::uint32_t{3}), mode) == plain);
    }
    CHECK(ids_of(sentencepiece_file().key("general.architecture", "phi3"), bpe::compat::hf) == stripped);
    CHECK(ids_of(sentencepiece_file().key("general.architecture", "phi3"), bpe::compat::llama_cpp) == plain);
}

TEST_CASE("the mask of some encoders swallows the white space before it") {
    const auto with_mask = [](const char* pre) {
        return byte_level_file().without_key("tokenizer.ggml.tokens").without_key("tokenizer.ggml.token_type").without_key("tokenizer.ggml.pre")
            .key("tokenizer.ggml.pre", pre)
            .array("tokenizer.ggml.tokens", texts{"a", "<mask>", "Ġ", "[MASK]"})
            .array("tokenizer.ggml.token_type", std::vector<std::int32_t>{1, 3, 1, 3});
    };
    const bpe::encode_options all = {.parse = bpe::parse_special::all};
    CHECK(encode(open(with_mask("jina-v2-de")), "a <mask> a", all) == id_list{0, 1, 2, 0});
    CHECK(encode(open(with_mask("gpt-2")), "a <mask> a", all) == id_list{0, 2, 1, 2, 0});
    CHECK(encode(open(with_mask("gpt-2").key("general.architecture", "nomic-bert-moe")), "a <mask>", all) == id_list{0, 1});
    CHECK(encode(open(with_mask("gpt-2").key("general.name", "Modern-BERT base")), "a [MASK] <mask>", all) == id_list{0, 3, 2, 1});
}

TEST_CASE("rules that are guesses, or that are not followed, are noted") {
    using kind = bpe::note::kind;
    CHECK(has_note(open(byte_level_file(), {.pre = "smaug-bpe"}), kind::merges_whole_pieces, "smaug-bpe"));
    CHECK(has_note(open(byte_level_file(), {.pre = "dbrx"}), kind::merges_whole_pieces, "dbrx"));
    CHECK(!has_note(open(byte_level_file(), {.pre = "llama-bpe"}), kind::merges_whole_pieces));
    CHECK(has_note(open(sentencepiece_file().key("tokenizer.ggml.remove_extra_whitespaces", true)), kind::keeps_extra_spaces,
                   "tokenizer.ggml.remove_extra_whitespaces"));
    CHECK(!has_note(open(sentencepiece_file().key("tokenizer.ggml.remove_extra_whitespaces", false)), kind::keeps_extra_spaces));
}

TEST_CASE("a file without merges, as kimi-k2 may be, is noted") {
    using kind = bpe::note::kind;
    const auto bare = [] { return byte_level_file().without_key("tokenizer.ggml.merges"); };
    const auto kimi = open(bare(), {.pre = "kimi-k2"});
    CHECK(has_note(kimi, kind::missing_merges, "tokenizer.ggml.merges"));
    CHECK(encode(kimi, "ab") == id_list{0, 1});
    CHECK(has_note(open(bare().array("tokenizer.ggml.merges", texts{})), kind::missing_merges, "tokenizer.ggml.merges"));
    CHECK(!has_note(open(byte_level_file(), {.pre = "kimi-k2"}), kind::missing_merges));
    CHECK(!has_note(open(sentencepiece_file()), kind::missing_merges));
}

TEST_CASE("smaug-bpe, dbrx and chatglm-bpe go by merges alone, as llama.cpp does, and that is noted") {
    for (const auto mode : {bpe::compat::hf, bpe::compat::llama_cpp}) {
        for (const char* pre : {"smaug-bpe", "dbrx", "chatglm-bpe"}) {
            const auto tokenizer = open(byte_level_file(), {.mode = mode, .pre = pre});
            CHECK(has_note(tokenizer, bpe::note::kind::merges_whole_pieces, pre));
            CHECK(encode(tokenizer, "ab") == id_list{3});
            const auto unmerged = byte_level_file().without_key("tokenizer.ggml.merges").array("tokenizer.ggml.merges", texts{"Ġ a"});
            CHECK(encode(open(unmerged, {.mode = mode, .pre = pre}), "ab") == id_list{0, 1});  // where Llama 3's rule finds `ab`
            CHECK(encode(open(unmerged, {.mode = mode, .pre = "llama-bpe"}), "ab") == id_list{3});
        }
    }
}

TEST_CASE("flipped bytes in real vocabularies give a tokenizer or an error, and such tokenizers work") {
    cria_test::random_numbers random(23);
    std::size_t n_tried = 0;
    for (const char* name : {"llama-spm", "gpt-2"}) {
        const auto whole = cria_test::read_whole(cria_test::vocabulary_path(name));
        if (!whole) return cria_test::skip("no vocabularies under CRIA_SHARED_DIR");
        for (int round = 0; round < 25; ++round) {
            auto bytes = *whole;
            for (std::uint64_t i = 0, n = 1 + random.below(4); i < n; ++i)
                bytes[random.below(bytes.size())] ^= static_cast<std::byte>(1U << random.below(8));
            const auto contents = cria::gguf::parse({bytes.data(), bytes.size()});
            if (!contents) continue;
            const auto tokenizer = cria::tokenizer_from(*contents);
            if (!tokenizer) continue;
            ++n_tried;
            const auto ids = tokenizer->encode("Once upon a time, \xE2\x82 é 12345\n\n</s>", {.add_special = true, .parse = bpe::parse_special::all});
            REQUIRE(ids);
            CHECK(tokenizer->decode(*ids));
        }
    }
    CHECK(n_tried > 5);  // the others have hit a length
}
