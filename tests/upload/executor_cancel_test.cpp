// SPDX-License-Identifier: MIT
#include "cria/upload/executor.hpp"

#include <atomic>
#include <cstdint>
#include <span>

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
using cria_test::how;
using cria_test::process_state;
using cria_test::transfer;
using cria_test::upload_case;
using cria_test::way;
using cria_test::work_order;
using upload::source_mode;
using upload::verification;

TEST_CASE("an upload can be cancelled at every chunk, in every way") {
    upload_case files;
    const auto plan = fill_chunks(files, 1);
    const std::uint64_t n_chunks = plan.chunk_count(0);
    REQUIRE(n_chunks == 8);
    for (const way& each : all_ways) {
        if (!cria_test::can_go(each, files)) continue;
        const auto sources = files.sources(each.where);
        for (const unsigned n_workers : {1U, 3U}) {
            for (std::uint64_t n = 1; n <= n_chunks + 1; ++n) {
                CAPTURE(static_cast<int>(each.mode), static_cast<int>(each.where), n_workers, n);
                const process_state before = process_state::now();
                fake_options devices;
                devices.order = cria_test::all_orders[n % 2];
                fake_runtime device(devices);
                std::atomic<bool> cancel{false};
                std::atomic<std::uint64_t> n_before{0};
                device.before_call = [&](call kind, std::uint64_t number) {
                    if (kind != call::copy_to_device || number != n) return;
                    cancel.store(true);
                    n_before.store(device.n_calls(call::copy_to_device));
                };
                how options;
                options.how = each.mode;
                options.n_workers = n_workers;
                options.verify = verification::checksum;
                options.cancel = &cancel;
                {
                    const auto done = upload::execute(device, plan, std::span<const upload::source>(sources), options);
                    if (done) files.check(plan, done->arenas());
                    else REQUIRE(done.error().code == errc::cancelled);
                    // Nothing is started after that: the copies of one chunk at the most, of each worker.
                    const std::uint64_t copies_a_chunk = each.mode == source_mode::mapped || each.mode == source_mode::read ? 1 : 3;
                    if (cancel) REQUIRE(device.n_calls(call::copy_to_device) <= n_before + n_workers * copies_a_chunk);
                    if (n_workers == 1 && copies_a_chunk == 1 && n < n_chunks) REQUIRE_FALSE(done.has_value());
                }
                cria_test::check_clean(device);
                REQUIRE(before.is_back());
            }
        }
    }
}

TEST_CASE("an upload that is cancelled before it starts copies nothing") {
    upload_case files;
    const auto plan = fill_chunks(files, 1);
    const std::atomic<bool> cancel{true};
    for (const way& each : all_ways) {
        if (!cria_test::can_go(each, files)) continue;
        fake_runtime device;
        const auto sources = files.sources(each.where);
        how options;
        options.how = each.mode;
        options.cancel = &cancel;
        REQUIRE(cria_test::failure_of(device, plan, sources, options).code == errc::cancelled);
        REQUIRE(device.copied_bytes() == 0);
        cria_test::check_clean(device);
    }
}

TEST_CASE("a progress callback that returns false cancels, whenever it does") {
    upload_case files;
    const auto plan = fill_chunks(files, 1);
    const auto sources = files.sources();
    for (std::size_t stop_at = 1; stop_at <= 6; ++stop_at) {
        CAPTURE(stop_at);
        fake_options devices;
        devices.order = work_order::by_itself;
        devices.delay_us = 20'000;
        fake_runtime device(devices);
        std::size_t n_told = 0;
        const auto listen = [&](const upload::progress&) { return ++n_told != stop_at; };
        how options;
        options.n_workers = 1;
        options.on_progress = listen;
        {
            const auto done = upload::execute(device, plan, std::span<const upload::source>(sources), options);
            if (done) files.check(plan, done->arenas());
            else REQUIRE(done.error().code == errc::cancelled);
            if (stop_at < 3) REQUIRE_FALSE(done.has_value());
        }
        cria_test::check_clean(device);
    }
}

#if defined(__cpp_exceptions)

