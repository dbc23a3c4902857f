// SPDX-License-Identifier: MIT
#ifndef CRIA_GPU_CUDA_RUNTIME_HPP
#define CRIA_GPU_CUDA_RUNTIME_HPP

#include "cria/base/result.hpp"
#include "cria/gpu/check.hpp"
#include "cria/gpu/kernels/digest_ptx.hpp"
#include "cria/gpu/library.hpp"
#include "cria/io/pages.hpp"
#include "cria/io/thread.hpp"
#include "cria/upload/runtime.hpp"

#include <cuda_runtime_api.h>

#include <cstddef>
#include <cstdint>

// The runtime concept of upload/runtime.hpp on CUDA. It is the CUDA runtime's current device and primary contexts that
// are used, so memory and streams may come from, and go to, whatever else uses that runtime (cuBLAS, torch).

namespace cria::inline v0::gpu {

/// CUDA devices. Threads: safe to share.
class cuda_runtime {
public:
    using stream = cudaStream_t;
    using event = cudaEvent_t;

    cuda_runtime() noexcept = default;
    cuda_runtime(const cuda_runtime&) = delete;
    auto operator=(const cuda_runtime&) -> cuda_runtime& = delete;

    // The docstrings of these are upload::runtime's.
    [[nodiscard]] auto device_count() const -> result<std::uint32_t>;
    [[nodiscard]] auto use(std::uint32_t device) const -> result<void> { return detail::check(cudaSetDevice(static_cast<int>(device)), "device"); }
    [[nodiscard]] auto facts(std::uint32_t device) const -> result<upload::device_facts>;
    [[nodiscard]] auto locate(const void* address) const -> result<upload::pointer_facts>;

    [[nodiscard]] auto allocate(std::uint64_t size_bytes) const -> result<void*>;
    [[nodiscard]] auto release(void* memory) const -> result<void> { return detail::check(cudaFree(memory), "device memory"); }
    [[nodiscard]] auto allocate_pinned(std::size_t size_bytes) const -> result<upload::pinned_memory>;
    [[nodiscard]] auto release_pinned(const upload::pinned_memory& memory) const -> result<void>;
    [[nodiscard]] auto pin_read_only(byte_view mapped) const -> result<void> {
        return detail::check(cudaHostRegister(const_cast<std::byte*>(mapped.data()), mapped.size(), cudaHostRegisterReadOnly), "pinning a mapping");
    }
    [[nodiscard]] auto unpin(const void* first) const -> result<void> { return detail::check(cudaHostUnregister(const_cast<void*>(first)), "unpinning a mapping"); }

    [[nodiscard]] auto make_stream() const -> result<stream>;
    [[nodiscard]] auto destroy(stream gone) const -> result<void> { return detail::check(cudaStreamDestroy(gone), "stream"); }
    [[nodiscard]] auto make_event() const -> result<event>;
    [[nodiscard]] auto destroy(event gone) const -> result<void> { return detail::check(cudaEventDestroy(gone), "event"); }
    [[nodiscard]] auto record(event point, stream in) const -> result<void> { return detail::check(cudaEventRecord(point, in), "event"); }
    [[nodiscard]] auto wait(stream waiting, event point) const -> result<void> { return detail::check(cudaStreamWaitEvent(waiting, point, 0), "event"); }
    [[nodiscard]] auto synchronize(event point) const -> result<void> { return detail::check(cudaEventSynchronize(point), "copy to the device"); }
    [[nodiscard]] auto synchronize(stream queue) const -> result<void> { return detail::check(cudaStreamSynchronize(queue), "copy to the device"); }
    [[nodiscard]] auto is_done(event point) const -> result<bool>;

    [[nodiscard]] auto copy_to_device(void* to, const void* from, std::uint64_t size_bytes, stream in) const -> result<void> {
        return detail::check(cudaMemcpyAsync(to, from, static_cast<std::size_t>(size_bytes), cudaMemcpyHostToDevice, in), "copy to the device");
    }
    [[nodiscard]] auto copy_to_host(void* to, const void* from, std::uint64_t size_bytes, stream in) const -> result<void> {
        return detail::check(cudaMemcpyAsync(to, from, static_cast<std::size_t>(size_bytes), cudaMemcpyDeviceToHost, in), "copy from the device");
    }
    [[nodiscard]] auto copy_to_peer(void* to, std::uint32_t to_device, const void* from, std::uint32_t from_device, std::uint64_t size_bytes, stream in) const
        -> result<void> {
        return detail::check(
            cudaMemcpyPeerAsync(to, static_cast<int>(to_device), from, static_cast<int>(from_device), static_cast<std::size_t>(size_bytes), in), "copy between devices");
    }
    [[nodiscard]] auto connect(std::uint32_t device, std::uint32_t peer) const -> result<void>;
    [[nodiscard]] auto fill_with_zeros(void* to, std::uint64_t size_bytes, stream in) const -> result<void> {
        return detail::check(cudaMemsetAsync(to, 0, static_cast<std::size_t>(size_bytes), in), "filling device memory");
    }

