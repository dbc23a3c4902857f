// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_PIECE_KERNELS_HPP
#define CRIA_BPE_PIECE_KERNELS_HPP

#include "cria/base/buffer.hpp"
#include "cria/base/result.hpp"
#include "cria/bpe/block_cutter.hpp"
#include "cria/bpe/block_masks.hpp"
#include "cria/bpe/compat.hpp"
#include "cria/bpe/piece_batch.hpp"
#include "cria/bpe/piece_table.hpp"
#include "cria/bpe/pretokenizer_families.hpp"
#include "cria/bpe/short_merging.hpp"
#include "cria/bpe/split_rules.hpp"
#include "cria/bpe/vocabulary.hpp"
#include "cria/bpe/word_grammar.hpp"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

// The two loops that encoding spends its time in: cutting text into a batch of pieces, and looking these up. Each is written
// once, over what a tier of instructions does with 64 bytes of text and with a line of the table; piece_kernels_x86.hpp and
// piece_kernels_neon.hpp have the tiers with vectors. The plain tier is the twin that they are compared with.

namespace cria::inline v0::bpe::detail {

/// How a text is cut by blocks: a grammar, prepared.
struct block_cut {
    const word_grammar* grammar;
    block_classes_of classes;
    block_rules rules;
    bool is_older;  // classes of the older Unicode
    buffer<character_rows> rows;  // one

