// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_BPE_PLAIN_ENCODER_HPP
#define CRIA_TESTS_BPE_PLAIN_ENCODER_HPP

#include <algorithm>  // find
#include <array>
#include <cmath>  // isnan
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cria/bpe/encoding.hpp"  // encode_options
#include "cria/bpe/pretokenize.hpp"
#include "cria/bpe/tables.hpp"  // tokenizer_settings
#include "cria/utf8/code_point.hpp"
#include "cria/utf8/nfc.hpp"
#include "fuzz/special_partition.hpp"  // find_plainly

// The twin that bpe::encoder is held against: the ids of a text by their definition, cubic and simple.
//
// It works on texts where the library works on numbers. Symbols are strings; tokens and merges are found by what stands
// in the file; the best pair is looked for among all pairs each time. Byte-level text is written in the byte alphabet
// first, as its vocabulary is. Of the library it uses what other tests hold against oracles of their own: the
// pretokenizers, composition, and UTF-8 one character at a time. Token types are the file's: vocabularies must not have
// texts to which cria gives a role (special_roles.hpp), nor tokens above the length that scores merge into.

namespace cria_test {

/// A token as it stands in a file.
struct plain_token {
    std::string text;
    cria::bpe::token_type type = cria::bpe::token_type::normal;
    float score = 0;
};

/// A segment that owns its text.
struct text_part {
    std::string text;
    cria::bpe::parse_special parse = cria::bpe::parse_special::user_defined;
};

/// How byte-level vocabularies write each byte, by the definition: printable Latin-1 stands for itself, the rest in
/// ascending order is U+0100 and up.
[[nodiscard]] inline auto written_bytes() -> const std::array<std::string, 256>& {
    static const auto made = [] {
        std::array<std::string, 256> texts;
        char32_t next = 0x100;
        for (char32_t byte = 0; byte < 256; ++byte) {
            const bool is_printable = (byte >= 0x21 && byte <= 0x7E) || (byte >= 0xA1 && byte <= 0xAC) || byte >= 0xAE;
            texts[byte] = cria::utf8::encode(is_printable ? byte : next++).view();
        }
        return texts;
    }();
    return made;
}
[[nodiscard]] inline auto written_in_bytes(std::string_view bytes) -> std::string {
    std::string text;
    for (const char byte : bytes) text += written_bytes()[static_cast<unsigned char>(byte)];
    return text;
}
/// What the vocabulary calls a byte that it spells: <0x0A>.
[[nodiscard]] inline auto name_of_byte(unsigned char byte) -> std::string {
    constexpr char digits[] = "0123456789ABCDEF";
    return std::string("<0x") + digits[byte >> 4U] + digits[byte & 0xFU] + '>';
}

/// A text in characters as long as their first byte says, the last one as far as the text goes.
[[nodiscard]] inline auto characters_of(std::string_view text) -> std::vector<std::string> {
    std::vector<std::string> characters;
    while (!text.empty()) {
        const auto lead = static_cast<unsigned char>(text[0]);
        const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
        characters.emplace_back(text.substr(0, length));
        text.remove_prefix(characters.back().size());
    }
    return characters;
}

/// Encoding by its definition.
class plain_encoder {
public:
    using id_list = std::vector<cria::bpe::token_id>;

    plain_encoder(const cria::bpe::tokenizer_settings& settings, const std::vector<plain_token>& tokens, const std::vector<std::string>& merges)
        : settings_(settings) {
        for (std::size_t i = 0; i < tokens.size(); ++i) {
            plain_token token = tokens[i];
            if (is_hf_ && !is_byte_level_ && token.type == type::normal && is_name_of_byte(token.text)) token.type = type::byte;
            if (!token.text.empty()) ids_[token.text] = i;
            specials_.push_back({is_hf_ ? token.text : spread(token.text), token.type});
            tokens_.push_back(std::move(token));
        }
        if (is_sentencepiece_ && !is_hf_) return;  // it goes by score there
        for (std::size_t rank = 0; rank < merges.size(); ++rank) {
            const std::string& merge = merges[rank];
            const std::size_t space = merge.find(' ', 1);
            if (space == std::string::npos || space + 1 == merge.size()) continue;
            const auto parts = std::pair(merge.substr(0, space), merge.substr(space + 1));
            if (is_byte_level_ && (!is_written_in_bytes(parts.first) || !is_written_in_bytes(parts.second))) continue;
            mentioned_.insert({parts.first, parts.second});
            // Of equal merges the last counts in Hugging Face's library, the first in llama.cpp.
            if (is_hf_) ranks_[parts] = rank;
            else ranks_.try_emplace(parts, rank);
        }
    }

