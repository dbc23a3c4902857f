// SPDX-License-Identifier: MIT
// What each profile makes of each named file, in both byte orders: tests/support/gguf_malformed.hpp and gguf_odd.hpp.
#include <bit>
#include <cstdint>
#include <cstring>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "cria/gguf/parse.hpp"
#include "support/catch.hpp"
#include "support/gguf_malformed.hpp"
#include "support/gguf_odd.hpp"
#include "support/walk.hpp"

namespace {

using cria::errc;
using cria::gguf::parse;
using cria::gguf::policy;
using cria::gguf::profile;
using cria::gguf::situation;
using cria::gguf::verdict;
using cria_test::named_file;

constexpr std::endian both_orders[] = {std::endian::little, std::endian::big};

/// A copy that ends where its allocation ends, so that AddressSanitizer sees a read of one byte too many.
class exact_copy {
public:
    explicit exact_copy(const cria_test::file_bytes& of) : bytes_(new std::byte[of.size()]), size_(of.size()) {
        if (size_ != 0) std::memcpy(bytes_.get(), of.data(), size_);
    }
    [[nodiscard]] auto view() const -> cria::byte_view { return {bytes_.get(), size_}; }

private:
    std::unique_ptr<std::byte[]> bytes_;
    std::size_t size_;
};

/// What parse() says, as the tables say it.
auto verdict_on(const cria::result<cria::gguf::contents>& parsed) -> cria_test::expected_verdict {
    if (!parsed) return {.refusal = cria_test::expected_refusal{parsed.error().code, parsed.error().offset, std::string(parsed.error().subject.view())}};
    cria_test::expected_verdict out;
    for (const auto& warning : parsed->warnings()) out.warned.push_back(warning.what);
    return out;
}

/// The same line for what was expected and what came.
auto line_of(const cria_test::expected_verdict& of, bool only_code) -> std::string {
    auto copy = of;
    if (copy.refusal) copy.refusal->only_code = only_code;
    return cria_test::text_of(copy);
}

void check(const named_file& file) {
    const exact_copy bytes(file.bytes);
    for (const profile rules : cria_test::all_profiles) {
        const auto& expected = file.under(rules);
        const bool only_code = expected.refusal && expected.refusal->only_code;
        const auto parsed = parse(bytes.view(), policy::of(rules));
        INFO(file.name << " under " << cria::gguf::name_of(rules) << (parsed ? std::string() : ": " + parsed.error().message()));
        CHECK(line_of(verdict_on(parsed), only_code) == line_of(expected, only_code));
        if (parsed) {
            CHECK(cria_test::walk(*parsed, bytes.view()).contradictions == 0);
            CHECK(parsed->n_warnings() == parsed->warnings().size());
            for (const auto& warning : parsed->warnings()) {
                CHECK(warning.message().find('\n') == std::string::npos);
                if (parsed->has_data()) CHECK(warning.offset_bytes <= file.bytes.size());
            }
        } else {
            const std::string message = parsed.error().message();
            CHECK(message.find('\n') == std::string::npos);
            CHECK(message.find('\0') == std::string::npos);
            CHECK_FALSE(parsed.error().subject.empty());
        }
    }
}

/// Every named file in both orders.
auto all_files() -> std::vector<named_file> {
    std::vector<named_file> all;
    for (const auto order : both_orders) {
        for (auto& file : cria_test::malformed_files(order)) all.push_back(std::move(file));
        for (auto& file : cria_test::odd_files(order)) all.push_back(std::move(file));
        for (auto& file : cria_test::cut_files(order)) all.push_back(std::move(file));
    }
    return all;
}

/// Those that parse() can meet; the others are for whoever reads the data.
auto header_situations() -> std::vector<situation> {
    std::vector<situation> out;
    for (std::size_t i = 0; i < cria::gguf::n_situations; ++i)
        if (static_cast<situation>(i) != situation::zero_tail) out.push_back(static_cast<situation>(i));
    return out;
}

auto rows_of(const std::string& rows) -> std::vector<std::string> {
    std::istringstream in(rows);
    std::vector<std::string> out;
    for (std::string row; in >> row;) out.push_back(row);
    return out;
}

}  // namespace

TEST_CASE("every malformed file gets each profile's verdict: its warnings, or its code, offset and subject", "[named]") {
    for (const auto order : both_orders) {
        INFO((order == std::endian::big ? "big-endian" : "little-endian"));
        for (const auto& file : cria_test::malformed_files(order)) check(file);
    }
}

