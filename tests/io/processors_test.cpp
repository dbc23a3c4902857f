// SPDX-License-Identifier: MIT
#include "cria/io/processors.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "support/catch.hpp"
#include "support/temp_file.hpp"

#if !defined(_WIN32)
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace {

namespace io = cria::io;
using cria::errc;
using cria_test::temp_folder;

auto members(const io::processor_set& set) -> std::vector<unsigned> {
    std::vector<unsigned> all;
    for (unsigned i = 0; i < io::processor_set::capacity; ++i) {
        if (set.contains(i)) all.push_back(i);
    }
    return all;
}

auto parsed(std::string_view text) -> std::vector<unsigned> {
    const auto set = io::parse_processor_list(text);
    REQUIRE(set);
    CHECK(set->count() == members(*set).size());
    return members(*set);
}

}  // namespace

TEST_CASE("a set holds what was put in, and is a value", "[processors]") {
    io::processor_set set;
    CHECK(set.empty());
    CHECK(set.count() == 0);
    for (const unsigned i : {0U, 63U, 64U, 1023U}) set.insert(i);
    set.insert(63);
    CHECK(members(set) == std::vector<unsigned>{0, 63, 64, 1023});
    CHECK(set.count() == 4);
    CHECK_FALSE(set.contains(1024));
    CHECK_FALSE(set.contains(~0U));
    io::processor_set other;
    other.insert(64);
    other.insert(65);
    CHECK(members(set & other) == std::vector<unsigned>{64});
    CHECK(set != other);
    CHECK((set & set) == set);
    static_assert(sizeof(io::processor_set) == 128);
}

TEST_CASE("lists of processors are read as the system writes them", "[processors]") {
    CHECK(parsed("0-3,8,10-11") == std::vector<unsigned>{0, 1, 2, 3, 8, 10, 11});
    CHECK(parsed("0-3,8,10-11\n") == std::vector<unsigned>{0, 1, 2, 3, 8, 10, 11});
    CHECK(parsed("7") == std::vector<unsigned>{7});
    CHECK(parsed("5-5") == std::vector<unsigned>{5});
    CHECK(parsed("8,0") == std::vector<unsigned>{0, 8});
    CHECK(parsed("1022-1023") == std::vector<unsigned>{1022, 1023});
    CHECK(parsed("0-1023").size() == 1024);
    CHECK(parsed("").empty());
    CHECK(parsed("\n").empty());
}

TEST_CASE("what is no list of processors is told, and where", "[processors]") {
    struct wrong {
        std::string_view text;
        errc code;
        std::uint64_t offset;
    };
    for (const auto& [text, code, offset] :
         {wrong{"x", errc::invalid_value, 0}, {"-1", errc::invalid_value, 0}, {"3-1", errc::invalid_value, 3}, {"1,", errc::invalid_value, 1}, {",1", errc::invalid_value, 0},
          {"1 2", errc::invalid_value, 1}, {"1-", errc::invalid_value, 2}, {"1-2-3", errc::invalid_value, 3}, {"0-31:1/2", errc::invalid_value, 4}, {"1\n2", errc::invalid_value, 1},
          {"1024", errc::limit_exceeded, 4}, {"0-4095", errc::limit_exceeded, 6}, {"99999999999999999999999", errc::invalid_value, 18}}) {
        CAPTURE(text);
        const auto refused = io::parse_processor_list(text);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == code);
        CHECK(refused.error().offset == offset);
    }
}

TEST_CASE("a share of processors is rounded up, and no limit is none", "[processors]") {
    namespace detail = io::detail;
    CHECK(detail::processors_of_cpu_max("max 100000\n") == 0);
    CHECK(detail::processors_of_cpu_max("200000 100000\n") == 2);
    CHECK(detail::processors_of_cpu_max("150000 100000\n") == 2);
    CHECK(detail::processors_of_cpu_max("1000 100000\n") == 1);
    CHECK(detail::processors_of_cpu_max("0 100000") == 1);
    CHECK(detail::processors_of_cpu_max("100000 0") == 0);
    for (const char* const text : {"", "\n", "100000", "100000\n", "x 1", "100000 x", "99999999999999999999 1"}) CHECK(detail::processors_of_cpu_max(text) == 0);
    CHECK(detail::processors_of_cfs("-1\n", "100000\n") == 0);
    CHECK(detail::processors_of_cfs("250000\n", "100000\n") == 3);
    CHECK(detail::processors_of_cfs("250000\n", "") == 0);
}

TEST_CASE("there is a processor to run on", "[processors]") {
    CHECK(io::usable_processors() >= 1);
    CHECK(io::usable_processors() == io::usable_processors());
}

TEST_CASE("a node that the system does not know is unsupported_feature", "[processors]") {
    for (const int node : {-1, -2147483647 - 1, 100000, 2147483647}) {
        const auto none = io::processors_of_node(node);
        REQUIRE_FALSE(none);
        CHECK(none.error().code == errc::unsupported_feature);
    }
}

