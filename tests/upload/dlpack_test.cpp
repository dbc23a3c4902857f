// SPDX-License-Identifier: MIT
#include "cria/upload/dlpack.hpp"

#include <array>
#include <cstdint>
#include <cstring>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "support/catch.hpp"

// As dlpack.h has it: in no namespace, beside ours. Its layout is that of the published header, and so is ours.
struct DLTensor {
    void* data;
    struct {
        std::int32_t device_type;
        std::int32_t device_id;
    } device;
    std::int32_t ndim;
    struct {
        std::uint8_t code;
        std::uint8_t bits;
        std::uint16_t lanes;
    } dtype;
    std::int64_t* shape;
    std::int64_t* strides;
    std::uint64_t byte_offset;
};
struct DLManagedTensor {
    DLTensor dl_tensor;
    void* manager_ctx;
    void (*deleter)(DLManagedTensor*);
};
struct DLManagedTensorVersioned {
    struct {
        std::uint32_t major_number;
        std::uint32_t minor_number;
    } version;
    void* manager_ctx;
    void (*deleter)(DLManagedTensorVersioned*);
    std::uint64_t flags;
    DLTensor dl_tensor;
};

namespace {

using cria::errc;
using cria::tensor_type;
namespace upload = cria::upload;

constexpr upload::dl_device host{};
constexpr upload::dl_device second_gpu{upload::dl_device_type::cuda, 1};

/// Counts how often it dies, unless it has been moved from.
struct witness {
    explicit witness(int& deaths) noexcept : deaths_(&deaths) {}
    witness(witness&& other) noexcept : deaths_(std::exchange(other.deaths_, nullptr)) {}
    auto operator=(witness&&) -> witness& = delete;
    ~witness() {
        if (deaths_ != nullptr) ++*deaths_;
    }

private:
    int* deaths_;
};

/// A tensor of `dimensions` at an address that nobody looks at.
auto somewhere(tensor_type type, std::vector<std::uint64_t> dimensions) -> upload::tensor_view {
    return *upload::tensor_at(reinterpret_cast<void*>(std::uintptr_t{0x7000}), second_gpu, type, dimensions);
}

auto code_of(const upload::tensor_view& of) -> errc {
    const auto made = upload::to_dlpack(of, 0);
    REQUIRE_FALSE(made);
    return made.error().code;
}

/// What from_dlpack says to a dense (2, 3) of f32, after `spoil`.
template <class F>
auto code_of_spoilt(F spoil, std::optional<tensor_type> blocks = std::nullopt) -> errc {
    auto made = upload::to_dlpack_versioned(somewhere(tensor_type::f32, {3, 2}), 0);
    REQUIRE(made);
    REQUIRE(upload::from_dlpack(**made));
    spoil(**made);
    const auto seen = upload::from_dlpack(**made, blocks);
    REQUIRE_FALSE(seen);
    return seen.error().code;
}

template <class To, class From>
auto twin(const From& from) -> To {
    static_assert(sizeof(To) == sizeof(From));
    To made;
    std::memcpy(&made, &from, sizeof made);
    return made;
}

}  // namespace

TEST_CASE("a DLPack export has the layout of the published header, and the slowest dimension first") {
    std::array<float, 6> values{0, 1, 2, 3, 4, 5};
    const std::array<std::uint64_t, 2> dimensions{3, 2};
    const auto view = upload::tensor_at(values.data(), host, tensor_type::f32, dimensions);
    REQUIRE(view);
    const auto old = upload::to_dlpack(*view, 0);
    REQUIRE(old);
    const auto now = upload::to_dlpack_versioned(*view, 0);
    REQUIRE(now);

    const auto old_twin = twin<::DLManagedTensor>(**old);
    const auto now_twin = twin<::DLManagedTensorVersioned>(**now);
    CHECK(old_twin.manager_ctx != nullptr);
    CHECK(old_twin.deleter != nullptr);
    CHECK(now_twin.manager_ctx != nullptr);
    CHECK(now_twin.deleter != nullptr);
    CHECK(now_twin.version.major_number == 1);
    CHECK(now_twin.version.minor_number == 0);
    CHECK(now_twin.flags == 0);
    for (const ::DLTensor& each : {old_twin.dl_tensor, now_twin.dl_tensor}) {
        CHECK(each.data == values.data());
        CHECK(each.device.device_type == 1);
        CHECK(each.device.device_id == 0);
        CHECK(each.ndim == 2);
        CHECK(each.dtype.code == 2);
        CHECK(each.dtype.bits == 32);
        CHECK(each.dtype.lanes == 1);
        CHECK(each.shape[0] == 2);
        CHECK(each.shape[1] == 3);
        CHECK(each.strides[0] == 3);
        CHECK(each.strides[1] == 1);
        CHECK(each.byte_offset == 0);
    }
}

