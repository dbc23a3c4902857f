// SPDX-License-Identifier: MIT
#include "payload.hpp"

#include <algorithm>
#include <bit>  // endian
#include <cstddef>
#include <cstdint>
#include <optional>

#include "parallel.hpp"

namespace cli {
namespace {

namespace gguf = cria::gguf;
namespace quant = cria::quant;

/// Some blocks of a tensor: what one worker takes at a time.
struct piece {
    std::size_t entry;  // in the list of readable tensors
    std::uint64_t first_block;
    cria::byte_view blocks;
    std::optional<quant::payload_fault> fault = {};
};

struct readable_tensor {
    const gguf::tensor* tensor;
    cria::geometry layout;
    cria::byte_view data;
};

/// A tensor's data, if the checks know its type.
auto readable(const gguf::shards& model, const gguf::tensor& of) -> cria::result<readable_tensor> {
    CRIA_TRY(const auto data, model.bytes(of));
    if (const auto none = quant::find_fault(of.type, data.first(0), of.shape[0]); !none) return none.error();
    const auto layout = cria::geometry_of(of.type);
    if (model.byte_order() != std::endian::little && layout->bytes_per_block > 1)
        return cria::error{cria::errc::unsupported_feature, "data"}.because("big-endian data is not looked at");
    return readable_tensor{&of, *layout, data};
}

auto pieces_of(std::size_t entry, const readable_tensor& from) -> std::vector<piece> {
    constexpr std::uint64_t most_bytes = std::uint64_t{1} << 22U;
    const std::uint64_t block_bytes = from.layout.bytes_per_block, step = most_bytes / block_bytes, n_blocks = from.data.size() / block_bytes;
    std::vector<piece> pieces;
    for (std::uint64_t first = 0; first < n_blocks; first += step)
        pieces.push_back({entry, first, from.data.subspan(first * block_bytes, std::min(step, n_blocks - first) * block_bytes)});
    return pieces;
}

/// The fault of a piece as one of the whole tensor.
auto whole_fault(const piece& found, const readable_tensor& in) -> quant::payload_fault {
    quant::payload_fault fault = *found.fault;
    fault.block += found.first_block;
    fault.row = fault.block / (in.tensor->shape[0] / in.layout.elements_per_block);
    fault.offset_bytes = fault.block * in.layout.bytes_per_block;
    return fault;
}

}  // namespace

auto check_payload(const gguf::shards& model) -> payload_report {
    payload_report report;
    std::vector<readable_tensor> tensors;
    std::vector<piece> pieces;
    std::uint64_t to_read = 0;
    for (const gguf::tensor& tensor : model.tensors()) {
        if (tensor.size_bytes == 0 || !model[tensor.shard].contents().has_data()) continue;
        const auto found = readable(model, tensor);
        if (!found) {
            report.unread.push_back({&tensor, found.error()});
            continue;
        }
        const std::vector<piece> more = pieces_of(tensors.size(), *found);
        pieces.insert(pieces.end(), more.begin(), more.end());
        tensors.push_back(*found);
        to_read += tensor.size_bytes;
    }

    shared_progress shown(to_read);
    for_each_index(pieces.size(), useful_workers(), [&](std::size_t worker, std::size_t i) {
        piece& next = pieces[i];
        const readable_tensor& in = tensors[next.entry];
        const auto found = quant::find_fault(in.tensor->type, next.blocks, in.layout.elements_per_block);
        if (found) next.fault = *found;  // it does not fail: whole blocks of a type that it knows
        shown.advance(worker, next.blocks.size());
    });

    for (const piece& each : pieces) {
        const readable_tensor& in = tensors[each.entry];
        if (!each.fault || (!report.bad.empty() && report.bad.back().tensor == in.tensor)) continue;
        report.bad.push_back({in.tensor, whole_fault(each, in)});
    }
    return report;
}

}  // namespace cli
