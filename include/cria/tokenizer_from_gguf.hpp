// SPDX-License-Identifier: MIT
#ifndef CRIA_TOKENIZER_FROM_GGUF_HPP
#define CRIA_TOKENIZER_FROM_GGUF_HPP

#include "cria/base/result.hpp"
#include "cria/bpe/tokenizer.hpp"
#include "cria/bpe/tokenizer_builder.hpp"
#include "cria/gguf/parse.hpp"

#include <bit>  // bit_cast
#include <cstdint>
#include <cstring>  // memcpy
#include <limits>
#include <optional>
#include <string_view>  // and std::size
#include <utility>

// tokenizer_from: the tokenizer that a GGUF file's metadata describes, whatever the model's architecture.
//
// Keys and their defaults are those of GGUF's specification and llama.cpp (src/llama-vocab.cpp, read at
// commit 0c1e57098 of 2026-10-01), read more leniently in one way: integers may have any width. Strings go
// from the file's bytes straight into the tokenizer's tables; afterwards the file may be closed.
//
// What contradicts itself or is not understood is an error that names the key; what is odd but harmless is a
// note. In SentencePiece files without unknown_token_id UNKNOWN is the first token of that type, or id 0 where the file has
// no types; with neither, characters that cannot be spelled are lost, which is noted. In byte-level files without bos_token_id or eos_token_id, id 11 is taken only if that token is
// special, as in Falcon's vocabulary, where the convention comes from; elsewhere 11 is a comma (and BOS and EOS
// in compat::llama_cpp).
//
// Files do not say which special tokens swallow the white space next to them. As in llama.cpp that follows from names:
// Phi-3's tokens do, behind them (also where only the architecture says Phi-3, but not in compat::llama_cpp), and the
// mask of some encoders does, before it.

