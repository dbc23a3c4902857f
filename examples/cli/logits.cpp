// SPDX-License-Identifier: MIT
// cria logits: what the reference engine makes of a text, after each of its tokens: all of it as a NumPy array, or the most
// probable tokens as text. Rows are written as they come.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>  // iota
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "commands.hpp"
#include "cria/fmt.hpp"
#include "cria/io/output_file.hpp"
#include "cria/llama/model.hpp"
#include "engine/numbers.hpp"
#include "engine/transformer.hpp"
#include "id_input.hpp"
#include "json.hpp"
#include "npy.hpp"
#include "prompt.hpp"
#include "streams.hpp"
#include "text.hpp"

namespace cli {
namespace {

namespace bpe = cria::bpe;

/// The ids of --ids: decimal numbers with blanks or commas between them, and nothing added.
auto ids_of(std::string_view text, const bpe::tokenizer& tokenizer) -> cria::result<id_buffer> {
    const auto not_a_number = cria::error{cria::errc::invalid_argument, "--ids"}.because("is not a token id");
    id_buffer ids;
    while (true) {
        const std::size_t begin = text.find_first_not_of(" ,\t\r\n");
        if (begin == std::string_view::npos) break;
        text.remove_prefix(begin);
        const std::string_view word = text.substr(0, text.find_first_of(" ,\t\r\n"));
        CRIA_TRY(const bpe::token_id id, parse_id(word, tokenizer, not_a_number));
        CRIA_TRY_VOID(ids.push_back(id, "token ids"));
        text.remove_prefix(word.size());
    }
    if (ids.empty()) return cria::error{cria::errc::invalid_argument, "--ids"}.because("holds no token ids");
    return ids;
}

/// Which rows are wanted, asked in order.
class selection {
public:
    /// Fails: errc::out_of_range for a position that the text does not have.
    static auto make(const std::vector<std::uint64_t>& positions, std::size_t n_tokens) -> cria::result<selection> {
        if (!positions.empty() && positions.back() >= n_tokens)
            return cria::error{cria::errc::out_of_range, "--positions"}.because("is not in the text").expecting(std::string_view(fmt::format("at most {}", n_tokens - 1)), positions.back());
        return selection(positions, n_tokens);
    }
    [[nodiscard]] auto size() const -> std::size_t { return positions_.empty() ? n_tokens_ : positions_.size(); }
    [[nodiscard]] auto first() const -> std::size_t { return positions_.empty() ? 0 : positions_.front(); }
    /// What is needed of the text to know them all.
    [[nodiscard]] auto end() const -> std::size_t { return positions_.empty() ? n_tokens_ : positions_.back() + 1; }
    [[nodiscard]] auto contains(std::size_t position) const -> bool { return positions_.empty() || std::binary_search(positions_.begin(), positions_.end(), position); }

private:
    selection(const std::vector<std::uint64_t>& positions, std::size_t n_tokens) : positions_(positions), n_tokens_(n_tokens) {}

