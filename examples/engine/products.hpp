// SPDX-License-Identifier: MIT
#ifndef CRIA_ENGINE_PRODUCTS_HPP
#define CRIA_ENGINE_PRODUCTS_HPP

#include "cria/base/result.hpp"
#include "engine/matmul.hpp"
#include "engine/threads.hpp"

#include <cstddef>

// Where weights are multiplied: the one thing of the engine that may be done elsewhere than on the CPU. Nearly all the
// arithmetic of a model, and all of its weights but small vectors, are in these products; what is between them (attention,
// norms, activations) stays where it is.

namespace engine {

/// Multiplies matrices of one model. It may keep them somewhere else, in another form, and know them by where their bytes are
/// in the model's file. Threads: one at a time.
class products {
public:
    products() = default;
    products(const products&) = delete;
    auto operator=(const products&) -> products& = delete;
    virtual ~products() = default;

    /// y[t · n_out + o] = Σ w[o][i] · x[t · n_in + i], for every token t below `n_tokens` and every row o, done when it returns.
    /// `w` is one of the model's parameters, or rows of one (rows_of).
    /// Fails: as the machine that computes; what `y` holds then is not said.
    /// Preconditions: check(w); `x`, `y` and the weights do not overlap.
    [[nodiscard]] virtual auto multiply(const matrix& w, const float* x, std::size_t n_tokens, float* y) -> cria::result<void> = 0;
};

/// On the CPU, from the file's bytes: engine::multiply, which cannot fail. Borrows: the team.
class host_products final : public products {
public:
    explicit host_products(team& on) noexcept : on_(on) {}
    [[nodiscard]] auto multiply(const matrix& w, const float* x, std::size_t n_tokens, float* y) -> cria::result<void> override {
        engine::multiply(w, x, n_tokens, y, on_);
        return {};
    }

private:
    team& on_;
};

/// A product, and then bias[o] is added to each y[t · n_out + o]; nullptr: there is none. Fails: as products::multiply.
[[nodiscard]] inline auto project(products& by, const matrix& w, const float* bias, const float* x, std::size_t n_tokens, float* y) -> cria::result<void> {
    CRIA_TRY_VOID(by.multiply(w, x, n_tokens, y));
    if (bias == nullptr) return {};
    for (std::size_t t = 0; t < n_tokens; ++t) add_scaled(y + t * w.n_out, bias, 1.0F, w.n_out);
    return {};
}

}  // namespace engine

#endif  // CRIA_ENGINE_PRODUCTS_HPP
