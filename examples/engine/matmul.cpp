// SPDX-License-Identifier: MIT
#include "engine/matmul.hpp"

#include <algorithm>  // min, fill_n
#include <bit>        // endian
#include <cassert>
#include <cstdint>
#include <cstring>  // memcpy
#include <span>

#include "cria/quant/dequantize.hpp"
#include "cria/quant/dot.hpp"
#include "engine/kernels.hpp"
#include "engine/lanes.hpp"
#include "engine/multiply_rows.hpp"

namespace engine {

auto check(const matrix& w) -> cria::result<void> {
    const auto layout = cria::geometry_of(w.type);
    if (!layout) {
        return cria::error{cria::errc::unsupported_type, "matrix"}.finding(std::uint64_t{static_cast<std::uint32_t>(w.type)});
    }
    const auto row_bytes = cria::bytes_of(*layout, w.n_in);
    if (!row_bytes) return cria::error{cria::errc::wrong_shape, "matrix"}.because("rows are not whole blocks").expecting(std::uint64_t{layout->elements_per_block}, w.n_in);
    constexpr std::uint64_t most = ~std::uint64_t{0};
    if (*row_bytes != 0 && w.n_out > most / *row_bytes) return cria::error{cria::errc::overflow, "matrix"};
    if (*row_bytes * w.n_out != w.bytes.size()) {
        return cria::error{cria::errc::wrong_shape, "matrix"}.because("there are not as many bytes as its rows have").expecting(
            *row_bytes * w.n_out, std::uint64_t{w.bytes.size()});
    }
    return {};
}

namespace {

constexpr std::size_t tile_rows = 16;       // that share a pass over the tokens
constexpr std::size_t tile_columns = 2048;  // longer rows are cut
constexpr std::size_t block_tokens = 48;    // whose sums are kept where rows are cut; whole blocks of 1, 2 and 6 tokens
// Floats a multiple of 4 KiB apart compete for the same lines of the first-level cache. Rows that lie so are copied like
// those of other types where many tokens share the copy: rows of 2048 gain two fifths, rows of other lengths would lose up to a tenth.
constexpr std::size_t aliasing_floats = 1024;
static_assert(tile_rows % rows_at_once == 0 && block_tokens % most_tokens_at_once == 0 && rows_at_once == 4);

/// Rows as floats where they lie, or nullptr: these bytes have to be turned into floats first.
auto floats_in_place(const matrix& w) -> const float* {
    const bool is_native = w.type == cria::tensor_type::f32 && std::endian::native == std::endian::little;
    const bool is_aligned = reinterpret_cast<std::uintptr_t>(w.bytes.data()) % alignof(float) == 0;
    return is_native && is_aligned ? reinterpret_cast<const float*>(w.bytes.data()) : nullptr;
}

/// A product of rows `first_row` on, of which there are at most tile_rows, with all tokens.
class tile {
public:
    tile(const matrix& w, std::size_t n_tokens, const kernels& with)
        : w_(w), with_(with), in_place_(n_tokens > with.n_tokens_at_once && w.n_in % aliasing_floats == 0 ? nullptr : floats_in_place(w)) {}

    void multiply(std::size_t first_row, std::size_t n_rows, const float* x, std::size_t n_tokens, float* y) {
        // Sums of rows that are not cut are finished at once: any number of tokens shares the floats.
        const bool is_whole = w_.n_in <= tile_columns;
        const std::size_t n_at_a_time = is_whole ? n_tokens : block_tokens;
        for (std::size_t t = 0; t < n_tokens; t += n_at_a_time) {
            const std::size_t n = std::min(n_at_a_time, n_tokens - t);
            for (std::size_t column = 0; column < w_.n_in; column += tile_columns) {
                read(first_row, n_rows, column);
                add_products(n_rows, column, x + t * w_.n_in, n, y + t * w_.n_out + first_row);
            }
        }
    }

private:
    /// Columns `column` on of the rows, as floats.
    void read(std::size_t first_row, std::size_t n_rows, std::size_t column) {
        n_columns_ = std::min<std::size_t>(tile_columns, w_.n_in - column);
        const std::size_t first = first_row * w_.n_in + column;
        const float* const floats = in_place_ != nullptr ? in_place_ + first : floats_;
        const std::size_t stride = in_place_ != nullptr ? w_.n_in : n_columns_;
        if (in_place_ == nullptr) {
            const bool is_whole = n_columns_ == w_.n_in;  // then rows follow one another in the file as they do here
            for (std::size_t r = 0; r < (is_whole ? 1 : n_rows); ++r) {
                const std::span<float> out(floats_ + r * stride, is_whole ? n_rows * stride : stride);
                [[maybe_unused]] const auto read = cria::quant::dequantize_range<float>(w_.type, w_.bytes, first + r * w_.n_in, out);
                assert(read);  // check() has seen to it
            }
        }
        // Kernels take four rows: those that are missing are other names of the last one, and nobody looks at their sums.
        for (std::size_t r = 0; r < tile_rows; ++r) rows_[r] = floats + std::min(r, n_rows - 1) * stride;
    }

