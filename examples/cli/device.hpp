// SPDX-License-Identifier: MIT
#ifndef CRIA_CLI_DEVICE_HPP
#define CRIA_CLI_DEVICE_HPP

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "cria/base/result.hpp"
#include "cria/upload/options.hpp"
#include "cria/upload/plan.hpp"
#include "cria/upload/report.hpp"
#include "cria/upload/runtime.hpp"

// The devices of this machine, as all of the program knows them: by number, in facts, and by what they can be asked to
// do. What needs the CUDA Toolkit to be compiled is in files called *_cuda.cpp, which are built where cria::gpu exists; in
// their place, files called *_none.cpp are built elsewhere, whose functions say that this program has no devices. The
// program starts without a driver and without a device: both are asked for when a command wants them, and are errors then.

namespace cli {

/// A device, and what is to be known of it before it is used.
struct known_device {
    std::uint32_t number = 0;  ///< the runtime's
    std::string name;          ///< its maker's, for people
    cria::upload::device_facts facts;
};

/// How many devices there are: at least one.
/// Fails: errc::no_device, whose sentence says what is missing: devices, a driver, a newer driver, or CUDA in this program.
[[nodiscard]] auto device_count() -> cria::result<std::uint32_t>;

/// The devices of these numbers, in this order. Each is used from then on, which takes some tenths of a second, and some
/// hundred megabytes of it, for its driver; its free memory is without them.
/// Fails: as device_count, also where there is no device of a number; errc::device_error.
[[nodiscard]] auto devices_of(std::span<const std::uint32_t> numbers) -> cria::result<std::vector<known_device>>;

/// All there are, by number.
[[nodiscard]] auto all_devices() -> cria::result<std::vector<known_device>>;

/// The bytes that the link to a device moves in a second: link.hpp. Takes about half a second.
/// Fails: errc::out_of_memory, device_error; cancelled by Ctrl-C, while an `interruptible` lives.
[[nodiscard]] auto link_speed(const known_device& of) -> cria::result<double>;

/// What is to go where, and how. Borrows.
struct upload_request {
    const cria::upload::plan& plan;
    std::span<const cria::upload::source> sources;
    std::span<const std::uint32_t> devices;  ///< the number of each of the plan's devices
    cria::upload::source_mode how = cria::upload::source_mode::automatic;
    cria::upload::verification verify = cria::upload::verification::automatic;
    unsigned n_workers = 0;  ///< 0: as many as pay
};

/// Puts weights on devices, says how that went, and gives all memory back.
/// Fails: as upload::execute; errc::cancelled by Ctrl-C, while an `interruptible` lives.
[[nodiscard]] auto upload_weights(const upload_request& asked) -> cria::result<std::shared_ptr<const cria::upload::report>>;

}  // namespace cli

#endif  // CRIA_CLI_DEVICE_HPP
