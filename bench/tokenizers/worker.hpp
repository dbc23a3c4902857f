// SPDX-License-Identifier: MIT
#ifndef CRIA_BENCH_TOKENIZERS_WORKER_HPP
#define CRIA_BENCH_TOKENIZERS_WORKER_HPP

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <malloc.h>
#include <time.h>

// A process that measures one tokenizer for run.py. A request is a line of words with tabs between them, the answer a line
// of JSON; the first line says who is there. peers.py answers the same requests for tokenizers that are Python packages.
//
//   prepare VOCABULARY FOLDER   what has to be made once, in a folder of its own
//   load VOCABULARY             what all that follows is about
//   ids TEXTS IDS               writes the ids
//   pass TEXTS                  all texts, one after the other, by the encoder that is there
//   fresh TEXTS                 the same by a new encoder of a vocabulary that is loaded anew, which is not counted
//   each TEXTS                  the same, and the answer is the median of the texts' times
//   repeat TEXTS SECONDS        the first text again and again: the median of the means of many calls
//   flushed TEXTS N BYTES warm  N texts, before each of which BYTES of other memory are written: the median
//   flushed TEXTS N BYTES fresh the same with a vocabulary and an encoder that are new
//   decode IDS N                the first text's ids to bytes: the median of N
//   batch TEXTS THREADS warm    all texts by so many threads
//   batch TEXTS THREADS fresh   the same with a vocabulary and encoders that are new; making the encoders counts
//   first VOCABULARY TEXTS      in a new process: loading, and the first call
//   memory VOCABULARY TEXTS     in a new process: what a vocabulary keeps, and an encoder before and after the texts
//
// TEXTS: for each text its length, 4 bytes little-endian, and its bytes. IDS: for each text the number of its ids and the
// ids, 4 bytes each. In answers "seconds" is the figure, "busy" the share of the wall's time that the thread ran (all threads
// of `batch`), "n" the number of ids, "crc" their CRC-32, "bytes" that of the texts. "cannot" is what a tokenizer has no call for.
//
// A Contender has
//   name()                      and version
//   vocabulary, load(path)      a unique_ptr of it
//   encoder(vocabulary&)        whose encode(text) gives a span of ids
//   bytes, decode(vocabulary, ids, bytes&)   which gives their number
//   parallel(vocabulary&, threads)           if it has such a thing: whose encode(texts) leaves ids()
// and throws std::exception. Ids are left in the encoder's memory: no call gives away a container that it made.

