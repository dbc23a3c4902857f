// SPDX-License-Identifier: MIT
// Catch2's main, compiled once for all test programs.
#if __has_include(<catch2/catch_session.hpp>)
#include <catch2/catch_session.hpp>

int main(int argc, char** argv) { return Catch::Session().run(argc, argv); }
#else
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
#endif

// Under AddressSanitizer an allocation that is refused has to be refused, and not to end the program: that the
// library turns it into errc::out_of_memory is what tests look at. (The sanitizer's runtime asks for these options.)
extern "C" const char* __asan_default_options();
extern "C" const char* __asan_default_options() { return "allocator_may_return_null=1"; }
