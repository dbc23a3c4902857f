// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_PIECE_KERNELS_NEON_HPP
#define CRIA_BPE_PIECE_KERNELS_NEON_HPP

#include "cria/bpe/piece_kernels.hpp"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

// The loops of piece_kernels.hpp on 64-bit Arm, where NEON is always there. It has no instruction that makes a mask of sign bits, but shifts that insert into
// what is there, so 64 bytes of text become masks all at once: every byte becomes the eight sets that it may be in, and the 64 by 8 bits are transposed.
//
// Vectors are the compiler's own; instructions that no operator names are written out, as in utf8/validate_neon.hpp.

#if defined(__aarch64__) && defined(__GNUC__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define CRIA_DETAIL_PIECES_NEON 1

namespace cria::inline v0::bpe::detail {

using bytes_16 [[gnu::vector_size(16)]] = unsigned char;
using signed_bytes_16 [[gnu::vector_size(16)]] = signed char;
using shorts_16 [[gnu::vector_size(16)]] = std::uint16_t;
using ints_16 [[gnu::vector_size(16)]] = std::uint32_t;
using longs_16 [[gnu::vector_size(16)]] = std::uint64_t;
using bytes_8 [[gnu::vector_size(8)]] = unsigned char;
using shorts_8 [[gnu::vector_size(8)]] = std::uint16_t;

struct neon_piece_tier {
    /// 64 bytes, dealt out: byte 4 * i + k of the text is byte i of part[k].
    struct block {
        bytes_16 part[4];
    };
    struct two_masks {
        std::uint64_t first, second;
    };