    void add_products(std::size_t n_rows, std::size_t column, const float* x, std::size_t n_tokens, float* y) {
        const bool is_first = column == 0, is_last = column + n_columns_ == w_.n_in;
        float* sums = sums_;
        for (std::size_t t = 0; t < n_tokens;) {
            const std::size_t n = std::min(with_.n_tokens_at_once, n_tokens - t);
            for (std::size_t r = 0; r < n_rows; r += rows_at_once) {
                if (is_first) std::fill_n(sums, n * rows_at_once * n_lanes, 0.0F);
                with_.accumulate[n - 1](rows_ + r, x + t * w_.n_in + column, w_.n_in, n_columns_, sums);
                if (is_last) finish(sums, n, std::min(rows_at_once, n_rows - r), y + t * w_.n_out + r);
                if (!(is_first && is_last)) sums += n * rows_at_once * n_lanes;
            }
            t += n;
        }
    }

    void finish(const float* sums, std::size_t n_tokens, std::size_t n_rows, float* y) {
        for (std::size_t t = 0; t < n_tokens; ++t) {
            float totals[rows_at_once];
            sums_of_lanes(sums + t * rows_at_once * n_lanes, totals);
            if (n_rows == rows_at_once) std::memcpy(y + t * w_.n_out, totals, sizeof totals);
            else std::copy_n(totals, n_rows, y + t * w_.n_out);
        }
    }

    const matrix& w_;
    const kernels& with_;
    const float* in_place_;
    std::size_t n_columns_ = 0;
    const float* rows_[tile_rows];
    alignas(64) float floats_[tile_rows * tile_columns];
    alignas(64) float sums_[block_tokens * tile_rows * n_lanes];
};

/// For one token, no weight is needed a second time, and the library's dot() decodes them without storing floats. It adds up
/// in the same order.
void multiply_one(const matrix& w, const float* x, float* y, std::size_t begin, std::size_t end) {
    const std::size_t row_bytes = w.bytes.size() / w.n_out;
    for (std::size_t row = begin; row < end; ++row) {
        const auto sum = cria::quant::dot(w.type, w.bytes.subspan(row * row_bytes, row_bytes), std::span(x, w.n_in));
        assert(sum);  // check() has seen to it
        y[row] = *sum;
    }
}

}  // namespace

void multiply_rows(const matrix& w, const float* x, std::size_t n_tokens, float* y, std::size_t begin, std::size_t end, const kernels& with) {
    if (n_tokens == 1 && floats_in_place(w) == nullptr) return multiply_one(w, x, y, begin, end);
    tile own(w, n_tokens, with);
    // Of few tokens there is little to share: then the floats are to stay in the first-level cache.
    const std::size_t n_rows = n_tokens <= with.n_tokens_at_once ? rows_at_once : tile_rows;
    for (std::size_t row = begin; row < end; row += n_rows) own.multiply(row, std::min(n_rows, end - row), x, n_tokens, y);
}

auto multiply(const matrix& w, const float* x, std::size_t n_tokens, float* y, team& on) -> void {
    if (w.n_in == 0) {
        std::fill_n(y, n_tokens * w.n_out, 0.0F);
        return;
    }
    const kernels& with = kernels_of();
    // Whole groups of rows, so that only the last one has fewer than a kernel takes.
    on.each((w.n_out + rows_at_once - 1) / rows_at_once, [&](std::size_t begin, std::size_t end) {
        multiply_rows(w, x, n_tokens, y, begin * rows_at_once, std::min<std::size_t>(end * rows_at_once, w.n_out), with);
    });
}

auto dot(const float* a, const float* b, std::size_t n) -> float { return kernels_of().dot(a, b, n); }
auto sum_of_squares(const float* x, std::size_t n) -> float { return dot(x, x, n); }
void add_scaled(float* y, const float* x, float scale, std::size_t n) { kernels_of().add_scaled(y, x, scale, n); }

void dots(const float* q, const float* keys, std::size_t stride, std::size_t n_keys, std::size_t n, float scale, float* out) {
    kernels_of().dots(q, keys, stride, n_keys, n, scale, out);
}

void weighted_sum(const float* weights, const float* values, std::size_t stride, std::size_t n_values, std::size_t n, float* out) {
    kernels_of().weighted_sum(weights, values, stride, n_values, n, out);
}

}  // namespace engine
