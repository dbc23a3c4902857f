// SPDX-License-Identifier: MIT
#include "engine/generation.hpp"

#include <cmath>  // abs
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cria/bpe/text_stream.hpp"
#include "cria/llama/model.hpp"
#include "engine/perplexity.hpp"
#include "engine/sampler.hpp"
#include "engine/transformer.hpp"
#include "support/catch.hpp"
#include "support/gguf_builder.hpp"
#include "support/temp_file.hpp"
#include "support/tiny_models.hpp"

// Texts from a model of random weights that is written for each test: what is generated means nothing, but where it ends, what
// fails and what repeats is the same as for any other.

namespace {

using cria::errc;
using engine::ending;
using engine::token_id;

constexpr std::uint32_t context = 128;

/// An open model; some tests want other numbers in it.
class open_model {
public:
    explicit open_model(const cria_test::gguf_builder& built = cria_test::tiny_llama(), cria::io::access how = cria::io::access::mapped)
        : file_(built.build()), model_(opened(file_.path(), how)) {}
    [[nodiscard]] auto get() const -> const cria::llama::model& { return model_; }
    [[nodiscard]] auto text(const engine::transformer_options& options = {}) const -> engine::transformer {
        auto made = engine::transformer::make(model_, options);
        INFO((made ? std::string() : made.error().message()));
        REQUIRE(made.has_value());
        return *std::move(made);
    }
    [[nodiscard]] auto ids(std::string_view text, bool add_special = true) const -> std::vector<token_id> {
        const auto made = model_.tokenizer().encode(text, {.add_special = add_special});
        REQUIRE(made.has_value());
        return {made->begin(), made->end()};
    }
    [[nodiscard]] auto sampler(const engine::sampling& how = {}) const -> engine::sampler {
        auto made = engine::sampler::make(how, model_.hyperparameters().vocabulary_size);
        REQUIRE(made.has_value());
        return *std::move(made);
    }

private:
    static auto opened(const std::string& path, cria::io::access how) -> cria::llama::model {
        auto model = cria::llama::open(path, {.how = how});
        INFO((model ? path : model.error().message()));
        REQUIRE(model.has_value());
        return *std::move(model);
    }
    cria_test::temp_file file_;
    cria::llama::model model_;
};

/// Generates, and says why it ended.
struct outcome {
    std::vector<token_id> ids;
    ending why{};
};
auto generated(const open_model& model, std::string_view prompt, const engine::sampling& how, const engine::generation_limits& limits, const engine::transformer_options& options = {})
    -> outcome {
    auto text = model.text(options);
    auto sampler = model.sampler(how);
    outcome out;
    const auto ids = model.ids(prompt);
    const auto ended = engine::generate(text, sampler, model.get().tokenizer(), ids, limits, [&](token_id id) {
        out.ids.push_back(id);
        return true;
    });
    INFO((ended ? std::string() : ended.error().message()));
    REQUIRE(ended.has_value());
    out.why = *ended;
    return out;
}

void check_error(const cria::result<void>& done, errc code, std::string_view subject) {
    REQUIRE_FALSE(done.has_value());
    INFO(done.error().message());
    CHECK(done.error().code == code);
    CHECK(done.error().subject.view() == subject);
}

auto evaluated(engine::transformer& text, const std::vector<token_id>& ids) -> cria::result<void> {
    const auto logits = text.evaluate(ids);
    if (!logits) return logits.error();
    return {};
}

constexpr engine::sampling warm{.temperature = 1.5, .seed = 7};

}  // namespace

TEST_CASE("ten runs with one seed give the same ids, another seed others, and threads do not matter") {
    const open_model model;
    const engine::generation_limits limits{.n_tokens = 40, .ignores_end_of_text = true};
    const auto first = generated(model, "hello world", warm, limits);
    CHECK(first.ids.size() == 40);
    CHECK(first.why == ending::length);
    for (int run = 1; run < 10; ++run) CHECK(generated(model, "hello world", warm, limits).ids == first.ids);
    CHECK(generated(model, "hello world", warm, limits, {.n_threads = 2}).ids == first.ids);
    CHECK(generated(model, "hello world", warm, limits, {.n_threads = 5}).ids == first.ids);
    engine::sampling other = warm;
    other.seed = 8;
    CHECK(generated(model, "hello world", other, limits).ids != first.ids);
}

TEST_CASE("a context can be filled to its last token, and says so") {
    const open_model model;
    const auto n_prompt = model.ids("hello").size();
    const auto whole = generated(model, "hello", warm, {.ignores_end_of_text = true});
    CHECK(whole.why == ending::context_full);
    CHECK(whole.ids.size() == context - n_prompt + 1);  // the last one needs no room: nothing is asked behind it
    const auto shorter = generated(model, "hello", warm, {.ignores_end_of_text = true}, {.context_length = static_cast<std::uint32_t>(n_prompt)});
    CHECK(shorter.why == ending::context_full);
    CHECK(shorter.ids == std::vector<token_id>{whole.ids[0]});
    // A longer context goes on with the same tokens: it changes nothing that was there before.
    const auto longer = generated(model, "hello", warm, {.n_tokens = 200, .ignores_end_of_text = true}, {.context_length = 300});
    CHECK(std::vector<token_id>(longer.ids.begin(), longer.ids.begin() + static_cast<std::ptrdiff_t>(whole.ids.size())) == whole.ids);
}