    template <class Vector>
    [[nodiscard, gnu::always_inline]] static inline auto load_as(const void* from) noexcept -> Vector {
        Vector vector;
        __builtin_memcpy(&vector, from, sizeof vector);
        return vector;
    }
    [[nodiscard, gnu::always_inline]] static inline auto evens(bytes_16 a, bytes_16 b) noexcept -> bytes_16 {
        return __builtin_shufflevector(a, b, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
    }
    [[nodiscard, gnu::always_inline]] static inline auto odds(bytes_16 a, bytes_16 b) noexcept -> bytes_16 {
        return __builtin_shufflevector(a, b, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
    }
    /// What lies behind a text of less than 64 bytes is `padding`.
    [[nodiscard, gnu::always_inline]] static inline auto load_block(const char* text, std::size_t n, char padding) noexcept -> block {
        alignas(16) char padded[64];
        if (n < 64) {
            __builtin_memset(padded, padding, 64);
            __builtin_memcpy(padded, text, n);
            text = padded;
        }
        const auto first = load_as<bytes_16>(text), second = load_as<bytes_16>(text + 16), third = load_as<bytes_16>(text + 32), fourth = load_as<bytes_16>(text + 48);
        const bytes_16 evens_1 = evens(first, second), evens_2 = evens(third, fourth), odds_1 = odds(first, second), odds_2 = odds(third, fourth);
        return {{evens(evens_1, evens_2), evens(odds_1, odds_2), odds(evens_1, evens_2), odds(odds_1, odds_2)}};
    }
    /// The bytes of `table` at the numbers in `index`; zero where that is 16 or more.
    [[nodiscard, gnu::always_inline]] static inline auto look_up(bytes_16 table, bytes_16 index) noexcept -> bytes_16 {
        bytes_16 found;
        asm("tbl %0.16b, {%1.16b}, %2.16b" : "=w"(found) : "w"(table), "w"(index));
        return found;
    }
    /// Of each byte of `from` all bits but the lowest `Bits`, shifted down, below the upper `Bits` of `to`.
    template <int Bits>
    [[nodiscard, gnu::always_inline]] static inline auto below(bytes_16 to, bytes_16 from) noexcept -> bytes_16 {
        asm("sri %0.16b, %1.16b, %2" : "+w"(to) : "w"(from), "i"(Bits));
        return to;
    }
    /// Of each byte of `from` all bits but the upper `Bits`, shifted up, above the lowest `Bits` of `to`.
    template <int Bits>
    [[nodiscard, gnu::always_inline]] static inline auto above(bytes_16 to, bytes_16 from) noexcept -> bytes_16 {
        asm("sli %0.16b, %1.16b, %2" : "+w"(to) : "w"(from), "i"(Bits));
        return to;
    }
    /// The bits of `a` that `mask` has, and the others of `b`.
    [[nodiscard, gnu::always_inline]] static inline auto choose(unsigned char mask, bytes_16 a, bytes_16 b) noexcept -> bytes_16 { return ((a ^ b) & mask) ^ b; }
    /// What `of` makes of each part. Not as a loop, since parts that are counted at run time lie in memory.
    template <class Of>
    [[nodiscard, gnu::always_inline]] static inline auto each_part(const block& from, Of of) noexcept -> block {
        return {{of(from.part[0]), of(from.part[1]), of(from.part[2]), of(from.part[3])}};
    }
    /// The sign bits of a block, in the order of its text.
    [[nodiscard, gnu::always_inline]] static inline auto signs(const block& of) noexcept -> std::uint64_t {
        bytes_16 fours = below<2>(below<1>(of.part[3], of.part[2]), below<1>(of.part[1], of.part[0]));
        fours = below<4>(fours, fours);  // twice in each byte
        const auto eights = __builtin_convertvector(reinterpret_cast<shorts_16>(fours) >> 4U, bytes_8);
        std::uint64_t mask = 0;
        __builtin_memcpy(&mask, &eights, sizeof mask);
        return mask;
    }
    /// All bits of a block, as masks in the order of its text: bits 0 and 2, 1 and 3, 4 and 6, 5 and 7.
    [[gnu::always_inline]] static inline void transpose(const block& of, two_masks (&made)[4]) noexcept {
        const bytes_16(&part)[4] = of.part;
        const bytes_16 even_low = choose(0x55, part[0], part[1] << 1U), odd_low = choose(0x55, part[0] >> 1U, part[1]);
        const bytes_16 even_high = choose(0x55, part[2], part[3] << 1U), odd_high = choose(0x55, part[2] >> 1U, part[3]);
        // Four bytes of text in half a byte.
        const bytes_16 bits_04 = choose(0x33, even_low, even_high << 2U), bits_26 = choose(0x33, even_low >> 2U, even_high);
        const bytes_16 bits_15 = choose(0x33, odd_low, odd_high << 2U), bits_37 = choose(0x33, odd_low >> 2U, odd_high);
        // Eight in a byte.
        const bytes_16 even_first = evens(bits_04, bits_26), even_next = odds(bits_04, bits_26), odd_first = evens(bits_15, bits_37), odd_next = odds(bits_15, bits_37);
        made[0] = words_of(above<4>(even_first, even_next));
        made[1] = words_of(above<4>(odd_first, odd_next));
        made[2] = words_of(below<4>(even_next, even_first));
        made[3] = words_of(below<4>(odd_next, odd_first));
    }
    [[nodiscard, gnu::always_inline]] static inline auto words_of(bytes_16 both) noexcept -> two_masks {
        const auto words = reinterpret_cast<longs_16>(both);
        return {words[0], words[1]};
    }

    /// A character is in a set if both halves of its byte say so. Letters take two sets: A to O and P to Z have other lower halves.
    [[gnu::always_inline]] static inline void ascii_masks(const block_classes_of&, const char* text, std::size_t n, std::uint64_t& high, block_masks& made) noexcept {
        constexpr unsigned char h = 0x01, l = 0x02, p = 0x04, digit = 0x08, control = 0x10, newline = 0x20, space = 0x40, apostrophe = 0x80;
        constexpr unsigned char some = h | l | p | digit;
        constexpr bytes_16 by_lower = {h | p | digit | space, some, some, some, some, some, some, some | apostrophe,
                                       some, some | control, h | l | p | control | newline, h | l | control, h | l | control, h | l | control | newline, h | l, h | l};
        constexpr bytes_16 by_upper = {control | newline, 0, space | apostrophe, digit, l, p, l, p, h, h, h, h, h, h, h, h};
        two_masks masks[4];
        transpose(each_part(load_block(text, n, '\0'),  // which is in no set
                            [=](bytes_16 part) __attribute__((always_inline)) { return look_up(by_lower, part & 15U) & look_up(by_upper, part >> 4U); }),
                  masks);
        high = masks[0].first;
        made.words = masks[1].first | masks[0].second;
        made.numbers = masks[1].second;
        made.whitespace = masks[2].first | masks[2].second;
        made.newlines = masks[3].first;
        made.spaces = masks[2].second;
        made.apostrophes = masks[3].second;
    }
    template <class Classes>
    [[gnu::always_inline]] static inline void add_long_characters(const block_classes_of& classes, const character_rows& rows, const char* text, std::size_t n, std::uint64_t high,
                                                                  block_masks& made) noexcept {
        // Continuation bytes are those below C0, as signed numbers.
        const std::uint64_t continued = signs(each_part(load_block(text, n, '\0'), [](bytes_16 part) __attribute__((always_inline)) {
            return reinterpret_cast<bytes_16>(reinterpret_cast<signed_bytes_16>(part) < static_cast<signed char>(-64));
        }));
        std::uint64_t words = 0;
        add_characters<Classes>(classes, rows, text, n, high & ~continued, words, made);
        end_block(words, ~continued, made);
    }
    /// Two texts of a line at a time; what they give is 16 bits for each of the four.
    [[nodiscard, gnu::always_inline]] static inline auto equal_entry(const piece_table::bucket& here, const short_text& wanted, std::uint64_t of) noexcept -> unsigned {
        const longs_16 low = {wanted.low, wanted.low}, high = {wanted.high, wanted.high}, mask = {of, of};
        std::uint64_t high_words[piece_table::bucket::most];
        here.copy_high(high_words);
        const auto is_equal = [&](unsigned i) __attribute__((always_inline)) {
            const longs_16 differs = (load_as<longs_16>(here.low + i) ^ low) | ((load_as<longs_16>(high_words + i) ^ high) & mask);
            return reinterpret_cast<ints_16>(differs == longs_16{});
        };
        const ints_16 four = __builtin_shufflevector(is_equal(0), is_equal(2), 0, 2, 4, 6);
        const auto halves = __builtin_convertvector(four, shorts_8);
        std::uint64_t bits = 0;
        __builtin_memcpy(&bits, &halves, sizeof bits);
        return static_cast<unsigned>(std::countr_zero(bits)) / 16;
    }
    /// Products of the lower, or the upper, two of four numbers.
    [[nodiscard, gnu::always_inline]] static inline auto multiply_low(ints_16 a, ints_16 b) noexcept -> longs_16 {
        longs_16 products;
        asm("umull %0.2d, %1.2s, %2.2s" : "=w"(products) : "w"(a), "w"(b));
        return products;
    }
    [[nodiscard, gnu::always_inline]] static inline auto multiply_high(ints_16 a, ints_16 b) noexcept -> longs_16 {
        longs_16 products;
        asm("umull2 %0.2d, %1.4s, %2.4s" : "=w"(products) : "w"(a), "w"(b));
        return products;
    }
    [[nodiscard, gnu::always_inline]] static inline auto lower_halves(longs_16 a, longs_16 b) noexcept -> ints_16 {
        return __builtin_shufflevector(reinterpret_cast<ints_16>(a), reinterpret_cast<ints_16>(b), 0, 2, 4, 6);
    }
    [[nodiscard, gnu::always_inline]] static inline auto upper_halves(longs_16 a, longs_16 b) noexcept -> ints_16 {
        return __builtin_shufflevector(reinterpret_cast<ints_16>(a), reinterpret_cast<ints_16>(b), 1, 3, 5, 7);
    }
    [[gnu::always_inline]] static inline void hash_all(const piece_table& table, const short_text* texts, std::size_t n, std::uint64_t* hashes, std::uint32_t* lines) noexcept {
        const auto keys = load_as<ints_16>(table.short_hash().keys);
        const ints_16 multiplier = ints_16{} + short_text_hash::multiplier, n_buckets = ints_16{} + table.n_buckets();
        const auto sums = [&](const short_text* from) __attribute__((always_inline)) {  // of two texts
            const auto first = reinterpret_cast<longs_16>(load_as<ints_16>(from) + keys), second = reinterpret_cast<longs_16>(load_as<ints_16>(from + 1) + keys);
            const ints_16 left = lower_halves(first, second), right = upper_halves(first, second);
            longs_16 sum;
            asm("addp %0.2d, %1.2d, %2.2d" : "=w"(sum) : "w"(multiply_low(left, right)), "w"(multiply_high(left, right)));
            return sum;
        };
        for (std::size_t i = 0; i < n; i += 4) {
            const longs_16 first = sums(texts + i), second = sums(texts + i + 2);
            const ints_16 folded = lower_halves(first, second) ^ upper_halves(first, second);
            const longs_16 hash_1 = multiply_low(folded, multiplier), hash_2 = multiply_high(folded, multiplier);
            const ints_16 spread = lower_halves(hash_1, hash_2);
            const ints_16 at = upper_halves(multiply_low(spread, n_buckets), multiply_high(spread, n_buckets)) * static_cast<std::uint32_t>(sizeof(piece_table::bucket));
            __builtin_memcpy(hashes + i, &hash_1, sizeof hash_1);
            __builtin_memcpy(hashes + i + 2, &hash_2, sizeof hash_2);
            __builtin_memcpy(lines + i, &at, sizeof at);
        }
        // Into the second level of the cache: the first one has no room for all of them.
        const auto* const first = reinterpret_cast<const unsigned char*>(table.data());
        const auto ask_for = [&](std::size_t i) __attribute__((always_inline)) { __builtin_prefetch(first + lines[i], 0, 2); };
        for (std::size_t i = 0; i < n; i += 4) {
            ask_for(i);
            ask_for(i + 1);
            ask_for(i + 2);
            ask_for(i + 3);
        }
    }
    [[nodiscard, gnu::always_inline]] static inline auto make_keys(const char* text, const std::uint32_t* begins, std::size_t n, short_text* keys, std::uint16_t* longer) noexcept
        -> std::size_t {
        static_assert(short_text::most_bytes == 15);
        std::size_t n_longer = 0;
        std::uint32_t begin = begins[0];
        for (std::size_t i = 0; i < n; ++i) {
            const std::uint32_t end = begins[i + 1], size = end - begin;
            const bool is_longer = size >= 16;
            const std::size_t row = is_longer ? 16 : size;
            const bytes_16 key = (load_as<bytes_16>(text + begin) & load_as<bytes_16>(masks_by_length.counting + row)) | load_as<bytes_16>(masks_by_length.size + row);
            __builtin_memcpy(static_cast<void*>(keys + i), &key, sizeof key);
            longer[n_longer] = static_cast<std::uint16_t>(i);
            n_longer += is_longer ? 1 : 0;
            begin = end;
        }
        return n_longer;
    }
    [[gnu::always_inline]] static inline void put_bits(std::uint32_t* out, std::uint32_t base, std::uint64_t bits) noexcept { plain_piece_tier::put_bits(out, base, bits); }
    // In registers: a number that has just been written to memory is not there yet for a vector that is read.
    struct sixteen {
        ints_16 part[4];
    };
    [[gnu::always_inline]] static inline void load(sixteen& numbers, const std::uint32_t* from) noexcept {
        numbers = {{load_as<ints_16>(from), load_as<ints_16>(from + 4), load_as<ints_16>(from + 8), load_as<ints_16>(from + 12)}};
    }
    [[gnu::always_inline]] static inline void set(sixteen& numbers, unsigned i, std::uint32_t number) noexcept {
        constexpr ints_16 places{0, 1, 2, 3};
        const ints_16 wanted = ints_16{} + i, all = ints_16{} + number;
        numbers.part[0] = places == wanted ? all : numbers.part[0];
        numbers.part[1] = places + 4U == wanted ? all : numbers.part[1];
        numbers.part[2] = places + 8U == wanted ? all : numbers.part[2];
        numbers.part[3] = places + 12U == wanted ? all : numbers.part[3];
    }
    [[nodiscard, gnu::always_inline]] static inline auto lesser(ints_16 a, ints_16 b) noexcept -> ints_16 { return a < b ? a : b; }
    [[nodiscard, gnu::always_inline]] static inline auto least_four(const sixteen& numbers) noexcept -> ints_16 {
        return lesser(lesser(numbers.part[0], numbers.part[1]), lesser(numbers.part[2], numbers.part[3]));
    }
    [[nodiscard, gnu::always_inline]] static inline auto least_of(ints_16 four) noexcept -> std::uint32_t {
        ints_16 found;
        asm("uminv %s0, %1.4s" : "=w"(found) : "w"(four));
        return found[0];
    }
    [[nodiscard, gnu::always_inline]] static inline auto least(const sixteen& numbers) noexcept -> std::uint32_t { return least_of(least_four(numbers)); }
    [[nodiscard, gnu::always_inline]] static inline auto least(const sixteen& a, const sixteen& b, const sixteen& c, const sixteen& d) noexcept -> std::uint32_t {
        return least_of(lesser(lesser(least_four(a), least_four(b)), lesser(least_four(c), least_four(d))));
    }
};

template <class Classes>
[[nodiscard, gnu::flatten]] inline auto cut_blocks_neon(const block_cut& how, const piece_table& table, std::string_view text, std::string_view keys, std::size_t at,
                                                        piece_batch& batch) noexcept -> std::size_t {
    return cut_blocks_with<neon_piece_tier, Classes>(how, table, text, keys, at, batch);
}
[[nodiscard, gnu::flatten]] inline auto look_up_neon(const piece_table& table, const piece_batch& batch, token_id* out, std::uint16_t* missed) noexcept
    -> std::size_t {
    return look_up_with<neon_piece_tier>(table, batch, out, missed);
}
[[gnu::flatten]] inline void prepare_neon(piece_batch& batch, const piece_table& table, std::string_view text) noexcept { batch.prepare<neon_piece_tier>(table, text); }
[[gnu::flatten]] inline void merge_short_neon(const short_merge_rules& rules, const char* text, unsigned n, short_symbols& made) noexcept {
    merge_short_with<neon_piece_tier>(rules, text, n, made);
}
inline constexpr piece_kernels neon_piece_kernels = {&cut_blocks_neon<unicode_classes>, &cut_blocks_neon<older_classes>, &prepare_neon, &look_up_neon, &merge_short_neon};

}  // namespace cria::inline v0::bpe::detail

#endif

#endif  // CRIA_BPE_PIECE_KERNELS_NEON_HPP
