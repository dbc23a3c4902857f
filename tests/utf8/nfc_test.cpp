// SPDX-License-Identifier: MIT
#include "cria/utf8/nfc.hpp"

#include "fuzz/utf8_nfc.hpp"
#include "golden/nfc_hf.hpp"
#include "support/catch.hpp"
#include "support/random.hpp"
#include "utf8/nfc_texts.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>  // malloc
#include <string>
#include <string_view>
#include <vector>

#if defined(__linux__)
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#endif

namespace utf8 = cria::utf8;
namespace nfc = cria::utf8::detail::nfc;
using cria_test::random_numbers;

namespace {

auto utf8_of(std::u32string_view characters) -> std::string {
    std::string text;
    for (const char32_t c : characters) text += utf8::encode(c).view();
    return text;
}

/// The composed form; the promises are checked on the way.
auto composed(std::u32string_view characters) -> std::string {
    utf8::nfc_normalizer composing;
    const auto text = utf8_of(characters);
    const char* const broken = cria_test::broken_by_nfc(composing, text);
    CHECK((broken == nullptr ? "kept" : broken) == std::string_view{"kept"});
    return cria_test::compose(composing, text).text;
}

auto repeated(std::u32string_view unit, std::size_t n) -> std::u32string {
    std::u32string text;
    for (std::size_t i = 0; i < n; ++i) text += unit;
    return text;
}

struct given {
    std::size_t begin;
    std::size_t end;
    std::string normalized;
    friend auto operator==(const given&, const given&) -> bool = default;
};

auto stretches_of(std::string_view text) -> std::vector<given> {
    std::vector<given> all;
    utf8::nfc_normalizer composing;
    CHECK(composing.run(text, [&](std::size_t begin, std::size_t end, std::string_view part) { all.push_back({begin, end, std::string(part)}); }));
    return all;
}

/// FNV-1a of composed texts, each with a byte FF behind it, as nfc_hf.py computes it.
class digest {
public:
    void add(std::string_view text) {
        const auto done = composing_.run(text, [&](std::size_t, std::size_t, std::string_view part) {
            for (const char byte : part) put(static_cast<unsigned char>(byte));
        });
        if (!done) value_ = 0;
        put(0xFF);
    }
    [[nodiscard]] auto value() const -> std::uint64_t { return value_; }

private:
    void put(unsigned char byte) { value_ = (value_ ^ byte) * 0x100000001B3U; }

    utf8::nfc_normalizer composing_;
    std::uint64_t value_ = 0xCBF29CE484222325U;
};

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
[[maybe_unused]] constexpr bool sanitized = true;
#elif defined(__has_feature)
[[maybe_unused]] constexpr bool sanitized = __has_feature(address_sanitizer) || __has_feature(thread_sanitizer);
#else
[[maybe_unused]] constexpr bool sanitized = false;
#endif

auto is_surrogate(char32_t c) -> bool { return c >= 0xD800 && c <= 0xDFFF; }

}  // namespace

TEST_CASE("a letter and its accent become one character") {
    CHECK(composed(U"e\u0301") == utf8_of(U"\u00E9"));
    CHECK(composed(U"A\u030A") == utf8_of(U"\u00C5"));
    CHECK(composed(U"s\u0323\u0307") == utf8_of(U"\u1E69"));
    CHECK(composed(U"\u304B\u3099") == utf8_of(U"\u304C"));
    CHECK(composed(U"\u0B92\u0BD7") == utf8_of(U"\u0B94"));
    CHECK(composed(U"\U00011131\U00011127") == utf8_of(U"\U0001112E"));
}

TEST_CASE("marks are put in order before they compose, and keep their order within a class") {
    CHECK(composed(U"s\u0307\u0323") == utf8_of(U"\u1E69"));
    CHECK(composed(U"\u1E0B\u0323") == utf8_of(U"\u1E0D\u0307"));
    CHECK(composed(U"q\u0307\u0323") == utf8_of(U"q\u0323\u0307"));
    CHECK(composed(U"q\u0301\u0300") == utf8_of(U"q\u0301\u0300"));
    CHECK(composed(U"\u0301\u0323") == utf8_of(U"\u0323\u0301"));  // with no letter before them, too
}

