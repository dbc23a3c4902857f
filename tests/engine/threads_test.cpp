// SPDX-License-Identifier: MIT
#include "engine/threads.hpp"

#include "support/catch.hpp"

#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

TEST_CASE("every index is worked on once, whatever their number and that of the threads") {
    for (const unsigned n_threads : {0U, 1U, 2U, 3U, 8U}) {
        engine::team on(n_threads);
        for (const std::size_t n : {0U, 1U, 2U, 3U, 7U, 8U, 9U, 64U, 1001U}) {
            INFO(n << " by " << n_threads << " threads");
            std::vector<int> times(n);
            on.each(n, [&](std::size_t begin, std::size_t end) {
                for (std::size_t i = begin; i < end; ++i) ++times[i];
            });
            CHECK(times == std::vector<int>(n, 1));
        }
    }
}

TEST_CASE("a team has the threads that were asked for, and at least its caller") {
    CHECK(engine::team(0).size() == 1);
    CHECK(engine::team(1).size() == 1);
    CHECK(engine::team(5).size() == 5);
}

TEST_CASE("a team of one works on its caller's thread, on all at once") {
    engine::team on(1);
    int n_calls = 0;
    const auto caller = std::this_thread::get_id();
    on.each(1000, [&](unsigned thread, std::size_t begin, std::size_t end) {
        ++n_calls;
        CHECK(std::this_thread::get_id() == caller);
        CHECK(thread == 0);
        CHECK(begin == 0);
        CHECK(end == 1000);
    });
    CHECK(n_calls == 1);
}

TEST_CASE("no two calls with the same thread's number run at once") {
    engine::team on(4);
    std::atomic<int> inside[4] = {};
    std::atomic<bool> has_met = false, is_out_of_range = false;
    for (int round = 0; round < 200; ++round) {
        on.each(64, [&](unsigned thread, std::size_t, std::size_t) {
            if (thread >= 4) {
                is_out_of_range = true;
                return;
            }
            if (inside[thread]++ != 0) has_met = true;
            --inside[thread];
        });
    }
    CHECK_FALSE(has_met);
    CHECK_FALSE(is_out_of_range);
}

TEST_CASE("workers take part in work that lasts") {
    engine::team on(2);
    std::atomic<int> n_by_worker = 0;
    on.each(8, [&](unsigned thread, std::size_t, std::size_t) {
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
        if (thread == 1) ++n_by_worker;
    });
    CHECK(n_by_worker > 0);
}

TEST_CASE("dispatches follow one another, with pauses long enough to fall asleep, and none is lost") {
    engine::team on(3);
    std::vector<std::size_t> sums(64);
    for (std::size_t round = 0; round < 2000; ++round) {
        on.each(sums.size(), [&](std::size_t begin, std::size_t end) {
            for (std::size_t i = begin; i < end; ++i) sums[i] += round;
        });
        if (round % 200 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    CHECK(sums == std::vector<std::size_t>(64, 2000 * 1999 / 2));
}

TEST_CASE("many more threads than cores still get many dispatches done") {
    engine::team on(16);
    std::atomic<std::size_t> n_done = 0;
    const auto start = std::chrono::steady_clock::now();
    for (int round = 0; round < 500; ++round) on.each(100, [&](std::size_t begin, std::size_t end) { n_done += end - begin; });
    CHECK(n_done == 500 * 100);
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(10));  // of some milliseconds: nobody waits for who is not there
}

TEST_CASE("teams that never work, and several at once, end") {
    for (int i = 0; i < 50; ++i) engine::team idle(4);
    engine::team a(2), b(3);
    int n = 0;
    a.each(1, [&](std::size_t, std::size_t) { b.each(1, [&](std::size_t, std::size_t) { ++n; }); });
    CHECK(n == 1);
}
