// SPDX-License-Identifier: MIT
#include "cria/upload/executor.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/fake_runtime.hpp"
#include "support/upload_case.hpp"
#include "support/upload_runs.hpp"

namespace upload = cria::upload;
using cria::errc;
using cria_test::all_ways;
using cria_test::call;
using cria_test::fake_options;
using cria_test::fake_runtime;
using cria_test::fill_chunks;
using cria_test::held;
using cria_test::how;
using cria_test::process_state;
using cria_test::upload_case;
using cria_test::way;
using cria_test::work_order;
using upload::source_mode;
using upload::verification;

namespace {

struct settings {
    way what;
    unsigned n_workers;
    verification level;
    work_order order;
    bool has_after;
};

/// Makes call number `k` of an upload fail, or every call from there on. Says whether the upload got as far as that call.
auto fail_at(const upload_case& files, const upload::plan& plan, const settings& with, std::uint64_t k, bool and_all_later, std::uint64_t& n_succeeded) -> bool {
    const auto sources = files.sources(with.what.where);
    fake_options devices;
    devices.n_devices = static_cast<std::uint32_t>(plan.arenas().size());
    devices.order = with.order;
    devices.seed = k;
    fake_runtime device(devices);
    const process_state before = process_state::now();
    std::vector<fake_runtime::stream> streams;
    for (std::uint32_t d = 0; with.has_after && d < devices.n_devices; ++d) {
        REQUIRE(device.use(d).has_value());
        streams.push_back(*device.make_stream());
    }
    how options;
    options.how = with.what.mode;
    options.n_workers = with.n_workers;
    options.verify = with.level;
    options.after = streams;
    const std::uint64_t n_before = device.n_calls();
    device.fail_call(n_before + k, and_all_later);
    {
        const auto done = upload::execute(device, plan, std::span<const upload::source>(sources), options);
        const bool was_reached = device.n_calls() >= n_before + k;
        if (done) {
            ++n_succeeded;
            files.check(plan, done->arenas());
            if (!was_reached) {
                device.fail_call(0);  // or the clean end would be what fails
            }
        } else {
            REQUIRE(was_reached);
            CAPTURE(done.error().message());
            REQUIRE(done.error().code == errc::device_error);
            REQUIRE(done.error().native == 700);
        }
        if (!was_reached) return false;
    }
    for (const auto& each : streams) static_cast<void>(device.destroy(each));  // of a dead device it is refused, and gone
    REQUIRE(device.faults() == "");
    // Where waiting for the device fails, nobody knows what it still reads: pinned slots and windows are left.
    REQUIRE((and_all_later ? device.leaks_besides_pinned() : device.leaks()) == "");
    REQUIRE(before.is_back());
    return true;
}

/// Each call of an upload in its turn.
void fail_each(bool and_all_later) {
    upload_case one, two;
    const auto plan = fill_chunks(one, 1);
    const auto plan_of_two = fill_chunks(two, 2);
    const settings all[] = {
        {{source_mode::mapped, held::mapped}, 1, verification::full, work_order::when_waited_for, true},
        {{source_mode::mapped, held::alone}, 3, verification::checksum, work_order::by_itself, false},
        {{source_mode::read, held::in_file}, 2, verification::full, work_order::random, false},
        {{source_mode::registered, held::mapped}, 1, verification::full, work_order::when_waited_for, true},
        {{source_mode::registered, held::mapped}, 1, verification::placement, work_order::by_itself, false},
        {{source_mode::direct, held::mapped}, 1, verification::checksum, work_order::random, false},
        {{source_mode::direct, held::in_file}, 2, verification::full, work_order::when_waited_for, true},
    };
    for (const settings& with : all) {
        const std::uint32_t most_devices = with.what.mode == source_mode::registered ? 1 : 2;
        if (!cria_test::can_go(with.what, one)) continue;
        for (std::uint32_t n_devices = 1; n_devices <= most_devices; ++n_devices) {
            CAPTURE(static_cast<int>(with.what.mode), static_cast<int>(with.what.where), with.n_workers, n_devices);
            std::uint64_t k = 1, n_succeeded = 0;
            for (bool was_reached = true; was_reached; ++k) {
                CAPTURE(k);
                REQUIRE(k < 2000);
                was_reached = n_devices == 1 ? fail_at(one, plan, with, k, and_all_later, n_succeeded) : fail_at(two, plan_of_two, with, k, and_all_later, n_succeeded);
            }
            REQUIRE(k > 20);
            REQUIRE(n_succeeded < k / 2);  // most failures are not to be overlooked
        }
    }
}

}  // namespace