namespace cria_bench::tokenizers {

using token_id = std::int32_t;

struct taken {
    double wall = 0, processor = 0;
    auto operator+=(const taken& more) -> taken& {
        wall += more.wall;
        processor += more.processor;
        return *this;
    }
};

[[nodiscard]] inline auto seconds_of(clockid_t clock) -> double {
    timespec now{};
    clock_gettime(clock, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// What `work` takes, of this thread's processor or of that of all.
template <class Work>
auto timed(Work&& work, clockid_t processor = CLOCK_THREAD_CPUTIME_ID) -> taken {
    const double used = seconds_of(processor), began = seconds_of(CLOCK_MONOTONIC);
    work();
    const double ended = seconds_of(CLOCK_MONOTONIC);
    return {ended - began, seconds_of(processor) - used};
}

[[nodiscard]] inline auto median(std::vector<double> values) -> double {
    if (values.empty()) return 0;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

[[nodiscard]] inline auto percentile(std::vector<double> values, double share) -> double {
    if (values.empty()) return 0;
    const auto place = values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), place, values.end());
    return *place;
}

/// CRC-32 as zlib has it.
class checksum {
public:
    void add(std::span<const token_id> ids) {
        for (const token_id id : ids)
            for (unsigned shift = 0; shift < 32; shift += 8) add(static_cast<std::uint8_t>(static_cast<std::uint32_t>(id) >> shift));
        n_ += ids.size();
    }
    void add(std::string_view text) {
        for (const char c : text) add(static_cast<std::uint8_t>(c));
    }
    [[nodiscard]] auto value() const -> std::uint32_t { return ~state_; }
    [[nodiscard]] auto n() const -> std::size_t { return n_; }

private:
    void add(std::uint8_t byte) { state_ = table[(state_ ^ byte) & 0xFFU] ^ (state_ >> 8U); }

    static constexpr auto table = [] {
        std::array<std::uint32_t, 256> made{};
        for (std::uint32_t i = 0; i < 256; ++i) {
            std::uint32_t rest = i;
            for (int bit = 0; bit < 8; ++bit) rest = (rest >> 1U) ^ ((rest & 1U) != 0 ? 0xEDB88320U : 0U);
            made[i] = rest;
        }
        return made;
    }();
    std::uint32_t state_ = 0xFFFFFFFFU;
    std::size_t n_ = 0;
};

[[nodiscard]] inline auto read_file(const std::string& path) -> std::string {
    std::ifstream in(path, std::ios::binary);
    if (!in) throw std::runtime_error(path + " cannot be read");
    return {std::istreambuf_iterator<char>(in), {}};
}

[[nodiscard]] inline auto read_u32(std::string_view all, std::size_t at) -> std::uint32_t {
    if (all.size() - at < 4) throw std::runtime_error("a file ends too early");
    std::uint32_t value = 0;
    for (unsigned i = 0; i < 4; ++i) value |= std::uint32_t{static_cast<std::uint8_t>(all[at + i])} << (8 * i);
    return value;
}

/// A file of texts.
class texts {
public:
    explicit texts(const std::string& path) : all_(read_file(path)) {
        for (std::size_t at = 0; at < all_.size();) {
            const std::size_t size = read_u32(all_, at);
            at += 4;
            if (all_.size() - at < size) throw std::runtime_error(path + " ends within a text");
            views_.push_back(std::string_view(all_).substr(at, size));
            n_bytes_ += size;
            at += size;
        }
        if (views_.empty()) throw std::runtime_error(path + " has no text");
    }
    texts(const texts&) = delete;
    auto operator=(const texts&) -> texts& = delete;

    [[nodiscard]] auto begin() const { return views_.begin(); }
    [[nodiscard]] auto end() const { return views_.end(); }
    [[nodiscard]] auto size() const { return views_.size(); }
    [[nodiscard]] auto operator[](std::size_t i) const { return views_[i]; }
    [[nodiscard]] auto n_bytes() const { return n_bytes_; }

private:
    std::string all_;
    std::vector<std::string_view> views_;
    std::size_t n_bytes_ = 0;
};

/// The memory of this process: what malloc has given away, and the pages behind that and all else that is no file.
struct memory {
    double allocated = 0, anonymous = 0;

    [[nodiscard]] static auto now() -> memory {
        memory found;
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 33)
        malloc_trim(0);
        const auto statistics = mallinfo2();
        found.allocated = static_cast<double>(statistics.uordblks + statistics.hblkhd);
#endif
        std::ifstream in("/proc/self/smaps_rollup");
        for (std::string word; in >> word;)
            if (word == "Anonymous:") {
                in >> found.anonymous;
                found.anonymous *= 1024;
            }
        return found;
    }
};

/// An answer as it is put together.
class answer {
public:
    auto add(const char* name, double value) -> answer& {
        char text[64];
        std::snprintf(text, sizeof text, "%.12g", value);  // whole numbers of 32 bits as such
        return add_raw(name, text);
    }
    auto add(const char* name, const taken& of, double seconds) -> answer& { return add(name, seconds).add("busy", of.wall > 0 ? of.processor / of.wall : 1); }
    auto add(const char* name, std::string_view text) -> answer& {
        std::string quoted = "\"";
        for (const char c : text) {
            if (c == '"' || c == '\\') quoted += '\\';
            quoted += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
        }
        return add_raw(name, quoted + '"');
    }
    auto add(const checksum& of) -> answer& { return add("n", static_cast<double>(of.n())).add("crc", of.value()); }
    [[nodiscard]] auto line() const -> std::string { return "{" + fields_ + "}"; }

private:
    auto add_raw(const char* name, const std::string& value) -> answer& {
        if (!fields_.empty()) fields_ += ", ";
        fields_ += std::string("\"") + name + "\": " + value;
        return *this;
    }
    std::string fields_;
};

/// What a tokenizer has no call for.
struct cannot : std::runtime_error {
    using runtime_error::runtime_error;
};

template <class Contender>
class worker {
    using vocabulary = typename Contender::vocabulary;
    using encoder = typename Contender::encoder;

public:
    auto handle(const std::vector<std::string>& request) -> answer {
        const std::string& what = request.at(0);
        if (what == "prepare") return {};
        if (what == "first") return first(request.at(1), texts(request.at(2)));
        if (what == "memory") return use_of_memory(request.at(1), texts(request.at(2)));
        if (what == "load") {
            path_ = request.at(1);
            const taken loading = timed([&] { renew(); });
            return answer().add("seconds", loading, loading.wall);
        }
        if (!vocabulary_) throw std::runtime_error("no vocabulary is loaded");
        if (what == "ids") return write_ids(texts(request.at(1)), request.at(2));
        if (what == "pass") return pass(texts(request.at(1)));
        if (what == "fresh") return renew(), pass(texts(request.at(1)));
        if (what == "each") return renew(), each(texts(request.at(1)));
        if (what == "repeat") return repeat(texts(request.at(1)), std::stod(request.at(2)));
        if (what == "flushed") return flushed(texts(request.at(1)), std::stoul(request.at(2)), std::stoul(request.at(3)), request.at(4) == "fresh");
        if (what == "decode") return decode(request.at(1), std::stoul(request.at(2)));
        if (what == "batch") return batch(texts(request.at(1)), std::stoul(request.at(2)), request.at(3) == "fresh");
        throw std::runtime_error("no such request: " + what);
    }

private:
    /// Loads the vocabulary again and makes an encoder.
    void renew() {
        encoder_.reset();
        batch_encoders_.clear();
        parallel_.reset();
        vocabulary_.reset();
        vocabulary_ = Contender::load(path_);
        encoder_.emplace(*vocabulary_);
    }

