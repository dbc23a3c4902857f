// SPDX-License-Identifier: MIT
#include "cria/llama/chat_template.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cria/gguf/parse.hpp"
#include "support/catch.hpp"
#include "support/gguf_builder.hpp"

namespace {

namespace llama = cria::llama;
using cria_test::gguf_builder;
using texts = std::vector<std::string>;

/// The templates of a file with the bytes they point into.
struct opened {
    explicit opened(const gguf_builder& file) : bytes(file.build()) {
        auto parsed = cria::gguf::parse({bytes.data(), bytes.size()});
        if (!parsed) FAIL(parsed.error().message());
        contents.emplace(*std::move(parsed));
        auto read = llama::chat_templates_from(contents->metadata());
        if (!read) FAIL(read.error().message());
        templates = *std::move(read);
    }
    cria_test::file_bytes bytes;
    std::optional<cria::gguf::contents> contents;
    llama::chat_templates templates;
};

auto failure(const gguf_builder& file) -> cria::error {
    const auto bytes = file.build();
    const auto parsed = cria::gguf::parse({bytes.data(), bytes.size()});
    REQUIRE(parsed);
    const auto read = llama::chat_templates_from(parsed->metadata());
    REQUIRE(!read);
    return read.error();
}

auto three() -> gguf_builder {
    return gguf_builder()
        .key("tokenizer.chat_template.tool_use", "with tools")
        .array("tokenizer.chat_templates", texts{"tool_use", "rag-2"})
        .key("tokenizer.chat_template", "plain")
        .key("tokenizer.chat_template.rag_2", "with documents");
}

}  // namespace

TEST_CASE("a file's templates come with their names, the default one first") {
    const opened file(three());
    REQUIRE(file.templates.size() == 3);
    CHECK(file.templates[0].name.empty());
    CHECK(file.templates[0].text == "plain");
    CHECK(file.templates[1].name == "tool_use");
    CHECK(file.templates[2].name == "rag_2");
    CHECK(file.templates[2].text == "with documents");
    CHECK(file.templates.find() == "plain");
    CHECK(file.templates.find("default") == "plain");
    CHECK(file.templates.find("tool_use") == "with tools");
    CHECK(!file.templates.find("rag"));
}

TEST_CASE("names are found in the form in which writers store them") {
    const opened file(three());
    CHECK(file.templates.find("rag-2") == "with documents");
    CHECK(file.templates.find("rag.2") == "with documents");
    CHECK(file.templates.find("tool use") == "with tools");
    CHECK(!file.templates.find("rag-22"));
}

TEST_CASE("tool_use is chosen for a request with tools, and where there is nothing else") {
    const opened both(three());
    CHECK(both.templates.choose(true) == "with tools");
    CHECK(both.templates.choose(false) == "plain");
    const opened plain(gguf_builder().key("tokenizer.chat_template", "plain"));
    CHECK(plain.templates.choose(true) == "plain");
    const opened tools(gguf_builder().key("tokenizer.chat_template.tool_use", "with tools").key("tokenizer.chat_template", ""));
    CHECK(tools.templates.choose(false) == "with tools");
    const opened other(gguf_builder().key("tokenizer.chat_template.rag", "with documents"));
    CHECK(!other.templates.choose(true));
    CHECK(!other.templates.choose(false));
}

TEST_CASE("a file without templates has none, which is no error") {
    const opened none(gguf_builder().key("general.name", "x"));
    CHECK(none.templates.empty());
    CHECK(!none.templates.choose(false));
    const auto missing = none.templates.get("rag");
    REQUIRE(!missing);
    CHECK(missing.error().code == cria::errc::missing_key);
    CHECK(missing.error().subject.view() == "tokenizer.chat_template.rag");
    CHECK(none.templates.get("default").error().subject.view() == "tokenizer.chat_template");
}

TEST_CASE("a default template that is stored by its name is the default one, where there is no other") {
    const opened named(gguf_builder().key("tokenizer.chat_template.default", "named"));
    CHECK(named.templates.find() == "named");
    CHECK(named.templates.choose(false) == "named");
    const opened both(gguf_builder().key("tokenizer.chat_template.default", "named").key("tokenizer.chat_template", "plain"));
    CHECK(both.templates.find("default") == "plain");
    const opened listed(gguf_builder().array("tokenizer.chat_templates", texts{"default"}).key("tokenizer.chat_template", "plain"));
    CHECK(listed.templates.find() == "plain");
}

TEST_CASE("an empty template is as good as none, and get says that it is empty") {
    const opened empty(gguf_builder().key("tokenizer.chat_template", ""));
    CHECK(empty.templates.size() == 1);
    CHECK(!empty.templates.find());
    const auto why = empty.templates.get();
    REQUIRE(!why);
    CHECK(why.error().code == cria::errc::invalid_value);
    CHECK(why.error().message() == "tokenizer.chat_template: is empty");
}

TEST_CASE("a template of another type is an error that says where") {
    const auto number = failure(gguf_builder().key("tokenizer.chat_template", std::uint32_t{1}));
    CHECK(number.code == cria::errc::wrong_type);
    CHECK(number.subject.view() == "tokenizer.chat_template");
    CHECK(number.offset != cria::error::no_offset);
    const auto list = failure(gguf_builder().array("tokenizer.chat_template.rag", texts{"a"}));
    CHECK(list.code == cria::errc::wrong_type);
    CHECK(list.subject.view() == "tokenizer.chat_template.rag");
}

TEST_CASE("the list of names is not needed, and nothing that is wrong with it hides a template") {
    const auto with_tools = [] { return gguf_builder().key("tokenizer.chat_template", "plain").key("tokenizer.chat_template.tool_use", "with tools"); };
    const auto check = [](const gguf_builder& file) {
        const opened read(file);
        CHECK(read.templates.size() == 2);
        CHECK(read.templates.find() == "plain");
        CHECK(read.templates.choose(true) == "with tools");
    };
    check(with_tools());
    check(with_tools().array("tokenizer.chat_templates", texts{"rag"}));
    check(with_tools().array("tokenizer.chat_templates", texts{std::string(500, 'x')}));
    check(with_tools().array("tokenizer.chat_templates", std::vector<std::int32_t>{}));
    check(with_tools().array("tokenizer.chat_templates", std::vector<std::int32_t>{1}));
    check(with_tools().key("tokenizer.chat_templates", "tool_use"));
}

TEST_CASE("as many templates as a file can have are read in the time that it takes to read their keys") {
    gguf_builder file;
    texts names;
    for (int i = 0; i < 30'000; ++i) {
        const std::string name = std::string(40, 'x') + std::to_string(100'000 + i);
        names.push_back(name + '-');
        file.key("tokenizer.chat_template." + name + '_', "x");
    }
    const auto start = std::chrono::steady_clock::now();
    const opened read(file.array("tokenizer.chat_templates", names));
    CHECK(read.templates.size() == names.size());
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(10));  // milliseconds, and not for each name a look at all of them
}
