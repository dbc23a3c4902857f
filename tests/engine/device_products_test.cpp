// SPDX-License-Identifier: MIT
#include "engine/device_products.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cria/llama/family.hpp"
#include "cria/llama/slice.hpp"
#include "engine/fake_multiplier.hpp"
#include "engine/parameters.hpp"
#include "engine/random_models.hpp"
#include "support/catch.hpp"
#include "support/fake_runtime.hpp"

// Products on devices in host memory, whose arithmetic is the CPU's: what differs is wrong.

namespace {

using cria::errc;
using cria::tensor_type;
using cria_test::call;
using cria_test::engine_model;
using cria_test::fake_multiplier;
using cria_test::fake_options;
using cria_test::fake_runtime;
using cria_test::family_parts;
using cria_test::logits_of;
using cria_test::multiplier_log;
using cria_test::part_choices;
using cria_test::plain_converter;
using cria_test::random_model;
namespace llama = cria::llama;

using fake_products = engine::device_products<fake_runtime, fake_multiplier>;
using made_products = cria::result<std::unique_ptr<fake_products>>;

/// A machine, and a model on one of its devices. In the end nothing may be left there.
class machine {
public:
    explicit machine(const fake_options& options = {}) : runtime(options), converter(runtime) {}
    machine(const machine&) = delete;
    auto operator=(const machine&) -> machine& = delete;
    ~machine() {
        CHECK(runtime.faults() == "");
        CHECK(runtime.leaks() == "");
        CHECK(log.n_open == 0);
    }

    [[nodiscard]] auto make(const engine_model& model, const engine::device_products_options& options = {}) -> made_products {
        return fake_products::make(model.get(), runtime, converter, fake_multiplier(runtime, log), options);
    }
    [[nodiscard]] auto keep(const engine_model& model, const engine::device_products_options& options = {}) -> std::unique_ptr<fake_products> {
        auto made = make(model, options);
        INFO((made ? std::string() : made.error().message()));
        REQUIRE(made.has_value());
        return *std::move(made);
    }
    fake_runtime runtime;
    plain_converter converter;
    multiplier_log log;
};

/// The CPU's, counted.
class counted_products final : public engine::products {
public:
    [[nodiscard]] auto multiply(const engine::matrix& w, const float* x, std::size_t n_tokens, float* y) -> cria::result<void> override {
        ++n_products;
        return cpu_.multiply(w, x, n_tokens, y);
    }
    std::uint64_t n_products = 0;

private:
    engine::team alone_{1};
    engine::host_products cpu_{alone_};
};

/// The largest difference, as a part of the largest of `wanted`.
auto difference(const std::vector<float>& found, const std::vector<float>& wanted) -> double {
    REQUIRE(found.size() == wanted.size());
    double largest = 0, off = 0;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        largest = std::max(largest, std::abs(double{wanted[i]}));
        const double apart = std::abs(double{found[i]} - double{wanted[i]});
        off = apart <= off ? off : apart;  // a NaN stays
    }
    return off / largest;
}

auto qwen2(tensor_type matrices = tensor_type::q8_0) -> engine_model { return engine_model(random_model(*llama::find_family("qwen2"), {.biases = true, .matrices = matrices})); }

}  // namespace

TEST_CASE("with products on a device logits of every family are the CPU's, bit for bit where the weights are f32") {
    for (const llama::family& row : llama::families) {
        for (family_parts parts : part_choices()) {
            for (const tensor_type matrices : {tensor_type::f32, tensor_type::q8_0}) {
                parts.matrices = matrices;
                const engine_model model(random_model(row, parts));
                CAPTURE(row.architecture, parts.experts, parts.shared_expert, parts.fused_attention, parts.tied_output, matrices);
                const auto ids = model.ids(70);
                machine here;
                const auto there = here.keep(model);
                counted_products all;
                CHECK(logits_of(model, ids, {.n_threads = 2, .products = there.get()}) == logits_of(model, ids, {.products = &all}));
                CHECK(here.log.n_products == all.n_products);
            }
        }
    }
}

TEST_CASE("the embedding is on the device where it is the output as well, tensors without a role never are") {
    for (const bool is_tied : {false, true}) {
        CAPTURE(is_tied);
        const engine_model model(random_model(*llama::find_family("llama"), {.tied_output = is_tied}).tensor("some.adapter", {32, 4}, tensor_type::f32));
        REQUIRE(model.get().weights().tied_output == is_tied);
        machine here;
        const auto there = here.keep(model);
        for (const auto& tensor : model.get().files().tensors()) {
            CAPTURE(tensor.name.data());
            const bool stays = tensor.name == "some.adapter" || (tensor.name == "token_embd.weight" && !is_tied);
            CHECK(there->weights().find(tensor).has_value() == !stays);
        }
    }
}