TEST_CASE("a prompt longer than the context is an error that has both numbers, and nothing is evaluated") {
    const open_model model;
    auto text = model.text();
    const auto ids = model.ids(std::string(100'000, 'x'));
    const auto done = evaluated(text, ids);
    check_error(done, errc::out_of_range, "context");
    CHECK(done.error().expected.number() == context);
    CHECK(done.error().found.number() == ids.size());
    CHECK(text.size() == 0);
    const auto rest = std::vector<token_id>(ids.begin(), ids.begin() + context);
    REQUIRE(evaluated(text, rest).has_value());
    check_error(evaluated(text, {ids[0]}), errc::out_of_range, "context");
    CHECK(text.size() == context);
    text.clear();
    CHECK(evaluated(text, rest).has_value());
}

TEST_CASE("a context may be longer than the model was trained with, and a prompt longer than a batch") {
    const open_model model(cria_test::tiny_llama({.n_layers = 1}));
    auto text = model.text({.context_length = 110'000});
    std::string words;
    while (words.size() < 5'000) words += "hello world ";
    const auto ids = model.ids(words);
    REQUIRE(ids.size() > 512);
    REQUIRE(evaluated(text, ids).has_value());
    CHECK(text.size() == ids.size());
}

TEST_CASE("an empty prompt is nothing to continue, unless the model begins texts by itself") {
    const open_model model;
    auto text = model.text();
    check_error(evaluated(text, model.ids("", false)), errc::invalid_argument, "prompt");
    const open_model spm(cria_test::tiny_llama_spm());
    CHECK(spm.ids("") == std::vector<token_id>{*spm.get().tokenizer().special().bos});
    CHECK(generated(spm, "", {}, {.n_tokens = 3, .ignores_end_of_text = true}).ids.size() == 3);
}

TEST_CASE("a prompt may be special tokens only") {
    const open_model model;
    const auto ids = model.get().tokenizer().encode("<|begin_of_text|><|eot_id|>", {.parse = cria::bpe::parse_special::all});
    REQUIRE(ids.has_value());
    REQUIRE(ids->size() == 2);
    auto text = model.text();
    CHECK(text.evaluate(ids->span()).has_value());
}

TEST_CASE("a prompt that is no UTF-8 is an error of the tokenizer, with the byte's place") {
    const open_model model;
    const auto ids = model.get().tokenizer().encode("abc\xFF", {.on_invalid = cria::bpe::invalid_utf8::reject});
    REQUIRE_FALSE(ids.has_value());
    CHECK(ids.error().offset == 3);
    const auto replaced = model.get().tokenizer().encode("abc\xFF", {.on_invalid = cria::bpe::invalid_utf8::replace});
    CHECK(replaced.has_value());
}

TEST_CASE("ids outside of the vocabulary are refused before anything is evaluated") {
    const open_model model;
    auto text = model.text();
    const auto end = static_cast<token_id>(model.get().hyperparameters().vocabulary_size);
    check_error(evaluated(text, {token_id{0}, end}), errc::invalid_token, "tokens");
    check_error(evaluated(text, {static_cast<token_id>(-1)}), errc::invalid_token, "tokens");
    CHECK(text.size() == 0);
}

TEST_CASE("a token that ends generation ends it, unless it is to be ignored") {
    const open_model model;
    const token_id eos = *model.get().tokenizer().special().eos;
    std::size_t n_ended = 0;
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        const engine::sampling how{.temperature = 3, .seed = seed};
        const auto ignored = generated(model, "hello", how, {.n_tokens = 100, .ignores_end_of_text = true});
        std::size_t first = 0;
        while (first < ignored.ids.size() && !model.get().tokenizer().ends_generation(ignored.ids[first])) ++first;
        const auto heeded = generated(model, "hello", how, {.n_tokens = 100});
        CHECK(heeded.ids == std::vector<token_id>(ignored.ids.begin(), ignored.ids.begin() + static_cast<std::ptrdiff_t>(first)));
        CHECK(heeded.why == (first < ignored.ids.size() ? ending::end_of_text : ending::length));
        n_ended += heeded.why == ending::end_of_text ? 1 : 0;
    }
    CHECK(n_ended > 0);
    CHECK(model.get().tokenizer().ends_generation(eos));
}

TEST_CASE("the sink can stop, and none or one token can be asked for") {
    const open_model model;
    auto text = model.text();
    auto sampler = model.sampler();
    const auto ids = model.ids("hello");
    std::size_t n = 0;
    const auto stopped = engine::generate(text, sampler, model.get().tokenizer(), ids, {.ignores_end_of_text = true}, [&](token_id) { return ++n < 3; });
    REQUIRE(stopped.has_value());
    CHECK(*stopped == ending::stopped);
    CHECK(n == 3);
    CHECK(generated(model, "hello", {}, {.n_tokens = 0}).ids.empty());
    CHECK(generated(model, "hello", {}, {.n_tokens = 1, .ignores_end_of_text = true}).ids.size() == 1);
}

namespace {
int n_layers_asked = 0;
}

TEST_CASE("evaluation can be cancelled between layers, and goes on from the last whole batch") {
    const open_model model;
    n_layers_asked = 0;
    auto text = model.text({.batch_length = 4, .is_cancelled = [] { return ++n_layers_asked == 4; }});
    const auto ids = model.ids("abcdefgh", false);
    REQUIRE(ids.size() == 8);
    check_error(evaluated(text, ids), errc::cancelled, "evaluation");
    CHECK(text.size() == 4);
    const auto rest = text.evaluate({ids.data() + 4, 4});
    REQUIRE(rest.has_value());
    auto whole = model.text();
    const auto logits = whole.evaluate(ids);
    REQUIRE(logits.has_value());
    CHECK(std::vector<float>(rest->begin(), rest->end()) == std::vector<float>(logits->begin(), logits->end()));
}

TEST_CASE("an engine needs a mapped file, a batch, and a context that memory has room for") {
    const open_model owned(cria_test::tiny_llama(), cria::io::access::owned);
    const auto unmapped = engine::transformer::make(owned.get());
    REQUIRE_FALSE(unmapped.has_value());
    CHECK(unmapped.error().code == errc::not_mapped);
    const open_model model;
    const auto none = engine::transformer::make(model.get(), {.batch_length = 0});
    REQUIRE_FALSE(none.has_value());
    CHECK(none.error().code == errc::invalid_argument);
    const auto endless = engine::transformer::make(model.get(), {.context_length = 0xFFFFFFFF});
    REQUIRE_FALSE(endless.has_value());
    CHECK((endless.error().code == errc::out_of_memory || endless.error().code == errc::out_of_range));
}

TEST_CASE("weights that are not numbers end in an error, not in a token") {
    auto built = cria_test::tiny_llama().without_tensor("output_norm.weight");
    built.tensor("output_norm.weight", {32}, std::vector<float>(32, std::numeric_limits<float>::quiet_NaN()));
    const open_model model(built);
    auto text = model.text();
    auto sampler = model.sampler();
    const auto ids = model.ids("hello");
    const auto ended = engine::generate(text, sampler, model.get().tokenizer(), ids, {}, [](token_id) { return true; });
    REQUIRE_FALSE(ended.has_value());
    CHECK(ended.error().code == errc::invalid_value);
    engine::perplexity_meter meter;
    check_error(meter.add(text, ids.size() >= 4 ? ids : model.ids("hello world, hello")), errc::invalid_value, "logits");
}

TEST_CASE("quantized weights of every kind go through the engine") {
    for (const cria::tensor_type type : {cria::tensor_type::f16, cria::tensor_type::bf16, cria::tensor_type::q8_0, cria::tensor_type::q4_0, cria::tensor_type::q4_1}) {
        const open_model model(cria_test::tiny_llama({.weights = type}));  // all zeros, so every token is as likely
        auto text = model.text();
        const auto logits = text.evaluate(model.ids("hello"));
        REQUIRE(logits.has_value());
        for (const float logit : *logits) CHECK(logit == 0.0F);
    }
}

TEST_CASE("perplexity of a model that knows nothing is the size of its vocabulary") {
    const open_model model(cria_test::tiny_llama({.weights = cria::tensor_type::f16}));
    auto text = model.text();
    engine::perplexity_meter meter;
    const auto ids = model.ids("hello world, hello world");
    REQUIRE(meter.add(text, ids).has_value());
    const auto report = meter.report();
    CHECK(std::abs(report.perplexity - model.get().hyperparameters().vocabulary_size) < 1e-6);
    CHECK(report.standard_error < 1e-6);
    CHECK(report.n_scored == ids.size() - 1 - ids.size() / 2);
    check_error(meter.add(text, std::vector<token_id>{0, 1, 2}), errc::invalid_argument, "context");
}

TEST_CASE("perplexity refuses ids outside of the vocabulary wherever they are, the last one too, which is not evaluated") {
    const open_model model;
    auto text = model.text();
    const auto ids = model.ids("hello world, hello world");
    for (const std::size_t place : {std::size_t{0}, ids.size() / 2, ids.size() - 1}) {
        for (const token_id wrong : {static_cast<token_id>(model.get().hyperparameters().vocabulary_size), token_id{-1}}) {
            CAPTURE(place, wrong);
            engine::perplexity_meter meter;
            auto spoilt = ids;
            spoilt[place] = wrong;
            check_error(meter.add(text, spoilt), errc::invalid_token, "tokens");
        }
    }
}
