// SPDX-License-Identifier: MIT
#ifndef CRIA_TESTS_SUPPORT_DEVICE_MODELS_HPP
#define CRIA_TESTS_SUPPORT_DEVICE_MODELS_HPP

#include "cria/base/tensor_type.hpp"
#include "cria/gguf/shards.hpp"
#include "cria/llama/device_model.hpp"
#include "cria/quant/dequantize.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <set>
#include <span>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "support/catch.hpp"
#include "support/fake_runtime.hpp"
#include "support/gguf_builder.hpp"
#include "support/temp_file.hpp"

// What models on devices are tested with: files with models in them, what the devices shall hold, and a converter for the fake devices.

namespace cria_test {

/// The numbers of whole blocks, as bytes of f32, f16 or bf16; none where they cannot be read. Nothing is asserted: the fake devices' own
/// thread calls it, too.
[[nodiscard]] inline auto converted_bytes(cria::tensor_type type, cria::byte_view blocks, cria::tensor_type to) -> std::vector<std::byte> {
    const auto layout = *cria::geometry_of(type);
    const std::size_t n = blocks.size() / layout.bytes_per_block * layout.elements_per_block;
    const auto convert = [&](auto number) {
        std::vector<decltype(number)> numbers(n);
        if (!cria::quant::dequantize<decltype(number)>(type, blocks, numbers)) numbers.clear();
        const auto bytes = std::as_bytes(std::span(numbers));
        return std::vector<std::byte>(bytes.begin(), bytes.end());
    };
    if (to == cria::tensor_type::f16) return convert(cria::quant::f16{});
    if (to == cria::tensor_type::bf16) return convert(cria::quant::bf16{});
    if (to == cria::tensor_type::f32) return convert(float{});
    return {};
}

/// What a tensor, or whole blocks of it, are on a device where the numbers have the type `to`.
[[nodiscard]] inline auto bytes_there(cria::tensor_type type, cria::byte_view blocks, cria::tensor_type to) -> std::vector<std::byte> {
    if (type == to) return {blocks.begin(), blocks.end()};
    return converted_bytes(type, blocks, to);
}

/// A file, opened as a model's are.
class opened_file {
public:
    explicit opened_file(const gguf_builder& built, cria::io::access how = cria::io::access::mapped)
        : files_(cria::gguf::shards::open(folder_.write("model.gguf", built.build()), {.how = how})) {
        INFO((files_ ? std::string() : files_.error().message()));
        REQUIRE(files_.has_value());
    }
    [[nodiscard]] auto files() const -> const cria::gguf::shards& { return *files_; }
    [[nodiscard]] auto tensors() const -> const cria::gguf::tensor_table& { return files_->tensors(); }
    [[nodiscard]] auto path() const -> std::string { return folder_.path("model.gguf"); }

private:
    temp_folder folder_;
    cria::result<cria::gguf::shards> files_;
};

/// A tensor's bytes in a mapped file.
[[nodiscard]] inline auto bytes_of(const cria::gguf::shards& files, const cria::gguf::tensor& tensor) -> cria::byte_view {
    const auto bytes = files.bytes(tensor);
    REQUIRE(bytes.has_value());
    return *bytes;
}

/// Arenas as a layout promises them: tensors, bytes of the file between those that stay as they are, and zeros elsewhere.
[[nodiscard]] inline auto expected_arenas(const cria::llama::device_layout& layout, const cria::gguf::shards& files) -> std::vector<std::vector<std::byte>> {
    std::vector<std::vector<std::byte>> all;
    for (const cria::llama::device_share& share : layout.devices()) all.emplace_back(static_cast<std::size_t>(share.arena_bytes));
    const auto put = [&](const cria::upload::copy& part) {
        REQUIRE(files[part.file].mapping().size() >= part.file_offset_bytes + part.size_bytes);
        std::memcpy(all[part.device].data() + part.device_offset_bytes, files[part.file].mapping().data() + part.file_offset_bytes, static_cast<std::size_t>(part.size_bytes));
    };
    for (const cria::upload::copy& range : layout.stored().ranges()) put(range);
    for (const cria::upload::broadcast& each : layout.stored().broadcasts()) put(each.to);
    for (const cria::llama::device_entry& entry : layout.entries()) {
        const cria::gguf::tensor& tensor = files.tensors()[entry.tensor];
        const auto bytes = bytes_there(tensor.type, bytes_of(files, tensor), entry.type);
        REQUIRE(bytes.size() == entry.size_bytes);
        if (!bytes.empty()) std::memcpy(all[entry.device].data() + entry.offset_bytes, bytes.data(), bytes.size());
    }
    return all;
}

/// Kernels of the fake devices that write what quant::dequantize writes, when their turn has come and not before.
class fake_converter {
public:
    explicit fake_converter(fake_runtime& on) : runtime_(on), thread_(std::this_thread::get_id()) {}

