// SPDX-License-Identifier: MIT
#include "cria/bpe/piece_table.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "cria/bpe/piece_cache.hpp"
#include "cria/bpe/tables.hpp"
#include "support/catch.hpp"
#include "support/random.hpp"

namespace bpe = cria::bpe;
namespace detail = cria::bpe::detail;
using bpe::token_id;
using cria_test::random_numbers;

namespace {

auto random_key(random_numbers& random, std::size_t most) -> std::string {
    std::string key(1 + random.below(most), ' ');
    for (char& each : key) each = "abAB01 \xC3\xA9\xFF"[random.below(10)];
    if (random.below(4) == 0) key.back() = '\0';
    return key;
}

#if defined(CRIA_DETAIL_PIECES_X86)
[[gnu::target("avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2,popcnt")]] void add_all_512(detail::piece_batch& batch, std::size_t at, std::uint64_t bits) {
    batch.add_all<detail::avx512_piece_tier>(at, bits);
}
#endif

}  // namespace

TEST_CASE("short texts are their bytes and their length, wherever they lie") {
    if (!detail::piece_table::is_supported) return cria_test::skip("piece tables are of little-endian machines alone");
    random_numbers random(21);
    for (int round = 0; round < 2000; ++round) {
        const std::string text = random_key(random, 15), behind = text + random_key(random, 15) + std::string(16, 'x');
        const auto made = detail::load_short_text(behind.data(), text.size());
        REQUIRE(made == detail::copy_short_text(text));
        REQUIRE(made.size() == text.size());
        const std::string other = random_key(random, 15);
        REQUIRE((detail::copy_short_text(other) == made) == (other == text));
    }
}

namespace {

constexpr bpe::simd_tier tiers[] = {bpe::simd_tier::plain, bpe::simd_tier::neon, bpe::simd_tier::avx2, bpe::simd_tier::avx512};

/// What a batch is answered: of each piece its token, or -1.
auto answers(const detail::piece_kernels& kernels, const detail::piece_table& table, const detail::piece_batch& batch) -> std::vector<token_id> {
    std::vector<token_id> hits(batch.size() + 8);
    std::vector<std::uint16_t> missed(batch.size() + 8);
    const std::size_t n_missed = kernels.find(table, batch, hits.data(), missed.data());
    std::vector<token_id> all;
    for (std::size_t i = 0, k = 0; i < batch.size(); ++i) {
        const bool is_missed = k < n_missed && missed[k] == i;
        all.push_back(is_missed ? -1 : hits[i - k]);
        if (is_missed) ++k;
    }
    return all;
}

}  // namespace