TEST_CASE("a mark composes past marks of lower classes, and not past one of its own or a higher one") {
    CHECK(composed(U"a\u0334\u0301") == utf8_of(U"\u00E1\u0334"));
    CHECK(composed(U"a\u0315\u0301\u0301") == utf8_of(U"\u00E1\u0301\u0315"));
    CHECK(composed(U"q\u0306\u0301") == utf8_of(U"q\u0306\u0301"));
    CHECK(composed(U"a\u0345\u0301") == utf8_of(U"\u00E1\u0345"));
    CHECK(composed(U"\u0B47\u0334\u0B3E") == utf8_of(U"\u0B47\u0334\u0B3E"));  // a starter does not pass any mark
}

TEST_CASE("a mark reaches past those that a composed letter has within it") {
    CHECK(composed(U"\u00E2\u0323") == utf8_of(U"\u1EAD"));
    CHECK(composed(U"\u00E9\u0323") == utf8_of(U"\u1EB9\u0301"));
    CHECK(composed(U"\u01D5\u0323") == utf8_of(U"\u1EE4\u0308\u0304"));
    CHECK(composed(U"\u00E9\u031B") == utf8_of(U"\u00E9\u031B"));  // there is no e with a horn
    CHECK(composed(U"\u00E9\u0321\u0328") == utf8_of(U"\u00E9\u0321\u0328"));  // blocked before it gets there
}

TEST_CASE("singletons become what they stand for") {
    CHECK(composed(U"\u212B") == utf8_of(U"\u00C5"));
    CHECK(composed(U"\u2126\u212A") == utf8_of(U"\u03A9K"));
    CHECK(composed(U"\u0340\u0341\u0343\u0374\u037E\u0387") == utf8_of(U"\u0300\u0301\u0313\u02B9;\u00B7"));
    CHECK(composed(U"\uF900\uFA6C\U0002F800\U0002FA1D") == utf8_of(U"\u8C48\U000242EE\u4E3D\U0002A600"));
    CHECK(composed(U"\U0002F7FF\U0002FA1E") == utf8_of(U"\U0002F7FF\U0002FA1E"));
}

TEST_CASE("what is excluded from composition comes apart and stays so") {
    CHECK(composed(U"\u0958") == utf8_of(U"\u0915\u093C"));
    CHECK(composed(U"\u0915\u093C") == utf8_of(U"\u0915\u093C"));
    CHECK(composed(U"\u0344") == utf8_of(U"\u0308\u0301"));
    CHECK(composed(U"\u0F71\u0F72") == utf8_of(U"\u0F71\u0F72"));
    CHECK(composed(U"\u0F73\u0F71") == utf8_of(U"\u0F71\u0F71\u0F72"));  // a starter by its own class, but not once it is apart
    CHECK(composed(U"\uFB1D\u2ADC\U0001D15E") == utf8_of(U"\u05D9\u05B4\u2ADD\u0338\U0001D157\U0001D165"));
    CHECK(composed(U"\u0928\u093C") == utf8_of(U"\u0929"));  // its neighbour is not excluded
}

TEST_CASE("jamo become syllables") {
    CHECK(composed(U"\u1112\u1161\u11AB\u1100\u1173\u11AF") == utf8_of(U"\uD55C\uAE00"));
    CHECK(composed(U"\uD558\u11AB") == utf8_of(U"\uD55C"));
    CHECK(composed(U"\uD55C\u11AB") == utf8_of(U"\uD55C\u11AB"));  // has a trailing consonant already
    CHECK(composed(U"\uAC00\u11A7") == utf8_of(U"\uAC00\u11A7"));  // the number 0 is no consonant
    CHECK(composed(U"\uAC00\u11C2\uAC00\u11C3") == utf8_of(U"\uAC1B\uAC00\u11C3"));
    CHECK(composed(U"\u1113\u1161\u1112\u1176\u1161\u11A8") == utf8_of(U"\u1113\u1161\u1112\u1176\u1161\u11A8"));
    CHECK(composed(U"\u1100\u0334\u1161") == utf8_of(U"\u1100\u0334\u1161"));
    std::size_t n_wrong = 0;
    utf8::nfc_normalizer composing;
    for (char32_t syllable = 0xAC00; syllable <= 0xD7A3; ++syllable) {
        const auto first = nfc::decomposition_of(syllable);
        const auto second = nfc::decomposition_of(first.first);
        const auto apart = second.first != 0 ? std::u32string{second.first, second.second, first.second} : std::u32string{first.first, first.second};
        if (cria_test::compose(composing, utf8_of(apart)).text != utf8::encode(syllable).view()) ++n_wrong;
        if (utf8::find_not_nfc(utf8::encode(syllable).view()) != 3) ++n_wrong;
    }
    CHECK(n_wrong == 0);
}