    block_cut(const word_grammar& of, bool older) noexcept : grammar(&of), classes(of), rules(of), is_older(older) {}
    /// Fills the rows. Fails: errc::out_of_memory.
    [[nodiscard]] auto make_rows() -> result<void> {
        CRIA_TRY_VOID(rows.reserve(1, "classes of characters"));
        CRIA_TRY(character_rows* const made, rows.extend(1, "classes of characters"));
        if (is_older) made->fill<older_classes>(classes);
        else made->fill<unicode_classes>(classes);
        return {};
    }
};

/// How far ahead of where it is cut a long text is asked for, in bytes: processors do so by themselves, but not beyond the end of a page.
inline constexpr std::size_t text_ahead = 1024;

/// Fills `batch` with pieces of `text`, of which the bytes up to `at` have been cut, and gives where it stopped. `keys` is the text that
/// pieces are looked up in, of the same length.
template <class Tier, class Classes>
[[nodiscard, gnu::always_inline]] inline auto cut_blocks_with(const block_cut& how, const piece_table& table, std::string_view text, std::string_view keys, std::size_t at,
                                                             piece_batch& batch) noexcept -> std::size_t {
    while (!batch.is_full() && at < text.size()) {
        const std::string_view rest = text.substr(at);
        cria::detail::prefetch_ahead(rest.data(), text_ahead);
        const std::size_t n = rest.size() < 64 ? rest.size() : 64;
        std::uint64_t high = 0;
        block_masks masks;
        Tier::ascii_masks(how.classes, rest.data(), n, high, masks);
        masks.size = n;
        masks.is_plain = true;
        masks.leads = ~high;
        if (high != 0) Tier::template add_long_characters<Classes>(how.classes, how.rows[0], rest.data(), n, high, masks);
        const std::uint64_t starts = masks.is_plain ? piece_starts(how.rules, masks, rest) : 1;
        const bool is_end = masks.size == rest.size();
        if (!masks.is_plain || (starts == 1 && !is_end)) {
            std::size_t seen = 0;
            const std::size_t end = at + word_cutter<Classes>{*how.grammar, rest}.piece_end(0, seen);
            batch.add(end);
            at = end;
            continue;
        }
        batch.add_all<Tier>(at, starts & (starts - 1));
        if (is_end) {
            batch.add(text.size());
            at = text.size();
            break;
        }
        at += 63 - static_cast<std::size_t>(std::countl_zero(starts));
    }
    batch.prepare<Tier>(table, keys);
    return at;
}

/// Writes the tokens of those pieces that the table answers to `out`, and the numbers of the others to `missed`; there is room for all in
/// both. The number of the others. Without a branch on the answer, which nothing foretells.
template <class Tier>
[[nodiscard, gnu::always_inline]] inline auto look_up_with(const piece_table& table, const piece_batch& batch, token_id* out, std::uint16_t* missed) noexcept
    -> std::size_t {
    const std::size_t n = batch.size();
    const auto* const first = reinterpret_cast<const unsigned char*>(table.data());
    constexpr std::size_t ahead = 24;  // a line is asked for once more, from the second level of the cache, where prepare() has it put
    std::size_t n_missed = 0;
    for (std::size_t i = 0; i < n; ++i) {
        const auto& here = *reinterpret_cast<const piece_table::bucket*>(first + batch.line_of(i));
        cria::detail::prefetch(first + batch.line_of(i + ahead));
        const unsigned place = Tier::equal_entry(here, batch.key_of(i), piece_table::certain_mask);
        out[i - n_missed] = static_cast<token_id>(here.id_or_next(place));
        missed[n_missed] = static_cast<std::uint16_t>(i);
        static_assert(piece_table::bucket::most == 4);
        n_missed += place >> 2U;
    }
    return n_missed;
}

struct plain_piece_tier {
    static void ascii_masks(const block_classes_of& classes, const char* text, std::size_t n, std::uint64_t& high, block_masks& made) noexcept {
        detail::ascii_masks(classes, text, n, high, made);
    }
    template <class Classes>
    static void add_long_characters(const block_classes_of& classes, const character_rows& rows, const char* text, std::size_t n, std::uint64_t high, block_masks& made) noexcept {
        detail::add_long_characters<Classes>(classes, rows, text, n, high, made);
    }
    /// The number of the entry that is equal in the bits of `mask`, or 4 and more.
    [[nodiscard]] static auto equal_entry(const piece_table::bucket& here, const short_text& wanted, std::uint64_t mask) noexcept -> unsigned { return here.place_of(wanted, mask); }
    /// Short texts of the pieces that `begins` has, counted from `text`, of which sixteen bytes more can be read than they have. Those that are longer are
    /// of_longer(), and their numbers are written to `longer`; how many they are. May write up to sixteen more.
    [[nodiscard]] static auto make_keys(const char* text, const std::uint32_t* begins, std::size_t n, short_text* keys, std::uint16_t* longer) noexcept -> std::size_t {
        std::size_t n_longer = 0;
        for (std::size_t i = 0; i < n; ++i) {
            const std::size_t size = begins[i + 1] - begins[i];
            keys[i] = load_short_text(text + begins[i], size);
            longer[n_longer] = static_cast<std::uint16_t>(i);
            n_longer += size > short_text::most_bytes ? 1 : 0;
        }
        return n_longer;
    }
    /// Hash and line of the table, in bytes, of each of `n` texts; the line is asked for. May read and write up to sixteen more.
    static void hash_all(const piece_table& table, const short_text* texts, std::size_t n, std::uint64_t* hashes, std::uint32_t* lines) noexcept {
        for (std::size_t i = 0; i < n; ++i) {
            hashes[i] = table.hash(texts[i]);
            const std::uint32_t bucket = table.bucket_of(hashes[i]);
            cria::detail::prefetch_soon(table.data() + bucket);
            lines[i] = bucket * static_cast<std::uint32_t>(sizeof(piece_table::bucket));
        }
    }
    /// Sixteen numbers, of which the least is asked for, and one is changed.
    using sixteen = std::array<std::uint32_t, 16>;
    static void load(sixteen& numbers, const std::uint32_t* from) noexcept {
        for (unsigned i = 0; i < 16; ++i) numbers[i] = from[i];
    }
    static void set(sixteen& numbers, unsigned i, std::uint32_t number) noexcept { numbers[i] = number; }
    [[nodiscard]] static auto least(const sixteen& numbers) noexcept -> std::uint32_t {
        std::uint32_t found = numbers[0];
        for (unsigned i = 1; i < 16; ++i) found = numbers[i] < found ? numbers[i] : found;
        return found;
    }
    [[nodiscard]] static auto least(const sixteen& a, const sixteen& b, const sixteen& c, const sixteen& d) noexcept -> std::uint32_t {
        std::uint32_t found = least(a);
        for (const sixteen* each : {&b, &c, &d}) found = least(*each) < found ? least(*each) : found;
        return found;
    }
    /// Adds `base` to the number of each bit, in order. May write up to 64 numbers, however many there are.
    static void put_bits(std::uint32_t* out, std::uint32_t base, std::uint64_t bits) noexcept {
        // Their number is what cannot be foretold.
        for (auto n = std::popcount(bits); n > 0; n -= 8, out += 8) {
            for (unsigned i = 0; i < 8; ++i) {
                out[i] = base + static_cast<std::uint32_t>(std::countr_zero(bits));
                bits &= bits - 1;
            }
        }
    }
};

/// The loops of one tier.
struct piece_kernels {
    using cut = auto (*)(const block_cut&, const piece_table&, std::string_view, std::string_view, std::size_t, piece_batch&) noexcept -> std::size_t;
    using prepare_all = void (*)(piece_batch&, const piece_table&, std::string_view) noexcept;
    using look_up = auto (*)(const piece_table&, const piece_batch&, token_id*, std::uint16_t*) noexcept -> std::size_t;
    using merge_short = void (*)(const short_merge_rules&, const char*, unsigned, short_symbols&) noexcept;

