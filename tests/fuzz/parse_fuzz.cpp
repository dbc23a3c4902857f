// SPDX-License-Identifier: MIT
// gguf::parse on any bytes: a value or a typed error, and every view in the value is readable to its end.
//
//   cmake --preset fuzz && cmake --build --preset fuzz && build/fuzz/bin/cria_parse_fuzz -max_len=4096 CORPUS
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "cria/gguf.hpp"

namespace {

auto sum_of(cria::byte_view bytes) -> std::size_t {
    std::size_t sum = 0;
    for (const std::byte b : bytes) sum += std::to_integer<std::size_t>(b);
    return sum;
}

}  // namespace

extern "C" auto LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) -> int {
    const cria::byte_view bytes{reinterpret_cast<const std::byte*>(data), size};
    const auto contents = cria::gguf::parse(bytes);
    if (!contents) {
        if (contents.error().message().empty()) std::abort();
        return 0;
    }

    std::size_t sum = 0;
    for (const auto& entry : contents->metadata()) {
        if (contents->metadata().find(entry.key) != &entry.value) std::abort();
        sum += sum_of(entry.value.bytes());
        if (const auto strings = entry.value.get<cria::gguf::string_array>())
            for (const std::string_view text : *strings) sum += text.size();
        if (const auto numbers = entry.value.get<cria::gguf::array<double>>())
            for (const double number : *numbers) sum += number > 0;
        if (const auto number = entry.value.as<std::uint32_t>()) sum += *number;
    }
    for (const auto& tensor : contents->tensors()) {
        if (contents->tensors().find(tensor.name) != &tensor) std::abort();
        if (tensor.offset_bytes > size || tensor.size_bytes > size - tensor.offset_bytes) std::abort();
        sum += sum_of(bytes.subspan(static_cast<std::size_t>(tensor.offset_bytes), static_cast<std::size_t>(tensor.size_bytes)));
    }
    [[maybe_unused]] const volatile std::size_t kept = sum;  // so that nothing is optimised away
    return 0;
}
