// SPDX-License-Identifier: MIT
#include "cria/upload/executor.hpp"

#include <cstdint>
#include <cstring>
#include <span>
#include <string>

#include "support/catch.hpp"
#include "support/fake_runtime.hpp"
#include "support/upload_case.hpp"
#include "support/upload_runs.hpp"

// Uploads that went wrong on purpose: what the proofs are worth.

namespace upload = cria::upload;
using cria::errc;
using cria_test::all_ways;
using cria_test::call;
using cria_test::fake_options;
using cria_test::fake_runtime;
using cria_test::how;
using cria_test::upload_case;
using cria_test::way;
using upload::source_mode;
using upload::verification;

namespace {

/// Forty items of 8000 bytes, each in a chunk of its own, in two files.
auto fill_forty(upload_case& files) -> upload::plan {
    for (std::uint32_t file = 0; file < 2; ++file) {
        files.add_file(400'000);
        for (std::uint64_t i = 0; i < 20; ++i) files.add(file, 7 + i * 9000, 8000);
    }
    return files.plan({4096, 8192, 0, 1});
}

}  // namespace

TEST_CASE("a runtime that says too early that a slot has been read is found out by checksum and in full, and not by placement") {
    upload_case files;
    const auto plan = fill_forty(files);
    const auto wanted = files.expected(plan);
    for (const way& each : all_ways) {
        if (each.mode == source_mode::registered || !cria_test::can_go(each, files)) continue;  // which has no slots
        const auto sources = files.sources(each.where);
        for (const verification level : cria_test::all_levels) {
            CAPTURE(static_cast<int>(each.mode), static_cast<int>(each.where), static_cast<int>(level));
            fake_options devices;
            devices.signals_early = true;
            fake_runtime device(devices);
            how options;
            options.how = each.mode;
            options.n_workers = 1;
            options.verify = level;
            {
                const auto done = upload::execute(device, plan, std::span<const upload::source>(sources), options);
                if (level == verification::placement) {
                    REQUIRE(done.has_value());
                    const bool is_right = std::memcmp(done->arenas()[0].address, wanted[0].data(), wanted[0].size()) == 0;
                    REQUIRE_FALSE(is_right);  // or the control would control nothing
                } else {
                    REQUIRE_FALSE(done.has_value());
                    REQUIRE(done.error().code == errc::checksum_mismatch);
                }
            }
            cria_test::check_clean(device);
        }
    }
}

TEST_CASE("a runtime that says too early that a window has been read is told of the pages that were unpinned under it") {
    upload_case files;
    const auto plan = fill_forty(files);
    const auto sources = files.sources();
    fake_options devices;
    devices.signals_early = true;
    fake_runtime device(devices);
    how options;
    options.how = source_mode::registered;
    static_cast<void>(upload::execute(device, plan, std::span<const upload::source>(sources), options));
    REQUIRE(device.faults().find("unpin: while a queued copy reads it") != std::string::npos);
    REQUIRE(device.leaks() == "");
}

TEST_CASE("one bit of device memory that is another is found, and named by its file and offset") {
    upload_case files;
    const auto plan = fill_forty(files);
    for (const way& each : all_ways) {
        if (!cria_test::can_go(each, files)) continue;
        const auto sources = files.sources(each.where);
        for (const std::size_t i : {std::size_t{0}, std::size_t{13}, std::size_t{39}}) {
            for (const std::uint64_t byte : {std::uint64_t{0}, std::uint64_t{4001}, std::uint64_t{7999}}) {
                for (const verification level : {verification::checksum, verification::full}) {
                    CAPTURE(static_cast<int>(each.mode), static_cast<int>(each.where), i, byte, static_cast<int>(level));
                    fake_runtime device;
                    device.before_call = [&](call kind, std::uint64_t number) {
                        // Checksums are computed first, so what full alone can find happens afterwards.
                        const call moment = level == verification::checksum ? call::digest : call::copy_to_host;
                        if (kind != moment || number != 1) return;
                        std::byte* const target = device.device_memory().front().data() + plan.placements()[i].device_offset_bytes + byte;
                        if (level == verification::checksum) device.corrupt_when_digested(target);
                        else device.corrupt(target);
                    };
                    how options;
                    options.how = each.mode;
                    options.n_workers = 2;
                    options.verify = level;
                    const auto why = cria_test::failure_of(device, plan, sources, options);
                    REQUIRE(why.code == errc::checksum_mismatch);
                    REQUIRE(why.subject.view() == sources[files.items[i].file].name);
                    REQUIRE(why.offset == files.items[i].offset_bytes);
                    cria_test::check_clean(device);
                }
            }
        }
    }
}

TEST_CASE("who waits for bytes of an upload that was found wrong is told so") {
    upload_case files;
    const auto plan = fill_forty(files);
    const auto sources = files.sources();
    fake_runtime device;
    const auto consumer = device.make_stream();
    REQUIRE(consumer.has_value());
    device.before_call = [&](call kind, std::uint64_t number) {
        if (kind == call::digest && number == 1) device.corrupt_when_digested(device.device_memory().front().data());
    };
    how options;
    options.verify = verification::checksum;
    {
        auto running = upload::transfer<fake_runtime>::start(device, plan, sources, options);
        REQUIRE(running.has_value());
        REQUIRE(running->finish().error().code == errc::checksum_mismatch);
        REQUIRE(running->wait_for(0, 0, 1, *consumer).error().code == errc::checksum_mismatch);
    }
    REQUIRE(device.destroy(*consumer).has_value());
    cria_test::check_clean(device);
}

TEST_CASE("a file that is a window of another is named by the offset in the whole") {
    upload_case files;
    files.add_file(100'000);
    auto file = cria::io::native_file::open(files.path(0));
    REQUIRE(file.has_value());
    const auto window = cria::io::mapped_file::open_window(*std::move(file), 12'345, 60'000);
    REQUIRE(window.has_value());
    const upload::source sources[] = {upload::source_of(*window)};
    files.add(0, 100, 50'000);
    const auto plan = files.plan({256, 4096, 0, 1});
    for (const source_mode mode : {source_mode::mapped, source_mode::read, source_mode::registered, source_mode::direct}) {
        if (!cria_test::can_go({mode, cria_test::held::mapped}, files)) continue;
        CAPTURE(static_cast<int>(mode));
        fake_runtime device;
        how options;
        options.how = mode;
        options.verify = verification::full;
        {
            const auto done = upload::execute(device, plan, sources, options);
            REQUIRE(done.has_value());
            const bool is_equal = std::memcmp(done->arenas()[0].address, files.contents(0).data() + 12'345 + 100, 50'000) == 0;
            REQUIRE(is_equal);
        }
        device.before_call = [&](call kind, std::uint64_t) {
            if (kind == call::digest) device.corrupt_when_digested(device.device_memory().front().data() + 2 * 4096 + 5);
        };
        const auto why = cria_test::failure_of(device, plan, sources, options);
        REQUIRE(why.code == errc::checksum_mismatch);
        REQUIRE(why.offset == 12'345 + 100 + 2 * 4096);
        cria_test::check_clean(device);
    }
}

TEST_CASE("the fake device tells of what no device lets pass") {
    fake_runtime device(fake_options{2});
    const auto stream = device.make_stream();
    const auto event = device.make_event();
    const auto memory = device.allocate(1000);
    const auto pinned = device.allocate_pinned(1000);
    REQUIRE((stream.has_value() && event.has_value() && memory.has_value() && pinned.has_value()));
    auto* const bytes = static_cast<std::byte*>(*memory);
    auto is_fault = [&, n = std::size_t{0}](std::string_view what) mutable {
        const std::string all = device.faults();
        const bool is_new = all.find(what, n) != std::string::npos;
        n = all.size();
        return is_new;
    };
    REQUIRE_FALSE(device.copy_to_device(bytes + 500, pinned->address, 501, *stream).has_value());
    REQUIRE(is_fault("to what is not device memory"));
    REQUIRE_FALSE(device.copy_to_device(bytes, pinned->address + 500, 501, *stream).has_value());
    REQUIRE(is_fault("not pinned"));
    REQUIRE_FALSE(device.copy_to_device(bytes, bytes, 10, *stream).has_value());
    REQUIRE(is_fault("not pinned"));
    REQUIRE_FALSE(device.pin_read_only({pinned->address, 1000}).has_value());
    REQUIRE(is_fault("not whole pages"));
    REQUIRE(device.use(1).has_value());
    REQUIRE_FALSE(device.copy_to_device(bytes, pinned->address, 1000, *stream).has_value());
    REQUIRE(is_fault("not in use"));
    REQUIRE(device.use(0).has_value());
    REQUIRE(device.copy_to_device(bytes, pinned->address, 1000, *stream).has_value());
    REQUIRE(device.record(*event, *stream).has_value());
    REQUIRE(device.faults().size() > 0);
    REQUIRE_FALSE(is_fault("x"));
    REQUIRE(device.release_pinned(*pinned).has_value());
    REQUIRE(is_fault("while a queued copy uses it"));
    REQUIRE(device.destroy(*event).has_value());
    REQUIRE_FALSE(device.synchronize(*event).has_value());
    REQUIRE(is_fault("not there"));
    REQUIRE_FALSE(device.destroy(*event).has_value());
    REQUIRE(is_fault("destroyed before"));
    REQUIRE(device.destroy(*stream).has_value());
    bytes[1000] = std::byte{};
    REQUIRE(device.leaks() == "1 device allocations\n");
    REQUIRE(device.release(*memory).has_value());
    REQUIRE(is_fault("written outside"));
    REQUIRE_FALSE(device.release(*memory).has_value());
    REQUIRE(is_fault("released before"));
    REQUIRE(device.leaks() == "");
}
