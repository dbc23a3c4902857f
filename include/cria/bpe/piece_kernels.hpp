// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_PIECE_KERNELS_HPP
#define CRIA_BPE_PIECE_KERNELS_HPP

#include "cria/bpe/block_cutter.hpp"
#include "cria/bpe/block_masks.hpp"
#include "cria/bpe/compat.hpp"
#include "cria/bpe/piece_batch.hpp"
#include "cria/bpe/piece_table.hpp"
#include "cria/bpe/pretokenizer_families.hpp"
#include "cria/bpe/vocabulary.hpp"
#include "cria/bpe/word_grammar.hpp"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

// The two loops that encoding spends its time in: cutting text into a batch of pieces, and looking these up. Each is written
// once, over what a tier of instructions does with 64 bytes of text and with a line of the table; piece_kernels_x86.hpp
// has the tiers with vectors. The plain tier is the twin that they are compared with.

namespace cria::inline v0::bpe::detail {

/// How a text is cut by blocks: a grammar, prepared.
struct block_cut {
    const word_grammar* grammar;
    block_classes_of classes;
    block_rules rules;
    bool is_older;  // classes of the older Unicode

    block_cut(const word_grammar& of, bool older) noexcept : grammar(&of), classes(of), rules(of), is_older(older) {}
};

/// Fills `batch` with pieces of `text`, of which the bytes up to `at` have been cut, and gives where it stopped. `keys` is the text that
/// pieces are looked up in, of the same length.
template <class Tier, class Classes>
[[nodiscard, gnu::always_inline]] inline auto cut_blocks_with(const block_cut& how, const piece_table& table, std::string_view text, std::string_view keys, std::size_t at,
                                                             piece_batch& batch) noexcept -> std::size_t {
    while (!batch.is_full() && at < text.size()) {
        const std::string_view rest = text.substr(at);
        const std::size_t n = rest.size() < 64 ? rest.size() : 64;
        std::uint64_t high = 0;
        block_masks masks;
        Tier::ascii_masks(how.classes, rest.data(), n, high, masks);
        masks.size = n;
        masks.is_plain = true;
        masks.leads = ~high;
        if (high != 0) add_long_characters<Classes>(how.classes, rest.data(), n, high, masks);
        const std::uint64_t starts = masks.is_plain && masks.size > 0 ? piece_starts(how.rules, masks, rest) : 1;
        const bool is_end = masks.size == rest.size();
        if (!masks.is_plain || (starts == 1 && !is_end)) {
            std::size_t seen = 0;
            const std::size_t end = at + word_cutter<Classes>{*how.grammar, rest}.piece_end(0, seen);
            batch.add(end);
            at = end;
            continue;
        }
        batch.add_all(at, starts & (starts - 1));
        if (is_end) {
            batch.add(text.size());
            at = text.size();
            break;
        }
        at += 63 - static_cast<std::size_t>(std::countl_zero(starts));
    }
    batch.prepare(table, keys);
    return at;
}

/// Writes the tokens of pieces from number `from` on to `out`, up to the first piece that the table does not answer, and gives that
/// piece's number, or the batch's size. There is room for all of them.
template <class Tier>
[[nodiscard, gnu::always_inline]] inline auto look_up_with(const piece_table& table, const whole_tokens& whole, const piece_batch& batch, std::size_t from, token_id* out) noexcept
    -> std::size_t {
    const std::size_t n = batch.size();
    const bool are_all = whole.are_all();
    for (std::size_t i = from; i < n; ++i) {
        const batched_piece& piece = batch[i];
        if (piece.bucket == batched_piece::no_bucket) return i;
        const piece_table::bucket& here = table[piece.bucket];
        const unsigned found = Tier::equal_entry(here, piece);
        if (found >= 4) return i;
        const auto id = static_cast<std::uint32_t>(here.entries[found].high >> piece_table::id_shift);
        if (!are_all && !whole.contains(id)) return i;
        *out++ = static_cast<token_id>(id);
    }
    return n;
}

struct plain_piece_tier {
    static void ascii_masks(const block_classes_of& classes, const char* text, std::size_t n, std::uint64_t& high, block_masks& made) noexcept {
        detail::ascii_masks(classes, text, n, high, made);
    }
    /// The number of the entry, or 4 and more.
    [[nodiscard]] static auto equal_entry(const piece_table::bucket& here, const batched_piece& piece) noexcept -> unsigned {
        for (unsigned i = 0; i < 4; ++i)
            if (here.entries[i].low == piece.low && (here.entries[i].high & piece_table::tail_mask) == piece.tail) return i;
        return 4;
    }
};

/// The loops of one tier.
struct piece_kernels {
    using cut = auto (*)(const block_cut&, const piece_table&, std::string_view, std::string_view, std::size_t, piece_batch&) noexcept -> std::size_t;
    using look_up = auto (*)(const piece_table&, const whole_tokens&, const piece_batch&, std::size_t, token_id*) noexcept -> std::size_t;

    cut cut_newer;
    cut cut_older;
    look_up find;
};

template <class Classes>
[[nodiscard]] inline auto cut_blocks_plainly(const block_cut& how, const piece_table& table, std::string_view text, std::string_view keys, std::size_t at, piece_batch& batch) noexcept
    -> std::size_t {
    return cut_blocks_with<plain_piece_tier, Classes>(how, table, text, keys, at, batch);
}
[[nodiscard]] inline auto look_up_plainly(const piece_table& table, const whole_tokens& whole, const piece_batch& batch, std::size_t from, token_id* out) noexcept -> std::size_t {
    return look_up_with<plain_piece_tier>(table, whole, batch, from, out);
}
inline constexpr piece_kernels plain_piece_kernels = {&cut_blocks_plainly<unicode_classes>, &cut_blocks_plainly<older_classes>, &look_up_plainly};

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