namespace cria::inline v0 {

namespace bpe {

/// What to do differently from what the file says.
struct tokenizer_options {
    compat mode = compat::hf;
    std::string_view pre = {};  ///< use this pre-tokenizer instead of `tokenizer.ggml.pre`; empty: the file's
    nfc_mode nfc = nfc_mode::automatic;
    std::optional<prefix_space> prefix = {};   ///< SentencePiece: where a space goes in front; empty: as the file says
    std::optional<special_order> order = {};   ///< empty: as usual in `mode`
    std::optional<pretokenizer> split = {};    ///< cut text like this; what else `pre` implies stays. Not for SentencePiece
    simd_tier widest = simd_tier::avx512;      ///< use no wider instructions, even where the processor has them: for who wants to compare
    bool is_plain = false;                     ///< encode without the tables that make it fast: for who wants to compare
};

}  // namespace bpe

/// The tokenizer described by a file's metadata.
///
///     CRIA_TRY(auto file, gguf::file::open(path));
///     CRIA_TRY(auto tokenizer, tokenizer_from(file.contents()));
///     auto ids = tokenizer.encode("Once upon a time");
///
/// Fails: errc::missing_key; errc::wrong_type and errc::invalid_vocabulary, with the value's offset in the
///        file; errc::unsupported_tokenizer (neither byte-level nor SentencePiece BPE);
///        errc::unsupported_pretokenizer, whose subject is `pre` if the option named it; errc::invalid_argument for an option that does not fit the algorithm;
///        errc::limit_exceeded; errc::out_of_memory.
/// Cost:  O(bytes of tokens and merges).
[[nodiscard]] inline auto tokenizer_from(const gguf::contents& file, const bpe::tokenizer_options& options = {}) -> result<bpe::tokenizer>;
/// The same from the metadata alone, which a shard set has in its first file.
[[nodiscard]] inline auto tokenizer_from(const gguf::metadata& metadata, const bpe::tokenizer_options& options = {}) -> result<bpe::tokenizer>;

// ---------------------------------------------------------------------------------------------------
// implementation

namespace detail::tokenizer_keys {

inline constexpr std::string_view model = "tokenizer.ggml.model", pre = "tokenizer.ggml.pre", tokens = "tokenizer.ggml.tokens",
                                  merges = "tokenizer.ggml.merges", scores = "tokenizer.ggml.scores", types = "tokenizer.ggml.token_type",
                                  add_bos = "tokenizer.ggml.add_bos_token", add_eos = "tokenizer.ggml.add_eos_token",
                                  add_space_prefix = "tokenizer.ggml.add_space_prefix",
                                  remove_extra_whitespaces = "tokenizer.ggml.remove_extra_whitespaces",
                                  name = "general.name", architecture = "general.architecture";

struct special_key {
    std::string_view key;
    std::optional<bpe::token_id> bpe::special_ids::*id;
};
/// Later keys win: the last three are the old names of three above.
inline constexpr special_key special_keys[] = {
    {"tokenizer.ggml.bos_token_id", &bpe::special_ids::bos},
    {"tokenizer.ggml.eos_token_id", &bpe::special_ids::eos},
    {"tokenizer.ggml.eot_token_id", &bpe::special_ids::eot},
    {"tokenizer.ggml.eom_token_id", &bpe::special_ids::eom},
    {"tokenizer.ggml.unknown_token_id", &bpe::special_ids::unknown},
    {"tokenizer.ggml.padding_token_id", &bpe::special_ids::padding},
    {"tokenizer.ggml.seperator_token_id", &bpe::special_ids::separator},  // spelled like this in files
    {"tokenizer.ggml.mask_token_id", &bpe::special_ids::mask},
    {"tokenizer.ggml.fim_pre_token_id", &bpe::special_ids::fim_prefix},
    {"tokenizer.ggml.fim_suf_token_id", &bpe::special_ids::fim_suffix},
    {"tokenizer.ggml.fim_mid_token_id", &bpe::special_ids::fim_middle},
    {"tokenizer.ggml.fim_pad_token_id", &bpe::special_ids::fim_pad},
    {"tokenizer.ggml.fim_rep_token_id", &bpe::special_ids::fim_repo},
    {"tokenizer.ggml.fim_sep_token_id", &bpe::special_ids::fim_separator},
    {"tokenizer.ggml.prefix_token_id", &bpe::special_ids::fim_prefix},
    {"tokenizer.ggml.suffix_token_id", &bpe::special_ids::fim_suffix},
    {"tokenizer.ggml.middle_token_id", &bpe::special_ids::fim_middle},
};

}  // namespace detail::tokenizer_keys

namespace detail {

/// An array of numbers of any type.
class number_array {
public:
    /// Integers, and floats too where `takes_floats`. Fails: errc::wrong_type.
    [[nodiscard]] static auto make(const gguf::value& stored, std::string_view key, bool takes_floats) -> result<number_array> {
        number_array made;
        if (auto integers = stored.get<gguf::array<std::int64_t>>(key)) {
            made.integers_ = *integers;
            const bool is_plain = stored.element_type() == gguf::value_type::i32 && stored.encoding().order == std::endian::native;
            if (is_plain) made.plain_ = stored.bytes().data();
        } else if (auto naturals = stored.get<gguf::array<std::uint64_t>>(key)) {
            made.naturals_ = *naturals;
        } else if (takes_floats) {
            CRIA_TRY(made.floats_, stored.get<gguf::array<double>>(key));
        } else {
            return integers.error();
        }
        return made;
    }

    [[nodiscard]] auto size() const noexcept -> std::size_t { return integers_.size() + naturals_.size() + floats_.size(); }
    /// Element `i`; an integer above 2^53 is rounded. Precondition: i < size().
    [[nodiscard]] auto operator[](std::size_t i) const noexcept -> double {
        if (plain_ != nullptr) {  // as token types are
            std::int32_t number = 0;
            std::memcpy(&number, plain_ + i * sizeof number, sizeof number);
            return number;
        }
        if (!integers_.empty()) return static_cast<double>(integers_[i]);
        return naturals_.empty() ? floats_[i] : static_cast<double>(naturals_[i]);
    }

private:
    const std::byte* plain_ = nullptr;    // of integers_, where they can be read as they are
    gguf::array<std::int64_t> integers_;  // one of the three is in use
    gguf::array<std::uint64_t> naturals_;
    gguf::array<double> floats_;
};

/// Reads one file's tokenizer keys, in the order in which they depend on one another.
struct tokenizer_reader {
    const gguf::metadata& metadata;
    bpe::tokenizer_settings settings = {};
    bool has_default_ids = true;
    bool is_pre_missing = false, is_bos_forced = false, keeps_extra_spaces = false;
    gguf::string_array tokens = {}, merges = {};
    number_array types = {}, scores = {};  // empty where the file has none
    std::string_view bad_ids[std::size(tokenizer_keys::special_keys)] = {};  // the keys of ids outside the vocabulary

