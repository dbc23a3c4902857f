// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_SUPPORT_SMALL_STACK_HPP
#define CRIA_TESTS_SUPPORT_SMALL_STACK_HPP

#if defined(__unix__)

#include <pthread.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>

#include "support/catch.hpp"

namespace cria_test {

/// Runs `work` on a thread with a stack of 64 KiB, or of the least there is: what recursed on text would end the program.
template <class Work>
void with_small_stack(const Work& work) {
    pthread_attr_t attributes;
    REQUIRE(pthread_attr_init(&attributes) == 0);
    const long least = sysconf(_SC_THREAD_STACK_MIN);  // on Arm, 128 KiB
    REQUIRE(pthread_attr_setstacksize(&attributes, std::max<std::size_t>(64 * 1'024, least < 0 ? 0 : static_cast<std::size_t>(least))) == 0);
    pthread_t thread;
    const auto body = [](void* of) -> void* {
        (*static_cast<const Work*>(of))();
        return nullptr;
    };
    REQUIRE(pthread_create(&thread, &attributes, body, const_cast<Work*>(&work)) == 0);
    pthread_join(thread, nullptr);
    pthread_attr_destroy(&attributes);
}

}  // namespace cria_test

#endif  // __unix__

#endif  // CRIA_TESTS_SUPPORT_SMALL_STACK_HPP