TEST_CASE("with 16 bits logits are near the CPU's, and nearer with the eleven of f16 than with the eight of bf16") {
    const engine_model model = qwen2();
    const auto ids = model.ids(40);
    const auto wanted = logits_of(model, ids);
    const auto off_with = [&](tensor_type weights) {
        machine here;
        const auto there = here.keep(model, {.weights = weights});
        for (const auto& tensor : model.get().files().tensors())
            if (const auto found = there->weights().find(tensor)) CHECK(found->type == weights);
        return difference(logits_of(model, ids, {.products = there.get()}), wanted);
    };
    const double with_f16 = off_with(tensor_type::f16), with_bf16 = off_with(tensor_type::bf16);
    CAPTURE(with_f16, with_bf16);
    CHECK(with_f16 > 0);
    CHECK(with_f16 < 4e-3);
    CHECK(with_bf16 > 2 * with_f16);
    CHECK(with_bf16 < 3e-2);
}

TEST_CASE("f16 multiplies tokens whose numbers it does not have: each is brought into its range and back") {
    const engine_model model = qwen2(tensor_type::f32);
    const auto weights = engine::parameters::from(model.get());
    REQUIRE(weights);
    const engine::matrix& w = weights->layers[0].up;
    const auto n_in = static_cast<std::size_t>(w.n_in), n_out = static_cast<std::size_t>(w.n_out);
    const float scales[] = {1.0F, 1e9F, 1e-9F, 0.0F, 3e38F, 1e-40F, 70000.0F};
    const std::size_t n_tokens = std::size(scales);
    std::vector<float> x = cria_test::random_weights(n_tokens * n_in, 1);
    for (std::size_t i = 0; i < x.size(); ++i) x[i] *= scales[i / n_in];
    std::vector<float> wanted(n_tokens * n_out), found(wanted.size());
    engine::team alone(1);
    for (std::size_t i = 0; i < n_in; ++i) x[4 * n_in + i] /= 64;  // of which sums are floats
    engine::multiply(w, x.data(), n_tokens, wanted.data(), alone);
    machine here;
    const auto there = here.keep(model, {.weights = tensor_type::f16});
    REQUIRE(there->multiply(w, x.data(), n_tokens, found.data()));
    for (std::size_t t = 0; t < n_tokens; ++t) {
        CAPTURE(t, scales[t]);
        const std::vector<float> a(found.begin() + static_cast<std::ptrdiff_t>(t * n_out), found.begin() + static_cast<std::ptrdiff_t>((t + 1) * n_out));
        const std::vector<float> b(wanted.begin() + static_cast<std::ptrdiff_t>(t * n_out), wanted.begin() + static_cast<std::ptrdiff_t>((t + 1) * n_out));
        if (scales[t] == 0) CHECK(a == b);
        else CHECK(difference(a, b) < 2e-3);
    }
    // What is infinite, or no number, is not made one.
    x.assign(2 * n_in, 0.5F);
    x[0] = INFINITY;
    x[n_in] = NAN;
    REQUIRE(there->multiply(w, x.data(), 2, found.data()));
    for (std::size_t i = 0; i < 2 * n_out; ++i) CHECK(!std::isfinite(found[i]));
}

TEST_CASE("tokens that there is no room for at once are multiplied one after the other, to the same bits") {
    const engine_model model = qwen2();
    const auto ids = model.ids(60);
    const auto wanted = logits_of(model, ids);
    struct choice {
        std::size_t batch_length;
        std::uint64_t most_bytes, most_tokens;
    };
    const std::uint64_t n_vocabulary = model.get().hyperparameters().vocabulary_size;
    REQUIRE(n_vocabulary > 64);
    for (const auto& [batch_length, most_bytes, most_tokens] : {choice{512, 64U << 20U, 60}, choice{7, 64U << 20U, 7}, choice{1, 64U << 20U, 1}, choice{512, 0, 0}}) {
        CAPTURE(batch_length, most_bytes);
        machine here;
        const auto there = here.keep(model, {.batch_length = batch_length, .most_bytes = most_bytes});
        CHECK(logits_of(model, ids, {.products = there.get()}) == wanted);
        if (most_tokens > 0) CHECK(here.log.most_tokens == most_tokens);
        else CHECK(here.log.most_tokens < 60);  // one token of the widest matrix, some of others
    }
}

