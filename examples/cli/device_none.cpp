// SPDX-License-Identifier: MIT
// device.hpp without CUDA: there are no devices, and every function says so.
#include "device.hpp"

namespace cli {
namespace {

auto nothing() -> cria::error { return cria::error{cria::errc::no_device, "device"}.because("this program was built without CUDA"); }

}  // namespace

auto device_count() -> cria::result<std::uint32_t> { return nothing(); }
auto devices_of(std::span<const std::uint32_t>) -> cria::result<std::vector<known_device>> { return nothing(); }
auto all_devices() -> cria::result<std::vector<known_device>> { return nothing(); }
auto link_speed(const known_device&) -> cria::result<double> { return nothing(); }
auto upload_weights(const upload_request&) -> cria::result<std::shared_ptr<const cria::upload::report>> { return nothing(); }

}  // namespace cli
