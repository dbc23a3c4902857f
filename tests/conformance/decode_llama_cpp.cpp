// SPDX-License-Identifier: MIT
// Compares decoding under compat::llama_cpp with llama.cpp itself, byte for byte; decode_llama_cpp.sh builds it.
//
// usage: <program> [--sequences N] [--seed N] VOCABULARY.gguf…
//
// For each vocabulary every id alone, then random sequences, under all flags of llama_token_to_piece and
// llama_detokenize; then the same for vocabularies of odd tokens made here. Exits 1 on any difference.

#include "cria/tokenizer_from_gguf.hpp"

#include <llama.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "cria/gguf/file.hpp"
#include "cria/utf8/validate.hpp"
#include "support/gguf_builder.hpp"
#include "support/random.hpp"

namespace {

namespace bpe = cria::bpe;
using texts = std::vector<std::string>;

auto printable(std::string_view bytes) -> std::string {
    std::string out;
    for (const char c : bytes) {
        char piece[8];
        const auto byte = static_cast<unsigned char>(c);
        std::snprintf(piece, sizeof piece, byte >= 0x20 && byte < 0x7F ? "%c" : "\\x%02X", byte);
        out += piece;
    }
    return out;
}

struct counts {
    std::uint64_t compared = 0;
    std::uint64_t different = 0;
};

class comparison {
public:
    comparison(const llama_vocab* theirs, const bpe::tokenizer& ours, std::string name) : theirs_(theirs), ours_(ours), name_(std::move(name)) {}

    /// A token by itself.
    void piece(bpe::token_id id) {
        for (const bool special : {false, true}) {
            char small[8];
            std::string expected(small, 0);
            int size = llama_token_to_piece(theirs_, id, small, sizeof small, 0, special);
            if (size >= 0) {
                expected.assign(small, static_cast<std::size_t>(size));
            } else {
                expected.resize(static_cast<std::size_t>(-size));
                llama_token_to_piece(theirs_, id, expected.data(), -size, 0, special);
            }
            const bool is_left_out = !special && ours_.is_special(id);
            if (!is_left_out && ours_.bytes(id) != expected && !has_note(id)) differ({&id, 1}, "piece", expected, ours_.bytes(id));
            if (is_left_out && !expected.empty()) differ({&id, 1}, "piece", expected, "");
            ++so_far.compared;
        }
    }

    void sequence(std::span<const bpe::token_id> ids) {
        for (const bool remove : {false, true})
            for (const bool unparse : {false, true}) {
                std::string expected(64, '\0');
                const auto n_ids = static_cast<std::int32_t>(ids.size());
                const auto room = [&] { return static_cast<std::int32_t>(expected.size()); };
                std::int32_t size = llama_detokenize(theirs_, ids.data(), n_ids, expected.data(), room(), remove, unparse);
                if (size < 0) {
                    expected.resize(static_cast<std::size_t>(-size));
                    size = llama_detokenize(theirs_, ids.data(), n_ids, expected.data(), room(), remove, unparse);
                }
                expected.resize(static_cast<std::size_t>(size));
                const auto text = ours_.decode(ids, {.skip_special = !unparse, .remove_bos_eos = remove});
                ++so_far.compared;
                const std::string flags = std::string(remove ? "remove " : "") + (unparse ? "unparse" : "");
                if (!text) differ(ids, flags, expected, text.error().message());
                else if (text->view() != expected) differ(ids, flags, expected, text->view());
            }
    }

    counts so_far;

private:
    /// Whether llama.cpp prints another text in the token's place: what decode() gives and bytes() does not.
    auto has_note(bpe::token_id id) const -> bool {
        const std::string_view text = ours_.text(id);
        if (text.empty() || !cria::utf8::is_valid(text)) return true;
        for (std::size_t at = 0; at < text.size(); at += cria::utf8::decode(text, at).length)
            if (bpe::code_point_to_byte(cria::utf8::decode(text, at).code_point) < 0) return ours_.kind() == bpe::algorithm::byte_level;
        return false;
    }

    void differ(std::span<const bpe::token_id> ids, std::string_view what, std::string_view expected, std::string_view found) {
        if (++so_far.different > 5) return;
        std::printf("%s, %.*s:", name_.c_str(), static_cast<int>(what.size()), what.data());
        for (const auto id : ids) std::printf(" %d", id);
        std::printf("\n  llama.cpp %s\n  cria      %s\n", printable(expected).c_str(), printable(found).c_str());
    }

