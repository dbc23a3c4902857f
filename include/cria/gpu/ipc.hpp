// SPDX-License-Identifier: MIT
#ifndef CRIA_GPU_IPC_HPP
#define CRIA_GPU_IPC_HPP

#include "cria/base/bytes.hpp"
#include "cria/base/result.hpp"
#include "cria/gpu/check.hpp"
#include "cria/gpu/current_device.hpp"
#include "cria/upload/digest.hpp"

#include <cuda.h>  // cuMemGetAddressRange: its type; the function is asked of the runtime, so that libcuda is not linked
#include <cuda_runtime_api.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>  // memcpy, memcmp
#include <string_view>
#include <utility>

// Device memory that several processes of one machine use: one uploads weights and sends a handle (by a pipe, a socket,
// a file), others map them without a copy. The memory is the first one's: it must stay until the others have let go of
// it, which is between the processes and cannot be checked here. Nothing is waited for either: who sends the handle makes
// sure that the bytes are there.
//
// CUDA shares whole allocations. Who maps a part can reach all of it, and, where it is smaller than 2 MiB, its
// neighbours: processes that share memory have to trust one another. An arena of weights is an allocation of its own.

namespace cria::inline v0::gpu {

/// A range of device memory, for another process. A value.
struct ipc_handle {
    std::array<std::byte, sizeof(cudaIpcMemHandle_t)> native{};
    std::array<std::byte, 16> device_uuid{};  ///< processes may number devices differently
    std::uint64_t allocation_address = 0;     ///< in the process that has it
    std::uint64_t allocation_bytes = 0;
    std::uint64_t offset_bytes = 0;  ///< of the range in the allocation
    std::uint64_t size_bytes = 0;    ///< of the range

    /// A handle as bytes, the same on every machine.
    static constexpr std::size_t bytes_size = 8 + 64 + 16 + 4 * 8 + 8;

    /// The range [address, address + size_bytes), which may lie anywhere in an allocation of cudaMalloc's.
    /// Fails: errc::not_resident where that is not memory of a device; out_of_range where it reaches past the allocation;
    ///        invalid_argument for no bytes; unsupported_feature for memory that cannot be shared (of a pool, of somebody
    ///        else's, of a system without the means); device_error.
    [[nodiscard]] static auto make(const void* address, std::uint64_t size_bytes) -> result<ipc_handle>;
    /// Fails: errc::invalid_value for bytes that are none of to_bytes().
    [[nodiscard]] static auto from_bytes(byte_view bytes) -> result<ipc_handle>;
    [[nodiscard]] auto to_bytes() const noexcept -> std::array<std::byte, bytes_size>;
};

/// Another process's device memory, mapped; move-only. It is unmapped by the destructor; the current device stays what it was.
/// Threads: const, safe to share.
class ipc_memory {
public:
    ipc_memory() noexcept = default;
    /// Fails: errc::unsupported_feature in the process that made the handle, and where the system lacks the means; no_device
    ///        where this process does not see the memory's device; invalid_value for a handle that contradicts itself;
    ///        out_of_memory; device_error, also where the memory has been freed.
    [[nodiscard]] static auto open(const ipc_handle& from) -> result<ipc_memory>;
    ipc_memory(ipc_memory&& other) noexcept
        : base_(std::exchange(other.base_, nullptr)), offset_bytes_(other.offset_bytes_), size_bytes_(std::exchange(other.size_bytes_, 0)), device_(other.device_) {}
    auto operator=(ipc_memory&& other) noexcept -> ipc_memory& {
        if (this != &other) {
            static_cast<void>(release());
            base_ = std::exchange(other.base_, nullptr);
            offset_bytes_ = other.offset_bytes_;
            size_bytes_ = std::exchange(other.size_bytes_, 0);
            device_ = other.device_;
        }
        return *this;
    }
    ipc_memory(const ipc_memory&) = delete;
    auto operator=(const ipc_memory&) -> ipc_memory& = delete;
    ~ipc_memory() { static_cast<void>(release()); }

    /// Of the range that the handle was made for, in this process.
    [[nodiscard]] auto address() const noexcept -> std::byte* { return base_ == nullptr ? nullptr : base_ + offset_bytes_; }
    [[nodiscard]] auto size_bytes() const noexcept -> std::uint64_t { return size_bytes_; }
    /// Its number in this process.
    [[nodiscard]] auto device() const noexcept -> std::uint32_t { return device_; }

