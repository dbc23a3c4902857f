// SPDX-License-Identifier: MIT
// Every kernel that this processor has against the plain twin, and the body of the fuzzer (tests/fuzz) on random texts.
#include "cria/utf8/validate_kernels.hpp"

#include "fuzz/utf8_validate.hpp"
#include "support/catch.hpp"
#include "utf8/table_3_7.hpp"

#include <cstddef>
#include <cstring>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace utf8 = cria::utf8;
namespace table = cria_test::table_3_7;
using utf8::detail::kernel;

namespace {

/// Well-formed text of at least `n_bytes`: characters of `length` bytes each, 0 for all lengths mixed, 5 for ASCII
/// with a longer character here and there.
auto good_text(std::mt19937& random, unsigned length, std::size_t n_bytes) -> std::string {
    std::string text;
    while (text.size() < n_bytes) {
        auto own = length;
        if (length == 0) own = 1 + static_cast<unsigned>(random() % 4);
        if (length == 5) own = random() % 100 == 0 ? 2 + static_cast<unsigned>(random() % 3) : 1;
        const char32_t first[] = {0, 0x80, 0x800, 0x10000, 0x110000};
        auto c = first[own - 1] + static_cast<char32_t>(random() % (first[own] - first[own - 1]));
        if (c >= 0xD800 && c <= 0xDFFF) c = 0xFFFD;
        text += utf8::encode(c).view();
    }
    return text;
}

/// The text in an allocation of its own that ends where the text ends, `offset` bytes after where it starts.
class placed {
public:
    placed(std::string_view text, std::size_t offset)
        : bytes_(new char[offset + text.size()]), view_(bytes_.get() + offset, text.size()) {
        if (!text.empty()) std::memcpy(bytes_.get() + offset, text.data(), text.size());
    }
    [[nodiscard]] auto view() const -> std::string_view { return view_; }

private:
    std::unique_ptr<char[]> bytes_;
    std::string_view view_;
};

auto verdict(std::string_view text) -> std::string {
    const char* const broken = cria_test::broken_by_kernels(text);
    return broken == nullptr ? "kept" : broken;
}

/// Counts the places `ats` at which some kernel finds another first fault than the twin does, when the four bytes of
/// `sequence` stand there in `around`, which is good text whose characters start at all `ats` and four bytes later.
class planted {
public:
    planted(std::string around, std::vector<std::size_t> ats) : text_(std::move(around)), ats_(std::move(ats)) {}

    auto n_wrong(const unsigned char (&sequence)[4]) -> std::size_t {
        const char bytes[] = {static_cast<char>(sequence[0]), static_cast<char>(sequence[1]), static_cast<char>(sequence[2]),
                              static_cast<char>(sequence[3]), 'x'};
        const auto in_sequence = utf8::detail::find_invalid_plain({bytes, sizeof bytes}, 0);
        std::size_t n = 0;
        for (const auto at : ats_) {
            const auto expected = in_sequence == sizeof bytes ? text_.size() : at + in_sequence;
            char kept[4];
            std::memcpy(kept, text_.data() + at, 4);
            std::memcpy(text_.data() + at, bytes, 4);
            cria_test::for_each_kernel([&](kernel which) {
                if (which != kernel::none && utf8::detail::settled(which, text_) != expected) ++n;
            });
            std::memcpy(text_.data() + at, kept, 4);
        }
        return n;
    }

private:
    std::string text_;
    std::vector<std::size_t> ats_;
};

auto text_of_ascii(std::size_t n_bytes) -> std::string { return std::string(n_bytes, 'a'); }

/// Four-byte characters, so that a sequence that starts at a multiple of four replaces just one; moved on by `n_before`.
auto text_of_emoji(std::size_t n_before, std::size_t n_bytes) -> std::string {
    std::string text(n_before, 'a');
    while (text.size() + 4 <= n_bytes) text += "\xF0\x9F\xA6\x99";
    return text;
}

}  // namespace

