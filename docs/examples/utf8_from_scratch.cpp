// SPDX-License-Identifier: MIT
// What docs/utf8-streaming-safety.md describes, written without the library, and held against the library: every text of up to three bytes, and of
// four from those bytes at which a rule begins or ends, decoded whole, and cut everywhere.
#include <cstddef>
#include <cstdlib>  // _Exit
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "cria/utf8.hpp"

namespace {

// [decode]
struct step {
    char32_t code_point;
    std::size_t length;  // bytes to go on by: never 0 before the end
    bool valid;          // false: `length` bytes that are no character, and are worth one U+FFFD
    bool cut_off;        // not valid only because the text ends here
};

auto decode(std::string_view text) -> step {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned lead = byte(0);
    if (lead < 0x80) return {lead, 1, true, false};
    const std::size_t length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
    if (length == 0) return {0xFFFD, 1, false, false};  // starts no character

    unsigned low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;   // no longer form than needed
    unsigned high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;  // no surrogates, nothing above U+10FFFF
    char32_t code_point = lead & (0x7FU >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if (i == text.size()) return {0xFFFD, i, false, true};
        if (byte(i) < low || byte(i) > high) return {0xFFFD, i, false, false};  // byte i is looked at again
        code_point = code_point << 6 | (byte(i) & 0x3FU);
        low = 0x80;
        high = 0xBF;
    }
    return {code_point, length, true, false};
}
// [decode]

// [complete]
/// How much of `text` can be shown before more of it has come.
auto complete_prefix(std::string_view text) -> std::size_t {
    for (std::size_t back = 1; back <= 3 && back <= text.size(); ++back) {
        const std::size_t at = text.size() - back;
        if ((static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) continue;  // a continuation byte: its lead is before it
        return decode(text.substr(at)).cut_off ? at : text.size();
    }
    return text.size();
}
// [complete]

// [stream]
class decoder {
public:
    /// Text that is good UTF-8, of what has come so far.
    auto push(std::string_view bytes) -> std::string {
        held_ += bytes;  // at most three bytes, then what is new
        std::string text;
        std::size_t at = 0;
        while (at < held_.size()) {
            const step here = decode(std::string_view(held_).substr(at));
            if (here.cut_off) break;
            text += here.valid ? held_.substr(at, here.length) : "\uFFFD";
            at += here.length;
        }
        held_.erase(0, at);
        return text;
    }
    /// The end: what is still held back was no character after all.
    auto finish() -> std::string {
        const bool was_cut_off = !held_.empty();
        held_.clear();
        return was_cut_off ? "\uFFFD" : "";
    }

private:
    std::string held_;
};
// [stream]

// [stops]
/// How much of `text` has to be held back, since it may be the beginning of `stop`: the longest of its ends that is one.
auto held_for(std::string_view text, std::string_view stop) -> std::size_t {
    for (std::size_t n = stop.size() - 1; n > 0; --n)
        if (text.size() >= n && stop.starts_with(text.substr(text.size() - n))) return n;
    return 0;
}
// [stops]

// [by lead]
/// What many programs do instead: the lead says how many bytes there have to be, and nothing else is looked at.
auto complete_by_lead(std::string_view text) -> std::size_t {
    for (std::size_t back = 1; back <= 4 && back <= text.size(); ++back) {
        const auto byte = static_cast<unsigned char>(text[text.size() - back]);
        const std::size_t wants = byte >> 5 == 6 ? 2 : byte >> 4 == 14 ? 3 : byte >> 3 == 30 ? 4 : 0;
        if (wants > back) return text.size() - back;
    }
    return text.size();
}
// [by lead]

auto hex(char byte) -> std::string {
    constexpr const char* digits = "0123456789ABCDEF";
    return {digits[static_cast<unsigned char>(byte) >> 4], digits[static_cast<unsigned char>(byte) & 15]};
}

/// Ends the program where the library says something else.
auto agrees(bool does, const char* what, std::string_view text) -> void {
    if (does) return;
    std::printf("%s differs from the library's for", what);
    for (const char byte : text) std::printf(" %s", hex(byte).c_str());
    std::printf("\n");
    std::fflush(stdout);
    std::_Exit(1);
}

auto compare(std::string_view text) -> void {
    const step ours = decode(text);
    const auto theirs = cria::utf8::decode(text);
    agrees(ours.code_point == theirs.code_point && ours.length == theirs.length && ours.valid == theirs.valid, "decode", text);
    agrees(complete_prefix(text) == cria::utf8::complete_prefix(text), "complete_prefix", text);
}

auto compare_streams(std::string_view text) -> void {
    for (std::size_t cut = 0; cut <= text.size(); ++cut) {
        decoder ours;
        std::string got = ours.push(text.substr(0, cut));
        got += ours.push(text.substr(cut));
        got += ours.finish();
        std::string wanted;
        const auto sink = [&](std::string_view piece) { wanted += piece; };
        cria::utf8::decoder theirs;
        theirs.push(text, sink);
        theirs.finish(sink);
        agrees(got == wanted, "the stream", text);
    }
}

}  // namespace

auto main() -> int {
    std::size_t n_compared = 0;
    const auto all = [&](std::string text) {
        compare(text);
        ++n_compared;
    };
    for (unsigned a = 0; a < 256; ++a) {
        all({static_cast<char>(a)});
        for (unsigned b = 0; b < 256; ++b) {
            all({static_cast<char>(a), static_cast<char>(b)});
            for (unsigned c = 0; c < 256; ++c) all({static_cast<char>(a), static_cast<char>(b), static_cast<char>(c)});
        }
    }
    const std::vector<unsigned char> borders = {0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0,
                                                0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF};
    for (const auto a : borders)
        for (const auto b : borders)
            for (const auto c : borders)
                for (const auto d : borders) {
                    const std::string text = {static_cast<char>(a), static_cast<char>(b), static_cast<char>(c), static_cast<char>(d)};
                    all(text);
                    compare_streams(text);
                }
    std::printf("%zu texts decode as by the library, and those of four bytes however they are cut\n", n_compared);

    std::printf("# [subparts]\n");
    const struct {
        std::string_view bytes, since;
    } faults[] = {
        {"\xF0\x9F\xA6\x41", "three bytes that began a character are one subpart"},
        {"\xE2\x82\xE2\x82\xAC", "the second E2 is looked at again"},
        {"\xC0\xAF", "C0 begins nothing, and AF neither"},
        {"\xE0\x80\x80", "80 may not follow E0, so E0 is alone"},
        {"\xED\xA0\x80", "a surrogate: A0 may not follow ED"},
        {"\xF4\x90\x80\x80", "beyond U+10FFFF: 90 may not follow F4"},
        {"\xFF", "begins nothing"},
    };
    for (const auto& [bytes, since] : faults) {
        decoder stream;
        const std::string text = stream.push(bytes) + stream.finish();
        std::string spelled;
        for (const char byte : bytes) spelled += hex(byte) + ' ';
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t length = decode(std::string_view(text).substr(at)).length;
            spelled += at == 0 ? std::string(16 - spelled.size(), ' ') + text.substr(0, length) : ' ' + text.substr(at, length);
            at += length;
        }
        std::size_t n_characters = 0;
        for (const char byte : text) n_characters += (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
        std::printf("%s%s%.*s\n", spelled.c_str(), std::string(10 - 2 * n_characters, ' ').c_str(), static_cast<int>(since.size()), since.data());
    }
    std::printf("# [subparts]\n");

    // The rule that looks at the lead alone waits for what cannot come any more.
    std::printf("# [by lead]\n");
    for (const std::string_view text : {"a\xE0\x80", "a\xC0", "a\xF5\x80", "a\xED\xA0"}) {
        for (const char byte : text) std::printf("%s ", hex(byte).c_str());
        std::printf("by its lead %zu of %zu bytes can be shown, by the rule %zu\n", complete_by_lead(text), text.size(), complete_prefix(text));
    }
    std::printf("# [by lead]\n");
    // "</s" may become "</s>", and "<" may as well.
    std::printf("held back of “a < b</s” for “</s>”: %zu bytes, of “a < b”: %zu\n", held_for("a < b</s", "</s>"), held_for("a < b", "</s>"));
    return 0;
}
