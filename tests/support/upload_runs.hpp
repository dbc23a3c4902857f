// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_SUPPORT_UPLOAD_RUNS_HPP
#define CRIA_TESTS_SUPPORT_UPLOAD_RUNS_HPP

#include "cria/upload/executor.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <system_error>

#include "support/catch.hpp"
#include "support/fake_runtime.hpp"
#include "support/upload_case.hpp"

// Uploads to the fake devices, and what must hold of each of them.

namespace cria_test {

using how = upload::options<fake_runtime>;
using transfer = upload::transfer<fake_runtime>;

/// A way for bytes to go, and where they have to be for it.
struct way {
    upload::source_mode mode;
    held where;
};
inline constexpr way all_ways[] = {
    {upload::source_mode::mapped, held::mapped},     {upload::source_mode::mapped, held::owned}, {upload::source_mode::mapped, held::alone},
    {upload::source_mode::read, held::mapped},       {upload::source_mode::read, held::in_file}, {upload::source_mode::registered, held::mapped},
    {upload::source_mode::direct, held::mapped},     {upload::source_mode::direct, held::in_file},
};
inline constexpr upload::verification all_levels[] = {upload::verification::placement, upload::verification::checksum, upload::verification::full};
inline constexpr work_order all_orders[] = {work_order::when_waited_for, work_order::random, work_order::by_itself};

/// Whether the folder of temporary files can go that way.
[[nodiscard]] inline auto can_go(const way& of, const upload_case& files) -> bool {
    return of.mode != upload::source_mode::direct || cria::io::direct_file::open(files.mapping(0).file()).has_value();
}

/// What a process has open, and its threads; nothing where the system does not tell.
struct process_state {
    std::size_t n_files = 0;
    std::size_t n_threads = 0;

    [[nodiscard]] static auto now() -> process_state {
        // Sanitizers have a thread of their own from a program's first one on.
        if (auto first = cria::io::thread::start([](void*) {}, nullptr)) first->join();
        return {entries("/proc/self/fd"), entries("/proc/self/task")};
    }
    /// Nothing more than this is there now. A thread that was joined takes a moment to leave the system's list.
    [[nodiscard]] auto is_back() const -> bool {
        for (int i = 0; i < 2000; ++i) {
            if (entries("/proc/self/fd") <= n_files && entries("/proc/self/task") <= n_threads) return true;
            cria::io::monitor nobody;
            const cria::io::locked hold(nobody);
            nobody.wait_for(1000);
        }
        return false;
    }

private:
    [[nodiscard]] static auto entries(const char* folder) -> std::size_t {
        std::size_t n = 0;
        std::error_code why;
        for (std::filesystem::directory_iterator at(folder, why); !why && at != std::filesystem::directory_iterator(); at.increment(why)) ++n;
        return n;
    }
};

/// One upload that must succeed, and leave nothing behind.
inline void upload_and_check(const upload_case& files, const upload::plan& plan, held where, const how& options, const fake_options& devices = {}) {
    fake_runtime device(devices);
    const auto sources = files.sources(where);
    {
        const auto done = upload::execute(device, plan, std::span<const upload::source>(sources), options);
        if (!done) FAIL(done.error().message());
        files.check(plan, done->arenas());
        REQUIRE(device.faults() == "");
        REQUIRE(done->report().pinned_bytes <= device.most_pinned_bytes());
    }
    check_clean(device);
}

/// One upload that must fail.
inline auto failure_of(fake_runtime& device, const upload::plan& plan, std::span<const upload::source> sources, const how& options) -> cria::error {
    const auto done = upload::execute(device, plan, sources, options);
    REQUIRE_FALSE(done.has_value());
    return done.error();
}

}  // namespace cria_test

#endif  // CRIA_TESTS_SUPPORT_UPLOAD_RUNS_HPP