TEST_CASE("the fastest kernel is one that is available") {
    CHECK(utf8::detail::is_available(kernel::none));
    CHECK(utf8::detail::is_available(utf8::detail::fastest_kernel()));
    std::size_t n_kernels = 0;
    cria_test::for_each_kernel([&](kernel which) {
        ++n_kernels;
        CHECK(which <= utf8::detail::fastest_kernel());
    });
    CHECK(n_kernels >= 1);
}

TEST_CASE("every pair of bytes at every place around a border of vectors is judged as by the twin") {
    std::vector<std::size_t> ats;
    for (const std::size_t border : {0U, 16U, 32U, 64U, 96U, 128U})
        for (std::size_t back = 0; back <= 4 && back <= border; ++back) ats.push_back(border - back);
    ats.push_back(140 - 4);
    planted in_ascii{text_of_ascii(140), ats};
    std::size_t n_wrong = 0;
    for (unsigned first = 0x80; first < 256; ++first) {
        for (unsigned second = 0; second < 256; ++second) {
            const unsigned char sequence[] = {static_cast<unsigned char>(first), static_cast<unsigned char>(second), 'y', 'z'};
            n_wrong += in_ascii.n_wrong(sequence);
        }
    }
    CHECK(n_wrong == 0);
}

TEST_CASE("every four boundary bytes of table 3-7 across every border of vectors are judged as by the twin") {
    const auto boundaries = table::boundary_bytes();
    planted in_ascii{text_of_ascii(135), {13, 30, 61}};
    planted in_emoji[] = {{text_of_emoji(1, 150), {61, 125}}, {text_of_emoji(2, 150), {14, 62}}, {text_of_emoji(3, 150), {31, 63}}};
    std::size_t n_wrong = 0;
    for (const auto first : boundaries) {
        if (first < 0xC2) continue;  // what begins with others is two sequences, and another test's
        for (const auto second : boundaries) {
            for (const auto third : boundaries) {
                for (const auto fourth : boundaries) {
                    const unsigned char sequence[] = {first, second, third, fourth};
                    n_wrong += in_ascii.n_wrong(sequence);
                    if (third == fourth) continue;
                    n_wrong += in_emoji[fourth % 3].n_wrong(sequence);
                }
            }
        }
    }
    CHECK(n_wrong == 0);
}

TEST_CASE("every sequence of three bytes, and of four that may start a character, is judged as by the twin", "[slow]") {
    planted in_ascii{text_of_ascii(128), {62}};
    std::size_t n_wrong = 0;
    for (unsigned first = 0x80; first < 256; ++first) {
        const auto is_lead_of_4 = first >= 0xF0 && first <= 0xF5;
        for (unsigned rest = 0; rest < 0x10000; ++rest) {
            for (unsigned fourth = is_lead_of_4 ? 0 : 'z'; fourth < (is_lead_of_4 ? 256U : 'z' + 1U); ++fourth) {
                const unsigned char sequence[] = {static_cast<unsigned char>(first), static_cast<unsigned char>(rest >> 8U), static_cast<unsigned char>(rest),
                                                  static_cast<unsigned char>(fourth)};
                n_wrong += in_ascii.n_wrong(sequence);
            }
        }
    }
    CHECK(n_wrong == 0);
}

TEST_CASE("every prefix of a text is judged as by the twin, at any address, without a look past its end") {
    std::mt19937 random{64};
    for (unsigned length = 0; length <= 5; ++length) {
        const auto text = good_text(random, length, 200);
        for (std::size_t size = 0; size <= 200; ++size) {
            CAPTURE(length, size);
            for (const std::size_t offset : {std::size_t{0}, size % 64, size % 7 + 1, 63 - size % 64}) {
                REQUIRE(verdict(placed{{text.data(), size}, offset}.view()) == "kept");
            }
        }
    }
}