TEST_CASE("what is found in a piece table is what was put there, in every tier") {
    if (!detail::piece_table::is_supported) return cria_test::skip("piece tables are of little-endian machines alone");
    random_numbers random(22);
    for (const std::size_t n : {std::size_t{1}, std::size_t{30}, std::size_t{20'000}}) {
        std::map<std::string, token_id> all;
        while (all.size() < n) all.emplace(random_key(random, detail::piece_table::most_bytes), static_cast<token_id>(all.size()));
        detail::piece_table table;
        REQUIRE(table.reserve(n, false));
        for (const auto& [key, id] : all) table.insert(detail::copy_short_text(key), static_cast<std::uint32_t>(id));

        std::string text;
        std::vector<std::string> pieces;
        for (int i = 0; i < 4000; ++i) {
            pieces.push_back(random.below(3) == 0 ? random_key(random, 40) : std::next(all.begin(), static_cast<std::ptrdiff_t>(random.below(all.size())))->first);
            text += pieces.back();
        }
        for (const bpe::simd_tier tier : tiers) {
            const auto* const kernels = detail::piece_kernels_of(tier);
            if (kernels == nullptr) continue;
            CAPTURE(n, static_cast<int>(tier));
            std::size_t n_found = 0, n_missed = 0, begin = 0;
            detail::piece_batch batch;
            for (std::size_t first = 0; first < pieces.size();) {
                batch.clear(begin);
                const std::size_t n_pieces = 1 + random.below(detail::piece_batch::full);
                for (std::size_t i = first; i < pieces.size() && i < first + n_pieces; ++i) batch.add(begin += pieces[i].size());
                kernels->prepare(batch, table, text);
                const auto given = answers(*kernels, table, batch);
                for (std::size_t i = 0; i < batch.size(); ++i) {
                    const std::string& piece = pieces[first + i];
                    const bool is_short = piece.size() <= detail::short_text::most_bytes;
                    REQUIRE(batch.key_of(i) == detail::copy_short_text(piece));
                    REQUIRE(batch.hash_of(i) == (is_short ? table.hash(detail::copy_short_text(piece)) : table.hash(piece)));
                    if (given[i] < 0) {
                        n_missed += all.count(piece);  // for want of room in its line
                        continue;
                    }
                    REQUIRE(all.count(piece) == 1);
                    REQUIRE(given[i] == all.at(piece));
                    ++n_found;
                }
                first += batch.size();
            }
            REQUIRE(n_found > 1500);
            REQUIRE(n_missed < n_found / 2);
        }
    }
}

TEST_CASE("a text for which there is no room in its line is in another one, or has none, and is found so") {
    if (!detail::piece_table::is_supported) return cria_test::skip("piece tables are of little-endian machines alone");
    random_numbers random(23);
    for (int round = 0; round < 60; ++round) {
        detail::piece_table table;
        const std::uint64_t n_expected = random.below(50);
        REQUIRE(table.reserve(n_expected, false));
        std::map<std::string, std::uint32_t> in_line, in_second, nowhere;
        const auto text_of = [](const std::string& key) { return detail::copy_short_text(key); };
        for (std::uint32_t id = 0; id < 3 * n_expected; ++id) {
            const std::string key = random_key(random, detail::piece_table::most_bytes);
            if (in_line.count(key) + nowhere.count(key) != 0) continue;
            (table.insert(text_of(key), id) ? in_line : nowhere)[key] = id;
        }
        for (auto at = nowhere.begin(); at != nowhere.end();) {
            const auto hash = table.hash(text_of(at->first));
            REQUIRE(table.is_full(hash));
            if (table.insert_second(text_of(at->first), hash, at->second)) {
                in_second.insert(*at);
                at = nowhere.erase(at);
            } else {
                REQUIRE((table.has_no_room(hash) || table.n_buckets() == 1));
                ++at;
            }
        }
        if (!in_line.empty()) {  // one is moved
            const auto moved = *in_line.begin();
            const auto hash = table.hash(text_of(moved.first));
            REQUIRE(table.withdraw(text_of(moved.first), hash));
            REQUIRE_FALSE(table.withdraw(text_of(moved.first), hash));
            (table.insert_second(text_of(moved.first), hash, moved.second) ? in_second : nowhere).insert(moved);
            in_line.erase(moved.first);
        }
        for (int i = 0; i < 300; ++i) {
            const std::string key = random_key(random, detail::piece_table::most_bytes);
            const auto hash = table.hash(text_of(key));
            const auto first = in_line.find(key), second = in_second.find(key);
            REQUIRE(table.find_first(text_of(key), hash) == (first != in_line.end() ? first->second : detail::piece_table::none));
            REQUIRE(table.find(text_of(key), hash) == (first != in_line.end() ? first->second : second != in_second.end() ? second->second : detail::piece_table::none));
            if (second != in_second.end()) REQUIRE(table.is_full(hash));
            if (nowhere.count(key) != 0) REQUIRE(table.has_no_room(hash));
            if (second == in_second.end()) continue;
            table.replace(text_of(key), hash, 77);
            REQUIRE(table.find(text_of(key), hash) == 77);
            in_second[key] = 77;
        }
    }
}

TEST_CASE("the tier of a processor is the widest that it has and that is allowed") {
    CHECK(detail::fastest_piece_kernels(bpe::simd_tier::plain) == &detail::plain_piece_kernels);
    CHECK(detail::fastest_word_cut(bpe::simd_tier::plain) == &detail::cut_words_plainly);
    const auto* expected = &detail::plain_piece_kernels;
    detail::word_cut expected_cut = &detail::cut_words_plainly;
    for (const bpe::simd_tier tier : tiers) {
        CAPTURE(static_cast<int>(tier));
        const auto* const here = detail::piece_kernels_of(tier);
        const auto cut_here = detail::word_cut_of(tier);
        CHECK((here != nullptr) == (cut_here != nullptr));
        if (here != nullptr) expected = here;
        if (cut_here != nullptr) expected_cut = cut_here;
        CHECK(detail::fastest_piece_kernels(tier) == expected);
        CHECK(detail::fastest_word_cut(tier) == expected_cut);
    }
#if defined(__aarch64__) && defined(__GNUC__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    CHECK(detail::piece_kernels_of(bpe::simd_tier::neon) != nullptr);
#else
    CHECK(detail::piece_kernels_of(bpe::simd_tier::neon) == nullptr);
#endif
}

TEST_CASE("texts are spread over all of a table") {
    detail::piece_table table;
    constexpr std::uint32_t n = 30'000;
    REQUIRE(table.reserve(n, false));
    std::vector<std::uint32_t> in_part(16);
    std::uint32_t n_crowded = 0, n_lost = 0;
    for (std::uint32_t id = 0; id < n; ++id) {
        const auto text = detail::copy_short_text(std::to_string(id * 7919));
        const auto hash = table.hash(text);
        ++in_part[std::uint64_t{table.bucket_of(hash)} * in_part.size() / table.n_buckets()];
        if (table.insert(text, hash, id)) continue;
        ++n_crowded;
        n_lost += table.insert_second(text, hash, id) ? 0 : 1;
    }
    for (const std::uint32_t each : in_part) {
        CHECK(each > n / in_part.size() * 8 / 10);
        CHECK(each < n / in_part.size() * 12 / 10);
    }
    CHECK(n_crowded < n * 17 / 100);
    CHECK(n_lost < n * 8 / 100);  // here the second lines are taken while the first ones are still being filled
}

TEST_CASE("a batch has the ends that it was given, in every tier") {
    random_numbers random(27);
    for (const bpe::simd_tier tier : tiers) {
        for (int round = 0; round < 2000; ++round) {
            std::uint64_t bits = random.next();
            for (std::size_t thin = random.below(4); thin > 0; --thin) bits &= random.next();
            if (round < 3) bits = round == 0 ? 0 : round == 1 ? ~std::uint64_t{0} : std::uint64_t{1} << 63U;
            const std::size_t base = random.below(1000), at = base + random.below(5000);
            detail::piece_batch batch;
            batch.clear(base);
            if (tier == bpe::simd_tier::plain) batch.add_all<detail::plain_piece_tier>(at, bits);
#if defined(CRIA_DETAIL_PIECES_NEON)
            else if (tier == bpe::simd_tier::neon) batch.add_all<detail::neon_piece_tier>(at, bits);
#endif
            else if (detail::piece_kernels_of(tier) == nullptr) break;
#if defined(CRIA_DETAIL_PIECES_X86)
            else if (tier == bpe::simd_tier::avx2) batch.add_all<detail::avx2_piece_tier>(at, bits);
            else add_all_512(batch, at, bits);
#endif
            std::size_t n = 0;
            for (unsigned bit = 0; bit < 64; ++bit) {
                if ((bits >> bit & 1U) == 0) continue;
                REQUIRE(n < batch.size());
                REQUIRE(batch.end_of(n++) == at + bit);
            }
            REQUIRE(batch.size() == n);
        }
    }
}

TEST_CASE("a token that is in doubt is not given, and is found all the same, in every tier") {
    if (!detail::piece_table::is_supported) return cria_test::skip("piece tables are of little-endian machines alone");
    detail::piece_table table;
    REQUIRE(table.reserve(10, true));
    const auto one = detail::copy_short_text("one"), two = detail::copy_short_text("two");
    table.insert(one, 1);
    table.insert(two, 2);
    const auto check = [&](const std::vector<token_id>& wanted) {
        for (const bpe::simd_tier tier : tiers) {
            const auto* const kernels = detail::piece_kernels_of(tier);
            if (kernels == nullptr) continue;
            detail::piece_batch batch;
            batch.clear(0);
            batch.add(3);
            batch.add(6);
            batch.add(9);
            kernels->prepare(batch, table, "onetwoone");
            CHECK(answers(*kernels, table, batch) == wanted);
        }
        CHECK(table.find(one, table.hash(one)) == 1);
        CHECK(table.find(two, table.hash(two)) == 2);
    };
    check({-1, -1, -1});
    CHECK_FALSE(table.settle(one, table.hash(one), 2));  // what it is called like is another one
    CHECK_FALSE(table.settle(detail::copy_short_text("on"), table.hash(detail::copy_short_text("on")), 1));
    check({-1, -1, -1});
    CHECK(table.settle(one, table.hash(one), 1));
    check({1, -1, 1});
    table.replace(two, table.hash(two), 2);
    check({1, -1, 1});
    CHECK(table.settle(two, table.hash(two), 2));
    check({1, 2, 1});
}

namespace {

/// A cache, and what it has to have if it has it.
class kept_cache {
public:
    /// Of pieces of a vocabulary with so many tokens.
    explicit kept_cache(std::size_t n_tokens) : n_tokens_(n_tokens) { REQUIRE(hashes_.reserve(10, false)); }

    auto key_of(std::string_view piece) const -> detail::cache_key {
        const detail::short_text text = detail::copy_short_text(piece);
        return {piece, text, piece.size() <= detail::short_text::most_bytes ? hashes_.hash(text) : hashes_.hash(piece)};
    }
    /// Whether it was there; puts it there otherwise.
    auto look_up(const std::string& piece, std::size_t n_ids, random_numbers& random) -> bool {
        const auto known = all_.find(piece);
        const auto found = cache.find(key_of(piece));
        if (found.n != 0) {
            REQUIRE(known != all_.end());
            std::vector<token_id> written(found.n + detail::piece_cache::most_within);
            cache.copy(found, written.data());
            written.resize(found.n);
            REQUIRE(written == known->second);
            return true;
        }
        std::vector<token_id> ids(n_ids);
        for (token_id& each : ids) each = static_cast<token_id>(random.below(n_tokens_));
        if (known == all_.end()) all_.emplace(piece, ids);
        else ids = known->second;
        cache.note_miss(hashes_, n_tokens_);
        cache.insert(key_of(piece), ids);
        return false;
    }
    void note_text(std::size_t n_bytes) { cache.note_text(n_bytes); }

    detail::piece_cache cache;

private:
    std::size_t n_tokens_;
    detail::piece_table hashes_;
    std::map<std::string, std::vector<token_id>> all_;
};

}  // namespace

TEST_CASE("a cache gives what was put there, or nothing, and keeps to its size") {
    if (!detail::piece_table::is_supported) return cria_test::skip("piece tables are of little-endian machines alone");
    random_numbers random(23);
    const std::size_t n_tokens = GENERATE(std::size_t{1'000'000}, std::size_t{65'537}, std::size_t{65'536});
    kept_cache kept(n_tokens);
    CHECK(kept.cache.size_bytes() == 0);
    CHECK_FALSE(kept.look_up("a", 1, random));
    CHECK_FALSE(kept.look_up("a", 1, random));  // it takes no memory for so few
    CHECK(kept.cache.size_bytes() == 0);
    for (int i = 0; i < 62; ++i) kept.look_up(std::string(2, static_cast<char>('a' + i % 26)), 2, random);
    CHECK(kept.cache.size_bytes() > 0);
    CHECK(kept.cache.size_bytes() <= std::size_t{124} << 10U);
    for (int size = 0; size < 2; ++size) {
        std::size_t n_short = 0, n_long = 0, n_many = 0;
        for (int round = 0; round < 60'000; ++round) {
            const std::string piece = round % 3 == 0 ? std::string(16 + random.below(40), static_cast<char>('A' + random.below(20))) : random_key(random, 3);
            const std::size_t n_ids = 1 + random.below(random.below(3) == 0 ? piece.size() : (std::min)(piece.size(), std::size_t{4}));
            if (!kept.look_up(piece, n_ids, random)) continue;
            (piece.size() <= detail::short_text::most_bytes ? n_short : n_long) += 1;
            n_many += kept.cache.find(kept.key_of(piece)).n > detail::piece_cache::most_within ? 1 : 0;
        }
        CHECK(n_short > 10'000);
        CHECK(n_long > 100);
        CHECK(n_many > 10);
        // A piece of most tokens and the longest of all, at once and again.
        const std::string dense(15, static_cast<char>('p' + size)), longest(detail::piece_cache::most_bytes, static_cast<char>('q' + size));
        CHECK_FALSE(kept.look_up(dense, 15, random));
        CHECK(kept.look_up(dense, 15, random));
        CHECK_FALSE(kept.look_up(longest, longest.size(), random));
        CHECK(kept.look_up(longest, longest.size(), random));
        if (size == 0) {
            const std::size_t before = kept.cache.size_bytes();
            kept.note_text(std::size_t{1} << 20U);
            for (int i = 0; kept.cache.size_bytes() == before && i < 100'000; ++i) kept.look_up(random_key(random, 15), 1, random);
            CHECK(kept.look_up(longest, longest.size(), random));  // what it has stays
            CHECK(kept.cache.size_bytes() > before);
        }
    }
    for (int i = 0; i < 200'000; ++i) kept.look_up("piece" + std::to_string(i), 1, random);
    CHECK(kept.cache.size_bytes() > std::size_t{3} << 20U);
    CHECK(kept.cache.size_bytes() <= std::size_t{4} << 20U);
}

TEST_CASE("a cache has nearly everything, as long as there is room for it") {
    if (!detail::piece_table::is_supported) return cria_test::skip("piece tables are of little-endian machines alone");
    random_numbers random(24);
    kept_cache kept(100'000);
    kept.note_text(std::size_t{1} << 20U);
    std::size_t n_found = 0;
    for (int round = 0; round < 4; ++round) {
        n_found = 0;
        for (int i = 0; i < 60'000; ++i) n_found += kept.look_up("piece" + std::to_string(i), 2, random) ? 1 : 0;
        if (round == 0) CHECK(n_found == 0);
    }
    CHECK(n_found > 59'000);
}

TEST_CASE("what is long takes the place of what was written longest ago, not of everything") {
    if (!detail::piece_table::is_supported) return cria_test::skip("piece tables are of little-endian machines alone");
    random_numbers random(31);
    const std::size_t n_tokens = GENERATE(std::size_t{1'000'000}, std::size_t{65'536});
    kept_cache kept(n_tokens);
    kept.note_text(std::size_t{1} << 20U);
    const auto piece = [](int i) { return "a piece of forty bytes or so, number " + std::to_string(i); };
    for (int i = 0; i < 100'000; ++i) kept.look_up(piece(i), 20, random);
    std::size_t n_last = 0, n_first = 0;
    for (int i = 99'999; i > 99'000; --i) n_last += kept.cache.find(kept.key_of(piece(i))).n != 0 ? 1 : 0;
    for (int i = 0; i < 1000; ++i) n_first += kept.cache.find(kept.key_of(piece(i))).n != 0 ? 1 : 0;
    CHECK(n_last > 990);
    CHECK(n_first == 0);
}

TEST_CASE("what was written over takes its place again, and not another one beside it") {
    if (!detail::piece_table::is_supported) return cria_test::skip("piece tables are of little-endian machines alone");
    random_numbers random(32);
    const std::size_t n_tokens = GENERATE(std::size_t{1'000'000}, std::size_t{65'536});
    kept_cache kept(n_tokens);
    std::size_t n = 0, n_kept = 0;
    for (int round = 0; round < 40; ++round) {
        for (int i = 0; i < 1000; ++i, ++n) {
            const std::string piece = "a piece of forty bytes or so, number " + std::to_string(i);
            kept.look_up(piece, 20, random);
            n_kept += kept.look_up(piece, 20, random) ? 1 : 0;
        }
    }
    CHECK(n_kept > n - 100);  // the first few are met before there is memory for them
}
