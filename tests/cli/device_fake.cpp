// SPDX-License-Identifier: MIT
// The tool's devices (examples/cli/device.hpp) in host memory: target cria_cli_fake is the tool on a machine that has as many
// as its environment says. Whatever is done that no device would allow, or is not given back, ends the program with status 99.
//
//   CRIA_FAKE_DEVICES   how many; default 1
//   CRIA_FAKE_BYTES     memory of each; default 1 GiB
//   CRIA_FAKE_DELAY_US  that each copy of an upload takes; default none
//   CRIA_FAKE_FAULT     what goes wrong in an upload: `copy` (the second fails), `bit` (a byte on the device is another one),
//                       `pins` (mappings cannot be pinned), `driver` (is too old for kernels); in what multiplies: `open` (there is none), `product` (the tenth fails)
//   CRIA_FAKE_COUNT     is set: in the end standard error has the number of products
#include "../../examples/cli/device.hpp"

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "../../examples/cli/device_products.hpp"
#include "../../examples/cli/link.hpp"
#include "../../examples/cli/products_run.hpp"
#include "../../examples/cli/upload_run.hpp"
#include "engine/fake_multiplier.hpp"
#include "support/fake_runtime.hpp"

namespace cli {
namespace {

using cria_test::call;
using cria_test::fake_runtime;

auto setting(const char* name, std::uint64_t otherwise) -> std::uint64_t {
    const char* const text = std::getenv(name);
    return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

auto has_fault(std::string_view which) -> bool {
    const char* const text = std::getenv("CRIA_FAKE_FAULT");
    return text != nullptr && text == which;
}

auto machine() -> cria_test::fake_options {
    cria_test::fake_options made;
    made.n_devices = static_cast<std::uint32_t>(setting("CRIA_FAKE_DEVICES", 1));
    made.device_bytes = setting("CRIA_FAKE_BYTES", std::uint64_t{1} << 30U);
    made.pins_read_only = !has_fault("pins");
    made.delay_us = setting("CRIA_FAKE_DELAY_US", 0);
    if (made.delay_us > 0) made.order = cria_test::work_order::by_itself;
    made.is_sparse = true;
    return made;
}

/// Nothing was done that no device would allow, and nothing is left, or the program ends here.
void end_well(fake_runtime& runtime) {
    const std::string wrong = runtime.faults() + runtime.leaks();
    if (wrong.empty()) return;
    std::fprintf(stderr, "fake devices: %s\n", wrong.c_str());
    std::_Exit(99);
}

/// What `work` gives on devices that are new, on which it may leave nothing.
template <class Work>
auto on_new_devices(cria_test::fake_options made, Work work) {
    fake_runtime runtime(made);
    auto answer = work(runtime);
    end_well(runtime);
    return answer;
}

/// Products of the fake devices, which compute what the CPU does.
class fake_products final : public engine::products {
public:
    fake_products() : runtime_(machine()) {
        log_.fails_to_open = has_fault("open");
        log_.fails_at = has_fault("product") ? 10 : 0;
        if (has_fault("copy")) runtime_.fail_nth(call::copy_to_device, 2);
    }
    fake_products(const fake_products&) = delete;
    auto operator=(const fake_products&) -> fake_products& = delete;
    ~fake_products() override {
        there_ = nullptr;
        end_well(runtime_);
        if (std::getenv("CRIA_FAKE_COUNT") != nullptr) std::fprintf(stderr, "fake devices: %llu products\n", static_cast<unsigned long long>(log_.n_products));
    }
    [[nodiscard]] auto open(const products_request& asked) -> cria::result<void> {
        cria_test::plain_converter converter(runtime_);
        CRIA_TRY(there_, keep_on_device(runtime_, converter, cria_test::fake_multiplier(runtime_, log_), asked));
        return {};
    }
    [[nodiscard]] auto multiply(const engine::matrix& w, const float* x, std::size_t n_tokens, float* y) -> cria::result<void> override { return there_->multiply(w, x, n_tokens, y); }

private:
    fake_runtime runtime_;
    cria_test::multiplier_log log_;
    std::unique_ptr<engine::device_products<fake_runtime, cria_test::fake_multiplier>> there_;
};

}  // namespace

auto device_count() -> cria::result<std::uint32_t> {
    const auto n = machine().n_devices;
    if (n == 0) return cria::error{cria::errc::no_device, "device"}.because("there is no fake device");
    return n;
}

auto devices_of(std::span<const std::uint32_t> numbers) -> cria::result<std::vector<known_device>> {
    CRIA_TRY(const std::uint32_t n, device_count());
    return on_new_devices(machine(), [&](fake_runtime& runtime) -> cria::result<std::vector<known_device>> {
        std::vector<known_device> found;
        for (const std::uint32_t number : numbers) {
            if (number >= n) return cria::error{cria::errc::no_device, "device"}.finding(std::uint64_t{number});
            CRIA_TRY_VOID(runtime.use(number));
            CRIA_TRY(const auto facts, runtime.facts(number));
            found.push_back({number, "fake \x1b[31m" + std::to_string(number), facts});  // a driver's words are not ours
        }
        return found;
    });
}

auto all_devices() -> cria::result<std::vector<known_device>> {
    CRIA_TRY(const std::uint32_t n, device_count());
    std::vector<std::uint32_t> numbers;
    for (std::uint32_t number = 0; number < n; ++number) numbers.push_back(number);
    return devices_of(numbers);
}

auto link_speed(const known_device& of) -> cria::result<double> {
    constexpr std::uint64_t sizes[] = {std::uint64_t{1} << 16U};
    auto quick = machine();
    quick.delay_us = 0;
    quick.order = cria_test::work_order::when_waited_for;
    return on_new_devices(quick, [&](fake_runtime& runtime) { return measure_link(runtime, of.number, of.facts.host_node, {.sizes = sizes, .seconds = 1e-3}); });
}

auto upload_weights(const upload_request& asked) -> cria::result<std::shared_ptr<const cria::upload::report>> {
    if (has_fault("driver")) return cria::error{cria::errc::unsupported_feature, "digest kernel"}.because("this driver is too old for the kernels' PTX");
    return on_new_devices(machine(), [&](fake_runtime& runtime) {
        if (has_fault("copy")) runtime.fail_nth(call::copy_to_device, 2);
        if (has_fault("bit"))
            runtime.before_call = [&runtime](call made, std::uint64_t) {
                if (made == call::digest) runtime.corrupt_when_digested(runtime.device_memory().front().data());
            };
        return run_upload(runtime, asked);
    });
}

auto products_on_device(const products_request& asked) -> cria::result<std::unique_ptr<engine::products>> {
    auto made = std::make_unique<fake_products>();
    CRIA_TRY_VOID(made->open(asked));
    return std::unique_ptr<engine::products>(std::move(made));
}

}  // namespace cli
