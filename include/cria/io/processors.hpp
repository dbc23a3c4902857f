// SPDX-License-Identifier: MIT
#ifndef CRIA_IO_PROCESSORS_HPP
#define CRIA_IO_PROCESSORS_HPP

#include "cria/base/result.hpp"
#include "cria/base/text.hpp"
#include "cria/io/system.hpp"

#include <cassert>
#include <cstdint>
#include <span>
#include <string_view>

#if defined(__linux__)
#include <sched.h>
#endif

// How many processors this process can use, which of them are near a device, and a thread kept on those.
//
// The machine's count is not the answer: affinity takes processors away (taskset, a job scheduler), and a control group
// leaves all of them visible and stops the process after its share of each period (a container's CPU limit). More
// threads than that share stand still together, so a limit of 1.5 processors counts as two threads.

namespace cria::inline v0::io {

/// Processors by the system's numbers, 0 to 1023; a value.
class processor_set {
public:
    static constexpr unsigned capacity = 1024;

    [[nodiscard]] constexpr auto contains(unsigned number) const noexcept -> bool {
        return number < capacity && ((words_[number / 64] >> (number % 64)) & 1U) != 0;
    }
    /// Precondition: number < capacity.
    constexpr void insert(unsigned number) noexcept { assert(number < capacity), words_[number / 64] |= std::uint64_t{1} << (number % 64); }
    [[nodiscard]] constexpr auto count() const noexcept -> unsigned {
        unsigned n = 0;
        for (unsigned i = 0; i < capacity; ++i) n += contains(i) ? 1U : 0U;
        return n;
    }
    [[nodiscard]] constexpr auto empty() const noexcept -> bool { return *this == processor_set(); }
    /// What is in both.
    [[nodiscard]] friend constexpr auto operator&(processor_set a, const processor_set& b) noexcept -> processor_set {
        for (unsigned i = 0; i < capacity / 64; ++i) a.words_[i] &= b.words_[i];
        return a;
    }
    [[nodiscard]] friend constexpr auto operator==(const processor_set&, const processor_set&) noexcept -> bool = default;

private:
    std::uint64_t words_[capacity / 64] = {};
};

/// Threads of this process that can run at the same time: at least 1. The calling thread's affinity, and what control
/// groups allow, rounded up to whole processors.
/// Cost: a few small files read; ask once.
[[nodiscard]] inline auto usable_processors() noexcept -> unsigned;

/// Processors from the system's notation, such as `0-3,8,10-11`, with or without a line's end; of an empty text, none.
/// Fails: invalid_value at the offset where the text is something else; limit_exceeded for numbers from 1024 on.
[[nodiscard]] inline auto parse_processor_list(std::string_view text) -> result<processor_set>;

/// The processors of a NUMA node; a node of memory alone has none.
/// Fails: unsupported_feature where the system does not know the node, or no nodes at all (-1 is what it calls a device
///        that is near none).
[[nodiscard]] inline auto processors_of_node(int numa_node) -> result<processor_set>;

/// The processors that the calling thread may run on now.
/// Fails: unsupported_feature where the system does not say, or has more processors than a set holds.
[[nodiscard]] inline auto processors_of_this_thread() -> result<processor_set>;

/// Keeps the calling thread, and threads that it starts from now on, on those of the `wanted` processors that it may run on.
/// Fails: invalid_argument where it may run on none of them; unsupported_feature where the system has no such wish.
///        The thread runs where it did then.
[[nodiscard]] inline auto run_this_thread_on(const processor_set& wanted) -> result<void>;

// ---------------------------------------------------------------------------------------------------
// implementation

namespace detail {

/// The number at `at`, which moves behind it; false where there is none, or one too large to be meant.
[[nodiscard]] constexpr auto take_number(std::string_view text, std::size_t& at, std::uint64_t& number) noexcept -> bool {
    const std::size_t begin = at;
    number = 0;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
        if (at - begin >= 18) return false;
        number = number * 10 + static_cast<std::uint64_t>(text[at] - '0');
    }
    return at > begin;
}

/// Processors that a quota of each period comes to, rounded up; 0 for no limit.
[[nodiscard]] constexpr auto processors_of_share(std::uint64_t quota, std::uint64_t period) noexcept -> std::uint64_t {
    if (period == 0) return 0;
    const std::uint64_t whole = quota / period + (quota % period != 0 ? 1 : 0);
    return whole == 0 ? 1 : whole;
}

/// Of a file cpu.max: `150000 100000` is 2, `max 100000` no limit: 0. So is what cannot be read.
[[nodiscard]] constexpr auto processors_of_cpu_max(std::string_view text) noexcept -> std::uint64_t {
    std::size_t at = 0;
    std::uint64_t quota = 0;
    std::uint64_t period = 0;
    if (!take_number(text, at, quota)) return 0;
    if (at == text.size() || text[at] != ' ') return 0;
    ++at;
    return take_number(text, at, period) ? processors_of_share(quota, period) : 0;
}

/// Of the files cpu.cfs_quota_us and cpu.cfs_period_us; a quota of -1 is no limit: 0.
[[nodiscard]] constexpr auto processors_of_cfs(std::string_view quota_text, std::string_view period_text) noexcept -> std::uint64_t {
    std::size_t at = 0;
    std::uint64_t quota = 0;
    std::uint64_t period = 0;
    if (!take_number(quota_text, at, quota)) return 0;
    at = 0;
    return take_number(period_text, at, period) ? processors_of_share(quota, period) : 0;
}

/// A path, put together without an allocation; one that does not fit is none.
class short_path {
public:
    auto add(std::string_view text) noexcept -> short_path& {
        fits_ = fits_ && text.size() < sizeof text_ - size_;
        if (fits_) size_ += text.copy(text_ + size_, text.size());
        return *this;
    }
    [[nodiscard]] auto fits() const noexcept -> bool { return fits_; }
    [[nodiscard]] auto c_str() const noexcept -> const char* { return text_; }

private:
    char text_[1024] = {};
    std::size_t size_ = 0;
    bool fits_ = true;
};

#if !defined(_WIN32)

/// The beginning of a small file, such as the system shows its numbers in; false where there is none.
[[nodiscard]] inline auto read_text(const short_path& path, std::span<char> memory, std::string_view& text) noexcept -> bool {
    const int handle = path.fits() ? ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY) : -1;
    if (handle < 0) return false;
    std::size_t size = 0;
    ssize_t got = 0;
    while (size < memory.size()) {
        got = ::read(handle, memory.data() + size, memory.size() - size);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) break;
        size += static_cast<std::size_t>(got);
    }
    ::close(handle);
    text = {memory.data(), size};
    return got >= 0;
}