TEST_CASE("a DLPack export destroys its owner once, when the deleter is called or nobody takes it") {
    int deaths = 0;
    const auto view = somewhere(tensor_type::f16, {4});
    {
        auto made = upload::to_dlpack(view, witness(deaths));
        REQUIRE(made);
        upload::dl_managed_tensor* const taken = made->release();
        CHECK(made->get() == nullptr);
        CHECK(deaths == 0);
        taken->deleter(taken);
        CHECK(deaths == 1);
    }
    CHECK(deaths == 1);
    {
        const auto made = upload::to_dlpack_versioned(view, witness(deaths));
        REQUIRE(made);
        CHECK(deaths == 1);
    }
    CHECK(deaths == 2);
    {
        auto made = upload::to_dlpack_versioned(view, witness(deaths));
        REQUIRE(made);
        const auto moved = std::move(*made);
        CHECK(made->get() == nullptr);
        CHECK(moved->tensor.ndim == 1);
    }
    CHECK(deaths == 3);
}

TEST_CASE("a DLPack export that fails leaves the owner where it was") {
    int deaths = 0;
    {
        witness owner(deaths);
        auto view = somewhere(tensor_type::f16, {4});
        view.is_read_only = true;
        CHECK(upload::to_dlpack(view, std::move(owner)).error().code == errc::unsupported_feature);
        CHECK(upload::to_dlpack_versioned(somewhere(tensor_type::q4_0, {33}), std::move(owner)).error().code == errc::wrong_shape);
        CHECK(deaths == 0);
    }
    CHECK(deaths == 1);
}

TEST_CASE("several DLPack exports may share one owner") {
    auto owner = std::make_shared<int>(7);
    const std::weak_ptr<int> alive = owner;
    auto one = upload::to_dlpack(somewhere(tensor_type::f16, {4}), std::shared_ptr<int>(owner));
    auto two = upload::to_dlpack_versioned(somewhere(tensor_type::f16, {4}), std::move(owner));
    REQUIRE(one);
    REQUIRE(two);
    *one = {};
    CHECK_FALSE(alive.expired());
    *two = {};
    CHECK(alive.expired());
}

TEST_CASE("every plain type has a DLPack type and comes back as itself") {
    struct expectation {
        tensor_type type;
        unsigned code, bits;
    };
    for (const expectation& each : {expectation{tensor_type::f32, 2, 32}, {tensor_type::f16, 2, 16}, {tensor_type::bf16, 4, 16}, {tensor_type::f64, 2, 64},
                                    {tensor_type::i8, 0, 8}, {tensor_type::i16, 0, 16}, {tensor_type::i32, 0, 32}, {tensor_type::i64, 0, 64}}) {
        CAPTURE(static_cast<std::uint32_t>(each.type));
        auto view = somewhere(each.type, {5, 4, 3, 2});
        view.is_read_only = true;
        const auto made = upload::to_dlpack_versioned(view, 0);
        REQUIRE(made);
        CHECK(static_cast<unsigned>((*made)->tensor.dtype.code) == each.code);
        CHECK((*made)->tensor.dtype.bits == each.bits);
        CHECK((*made)->flags == 1);
        const auto back = upload::from_dlpack(**made);
        REQUIRE(back);
        CHECK(back->address == view.address);
        CHECK(back->device == second_gpu);
        CHECK(back->type == each.type);
        CHECK(back->extents == view.extents);
        CHECK(back->n_dimensions == 4);
        CHECK(back->is_read_only);
    }
}

