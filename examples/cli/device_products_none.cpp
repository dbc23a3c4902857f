// SPDX-License-Identifier: MIT
// device_products.hpp without cuBLAS. Who has looked for the device knows by now whether the program has CUDA.
#include "device_products.hpp"

namespace cli {

auto products_on_device(const products_request&) -> cria::result<std::unique_ptr<engine::products>> {
    return cria::error{cria::errc::no_device, "--device"}.because("this program was built without cuBLAS, which multiplies there");
}

}  // namespace cli