    auto write_ids(const texts& of, const std::string& path) -> answer {
        std::ofstream out(path, std::ios::binary);
        checksum sum;
        for (const std::string_view text : of) {
            const std::span<const token_id> ids = encoder_->encode(text);
            const auto n = static_cast<std::uint32_t>(ids.size());
            out.write(reinterpret_cast<const char*>(&n), sizeof n);
            out.write(reinterpret_cast<const char*>(ids.data()), static_cast<std::streamsize>(ids.size_bytes()));
            sum.add(ids);
        }
        if (!out.flush()) throw std::runtime_error(path + " cannot be written");
        return answer().add(sum);
    }

    auto pass(const texts& of) -> answer {
        taken all;
        checksum sum;
        for (const std::string_view text : of) {
            std::span<const token_id> ids;
            all += timed([&] { ids = encoder_->encode(text); });
            sum.add(ids);
        }
        return answer().add("seconds", all, all.wall).add("bytes", static_cast<double>(of.n_bytes())).add(sum);
    }

    auto each(const texts& of) -> answer {
        std::vector<token_id> kept;
        kept.reserve(of.n_bytes() + 64);
        std::vector<double> times;
        times.reserve(of.size());
        const taken all = timed([&] {
            for (const std::string_view text : of) {
                const double began = seconds_of(CLOCK_MONOTONIC);
                const std::span<const token_id> ids = encoder_->encode(text);
                times.push_back(seconds_of(CLOCK_MONOTONIC) - began);
                kept.insert(kept.end(), ids.begin(), ids.end());
            }
        });
        checksum sum;
        sum.add(kept);
        return answer().add("seconds", all, median(times)).add("p99", percentile(times, 0.99)).add("bytes", static_cast<double>(of.n_bytes())).add(sum);
    }