TEST_CASE("what a progress callback throws comes out of the upload, which leaves nothing") {
    upload_case files;
    const auto plan = fill_chunks(files, 1);
    const auto sources = files.sources();
    std::size_t throw_at = 1;
    for (bool was_reached = true; was_reached; ++throw_at) {
        CAPTURE(throw_at);
        REQUIRE(throw_at < 200);
        const process_state before = process_state::now();
        {
            fake_options devices;
            devices.order = cria_test::all_orders[throw_at % 3];
            fake_runtime device(devices);
            std::size_t n_told = 0;
            const auto listen = [&](const upload::progress&) -> bool {
                if (++n_told == throw_at) throw throw_at;
                return true;
            };
            how options;
            options.n_workers = 2;
            options.verify = verification::full;
            options.on_progress = listen;
            std::size_t caught = 0;
            try {
                static_cast<void>(upload::execute(device, plan, std::span<const upload::source>(sources), options));
            } catch (const std::size_t number) {
                caught = number;
            }
            was_reached = n_told >= throw_at;
            REQUIRE(caught == (was_reached ? throw_at : 0));
            cria_test::check_clean(device);
        }
        REQUIRE(before.is_back());
    }
    REQUIRE(throw_at > 3);
}

#endif

TEST_CASE("a transfer that is cancelled, or destroyed, on its way ends and leaves nothing") {
    upload_case files;
    const auto plan = fill_chunks(files, 2);
    for (const way& each : all_ways) {
        if (each.mode == source_mode::registered || !cria_test::can_go(each, files)) continue;
        const auto sources = files.sources(each.where);
        for (std::uint64_t n = 0; n < 8; ++n) {
            for (const bool is_destroyed : {false, true}) {
                CAPTURE(static_cast<int>(each.mode), n, is_destroyed);
                const process_state before = process_state::now();
                fake_options devices;
                devices.n_devices = 2;
                devices.order = work_order::by_itself;
                devices.delay_us = 300;
                devices.seed = n;
                {
                    fake_runtime device(devices);
                    how options;
                    options.how = each.mode;
                    options.n_workers = 2;
                    {
                        auto running = transfer::start(device, plan, sources, options);
                        REQUIRE(running.has_value());
                        while (device.n_calls(call::copy_to_device) < n) static_cast<void>(running->progress());
                        if (!is_destroyed) {
                            running->cancel();
                            const auto done = running->finish();
                            if (done) files.check(plan, done->arenas());
                            else REQUIRE(done.error().code == errc::cancelled);
                        }
                    }
                    cria_test::check_clean(device);
                }
                REQUIRE(before.is_back());
            }
        }
    }
}

TEST_CASE("who waits for bytes of an upload that ends early is told why") {
    upload_case files;
    const auto plan = fill_chunks(files, 1);
    const auto sources = files.sources();
    const std::uint64_t size = plan.arenas()[0].size_bytes;
    for (const bool fails : {false, true}) {
        fake_runtime device;
        const auto consumer = device.make_stream();
        REQUIRE(consumer.has_value());
        if (fails) device.fail_nth(call::copy_to_device, 3);
        std::atomic<bool> cancel{false};
        if (!fails) {
            device.before_call = [&](call kind, std::uint64_t number) {
                if (kind == call::copy_to_device && number == 3) cancel.store(true);
            };
        }
        how options;
        options.how = source_mode::mapped;
        options.n_workers = 1;
        options.cancel = &cancel;
        {
            auto running = transfer::start(device, plan, sources, options);
            REQUIRE(running.has_value());
            const auto waits = running->wait_for(0, 0, size, *consumer);
            REQUIRE_FALSE(waits.has_value());
            REQUIRE(waits.error().code == (fails ? errc::device_error : errc::cancelled));
            REQUIRE(running->wait_for(0, 0, 100, *consumer).has_value());  // these were on their way
            REQUIRE(running->finish().error().code == waits.error().code);
            REQUIRE(running->wait_for(0, 0, 100, *consumer).error().code == waits.error().code);  // nor is any of it left
        }
        REQUIRE(device.destroy(*consumer).has_value());
        cria_test::check_clean(device);
    }
}