TEST_CASE("quantized rows are exported as rows of bytes, and come back with their type") {
    for (std::uint32_t id = 0; id < 43; ++id) {
        const auto type = static_cast<tensor_type>(id);
        const auto layout = cria::geometry_of(type);
        if (!layout || layout->elements_per_block == 1) continue;
        CAPTURE(layout->name);
        const auto view = somewhere(type, {layout->elements_per_block * std::uint64_t{3}, 7});
        const auto made = upload::to_dlpack(view, 0);
        REQUIRE(made);
        const upload::dl_tensor& tensor = (*made)->tensor;
        CHECK(tensor.dtype == upload::dl_data_type{upload::dl_type_code::unsigned_integer, 8, 1});
        CHECK(tensor.shape[0] == 7);
        CHECK(tensor.shape[1] == layout->bytes_per_block * std::int64_t{3});
        CHECK(tensor.strides[0] == tensor.shape[1]);
        CHECK(upload::from_dlpack(**made).error().code == errc::unsupported_type);
        const auto back = upload::from_dlpack(**made, type);
        REQUIRE(back);
        CHECK(back->type == type);
        CHECK(back->extents == view.extents);
    }
}

TEST_CASE("scalars and empty tensors are tensors") {
    const auto scalar = upload::to_dlpack(somewhere(tensor_type::f32, {}), 0);
    REQUIRE(scalar);
    CHECK((*scalar)->tensor.ndim == 0);
    REQUIRE(upload::from_dlpack(**scalar));
    CHECK(upload::from_dlpack(**scalar)->n_dimensions == 0);

    const auto empty = upload::to_dlpack(somewhere(tensor_type::f32, {4, 0, 2}), 0);
    REQUIRE(empty);
    CHECK((*empty)->tensor.data == nullptr);
    CHECK((*empty)->tensor.shape[1] == 0);
    const auto back = upload::from_dlpack(**empty);
    REQUIRE(back);
    CHECK(back->address == nullptr);
    CHECK(back->extents[0] == 4);
    CHECK(back->extents[1] == 0);
}

TEST_CASE("what cannot be exported by DLPack is refused") {
    CHECK(code_of(somewhere(tensor_type{5}, {32})) == errc::unsupported_type);
    CHECK(code_of(somewhere(tensor_type{4000}, {32})) == errc::unsupported_type);
    CHECK(code_of(somewhere(tensor_type::q8_0, {31, 32})) == errc::wrong_shape);
    CHECK(code_of(somewhere(tensor_type::q8_0, {})) == errc::wrong_shape);
    CHECK(code_of(somewhere(tensor_type::f32, {std::uint64_t{1} << 32U, std::uint64_t{1} << 32U})) == errc::overflow);
    CHECK(code_of(somewhere(tensor_type::i8, {std::uint64_t{1} << 63U})) == errc::overflow);
    CHECK(code_of(somewhere(tensor_type::f64, {std::uint64_t{1} << 60U})) == errc::overflow);
    CHECK(code_of(somewhere(tensor_type::q8_0, {std::uint64_t{1} << 63U})) == errc::overflow);
    auto view = somewhere(tensor_type::f32, {2});
    view.address = nullptr;
    CHECK(code_of(view) == errc::invalid_argument);
    view.address = reinterpret_cast<void*>(std::uintptr_t{0x7002});
    CHECK(code_of(view) == errc::misaligned);
    view.n_dimensions = 9;
    CHECK(code_of(view) == errc::limit_exceeded);
    const std::array<std::uint64_t, 9> many{1, 1, 1, 1, 1, 1, 1, 1, 1};
    CHECK(upload::tensor_at(nullptr, host, tensor_type::f32, many).error().code == errc::limit_exceeded);
    CHECK(upload::tensor_at(nullptr, host, tensor_type::f32, std::span(many).first(8)));
}