    const std::vector<std::uint64_t>& positions_;
    std::size_t n_tokens_;
};

/// Calls use(position, logits) for the rows that are wanted, in order; what it answers may end it.
template <class Use>
auto for_each_row(engine::transformer& text, id_span ids, const selection& wanted, Use use) -> cria::result<void> {
    cria::result<void> used;
    CRIA_TRY_VOID(evaluate_watched(text, ids.first(wanted.end()), wanted.first(), [&](std::size_t i, std::span<const float> logits) {
        if (used && wanted.contains(i)) used = use(i, logits);
        return used.has_value();
    }));
    return used;
}

/// The bytes of the file.
auto write_npy(engine::transformer& text, id_span ids, const selection& wanted, std::uint64_t n_vocabulary, const std::string& path) -> cria::result<std::uint64_t> {
    cria::result<void> computed;
    const auto write = [&]() -> cria::result<std::uint64_t> {
        CRIA_TRY(auto file, cria::io::output_file::create(path, {.replace = true}));
        const std::string header = npy_header({wanted.size(), n_vocabulary});
        CRIA_TRY_VOID(file.append(std::as_bytes(std::span(header))));
        cria::result<void> written;
        computed = for_each_row(text, ids, wanted, [&](std::size_t, std::span<const float> logits) { return written = file.append(std::as_bytes(logits)); });
        if (!written) return written.error();
        if (!computed) return std::uint64_t{0};
        const std::uint64_t bytes = file.size_bytes();
        CRIA_TRY_VOID(file.commit());
        return bytes;
    };
    const auto written = write();
    if (!written) return about_output(written.error());
    if (!computed) return computed.error();
    return *written;
}

struct scored_token {
    bpe::token_id id;
    float logit;
    double probability;
};

/// The `n` most probable tokens, the lowest id first where they are equal. Logits that are no numbers come last.
auto best_of(std::span<const float> logits, std::size_t n) -> std::vector<scored_token> {
    const auto value = [&](std::size_t id) { return std::isnan(logits[id]) ? -std::numeric_limits<float>::infinity() : logits[id]; };
    std::vector<std::size_t> order(logits.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    n = std::min(n, order.size());
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(n), order.end(),
                      [&](std::size_t a, std::size_t b) { return value(a) != value(b) ? value(a) > value(b) : a < b; });
    const double largest = value(order[0]);
    double sum = 0;
    for (const float logit : logits) sum += engine::exp(double{logit} - largest);
    std::vector<scored_token> best;
    for (std::size_t i = 0; i < n; ++i) best.push_back({static_cast<bpe::token_id>(order[i]), logits[order[i]], engine::exp(double{logits[order[i]]} - largest) / sum});
    return best;
}

/// What a token prints, and what a control token is called. An open model has logits for the tokens of its tokenizer alone.
auto text_of(const bpe::tokenizer& tokenizer, bpe::token_id id) -> std::string_view { return tokenizer.is_control(id) ? tokenizer.text(id) : tokenizer.bytes(id); }

void print_row(const bpe::tokenizer& tokenizer, std::size_t position, bpe::token_id id, const std::vector<scored_token>& best, output& out) {
    out.print("{}\n", out.bold(fmt::format("position {}, after {} {}", position, id, quoted(text_of(tokenizer, id)))));
    for (const scored_token& each : best) out.print("{:>8}  {:>10.5f}  {:.5f}  {}\n", each.id, each.logit, each.probability, quoted(text_of(tokenizer, each.id)));
}

auto json_of(const bpe::tokenizer& tokenizer, std::size_t position, bpe::token_id id, const std::vector<scored_token>& best) -> json {
    json row;
    row["position"] = position;
    row["id"] = id;
    json& list = row["top"] = json::array();
    for (const scored_token& each : best) {
        json token;
        token["id"] = each.id;
        token["logit"] = json_number(each.logit);
        token["probability"] = json_number(each.probability);
        token["text"] = json_text(text_of(tokenizer, each.id));
        list.push_back(std::move(token));
    }
    return row;
}

}  // namespace

auto run(const logits_options& options, output& out) -> cria::result<void> {
    CRIA_TRY(const auto model, cria::llama::open(options.model));
    if (!options.out.empty()) CRIA_TRY_VOID(check_is_apart(model.files(), options.out));
    const bpe::tokenizer& tokenizer = model.tokenizer();
    CRIA_TRY(const id_buffer ids, options.ids ? ids_of(*options.ids, tokenizer) : read_prompt(tokenizer, options.prompt));
    const std::uint32_t context = context_for(model.hyperparameters(), options.engine.context, usual_context);
    CRIA_TRY_VOID(check_fits(ids.span(), context));
    CRIA_TRY(const selection wanted, selection::make(options.positions, ids.size()));
    const std::uint64_t n_vocabulary = model.hyperparameters().vocabulary_size;

    const interruptible asking;
    CRIA_TRY(auto with, make_engine(model, context, options.engine));
    json document;
    document["ids"] = json(ids.span());
    document["context"] = context;
    document["device"] = json_of(with.device);
    if (!options.out.empty()) {
        CRIA_TRY(const std::uint64_t bytes, write_npy(with.text, ids.span(), wanted, n_vocabulary, options.out));
        document["path"] = json_text(options.out);
        document["bytes"] = bytes;
        document["shape"] = {wanted.size(), n_vocabulary};
        if (options.json) out.write(to_text(document));
        else out.print("{}: float32 ({}, {}), {}\n", printable(options.out), wanted.size(), n_vocabulary, human_bytes(bytes));
        return {};
    }
    json& rows = document["positions"] = json::array();
    const auto show = [&](std::size_t position, std::span<const float> logits) -> cria::result<void> {
        const std::vector<scored_token> best = best_of(logits, options.top);
        if (options.json) rows.push_back(json_of(tokenizer, position, ids[position], best));
        else print_row(tokenizer, position, ids[position], best, out);
        if (out.broken()) return cria::error{cria::errc::io_error, "standard output"};  // output::finish() says why
        return {};
    };
    const auto shown = for_each_row(with.text, ids.span(), wanted, show);
    if (!shown && !out.broken()) return shown.error();
    if (options.json) out.write(to_text(document));
    return {};
}

}  // namespace cli