    /// The ids of the parts as segments; options.parse is not used. The text must not be one that options.on_invalid rejects.
    [[nodiscard]] auto encode(const std::vector<text_part>& parts, const cria::bpe::encode_options& options) const -> id_list {
        std::string text;
        std::vector<bool> is_untrusted;  // of each byte
        found_specials found;
        for (const text_part& part : parts) {
            for (const auto& [begin, id] : find_specials(part)) found.emplace_back(text.size() + begin, id);
            text += part.text;
            is_untrusted.resize(text.size(), part.parse == cria::bpe::parse_special::none);
        }
        const auto bos = settings_.special.bos, eos = settings_.special.eos;
        const bool has_bos = !found.empty() && found[0].first == 0 && found[0].second == bos;
        output out;
        if (options.add_special && settings_.add_bos && bos && !(has_bos && options.dedup_bos)) out.ids.push_back(*bos);
        std::size_t at = 0;
        for (std::size_t i = 0; i <= found.size(); ++i) {
            const bool is_last = i == found.size();
            std::string_view fragment = std::string_view(text).substr(at, (is_last ? text.size() : found[i].first) - at);
            if (i > 0 && strips_after(found[i - 1].second)) {
                while (const std::size_t n = white_space_before(fragment)) {
                    fragment.remove_prefix(n);
                    at += n;
                }
            }
            if (!is_last && strips_before(found[i].second))
                while (const std::size_t n = white_space_behind(fragment)) fragment.remove_suffix(n);
            const auto first = is_untrusted.begin() + static_cast<std::ptrdiff_t>(at), last = first + static_cast<std::ptrdiff_t>(fragment.size());
            out.is_untrusted = std::find(first, last, true) != last;
            if (!fragment.empty()) encode_fragment(fragment, at == 0, options.on_invalid, out);
            if (is_last) break;
            out.ids.push_back(found[i].second);
            at = found[i].first + text_of(found[i].second).size();
        }
        if (options.add_special && settings_.add_eos && eos) out.ids.push_back(*eos);
        return out.ids;
    }

private:
    using type = cria::bpe::token_type;
    using compat = cria::bpe::compat;
    using invalid_utf8 = cria::bpe::invalid_utf8;
    using priority = std::pair<bool, double>;  // less is sooner; scores that are not a number come behind all others

    struct output {
        id_list ids;
        std::size_t piece_begin = 0;  // in the ids
        bool is_untrusted = false;    // whether what is between two special tokens holds text that is
    };
    struct rewritten {
        std::string text, cut;  // what is merged, and what is cut: there surrogates are private characters
    };
    static constexpr const char* escaped_space = "\xE2\x96\x81";

    [[nodiscard]] static auto is_name_of_byte(std::string_view text) -> bool {
        constexpr std::string_view digits = "0123456789ABCDEF";
        return text.size() == 6 && text.substr(0, 3) == "<0x" && digits.find(text[3]) != digits.npos && digits.find(text[4]) != digits.npos && text[5] == '>';
    }
    [[nodiscard]] static auto is_written_in_bytes(std::string_view text) -> bool {
        for (const std::string& character : characters_of(text))
            if (std::find(written_bytes().begin(), written_bytes().end(), character) == written_bytes().end()) return false;
        return true;
    }

    // Special tokens, and white space next to them.