    auto repeat(const texts& of, double seconds) -> answer {
        const std::string_view text = of[0];
        std::span<const token_id> ids;
        const auto mean_of = [&](std::size_t n) {
            return timed([&] {
                       for (std::size_t i = 0; i < n; ++i) ids = encoder_->encode(text);
                   });
        };
        std::size_t n = 1;
        while (mean_of(n).wall < 1e-3 && n < (std::size_t{1} << 24U)) n *= 2;
        std::vector<double> means;
        taken all;
        while (means.size() < 5 || all.wall < seconds) {
            const taken some = mean_of(n);
            means.push_back(some.wall / static_cast<double>(n));
            all += some;
        }
        checksum sum;
        sum.add(ids);
        return answer().add("seconds", all, median(means)).add("bytes", static_cast<double>(text.size())).add(sum);
    }

    auto flushed(const texts& of, std::size_t n, std::size_t n_flushed, bool is_fresh) -> answer {
        if (is_fresh) renew();
        others_.resize(n_flushed / sizeof(std::uint64_t));
        std::vector<double> times;
        taken all;
        std::vector<token_id> kept;
        kept.reserve(of.n_bytes() + 64 * n);
        for (std::size_t i = 0; i < n; ++i) {
            for (std::uint64_t& word : others_) ++word;
            std::span<const token_id> ids;
            const taken one = timed([&] { ids = encoder_->encode(of[i % of.size()]); });
            times.push_back(one.wall);
            all += one;
            kept.insert(kept.end(), ids.begin(), ids.end());
        }
        checksum sum;
        sum.add(kept);
        return answer().add("seconds", all, median(times)).add("p99", percentile(times, 0.99)).add(sum);
    }

    auto decode(const std::string& path, std::size_t n) -> answer {
        const std::string all = read_file(path);
        const std::size_t n_ids = read_u32(all, 0);
        std::vector<token_id> ids(n_ids);
        for (std::size_t i = 0; i < n_ids; ++i) ids[i] = static_cast<token_id>(read_u32(all, 4 + 4 * i));
        typename Contender::bytes out;
        std::vector<double> times;
        taken whole;
        std::size_t n_bytes = Contender::decode(*vocabulary_, ids, out);
        for (std::size_t i = 0; i < n; ++i) {
            const taken one = timed([&] { n_bytes = Contender::decode(*vocabulary_, ids, out); });
            times.push_back(one.wall);
            whole += one;
        }
        checksum sum;
        sum.add(std::string_view(out.data(), n_bytes));
        return answer().add("seconds", whole, median(times)).add("n", static_cast<double>(n_ids)).add("crc", sum.value()).add("bytes", static_cast<double>(n_bytes));
    }

    auto batch(const texts& of, std::size_t n_threads, bool is_fresh) -> answer {
        if constexpr (requires { typename Contender::parallel; }) {
            if (is_fresh) renew();
            if (is_fresh || parallel_threads_ != n_threads) parallel_.reset();
            parallel_threads_ = n_threads;
            const std::vector<std::string_view> views(of.begin(), of.end());
            if (!is_fresh && !parallel_) parallel_ = std::make_shared<typename Contender::parallel>(*vocabulary_, n_threads);
            std::shared_ptr<typename Contender::parallel> own = std::static_pointer_cast<typename Contender::parallel>(parallel_);
            const taken all = timed(
                [&] {
                    if (!own) own = std::make_shared<typename Contender::parallel>(*vocabulary_, n_threads);
                    own->encode(views);
                },
                CLOCK_PROCESS_CPUTIME_ID);
            checksum sum;
            for (const std::span<const token_id> one : own->ids()) sum.add(one);
            return answer().add("seconds", {all.wall * static_cast<double>(n_threads), all.processor}, all.wall).add("bytes", static_cast<double>(of.n_bytes())).add(sum);
        }
        if (of.size() == 1 && n_threads > 1) throw cannot("one text is encoded by one thread");
        if (is_fresh) renew();
        while (!is_fresh && batch_encoders_.size() < n_threads) batch_encoders_.push_back(std::make_unique<encoder>(*vocabulary_));
        std::vector<std::vector<token_id>> ids(of.size());
        const taken all = timed(
            [&] {
                while (batch_encoders_.size() < n_threads) batch_encoders_.push_back(std::make_unique<encoder>(*vocabulary_));
                std::atomic<std::size_t> next = 0;
                std::exception_ptr failure;
                std::atomic<bool> has_failed = false;
                const auto work = [&](encoder& own) {
                    try {
                        for (std::size_t i; (i = next.fetch_add(1, std::memory_order_relaxed)) < of.size();) {
                            const std::span<const token_id> given = own.encode(of[i]);
                            ids[i].assign(given.begin(), given.end());
                        }
                    } catch (...) {
                        if (!has_failed.exchange(true)) failure = std::current_exception();
                    }
                };
                std::vector<std::thread> others;
                for (std::size_t i = 1; i < n_threads; ++i) others.emplace_back(work, std::ref(*batch_encoders_[i]));
                work(*batch_encoders_[0]);
                for (std::thread& other : others) other.join();
                if (failure) std::rethrow_exception(failure);
            },
            CLOCK_PROCESS_CPUTIME_ID);
        checksum sum;
        for (const std::vector<token_id>& one : ids) sum.add(one);
        return answer().add("seconds", {all.wall * static_cast<double>(n_threads), all.processor}, all.wall).add("bytes", static_cast<double>(of.n_bytes())).add(sum);
    }