    /// Unmaps it, as the destructor does, and says how that went. Fails: errc::device_error; it is unmapped all the same.
    auto release() -> result<void>;

private:
    std::byte* base_ = nullptr;
    std::uint64_t offset_bytes_ = 0;
    std::uint64_t size_bytes_ = 0;
    std::uint32_t device_ = 0;
};

// ---------------------------------------------------------------------------------------------------
// implementation

namespace detail {

static_assert(sizeof(cudaIpcMemHandle_t) == 64 && sizeof(cudaUUID_t) == 16);
inline constexpr std::string_view ipc_magic = "criaIPC1";

struct allocation {
    std::uint64_t address = 0, size_bytes = 0;
};

/// The allocation around `address`. The runtime's API cannot say; the driver's can.
[[nodiscard]] inline auto allocation_around(std::uint64_t address) -> result<allocation> {
    void* found = nullptr;
    cudaDriverEntryPointQueryResult is_there = cudaDriverEntryPointSymbolNotFound;
    CRIA_TRY_VOID(check(cudaGetDriverEntryPointByVersion("cuMemGetAddressRange", &found, 12000, cudaEnableDefault, &is_there), "device memory"));
    if (is_there != cudaDriverEntryPointSuccess || found == nullptr) return cuda_error(cudaErrorNotSupported, "device memory");
    const auto ask = reinterpret_cast<decltype(&::cuMemGetAddressRange)>(found);
    CUdeviceptr base = 0;
    std::size_t size = 0;
    if (const CUresult answer = ask(&base, &size, static_cast<CUdeviceptr>(address)); answer != CUDA_SUCCESS)
        return error{errc::device_error, "device memory"}.because("is of no allocation").from_system(static_cast<int>(answer));
    return allocation{base, size};
}

[[nodiscard]] inline auto native_handle_of(std::uint64_t base) -> result<cudaIpcMemHandle_t> {
    cudaIpcMemHandle_t native{};
    const cudaError_t answer = cudaIpcGetMemHandle(&native, reinterpret_cast<void*>(static_cast<std::uintptr_t>(base)));
    if (answer == cudaErrorInvalidValue) return cuda_error(cudaErrorNotSupported, "device memory").because("is of a kind that cannot be shared").from_system(answer);
    CRIA_TRY_VOID(check(answer, "device memory"));
    return native;
}

[[nodiscard]] inline auto uuid_of(int device) -> result<std::array<std::byte, 16>> {
    cudaDeviceProp about{};
    CRIA_TRY_VOID(check(cudaGetDeviceProperties(&about, device), "device"));
    std::array<std::byte, 16> made{};
    std::memcpy(made.data(), &about.uuid, made.size());
    return made;
}

[[nodiscard]] inline auto device_of(const std::array<std::byte, 16>& uuid) -> result<std::uint32_t> {
    int n = 0;
    CRIA_TRY_VOID(check(cudaGetDeviceCount(&n), "devices"));
    for (int device = 0; device < n; ++device) {
        CRIA_TRY(const auto other, uuid_of(device));
        if (other == uuid) return static_cast<std::uint32_t>(device);
    }
    return error{errc::no_device, "device memory"}.because("is of a device that this process does not see");
}

/// Does this process have the memory itself? Then a handle of what is at its address here is the same.
[[nodiscard]] inline auto is_own(const ipc_handle& handle) -> bool {
    cudaPointerAttributes about{};
    const auto base = static_cast<std::uintptr_t>(handle.allocation_address);
    if (!check(cudaPointerGetAttributes(&about, reinterpret_cast<const void*>(base)), "pointer") || about.type != cudaMemoryTypeDevice) return false;
    const auto there = current_device::use(static_cast<std::uint32_t>(about.device));
    if (!there) return false;
    const auto native = native_handle_of(handle.allocation_address);
    return native && std::memcmp(&*native, handle.native.data(), handle.native.size()) == 0;
}

[[nodiscard]] inline auto is_consistent(const ipc_handle& handle) noexcept -> bool {
    std::uint64_t end = 0;
    return handle.size_bytes > 0 && cria::detail::checked_add(handle.offset_bytes, handle.size_bytes, end) && end <= handle.allocation_bytes;
}

}  // namespace detail

inline auto ipc_handle::make(const void* address, std::uint64_t size_bytes) -> result<ipc_handle> {
    if (size_bytes == 0) return error{errc::invalid_argument, "device memory"}.because("of no bytes cannot be shared");
    cudaPointerAttributes about{};
    CRIA_TRY_VOID(detail::check(cudaPointerGetAttributes(&about, address), "pointer"));
    if (about.type != cudaMemoryTypeDevice) return error{errc::not_resident, "pointer"};
    CRIA_TRY(const auto there, detail::current_device::use(static_cast<std::uint32_t>(about.device)));

    const auto first = static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(address));
    CRIA_TRY(const auto whole, detail::allocation_around(first));
    ipc_handle made;
    made.allocation_address = whole.address;
    made.allocation_bytes = whole.size_bytes;
    made.offset_bytes = first - whole.address;
    made.size_bytes = size_bytes;
    if (!detail::is_consistent(made))
        return error{errc::out_of_range, "device memory"}.because("ends behind its allocation").expecting(whole.size_bytes - made.offset_bytes, size_bytes);
    CRIA_TRY(const auto native, detail::native_handle_of(whole.address));
    std::memcpy(made.native.data(), &native, made.native.size());
    CRIA_TRY(made.device_uuid, detail::uuid_of(about.device));
    return made;
}