    /// llama.cpp finds those that are not UTF-8, too. find_plainly does not, so for it each byte becomes a character.
    [[nodiscard]] auto find_specials(const text_part& part) const -> found_specials {
        if (is_hf_) return find_plainly(specials_, part.text, part.parse, order_);
        found_specials found = find_plainly(specials_, spread(part.text), part.parse, order_);
        for (auto& [begin, id] : found) begin /= 2;
        return found;
    }
    [[nodiscard]] static auto spread(std::string_view bytes) -> std::string {
        std::string text;
        for (const char byte : bytes) text += cria::utf8::encode(0x100U + static_cast<unsigned char>(byte)).view();
        return text;
    }
    [[nodiscard]] auto text_of(cria::bpe::token_id id) const -> std::string_view { return tokens_[static_cast<std::size_t>(id)].text; }
    [[nodiscard]] auto strips_after(cria::bpe::token_id id) const -> bool {
        return settings_.strips_after_special && text_of(id) != "<unk>" && text_of(id) != "<s>" && text_of(id) != "<|endoftext|>";
    }
    [[nodiscard]] auto strips_before(cria::bpe::token_id id) const -> bool { return !settings_.strips_before.empty() && text_of(id) == settings_.strips_before; }
    [[nodiscard]] auto is_white_space(char32_t c) const -> bool {
        if (c == ' ' || (c >= 0x9 && c <= 0xD)) return true;
        return is_hf_ && (c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
                          c == 0x205F || c == 0x3000);
    }
    [[nodiscard]] auto white_space_before(std::string_view text) const -> std::size_t {
        const auto first = cria::utf8::decode(text);
        return first.valid && is_white_space(first.code_point) ? first.length : 0;
    }
    [[nodiscard]] auto white_space_behind(std::string_view text) const -> std::size_t {
        for (std::size_t n = 1; n <= 4 && n <= text.size(); ++n) {
            const auto last = cria::utf8::decode(text, text.size() - n);
            if (last.valid && last.length == n) return is_white_space(last.code_point) ? n : 0;
        }
        return 0;
    }

    // Rewriting.

    /// llama.cpp's reading of bytes that are not UTF-8: what the first byte announces, if continuation bytes follow;
    /// or one byte that stands for U+FFFD.
    [[nodiscard]] static auto read_leniently(std::string_view text) -> std::pair<char32_t, std::size_t> {
        const std::string character = characters_of(text)[0];
        const auto lead = static_cast<unsigned char>(character[0]);
        const std::size_t announced = lead >= 0xF8 || lead < 0xC0 ? 0 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
        if (character.size() != announced) return {cria::utf8::replacement_character, 1};
        char32_t value = lead & (0x7FU >> announced);
        for (std::size_t i = 1; i < announced; ++i) {
            const auto byte = static_cast<unsigned char>(character[i]);
            if (byte < 0x80 || byte >= 0xC0) return {cria::utf8::replacement_character, 1};
            value = value * 64 + (byte - 0x80U);
        }
        if (value > 0x10FFFF) return {cria::utf8::replacement_character, 1};
        return {value, announced};
    }

    [[nodiscard]] auto composed(std::string_view text) const -> std::string {
        if (!settings_.nfc) return std::string(text);
        std::string out;
        cria::utf8::nfc_normalizer composing;
        static_cast<void>(composing.run(text, [&](std::size_t, std::size_t, std::string_view part) { out += part; }));
        return out;
    }

    [[nodiscard]] auto rewrite(std::string_view fragment, invalid_utf8 how) const -> rewritten {
        const bool escapes_spaces = is_sentencepiece_ || settings_.pre.escape_whitespaces;
        const bool is_lenient = how == invalid_utf8::llama_cpp || (how == invalid_utf8::automatic && !is_hf_);
        rewritten out;
        const auto put = [&](std::string_view text, std::string_view cut) {
            out.text += text;
            out.cut += cut;
        };
        for (std::size_t at = 0; at < fragment.size();) {
            std::size_t end = at;
            for (auto here = cria::utf8::decode(fragment, end); here.valid; here = cria::utf8::decode(fragment, end)) end += here.length;
            const std::string stretch = composed(fragment.substr(at, end - at));
            put(stretch, stretch);
            at = end;
            if (at == fragment.size()) break;
            const std::string_view ill = fragment.substr(at, cria::utf8::decode(fragment, at).length);
            at += ill.size();
            if (!is_lenient) {
                put(cria::utf8::replacement_text, cria::utf8::replacement_text);
            } else if (is_sentencepiece_) {
                put(ill, ill);
            } else {
                auto [code_point, length] = read_leniently(fragment.substr(at - ill.size()));
                // A space that is escaped before it is seen is none afterwards.
                if (escapes_spaces && code_point == ' ') {
                    code_point = cria::utf8::replacement_character;
                    length = 1;
                }
                at += length - ill.size();
                if (code_point >= 0xD800 && code_point <= 0xDFFF) {
                    const char surrogate[] = {'\xED', static_cast<char>(0x80U | (code_point >> 6U & 0x3FU)), static_cast<char>(0x80U | (code_point & 0x3FU))};
                    put({surrogate, 3}, "\xEE\x80\x80");
                } else {
                    const auto character = cria::utf8::encode(code_point);
                    put(character.view(), character.view());
                }
            }
        }
        if (escapes_spaces)
            for (std::string* const text : {&out.text, &out.cut})
                for (std::size_t space = text->find(' '); space != std::string::npos; space = text->find(' ')) text->replace(space, 1, escaped_space);
        return out;
    }