#if !defined(_WIN32)

TEST_CASE("the least limit of a control group and those above it counts", "[processors]") {
    const temp_folder folder;
    const auto make = [&](const std::string& path) { return ::mkdir(folder.path(path).c_str(), 0700); };
    const auto limit = [&](std::string_view membership) { return io::detail::processors_of_control_groups(membership, folder.path()); };
    for (const char* const path : {"pod", "pod/box", "cpu", "cpu/docker", "cpu/docker/abc"}) REQUIRE(make(path) == 0);
    CHECK(limit("0::/pod/box\n") == 0);
    folder.write("pod/box/cpu.max", "max 100000\n");
    CHECK(limit("0::/pod/box\n") == 0);
    folder.write("pod/cpu.max", "350000 100000\n");
    CHECK(limit("0::/pod/box\n") == 4);
    CHECK(limit("0::/pod/box") == 4);
    CHECK(limit("0::/pod\n") == 4);
    CHECK(limit("0::/\n") == 0);
    folder.write("pod/box/cpu.max", "800000 100000\n");
    CHECK(limit("0::/pod/box\n") == 4);
    folder.write("pod/box/cpu.max", "80000 100000\n");
    CHECK(limit("0::/pod/box\n") == 1);
    CHECK(limit("0::/gone/elsewhere\n") == 0);
    folder.write("cpu.max", "1600000 100000\n");  // the container's own group, mounted as the root
    CHECK(limit("0::/gone/elsewhere\n") == 16);
    CHECK(limit("0::/\n") == 16);

    folder.write("cpu/docker/abc/cpu.cfs_quota_us", "-1\n");
    folder.write("cpu/docker/abc/cpu.cfs_period_us", "100000\n");
    CHECK(limit("4:memory:/docker/abc\n3:cpu,cpuacct:/docker/abc\n") == 0);
    folder.write("cpu/docker/abc/cpu.cfs_quota_us", "250000\n");
    CHECK(limit("4:memory:/docker/abc\n3:cpu,cpuacct:/docker/abc\n") == 3);
    CHECK(limit("3:cpuacct,cpu:/docker/abc\n") == 3);
    CHECK(limit("3:cpu:/docker/abc") == 3);
    CHECK(limit("3:cpuset:/docker/abc\n2:cpuacct:/docker/abc\n") == 0);
    CHECK(limit("3:cpu,cpuacct:/docker/abc\n0::/pod/box\n") == 1);

    for (const char* const odd : {"", "\n", ":", "::", "0:", "0::", "nonsense", "0::relative", "0:::::"}) {
        CAPTURE(odd);
        CHECK(limit(odd) <= 16);
    }
    CHECK(limit("0::/" + std::string(5000, 'x') + "\n") == 16);  // too long to be asked, and its parents are not
}

#endif

#if defined(__linux__)

TEST_CASE("a thread is kept where it was sent, within what it is allowed", "[processors]") {
    const auto before = io::processors_of_this_thread();
    if (!before) return cria_test::skip("this machine has more processors than a set holds");
    REQUIRE_FALSE(before->empty());
    CHECK(io::usable_processors() <= before->count());
    const unsigned one = members(*before).front();
    io::processor_set wanted;
    wanted.insert(one);
    if (!before->contains(1023)) wanted.insert(1023);  // one that there is not makes no difference
    REQUIRE(io::run_this_thread_on(wanted));
    CHECK(members(*io::processors_of_this_thread()) == std::vector<unsigned>{one});
    CHECK(io::usable_processors() == 1);

    io::processor_set elsewhere;
    for (unsigned i = 0; i < io::processor_set::capacity; ++i) {
        if (i != one) elsewhere.insert(i);
    }
    CHECK(io::run_this_thread_on(elsewhere).error().code == errc::invalid_argument);
    CHECK(io::run_this_thread_on({}).error().code == errc::invalid_argument);
    CHECK(members(*io::processors_of_this_thread()) == std::vector<unsigned>{one});

    // What a thread may run on is what it was kept on; the kernel lets it out again, this function does not.
    cpu_set_t native;
    CPU_ZERO(&native);
    for (const unsigned i : members(*before)) CPU_SET(i, &native);
    REQUIRE(::sched_setaffinity(0, sizeof native, &native) == 0);
    CHECK(*io::processors_of_this_thread() == *before);
}

TEST_CASE("a node's processors are those of the machine", "[processors]") {
    const auto node = io::processors_of_node(0);
    if (!node) return cria_test::skip("this system shows no NUMA nodes");
    CHECK_FALSE(node->empty());
}

#else

TEST_CASE("where threads cannot be placed, that is said", "[processors]") {
    io::processor_set all;
    all.insert(0);
    CHECK(io::run_this_thread_on(all).error().code == errc::unsupported_feature);
    CHECK(io::processors_of_this_thread().error().code == errc::unsupported_feature);
}

#endif
