// SPDX-License-Identifier: MIT
#include "cria/upload/executor.hpp"

#include <cstdint>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/fake_runtime.hpp"
#include "support/random.hpp"
#include "support/upload_case.hpp"

namespace upload = cria::upload;
using cria::errc;
using cria_test::fake_options;
using cria_test::fake_runtime;
using cria_test::held;
using cria_test::upload_case;
using cria_test::work_order;
using how = upload::options<fake_runtime>;
using upload::source_mode;
using upload::verification;

namespace {

struct way {
    source_mode mode;
    held where;
};
constexpr way ways[] = {{source_mode::mapped, held::mapped}, {source_mode::mapped, held::owned}, {source_mode::mapped, held::alone},
                        {source_mode::read, held::mapped},   {source_mode::read, held::in_file}, {source_mode::registered, held::mapped},
                        {source_mode::direct, held::mapped}, {source_mode::direct, held::in_file}};
constexpr verification levels[] = {verification::placement, verification::checksum, verification::full};
constexpr work_order orders[] = {work_order::when_waited_for, work_order::random, work_order::by_itself};

/// One upload that must succeed, and leave nothing behind.
void upload_and_check(const upload_case& files, const upload::plan& plan, held where, const how& options, const fake_options& devices = {}) {
    fake_runtime device(devices);
    const auto sources = files.sources(where);
    {
        const auto done = upload::execute(device, plan, std::span<const upload::source>(sources), options);
        if (!done) FAIL(done.error().message());
        files.check(plan, done->arenas());
        REQUIRE(device.faults() == "");
    }
    cria_test::check_clean(device);
}

}  // namespace

TEST_CASE("every way, with every proof, by any number of workers, brings the bytes of the files to the devices and zeros around them") {
    cria_test::random_numbers random(11);
    for (int round = 0; round < 20; ++round) {
        CAPTURE(round);
        upload_case files;
        for (std::uint64_t n = 1 + random.below(2); n > 0; --n) files.add_file(static_cast<std::size_t>(1 + random.below(60'000)));
        const auto n_devices = static_cast<std::uint32_t>(1 + random.below(3));
        files.add_random_items(random, static_cast<std::size_t>(random.below(30)), 1 + random.below(6000), n_devices);
        upload::plan_options layout;
        layout.n_devices = n_devices;
        constexpr std::uint64_t alignments[] = {1, 32, 256};
        layout.alignment_bytes = alignments[random.below(3)];
        layout.chunk_bytes = 1 + random.below(random.below(2) == 0 ? 300 : 20'000);
        layout.tail_bytes = random.below(2) * random.below(700);
        const auto plan = files.plan(layout);
        std::uint32_t n_busy = 0;
        for (std::uint32_t d = 0; d < n_devices; ++d) n_busy += plan.chunk_count(d) > 0 ? 1 : 0;
        for (const way& each : ways) {
            if (each.mode == source_mode::registered && n_busy != 1) continue;
            how options;
            options.how = each.mode;
            options.verify = levels[random.below(3)];
            options.n_workers = static_cast<unsigned>(1 + random.below(8));
            fake_options devices;
            devices.n_devices = n_devices;
            devices.order = orders[random.below(3)];
            devices.seed = random.next();
            CAPTURE(static_cast<int>(each.mode), static_cast<int>(each.where), options.n_workers, layout.chunk_bytes, layout.alignment_bytes);
            upload_and_check(files, plan, each.where, options, devices);
        }
    }
}
