// SPDX-License-Identifier: MIT
#ifndef CRIA_LLAMA_MODEL_HPP
#define CRIA_LLAMA_MODEL_HPP

#include "cria/base/bytes.hpp"
#include "cria/base/result.hpp"
#include "cria/bpe/tokenizer.hpp"
#include "cria/gguf/file.hpp"
#include "cria/gguf/parse.hpp"
#include "cria/io/mapped_file.hpp"
#include "cria/llama/hyperparameters.hpp"
#include "cria/llama/weights.hpp"
#include "cria/tokenizer_from_gguf.hpp"

#include <string_view>
#include <utility>

// A Llama model in a file, opened: the one call behind which everything is checked. Once a model exists, its
// metadata, hyper-parameters and tokenizer are whole, and every weight has its role and the right shape, so
// what computes with it has nothing left to validate. It holds no weights in memory of its own; tensors are
// read through file().
//
// Each part can be had without the whole: gguf::file::open for any GGUF file, tokenizer_from for the tokenizer
// of any architecture, hyperparameters_from and weights_from for the rest.

namespace cria::inline v0::llama {

/// How to open a model. The defaults map the file and believe it.
struct open_options {
    io::access how = io::access::mapped;      ///< `owned`: read piece by piece, and safe from files that shrink
    io::advice expect = io::advice::normal;   ///< for a mapping
    gguf::policy rules = {};                  ///< what a file may ask for
    bpe::tokenizer_options tokenizer = {};
};

/// An open model. Move-only.
///
/// When it is moved, pointers to tensors, views of metadata and of mapped data stay valid; what was made from
/// references to its parts (a bpe::encoder, which borrows the tokenizer) does not.
/// Threads: const, safe to share.
class model {
public:
    /// The model in `file`.
    /// Fails: as hyperparameters_from, weights_from and tokenizer_from, in this order.
    [[nodiscard]] static auto from(gguf::file&& file, const bpe::tokenizer_options& options = {}) -> result<model>;

    [[nodiscard]] auto file() const& noexcept CRIA_LIFETIME_BOUND -> const gguf::file& { return file_; }
    auto file() && -> const gguf::file& = delete;
    [[nodiscard]] auto hyperparameters() const& noexcept CRIA_LIFETIME_BOUND -> const llama::hyperparameters& { return numbers_; }
    auto hyperparameters() && -> const llama::hyperparameters& = delete;
    [[nodiscard]] auto tokenizer() const& noexcept CRIA_LIFETIME_BOUND -> const bpe::tokenizer& { return tokenizer_; }
    auto tokenizer() && -> const bpe::tokenizer& = delete;
    [[nodiscard]] auto weights() const& noexcept CRIA_LIFETIME_BOUND -> const llama::weights& { return weights_; }
    auto weights() && -> const llama::weights& = delete;

private:
    model(gguf::file&& file, llama::hyperparameters&& numbers, llama::weights&& bound, bpe::tokenizer&& tokenizer) noexcept
        : file_(std::move(file)), numbers_(std::move(numbers)), weights_(std::move(bound)), tokenizer_(std::move(tokenizer)) {}

    gguf::file file_;
    llama::hyperparameters numbers_;  // its texts point into file_'s bytes
    llama::weights weights_;          // points into file_'s tensor table; neither moves when file_ does
    bpe::tokenizer tokenizer_;
};

/// The model in the file at `path` (UTF-8).
///
///     auto model = cria::llama::open("model.gguf");
///     if (!model) return fail(model.error().message());
///     auto ids = model->tokenizer().encode("Once upon a time", {.add_special = true});
///     const gguf::tensor& query = *model->weights().layers[0].attn_q;
///
/// Fails: as gguf::file::open and model::from; a vocabulary without weights is errc::missing_key or errc::missing_tensor.
/// Cost:  O(header bytes), most of it for the tokenizer; no weight is read.
[[nodiscard]] inline auto open(std::string_view path, const open_options& options = {}) -> result<model>;

// ---------------------------------------------------------------------------------------------------
// implementation

inline auto model::from(gguf::file&& file, const bpe::tokenizer_options& options) -> result<model> {
    CRIA_TRY(auto numbers, hyperparameters_from(file.contents()));
    CRIA_TRY(auto bound, weights_from(file.contents(), numbers));
    CRIA_TRY(auto tokenizer, tokenizer_from(file.contents(), options));
    return model(std::move(file), std::move(numbers), std::move(bound), std::move(tokenizer));
}

inline auto open(std::string_view path, const open_options& options) -> result<model> {
    CRIA_TRY(auto file, gguf::file::open(path, {.how = options.how, .expect = options.expect, .rules = options.rules}));
    return model::from(std::move(file), options.tokenizer);
}

}  // namespace cria::inline v0::llama

#endif  // CRIA_LLAMA_MODEL_HPP