TEST_CASE("a bad byte among the last is found in texts of every length") {
    std::mt19937 random{200};
    for (unsigned length = 0; length <= 5; ++length) {
        const auto text = good_text(random, length, 200);
        for (std::size_t size = 1; size <= 200; ++size) {
            CAPTURE(length, size);
            for (std::size_t back = 1; back <= 5 && back <= size; ++back) {
                for (const char bad : {'\xFF', '\x80', '\xC3', '\xE0', '\xED', '\xF4', 'a'}) {
                    std::string changed(text, 0, size);
                    changed[size - back] = bad;
                    REQUIRE(verdict(placed{changed, back}.view()) == "kept");
                }
            }
        }
    }
}

TEST_CASE("a bad byte is found at every place of a long text") {
    std::mt19937 random{1024};
    for (unsigned length = 0; length <= 5; ++length) {
        auto text = good_text(random, length, 1600);
        for (std::size_t at = 0; at < text.size(); ++at) {
            const auto good = text[at];
            text[at] = "\xFF\x80\xC3\xF0"[at % 4];
            CAPTURE(length, at);
            REQUIRE(verdict(text) == "kept");
            text[at] = good;
        }
    }
}

TEST_CASE("well-formed texts with random changes keep the promises of validation and decoding", "[fuzz]") {
    std::mt19937 random{5};
    for (unsigned round = 0; round < 1500; ++round) {
        auto text = good_text(random, round % 6, random() % (round % 10 == 0 ? 3000 : 300));
        for (auto n_changes = random() % 4; n_changes > 0 && !text.empty(); --n_changes) {
            const auto at = random() % text.size();
            switch (random() % 4) {
                case 0: text[at] = static_cast<char>(random()); break;
                case 1: text.erase(at, 1 + random() % 3); break;
                case 2: text.insert(at, table::nasty_text(random, 1)); break;
                default: text.resize(text.size() - random() % 3 % text.size());
            }
        }
        const char* const broken = cria_test::fuzz_utf8_validate(text);
        CAPTURE(round);
        REQUIRE(std::string(broken == nullptr ? "kept" : broken) == "kept");
    }
}

TEST_CASE("texts of broken pieces keep the promises of validation and decoding", "[fuzz]") {
    std::mt19937 random{6};
    for (unsigned round = 0; round < 1500; ++round) {
        const char* const broken = cria_test::fuzz_utf8_validate(table::nasty_text(random, random() % 150));
        CAPTURE(round);
        REQUIRE(std::string(broken == nullptr ? "kept" : broken) == "kept");
    }
}

TEST_CASE("find_invalid from a later character sees nothing of what is before it") {
    std::mt19937 random{8};
    const auto good = good_text(random, 0, 300);
    for (std::size_t from = 0; from <= 100; ++from) {
        const auto text = std::string(from, '\xE2') + good;
        CHECK(utf8::find_invalid(text, from) == text.size());
        CHECK(utf8::find_invalid(text + "\xE2", from) == text.size());
    }
    CHECK(utf8::find_invalid("abc", 3) == 3);
    CHECK(utf8::find_invalid("abc", 9) == 3);
}

TEST_CASE("bytes around a text do not count, at any address") {
    std::mt19937 random{9};
    alignas(64) static char bytes[1500];
    for (const std::size_t size : {5U, 40U, 64U, 65U, 66U, 67U, 200U, 257U, 1100U, 1280U}) {
        auto text = good_text(random, 0, size);
        text.resize(utf8::complete_prefix({text.data(), size}));
        for (std::size_t offset = 0; offset < 64; ++offset) {
            for (const char around : {'\xF0', '\xE2', '\x80', 'a'}) {
                std::memset(bytes, around, sizeof bytes);
                std::memcpy(bytes + offset, text.data(), text.size());
                CAPTURE(size, offset, static_cast<int>(around));
                REQUIRE(verdict({bytes + offset, text.size()}) == "kept");
                bytes[offset] = '\x80';  // after an E2 it would be right
                REQUIRE(verdict({bytes + offset, text.size()}) == "kept");
                bytes[offset + text.size() - 1] = '\xE2';  // before an 80 too, perhaps
                REQUIRE(verdict({bytes + offset, text.size()}) == "kept");
            }
        }
    }
}