    const llama_vocab* theirs_;
    const bpe::tokenizer& ours_;
    std::string name_;
};

/// Ids as they never come: any, the special ones, and those that begin with a space or are punctuation.
auto interesting_ids(const bpe::tokenizer& tokenizer) -> std::vector<std::vector<bpe::token_id>> {
    std::vector<std::vector<bpe::token_id>> groups(3);
    for (bpe::token_id id = 0; tokenizer.contains(id); ++id) {
        const std::string_view bytes = tokenizer.bytes(id);
        if (tokenizer.type(id) != bpe::token_type::normal) groups[0].push_back(id);
        if (!bytes.empty() && bytes[0] == ' ' && bytes.size() < 4) groups[1].push_back(id);
        if (bytes.size() == 1 || (!bytes.empty() && (bytes[0] == '\'' || bytes.substr(0, 2) == " '"))) groups[2].push_back(id);
    }
    if (tokenizer.special().bos) groups.push_back({*tokenizer.special().bos});
    if (tokenizer.special().eos) groups.push_back({*tokenizer.special().eos});
    std::erase_if(groups, [](const auto& group) { return group.empty(); });
    return groups;
}

auto compare(const std::string& path, const std::string& name, std::uint64_t n_sequences, std::uint64_t seed) -> counts {
    const auto file = cria::gguf::file::open(path);
    if (!file) return std::printf("%s: %s\n", name.c_str(), file.error().message().c_str()), counts{0, 1};
    const auto ours = cria::tokenizer_from(file->contents(), {.mode = bpe::compat::llama_cpp});
    if (!ours) return std::printf("%s: %s\n", name.c_str(), ours.error().message().c_str()), counts{0, 1};
    llama_model_params how = llama_model_default_params();
    how.vocab_only = true;
    llama_model* const model = llama_model_load_from_file(path.c_str(), how);
    if (model == nullptr) return std::printf("%s: llama.cpp does not load it\n", name.c_str()), counts{0, 1};
    const llama_vocab* const theirs = llama_model_get_vocab(model);

    comparison here(theirs, *ours, name);
    if (static_cast<std::size_t>(llama_vocab_n_tokens(theirs)) != ours->size()) ++here.so_far.different;
    for (bpe::token_id id = 0; ours->contains(id); ++id) {
        here.piece(id);
        here.sequence({&id, 1});
    }
    const auto groups = interesting_ids(*ours);
    cria_test::random_numbers random(seed);
    for (std::uint64_t i = 0; i < n_sequences; ++i) {
        std::vector<bpe::token_id> ids(random.below(16));
        for (auto& id : ids) {
            const std::uint64_t kind = random.below(groups.size() + 2);
            if (kind < groups.size()) id = groups[kind][random.below(groups[kind].size())];
            else id = static_cast<bpe::token_id>(random.below(ours->size()));
        }
        if (!ids.empty() && random.below(3) == 0 && ours->special().bos) ids.front() = *ours->special().bos;
        if (!ids.empty() && random.below(3) == 0 && ours->special().eos) ids.back() = *ours->special().eos;
        here.sequence(ids);
    }
    llama_model_free(model);
    std::printf("%s: %llu compared, %llu different\n", name.c_str(), static_cast<unsigned long long>(here.so_far.compared),
                static_cast<unsigned long long>(here.so_far.different));
    return here.so_far;
}

struct odd_token {
    std::string text;
    std::int32_t type = 1;
};

/// Tokens of every type with texts that converters do not write.
auto odd_tokens(bool is_byte_level) -> std::vector<odd_token> {
    std::vector<odd_token> tokens = {{"<unk>", 2}, {"<s>", 3}, {"</s>", 3}};
    if (is_byte_level) {
        for (unsigned byte = 0; byte < 256; ++byte) {
            const auto c = static_cast<char32_t>(bpe::byte_to_code_point(static_cast<std::uint8_t>(byte)));
            std::string text;
            if (c < 0x80) text += static_cast<char>(c);
            else text = {static_cast<char>(0xC0U | (c >> 6U)), static_cast<char>(0x80U | (c & 0x3FU))};
            tokens.push_back({text});
        }
        for (const char* text : {"日", "a日Ġb本", "Ġ日", " x", "a\xFF", "\xE2\x82", "\xC1\x81", "\xC0\x80z", "\xED\xA0\x80", "\xE0\x81\x81", "\xF0\x9F\x98\x80", "▁a", "Ġ.", "Ġ'", "Ġ's", "Ġn't", "Ġ're"})
            tokens.push_back({text});
    } else {
        for (unsigned byte = 0; byte < 256; ++byte) {
            char text[8];
            std::snprintf(text, sizeof text, "<0x%02X>", byte);
            tokens.push_back({text, byte == 0x41 ? 1 : 6});
        }
        for (const char* text : {"▁", "▁a", "▁▁", "a▁b▁", " x", " ", "\xE2\x96", "a\xFF", "日", "▁.", "▁'", "▁'s"}) tokens.push_back({text});
    }
    // One of each type, normal ones aside; 7 to 9 and 200 do not exist.
    for (const std::int32_t type : {0, 2, 3, 4, 5, 7, 200, -1}) {
        const std::string end = "_" + std::to_string(type);
        for (const std::string text : {"Ġ▁ a日", " leading", "<0x41>", "\xFF"}) tokens.push_back({text + end, type});
    }
    for (const char* text : {"<0x4a>", "<0xZZ>", "abc", "abcd", "abc-1", "abc 7x", "abc+f", "abc0x41", "abc\tb"}) tokens.push_back({text, 6});
    for (const std::int32_t type : {1, 0, 2, 3, 4, 5, 6}) tokens.push_back({"", type});
    // What these texts are for decides about their types.
    tokens.insert(tokens.end(), {{"<eos>", 5}, {"<|im_end|>", 6}, {"<|eot_id|>", 4}, {"<end_of_turn>", 1}, {"<|fim_prefix|>", 0}, {"<|channel|>", 3}, {"<|message|>", 5},
                                 {"<unused7>", 3}, {"<|end|>", 1}, {"<|return|>", 3}, {"<|call|>", 3}, {"<|tool_response>", 4}});
    return tokens;
}

struct odd_vocabulary {
    std::string name;
    std::string model;
    std::string pre;
    int add_space_prefix = -1;  // -1: no key
    int add_bos = -1;
    int add_eos = -1;
};

auto write_odd(const odd_vocabulary& like, const std::string& path) -> bool {
    const auto tokens = odd_tokens(like.model == "gpt2" && like.pre != "sarvam-moe");
    texts names;
    std::vector<std::int32_t> types;
    for (const auto& [text, type] : tokens) {
        names.push_back(text);
        types.push_back(type);
    }
    auto file = cria_test::gguf_builder()
                    .key("general.architecture", "llama")
                    .key("tokenizer.ggml.model", like.model)
                    .key("tokenizer.ggml.pre", like.pre)
                    .array("tokenizer.ggml.tokens", names)
                    .array("tokenizer.ggml.token_type", types)
                    .array("tokenizer.ggml.scores", std::vector<float>(names.size(), 0.0F))
                    .key("tokenizer.ggml.bos_token_id", std::uint32_t{1})
                    .key("tokenizer.ggml.eos_token_id", std::uint32_t{2})
                    .key("tokenizer.ggml.unknown_token_id", std::uint32_t{0});
    if (like.model != "llama") file.array("tokenizer.ggml.merges", texts{"a b"});
    if (like.add_space_prefix >= 0) file.key("tokenizer.ggml.add_space_prefix", like.add_space_prefix != 0);
    if (like.add_bos >= 0) file.key("tokenizer.ggml.add_bos_token", like.add_bos != 0);
    if (like.add_eos >= 0) file.key("tokenizer.ggml.add_eos_token", like.add_eos != 0);
    const auto bytes = file.build();
    std::FILE* const out = std::fopen(path.c_str(), "wb");
    if (out == nullptr) return false;
    const bool written = std::fwrite(bytes.data(), 1, bytes.size(), out) == bytes.size();
    return std::fclose(out) == 0 && written;
}

}  // namespace