TEST_CASE("a matrix that is not rows of what is on the device is refused") {
    const engine_model model = qwen2(), other = qwen2();
    const auto weights = engine::parameters::from(model.get()), others = engine::parameters::from(other.get());
    REQUIRE((weights && others));
    machine here;
    const auto there = here.keep(model);
    const engine::matrix& known = weights->layers[0].up;
    std::vector<float> x(known.n_in, 1.0F), y(known.n_out + 1), wanted(known.n_out);
    const auto code_of = [&](const engine::matrix& w) -> errc {
        const auto done = there->multiply(w, x.data(), 1, y.data());
        return done ? errc{} : done.error().code;
    };
    engine::team alone(1);
    engine::multiply(known, x.data(), 1, wanted.data(), alone);
    const engine::matrix rows = engine::rows_of(known, 3, 5);
    REQUIRE(there->multiply(rows, x.data(), 1, y.data()));
    CHECK(std::equal(y.begin(), y.begin() + 5, wanted.begin() + 3));
    CHECK(there->multiply({known.type, known.bytes.first(0), known.n_in, 0}, x.data(), 1, y.data()));
    CHECK(there->multiply({known.type, known.bytes.first(0), 0, 4}, x.data(), 1, y.data()));
    CHECK(std::vector<float>(y.begin(), y.begin() + 4) == std::vector<float>(4));

    const std::size_t row_bytes = known.bytes.size() / known.n_out;
    CHECK(code_of(others->layers[0].up) == errc::invalid_argument);
    CHECK(code_of(weights->token_embedding) == errc::invalid_argument);
    CHECK(code_of({tensor_type::f32, known.bytes, known.n_in, known.n_out}) == errc::invalid_argument);
    CHECK(code_of({known.type, known.bytes, known.n_in * 2, known.n_out / 2}) == errc::invalid_argument);
    CHECK(code_of({known.type, known.bytes.subspan(row_bytes / 2, 2 * row_bytes), known.n_in, 2}) == errc::invalid_argument);
    CHECK(code_of({known.type, known.bytes, known.n_in, known.n_out + 1}) == errc::invalid_argument);
    CHECK(code_of({known.type, {known.bytes.data(), known.bytes.size() + row_bytes}, known.n_in, known.n_out + 1}) == errc::invalid_argument);
    const std::vector<std::byte> elsewhere(known.bytes.begin(), known.bytes.end());
    CHECK(code_of({known.type, elsewhere, known.n_in, known.n_out}) == errc::invalid_argument);
}

TEST_CASE("what a device cannot have is said before a byte moves: how much it would take, and how much there is") {
    const engine_model model = qwen2();
    std::uint64_t needed_bytes = 0;
    {
        machine here({.device_bytes = 1000});
        const auto refused = here.make(model);
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().code == errc::out_of_memory);
        CHECK(refused.error().subject.view() == "device memory");
        CHECK(refused.error().found.number() == 1000);
        needed_bytes = refused.error().expected.number();
        CHECK(here.runtime.copied_bytes() == 0);
        CHECK(here.runtime.n_calls(call::allocate) == 0);
    }
    machine exact({.device_bytes = needed_bytes});
    CHECK(exact.keep(model) != nullptr);
    machine less({.device_bytes = needed_bytes - 1});
    CHECK_FALSE(less.make(model).has_value());
}

TEST_CASE("products are on the device that was asked for, and on no other") {
    const engine_model model = qwen2();
    const auto ids = model.ids(20);
    machine here({.n_devices = 3});
    const auto there = here.keep(model, {.device = 2});
    REQUIRE(here.runtime.use(0));  // whoever else has asked for one
    CHECK(logits_of(model, ids, {.products = there.get()}) == logits_of(model, ids));
    CHECK(here.runtime.device_memory(0).empty());
    CHECK(here.runtime.device_memory(1).empty());
    CHECK(here.runtime.device_memory(2).size() == 3);  // weights, what they are multiplied with, results
    const auto none = here.make(model, {.device = 3});
    REQUIRE_FALSE(none.has_value());
    CHECK(none.error().code == errc::no_device);
}

TEST_CASE("products are refused for weights of other types, and for batches of nothing") {
    const engine_model model = qwen2();
    machine here;
    for (const auto& options : {engine::device_products_options{.weights = tensor_type::q8_0}, engine::device_products_options{.batch_length = 0}}) {
        const auto made = here.make(model, options);
        REQUIRE_FALSE(made.has_value());
        CHECK(made.error().code == errc::invalid_argument);
    }
    CHECK(here.runtime.n_calls() == 0);
}