    /// Where the value of `key` is in the file.
    [[nodiscard]] auto offset_of(std::string_view key) const noexcept -> std::uint64_t {
        const auto stored = metadata.find(key);
        return stored ? stored->offset_bytes() : error::no_offset;
    }

    [[nodiscard]] auto read_kind(const bpe::tokenizer_options& options) -> result<void> {
        CRIA_TRY(const auto model, metadata.get<std::string_view>(tokenizer_keys::model));
        settings.mode = options.mode;
        settings.order = options.order;
        settings.split = options.split;
        settings.is_plain = options.is_plain;
        settings.widest = options.widest;
        if (model == "llama") {
            settings.kind = bpe::algorithm::sentencepiece;
            settings.add_bos = true;
            settings.add_space_prefix = true;
            settings.nfc = options.nfc == bpe::nfc_mode::on;
            return {};
        }
        const bool is_gemma4 = model == "gemma4";
        if (model != "gpt2" && !is_gemma4) {
            return error{errc::unsupported_tokenizer, offset_of(tokenizer_keys::model), tokenizer_keys::model}.finding(model);
        }
        has_default_ids = !is_gemma4;
        std::string_view name = options.pre;
        if (name.empty() && is_gemma4) name = model;
        if (name.empty()) {
            CRIA_TRY(name, metadata.get_or<std::string_view>(tokenizer_keys::pre, {}));
        }
        is_pre_missing = name.empty();
        const bpe::pre_rule* const rule = bpe::find_pre(name);
        if (rule == nullptr && !options.pre.empty()) return error{errc::unsupported_pretokenizer, "pre"}.finding(name);
        if (rule == nullptr) return error{errc::unsupported_pretokenizer, offset_of(tokenizer_keys::pre), tokenizer_keys::pre}.finding(name);
        settings.pre = *rule;
        settings.kind = rule->byte_encode ? bpe::algorithm::byte_level : bpe::algorithm::character_level;
        settings.add_bos = rule->add_bos;
        const bool is_usual = options.nfc == bpe::nfc_mode::automatic && options.mode == bpe::compat::hf && rule->nfc;
        settings.nfc = is_usual || options.nfc == bpe::nfc_mode::on;
        return {};
    }

    [[nodiscard]] auto read_flags(const bpe::tokenizer_options& options) -> result<void> {
        CRIA_TRY(settings.add_bos, metadata.get_or<bool>(tokenizer_keys::add_bos, settings.add_bos));
        CRIA_TRY(settings.add_eos, metadata.get_or<bool>(tokenizer_keys::add_eos, settings.add_eos));
        CRIA_TRY(settings.add_space_prefix, metadata.get_or<bool>(tokenizer_keys::add_space_prefix, settings.add_space_prefix));
        CRIA_TRY(keeps_extra_spaces, metadata.get_or<bool>(tokenizer_keys::remove_extra_whitespaces, false));
        is_bos_forced = settings.pre.forces_bos && !settings.add_bos;
        if (is_bos_forced) settings.add_bos = true;
        if (options.prefix && settings.kind == bpe::algorithm::sentencepiece) {
            settings.prefix = *options.prefix;
            settings.add_space_prefix = settings.prefix != bpe::prefix_space::never;
        }
        return {};
    }

    /// Whether `text` contains `word`, which is in lower case, in any case.
    [[nodiscard]] static auto mentions(std::string_view text, std::string_view word) noexcept -> bool {
        const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
        for (; text.size() >= word.size(); text.remove_prefix(1)) {
            std::size_t n = 0;
            while (n < word.size() && lower(text[n]) == word[n]) ++n;
            if (n == word.size()) return true;
        }
        return false;
    }

