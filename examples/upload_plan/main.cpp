// SPDX-License-Identifier: MIT
// Where the tensors of a model file go in a device's memory, and in which copies they get there. Nothing is
// copied and no device is needed: a plan is a value. Any architecture will do, since a plan is made of bytes.
//
//     cria_upload_plan model.gguf
//     cria_upload_plan model.gguf --copies
#include <fmt/format.h>

#include <cstdio>
#include <string_view>

#include "cria/fmt.hpp"
#include "cria/gguf/file.hpp"
#include "cria/llama/upload_plan.hpp"
#include "cria/upload/plan_text.hpp"

namespace {

int fail(const cria::error& why) {
    fmt::print(stderr, "cria_upload_plan: error: {}\n", why);
    return 1;
}

}  // namespace

int main(int argc, char** argv) {
    const bool lists_copies = argc == 3 && std::string_view(argv[2]) == "--copies";
    if (argc != 2 && !lists_copies) {
        fmt::print(stderr, "usage: cria_upload_plan MODEL [--copies]\n");
        return 2;
    }
    const auto file = cria::gguf::file::open(argv[1]);
    if (!file) return fail(file.error());
    const auto plan = cria::llama::plan_upload(file->tensors());
    if (!plan) return fail(plan.error());

    fmt::print("{}: {} tensors, {} bytes of file\n", argv[1], file->tensors().size(), file->size_bytes());
    fmt::print("{}", to_text(*plan, lists_copies ? cria::upload::plan_detail::copies : cria::upload::plan_detail::summary));
    return 0;
}
