// SPDX-License-Identifier: MIT
#ifndef CRIA_LLAMA_MODEL_HPP
#define CRIA_LLAMA_MODEL_HPP

#include "cria/base/bytes.hpp"
#include "cria/base/result.hpp"
#include "cria/bpe/tokenizer.hpp"
#include "cria/gguf/file.hpp"
#include "cria/gguf/policy.hpp"
#include "cria/gguf/shards.hpp"
#include "cria/io/mapped_file.hpp"
#include "cria/llama/family.hpp"
#include "cria/llama/hyperparameters.hpp"
#include "cria/llama/weights.hpp"
#include "cria/tokenizer_from_gguf.hpp"

#include <bit>  // endian
#include <span>
#include <string_view>
#include <utility>

// A Llama model in a file or a set of shards, opened: the one call behind which everything is checked. Once a model exists, its
// metadata, hyper-parameters and tokenizer are whole, and every weight has its role and the right shape, so
// what computes with it has nothing left to validate. It holds no weights in memory of its own; tensors are
// read through files().
//
// Each part can be had without the whole: gguf::shards::open for any GGUF model, tokenizer_from for the tokenizer
// of any architecture, hyperparameters_from and weights_from for the rest.

namespace cria::inline v0::llama {

/// How to open a model. The defaults map the file and believe it.
struct open_options {
    io::access how = io::access::mapped;      ///< `owned`: read piece by piece, and safe from files that shrink
    io::advice expect = io::advice::normal;   ///< for a mapping
    gguf::policy rules = {};                  ///< what a file may ask for
    bpe::tokenizer_options tokenizer = {};
    std::span<const family> families = {};    ///< architectures of the caller's own; they come before llama::families. Borrowed during the call
};

/// An open model. Move-only.
///
/// When it is moved, pointers to tensors, views of metadata and of mapped data stay valid; what was made from
/// references to its parts (a bpe::encoder, which borrows the tokenizer) does not.
/// Threads: const, safe to share.
class model {
public:
    /// The model in `files`; `own` are families of the caller's, borrowed during the call.
    /// Fails: as hyperparameters_from and weights_from, in this order; then errc::unsupported_feature where the weights are in
    ///        another byte order than this machine's, which no engine could compute with as they are; then as tokenizer_from.
    [[nodiscard]] static auto from(gguf::shards&& files, const bpe::tokenizer_options& options = {}, std::span<const family> own = {}) -> result<model>;
    /// The model in `file`.
    /// Fails: also as gguf::shards::of.
    [[nodiscard]] static auto from(gguf::file&& file, const bpe::tokenizer_options& options = {}, std::span<const family> own = {}) -> result<model>;

    /// The file it was opened from, or all files of the set: metadata, tensors and their data as one.
    [[nodiscard]] auto files() const& noexcept CRIA_LIFETIME_BOUND -> const gguf::shards& { return files_; }
    auto files() && -> const gguf::shards& = delete;
    [[nodiscard]] auto hyperparameters() const& noexcept CRIA_LIFETIME_BOUND -> const llama::hyperparameters& { return numbers_; }
    auto hyperparameters() && -> const llama::hyperparameters& = delete;
    [[nodiscard]] auto tokenizer() const& noexcept CRIA_LIFETIME_BOUND -> const bpe::tokenizer& { return tokenizer_; }
    auto tokenizer() && -> const bpe::tokenizer& = delete;
    [[nodiscard]] auto weights() const& noexcept CRIA_LIFETIME_BOUND -> const llama::weights& { return weights_; }
    auto weights() && -> const llama::weights& = delete;

private:
    model(gguf::shards&& files, llama::hyperparameters&& numbers, llama::weights&& bound, bpe::tokenizer&& tokenizer) noexcept
        : files_(std::move(files)), numbers_(std::move(numbers)), weights_(std::move(bound)), tokenizer_(std::move(tokenizer)) {}

    gguf::shards files_;
    llama::hyperparameters numbers_;  // its texts point into the first file's bytes
    llama::weights weights_;          // points into files_'s tensor table; neither moves when files_ does
    bpe::tokenizer tokenizer_;
};

/// The model in the file at `path` (UTF-8), or in the set of shards that it is one of.
///
///     auto model = cria::llama::open("model.gguf");
///     if (!model) return fail(model.error().message());
///     auto ids = model->tokenizer().encode("Once upon a time", {.add_special = true});
///     const gguf::tensor& query = *model->weights().layers[0].attn_q;
///
/// Fails: as gguf::shards::open and model::from; a vocabulary without weights is errc::missing_key or errc::missing_tensor.
/// Cost:  O(header bytes), most of it for the tokenizer; no weight is read.
[[nodiscard]] inline auto open(std::string_view path, const open_options& options = {}) -> result<model>;
/// The model in these files, whatever their names and order: a set of shards from a download cache, say.
[[nodiscard]] inline auto open(std::span<const std::string_view> paths, const open_options& options = {}) -> result<model>;

// ---------------------------------------------------------------------------------------------------
// implementation

inline auto model::from(gguf::shards&& files, const bpe::tokenizer_options& options, std::span<const family> own) -> result<model> {
    auto read = hyperparameters_from(files.metadata(), own);
    if (!read) {
        // That a file is an adapter says more than the first key that it lacks.
        if (read.error().code == errc::missing_key) CRIA_TRY_VOID(detail::check_is_no_adapter(files.tensors()));
        return read.error();
    }
    llama::hyperparameters numbers = *std::move(read);
    CRIA_TRY(auto bound, weights_from(files.tensors(), numbers));
    if (files.byte_order() != std::endian::native)  // before the tokenizer, which is most of the work
        return error{errc::unsupported_feature, 4, "version"}.because("weights are in another byte order than this machine's");
    numbers.family.extra_tensors = {};  // the caller's, and bound by now
    CRIA_TRY(auto tokenizer, tokenizer_from(files.metadata(), options));
    return model(std::move(files), std::move(numbers), std::move(bound), std::move(tokenizer));
}

inline auto model::from(gguf::file&& file, const bpe::tokenizer_options& options, std::span<const family> own) -> result<model> {
    CRIA_TRY(auto files, gguf::shards::of(std::move(file)));
    return from(std::move(files), options, own);
}

inline auto open(std::string_view path, const open_options& options) -> result<model> {
    CRIA_TRY(auto files, gguf::shards::open(path, {.how = options.how, .expect = options.expect, .rules = options.rules}));
    return model::from(std::move(files), options.tokenizer, options.families);
}

inline auto open(std::span<const std::string_view> paths, const open_options& options) -> result<model> {
    CRIA_TRY(auto files, gguf::shards::open(paths, {.how = options.how, .expect = options.expect, .rules = options.rules}));
    return model::from(std::move(files), options.tokenizer, options.families);
}

}  // namespace cria::inline v0::llama

#endif  // CRIA_LLAMA_MODEL_HPP
