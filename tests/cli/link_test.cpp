// SPDX-License-Identifier: MIT
#include "../../examples/cli/link.hpp"

#include <cstdint>

#include "support/catch.hpp"
#include "support/fake_runtime.hpp"

using namespace cria_test;

namespace {

constexpr std::uint64_t sizes[] = {4096, 65536, 16384};

auto measure(fake_runtime& runtime, double seconds = 0) -> cria::result<double> { return cli::measure_link(runtime, 0, -1, {.sizes = sizes, .seconds = seconds}); }

}  // namespace

TEST_CASE("a link is measured with copies of every size, two on their way, and nothing is left") {
    for (const work_order order : {work_order::when_waited_for, work_order::random, work_order::by_itself}) {
        fake_runtime runtime({.order = order});
        const auto rate = measure(runtime);
        REQUIRE(rate);
        CHECK(*rate > 0);
        CHECK(runtime.n_calls(call::copy_to_device) == 3 * 2 * 2);  // two at least, to warm up and to be timed
        CHECK(runtime.n_calls(call::make_stream) == 6);
        CHECK(runtime.copied_bytes() == 2 * 2 * (4096 + 65536 + 16384));
        CHECK(runtime.most_pinned_bytes() == 2 * 65536);
        CHECK(runtime.faults() == "");
        CHECK(runtime.leaks() == "");
    }
}

TEST_CASE("a link is measured for as long as was asked for, and the fastest size is the answer") {
    // A copy takes 2 ms, whatever its size: the largest ones are the fastest.
    fake_runtime runtime({.order = work_order::by_itself, .delay_us = 2000});
    const auto rate = measure(runtime, 0.05);
    REQUIRE(rate);
    CHECK(*rate <= 65536 / 2e-3);
    CHECK(*rate > 16384 / 2e-3);
    CHECK(runtime.n_calls(call::copy_to_device) > 3 * 2 * 2);
}

TEST_CASE("whatever call fails while a link is measured is its error, and nothing is left") {
    std::uint64_t n_calls = 0;
    {
        fake_runtime runtime;
        REQUIRE(measure(runtime));
        n_calls = runtime.n_calls();
    }
    std::uint64_t n_failed = 0;
    for (std::uint64_t n = 1; n <= n_calls; ++n) {
        CAPTURE(n);
        fake_runtime runtime;
        runtime.fail_call(n);
        const auto rate = measure(runtime);
        if (!rate) {
            CHECK(rate.error().code == cria::errc::device_error);
            ++n_failed;
        }
        CHECK(runtime.faults() == "");
        CHECK(runtime.leaks() == "");
    }
    CHECK(n_failed > n_calls / 2);  // the others are what is given back, which is no reason not to know the rate
}

TEST_CASE("a link is measured with what memory there is, and without any is out of memory") {
    fake_runtime two_sizes({.pinned_bytes = 2 * 4096});
    CHECK(measure(two_sizes));
    CHECK(two_sizes.leaks() == "");
    fake_runtime no_device_memory({.device_bytes = 4096});
    const auto rate = measure(no_device_memory);
    REQUIRE(!rate);
    CHECK(rate.error().code == cria::errc::out_of_memory);
    CHECK(no_device_memory.leaks() == "");
}
