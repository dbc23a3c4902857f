// SPDX-License-Identifier: MIT
#ifndef CRIA_CLI_LINK_HPP
#define CRIA_CLI_LINK_HPP

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <thread>

#include "cria/base/result.hpp"
#include "cria/io/clock.hpp"
#include "cria/io/processors.hpp"
#include "cria/upload/runtime.hpp"
#include "streams.hpp"

// What the link between host and device can do, measured: the figure beside which an upload's own speed means something.
// Pinned memory is copied again and again, two copies on their way at any time, as bench/upload_bench.cpp does it.

namespace cli {

struct link_options {
    static constexpr std::uint64_t usual_sizes[] = {std::uint64_t{2} << 20U, std::uint64_t{16} << 20U, std::uint64_t{64} << 20U};
    std::span<const std::uint64_t> sizes = usual_sizes;  ///< of a copy; the fastest of them counts
    double seconds = 0.1;                                ///< for each, and a fifth of it before, to warm up
};

namespace detail {

/// Two pieces of pinned memory, two of the device's, and a stream for each.
template <cria::upload::runtime R>
class link_copies {
public:
    link_copies(R& runtime, std::uint64_t size_bytes) : runtime_(runtime), size_bytes_(size_bytes) {}
    link_copies(const link_copies&) = delete;
    auto operator=(const link_copies&) -> link_copies& = delete;
    ~link_copies() {
        for (const auto& each : streams_)
            if (each) static_cast<void>(runtime_.synchronize(*each));
        for (const auto& each : streams_)
            if (each) static_cast<void>(runtime_.destroy(*each));
        if (device_ != nullptr) static_cast<void>(runtime_.release(device_));
        if (host_.address != nullptr) static_cast<void>(runtime_.release_pinned(host_));
    }

    [[nodiscard]] auto open() -> cria::result<void> {
        CRIA_TRY(host_, runtime_.allocate_pinned(static_cast<std::size_t>(2 * size_bytes_)));
        std::memset(host_.address, 1, host_.size_bytes);
        CRIA_TRY(device_, runtime_.allocate(2 * size_bytes_));
        for (auto& each : streams_) {
            CRIA_TRY(each, runtime_.make_stream());
        }
        return {};
    }

    /// Bytes in a second.
    [[nodiscard]] auto run(double seconds) -> cria::result<double> {
        const double began_at = cria::io::seconds_now();
        std::uint64_t n = 0;
        for (; n < 2 || cria::io::seconds_now() - began_at < seconds; ++n) {
            if (interrupted()) return cria::error{cria::errc::cancelled, "link"};
            const std::uint64_t at = n % 2 * size_bytes_;
            CRIA_TRY_VOID(runtime_.synchronize(*streams_[n % 2]));
            CRIA_TRY_VOID(runtime_.copy_to_device(static_cast<std::byte*>(device_) + at, host_.address + at, size_bytes_, *streams_[n % 2]));
        }
        for (const auto& each : streams_) CRIA_TRY_VOID(runtime_.synchronize(*each));
        return static_cast<double>(n * size_bytes_) / (cria::io::seconds_now() - began_at);
    }

private:
    R& runtime_;
    std::uint64_t size_bytes_;
    cria::upload::pinned_memory host_;
    void* device_ = nullptr;
    std::optional<typename R::stream> streams_[2];
};

/// On a thread of its own, since that stays near the device.
template <cria::upload::runtime R>
[[nodiscard]] auto measure_link_here(R& runtime, std::uint32_t device, int host_node, const link_options& how) -> cria::result<double> {
    if (host_node >= 0)
        if (const auto around = cria::io::processors_of_node(host_node)) static_cast<void>(cria::io::run_this_thread_on(*around));  // a wish, as in an upload
    CRIA_TRY_VOID(runtime.use(device));
    double best = 0;
    for (const std::uint64_t size_bytes : how.sizes) {
        link_copies<R> copies(runtime, size_bytes);
        const auto opened = copies.open();
        if (!opened && opened.error().code == cria::errc::out_of_memory && best > 0) break;  // then the smaller ones are the answer
        CRIA_TRY_VOID(opened);
        CRIA_TRY_VOID(copies.run(how.seconds / 5));
        CRIA_TRY(const double rate, copies.run(how.seconds));
        if (rate > best) best = rate;
    }
    return best;
}

}  // namespace detail

/// The bytes that the link to a device moves in a second.
/// Fails: as the runtime; errc::cancelled by Ctrl-C, while an `interruptible` lives.
template <cria::upload::runtime R>
[[nodiscard]] auto measure_link(R& runtime, std::uint32_t device, int host_node, const link_options& how = {}) -> cria::result<double> {
    std::optional<cria::result<double>> answer;
    std::thread([&] { answer.emplace(detail::measure_link_here(runtime, device, host_node, how)); }).join();
    return *answer;
}

}  // namespace cli

#endif  // CRIA_CLI_LINK_HPP