/// The limit of one control group, or 0. `folder` is its folder.
[[nodiscard]] inline auto limit_of_group(std::string_view mount, std::string_view controller, std::string_view group) noexcept -> std::uint64_t {
    char memory[128];
    char more_memory[128];
    std::string_view text;
    std::string_view period;
    const auto file = [&](std::string_view name) { return short_path().add(mount).add(controller).add(group).add(name); };
    if (controller.empty()) return read_text(file("/cpu.max"), memory, text) ? processors_of_cpu_max(text) : 0;
    const bool is_there = read_text(file("/cpu.cfs_quota_us"), memory, text) && read_text(file("/cpu.cfs_period_us"), more_memory, period);
    return is_there ? processors_of_cfs(text, period) : 0;
}

/// The least limit of a group and all above it, or 0. The container's own folder may be the mount itself, whatever the
/// path in /proc says, so folders that are not there are passed over.
[[nodiscard]] inline auto limit_of_groups(std::string_view mount, std::string_view controller, std::string_view group) noexcept -> std::uint64_t {
    std::uint64_t least = 0;
    while (true) {
        while (!group.empty() && group.back() == '/') group.remove_suffix(1);
        const std::uint64_t limit = limit_of_group(mount, controller, group);
        if (limit != 0 && (least == 0 || limit < least)) least = limit;
        if (group.empty()) return least;
        const std::size_t slash = group.rfind('/');
        group = group.substr(0, slash == std::string_view::npos ? 0 : slash);
    }
}

/// What control groups leave this process, or 0. `membership` is the text of /proc/self/cgroup, a line of
/// `number:controllers:/path` for each hierarchy; `mount` is /sys/fs/cgroup.
[[nodiscard]] inline auto processors_of_control_groups(std::string_view membership, std::string_view mount) noexcept -> std::uint64_t {
    std::uint64_t least = 0;
    const auto take = [&least](std::uint64_t limit) {
        if (limit != 0 && (least == 0 || limit < least)) least = limit;
    };
    while (!membership.empty()) {
        const std::size_t end = membership.find('\n');
        const std::string_view line = membership.substr(0, end);
        membership.remove_prefix(end == std::string_view::npos ? membership.size() : end + 1);
        const std::size_t first = line.find(':');
        const std::size_t second = first == std::string_view::npos ? first : line.find(':', first + 1);
        if (second == std::string_view::npos) continue;
        const std::string_view controllers = line.substr(first + 1, second - first - 1);
        const std::string_view group = line.substr(second + 1);
        if (controllers.empty()) {
            take(limit_of_groups(mount, "", group));
            continue;
        }
        const bool has_cpu = controllers == "cpu" || controllers.starts_with("cpu,") || controllers.ends_with(",cpu") || controllers.find(",cpu,") != std::string_view::npos;
        if (has_cpu) take(limit_of_groups(mount, "/cpu", group));  // where "cpu,cpuacct" is mounted, "cpu" is a link to it
    }
    return least;
}