    void encode_fragment(std::string_view fragment, bool is_at_start, invalid_utf8 how, output& out) const {
        using cria::bpe::prefix_space;
        const rewritten made = rewrite(fragment, how);
        if (is_sentencepiece_) {
            const bool is_first = is_at_start && !made.text.starts_with(escaped_space);
            const bool goes_here = settings_.prefix == prefix_space::every_fragment || (settings_.prefix == prefix_space::first && is_first);
            encode_piece((settings_.add_space_prefix && goes_here ? escaped_space : "") + made.text, out);
            return;
        }
        cria::bpe::pretokenize(settings_.pre.family, settings_.mode, made.cut, [&](std::size_t begin, std::size_t end) {
            encode_piece(std::string_view(made.text).substr(begin, end - begin), out);
        });
    }

    // Merging.

    [[nodiscard]] auto find(const std::string& text) const -> const plain_token* {
        const auto found = ids_.find(text);
        return found == ids_.end() ? nullptr : &tokens_[found->second];
    }
    [[nodiscard]] static auto is_special(const plain_token* token) -> bool { return token->type == type::control || token->type == type::unknown; }

    /// Whether text may merge into this token, in hf not into those that are only there to be written out.
    [[nodiscard]] auto is_merged(const plain_token* token) const -> bool { return !is_hf_ || (!is_special(token) && token->type != type::byte); }

    [[nodiscard]] auto priority_of(const std::string& left, const std::string& right) const -> std::optional<priority> {
        const plain_token* const token = find(left + right);
        if (token != nullptr && !is_merged(token)) return std::nullopt;
        if (is_by_rank()) {
            const auto found = ranks_.find({left, right});
            return found == ranks_.end() ? std::nullopt : std::optional(priority(false, static_cast<double>(found->second)));
        }
        if (token == nullptr) return std::nullopt;
        if (std::isnan(token->score)) return priority(true, 0);
        return priority(false, -static_cast<double>(token->score));
    }
    [[nodiscard]] auto is_by_rank() const -> bool { return !is_sentencepiece_ || !ranks_.empty(); }

    void merge(std::vector<std::string>& symbols) const {
        for (;;) {
            std::size_t where = symbols.size();
            std::optional<priority> best;
            for (std::size_t i = 0; i + 1 < symbols.size(); ++i) {
                const auto here = priority_of(symbols[i], symbols[i + 1]);
                if (!here || (best && *best <= *here)) continue;
                best = here;
                where = i;
            }
            if (!best) return;
            symbols[where] += symbols[where + 1];
            symbols.erase(symbols.begin() + static_cast<std::ptrdiff_t>(where) + 1);
        }
    }

    // Spelling.

    [[nodiscard]] auto id_of(const plain_token* token) const -> cria::bpe::token_id { return static_cast<cria::bpe::token_id>(token - tokens_.data()); }

    /// Gives the token of this text; or says that there is none, and gives nothing.
    auto give(const std::string& text, output& out) const -> bool {
        const plain_token* const token = find(text);
        if (token == nullptr || !is_merged(token) || (out.is_untrusted && is_special(token))) return false;
        out.ids.push_back(id_of(token));
        return true;
    }

