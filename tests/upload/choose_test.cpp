// SPDX-License-Identifier: MIT
#include "cria/upload/choose.hpp"

#include <cstdint>

#include "support/catch.hpp"

namespace upload = cria::upload;
using upload::choose;
using upload::machine_facts;
using upload::source_mode;
using upload::verification;

namespace {

constexpr std::uint64_t gib = std::uint64_t{1} << 30U;
constexpr std::uint64_t mib = std::uint64_t{1} << 20U;

/// A machine of `n` processors, with everything that a mapped file in the page cache has.
constexpr auto warm(unsigned n) -> machine_facts {
    machine_facts machine;
    machine.n_processors = n;
    machine.has_mapping = machine.has_file = machine.has_memory = true;
    machine.cached_share = 1;
    machine.pins_read_only = true;
    machine.reads_past_cache = true;
    return machine;
}
constexpr auto cold(unsigned n) -> machine_facts {
    machine_facts machine = warm(n);
    machine.cached_share = 0;
    return machine;
}
constexpr auto freely(const machine_facts& machine, std::uint64_t size_bytes, std::uint32_t n_devices = 1) -> upload::choice {
    return choose(machine, size_bytes, n_devices, source_mode::automatic, 0, verification::automatic);
}

}  // namespace

TEST_CASE("a warm file goes by as many cores as fill the link, and is checked where more are there") {
    struct row {
        unsigned n_processors;
        source_mode how;
        unsigned n_workers;
        verification verify;
    };
    constexpr row table[] = {
        {1, source_mode::registered, 1, verification::placement},  // hardly a core: the driver does it
        {2, source_mode::registered, 1, verification::placement},
        {3, source_mode::mapped, 3, verification::placement},
        {4, source_mode::mapped, 4, verification::placement},
        {8, source_mode::mapped, 8, verification::placement},
        {11, source_mode::mapped, 11, verification::placement},
        {12, source_mode::mapped, 12, verification::checksum},
        {16, source_mode::mapped, 12, verification::checksum},
        {128, source_mode::mapped, 12, verification::checksum},
    };
    for (const row& each : table) {
        CAPTURE(each.n_processors);
        const auto made = freely(warm(each.n_processors), 8 * gib);
        CHECK(made.how == each.how);
        CHECK(made.n_workers == each.n_workers);
        CHECK(made.verify == each.verify);
    }
}

TEST_CASE("a cold file is read past the page cache by one thread and checked, whatever the cores") {
    for (const unsigned n : {1U, 2U, 4U, 8U, 12U, 16U}) {
        CAPTURE(n);
        CHECK(freely(cold(n), 8 * gib) == upload::choice{source_mode::direct, 1, verification::checksum});
    }
}

TEST_CASE("half of a file in the page cache counts as warm, less as cold") {
    auto machine = warm(8);
    machine.cached_share = 0.5;
    CHECK(freely(machine, gib).how == source_mode::mapped);
    machine.cached_share = 0.49;
    CHECK(freely(machine, gib).how == source_mode::direct);
}

TEST_CASE("a cold file that cannot be read past the page cache, or is in memory alone, goes as if it were warm") {
    auto machine = cold(8);
    machine.reads_past_cache = false;
    CHECK(freely(machine, gib).how == source_mode::mapped);
    machine = cold(8);
    machine.has_file = machine.has_mapping = false;
    CHECK(freely(machine, gib).how == source_mode::mapped);
}

TEST_CASE("a file without a mapping is read, and memory that is no mapping is staged, however few the cores") {
    auto machine = warm(16);
    machine.has_mapping = machine.has_memory = false;
    CHECK(freely(machine, 8 * gib).how == source_mode::read);
    CHECK(freely(machine, 8 * gib).n_workers == 12);
    machine.n_processors = 11;
    CHECK(freely(machine, 8 * gib).n_workers == 11);
    machine.n_processors = 2;
    CHECK(freely(machine, 8 * gib).how == source_mode::read);
    machine.has_memory = true;
    CHECK(freely(machine, 8 * gib).how == source_mode::mapped);
}

