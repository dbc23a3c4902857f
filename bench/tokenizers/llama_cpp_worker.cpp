// SPDX-License-Identifier: MIT
// llama.cpp's tokenizer as run.py measures it (worker.hpp). Made where CRIA_PEER_LLAMA_CPP names a folder of
// bench/peers/llama_cpp.sh --llama.

#include <llama.h>

#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "worker.hpp"

namespace {

void say_nothing(ggml_log_level, const char*, void*) {}

auto length_of(std::size_t size) -> std::int32_t {
    if (size > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max())) throw std::runtime_error("more than llama.cpp takes");
    return static_cast<std::int32_t>(size);
}

struct contender {
    using bytes = std::vector<char>;
    struct vocabulary {
        std::unique_ptr<llama_model, decltype(&llama_model_free)> model{nullptr, llama_model_free};
        const llama_vocab* own = nullptr;
    };

    class encoder {
    public:
        explicit encoder(const vocabulary& with) : own_(with.own) {}
        auto encode(std::string_view text) -> std::span<const llama_token> {
            if (ids_.size() < text.size() + 2) ids_.resize(text.size() + 2);
            std::int32_t n = give(text);
            if (n < 0) {
                ids_.resize(static_cast<std::size_t>(-std::int64_t{n}));
                n = give(text);
            }
            return std::span(ids_).first(static_cast<std::size_t>(n));
        }

    private:
        auto give(std::string_view text) -> std::int32_t {
            return llama_tokenize(own_, text.data(), length_of(text.size()), ids_.data(), length_of(ids_.size()), false, false);
        }
        const llama_vocab* own_;
        std::vector<llama_token> ids_;
    };

    static auto name() -> std::string { return "llama.cpp of llama-cpp-python " CRIA_PEER_RELEASE; }

    static auto load(const std::string& path) -> std::unique_ptr<vocabulary> {
        llama_model_params parameters = llama_model_default_params();
        parameters.vocab_only = true;
        auto made = std::make_unique<vocabulary>();
        made->model.reset(llama_model_load_from_file(path.c_str(), parameters));
        if (!made->model) throw std::runtime_error("does not load " + path);
        made->own = llama_model_get_vocab(made->model.get());
        return made;
    }

    static auto decode(const vocabulary& with, std::span<const llama_token> ids, bytes& out) -> std::size_t {
        if (out.size() < 8 * ids.size() + 64) out.resize(8 * ids.size() + 64);
        const auto give = [&] { return llama_detokenize(with.own, ids.data(), length_of(ids.size()), out.data(), length_of(out.size()), false, true); };
        std::int32_t n = give();
        if (n < 0) {
            out.resize(static_cast<std::size_t>(-std::int64_t{n}));
            n = give();
        }
        return static_cast<std::size_t>(n);
    }
};

}  // namespace

auto main() -> int {
    llama_log_set(say_nothing, nullptr);
    llama_backend_init();
    return cria_bench::tokenizers::serve<contender>();
}
