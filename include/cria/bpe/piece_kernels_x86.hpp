// SPDX-License-Identifier: MIT
#ifndef CRIA_BPE_PIECE_KERNELS_X86_HPP
#define CRIA_BPE_PIECE_KERNELS_X86_HPP

#include "cria/bpe/piece_kernels.hpp"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

// The loops of piece_kernels.hpp with vectors. 64 bytes of text become masks: every byte becomes the sets that it is in, and the sign bits
// of all bytes are a mask; then the next set moves up to the sign. A line of the table is compared as a whole.
//
// Instructions are enabled function by function; a loop and what it calls are one function (flatten), since a function without
// them may not be inlined into by one that has them.

#if defined(__x86_64__) && defined(__GNUC__) && !(defined(_WIN32) && !defined(__clang__))
#define CRIA_DETAIL_PIECES_X86 1

namespace cria::inline v0::bpe::detail {

using longs_64 [[gnu::vector_size(64)]] = unsigned long long;
using longs_32 [[gnu::vector_size(32)]] = unsigned long long;
using ints_64 [[gnu::vector_size(64)]] = std::uint32_t;
using ints_32 [[gnu::vector_size(32)]] = std::uint32_t;
using ints_16 [[gnu::vector_size(16)]] = std::uint32_t;
using int_builtin_64 [[gnu::vector_size(64)]] = int;
using int_builtin_32 [[gnu::vector_size(32)]] = int;
using byte_builtin_16 [[gnu::vector_size(16)]] = char;
using bytes_16 [[gnu::vector_size(16)]] = unsigned char;
using block_64 [[gnu::vector_size(64)]] = unsigned char;
using block_builtin_64 [[gnu::vector_size(64)]] = char;
using words_64 [[gnu::vector_size(64)]] = long long;
using words_16 [[gnu::vector_size(16)]] = long long;
using block_32 [[gnu::vector_size(32)]] = unsigned char;
using block_builtin_32 [[gnu::vector_size(32)]] = char;
using words_32 [[gnu::vector_size(32)]] = long long;
using floats_32 [[gnu::vector_size(32)]] = float;
using doubles_32 [[gnu::vector_size(32)]] = double;

struct avx2_piece_tier {
    [[nodiscard, gnu::target("avx2")]] static inline auto load(const void* from) noexcept -> block_32 {
        block_32 bytes;
        __builtin_memcpy(&bytes, from, sizeof bytes);
        return bytes;
    }
    [[nodiscard, gnu::target("avx2")]] static inline auto signs(block_32 bytes) noexcept -> std::uint64_t {
        return static_cast<std::uint32_t>(__builtin_ia32_pmovmskb256(reinterpret_cast<block_builtin_32>(bytes)));
    }
    [[nodiscard, gnu::target("avx2")]] static inline auto look_up(block_32 in, block_32 index) noexcept -> block_32 {
        return reinterpret_cast<block_32>(__builtin_ia32_pshufb256(reinterpret_cast<block_builtin_32>(in), reinterpret_cast<block_builtin_32>(index)));
    }
    /// A character is in a set if both halves of its byte say so. Letters take two sets: A to O and P to Z have other lower halves.
    [[gnu::target("avx2")]] static inline void ascii_masks(const block_classes_of&, const char* text, std::size_t n, std::uint64_t& high, block_masks& made) noexcept {
        constexpr unsigned char a_to_o = 0x80, p_to_z = 0x40, digits = 0x20, controls = 0x10, newlines = 0x08, space = 0x04, apostrophe = 0x02;
        constexpr unsigned char l = a_to_o, p = p_to_z, d = digits;
        constexpr block_32 by_lower = {p | d | space, l | p | d,  l | p | d, l | p | d, l | p | d, l | p | d, l | p | d, l | p | d | apostrophe,
                                       l | p | d,     l | p | d | controls, l | p | controls | newlines, l | controls, l | controls, l | controls | newlines, l, l,
                                       p | d | space, l | p | d,  l | p | d, l | p | d, l | p | d, l | p | d, l | p | d, l | p | d | apostrophe,
                                       l | p | d,     l | p | d | controls, l | p | controls | newlines, l | controls, l | controls, l | controls | newlines, l, l};
        constexpr block_32 by_upper = {controls | newlines, 0, space | apostrophe, digits, a_to_o, p_to_z, a_to_o, p_to_z, 0, 0, 0, 0, 0, 0, 0, 0,
                                       controls | newlines, 0, space | apostrophe, digits, a_to_o, p_to_z, a_to_o, p_to_z, 0, 0, 0, 0, 0, 0, 0, 0};
        alignas(32) char padded[64];
        if (n < 64) {
            __builtin_memset(padded, 0, 64);  // which is in no set
            __builtin_memcpy(padded, text, n);
            text = padded;
        }
        made.words = made.numbers = made.whitespace = made.newlines = made.spaces = made.apostrophes = high = 0;
        for (unsigned half = 0; half < 2; ++half) {
            const block_32 bytes = load(text + 32 * half);
            // Bytes from 80 on give 0 in the first look-up, and so nothing at all.
            const block_32 upper = (bytes >> 4U) & 15U;
            block_32 in = look_up(by_lower, bytes) & look_up(by_upper, upper);
            const unsigned at = 32 * half;
            high |= signs(bytes) << at;
            std::uint64_t letters = signs(in);
            in += in;
            letters |= signs(in);
            made.words |= letters << at;
            in += in;
            made.numbers |= signs(in) << at;
            in += in;
            std::uint64_t spaces = signs(in);
            in += in;
            made.newlines |= signs(in) << at;
            in += in;
            const std::uint64_t space_bits = signs(in);
            spaces |= space_bits;
            made.spaces |= space_bits << at;
            made.whitespace |= spaces << at;
            in += in;
            made.apostrophes |= signs(in) << at;
        }
    }
    template <class Classes>
    [[gnu::target("avx2")]] static inline void add_long_characters(const block_classes_of& classes, const character_rows& rows, const char* text, std::size_t n, std::uint64_t high,
                                                                   block_masks& made) noexcept {
        // Continuation bytes are those below C0, as signed numbers.
        alignas(32) char padded[64];
        const char* from = text;
        if (n < 64) {
            __builtin_memset(padded, 0, 64);
            __builtin_memcpy(padded, text, n);
            from = padded;
        }
        std::uint64_t continued = 0;
        for (unsigned half = 0; half < 2; ++half) {
            using signed_32 [[gnu::vector_size(32)]] = signed char;
            const auto bytes = reinterpret_cast<signed_32>(load(from + 32 * half));
            continued |= signs(reinterpret_cast<block_32>(bytes < static_cast<signed char>(-64))) << (32 * half);
        }
        std::uint64_t words = 0;
        add_characters<Classes>(classes, rows, text, n, high & ~continued, words, made);
        end_block(words, ~continued, made);
    }
    [[nodiscard, gnu::target("avx2")]] static inline auto equal_entry(const piece_table::bucket& here, const short_text& wanted, std::uint64_t of) noexcept -> unsigned {
        words_32 low, high;
        __builtin_memcpy(&low, here.low, sizeof low);
        here.copy_high(&high);
        const auto l = static_cast<long long>(wanted.low), h = static_cast<long long>(wanted.high);
        const auto mask = static_cast<long long>(of);
        const words_32 differs = (low ^ words_32{l, l, l, l}) | ((high ^ words_32{h, h, h, h}) & words_32{mask, mask, mask, mask});
        const auto equal = static_cast<unsigned>(__builtin_ia32_movmskpd256(reinterpret_cast<doubles_32>(differs == words_32{})));
        return static_cast<unsigned>(std::countr_zero(equal | 0x10U));
    }
    /// Of the lower halves of words.
    [[nodiscard, gnu::target("avx2")]] static inline auto multiply(longs_32 a, longs_32 b) noexcept -> longs_32 {
#if defined(__clang__)
        return (a & 0xFFFFFFFFU) * (b & 0xFFFFFFFFU);
#else
        return reinterpret_cast<longs_32>(__builtin_ia32_pmuludq256(reinterpret_cast<int_builtin_32>(a), reinterpret_cast<int_builtin_32>(b)));
#endif
    }
    [[gnu::target("avx2")]] static inline void hash_all(const piece_table& table, const short_text* texts, std::size_t n, std::uint64_t* hashes, std::uint32_t* lines) noexcept {
        const std::uint32_t* const k = table.short_hash().keys;
        const ints_32 keys{k[0], k[1], k[2], k[3], k[0], k[1], k[2], k[3]};
        const auto products = [=](const short_text* from) __attribute__((target("avx2"), always_inline)) {
            ints_32 halves;
            __builtin_memcpy(&halves, from, sizeof halves);
            const auto sums = reinterpret_cast<longs_32>(halves + keys);
            return multiply(sums, sums >> 32U);
        };
        const longs_32 multiplier = longs_32{} + short_text_hash::multiplier, n_buckets = longs_32{} + table.n_buckets();
        for (std::size_t i = 0; i < n; i += 4) {
            const longs_32 first = products(texts + i), second = products(texts + i + 2);
            const longs_32 sum = __builtin_shufflevector(first, second, 0, 2, 4, 6) + __builtin_shufflevector(first, second, 1, 3, 5, 7);
            const longs_32 hash = multiply(sum ^ (sum >> 32U), multiplier);
            const auto at = __builtin_convertvector((multiply(hash, n_buckets) >> 32U) * sizeof(piece_table::bucket), ints_16);
            __builtin_memcpy(hashes + i, &hash, sizeof hash);
            __builtin_memcpy(lines + i, &at, sizeof at);
        }
        ask_for(table, lines, n);
    }
    static inline void ask_for(const piece_table& table, const std::uint32_t* lines, std::size_t n) noexcept {
        const auto* const first = reinterpret_cast<const unsigned char*>(table.data());
        for (std::size_t i = 0; i < n; i += 4)
            for (std::size_t j = 0; j < 4; ++j) __builtin_prefetch(first + lines[i + j], 0, 2);  // the second level: the first one has no room for all of them
    }
    [[nodiscard, gnu::target("avx2")]] static inline auto make_keys(const char* text, const std::uint32_t* begins, std::size_t n, short_text* keys, std::uint16_t* longer) noexcept
        -> std::size_t {
        const auto* const counting = reinterpret_cast<const unsigned char*>(masks_by_length.counting);
        const auto* const size = reinterpret_cast<const unsigned char*>(masks_by_length.size);
        std::size_t n_longer = 0, i = 0;
        for (; i + 8 <= n; i += 8) {
            ints_32 first, next;
            __builtin_memcpy(&first, begins + i, sizeof first);
            __builtin_memcpy(&next, begins + i + 1, sizeof next);
            const ints_32 sizes = next - first, most = ints_32{} + 16U;
            const auto is_longer = reinterpret_cast<int_builtin_32>(sizes) >= reinterpret_cast<int_builtin_32>(most);
            const ints_32 rows = (sizes < most ? sizes : most) * sizeof(short_text);
            alignas(32) std::uint32_t places[8];
            __builtin_memcpy(places, &rows, sizeof rows);
            for (std::size_t j = 0; j < 8; ++j) {
                words_16 bytes, is_counting, length;
                __builtin_memcpy(&bytes, text + begins[i + j], sizeof bytes);
                __builtin_memcpy(&is_counting, counting + places[j], sizeof is_counting);
                __builtin_memcpy(&length, size + places[j], sizeof length);
                const words_16 key = (bytes & is_counting) | length;
                __builtin_memcpy(static_cast<void*>(keys + i + j), &key, sizeof key);
            }
            auto bits = static_cast<unsigned>(__builtin_ia32_movmskps256(reinterpret_cast<floats_32>(is_longer)));
            for (; bits != 0; bits &= bits - 1) longer[n_longer++] = static_cast<std::uint16_t>(i + static_cast<unsigned>(std::countr_zero(bits)));
        }
        std::uint16_t rest[8];
        const std::size_t n_rest = plain_piece_tier::make_keys(text, begins + i, n - i, keys + i, rest);
        for (std::size_t k = 0; k < n_rest; ++k) longer[n_longer++] = static_cast<std::uint16_t>(i + rest[k]);
        return n_longer;
    }
    static inline void put_bits(std::uint32_t* out, std::uint32_t base, std::uint64_t bits) noexcept { plain_piece_tier::put_bits(out, base, bits); }
    // In registers: a number that has just been written to memory is not there yet for a vector that is read.
    struct sixteen {
        ints_32 first, second;
    };
    [[gnu::target("avx2")]] static inline void load(sixteen& numbers, const std::uint32_t* from) noexcept {
        __builtin_memcpy(&numbers.first, from, sizeof numbers.first);
        __builtin_memcpy(&numbers.second, from + 8, sizeof numbers.second);
    }
    [[gnu::target("avx2")]] static inline void set(sixteen& numbers, unsigned i, std::uint32_t number) noexcept {
        constexpr ints_32 places{0, 1, 2, 3, 4, 5, 6, 7};
        numbers.first = places == ints_32{} + i ? ints_32{} + number : numbers.first;
        numbers.second = places + 8U == ints_32{} + i ? ints_32{} + number : numbers.second;
    }
    [[nodiscard, gnu::target("avx2")]] static inline auto least(const sixteen& numbers) noexcept -> std::uint32_t {
        return least_of(numbers.first < numbers.second ? numbers.first : numbers.second);
    }
    [[nodiscard, gnu::target("avx2")]] static inline auto least(const sixteen& a, const sixteen& b, const sixteen& c, const sixteen& d) noexcept -> std::uint32_t {
        const ints_32 first = a.first < b.first ? a.first : b.first, second = a.second < b.second ? a.second : b.second;
        const ints_32 third = c.first < d.first ? c.first : d.first, fourth = c.second < d.second ? c.second : d.second;
        return least({first < third ? first : third, second < fourth ? second : fourth});
    }
    [[nodiscard, gnu::target("avx2")]] static inline auto least_of(ints_32 eight) noexcept -> std::uint32_t {
        const ints_32 other = __builtin_shufflevector(eight, eight, 4, 5, 6, 7, 0, 1, 2, 3);
        ints_32 four = eight < other ? eight : other;
        const ints_32 pair = __builtin_shufflevector(four, four, 2, 3, 0, 1, 6, 7, 4, 5);
        four = four < pair ? four : pair;
        const ints_32 one = __builtin_shufflevector(four, four, 1, 0, 3, 2, 5, 4, 7, 6);
        four = four < one ? four : one;
        return four[0];
    }
};

struct avx512_piece_tier {
    [[nodiscard, gnu::target("avx512f,avx512bw")]] static inline auto signs(block_64 bytes) noexcept -> std::uint64_t {
        return static_cast<std::uint64_t>(__builtin_ia32_cvtb2mask512(reinterpret_cast<block_builtin_64>(bytes)));
    }
    /// The table of ASCII is two registers.
    [[gnu::target("avx512f,avx512bw,avx512vbmi")]] static inline void ascii_masks(const block_classes_of& classes, const char* text, std::size_t n, std::uint64_t& high,
                                                                                  block_masks& made) noexcept {
        const std::uint64_t known = n == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << n) - 1;
        const block_64 bytes = load(text, n);
        block_64 low_half, high_half;
        __builtin_memcpy(&low_half, classes.ascii.data(), 64);
        __builtin_memcpy(&high_half, classes.ascii.data() + 64, 64);
        block_64 in = look_up_128(low_half, high_half, bytes);
        high = signs(bytes);
        const std::uint64_t ascii = known & ~high;
        made.words = signs(in) & ascii;
        in += in;
        made.numbers = signs(in) & ascii;
        in += in;
        made.whitespace = signs(in) & ascii;
        in += in;
        made.newlines = signs(in) & ascii;
        in += in;
        made.spaces = signs(in) & ascii;
        in += in;
        made.apostrophes = signs(in) & ascii;
    }
    /// Characters of two bytes all at once: their rows are 256 bytes, which are looked up in by lead and the upper half of the second byte, and
    /// its lower half says which bit. Those of three bytes are pressed together, and their rows gathered, eight at a time.
    template <class Classes>
    [[gnu::target("avx512f,avx512bw,avx512vbmi,avx512vbmi2,bmi2")]] static inline void add_long_characters(const block_classes_of& classes, const character_rows& rows, const char* text, std::size_t n,
                                                                                          std::uint64_t high, block_masks& made) noexcept {
        const block_64 bytes = load(text, n), next = load(text + 1, n - 1);
        const std::uint64_t leads = high & above(bytes, 0xBF), longer = leads & above(bytes, 0xDF), leads_of_2 = leads & ~longer;
        const std::uint64_t leads_of_4 = longer & above(bytes, 0xEF), leads_of_3 = longer & ~leads_of_4;
        std::uint64_t words = 0, ends = 0;  // characters before which the block ends
        if (leads_of_2 != 0) {
            const block_64 row_byte = (bytes << 3U) | ((next >> 3U) & 7U);
            const block_64 bit = permute(block_64{1, 2, 4, 8, 16, 32, 64, 128}, next & 7U);
            const std::uint64_t are_words = leads_of_2 & signs_of_any(look_up_256(rows.words, row_byte) & bit);
            const std::uint64_t are_others = leads_of_2 & signs_of_any(look_up_256(rows.others, row_byte) & bit);
            words = are_words | are_words << 1U;
            ends = are_others | (leads_of_2 & std::uint64_t{1} << (n - 1));  // the second byte is beyond the block
        }
        if (leads_of_3 != 0) {
            const std::uint64_t fitting = n > 2 ? (std::uint64_t{1} << (n - 2)) - 1 : 0, whole = leads_of_3 & fitting;
            const block_64 last = load(text + 2, n > 2 ? n - 2 : 0);
            const block_64 firsts = press(bytes, whole), seconds = press(next, whole), thirds = press(last, whole);
            const auto gather = [&](const std::uint64_t* from) __attribute__((target("avx512f,avx512bw,avx512vbmi,avx512vbmi2,bmi2"), always_inline)) {
                std::uint64_t bits = 0;
                for (unsigned done = 0, n_whole = static_cast<unsigned>(std::popcount(whole)); done < n_whole; done += 8) {
                    const longs_64 row = (widen(firsts, done) & 0x0FU) << 6U | (widen(seconds, done) & 0x3FU);
                    const auto found = reinterpret_cast<longs_64>(__builtin_ia32_gatherdiv8di(words_64{}, from, reinterpret_cast<words_64>(row), static_cast<unsigned char>(0xFF), 8));
                    const longs_64 bit = (found >> (widen(thirds, done) & 0x3FU)) & 1U;
                    constexpr int is_other = 4;
                    bits |= static_cast<std::uint64_t>(static_cast<unsigned char>(
                                __builtin_ia32_ucmpq512_mask(reinterpret_cast<words_64>(bit), words_64{}, is_other, static_cast<unsigned char>(0xFF))))
                            << done;
                }
                return __builtin_ia32_pdep_di(bits, whole);
            };
            const std::uint64_t are_words = gather(rows.words);
            words |= are_words | are_words << 1U | are_words << 2U;
            block_64 low_half, high_half;
            __builtin_memcpy(&low_half, rows.have_others, 64);
            __builtin_memcpy(&high_half, rows.have_others + 64, 64);
            const block_64 row_bit = permute(block_64{1, 2, 4, 8, 16, 32, 64, 128}, next & 7U);
            const std::uint64_t may_be_others = whole & signs_of_any(look_up_128(low_half, high_half, (bytes << 3U) | ((next >> 3U) & 7U)) & row_bit);
            ends |= leads_of_3 & ~whole;
            if (may_be_others != 0) ends |= gather(rows.others);
        }
        if (ends != 0) made.size = static_cast<unsigned>(std::countr_zero(ends));
        if (leads_of_4 != 0) add_characters<Classes>(classes, rows, text, n, leads_of_4, words, made);
        end_block(words, leads | ~high, made);
    }
    /// The bytes that have a bit, one behind the other.
    [[nodiscard, gnu::target("avx512f,avx512bw,avx512vbmi2")]] static inline auto press(block_64 bytes, std::uint64_t bits) noexcept -> block_64 {
        return reinterpret_cast<block_64>(__builtin_ia32_compressqi512_mask(reinterpret_cast<block_builtin_64>(bytes), block_builtin_64{}, bits));
    }
    /// Eight bytes as numbers, from byte `first` on, which is at most 48.
    [[nodiscard, gnu::target("avx512f")]] static inline auto widen(const block_64& bytes, unsigned first) noexcept -> longs_64 {
        const auto* const from = reinterpret_cast<const unsigned char*>(&bytes) + first;
#if defined(__clang__)
        using bytes_8 [[gnu::vector_size(8)]] = unsigned char;
        bytes_8 some;
        __builtin_memcpy(&some, from, sizeof some);
        return __builtin_convertvector(some, longs_64);
#else  // GCC converts one by one
        byte_builtin_16 some;
        __builtin_memcpy(&some, from, sizeof some);
        return reinterpret_cast<longs_64>(__builtin_ia32_pmovzxbq512_mask(some, words_64{}, static_cast<unsigned char>(0xFF)));
#endif
    }
    [[nodiscard, gnu::target("avx512f,avx512bw")]] static inline auto load(const char* text, std::size_t n) noexcept -> block_64 {
        const std::uint64_t known = n == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << n) - 1;
#if defined(__clang__)
        return reinterpret_cast<block_64>(__builtin_ia32_loaddquqi512_mask(reinterpret_cast<const block_builtin_64*>(text), block_builtin_64{}, known));
#else
        return reinterpret_cast<block_64>(__builtin_ia32_loaddquqi512_mask(text, block_builtin_64{}, known));
#endif
    }
    [[nodiscard, gnu::target("avx512f,avx512bw")]] static inline auto above(block_64 bytes, unsigned char than) noexcept -> std::uint64_t {
        constexpr int is_above = 6;
        return static_cast<std::uint64_t>(__builtin_ia32_ucmpb512_mask(reinterpret_cast<block_builtin_64>(bytes), reinterpret_cast<block_builtin_64>(block_64{} + than), is_above, ~std::uint64_t{0}));
    }
    [[nodiscard, gnu::target("avx512f,avx512bw")]] static inline auto signs_of_any(block_64 bytes) noexcept -> std::uint64_t { return above(bytes, 0); }
    [[nodiscard, gnu::target("avx512f,avx512bw,avx512vbmi")]] static inline auto permute(block_64 from, block_64 index) noexcept -> block_64 {
        return look_up_128(from, from, index);
    }
    [[nodiscard, gnu::target("avx512f,avx512bw,avx512vbmi")]] static inline auto look_up_128(block_64 low, block_64 high, block_64 index) noexcept -> block_64 {
#if defined(__clang__)
        return reinterpret_cast<block_64>(
            __builtin_ia32_vpermi2varqi512(reinterpret_cast<block_builtin_64>(low), reinterpret_cast<block_builtin_64>(index), reinterpret_cast<block_builtin_64>(high)));
#else
        return reinterpret_cast<block_64>(__builtin_ia32_vpermt2varqi512_mask(reinterpret_cast<block_builtin_64>(index), reinterpret_cast<block_builtin_64>(low),
                                                                              reinterpret_cast<block_builtin_64>(high), ~std::uint64_t{0}));
#endif
    }
    [[nodiscard, gnu::target("avx512f,avx512bw,avx512vbmi")]] static inline auto look_up_256(const void* table, block_64 index) noexcept -> block_64 {
        block_64 quarters[4];
        __builtin_memcpy(&quarters, table, sizeof quarters);
        const block_64 low = look_up_128(quarters[0], quarters[1], index), high = look_up_128(quarters[2], quarters[3], index);
        return index < static_cast<unsigned char>(0x80) ? low : high;
    }
    /// A comparison gives bits at once here; half a line is enough for it.
    [[nodiscard, gnu::target("avx512f,avx512vl")]] static inline auto equal_entry(const piece_table::bucket& here, const short_text& wanted, std::uint64_t of) noexcept -> unsigned {
        words_32 low, high;
        __builtin_memcpy(&low, here.low, sizeof low);
        here.copy_high(&high);
        const auto l = static_cast<long long>(wanted.low), h = static_cast<long long>(wanted.high);
        const auto mask = static_cast<long long>(of);
        const words_32 differs = (low ^ words_32{l, l, l, l}) | ((high ^ words_32{h, h, h, h}) & words_32{mask, mask, mask, mask});
        constexpr int is_equal = 0;
        const auto equal = static_cast<unsigned>(__builtin_ia32_ucmpq256_mask(differs, words_32{}, is_equal, static_cast<unsigned char>(0x0F)));
        return static_cast<unsigned>(std::countr_zero(equal | 0x10U));
    }
    using sixteen = ints_64;
    [[gnu::target("avx512f")]] static inline void load(sixteen& numbers, const std::uint32_t* from) noexcept { __builtin_memcpy(&numbers, from, sizeof numbers); }
    [[gnu::target("avx512f")]] static inline void set(sixteen& numbers, unsigned i, std::uint32_t number) noexcept {
        const auto only = static_cast<unsigned short>(1U << i);
#if defined(__clang__)
        numbers = reinterpret_cast<ints_64>(
            __builtin_ia32_selectd_512(only, reinterpret_cast<int_builtin_64>(ints_64{} + number), reinterpret_cast<int_builtin_64>(numbers)));
#else
        numbers = reinterpret_cast<ints_64>(__builtin_ia32_pbroadcastd512_gpr_mask(static_cast<int>(number), reinterpret_cast<int_builtin_64>(numbers), only));
#endif
    }
    [[nodiscard, gnu::target("avx512f")]] static inline auto least(const sixteen& numbers) noexcept -> std::uint32_t {
        avx2_piece_tier::sixteen halves;
        __builtin_memcpy(&halves, &numbers, sizeof halves);
        return avx2_piece_tier::least(halves);
    }
    [[nodiscard, gnu::target("avx512f")]] static inline auto least(const sixteen& a, const sixteen& b, const sixteen& c, const sixteen& d) noexcept -> std::uint32_t {
        const ints_64 first = a < b ? a : b, second = c < d ? c : d;
        return least(first < second ? first : second);
    }
    [[nodiscard, gnu::target("avx512f")]] static inline auto multiply(longs_64 a, longs_64 b) noexcept -> longs_64 {
#if defined(__clang__)
        return (a & 0xFFFFFFFFU) * (b & 0xFFFFFFFFU);
#else
        return reinterpret_cast<longs_64>(
            __builtin_ia32_pmuludq512_mask(reinterpret_cast<int_builtin_64>(a), reinterpret_cast<int_builtin_64>(b), words_64{}, static_cast<unsigned char>(0xFF)));
#endif
    }
    [[gnu::target("avx512f,avx512vl")]] static inline void hash_all(const piece_table& table, const short_text* texts, std::size_t n, std::uint64_t* hashes,
                                                                    std::uint32_t* lines) noexcept {
        const std::uint32_t* const k = table.short_hash().keys;
        const ints_64 keys{k[0], k[1], k[2], k[3], k[0], k[1], k[2], k[3], k[0], k[1], k[2], k[3], k[0], k[1], k[2], k[3]};
        const auto products = [=](const short_text* from) __attribute__((target("avx512f"), always_inline)) {
            ints_64 halves;
            __builtin_memcpy(&halves, from, sizeof halves);
            const auto sums = reinterpret_cast<longs_64>(halves + keys);
            return multiply(sums, sums >> 32U);
        };
        const longs_64 multiplier = longs_64{} + short_text_hash::multiplier, n_buckets = longs_64{} + table.n_buckets();
        for (std::size_t i = 0; i < n; i += 8) {
            const longs_64 first = products(texts + i), second = products(texts + i + 4);
            const longs_64 sum = __builtin_shufflevector(first, second, 0, 2, 4, 6, 8, 10, 12, 14) + __builtin_shufflevector(first, second, 1, 3, 5, 7, 9, 11, 13, 15);
            const longs_64 hash = multiply(sum ^ (sum >> 32U), multiplier);
            const auto at = __builtin_convertvector((multiply(hash, n_buckets) >> 32U) * sizeof(piece_table::bucket), ints_32);
            __builtin_memcpy(hashes + i, &hash, sizeof hash);
            __builtin_memcpy(lines + i, &at, sizeof at);
        }
        avx2_piece_tier::ask_for(table, lines, n);
    }
    [[nodiscard, gnu::target("avx2")]] static inline auto make_keys(const char* text, const std::uint32_t* begins, std::size_t n, short_text* keys, std::uint16_t* longer) noexcept
        -> std::size_t {
        return avx2_piece_tier::make_keys(text, begins, n, keys, longer);
    }
    /// The numbers 0 to 63, pressed together to those that have a bit. Most blocks have at most 32.
    [[gnu::target("avx512f,avx512bw,avx512vbmi2")]] static inline void put_bits(std::uint32_t* out, std::uint32_t base, std::uint64_t bits) noexcept {
        constexpr block_64 all = {0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
                                  32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};
        const block_64 pressed = press(all, bits);
        const auto put = [&](unsigned first, bytes_16 some) __attribute__((target("avx512f"), always_inline)) {
#if defined(__clang__)
            const ints_64 wide = __builtin_convertvector(some, ints_64) + base;
#else  // GCC converts one by one
            const ints_64 wide = reinterpret_cast<ints_64>(__builtin_ia32_pmovzxbd512_mask(reinterpret_cast<byte_builtin_16>(some), int_builtin_64{}, static_cast<unsigned short>(0xFFFF))) + base;
#endif
            __builtin_memcpy(out + first, &wide, sizeof wide);
        };
        put(0, __builtin_shufflevector(pressed, pressed, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
        put(16, __builtin_shufflevector(pressed, pressed, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31));
        if (std::popcount(bits) > 32) [[unlikely]] {
            put(32, __builtin_shufflevector(pressed, pressed, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47));
            put(48, __builtin_shufflevector(pressed, pressed, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63));
        }
    }
};

template <class Classes>
[[nodiscard, gnu::target("avx2,bmi,bmi2,popcnt"), gnu::flatten]] inline auto cut_blocks_avx2(const block_cut& how, const piece_table& table, std::string_view text, std::string_view keys,
                                                                                     std::size_t at, piece_batch& batch) noexcept -> std::size_t {
    return cut_blocks_with<avx2_piece_tier, Classes>(how, table, text, keys, at, batch);
}
[[nodiscard, gnu::target("avx2,bmi,bmi2,popcnt"), gnu::flatten]] inline auto look_up_avx2(const piece_table& table, const piece_batch& batch, token_id* out, std::uint16_t* missed) noexcept -> std::size_t {
    return look_up_with<avx2_piece_tier>(table, batch, out, missed);
}
[[gnu::target("avx2,bmi,bmi2,popcnt"), gnu::flatten]] inline void prepare_avx2(piece_batch& batch, const piece_table& table, std::string_view text) noexcept {
    batch.prepare<avx2_piece_tier>(table, text);
}
[[gnu::target("avx2,bmi,bmi2,popcnt"), gnu::flatten]] inline void merge_short_avx2(const short_merge_rules& rules, const char* text, unsigned n, short_symbols& made) noexcept {
    merge_short_with<avx2_piece_tier>(rules, text, n, made);
}
inline constexpr piece_kernels avx2_piece_kernels = {&cut_blocks_avx2<unicode_classes>, &cut_blocks_avx2<older_classes>, &prepare_avx2, &look_up_avx2, &merge_short_avx2};

template <class Classes>
[[nodiscard, gnu::target("avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2,bmi,bmi2,popcnt"), gnu::flatten]] inline auto cut_blocks_avx512(const block_cut& how, const piece_table& table, std::string_view text,
                                                                                                 std::string_view keys, std::size_t at, piece_batch& batch) noexcept
    -> std::size_t {
    return cut_blocks_with<avx512_piece_tier, Classes>(how, table, text, keys, at, batch);
}
[[nodiscard, gnu::target("avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2,bmi,bmi2,popcnt"), gnu::flatten]] inline auto look_up_avx512(const piece_table& table, const piece_batch& batch, token_id* out, std::uint16_t* missed) noexcept
    -> std::size_t {
    return look_up_with<avx512_piece_tier>(table, batch, out, missed);
}
[[gnu::target("avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2,bmi,bmi2,popcnt"), gnu::flatten]] inline void prepare_avx512(piece_batch& batch, const piece_table& table, std::string_view text) noexcept {
    batch.prepare<avx512_piece_tier>(table, text);
}
[[gnu::target("avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2,bmi,bmi2,popcnt"), gnu::flatten]] inline void merge_short_avx512(const short_merge_rules& rules, const char* text, unsigned n,
                                                                                                                 short_symbols& made) noexcept {
    merge_short_with<avx512_piece_tier>(rules, text, n, made);
}
inline constexpr piece_kernels avx512_piece_kernels = {&cut_blocks_avx512<unicode_classes>, &cut_blocks_avx512<older_classes>, &prepare_avx512, &look_up_avx512, &merge_short_avx512};

}  // namespace cria::inline v0::bpe::detail

#endif

#endif  // CRIA_BPE_PIECE_KERNELS_X86_HPP