TEST_CASE("registering needs devices that can, a window's worth of bytes, and nobody who asked for more threads") {
    auto machine = warm(2);
    CHECK(freely(machine, 64 * mib).how == source_mode::registered);
    CHECK(freely(machine, 64 * mib - 1).how == source_mode::mapped);
    CHECK(choose(machine, gib, 1, source_mode::automatic, 2, verification::automatic).how == source_mode::registered);
    CHECK(choose(machine, gib, 1, source_mode::automatic, 3, verification::automatic).how == source_mode::mapped);
    machine.pins_read_only = false;
    CHECK(freely(machine, gib).how == source_mode::mapped);
}

TEST_CASE("a small model gets no more workers than pay") {
    CHECK(freely(warm(16), 0).n_workers == 1);
    CHECK(freely(warm(16), 1).n_workers == 1);
    CHECK(freely(warm(16), 36 * mib - 1).n_workers == 1);
    CHECK(freely(warm(16), 36 * mib).n_workers == 2);
    CHECK(freely(warm(16), 96 * mib).n_workers == 3);
    CHECK(freely(warm(16), 900 * mib).n_workers == 10);
    CHECK(freely(warm(16), 900 * mib, 2).n_workers == 7);
    CHECK(freely(warm(16), 1296 * mib).n_workers == 12);
    auto machine = warm(16);  // where slots are there already
    machine.keeps_slots = true;
    CHECK(freely(machine, 12 * mib).n_workers == 1);
    CHECK(freely(machine, 24 * mib).n_workers == 2);
    CHECK(freely(machine, 96 * mib).n_workers == 8);
    CHECK(freely(machine, 120 * mib, 2).n_workers == 5);
}

TEST_CASE("devices share the cores") {
    CHECK(freely(warm(16), 64 * gib, 2) == upload::choice{source_mode::mapped, 8, verification::placement});
    CHECK(freely(warm(32), 64 * gib, 2) == upload::choice{source_mode::mapped, 12, verification::checksum});
    CHECK(freely(warm(16), 64 * gib, 8) == upload::choice{source_mode::mapped, 2, verification::placement});
    CHECK(freely(warm(4), 64 * gib, 8) == upload::choice{source_mode::mapped, 1, verification::placement});
    CHECK(freely(warm(16), 64 * gib, 0).n_workers >= 1);  // a plan of nothing
    CHECK(freely(cold(16), 64 * gib, 8).n_workers == 1);
}

TEST_CASE("what was asked for by name is taken") {
    for (const source_mode how : {source_mode::mapped, source_mode::read, source_mode::direct, source_mode::registered}) {
        for (const verification verify : {verification::placement, verification::checksum, verification::full}) {
            for (const unsigned n : {1U, 4U, 16U}) {
                CAPTURE(static_cast<int>(how), static_cast<int>(verify), n);
                CHECK(choose(warm(n), gib, 1, how, 0, verify).how == how);
                CHECK(choose(cold(n), gib, 1, how, 0, verify).how == how);
                CHECK(choose(warm(n), gib, 1, how, 0, verify).verify == verify);
                // Two windows over one mapping would overlap, whoever asks for them.
                CHECK(choose(warm(n), 10, 1, how, 7, verify).n_workers == (how == source_mode::registered ? 1U : 7U));
            }
        }
    }
    CHECK(choose(warm(16), gib, 4, source_mode::mapped, 6, verification::placement).n_workers == 1);  // of all devices together
    CHECK(choose(warm(16), gib, 4, source_mode::mapped, 8, verification::placement).n_workers == 2);
    CHECK(choose(warm(16), gib, 1, source_mode::mapped, 1'000'000, verification::placement).n_workers == upload::max_workers);
}

TEST_CASE("there are as many workers for every proof") {
    CHECK(choose(warm(16), 8 * gib, 1, source_mode::mapped, 0, verification::placement).n_workers == 12);
    CHECK(choose(warm(16), 8 * gib, 1, source_mode::mapped, 0, verification::checksum).n_workers == 12);
    CHECK(choose(warm(16), 8 * gib, 1, source_mode::mapped, 0, verification::full).n_workers == 12);
    CHECK(choose(warm(4), 8 * gib, 1, source_mode::mapped, 0, verification::full).n_workers == 4);
}
