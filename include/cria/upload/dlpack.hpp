// SPDX-License-Identifier: MIT
#ifndef CRIA_UPLOAD_DLPACK_HPP
#define CRIA_UPLOAD_DLPACK_HPP

#include "cria/base/bytes.hpp"
#include "cria/base/result.hpp"
#include "cria/base/tensor_type.hpp"

#include <array>
#include <cstddef>  // offsetof
#include <cstdint>
#include <limits>
#include <new>  // nothrow
#include <optional>
#include <span>
#include <type_traits>
#include <utility>

// Tensors handed to other libraries, and taken from them, by DLPack: a C struct that says where a tensor is and of what
// shape, and a function that is called when nobody needs it any more. torch, CuPy, JAX, NumPy and TVM read and write it.
// No byte is copied and no device is asked: memory that is being written must be waited for by whoever hands it over.
//
// The structs below are the ABI of DLPack 1 (https://dmlc.github.io/dlpack/latest/c_api.html), member by member, under
// names of our own, so that dlpack.h may be included beside this. A pointer to one may be cast to its twin there.
//
// Files of GGUF write the fastest dimension first, DLPack writes it last; a matrix that maps n_in numbers to n_out is
// {n_in, n_out} there and (n_out, n_in) here. Rows of quantized blocks have no element type that others know: they are
// rows of bytes (u8), as long as their blocks are.

namespace cria::inline v0::upload {

/// DLDeviceType; other numbers are legal, and memory that nothing here can describe.
enum class dl_device_type : std::int32_t { cpu = 1, cuda = 2, cuda_host = 3, cuda_managed = 13 };

/// DLDevice.
struct dl_device {
    dl_device_type type = dl_device_type::cpu;
    std::int32_t id = 0;  ///< the CUDA runtime's number; 0 for host memory
    friend constexpr auto operator==(dl_device, dl_device) noexcept -> bool = default;
};

/// DLDataTypeCode; other numbers are legal, and types that ggml does not have.
enum class dl_type_code : std::uint8_t { signed_integer = 0, unsigned_integer = 1, ieee_float = 2, bfloat = 4 };

/// DLDataType.
struct dl_data_type {
    dl_type_code code = dl_type_code::unsigned_integer;
    std::uint8_t bits = 8;
    std::uint16_t lanes = 1;
    friend constexpr auto operator==(dl_data_type, dl_data_type) noexcept -> bool = default;
};

/// DLTensor.
struct dl_tensor {
    void* data = nullptr;
    dl_device device;
    std::int32_t ndim = 0;
    dl_data_type dtype;
    std::int64_t* shape = nullptr;    ///< slowest dimension first
    std::int64_t* strides = nullptr;  ///< in elements; null, which old producers write: dense
    std::uint64_t byte_offset = 0;
};

/// DLManagedTensor, which every consumer knows. It cannot say that its memory is not to be written to.
struct dl_managed_tensor {
    dl_tensor tensor;
    void* manager_ctx = nullptr;
    void (*deleter)(dl_managed_tensor* self) = nullptr;
};

/// DLPackVersion.
struct dl_version {
    std::uint32_t major = 1;
    std::uint32_t minor = 0;
};

/// DLManagedTensorVersioned.
struct dl_managed_tensor_versioned {
    static constexpr std::uint64_t read_only = 1;
    static constexpr std::uint64_t is_copied = 2;

    dl_version version;
    void* manager_ctx = nullptr;
    void (*deleter)(dl_managed_tensor_versioned* self) = nullptr;
    std::uint64_t flags = 0;
    dl_tensor tensor;
};

template <class T>
concept dl_managed = std::is_same_v<T, dl_managed_tensor> || std::is_same_v<T, dl_managed_tensor_versioned>;

/// Owns a managed tensor: its deleter, where it has one, is called by the destructor. Move-only.
template <dl_managed T>
class dl_handle {
public:
    dl_handle() noexcept = default;
    /// Takes over what another library has handed out.
    explicit dl_handle(T* owned) noexcept : owned_(owned) {}
    dl_handle(dl_handle&& other) noexcept : owned_(std::exchange(other.owned_, nullptr)) {}
    auto operator=(dl_handle&& other) noexcept -> dl_handle& { return std::swap(owned_, other.owned_), *this; }
    dl_handle(const dl_handle&) = delete;
    auto operator=(const dl_handle&) -> dl_handle& = delete;
    ~dl_handle() {
        if (owned_ != nullptr && owned_->deleter != nullptr) owned_->deleter(owned_);
    }