auto main(int argc, char** argv) -> int {
    std::uint64_t n_sequences = 20000, seed = 1;
    std::vector<std::string> paths;
    for (int i = 1; i < argc; ++i) {
        const std::string argument = argv[i];
        if (argument == "--sequences" && i + 1 < argc) n_sequences = std::strtoull(argv[++i], nullptr, 10);
        else if (argument == "--seed" && i + 1 < argc) seed = std::strtoull(argv[++i], nullptr, 10);
        else paths.push_back(argument);
    }
    llama_log_set([](ggml_log_level, const char*, void*) {}, nullptr);
    llama_backend_init();
    counts all;
    const auto add = [&](const counts& more) {
        all.compared += more.compared;
        all.different += more.different;
    };
    for (const std::string& path : paths) add(compare(path, path.substr(path.find_last_of('/') + 1), n_sequences, seed));

    const odd_vocabulary odd[] = {
        {"odd bytes", "gpt2", "gpt-2"},
        {"odd bytes, no cleaning", "gpt2", "qwen2"},
        {"odd bytes with a space in front", "gpt2", "gpt-2", 1, 1, 1},
        {"odd pieces", "llama", "default"},
        {"odd pieces, BOS and EOS", "llama", "default", 1, 1, 1},
        {"odd pieces without a space in front", "llama", "default", 0, 0, 1},
        {"odd pieces of Gemma 4", "gemma4", "gemma4", -1, 1, 1},
        {"odd pieces of Sarvam", "gpt2", "sarvam-moe"},
    };
    char path[] = "/tmp/cria-decode-XXXXXX";
    const int made = mkstemp(path);
    for (const odd_vocabulary& like : odd) {
        if (made < 0 || !write_odd(like, path)) return std::fprintf(stderr, "cannot write %s\n", path), 2;
        add(compare(path, like.name, n_sequences, seed));
    }
    std::remove(path);
    std::printf("all: %llu compared, %llu different\n", static_cast<unsigned long long>(all.compared), static_cast<unsigned long long>(all.different));
    return all.different == 0 ? 0 : 1;
}