TEST_CASE("composition is that of Unicode 9: what came later is left alone") {
    CHECK(utf8::nfc_version == "9.0.0");
    // Compositions of 13.0 and 16.0; a mark of 10.0 and one of 14.0, which are starters here.
    for (const char32_t c : {U'\U00011938', U'\U000105C9', U'\U000105E4', U'\U00011383', U'\U000113C8', U'\U00016121', U'\U00016D68'}) {
        CHECK(utf8::find_not_nfc(utf8::encode(c).view()) == 4);
        CHECK(nfc::decomposition_of(c).first == 0);
    }
    CHECK(composed(U"\U00011935\U00011930") == utf8_of(U"\U00011935\U00011930"));
    CHECK(composed(U"a\u0301\u1DF6") == utf8_of(U"\u00E1\u1DF6"));
    CHECK(composed(U"q\u0301\u1DF9") == utf8_of(U"q\u0301\u1DF9"));
    CHECK(composed(U"q\u0301\u1DF5\u0323") == utf8_of(U"q\u0323\u0301\u1DF5"));  // of 9.0: a mark
}

TEST_CASE("find_not_nfc points at the stretch that changes, and at the end of composed text") {
    CHECK(utf8::find_not_nfc("") == 0);
    CHECK(utf8::find_not_nfc("plain text, longer than eight bytes") == 35);
    CHECK(utf8::find_not_nfc("e\u0301") == 0);
    CHECK(utf8::find_not_nfc("0123456789e\u0301x") == 10);
    CHECK(utf8::find_not_nfc("\u00E9\u00E9\u4E2D\U0001F999e\u0301") == 11);
    CHECK(utf8::find_not_nfc("a\u212B") == 1);
    CHECK(utf8::find_not_nfc("\u00E9\u0323\u0301") == 0);
    // Marks, vowel signs and jamo where they belong.
    const std::string_view in_place = "q\u0301, \u0BA8\u0BBE, \u0995\u09BE, \u0915\u093C, \u1100, \u1161, \u00E9\u0301";
    CHECK(utf8::find_not_nfc(in_place) == in_place.size());
    CHECK(utf8::find_not_nfc("\u0BA8\u0BC6\u0BBE") == 3);
}

TEST_CASE("a stretch that changes is found at every place around words of eight bytes") {
    for (std::size_t before = 0; before < 40; ++before) {
        for (const std::string_view filler : {"a", "\u00E9", "\u4E2D", "\U0001F999"}) {
            std::string text;
            for (std::size_t i = 0; i < before; ++i) text += filler;
            const auto at = text.size();
            text += "o\u031B" + std::string(before % 9, 'x');
            CHECK(utf8::find_not_nfc(text) == at);
        }
    }
}

TEST_CASE("every byte below CC, and none from it on, is passed over in words") {
    std::size_t n_wrong = 0;
    for (unsigned byte = 0; byte < 256; ++byte) {
        for (unsigned place = 0; place < 64; place += 8) {
            const auto word = 0x4142434445464748U & ~(std::uint64_t{0xFF} << place);
            if (nfc::has_high_lead(word | std::uint64_t{byte} << place) != (byte >= 0xCC)) ++n_wrong;
            const auto other = 0xBFBFBFBFBFBFBFBFU & ~(std::uint64_t{0xFF} << place);
            if (nfc::has_high_lead(other | std::uint64_t{byte} << place) != (byte >= 0xCC)) ++n_wrong;
        }
    }
    CHECK(n_wrong == 0);
}