#endif

}  // namespace detail

inline auto parse_processor_list(std::string_view text) -> result<processor_set> {
    processor_set set;
    while (!text.empty() && (text.back() == '\n' || text.back() == '\0')) text.remove_suffix(1);
    std::size_t at = 0;
    const auto wrong = [&] { return error{errc::invalid_value, at, "processor list"}.because("is no list of processors"); };
    while (at < text.size()) {
        std::uint64_t first = 0;
        if (!detail::take_number(text, at, first)) return wrong();
        std::uint64_t last = first;
        if (at < text.size() && text[at] == '-') {
            ++at;
            if (!detail::take_number(text, at, last) || last < first) return wrong();
        }
        if (last >= processor_set::capacity)
            return error{errc::limit_exceeded, at, "processor list"}.expecting(std::uint64_t{processor_set::capacity - 1}, last);
        for (std::uint64_t number = first; number <= last; ++number) set.insert(static_cast<unsigned>(number));
        if (at == text.size()) break;
        if (text[at] != ',' || at + 1 == text.size()) return wrong();
        ++at;
    }
    return set;
}

#if defined(_WIN32)

inline auto usable_processors() noexcept -> unsigned {
    DWORD_PTR of_process = 0;
    DWORD_PTR of_system = 0;
    unsigned n = 0;
    // All zeros for a process whose threads are in several groups of processors.
    if (GetProcessAffinityMask(GetCurrentProcess(), &of_process, &of_system) != 0) {
        for (; of_process != 0; of_process &= of_process - 1) ++n;
    }
    if (n == 0) n = static_cast<unsigned>(GetActiveProcessorCount(ALL_PROCESSOR_GROUPS));
    return n == 0 ? 1 : n;
}

#else

inline auto usable_processors() noexcept -> unsigned {
    const long online = ::sysconf(_SC_NPROCESSORS_ONLN);
    std::uint64_t n = online > 0 ? static_cast<std::uint64_t>(online) : 1;
#if defined(__linux__)
    if (const auto allowed = processors_of_this_thread(); allowed && !allowed->empty()) n = allowed->count();
    char memory[8192];
    std::string_view membership;
    if (detail::read_text(detail::short_path().add("/proc/self/cgroup"), memory, membership)) {
        const std::uint64_t limit = detail::processors_of_control_groups(membership, "/sys/fs/cgroup");
        if (limit != 0 && limit < n) n = limit;
    }
#endif
    return static_cast<unsigned>(n);
}

#endif

#if defined(__linux__)

inline auto processors_of_node(int numa_node) -> result<processor_set> {
    const error unknown = error{errc::unsupported_feature, "NUMA node"}.because("is not known to the system");
    if (numa_node < 0) return unknown;
    const cria::detail::decimal number(static_cast<std::uint64_t>(numa_node));
    char memory[4096];
    std::string_view text;
    if (!detail::read_text(detail::short_path().add("/sys/devices/system/node/node").add(number.view()).add("/cpulist"), memory, text))
        return unknown.finding(number.view());
    return parse_processor_list(text);
}

inline auto processors_of_this_thread() -> result<processor_set> {
    cpu_set_t native;
    CPU_ZERO(&native);
    if (::sched_getaffinity(0, sizeof native, &native) != 0)
        return error{errc::unsupported_feature, "processors"}.because("the system does not say which").from_system(errno);
    processor_set set;
    for (unsigned i = 0; i < processor_set::capacity; ++i) {
        if (CPU_ISSET(i, &native)) set.insert(i);
    }
    return set;
}

inline auto run_this_thread_on(const processor_set& wanted) -> result<void> {
    CRIA_TRY(const processor_set allowed, processors_of_this_thread());
    const processor_set both = wanted & allowed;
    if (both.empty()) return error{errc::invalid_argument, "processors"}.because("this thread may run on none of them");
    cpu_set_t native;
    CPU_ZERO(&native);
    for (unsigned i = 0; i < processor_set::capacity; ++i) {
        if (both.contains(i)) CPU_SET(i, &native);
    }
    if (::sched_setaffinity(0, sizeof native, &native) != 0)
        return error{errc::unsupported_feature, "processors"}.because("the system does not let threads be placed").from_system(errno);
    return {};
}

#else

inline auto processors_of_node(int) -> result<processor_set> {
    return error{errc::unsupported_feature, "NUMA node"}.because("is not known to the system");
}
inline auto processors_of_this_thread() -> result<processor_set> {
    return error{errc::unsupported_feature, "processors"}.because("the system does not say which");
}
inline auto run_this_thread_on(const processor_set&) -> result<void> {
    return error{errc::unsupported_feature, "processors"}.because("the system does not let threads be placed");
}

#endif

}  // namespace cria::inline v0::io

#endif  // CRIA_IO_PROCESSORS_HPP
