// SPDX-License-Identifier: MIT
// By which texts tokens get a role that the file does not give, from the library's own lists: docs/gguf-bpe-tokenizer.md shows what this prints.
#include <cstdio>
#include <string>
#include <string_view>

#include "cria/bpe/special_roles.hpp"

namespace {

namespace bpe = cria::bpe;

auto name_of(std::optional<bpe::token_id> bpe::special_ids::*role) -> const char* {
    if (role == &bpe::special_ids::eot) return "end of turn";
    if (role == &bpe::special_ids::eom) return "end of message";
    if (role == &bpe::special_ids::fim_prefix) return "fill in: before";
    if (role == &bpe::special_ids::fim_suffix) return "fill in: behind";
    if (role == &bpe::special_ids::fim_middle) return "fill in: here";
    if (role == &bpe::special_ids::fim_pad) return "fill in: padding";
    if (role == &bpe::special_ids::fim_repo) return "repository";
    return "next file";
}

/// Texts behind a name, a line for as many as it has room for.
template <class Texts>
void print(const char* name, const Texts& texts) {
    std::string line;
    for (const std::string_view text : texts) {
        if (text.empty()) break;
        if (line.size() + text.size() > 110) {
            std::printf("%-17s%s\n", name, line.c_str());
            name = "", line.clear();
        }
        line += (line.empty() ? "" : " ") + std::string(text);
    }
    std::printf("%-17s%s\n", name, line.c_str());
}

}  // namespace

auto main() -> int {
    std::printf("# [roles]\n");
    for (const auto& role : bpe::detail::roles_by_text) print(name_of(role.id), role.texts);
    std::printf("# [roles]\n# [endings]\n");
    print("ends generation", bpe::detail::ending_texts);
    print("shown to people", bpe::detail::shown_texts);
    std::printf("# [endings]\n");
    return 0;
}
