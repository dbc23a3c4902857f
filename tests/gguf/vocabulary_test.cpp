// SPDX-License-Identifier: MIT
// Real vocabulary files: whole, cut, and with bytes changed at random.
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cria/gguf/file.hpp"
#include "support/catch.hpp"
#include "support/random.hpp"
#include "support/shared_data.hpp"
#include "support/walk.hpp"

namespace {

using cria::errc;

/// An exact copy of a file on the heap, so that the sanitizers see a read past its end.
struct vocabulary {
    std::string_view name;
    std::unique_ptr<std::byte[]> bytes;
    std::size_t size = 0;
    [[nodiscard]] auto view() const -> cria::byte_view { return {bytes.get(), size}; }
};

auto load(std::string_view name) -> vocabulary {
    const auto read = cria_test::read_whole(cria_test::vocabulary_path(name));
    if (!read) return {name, nullptr, 0};
    vocabulary loaded{name, std::unique_ptr<std::byte[]>(new std::byte[read->size()]), read->size()};
    std::memcpy(loaded.bytes.get(), read->data(), read->size());
    return loaded;
}

/// Value or typed error; a value is walked from end to end every so often (strings of a hundred thousand tokens take time).
auto is_value_or_error(cria::byte_view bytes, bool walk_it) -> bool {
    const auto parsed = cria::gguf::parse(bytes);
    if (!parsed) return parsed.error().code != errc::incomplete && parsed.error().message().find('\n') == std::string::npos;
    return !walk_it || cria_test::walk(*parsed, bytes).contradictions == 0;
}

/// `n` variants of each vocabulary with one to sixteen bytes changed, half of them within the first and last few
/// thousand bytes, where the structure is; and each cut at `n` places.
void spoil(std::size_t n) {
    for (const std::string_view name : cria_test::vocabulary_names) {
        const vocabulary file = load(name);
        if (file.size == 0) return cria_test::skip("no vocabularies under CRIA_SHARED_DIR");
        INFO(name);
        REQUIRE(is_value_or_error(file.view(), true));
        cria_test::random_numbers random(file.size);
        for (std::size_t variant = 0; variant < n; ++variant) {
            CAPTURE(variant);
            std::size_t places[16];
            std::byte before[16];
            const std::size_t n_changes = 1 + random.below(16);
            for (std::size_t i = 0; i < n_changes; ++i) {
                switch (random.below(4)) {
                    case 0: places[i] = random.below(2048); break;
                    case 1: places[i] = file.size - 1 - random.below(2048); break;
                    default: places[i] = random.below(file.size); break;
                }
                before[i] = file.bytes[places[i]];
                file.bytes[places[i]] = static_cast<std::byte>(random.below(256));
            }
            const bool fine = is_value_or_error(file.view(), true);
            for (std::size_t i = n_changes; i-- > 0;) file.bytes[places[i]] = before[i];
            if (!fine) FAIL("neither a value nor a typed error");
        }
        for (std::size_t variant = 0; variant < n; ++variant) {
            const std::size_t cut = random.below(file.size);
            CAPTURE(cut);
            // A copy, so that the end of the bytes is the end of an allocation.
            const std::unique_ptr<std::byte[]> shorter(new std::byte[cut]);
            if (cut != 0) std::memcpy(shorter.get(), file.bytes.get(), cut);
            const auto parsed = cria::gguf::parse({shorter.get(), cut});
            // These files have no tensors, so that every cut is a cut in the header or in its padding.
            if (parsed) REQUIRE(cria_test::walk(*parsed).contradictions == 0);
            else REQUIRE(parsed.error().code == errc::truncated);
        }
    }
}

}  // namespace

TEST_CASE("every vocabulary opens mapped and owned, and says the same", "[conformance]") {
    for (const std::string_view name : cria_test::vocabulary_names) {
        INFO(name);
        const auto path = cria_test::vocabulary_path(name);
        const auto mapped = cria::gguf::file::open(path);
        if (!mapped && mapped.error().code == errc::file_not_found) return cria_test::skip("no vocabularies under CRIA_SHARED_DIR");
        REQUIRE(mapped);
        const auto owned = cria::gguf::file::open(path, {.how = cria::io::access::owned});
        REQUIRE(owned);
        const auto a = cria_test::walk(mapped->contents());
        const auto b = cria_test::walk(owned->contents());
        CHECK(a.contradictions == 0);
        CHECK(b.contradictions == 0);
        CHECK(a.sum == b.sum);
        const auto tokens = mapped->metadata().get<cria::gguf::string_array>("tokenizer.ggml.tokens");
        REQUIRE(tokens);
        CHECK(tokens->size() > 30000);
    }
}

TEST_CASE("vocabularies with bytes changed or cut off give a value or a typed error", "[conformance]") { spoil(50); }

TEST_CASE("500 spoilt variants of each vocabulary give a value or a typed error", "[conformance][slow]") { spoil(500); }
