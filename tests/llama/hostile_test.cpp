// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "cria/bpe/text_stream.hpp"
#include "cria/llama/model.hpp"
#include "cria/llama/upload_plan.hpp"
#include "support/catch.hpp"
#include "support/random.hpp"
#include "support/shared_data.hpp"
#include "support/temp_file.hpp"
#include "support/tiny_models.hpp"

// Broken models, through the door that everybody uses: whatever llama::open is given, it returns a model or a
// typed error, and a model can be used. Each case damages one file in place, on disk, and opens it again. The
// numbers are drawn anew for each variant, from its own seed, so that a variant can be tried alone.

namespace llama = cria::llama;
namespace gguf = cria::gguf;

namespace {

using file_bytes = std::vector<std::byte>;

/// Reads everything that a reader of models would, and gives a number that depends on all of it.
class reader {
public:
    auto read(const llama::model& model) -> std::uint64_t {
        for (const gguf::metadata_entry& entry : model.files().metadata()) read_entry(entry);
        for (const gguf::tensor& tensor : model.files().tensors()) read_tensor(model, tensor);
        for (const gguf::tensor* tensor : model.weights().unused()) sum_ += tensor->name.size();
        for (const llama::layer_weights& layer : model.weights().layers) sum_ += layer.attn_norm->offset_bytes;
        read_tokenizer(model.tokenizer());
        const auto plan = llama::plan_upload(model.files().tensors(), {.chunk_bytes = 65536});
        REQUIRE(plan.has_value());
        sum_ += plan->arenas()[0].size_bytes;
        return sum_;
    }

private:
    void read_entry(const gguf::metadata_entry& entry) {
        sum_ += entry.key.size();
        const gguf::value& value = entry.value;
        if (const auto text = value.get<std::string_view>()) add(*text);
        if (const auto number = value.as<std::uint64_t>()) sum_ += *number;
        if (const auto number = value.as<double>()) sum_ += *number > 0 ? 1 : 0;
        if (const auto flag = value.as<bool>()) sum_ += *flag ? 1 : 0;
        if (const auto texts = value.get<gguf::string_array>())
            for (const std::string_view text : *texts) add(text);
        if (const auto numbers = value.get<gguf::array<std::int64_t>>())
            for (const std::int64_t number : *numbers) sum_ += static_cast<std::uint64_t>(number);
        if (const auto numbers = value.get<gguf::array<double>>())
            for (const double number : *numbers) sum_ += number > 0 ? 1 : 0;
    }
    void read_tensor(const llama::model& model, const gguf::tensor& tensor) {
        add(tensor.name);
        sum_ += llama::role_of(tensor.name).size() + tensor.shape.elements();
        if (tensor.size_bytes == 0) return;
        std::byte ends[2];
        REQUIRE(model.files().read(tensor, 0, {&ends[0], 1}).has_value());
        REQUIRE(model.files().read(tensor, tensor.size_bytes - 1, {&ends[1], 1}).has_value());
        sum_ += static_cast<std::uint64_t>(ends[0]) + static_cast<std::uint64_t>(ends[1]);
    }
    void read_tokenizer(const cria::bpe::tokenizer& tokenizer) {
        constexpr std::string_view text = "  Once upon a time, h\xC3\xA9llo <|user|></s>\xE2\x82 42\n";
        const auto ids = tokenizer.encode(text, {.add_special = true, .parse = cria::bpe::parse_special::all});
        if (!ids) return add(ids.error().message());
        for (const auto id : *ids) REQUIRE(tokenizer.contains(id));
        const auto decoded = tokenizer.decode(ids->span());
        REQUIRE(decoded.has_value());
        add(decoded->view());
        cria::bpe::text_stream stream(tokenizer);
        const auto sink = [&](std::string_view piece) { add(piece); };
        for (std::size_t id = 0; id < tokenizer.size(); id += 7) REQUIRE(stream.push(static_cast<cria::bpe::token_id>(id), sink).has_value());
        stream.finish(sink);
        for (const auto& note : tokenizer.notes()) sum_ += static_cast<std::uint64_t>(note.what);
    }
    void add(std::string_view text) {
        for (const char c : text) sum_ = sum_ * 31 + static_cast<unsigned char>(c);
    }