TEST_CASE("each call of the runtime that fails, once, ends the upload with its error, or does not matter; and nothing is left") { fail_each(false); }

TEST_CASE("a device that is dead from any call on ends the upload with its error, and nothing is left but slots it may still read") { fail_each(true); }

#if !defined(_WIN32)  // where a file that is mapped cannot be cut

TEST_CASE("a file that is cut short before its chunks are started is errc::file_changed, in every way, and no signal") {
    for (const way& each : all_ways) {
        if (each.where == held::alone || (each.mode == source_mode::mapped && each.where == held::owned)) continue;
        for (const std::uint64_t length : {std::uint64_t{0}, std::uint64_t{4097}, std::uint64_t{100'000}, std::uint64_t{159'999}}) {
            CAPTURE(static_cast<int>(each.mode), static_cast<int>(each.where), length);
            upload_case files;
            files.add(files.add_file(160'000), 0, 160'000);
            if (!cria_test::can_go(each, files)) continue;
            const auto plan = files.plan({256, 8192, 0, 1});
            const auto sources = files.sources(each.where);
            std::filesystem::resize_file(files.path(0), length);
            fake_runtime device;
            how options;
            options.how = each.mode;
            options.n_workers = 2;
            const auto why = cria_test::failure_of(device, plan, sources, options);
            CAPTURE(why.message());
            REQUIRE(why.code == errc::file_changed);
            REQUIRE(why.subject.view() == sources[0].name);
            cria_test::check_clean(device);
        }
    }
}

TEST_CASE("a file that is cut short during an upload is errc::file_changed, or was read before") {
    for (const way& each : all_ways) {
        // What is pinned when the file is cut is read by the device: of a real one that is memory, of this one a mapping.
        if (each.where == held::alone || each.where == held::owned || each.mode == source_mode::registered) continue;
        for (std::uint64_t n = 1; n <= 40; n += 3) {
            CAPTURE(static_cast<int>(each.mode), static_cast<int>(each.where), n);
            upload_case files;
            files.add(files.add_file(320'000), 0, 320'000);
            if (!cria_test::can_go(each, files)) continue;
            const auto plan = files.plan({256, 8192, 0, 1});
            REQUIRE(plan.chunk_count(0) == 40);
            const auto sources = files.sources(each.where);
            fake_runtime device;
            device.before_call = [&](call kind, std::uint64_t number) {
                if (kind == call::copy_to_device && number == n) std::filesystem::resize_file(files.path(0), 100);
            };
            how options;
            options.how = each.mode;
            options.n_workers = 1;
            options.verify = verification::checksum;
            {
                const auto done = upload::execute(device, plan, std::span<const upload::source>(sources), options);
                if (done) files.check(plan, done->arenas());
                else REQUIRE(done.error().code == errc::file_changed);
                if (n < 40 && each.mode != source_mode::direct) REQUIRE_FALSE(done.has_value());
            }
            cria_test::check_clean(device);
        }
    }
}

#endif

TEST_CASE("device memory that does not suffice is an error before a byte moves") {
    upload_case files;
    const auto plan = fill_chunks(files, 2);
    const auto sources = files.sources();
    SECTION("of one device, by what it says is free") {
        fake_options devices;
        devices.n_devices = 2;
        devices.device_bytes = plan.arenas()[1].size_bytes - 1;
        fake_runtime device(devices);
        const auto why = cria_test::failure_of(device, plan, sources, {});
        REQUIRE(why.code == errc::out_of_memory);
        REQUIRE(why.expected.number() == plan.arenas()[0].size_bytes);
        REQUIRE(why.found.number() == devices.device_bytes);
        REQUIRE(device.n_calls(call::allocate) == 0);
        cria_test::check_clean(device);
    }
    SECTION("of one that both arenas are for, by what allocating says") {
        fake_options devices;
        devices.device_bytes = plan.arenas()[0].size_bytes + plan.arenas()[1].size_bytes - 1;
        fake_runtime device(devices);
        const std::uint32_t same[] = {0, 0};
        how options;
        options.devices = same;
        REQUIRE(cria_test::failure_of(device, plan, sources, options).code == errc::out_of_memory);
        REQUIRE(device.n_calls(call::copy_to_device) == 0);
        cria_test::check_clean(device);
    }
}

TEST_CASE("with little pinned memory fewer workers do it, and with none it is out_of_memory") {
    upload_case files;
    const auto plan = fill_chunks(files, 1);
    for (const way& each : all_ways) {
        if (each.mode == source_mode::registered || !cria_test::can_go(each, files)) continue;
        const auto sources = files.sources(each.where);
        const std::uint64_t slot = each.mode == source_mode::direct ? upload::detail::direct_slot_bytes(4352, 4096) : 4352;
        for (const unsigned n_workers : {1U, 2U, 5U}) {
            for (std::uint64_t n_slots = 0; n_slots < 8; ++n_slots) {
                CAPTURE(static_cast<int>(each.mode), static_cast<int>(each.where), n_workers, n_slots);
                fake_options devices;
                devices.pinned_bytes = 24 * plan.arenas()[0].n_copies + n_slots * slot + 1;  // digests come first
                fake_runtime device(devices);
                how options;
                options.how = each.mode;
                options.n_workers = n_workers;
                options.verify = verification::full;
                {
                    const auto done = upload::execute(device, plan, std::span<const upload::source>(sources), options);
                    REQUIRE(done.has_value() == (n_slots > 0));
                    if (done) files.check(plan, done->arenas());
                    if (done) REQUIRE(done->report().n_workers >= 1);
                    if (done) REQUIRE(done->report().n_workers <= n_workers);
                    if (!done) REQUIRE(done.error().code == errc::out_of_memory);
                }
                cria_test::check_clean(device);
            }
        }
    }
}

TEST_CASE("a window that cannot be pinned is the error of who asked for registering") {
    upload_case files;
    const auto plan = fill_chunks(files, 1);
    const auto sources = files.sources();
    fake_runtime device;
    device.fail_nth(call::pin_read_only, 1);
    how options;
    options.how = source_mode::registered;
    REQUIRE(cria_test::failure_of(device, plan, sources, options).code == errc::device_error);
    cria_test::check_clean(device);
}

#if defined(__linux__)

TEST_CASE("where nobody asked for registering, what cannot be pinned is staged: at any window") {
    const auto mine = cria::io::processors_of_this_thread();
    REQUIRE(mine.has_value());
    cria::io::processor_set one;
    for (unsigned i = 0; one.empty(); ++i) {
        if (mine->contains(i)) one.insert(i);
    }
    REQUIRE(cria::io::run_this_thread_on(one).has_value());  // so few that registering is what is chosen

    upload_case files;
    std::vector<std::byte> bytes(std::size_t{129} << 20U);  // two windows and a little
    for (std::size_t at = 0; at + 8 <= bytes.size(); at += 512) {
        const std::uint64_t word = at * 0x9E3779B97F4A7C15U;
        std::memcpy(bytes.data() + at, &word, sizeof word);
    }
    const std::uint64_t size = bytes.size();
    files.add(files.add_file(std::move(bytes)), 5, size - 5);
    const auto plan = files.plan();
    const auto sources = files.sources();
    for (const std::uint64_t n : {1U, 3U, 4U}) {
        CAPTURE(n);
        fake_runtime device;
        device.fail_nth(call::pin_read_only, n);
        upload::progress last;
        const auto listen = [&](const upload::progress& now) { return last = now, true; };
        how options;
        options.on_progress = listen;
        {
            const auto done = upload::execute(device, plan, std::span<const upload::source>(sources), options);
            if (!done) FAIL(done.error().message());
            const bool is_equal = std::memcmp(done->arenas()[0].address, files.contents(0).data() + 5, static_cast<std::size_t>(size - 5)) == 0;
            REQUIRE(is_equal);
            REQUIRE(device.n_calls(call::pin_read_only) == (std::min)(n, std::uint64_t{3}));
            REQUIRE(done->report().n_workers == 1);
            REQUIRE(done->report().how == (n < 4 ? source_mode::mapped : source_mode::registered));
            REQUIRE((device.n_calls(call::allocate_pinned) > 0) == (n < 4));
            REQUIRE(last.done_bytes == last.total_bytes);
        }
        cria_test::check_clean(device);
    }
    REQUIRE(cria::io::run_this_thread_on(*mine).has_value());
}

#endif