    void encode_piece(std::string_view piece, output& out) const {
        out.piece_begin = out.ids.size();
        const std::string text = is_byte_level_ ? written_in_bytes(piece) : std::string(piece);
        const bool is_newlines = piece.find_first_not_of('\n') == piece.npos;
        const bool is_wanted_whole = is_byte_level_ ? settings_.pre.ignore_merges : settings_.pre.whole_newlines && is_newlines;
        if (is_wanted_whole && give(text, out)) return;
        auto symbols = characters_of(text);
        // Hugging Face's library drops a byte that neither tokens nor merges know before its neighbours meet.
        if (is_byte_level_ && is_hf_) std::erase_if(symbols, [&](const std::string& byte) { return find(byte) == nullptr && mentioned_.count(byte) == 0; });
        merge(symbols);
        for (const std::string& symbol : symbols) {
            if (give(symbol, out)) continue;
            if (is_byte_level_) spell_in_bytes(symbol, out);
            else spell_in_characters(symbol, out);
        }
    }

    // A token that must not come out of this text is spelled in what it was merged from, and so is what is no token at all;
    // but the latter by llama.cpp in bytes.

    void spell_in_bytes(const std::string& symbol, output& out) const {
        if (is_hf_ || find(symbol) != nullptr) {
            for (const std::string& byte : characters_of(symbol)) {
                const plain_token* const token = find(byte);
                const bool is_byte = is_hf_ && token != nullptr && token->type == type::byte;  // and prints this byte
                if (is_byte) out.ids.push_back(id_of(token));
                else give(byte, out);
            }
        } else {  // bytes of what it is written in, of which only ASCII are characters and have tokens
            for (const char byte : symbol)
                if (static_cast<unsigned char>(byte) < 0x80) give(std::string(1, byte), out);
        }
    }

    void spell_in_characters(const std::string& symbol, output& out) const {
        const auto characters = characters_of(symbol);
        const bool is_looked_up = is_hf_ || characters.size() == 1 || find(symbol) != nullptr;
        for (const std::string& character : characters)
            if (!is_looked_up || !give(character, out)) spell_character(character, out);
    }

    /// In <0xXX> tokens if there are all of them (llama.cpp takes those there are, where it cuts); otherwise as UNKNOWN, one a run.
    void spell_character(const std::string& character, output& out) const {
        id_list spelled;
        for (const char byte : character) {
            const plain_token* token = find(name_of_byte(static_cast<unsigned char>(byte)));
            if (!is_hf_ && is_sentencepiece_ && token == nullptr) token = find(std::string(1, byte));
            if (token == nullptr || (is_hf_ && token->type != type::byte) || (out.is_untrusted && is_special(token))) continue;
            spelled.push_back(id_of(token));
        }
        const bool drops_unknown = !is_hf_ && !is_sentencepiece_;
        if (spelled.size() == character.size() || drops_unknown) {
            out.ids.insert(out.ids.end(), spelled.begin(), spelled.end());
            return;
        }
        const auto unknown = settings_.special.unknown;
        const bool goes_on = out.ids.size() > out.piece_begin && out.ids.back() == unknown;
        if (unknown && !goes_on) out.ids.push_back(*unknown);
    }

    cria::bpe::tokenizer_settings settings_;
    bool is_hf_ = settings_.mode == compat::hf;
    bool is_byte_level_ = settings_.kind == cria::bpe::algorithm::byte_level;
    bool is_sentencepiece_ = settings_.kind == cria::bpe::algorithm::sentencepiece;
    cria::bpe::special_order order_ = settings_.order.value_or(is_hf_ ? cria::bpe::special_order::leftmost_longest : cria::bpe::special_order::longest_first);
    std::vector<plain_token> tokens_;
    std::vector<special_spec> specials_;
    std::map<std::string, std::size_t> ids_;  // of tokens with one text the last
    std::map<std::pair<std::string, std::string>, std::size_t> ranks_;
    std::set<std::string> mentioned_;  // by merges, as one of the two parts
};

}  // namespace cria_test

#endif  // CRIA_TESTS_BPE_PLAIN_ENCODER_HPP