TEST_CASE("what a foreign DLPack tensor says is checked") {
    using managed = upload::dl_managed_tensor_versioned;
    using upload::dl_device_type;
    using upload::dl_type_code;
    constexpr auto most = (std::numeric_limits<std::int64_t>::max)();
    CHECK(code_of_spoilt([](managed& m) { m.version.major = 2; }) == errc::unsupported_version);
    CHECK(code_of_spoilt([](managed& m) { m.version.major = 0; }) == errc::unsupported_version);
    CHECK(code_of_spoilt([](managed& m) { m.tensor.device.type = dl_device_type{10}; }) == errc::unsupported_feature);  // ROCm
    CHECK(code_of_spoilt([](managed& m) { m.tensor.device.type = dl_device_type{-1}; }) == errc::unsupported_feature);
    CHECK(code_of_spoilt([](managed& m) { m.tensor.device.id = -1; }) == errc::invalid_argument);
    CHECK(code_of_spoilt([](managed& m) { m.tensor.ndim = -1; }) == errc::invalid_argument);
    CHECK(code_of_spoilt([](managed& m) { m.tensor.ndim = 9; }) == errc::limit_exceeded);
    CHECK(code_of_spoilt([](managed& m) { m.tensor.shape = nullptr; }) == errc::invalid_argument);
    CHECK(code_of_spoilt([](managed& m) { m.tensor.shape[0] = -2; }) == errc::invalid_argument);
    CHECK(code_of_spoilt([](managed& m) { m.tensor.shape[1] = most; }) == errc::overflow);
    CHECK(code_of_spoilt([](managed& m) { m.tensor.shape[0] = most; }) == errc::overflow);
    CHECK(code_of_spoilt([](managed& m) { m.tensor.strides[0] = 4; }) == errc::unsupported_feature);                                  // padded rows
    CHECK(code_of_spoilt([](managed& m) { m.tensor.strides[0] = 1, m.tensor.strides[1] = 2; }) == errc::unsupported_feature);         // transposed
    CHECK(code_of_spoilt([](managed& m) { m.tensor.strides[0] = 0; }) == errc::unsupported_feature);                                  // broadcast
    CHECK(code_of_spoilt([](managed& m) { m.tensor.strides[1] = -1; }) == errc::unsupported_feature);                                 // reversed
    CHECK(code_of_spoilt([](managed& m) { m.tensor.dtype.lanes = 4; }) == errc::unsupported_type);
    CHECK(code_of_spoilt([](managed& m) { m.tensor.dtype.bits = 8; }) == errc::unsupported_type);
    CHECK(code_of_spoilt([](managed& m) { m.tensor.dtype.code = dl_type_code{6}; }) == errc::unsupported_type);
    CHECK(code_of_spoilt([](managed&) {}, tensor_type::q4_0) == errc::unsupported_type);  // f32 is not bytes
    CHECK(code_of_spoilt([](managed& m) { m.tensor.data = nullptr; }) == errc::invalid_argument);
    CHECK(code_of_spoilt([](managed& m) { m.tensor.data = nullptr, m.tensor.byte_offset = 64; }) == errc::invalid_argument);
    CHECK(code_of_spoilt([](managed& m) { m.tensor.byte_offset = 2; }) == errc::misaligned);
    CHECK(code_of_spoilt([](managed& m) { m.tensor.byte_offset = ~std::uint64_t{0}; }) == errc::overflow);
    const auto bytes = [](managed& m) { m.tensor.dtype = {}, m.tensor.shape[1] = 17, m.tensor.strides[0] = 17; };
    CHECK(code_of_spoilt(bytes) == errc::unsupported_type);
    CHECK(code_of_spoilt(bytes, tensor_type::q4_0) == errc::wrong_shape);
    CHECK(code_of_spoilt(bytes, tensor_type{5}) == errc::unsupported_type);
}

TEST_CASE("a foreign DLPack tensor may leave out what it need not say") {
    auto made = upload::to_dlpack(somewhere(tensor_type::f32, {3, 1, 2}), 0);
    REQUIRE(made);
    upload::dl_tensor& tensor = (*made)->tensor;
    tensor.strides[1] = 99;  // of a dimension of one element
    tensor.byte_offset = 8;
    const auto seen = upload::from_dlpack(**made);
    REQUIRE(seen);
    CHECK(seen->address == reinterpret_cast<void*>(std::uintptr_t{0x7008}));
    tensor.strides = nullptr;
    CHECK(upload::from_dlpack(**made));

    upload::dl_managed_tensor foreign{tensor, nullptr, nullptr};
    CHECK(upload::from_dlpack(foreign));
    const upload::dl_handle<upload::dl_managed_tensor> without_deleter(&foreign);  // and nothing is called when it dies
}