inline auto ipc_handle::to_bytes() const noexcept -> std::array<std::byte, bytes_size> {
    std::array<std::byte, bytes_size> bytes{};
    std::size_t at = 0;
    const auto put = [&](const void* from, std::size_t size) { std::memcpy(bytes.data() + at, from, size), at += size; };
    const auto put_number = [&](std::uint64_t number) {
        for (unsigned shift = 0; shift < 64; shift += 8) bytes[at++] = static_cast<std::byte>(number >> shift & 0xFFU);
    };
    put(detail::ipc_magic.data(), detail::ipc_magic.size());
    put(native.data(), native.size());
    put(device_uuid.data(), device_uuid.size());
    for (const std::uint64_t each : {allocation_address, allocation_bytes, offset_bytes, size_bytes}) put_number(each);
    put_number(upload::digest_of({bytes.data(), at}));
    return bytes;
}

inline auto ipc_handle::from_bytes(byte_view bytes) -> result<ipc_handle> {
    const error invalid = error{errc::invalid_value, "handle"}.because("is not one of device memory");
    if (bytes.size() != bytes_size) return invalid.expecting(std::uint64_t{bytes_size}, std::uint64_t{bytes.size()});
    const auto number_at = [&](std::size_t at) { return cria::detail::load<std::uint64_t>(bytes.data() + at); };
    constexpr std::size_t end = bytes_size - 8;
    if (cria::detail::as_text(bytes.first(detail::ipc_magic.size())) != detail::ipc_magic || number_at(end) != upload::digest_of(bytes.first(end))) return invalid;
    ipc_handle made;
    std::size_t at = detail::ipc_magic.size();
    std::memcpy(made.native.data(), bytes.data() + at, made.native.size());
    at += made.native.size();
    std::memcpy(made.device_uuid.data(), bytes.data() + at, made.device_uuid.size());
    at += made.device_uuid.size();
    for (std::uint64_t* const each : {&made.allocation_address, &made.allocation_bytes, &made.offset_bytes, &made.size_bytes}) {
        *each = number_at(at);
        at += 8;
    }
    if (!detail::is_consistent(made)) return invalid;
    return made;
}

inline auto ipc_memory::open(const ipc_handle& from) -> result<ipc_memory> {
    if (!detail::is_consistent(from)) return error{errc::invalid_value, "handle"}.because("says a range that is not in its allocation");
    ipc_memory made;
    CRIA_TRY(made.device_, detail::device_of(from.device_uuid));
    if (detail::is_own(from)) return error{errc::unsupported_feature, "device memory"}.because("is this process's own, which has it mapped");
    CRIA_TRY(const auto there, detail::current_device::use(made.device_));
    cudaIpcMemHandle_t native{};
    std::memcpy(&native, from.native.data(), from.native.size());
    void* base = nullptr;
    CRIA_TRY_VOID(detail::check(cudaIpcOpenMemHandle(&base, native, cudaIpcMemLazyEnablePeerAccess), "device memory of another process"));
    made.base_ = static_cast<std::byte*>(base);
    made.offset_bytes_ = from.offset_bytes;
    made.size_bytes_ = from.size_bytes;
    return made;
}

inline auto ipc_memory::release() -> result<void> {
    size_bytes_ = 0;
    std::byte* const gone = std::exchange(base_, nullptr);
    if (gone == nullptr) return {};
    const auto there = detail::current_device::use(device_);
    const auto answer = detail::check(cudaIpcCloseMemHandle(gone), "device memory of another process");
    if (!there) return there.error();
    return answer;
}

}  // namespace cria::inline v0::gpu

#endif  // CRIA_GPU_IPC_HPP