    /// Which special tokens swallow white space. The names may be missing, and of any type.
    void read_spacing() noexcept {
        const auto text_of = [&](std::string_view key) {
            const auto stored = metadata.find(key);
            const auto text = stored ? stored->as<std::string_view>(key) : result<std::string_view>{std::string_view{}};
            return text ? *text : std::string_view{};
        };
        const std::string_view pre = text_of(tokenizer_keys::pre), name = text_of(tokenizer_keys::name),
                               architecture = text_of(tokenizer_keys::architecture);
        const auto contains = [](std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; };
        const bool is_masked = contains(pre, "jina-v2-de") || contains(pre, "jina-v2-es") || contains(pre, "jina-v2-code") ||
                               contains(architecture, "nomic-bert-moe") || contains(architecture, "jina-bert-v3");
        const bool is_phi3 = architecture == "phi3" && settings.mode != bpe::compat::llama_cpp;
        if (is_masked) settings.strips_before = "<mask>";
        else if (is_phi3 || mentions(name, "phi-3") || mentions(name, "phi3")) settings.strips_after_special = true;
        else if (mentions(name, "modern-bert")) settings.strips_before = "[MASK]";
    }

    /// The numbers under `key`, at least one for each token; none where there is no such key.
    [[nodiscard]] auto read_numbers(std::string_view key, bool takes_floats) const -> result<number_array> {
        const auto stored = metadata.find(key);
        if (!stored) return number_array{};
        CRIA_TRY(const auto numbers, number_array::make(*stored, key, takes_floats));
        if (numbers.size() >= tokens.size()) return numbers;
        return error{errc::invalid_vocabulary, stored->offset_bytes(), key}.because("has fewer elements than there are tokens").expecting(
            std::uint64_t{tokens.size()}, std::uint64_t{numbers.size()});
    }

    [[nodiscard]] auto read_arrays() -> result<void> {
        CRIA_TRY(tokens, metadata.get<gguf::string_array>(tokenizer_keys::tokens));
        if (tokens.empty()) return error{errc::invalid_vocabulary, offset_of(tokenizer_keys::tokens), tokenizer_keys::tokens}.because("has no elements");
        CRIA_TRY(types, read_numbers(tokenizer_keys::types, false));
        CRIA_TRY(scores, read_numbers(tokenizer_keys::scores, true));
        const bool needs_merges = settings.kind != bpe::algorithm::sentencepiece && settings.pre.needs_merges;
        if (!needs_merges && !metadata.contains(tokenizer_keys::merges)) return {};
        CRIA_TRY(merges, metadata.get<gguf::string_array>(tokenizer_keys::merges));
        return {};
    }

    [[nodiscard]] auto has(std::int64_t id) const noexcept -> bool { return id >= 0 && static_cast<std::uint64_t>(id) < tokens.size(); }

    /// SentencePiece's UNKNOWN, where no key names it.
    [[nodiscard]] auto first_unknown() const noexcept -> std::optional<bpe::token_id> {
        if (types.size() == 0) return 0;
        for (std::size_t i = 0; i < tokens.size(); ++i)
            if (types[i] == static_cast<double>(bpe::token_type::unknown)) return static_cast<bpe::token_id>(i);
        return std::nullopt;
    }

    void set_default_ids() noexcept {
        bpe::special_ids& special = settings.special;
        if (settings.kind == bpe::algorithm::sentencepiece) {
            special.unknown = first_unknown();
            if (has(1)) special.bos = 1;
            if (has(2)) special.eos = 2;
            return;
        }
        constexpr bpe::token_id falcon_id = 11;
        if (!has_default_ids || !has(falcon_id)) return;
        auto text = tokens.begin();
        for (int i = 0; i < falcon_id; ++i) ++text;
        const bool is_control = types.size() != 0 && types[falcon_id] == static_cast<double>(bpe::token_type::control);
        const bool is_any = settings.mode == bpe::compat::llama_cpp;
        if (!is_any && !is_control && *text != "<|endoftext|>") return;
        special.eos = falcon_id;
        if (settings.pre.has_default_bos) special.bos = falcon_id;
    }