TEST_CASE("every odd but valid file gets each profile's verdict", "[named]") {
    for (const auto order : both_orders) {
        INFO((order == std::endian::big ? "big-endian" : "little-endian"));
        for (const auto& file : cria_test::odd_files(order)) {
            check(file);
            // Odd is not malformed: whoever looks at files can open each of them.
            CHECK_FALSE(file.under(profile::lenient).refusal.has_value());
            CHECK_FALSE(file.under(profile::standard).refusal.has_value());
        }
    }
}

TEST_CASE("a file cut at any byte is refused for what is missing", "[named]") {
    for (const auto order : both_orders)
        for (const auto& file : cria_test::cut_files(order)) {
            check(file);
            const auto parsed = parse(exact_copy(file.bytes).view());
            REQUIRE_FALSE(parsed);
            CHECK(parsed.error().offset != cria::error::no_offset);
        }
}

TEST_CASE("names are unique, and files are enough to be worth a name", "[named]") {
    for (const auto order : both_orders) {
        std::set<std::string> names;
        std::size_t n_malformed = 0;
        for (const auto& file : cria_test::malformed_files(order)) {
            CHECK(names.insert(file.name).second);
            n_malformed += file.under(profile::standard).refusal.has_value() ? 1 : 0;
        }
        CHECK(n_malformed > 150);
        names.clear();
        for (const auto& file : cria_test::odd_files(order)) CHECK(names.insert(file.name).second);
        CHECK(names.size() > 60);
    }
}

TEST_CASE("no row of the catalogue of malformations is without a file", "[named]") {
    std::set<std::string> covered;
    for (const auto& file : all_files()) {
        INFO(file.name);
        CHECK_FALSE((file.rows.empty()));
        for (auto& row : rows_of(file.rows)) covered.insert(std::move(row));
    }
    for (const auto& set : cria_test::malformed_shard_sets()) {
        INFO(set.name);
        CHECK_FALSE(set.rows.empty());
        for (auto& row : rows_of(set.rows)) covered.insert(std::move(row));
    }
    covered.insert("4.3/67");  // typed getters on values of other types: value_test.cpp, array_test.cpp
    covered.insert("4.3/68");  // a hundred thousand keys or tensors: parse_cost_test.cpp
    covered.insert("4.4/u");   // files beyond 4 GiB: prefix_test.cpp, and io's tests of 32-bit hosts

    std::set<std::string> wanted;
    for (int row = 1; row <= 68; ++row) wanted.insert("4.3/" + std::to_string(row));
    for (char letter = 'a'; letter <= 'u'; ++letter) wanted.insert(std::string("4.4/") + letter);
    for (const situation what : header_situations()) wanted.insert(std::string("1.8/") + cria::gguf::name_of(what));
    for (const auto& row : wanted) {
        INFO(row);
        CHECK(covered.count(row) == 1);
    }
    for (const auto& row : covered) {
        INFO(row << " is no row");
        CHECK(wanted.count(row) == 1);
    }
}

TEST_CASE("each situation follows its verdict, whatever the rest of the policy says", "[named]") {
    for (const auto order : both_orders)
        for (const situation what : header_situations()) {
            std::size_t n_files = 0;
            auto files = cria_test::malformed_files(order);
            for (auto& file : cria_test::odd_files(order)) files.push_back(std::move(file));
            for (const auto& file : files) {
                if (!file.stands_for(std::string("1.8/") + cria::gguf::name_of(what))) continue;
                ++n_files;
                INFO(file.name << ", " << cria::gguf::name_of(what) << (order == std::endian::big ? ", big-endian" : ""));
                policy rules;
                for (std::size_t other = 0; other < cria::gguf::n_situations; ++other) rules.on[static_cast<situation>(other)] = verdict::accept;

                const auto accepted = parse(file.bytes, rules);
                REQUIRE(accepted);
                CHECK(accepted->n_warnings() == 0);

                rules.on[what] = verdict::warn;
                const auto warned = parse(file.bytes, rules);
                REQUIRE(warned);
                REQUIRE(warned->n_warnings() >= 1);
                for (const auto& warning : warned->warnings()) CHECK(warning.what == what);

                rules.on[what] = verdict::reject;
                const auto rejected = parse(file.bytes, rules);
                REQUIRE_FALSE(rejected);
                CHECK(rejected.error().offset == warned->warnings()[0].offset_bytes);  // the error is about what the warning was about
            }
            // Version 1 is little-endian; the other order is what big-endian files are all about.
            INFO(cria::gguf::name_of(what));
            if (order == std::endian::little || (what != situation::version_1 && what != situation::byte_swapped)) CHECK(n_files > 0);
        }
}