    [[nodiscard]] auto get() const noexcept -> T* { return owned_; }
    [[nodiscard]] auto operator*() const noexcept -> T& { return *owned_; }
    [[nodiscard]] auto operator->() const noexcept -> T* { return owned_; }
    /// Hands it over: whoever gets the pointer calls the deleter.
    [[nodiscard]] auto release() noexcept -> T* { return std::exchange(owned_, nullptr); }

private:
    T* owned_ = nullptr;
};

/// A dense tensor where it lies. Borrows its memory.
struct tensor_view {
    static constexpr std::size_t max_dimensions = 8;

    void* address = nullptr;
    dl_device device;
    tensor_type type{};
    std::array<std::uint64_t, max_dimensions> extents{};  ///< in elements, fastest first, as in files; those behind n_dimensions are 0
    std::uint32_t n_dimensions = 0;                       ///< 0 for a scalar
    bool is_read_only = false;

    [[nodiscard]] constexpr auto dimensions() const noexcept CRIA_LIFETIME_BOUND -> std::span<const std::uint64_t> { return {extents.data(), n_dimensions}; }
};

/// The tensor of `dimensions` (fastest first, as in files) at `address`.
///
///     const auto weight = upload::tensor_at(weights.address(place), {upload::dl_device_type::cuda, 0}, tensor.type, tensor.shape.dimensions());
///
/// Fails: errc::limit_exceeded for more dimensions than tensor_view::max_dimensions.
[[nodiscard]] inline auto tensor_at(void* address, dl_device device, tensor_type type, std::span<const std::uint64_t> dimensions, bool is_read_only = false)
    -> result<tensor_view>;

/// The tensor, for a consumer of DLPack, and `owner` moved in with it: it is destroyed, on whatever thread, when the consumer
/// calls the deleter. What owns the memory is an upload::resident, a shared pointer to one (both leave its device in use on that thread),
/// a gpu::device_buffer.
///
///     CRIA_TRY(auto exported, upload::to_dlpack(weight, std::move(weights)));
///     PyObject* capsule = PyCapsule_New(exported.release(), "dltensor", destroy_unless_used);
///
/// Where it fails, `owner` has not been moved from.
/// Fails: errc::unsupported_type; errc::wrong_shape where the fastest dimension is not whole blocks; errc::overflow;
///        errc::misaligned for an address that is no multiple of an element's size; errc::invalid_argument for elements at no address;
///        errc::out_of_memory; and to_dlpack, whose struct cannot say it, errc::unsupported_feature for what is only to be read.
template <class Owner>
    requires(!std::is_lvalue_reference_v<Owner>)
[[nodiscard]] auto to_dlpack(const tensor_view& of, Owner&& owner) -> result<dl_handle<dl_managed_tensor>>;
/// The same by the struct of DLPack 1.0, which says whether memory is only to be read ("dltensor_versioned" for capsules).
template <class Owner>
    requires(!std::is_lvalue_reference_v<Owner>)
[[nodiscard]] auto to_dlpack_versioned(const tensor_view& of, Owner&& owner) -> result<dl_handle<dl_managed_tensor_versioned>>;

/// What another library has handed out, as a tensor. Bytes (u8) are of no type of ours: `blocks` says what they hold, rows
/// of blocks of that type.
///
/// Fails:   errc::unsupported_version (its deleter may be called all the same); errc::unsupported_type;
///          errc::unsupported_feature for devices other than the host and CUDA, or tensors that are not dense;
///          errc::limit_exceeded for too many dimensions; errc::wrong_shape for bytes that are not whole blocks;
///          errc::overflow; errc::misaligned; errc::invalid_argument for what no producer may write.
/// Borrows: the memory, until the deleter is called.
template <dl_managed T>
[[nodiscard]] auto from_dlpack(const T& from, std::optional<tensor_type> blocks = std::nullopt) -> result<tensor_view>;

// ---------------------------------------------------------------------------------------------------
// implementation

namespace detail {

static_assert(sizeof(dl_device) == 8 && sizeof(dl_data_type) == 4 && sizeof(dl_version) == 8);
static_assert(std::is_standard_layout_v<dl_managed_tensor> && std::is_trivially_copyable_v<dl_managed_tensor>);
static_assert(std::is_standard_layout_v<dl_managed_tensor_versioned> && std::is_trivially_copyable_v<dl_managed_tensor_versioned>);
static_assert(offsetof(dl_device, id) == 4 && offsetof(dl_data_type, bits) == 1 && offsetof(dl_data_type, lanes) == 2 && offsetof(dl_version, minor) == 4);
static_assert(sizeof(void*) != 8 || (offsetof(dl_tensor, device) == 8 && offsetof(dl_tensor, ndim) == 16 && offsetof(dl_tensor, dtype) == 20 &&
                                     offsetof(dl_tensor, shape) == 24 && offsetof(dl_tensor, strides) == 32 && offsetof(dl_tensor, byte_offset) == 40 &&
                                     sizeof(dl_tensor) == 48));
static_assert(sizeof(void*) != 8 ||
              (offsetof(dl_managed_tensor, manager_ctx) == 48 && offsetof(dl_managed_tensor, deleter) == 56 && sizeof(dl_managed_tensor) == 64));
static_assert(sizeof(void*) != 8 || (offsetof(dl_managed_tensor_versioned, manager_ctx) == 8 && offsetof(dl_managed_tensor_versioned, deleter) == 16 &&
                                     offsetof(dl_managed_tensor_versioned, flags) == 24 && offsetof(dl_managed_tensor_versioned, tensor) == 32 &&
                                     sizeof(dl_managed_tensor_versioned) == 80));

inline constexpr std::uint64_t most_dl_extent = static_cast<std::uint64_t>((std::numeric_limits<std::int64_t>::max)());

struct dl_type_pair {
    tensor_type ours;
    dl_data_type theirs;
};
inline constexpr std::array<dl_type_pair, 8> dl_types = {{
    {tensor_type::f32, {dl_type_code::ieee_float, 32, 1}},
    {tensor_type::f16, {dl_type_code::ieee_float, 16, 1}},
    {tensor_type::bf16, {dl_type_code::bfloat, 16, 1}},
    {tensor_type::f64, {dl_type_code::ieee_float, 64, 1}},
    {tensor_type::i8, {dl_type_code::signed_integer, 8, 1}},
    {tensor_type::i16, {dl_type_code::signed_integer, 16, 1}},
    {tensor_type::i32, {dl_type_code::signed_integer, 32, 1}},
    {tensor_type::i64, {dl_type_code::signed_integer, 64, 1}},
}};
inline constexpr dl_data_type dl_bytes = {dl_type_code::unsigned_integer, 8, 1};

/// A tensor's extents as DLPack has them, with what an array of its own needs to be pointed to.
struct dl_extents {
    dl_data_type dtype = dl_bytes;
    std::array<std::int64_t, tensor_view::max_dimensions> shape{}, strides{};
    bool is_empty = false;
};

/// Memory of `n_bytes_an_element` each at `address`: is it there, and aligned?
[[nodiscard]] inline auto check_dl_address(std::uint64_t address, bool is_empty, std::uint64_t n_bytes_an_element) -> result<void> {
    if (is_empty) return {};
    if (address == 0) return error{errc::invalid_argument, "tensor"}.because("has elements and no address");
    if (address % n_bytes_an_element != 0) return error{errc::misaligned, "tensor"}.because("is not at a multiple of its element's size").finding(address);
    return {};
}

[[nodiscard]] inline auto dl_extents_of(const tensor_view& of) -> result<dl_extents> {
    if (of.n_dimensions > tensor_view::max_dimensions)
        return error{errc::limit_exceeded, "dimensions"}.expecting(std::uint64_t{tensor_view::max_dimensions}, std::uint64_t{of.n_dimensions});
    const auto layout = geometry_of(of.type);
    if (!layout) return error{errc::unsupported_type, "tensor"}.finding(static_cast<std::uint64_t>(of.type));
    dl_extents made;
    for (const dl_type_pair& each : dl_types)
        if (each.ours == of.type) made.dtype = each.theirs;
    const bool is_bytes = made.dtype == dl_bytes;
    const std::uint64_t n_bytes_an_element = made.dtype.bits / 8U;

    std::uint64_t stride = 1;  // the elements that lie in the faster dimensions, an empty one counted as 1
    for (std::uint32_t i = 0; i < of.n_dimensions; ++i) {
        std::uint64_t extent = of.extents[i];
        if (i == 0 && is_bytes) {
            const auto row_bytes = bytes_of(*layout, extent);
            if (!row_bytes && extent % layout->elements_per_block == 0) return error{errc::overflow, "tensor"}.finding(extent);
            if (!row_bytes) return error{errc::wrong_shape, "tensor"}.because("has rows that are not whole blocks").finding(extent);
            extent = *row_bytes;
        }
        const std::size_t at = of.n_dimensions - 1 - i;
        made.is_empty = made.is_empty || extent == 0;
        made.strides[at] = static_cast<std::int64_t>(stride);
        std::uint64_t product = 0, product_bytes = 0;
        if (!cria::detail::checked_multiply(stride, extent == 0 ? 1 : extent, product) ||
            !cria::detail::checked_multiply(product, n_bytes_an_element, product_bytes) || product_bytes > most_dl_extent)
            return error{errc::overflow, "tensor"}.because("has more bytes than 63 bits count").finding(extent);
        made.shape[at] = static_cast<std::int64_t>(extent);
        stride = product;
    }
    if (of.n_dimensions == 0 && is_bytes) return error{errc::wrong_shape, "tensor"}.because("is one element, which is not whole blocks");
    CRIA_TRY_VOID(check_dl_address(reinterpret_cast<std::uintptr_t>(of.address), made.is_empty, n_bytes_an_element));
    return made;
}

/// What a consumer gets, in one piece of memory with what it points to.
template <dl_managed T, class Owner>
struct dl_export {
    explicit dl_export(Owner&& moved) noexcept : owner(std::move(moved)) {}
    T managed;
    dl_extents extents;
    Owner owner;
};

template <dl_managed T, class Owner>
[[nodiscard]] auto export_dl(const tensor_view& of, Owner&& owner) -> result<dl_handle<T>> {
    using owned = std::remove_cvref_t<Owner>;
    static_assert(std::is_nothrow_move_constructible_v<owned> && std::is_nothrow_destructible_v<owned>, "nothing may throw into a consumer");
    CRIA_TRY(const dl_extents extents, dl_extents_of(of));
    auto* const made = new (std::nothrow) dl_export<T, owned>(std::move(owner));
    if (made == nullptr) return error{errc::out_of_memory, "tensor"};
    made->extents = extents;
    T& managed = made->managed;
    managed.manager_ctx = made;
    managed.deleter = [](T* self) { delete static_cast<dl_export<T, owned>*>(self->manager_ctx); };
    dl_tensor& tensor = managed.tensor;
    tensor.data = extents.is_empty ? nullptr : of.address;  // as the ABI says
    tensor.device = of.device;
    tensor.ndim = static_cast<std::int32_t>(of.n_dimensions);
    tensor.dtype = extents.dtype;
    tensor.shape = made->extents.shape.data();
    tensor.strides = made->extents.strides.data();
    return dl_handle<T>(&managed);
}

/// All checks of from_dlpack but the version.
[[nodiscard]] inline auto view_of(const dl_tensor& from, std::optional<tensor_type> blocks) -> result<tensor_view> {
    const error invalid{errc::invalid_argument, "DLPack tensor"};
    const error unsupported{errc::unsupported_feature, "DLPack tensor"};
    tensor_view made;
    switch (from.device.type) {
        case dl_device_type::cpu:
        case dl_device_type::cuda:
        case dl_device_type::cuda_host:
        case dl_device_type::cuda_managed: break;
        default: return unsupported.because("is memory of another kind of device").finding(static_cast<std::uint64_t>(from.device.type));
    }
    if (from.device.id < 0) return invalid.because("has a device of a negative number");
    made.device = from.device;

    if (from.ndim < 0 || (from.ndim > 0 && from.shape == nullptr)) return invalid.because("has no shape");
    if (static_cast<std::uint64_t>(from.ndim) > tensor_view::max_dimensions)
        return error{errc::limit_exceeded, "dimensions"}.expecting(std::uint64_t{tensor_view::max_dimensions}, static_cast<std::uint64_t>(from.ndim));
    made.n_dimensions = static_cast<std::uint32_t>(from.ndim);

    const dl_type_pair* known = nullptr;
    for (const dl_type_pair& each : dl_types)
        if (each.theirs == from.dtype) known = &each;
    if (blocks ? from.dtype != dl_bytes : known == nullptr) {
        const char* const why = blocks ? "is not bytes, as blocks are" : from.dtype == dl_bytes ? "is bytes, and nobody says of what" : "has an element type that is not known here";
        return error{errc::unsupported_type, "DLPack tensor"}.because(why).finding(static_cast<std::uint64_t>(from.dtype.code));
    }
    const std::uint64_t n_bytes_an_element = from.dtype.bits / 8U;

    bool is_empty = false;
    for (std::uint32_t i = 0; i < made.n_dimensions; ++i) {
        if (from.shape[i] < 0) return invalid.because("has a negative extent");
        is_empty = is_empty || from.shape[i] == 0;
    }
    std::uint64_t stride = 1;
    for (std::uint32_t i = 0; i < made.n_dimensions; ++i) {
        const std::size_t at = made.n_dimensions - 1 - i;
        const auto extent = static_cast<std::uint64_t>(from.shape[at]);
        // The stride of a dimension of one element, and of all in a tensor without any, means nothing.
        if (from.strides != nullptr && !is_empty && extent != 1 && from.strides[at] != static_cast<std::int64_t>(stride))
            return unsupported.because("is not dense, slowest dimension first");
        std::uint64_t product = 0, product_bytes = 0;
        if (!cria::detail::checked_multiply(stride, extent == 0 ? 1 : extent, product) ||
            !cria::detail::checked_multiply(product, n_bytes_an_element, product_bytes) || product_bytes > most_dl_extent)
            return error{errc::overflow, "DLPack tensor"}.because("has more bytes than 63 bits count").finding(extent);
        made.extents[i] = extent;
        stride = product;
    }

    const auto data = static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(from.data));
    std::uint64_t address = 0, end = 0;
    if (!cria::detail::checked_add(data, from.byte_offset, address) || !cria::detail::checked_add(address, stride * n_bytes_an_element, end))
        return error{errc::overflow, "DLPack tensor"}.because("ends behind the last address");
    if (!is_empty && from.data == nullptr) return invalid.because("has elements and no address");
    CRIA_TRY_VOID(check_dl_address(address, is_empty, n_bytes_an_element));
    if (!is_empty) made.address = static_cast<std::byte*>(from.data) + from.byte_offset;