    cut cut_newer;
    cut cut_older;
    prepare_all prepare;  // a batch that was not filled by these
    look_up find;
    merge_short merge;  // a piece of up to short_symbols::most_bytes
};

template <class Classes>
[[nodiscard]] inline auto cut_blocks_plainly(const block_cut& how, const piece_table& table, std::string_view text, std::string_view keys, std::size_t at, piece_batch& batch) noexcept
    -> std::size_t {
    return cut_blocks_with<plain_piece_tier, Classes>(how, table, text, keys, at, batch);
}
[[nodiscard]] inline auto look_up_plainly(const piece_table& table, const piece_batch& batch, token_id* out, std::uint16_t* missed) noexcept -> std::size_t {
    return look_up_with<plain_piece_tier>(table, batch, out, missed);
}
inline void prepare_plainly(piece_batch& batch, const piece_table& table, std::string_view text) noexcept { batch.prepare<plain_piece_tier>(table, text); }
inline void merge_short_plainly(const short_merge_rules& rules, const char* text, unsigned n, short_symbols& made) noexcept {
    merge_short_with<plain_piece_tier>(rules, text, n, made);
}
inline constexpr piece_kernels plain_piece_kernels = {&cut_blocks_plainly<unicode_classes>, &cut_blocks_plainly<older_classes>, &prepare_plainly, &look_up_plainly, &merge_short_plainly};

/// The grammar of a family that is one word grammar and can be cut by blocks; nullptr of others.
[[nodiscard]] inline auto block_grammar_of(pretokenizer_family family, compat mode) noexcept -> const word_grammar* {
    const bool is_hf = mode == compat::hf;
    const word_grammar* found = nullptr;
    switch (family) {
        case pretokenizer_family::gpt2: found = &gpt2_grammar::rules; break;
        case pretokenizer_family::llama3: found = is_hf ? &llama3_grammar::rules : &ascii_contractions<llama3_grammar>::rules; break;
        case pretokenizer_family::qwen2:
        case pretokenizer_family::bailing: found = is_hf ? &qwen2_grammar::rules : &ascii_contractions<qwen2_grammar>::rules; break;
        case pretokenizer_family::qwen35: found = is_hf ? &qwen35_grammar::rules : &ascii_contractions<qwen35_grammar>::rules; break;
        case pretokenizer_family::seed: found = is_hf ? &seed_grammar::rules : &ascii_contractions<seed_grammar>::rules; break;
        case pretokenizer_family::exaone_moe: found = is_hf ? &exaone_moe_grammar::rules : &ascii_contractions<exaone_moe_grammar>::rules; break;
        case pretokenizer_family::ufakzeka: found = &ufakzeka_grammar::rules; break;
        default: break;
    }
    return found != nullptr && can_cut_by_blocks(*found) ? found : nullptr;
}

}  // namespace cria::inline v0::bpe::detail

#endif  // CRIA_BPE_PIECE_KERNELS_HPP