    [[nodiscard]] auto dequantize(cria::tensor_type type, const void* blocks, std::uint64_t n_elements, cria::tensor_type out_type, void* out, fake_runtime::stream stream)
        -> cria::result<void> {
        REQUIRE(std::this_thread::get_id() == thread_);
        if (++n_calls_ == fail_at_) return cria::error{cria::errc::unsupported_feature, "converter"}.because("was told to fail");
        const auto layout = *cria::geometry_of(type), there = *cria::geometry_of(out_type);
        REQUIRE(n_elements > 0);
        REQUIRE(n_elements % layout.elements_per_block == 0);
        REQUIRE(reinterpret_cast<std::uintptr_t>(out) % 16 == 0);
        REQUIRE(reinterpret_cast<std::uintptr_t>(blocks) % 256 == 0);
        const std::uint64_t from_bytes = n_elements / layout.elements_per_block * layout.bytes_per_block, to_bytes = n_elements * there.bytes_per_block;
        return runtime_.launch(blocks, from_bytes, out, to_bytes, stream, [=] {
            const auto numbers = converted_bytes(type, {static_cast<const std::byte*>(blocks), static_cast<std::size_t>(from_bytes)}, out_type);
            std::memcpy(out, numbers.data(), (std::min)(numbers.size(), static_cast<std::size_t>(to_bytes)));
        });
    }

    /// Call number `n` of dequantize, counted from 1, fails with errc::unsupported_feature.
    void fail_call(std::uint64_t n) { fail_at_ = n; }
    [[nodiscard]] auto n_calls() const -> std::uint64_t { return n_calls_; }

private:
    fake_runtime& runtime_;
    std::thread::id thread_;
    std::uint64_t n_calls_ = 0;
    std::uint64_t fail_at_ = 0;
};

using model_there = cria::llama::device_model<fake_runtime>;

/// The arenas are what the layout promises, all of them.
inline void check_arenas(const model_there& there, const cria::gguf::shards& files) {
    const auto wanted = expected_arenas(there.layout(), files);
    REQUIRE(there.arenas().size() == wanted.size());
    for (std::size_t d = 0; d < wanted.size(); ++d) {
        CAPTURE(d);
        REQUIRE(there.arenas()[d].size_bytes == wanted[d].size());
        REQUIRE((there.arenas()[d].address == nullptr) == wanted[d].empty());
        if (wanted[d].empty()) continue;
        const auto differs = std::mismatch(wanted[d].begin(), wanted[d].end(), there.arenas()[d].address);
        CAPTURE(differs.first - wanted[d].begin(), wanted[d].size());
        const bool are_equal = differs.first == wanted[d].end();
        REQUIRE(are_equal);
    }
}

/// A slice is found where it should be, with the numbers that it has in the file, in the type that its tensor has there.
inline void check_slice(const model_there& there, const cria::gguf::shards& files, const cria::llama::tensor_slice& slice, std::uint32_t device) {
    CAPTURE(slice.tensor->name, device, slice.offset_bytes, slice.n_in, slice.n_out);
    const auto found = there.find(slice, device);
    REQUIRE(found.has_value());
    const auto layout = *cria::geometry_of(found->type);
    const auto entry = there.layout().find(static_cast<std::size_t>(slice.tensor - files.tensors().begin()), device);
    REQUIRE(entry != nullptr);
    REQUIRE(found->type == entry->type);
    REQUIRE(found->tensor == slice.tensor);
    REQUIRE(found->n_in == slice.n_in);
    REQUIRE(found->n_out == slice.n_out);
    REQUIRE(found->device == device);
    REQUIRE(found->runtime_device == there.arenas()[device].device);
    REQUIRE(found->row_bytes == slice.n_in / layout.elements_per_block * layout.bytes_per_block);
    REQUIRE(found->size_bytes == found->row_bytes * found->n_out);
    REQUIRE(found->is_contiguous() == slice.is_contiguous());
    const auto data = bytes_of(files, *slice.tensor);
    const std::byte* const begin = there.arenas()[device].address + entry->offset_bytes;
    for (std::uint64_t i = 0; i < slice.n_out; ++i) {
        const auto row = bytes_there(slice.tensor->type, slice.row(data, i), found->type);
        REQUIRE(row.size() == found->row_bytes);
        const std::byte* const at = found->address + i * found->stride_bytes;
        REQUIRE((at >= begin && at + row.size() <= begin + entry->size_bytes));
        const bool is_equal = std::memcmp(at, row.data(), row.size()) == 0;
        CAPTURE(i);
        REQUIRE(is_equal);
    }
}

}  // namespace cria_test

#endif  // CRIA_TESTS_SUPPORT_DEVICE_MODELS_HPP