    if (!blocks) return made.type = known->ours, made;
    const auto layout = geometry_of(*blocks);
    if (!layout) return error{errc::unsupported_type, "blocks"}.finding(static_cast<std::uint64_t>(*blocks));
    if (made.n_dimensions == 0 || made.extents[0] % layout->bytes_per_block != 0)
        return error{errc::wrong_shape, "DLPack tensor"}.because("has rows that are not whole blocks").expecting(std::uint64_t{layout->bytes_per_block}, made.extents[0]);
    if (!cria::detail::checked_multiply(made.extents[0] / layout->bytes_per_block, layout->elements_per_block, made.extents[0]))
        return error{errc::overflow, "DLPack tensor"}.because("has more elements than 64 bits count");
    made.type = *blocks;
    return made;
}

}  // namespace detail

inline auto tensor_at(void* address, dl_device device, tensor_type type, std::span<const std::uint64_t> dimensions, bool is_read_only) -> result<tensor_view> {
    tensor_view made{address, device, type, {}, 0, is_read_only};
    if (dimensions.size() > made.extents.size())
        return error{errc::limit_exceeded, "dimensions"}.expecting(std::uint64_t{made.extents.size()}, std::uint64_t{dimensions.size()});
    for (const std::uint64_t extent : dimensions) made.extents[made.n_dimensions++] = extent;
    return made;
}

