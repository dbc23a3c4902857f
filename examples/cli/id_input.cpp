// SPDX-License-Identifier: MIT
#include "id_input.hpp"

#include <charconv>
#include <limits>

#include "vocabulary.hpp"

namespace cli {
namespace {

auto separates(char byte) -> bool { return byte == ' ' || byte == '\n' || byte == '\t' || byte == '\r' || byte == ','; }

}  // namespace

auto parse_id(std::string_view text, const cria::bpe::tokenizer& tokenizer, const cria::error& not_a_number)
    -> cria::result<cria::bpe::token_id> {
    std::int64_t number = 0;
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (status == std::errc::invalid_argument || end != text.data() + text.size()) return not_a_number.finding(text);
    const bool fits = status == std::errc() && number >= 0 && number <= (std::numeric_limits<cria::bpe::token_id>::max)();
    if (!fits || !tokenizer.contains(static_cast<cria::bpe::token_id>(number))) return outside_vocabulary(tokenizer, text);
    return static_cast<cria::bpe::token_id>(number);
}

auto id_input::next(cria::bpe::token_id& id) -> cria::result<bool> { return binary_ ? next_binary(id) : next_decimal(id); }

auto id_input::next_byte(char& byte) -> cria::result<bool> {
    if (begin_ == end_) {
        out_.flush();
        CRIA_TRY(end_, from_.read(bytes_.data(), bytes_.size()));
        begin_ = 0;
        if (end_ == 0) return false;
    }
    byte = bytes_[begin_++];
    ++offset_;
    return true;
}

auto id_input::next_binary(cria::bpe::token_id& id) -> cria::result<bool> {
    std::uint32_t bits = 0;
    for (unsigned i = 0; i < 4; ++i) {
        char byte = 0;
        CRIA_TRY(const bool has_byte, next_byte(byte));
        if (!has_byte && i == 0) return false;
        if (!has_byte) return cria::error{cria::errc::truncated, offset_, from_.name()}.because("ends inside an id of four bytes");
        bits |= static_cast<std::uint32_t>(static_cast<unsigned char>(byte)) << (8U * i);
    }
    id = static_cast<cria::bpe::token_id>(bits);
    if (tokenizer_.contains(id)) return true;
    cria::error why = outside_vocabulary(tokenizer_, std::to_string(id));
    why.offset = offset_ - 4;
    return why;
}

auto id_input::next_decimal(cria::bpe::token_id& id) -> cria::result<bool> {
    constexpr std::size_t longest = 40;  // no id has so many digits; the rest of an absurd word is not needed to say so
    std::string word;
    std::uint64_t start = 0;
    while (true) {
        char byte = 0;
        CRIA_TRY(const bool has_byte, next_byte(byte));
        const bool ends = !has_byte || separates(byte);
        if (ends && word.empty() && has_byte) continue;
        if (ends && word.empty()) return false;
        if (ends || word.size() == longest) break;
        if (word.empty()) start = offset_ - 1;
        word += byte;
    }
    auto parsed = parse_id(word, tokenizer_, cria::error{cria::errc::invalid_value, start, from_.name()}.because("is not a list of token ids"));
    if (parsed) {
        id = *parsed;
        return true;
    }
    cria::error why = parsed.error();
    why.offset = start;
    return why;
}

}  // namespace cli