TEST_CASE("stretches cover the text, long where nothing changes and short where something does") {
    CHECK(stretches_of("").empty());
    CHECK(stretches_of("abc \u00E9 \u4E2D") == std::vector<given>{{0, 10, "abc \u00E9 \u4E2D"}});
    CHECK(stretches_of("abce\u0301\u4E2D\u0BA8\u0BBE!") == std::vector<given>{{0, 3, "abc"}, {3, 6, "\u00E9"}, {6, 16, "\u4E2D\u0BA8\u0BBE!"}});
    CHECK(stretches_of("\u212B\u212B") == std::vector<given>{{0, 3, "\u00C5"}, {3, 6, "\u00C5"}});
    CHECK(stretches_of("\u0301\u0323x") == std::vector<given>{{0, 4, "\u0323\u0301"}, {4, 5, "x"}});
}

TEST_CASE("unchanged stretches are the text's own bytes") {
    const std::string text = "q\u0301 \uD55C\uAE00 \u00E9";
    utf8::nfc_normalizer composing;
    auto n_calls = 0;
    REQUIRE(composing.run(text, [&](std::size_t, std::size_t, std::string_view part) {
        ++n_calls;
        CHECK(part.data() == text.data());
    }));
    CHECK(n_calls == 1);
}

TEST_CASE("a sink that fails breaks off with its error") {
    utf8::nfc_normalizer composing;
    auto n_calls = 0;
    const auto done = composing.run("ae\u0301o\u0301", [&](std::size_t begin, std::size_t, std::string_view) -> cria::result<void> {
        ++n_calls;
        if (begin == 0) return {};
        return cria::error{cria::errc::out_of_memory, "the sink"};
    });
    REQUIRE(!done);
    CHECK(done.error().subject.view() == "the sink");
    CHECK(n_calls == 2);
    CHECK(cria_test::compose(composing, "e\u0301").text == "\u00E9");  // none the worse for it
}

TEST_CASE("every code point composes as in Hugging Face's tokenizers") {
    digest alone;
    for (char32_t c = 0; c <= 0x10FFFF; ++c)
        if (!is_surrogate(c)) alone.add(utf8::encode(c).view());
    CHECK(alone.value() == cria_test::nfc_hf::alone);
}

TEST_CASE("every character composes among others as in Hugging Face's tokenizers") {
    digest among_others;
    const std::string_view frames[][2] = {{"", "\u0301"}, {"", "\u0323\u0302"}, {"a\u0327", "\u0300"}, {"", "\u3099\u1161\u11A8"}};
    for (const auto& frame : frames) {
        for (char32_t c = 0; c < 0x30000; ++c)
            if (!is_surrogate(c)) among_others.add(std::string(frame[0]).append(utf8::encode(c).view()).append(frame[1]));
    }
    CHECK(among_others.value() == cria_test::nfc_hf::among_others);
}

TEST_CASE("random sequences compose as in Hugging Face's tokenizers") {
    digest sequences;
    random_numbers numbers{9};
    for (unsigned i = 0; i < cria_test::nfc_hf::n_sequences; ++i) sequences.add(cria_test::nfc_sequence(numbers));
    CHECK(sequences.value() == cria_test::nfc_hf::sequences);
}

TEST_CASE("random sequences compose as by the plain twin, and stay as they are then") {
    random_numbers numbers{10};
    utf8::nfc_normalizer composing;
    for (unsigned i = 0; i < 50'000; ++i) {
        const auto text = cria_test::nfc_sequence(numbers);
        const char* const broken = cria_test::broken_by_nfc(composing, text);
        if (broken == nullptr) continue;
        CAPTURE(text);
        FAIL_CHECK(broken);
        break;
    }
}

TEST_CASE("the body of the fuzzer holds for random bytes") {
    random_numbers numbers{11};
    for (unsigned i = 0; i < 20'000; ++i) {
        std::string bytes;
        for (auto n = numbers.below(24); n > 0; --n) bytes += static_cast<char>(numbers.below(4) == 0 ? numbers.below(256) : 0xCC + numbers.below(0x34));
        const char* const broken = cria_test::fuzz_utf8_nfc(bytes);
        if (broken == nullptr) continue;
        FAIL_CHECK(broken);
        break;
    }
}