template <class Owner>
    requires(!std::is_lvalue_reference_v<Owner>)
auto to_dlpack(const tensor_view& of, Owner&& owner) -> result<dl_handle<dl_managed_tensor>> {
    if (of.is_read_only) return error{errc::unsupported_feature, "tensor"}.because("is only to be read, which a DLManagedTensor cannot say");
    return detail::export_dl<dl_managed_tensor>(of, std::move(owner));
}

template <class Owner>
    requires(!std::is_lvalue_reference_v<Owner>)
auto to_dlpack_versioned(const tensor_view& of, Owner&& owner) -> result<dl_handle<dl_managed_tensor_versioned>> {
    CRIA_TRY(auto made, detail::export_dl<dl_managed_tensor_versioned>(of, std::move(owner)));
    if (of.is_read_only) made->flags |= dl_managed_tensor_versioned::read_only;
    return made;
}

template <dl_managed T>
auto from_dlpack(const T& from, std::optional<tensor_type> blocks) -> result<tensor_view> {
    if constexpr (std::is_same_v<T, dl_managed_tensor_versioned>) {
        if (from.version.major != 1)
            return error{errc::unsupported_version, "DLPack tensor"}.because("is of another major version of DLPack").expecting(1, std::uint64_t{from.version.major});
        CRIA_TRY(tensor_view made, detail::view_of(from.tensor, blocks));
        made.is_read_only = (from.flags & dl_managed_tensor_versioned::read_only) != 0;
        return made;
    } else {
        return detail::view_of(from.tensor, blocks);
    }
}

}  // namespace cria::inline v0::upload

#endif  // CRIA_UPLOAD_DLPACK_HPP