    std::uint64_t sum_ = 0;
};

/// Opens and, if that succeeds, reads. Fails the test for an error that is not a proper one.
auto open_and_read(const std::string& path, cria::io::access how) -> bool {
    const auto model = llama::open(path, {.how = how});
    if (!model) {
        const std::string message = model.error().message();
        REQUIRE(cria::name_of(model.error().code) != std::string_view("unknown"));
        REQUIRE_FALSE(message.empty());
        REQUIRE(message.find('\n') == std::string::npos);
        return false;
    }
    static_cast<void>(reader().read(*model));
    return true;
}

void write_at(std::FILE* file, std::uint64_t offset, std::byte value) {
    REQUIRE(std::fseek(file, static_cast<long>(offset), SEEK_SET) == 0);
    REQUIRE(std::fputc(static_cast<int>(value), file) != EOF);
}

/// Changes one to eight bytes, every second of them in the header, `n_variants` times.
void flip_bytes(const file_bytes& bytes, std::uint64_t n_variants) {
    const auto parsed = gguf::parse(bytes);
    REQUIRE(parsed.has_value());
    const std::uint64_t header_bytes = parsed->header_bytes();
    const cria_test::temp_file damaged(bytes);
    std::uint64_t n_opened = 0;
    std::uint64_t n_refused = 0;
    for (std::uint64_t variant = 0; variant < n_variants; ++variant) {
        CAPTURE(variant);
        cria_test::random_numbers random(variant);
        std::FILE* const file = std::fopen(damaged.path().c_str(), "r+b");
        REQUIRE(file != nullptr);
        std::map<std::uint64_t, std::byte> flips;
        const std::uint64_t n_flips = 1 + random.below(8);
        for (std::uint64_t flip = 0; flip < n_flips; ++flip) {
            const std::uint64_t at = random.below(random.below(2) == 0 ? header_bytes : bytes.size());
            flips[at] = bytes[at] ^ static_cast<std::byte>(1 + random.below(255));
        }
        for (const auto& [at, value] : flips) write_at(file, at, value);
        REQUIRE(std::fflush(file) == 0);
        const bool opened = open_and_read(damaged.path(), variant % 4 == 3 ? cria::io::access::owned : cria::io::access::mapped);
        ++(opened ? n_opened : n_refused);
        for (const auto& [at, value] : flips) write_at(file, at, bytes[at]);
        REQUIRE(std::fclose(file) == 0);
    }
    // Neither a reader that refuses everything nor one that believes everything passes.
    CHECK(n_opened > n_variants / 20);
    CHECK(n_refused > n_variants / 20);
    CHECK(open_and_read(damaged.path(), cria::io::access::mapped));  // all bytes were put back
}

/// Cuts the file at every `step`-th byte.
void truncate(const file_bytes& bytes, std::uint64_t step) {
    const auto parsed = gguf::parse(bytes);
    REQUIRE(parsed.has_value());
    std::uint64_t data_end = 0;
    for (const gguf::tensor& tensor : parsed->tensors()) data_end = (std::max)(data_end, tensor.offset_bytes + tensor.size_bytes);
    const cria_test::temp_file cut(bytes);
    for (std::uint64_t size = (bytes.size() - 1) / step * step;; size -= step) {
        CAPTURE(size);
        std::filesystem::resize_file(cut.path(), size);
        // Padding behind the last tensor holds nothing.
        REQUIRE(open_and_read(cut.path(), cria::io::access::mapped) == (size >= data_end));
        REQUIRE(open_and_read(cut.path(), cria::io::access::owned) == (size >= data_end));
        if (size == 0) break;
    }
}

/// The shipped models and the shared one: what people really open.
auto real_models() -> std::vector<file_bytes> {
    std::vector<std::string> paths = {cria_test::shared_path("models/aidreams260K.gguf")};
    std::error_code failed;
    for (const auto& entry : std::filesystem::directory_iterator(CRIA_MODELS_DIR, failed))
        if (entry.path().extension() == ".gguf") paths.push_back(entry.path().string());
    std::vector<file_bytes> models;
    for (const std::string& path : paths)
        if (auto bytes = cria_test::read_whole(path)) models.push_back(*std::move(bytes));
    return models;
}

}  // namespace

TEST_CASE("a small model with flipped bytes opens or is refused, and never anything else") {
    flip_bytes(cria_test::tiny_llama().build(), 1000);
    flip_bytes(cria_test::tiny_llama_spm().build(), 1000);
}

TEST_CASE("a small model cut at any place is refused") {
    truncate(cria_test::tiny_llama({.n_layers = 1}).build(), 211);
    truncate(cria_test::tiny_llama_spm({.n_layers = 1}).build(), 211);
}

TEST_CASE("a real model with flipped bytes opens or is refused, 2,000 times") {
    const auto models = real_models();
    if (models.empty()) return cria_test::skip("no model in CRIA_MODELS_DIR or CRIA_SHARED_DIR");
    for (const file_bytes& bytes : models) flip_bytes(bytes, 2000 / models.size());
}

TEST_CASE("a real model cut at every 1,009th byte is refused") {
    const auto models = real_models();
    if (models.empty()) return cria_test::skip("no model in CRIA_MODELS_DIR or CRIA_SHARED_DIR");
    for (const file_bytes& bytes : models) truncate(bytes, 1009);
}

TEST_CASE("real and small models with flipped bytes open or are refused, 20,000 times each", "[slow]") {
    flip_bytes(cria_test::tiny_llama().build(), 20000);
    flip_bytes(cria_test::tiny_llama_spm().build(), 20000);
    const auto models = real_models();
    for (const file_bytes& bytes : models) flip_bytes(bytes, 20000);
    if (models.empty()) return cria_test::skip("no model in CRIA_MODELS_DIR or CRIA_SHARED_DIR");
}

TEST_CASE("a small model cut at every byte is refused", "[slow]") {
    truncate(cria_test::tiny_llama({.n_layers = 1, .n_embedding = 16, .n_heads = 2, .n_kv_heads = 1, .n_feed_forward = 16}).build(), 1);
}
