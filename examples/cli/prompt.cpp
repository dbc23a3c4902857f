// SPDX-License-Identifier: MIT
#include "prompt.hpp"

#include <fmt/format.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "device.hpp"
#include "device_products.hpp"
#include "failure.hpp"
#include "parallel.hpp"
#include "streams.hpp"
#include "text.hpp"
#include "text_input.hpp"
#include "vocabulary.hpp"

namespace cli {
namespace {

namespace bpe = cria::bpe;

auto encode_prompt(const bpe::tokenizer& tokenizer, std::string_view text, const prompt_source& source) -> cria::result<id_buffer> {
    bpe::encode_options how;
    how.add_special = source.special == special_mode::add;
    how.dedup_bos = true;
    how.parse = parse_special_of(source.parse);
    CRIA_TRY(id_buffer ids, tokenizer.encode(text, how));
    if (how.add_special && tokenizer.adds_eos() && !ids.empty()) ids.truncate(ids.size() - 1);
    if (!ids.empty()) return ids;
    const bool could_begin = tokenizer.adds_bos() && !how.add_special;
    return cria::error{cria::errc::invalid_value, "prompt"}.because(could_begin ? "has no tokens: there is nothing to go on from; --special add would give it a BOS"
                                                                                : "has no tokens, and the model adds no BOS: there is nothing to go on from");
}

}  // namespace

auto read_prompt(const bpe::tokenizer& tokenizer, const prompt_source& source) -> cria::result<id_buffer> {
    if (source.text && *source.text != "-") return encode_prompt(tokenizer, *source.text, source);
    CRIA_TRY(const auto text, read_all(source.file));
    return encode_prompt(tokenizer, text.view(), source);
}

auto context_for(const cria::llama::hyperparameters& numbers, std::uint64_t asked, std::uint32_t most) -> std::uint32_t {
    const std::uint32_t own = numbers.context_length;
    if (asked == 0) return std::min(own, most);
    if (asked > own) say("warning", fmt::format("a context of {} tokens, and the model was trained with {}", grouped(asked), grouped(own)));
    return static_cast<std::uint32_t>(asked);  // arguments.cpp has found it to fit
}

auto check_fits(id_span ids, std::uint32_t context) -> cria::result<void> {
    if (ids.size() <= context) return {};
    return cria::error{cria::errc::out_of_range, "prompt"}.because("has more tokens than the context").expecting(std::string_view(fmt::format("at most {}", context)), std::uint64_t{ids.size()});
}

auto make_engine(const cria::llama::model& model, std::uint32_t context, const engine_choices& choices) -> cria::result<text_engine> {
    std::optional<used_device> device;
    std::unique_ptr<engine::products> products;
    if (choices.device) {
        const std::uint32_t number = *choices.device;
        CRIA_TRY(const auto known, devices_of({&number, 1}));
        device = used_device{number, known.front().name, choices.weights.value_or(cria::tensor_type::f32)};
        auto made = products_on_device({.model = model, .device = number, .weights = device->weights});
        if (!made) return about_machine(made.error());
        products = *std::move(made);
    }
    const std::uint64_t n_threads = choices.threads != 0 ? choices.threads : useful_workers();
    CRIA_TRY(auto text, engine::transformer::make(model, {.context_length = context, .n_threads = static_cast<unsigned>(n_threads), .is_cancelled = interrupted, .products = products.get()}));
    return text_engine{std::move(device), std::move(products), std::move(text)};
}

auto json_of(const std::optional<used_device>& device) -> json {
    if (!device) return {};
    json out;
    out["number"] = device->number;
    out["name"] = json_text(device->name);
    out["weights"] = cria::geometry_of(device->weights)->name;
    return out;
}

}  // namespace cli
