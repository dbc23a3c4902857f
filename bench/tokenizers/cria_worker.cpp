// SPDX-License-Identifier: MIT
// cria's tokenizer as run.py measures it (worker.hpp).
//
//     cria_tokenizer_bench [--compat hf|llama_cpp]

#include <cstdio>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cria/base/buffer.hpp"
#include "cria/base/version.hpp"
#include "cria/bpe/parallel.hpp"
#include "cria/gguf/file.hpp"
#include "cria/tokenizer_from_gguf.hpp"
#include "worker.hpp"

namespace {

namespace bpe = cria::bpe;

bpe::compat mode = bpe::compat::hf;

template <class T>
auto need(cria::result<T>&& made) -> T {
    if (!made) throw std::runtime_error(made.error().message());
    return *std::move(made);
}

struct contender {
    using vocabulary = bpe::tokenizer;
    using bytes = cria::buffer<char>;

    class encoder {
    public:
        explicit encoder(const vocabulary& with) : own_(with) {}
        auto encode(std::string_view text) -> std::span<const bpe::token_id> { return need(own_.encode(text)); }

    private:
        bpe::encoder own_;
    };

    static auto name() -> std::string {
        const auto& [first, second, third] = cria::version;
        return "cria " + std::to_string(first) + "." + std::to_string(second) + "." + std::to_string(third) + (mode == bpe::compat::hf ? "" : " as llama.cpp");
    }

    /// Opening the file and closing it count: afterwards a vocabulary needs no file.
    static auto load(const std::string& path) -> std::unique_ptr<vocabulary> {
        const auto file = need(cria::gguf::file::open(path));
        return std::make_unique<vocabulary>(need(cria::tokenizer_from(file.contents(), {.mode = mode})));
    }

    /// Many texts, or one, by several threads.
    class parallel {
    public:
        parallel(const vocabulary& with, std::size_t n_threads) : own_(need(bpe::parallel_encoder::make(with, {.n_threads = static_cast<unsigned>(n_threads)}))) {}
        void encode(std::span<const std::string_view> texts) {
            ids_.clear();
            if (texts.size() == 1) {
                ids_.push_back(need(own_.encode(texts[0])));
                return;
            }
            const bpe::id_lists lists = need(own_.encode_each(texts));
            for (std::size_t i = 0; i < lists.size(); ++i) ids_.push_back(lists[i]);
        }
        /// Of each text. Borrows: until the next call.
        [[nodiscard]] auto ids() const -> const std::vector<std::span<const bpe::token_id>>& { return ids_; }

    private:
        bpe::parallel_encoder own_;
        std::vector<std::span<const bpe::token_id>> ids_;
    };

    static auto decode(const vocabulary& with, std::span<const bpe::token_id> ids, bytes& out) -> std::size_t {
        out = need(with.decode(ids));
        return out.size();
    }
};

}  // namespace

auto main(int count, char** given) -> int {
    if (count == 3 && std::string_view(given[1]) == "--compat" && std::string_view(given[2]) == "llama_cpp") mode = bpe::compat::llama_cpp;
    else if (count != 1 && !(count == 3 && std::string_view(given[1]) == "--compat" && std::string_view(given[2]) == "hf")) {
        std::fputs("usage: cria_tokenizer_bench [--compat hf|llama_cpp]\n", stderr);
        return 2;
    }
    return cria_bench::tokenizers::serve<contender>();
}