TEST_CASE("runs of marks of any length come out in order") {
    std::u32string all;
    for (char32_t c = 0x300; c < 0x370; ++c) all += c;
    for (const std::size_t n : {1U, 2U, 3U, 7U, 12U, 13U, 23U, 24U, 25U, 26U, 100U}) {
        for (const std::u32string_view unit : {std::u32string_view{U"\u0301"}, std::u32string_view{U"\u0301\u0323"}, std::u32string_view{U"\u0345\u0344\u0327"},
                                               std::u32string_view{U"\u0F74\u0F73"}, std::u32string_view{all}}) {
            for (const std::u32string_view head : {U"", U"a", U"\u1E69"}) {
                const auto result = composed(std::u32string{head} + repeated(unit, n) + U"b\u0301");
                CHECK(!result.empty());
            }
        }
    }
}

TEST_CASE("a megabyte of anything takes time in proportion") {
    const std::size_t n_bytes = std::size_t{1} << 20U;
    // Two marks in the wrong order, one mark, jamo, vowel signs, singletons; each made long enough that a square would be minutes.
    for (const std::u32string_view unit : {U"\u0301\u0323", U"\u0301", U"\u0345\u0301\u0323\u0334", U"\u1161", U"\u09BE", U"\u212B", U"e\u0301", U"\u0F71\u0F74\u0F72"}) {
        const auto text = "\u00E9" + utf8_of(repeated(unit, n_bytes / 3 / unit.size()));
        const auto start = std::chrono::steady_clock::now();
        utf8::nfc_normalizer composing;
        const auto once = cria_test::compose(composing, text);
        CHECK(once.broken == nullptr);
        CHECK(utf8::find_not_nfc(once.text) == once.text.size());
        CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds{20});
    }
}

#if defined(__linux__)
TEST_CASE("a stretch that does not fit memory is an error, and the next text is composed") {
    if (sanitized) return cria_test::skip("a sanitizer's runtime does not survive a limit on the address space");
    std::string marks = "a";
    for (unsigned i = 0; i < 10'000'000; ++i) marks += "\u0301\u0323";
    // A child process that has room for some of the characters, but not for all; it reports by its exit status.
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        const rlimit little{std::uint64_t{300} << 20U, std::uint64_t{300} << 20U};
        if (::setrlimit(RLIMIT_AS, &little) != 0) ::_exit(9);
        void* const too_much = std::malloc(std::size_t{400} << 20U);
        if (too_much != nullptr) ::_exit(3);
        utf8::nfc_normalizer composing;
        const auto done = composing.run(marks, [](std::size_t, std::size_t, std::string_view) {});
        if (done || done.error().code != cria::errc::out_of_memory) ::_exit(1);
        if (cria_test::compose(composing, "e\u0301").text != "\u00E9") ::_exit(2);
        ::_exit(0);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(WIFEXITED(status));
    if (WEXITSTATUS(status) == 3) return cria_test::skip("this machine does not keep the limit, as emulated ones do not");
    CHECK(WEXITSTATUS(status) == 0);
}
#endif

TEST_CASE("the tables keep their promises") {
    std::size_t n_decompositions = 0;
    std::size_t n_marks = 0;
    std::size_t n_wrong = 0;
    for (char32_t c = 0; c <= 0x10FFFF; ++c) {
        const auto& its = nfc::kinds[nfc::kind_number_of(c)];
        const auto parts = nfc::decomposition_of(c);
        if (its.combining_class != 0) ++n_marks;
        if (parts.first != 0 && (c < 0xAC00 || c > 0xD7A3)) ++n_decompositions;
        if (c < 0x300 && nfc::kind_number_of(c) != 0) ++n_wrong;
        if (its.combining_class != 0 && !its.has(nfc::trait::joins)) ++n_wrong;
        if (its.has(nfc::trait::never) && parts.first == 0) ++n_wrong;
        if (parts.second == 0 || its.has(nfc::trait::never)) continue;
        const auto& of_second = nfc::kinds[nfc::kind_number_of(parts.second)];
        if (nfc::composite_of(parts.first, parts.second, of_second) != c || !of_second.has(nfc::trait::composes)) ++n_wrong;
    }
    CHECK(n_wrong == 0);
    CHECK(n_decompositions == 2060);
    CHECK(n_marks == 814);
    CHECK(nfc::kind_number_of(0x110000) == 0);
    CHECK(nfc::decomposition_of(0x110000).first == 0);
    CHECK(nfc::decomposition_of(0xFFFFFFFF).first == 0);
}