    static auto first(const std::string& path, const texts& of) -> answer {
        std::unique_ptr<vocabulary> loaded;
        const taken loading = timed([&] { loaded = Contender::load(path); });
        std::optional<encoder> own;
        std::span<const token_id> ids;
        const taken calling = timed([&] { ids = own.emplace(*loaded).encode(of[0]); });
        checksum sum;
        sum.add(ids);
        const taken again = timed([&] { ids = own->encode(of[0]); });
        return answer()
            .add("seconds", loading, loading.wall)
            .add("first_seconds", calling.wall)
            .add("first_busy", calling.wall > 0 ? calling.processor / calling.wall : 1)
            .add("second_seconds", again.wall)
            .add("bytes", static_cast<double>(of[0].size()))
            .add(sum);
    }

    static auto use_of_memory(const std::string& path, const texts& of) -> answer {
        const memory before = memory::now();
        const auto loaded = Contender::load(path);
        const memory with_vocabulary = memory::now();
        std::optional<encoder> own(*loaded);
        (void)own->encode(of[0].substr(0, 1));
        const memory with_encoder = memory::now();
        for (const std::string_view text : of) (void)own->encode(text);
        const memory after = memory::now();
        return answer()
            .add("tables", with_vocabulary.anonymous - before.anonymous)
            .add("encoder", with_encoder.anonymous - with_vocabulary.anonymous)
            .add("used_encoder", after.anonymous - with_vocabulary.anonymous)
            .add("tables_allocated", with_vocabulary.allocated - before.allocated)
            .add("encoder_allocated", with_encoder.allocated - with_vocabulary.allocated)
            .add("used_encoder_allocated", after.allocated - with_vocabulary.allocated);
    }

    std::string path_;
    std::unique_ptr<vocabulary> vocabulary_;
    std::optional<encoder> encoder_;
    std::vector<std::unique_ptr<encoder>> batch_encoders_;
    std::shared_ptr<void> parallel_;  // a Contender::parallel, if there is such a thing
    std::size_t parallel_threads_ = 0;
    std::vector<std::uint64_t> others_;  // memory that has nothing to do with any of this
};

template <class Contender>
auto serve() -> int {
    std::cout << answer().add("ready", Contender::name()).add("wants", "gguf").line() << std::endl;
    worker<Contender> own;
    for (std::string line; std::getline(std::cin, line);) {
        std::vector<std::string> words(1);
        for (const char c : line) {
            if (c == '\t') words.emplace_back();
            else words.back() += c;
        }
        answer made;
        try {
            made = own.handle(words);
        } catch (const cannot& why) {
            made = answer().add("cannot", why.what());
        } catch (const std::exception& why) {
            made = answer().add("error", why.what());
        }
        std::cout << made.line() << std::endl;
    }
    return 0;
}

}  // namespace cria_bench::tokenizers

#endif  // CRIA_BENCH_TOKENIZERS_WORKER_HPP