TEST_CASE("bringing weights to a device tells how far it is, and ends where it is told to") {
    const engine_model model = qwen2();
    machine here;
    std::uint64_t done = 0, total = 0;
    auto watch = [&](const cria::upload::progress& now) {
        CHECK(now.done_bytes >= done);
        done = now.done_bytes;
        total = now.total_bytes;
        return true;
    };
    CHECK(here.keep(model, {.on_progress = watch}) != nullptr);
    CHECK(done == total);
    CHECK(total > 0);
    auto stop = [](const cria::upload::progress&) { return false; };
    const auto cancelled = here.make(model, {.on_progress = stop});
    REQUIRE_FALSE(cancelled.has_value());
    CHECK(cancelled.error().code == errc::cancelled);
}

TEST_CASE("whichever call of a device fails, while weights come and while they are multiplied, is an error, and nothing is left") {
    const engine_model model(cria_test::random_model(*llama::find_family("llama"), {.matrices = tensor_type::f16, .n_layers = 1}));
    const auto ids = model.ids(6);
    const auto wanted = logits_of(model, ids);
    std::uint64_t last = 0, before = 0;
    {
        machine whole;
        const auto there = whole.keep(model);
        before = whole.runtime.n_calls();
        CHECK(logits_of(model, ids, {.products = there.get()}) == wanted);
        last = whole.runtime.n_calls();
    }
    REQUIRE(last > before + 30);
    for (const bool is_dead : {false, true}) {
        std::size_t n_failed = 0;
        for (std::uint64_t k = 1; k <= last; ++k) {
            CAPTURE(is_dead, k, before, last);
            fake_runtime runtime;
            plain_converter converter(runtime);
            multiplier_log log;
            runtime.fail_call(k, is_dead);
            {
                const auto made = fake_products::make(model.get(), runtime, converter, fake_multiplier(runtime, log));
                if (!made) CHECK(made.error().code == errc::device_error);
                if (made) {
                    auto text = model.text({.products = made->get()});
                    const auto found = logits_of(text, ids);
                    if (found.done) CHECK(found.logits == wanted);
                    else CHECK(found.done.error().code == errc::device_error);
                    n_failed += found.done ? 0 : 1;
                } else {
                    ++n_failed;
                }
            }
            CHECK(log.n_open == 0);
            CHECK(runtime.faults() == "");
            CHECK((is_dead ? runtime.leaks_besides_pinned() : runtime.leaks()) == "");
        }
        CHECK(n_failed > last / 2);  // some calls are wishes, and how many there are is a matter of threads
    }
}

TEST_CASE("what a device that is dead may still write to is not given back") {
    const engine_model model = qwen2();
    const auto ids = model.ids(3);
    // use, a copy there, a product, a copy back: and then nobody can wait for them.
    fake_runtime runtime;
    plain_converter converter(runtime);
    multiplier_log log;
    {
        const auto made = fake_products::make(model.get(), runtime, converter, fake_multiplier(runtime, log));
        REQUIRE(made.has_value());
        runtime.fail_call(runtime.n_calls() + 5, true);
        auto text = model.text({.products = made->get()});
        CHECK_FALSE(logits_of(text, ids).done.has_value());
    }
    CHECK(runtime.faults() == "");
    CHECK(runtime.leaks() == "2 pinned allocations\n");
    CHECK(log.n_open == 0);
}

TEST_CASE("a batch of any length takes no more memory than the most that is multiplied at once") {
    const engine_model model = qwen2();
    const auto ids = model.ids(20);
    machine here;
    const auto there = here.keep(model, {.weights = tensor_type::f16, .batch_length = ~std::size_t{0}, .most_bytes = 1U << 20U});
    auto text = model.text({.products = there.get()});
    CHECK(logits_of(text, ids).done.has_value());
}

TEST_CASE("where what multiplies fails, so do products, and goes on when it works again") {
    const engine_model model = qwen2();
    const auto ids = model.ids(20);
    const auto wanted = logits_of(model, ids);
    machine here;
    here.log.fails_to_open = true;
    const auto made = here.make(model);
    REQUIRE_FALSE(made.has_value());
    CHECK(made.error().subject.view() == "opening a multiplier");
    here.log.fails_to_open = false;
    const auto there = here.keep(model);
    here.log.fails_at = 5;
    auto text = model.text({.products = there.get()});
    const auto failed = logits_of(text, ids);
    REQUIRE_FALSE(failed.done.has_value());
    CHECK(failed.done.error().subject.view() == "multiplying");
    const auto again = logits_of(text, ids);
    REQUIRE(again.done.has_value());
    CHECK(again.logits == wanted);
}