    [[nodiscard]] auto prepare_digests() -> result<void>;
    [[nodiscard]] auto digest(const upload::device_range* ranges, std::size_t n_ranges, std::uint64_t* digests, stream in) -> result<void>;

private:
    // What pinned_memory::how says.
    static constexpr std::uint64_t registered = 1;
    static constexpr std::uint64_t allocated = 2;

    io::monitor lock_;  // guards what follows
    library digests_;
    cudaKernel_t digest_kernel_ = nullptr;
};

static_assert(upload::runtime<cuda_runtime>);

// ---------------------------------------------------------------------------------------------------
// implementation

inline auto cuda_runtime::device_count() const -> result<std::uint32_t> {
    int n = 0;
    CRIA_TRY_VOID(detail::check(cudaGetDeviceCount(&n), "devices"));
    return static_cast<std::uint32_t>(n);
}

inline auto cuda_runtime::facts(std::uint32_t device) const -> result<upload::device_facts> {
    upload::device_facts found;
    const int number = static_cast<int>(device);
    std::size_t free_bytes = 0, total_bytes = 0;
    CRIA_TRY_VOID(detail::check(cudaMemGetInfo(&free_bytes, &total_bytes), "device memory"));
    int pins = 0, node = -1, is_integrated = 0;
    CRIA_TRY_VOID(detail::check(cudaDeviceGetAttribute(&pins, cudaDevAttrHostRegisterReadOnlySupported, number), "device"));
    CRIA_TRY_VOID(detail::check(cudaDeviceGetAttribute(&is_integrated, cudaDevAttrIntegrated, number), "device"));
    if (cudaDeviceGetAttribute(&node, cudaDevAttrHostNumaId, number) != cudaSuccess) {  // an older driver does not know
        static_cast<void>(cudaGetLastError());
        node = -1;
    }
    found.free_bytes = free_bytes;
    found.total_bytes = total_bytes;
    found.host_node = node;
    found.pins_read_only = pins != 0;
    found.shares_host_memory = is_integrated != 0;
    return found;
}

inline auto cuda_runtime::locate(const void* address) const -> result<upload::pointer_facts> {
    cudaPointerAttributes about{};
    CRIA_TRY_VOID(detail::check(cudaPointerGetAttributes(&about, address), "pointer"));
    return upload::pointer_facts{about.type == cudaMemoryTypeDevice, about.device < 0 ? ~std::uint32_t{0} : static_cast<std::uint32_t>(about.device)};
}

inline auto cuda_runtime::allocate(std::uint64_t size_bytes) const -> result<void*> {
    void* memory = nullptr;
    CRIA_TRY_VOID(detail::check(cudaMalloc(&memory, static_cast<std::size_t>(size_bytes)), "device memory"));
    return memory;
}

/// Pages that are touched by the calling thread and then registered: several times as fast as cudaHostAlloc, which does
/// both for every thread under one lock. Where registering is not allowed (confidential computing), that is what remains.
inline auto cuda_runtime::allocate_pinned(std::size_t size_bytes) const -> result<upload::pinned_memory> {
    if (const auto pages = io::allocate_pages(size_bytes)) {
        if (cudaHostRegister(*pages, size_bytes, cudaHostRegisterPortable) == cudaSuccess) return upload::pinned_memory{*pages, size_bytes, registered};
        static_cast<void>(cudaGetLastError());
        io::free_pages(*pages, size_bytes);
    }
    void* memory = nullptr;
    CRIA_TRY_VOID(detail::check(cudaHostAlloc(&memory, size_bytes, cudaHostAllocPortable), "pinned memory"));
    return upload::pinned_memory{static_cast<std::byte*>(memory), size_bytes, allocated};
}

inline auto cuda_runtime::release_pinned(const upload::pinned_memory& memory) const -> result<void> {
    if (memory.how == allocated) return detail::check(cudaFreeHost(memory.address), "pinned memory");
    const auto answer = detail::check(cudaHostUnregister(memory.address), "pinned memory");
    io::free_pages(memory.address, memory.size_bytes);
    return answer;
}

inline auto cuda_runtime::make_stream() const -> result<stream> {
    stream made = nullptr;
    CRIA_TRY_VOID(detail::check(cudaStreamCreateWithFlags(&made, cudaStreamNonBlocking), "stream"));
    return made;
}

inline auto cuda_runtime::make_event() const -> result<event> {
    event made = nullptr;
    // Threads that wait for it spin: an interrupt for every transfer costs a twentieth of the link's speed.
    CRIA_TRY_VOID(detail::check(cudaEventCreateWithFlags(&made, cudaEventDisableTiming), "event"));
    return made;
}

inline auto cuda_runtime::is_done(event point) const -> result<bool> {
    const cudaError_t answer = cudaEventQuery(point);
    if (answer == cudaErrorNotReady) {
        static_cast<void>(cudaGetLastError());
        return false;
    }
    CRIA_TRY_VOID(detail::check(answer, "copy to the device"));
    return true;
}

/// Where there is no way from memory to memory, copies between the two go through the host's by the driver.
inline auto cuda_runtime::connect(std::uint32_t device, std::uint32_t peer) const -> result<void> {
    int can = 0;
    CRIA_TRY_VOID(detail::check(cudaDeviceCanAccessPeer(&can, static_cast<int>(device), static_cast<int>(peer)), "device"));
    if (can == 0) return {};
    CRIA_TRY_VOID(use(device));
    const cudaError_t answer = cudaDeviceEnablePeerAccess(static_cast<int>(peer), 0);
    if (answer == cudaErrorPeerAccessAlreadyEnabled || answer == cudaErrorTooManyPeers) {
        static_cast<void>(cudaGetLastError());
        return {};
    }
    return detail::check(answer, "device");
}

inline auto cuda_runtime::prepare_digests() -> result<void> {
    const io::locked hold(lock_);
    if (digest_kernel_ != nullptr) return {};
    CRIA_TRY(digests_, library::load(kernels::digest_ptx, "digest kernel"));
    CRIA_TRY(const cudaKernel_t kernel, digests_.kernel("cria_digest_ranges"));
    cudaFuncAttributes about{};  // asking for them is what makes the driver compile
    CRIA_TRY_VOID(detail::check(cudaFuncGetAttributes(&about, reinterpret_cast<const void*>(kernel)), "digest kernel"));
    digest_kernel_ = kernel;
    return {};
}

inline auto cuda_runtime::digest(const upload::device_range* ranges, std::size_t n_ranges, std::uint64_t* digests, stream in) -> result<void> {
    CRIA_TRY_VOID(prepare_digests());  // after which nothing writes to the kernel's handle
    if (n_ranges == 0) return {};
    void *ranges_there = nullptr, *digests_there = nullptr;  // the addresses by which the device reaches the host's memory
    CRIA_TRY_VOID(detail::check(cudaHostGetDevicePointer(&ranges_there, const_cast<upload::device_range*>(ranges), 0), "digest kernel"));
    CRIA_TRY_VOID(detail::check(cudaHostGetDevicePointer(&digests_there, digests, 0), "digest kernel"));

    int device = 0, n_processors = 1;
    CRIA_TRY_VOID(detail::check(cudaGetDevice(&device), "device"));
    CRIA_TRY_VOID(detail::check(cudaDeviceGetAttribute(&n_processors, cudaDevAttrMultiProcessorCount, device), "device"));
    constexpr unsigned n_threads = 256, blocks_a_processor = 8;
    const std::uint64_t most_blocks = static_cast<std::uint64_t>(n_processors) * blocks_a_processor;
    const auto n_blocks = static_cast<unsigned>(n_ranges < most_blocks ? n_ranges : most_blocks);
    unsigned long long n = n_ranges;
    void* arguments[] = {&ranges_there, &n, &digests_there};
    return detail::launch(digest_kernel_, n_blocks, n_threads, arguments, in, "digest kernel");
}

}  // namespace cria::inline v0::gpu

#endif  // CRIA_GPU_CUDA_RUNTIME_HPP