    [[nodiscard]] auto read_special_ids() -> result<void> {
        set_default_ids();
        std::size_t n_bad = 0;
        for (const auto& [key, member] : tokenizer_keys::special_keys) {
            const auto stored = metadata.find(key);
            if (!stored) continue;
            const auto id = stored->as<std::int64_t>(key);
            if (!id && id.error().code != errc::out_of_range) return id.error();
            if (id && has(*id)) settings.special.*member = static_cast<bpe::token_id>(*id);
            else bad_ids[n_bad++] = key;  // writers say "none" with -1 or 2^32 - 1
        }
        return {};
    }

    [[nodiscard]] auto fill(bpe::tokenizer_builder& builder) const -> result<void> {
        using kind = bpe::note::kind;
        if (is_pre_missing) CRIA_TRY_VOID(builder.add_note({kind::missing_pre, 1, tokenizer_keys::pre}));
        if (merges.empty() && settings.kind != bpe::algorithm::sentencepiece) {
            CRIA_TRY_VOID(builder.add_note({kind::missing_merges, 1, tokenizer_keys::merges}));
        }
        if (is_bos_forced) CRIA_TRY_VOID(builder.add_note({kind::forced_bos, 1, tokenizer_keys::add_bos}));
        if (keeps_extra_spaces) CRIA_TRY_VOID(builder.add_note({kind::keeps_extra_spaces, 1, tokenizer_keys::remove_extra_whitespaces}));
        for (const std::string_view name : {"smaug-bpe", "dbrx", "chatglm-bpe"})
            if (settings.pre.name == name) CRIA_TRY_VOID(builder.add_note({kind::merges_whole_pieces, 1, settings.pre.name}));
        for (const std::string_view key : bad_ids)
            if (!key.empty()) CRIA_TRY_VOID(builder.add_note({kind::id_out_of_range, 1, key}));

        CRIA_TRY_VOID(builder.reserve(tokens.size(), merges.size(), tokens.size_bytes() - tokens.size() * sizeof(std::uint64_t)));
        std::size_t i = 0;
        for (const std::string_view text : tokens) {
            auto type = bpe::token_type::normal;
            if (types.size() != 0) {
                const double number = types[i];
                type = number >= 0 && number <= 255 ? static_cast<bpe::token_type>(static_cast<std::uint8_t>(number)) : bpe::token_type{255};
            }
            CRIA_TRY_VOID(builder.add_token(text, type, scores.size() != 0 ? narrowed(scores[i]) : 0));
            ++i;
        }
        const auto* const end = reinterpret_cast<const char*>(merges.bytes().data()) + merges.bytes().size();
        for (const std::string_view text : merges) CRIA_TRY_VOID(builder.add_merge(text, end));
        return {};
    }

    /// As a float, infinite where it is too large: a plain conversion would be undefined there.
    [[nodiscard]] static auto narrowed(double number) noexcept -> float {
        constexpr auto largest = static_cast<double>((std::numeric_limits<float>::max)());
        if (number > largest) return std::bit_cast<float>(0x7F800000U);  // by bits: -ffast-math has no infinities to name
        if (number < -largest) return std::bit_cast<float>(0xFF800000U);
        return static_cast<float>(number);
    }
};

}  // namespace detail

inline auto tokenizer_from(const gguf::contents& file, const bpe::tokenizer_options& options) -> result<bpe::tokenizer> {
    return tokenizer_from(file.metadata(), options);
}

inline auto tokenizer_from(const gguf::metadata& metadata, const bpe::tokenizer_options& options) -> result<bpe::tokenizer> {
    detail::tokenizer_reader reader{metadata};
    CRIA_TRY_VOID(reader.read_kind(options));
    CRIA_TRY_VOID(reader.read_flags(options));
    reader.read_spacing();
    CRIA_TRY_VOID(reader.read_arrays());
    CRIA_TRY_VOID(reader.read_special_ids());
    bpe::tokenizer_builder builder(reader.settings);
    CRIA_TRY_VOID(reader.fill(builder));
    return std::move(builder).build();
}

}  // namespace cria::inline v0

#endif  // CRIA_TOKENIZER_FROM_GGUF_HPP
