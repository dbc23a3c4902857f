// SPDX-License-Identifier: MIT
#ifndef CRIA_CLI_PAYLOAD_HPP
#define CRIA_CLI_PAYLOAD_HPP

#include <vector>

#include "cria/base/result.hpp"
#include "cria/gguf/shards.hpp"
#include "cria/gguf/tensor.hpp"
#include "cria/quant/validate.hpp"

// What a model's data says about itself: every block of every tensor, by all processors, with a progress line.

namespace cli {

/// The first block of a tensor that nobody can have written on purpose.
struct bad_payload {
    const cria::gguf::tensor* tensor;
    cria::quant::payload_fault fault;  ///< its offset counts from the start of the tensor
};

/// A tensor whose data could not be looked at.
struct unread_payload {
    const cria::gguf::tensor* tensor;
    cria::error why;  ///< errc::unsupported_type and unsupported_feature: cria does not know what would be right
};

struct payload_report {
    std::vector<bad_payload> bad;        ///< in the order of the tensors, one each at most
    std::vector<unread_payload> unread;  ///< in the order of the tensors
};

/// Reads all data of `model`.
/// Borrows: the model's tensors.
[[nodiscard]] auto check_payload(const cria::gguf::shards& model) -> payload_report;

}  // namespace cli

#endif  // CRIA_CLI_PAYLOAD_HPP
