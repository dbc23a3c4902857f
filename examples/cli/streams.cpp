// SPDX-License-Identifier: MIT
#include "streams.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/types.h>

#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdio>  // SEEK_CUR
#include <cstdlib>  // getenv

#if defined(_WIN32)
#include <io.h>
#else
#include <unistd.h>
#endif

#include "text.hpp"

namespace cli {
namespace {

#if defined(_WIN32)

auto system_write(int descriptor, const char* bytes, std::size_t size) -> long long {
    return ::_write(descriptor, bytes, static_cast<unsigned>(size < (1U << 20U) ? size : (1U << 20U)));
}
auto system_read(int descriptor, char* into, std::size_t size) -> long long {
    return ::_read(descriptor, into, static_cast<unsigned>(size < (1U << 20U) ? size : (1U << 20U)));
}
auto system_open(const char* path) -> int { return ::_open(path, _O_RDONLY | _O_BINARY); }
void system_close(int descriptor) { ::_close(descriptor); }
auto is_terminal(int descriptor) -> bool { return ::_isatty(descriptor) != 0; }

#else

auto system_write(int descriptor, const char* bytes, std::size_t size) -> long long { return ::write(descriptor, bytes, size); }
auto system_read(int descriptor, char* into, std::size_t size) -> long long { return ::read(descriptor, into, size); }
auto system_open(const char* path) -> int { return ::open(path, O_RDONLY | O_CLOEXEC); }
void system_close(int descriptor) { ::close(descriptor); }
auto is_terminal(int descriptor) -> bool { return ::isatty(descriptor) == 1; }

#endif

constexpr int standard_input = 0;
constexpr int standard_output = 1;
constexpr int standard_error = 2;
constexpr int interrupted_status = 130;

constexpr char erase_line[] = "\r\x1b[K";

// What the handler has to know; plain flags are all that a handler may read.
volatile std::sig_atomic_t progress_is_drawn = 0;
volatile std::sig_atomic_t somebody_asks = 0;
volatile std::sig_atomic_t was_interrupted = 0;

extern "C" void on_interrupt(int number) {
    std::signal(number, on_interrupt);  // some systems forget it
    if (somebody_asks != 0 && was_interrupted == 0) {
        was_interrupted = 1;
        return;
    }
    if (progress_is_drawn != 0) (void)!system_write(standard_error, erase_line, sizeof erase_line - 1);
    std::_Exit(interrupted_status);  // nothing is left behind that would have to be undone
}

auto wants_colours(int descriptor) -> bool {
    const char* const refused = std::getenv("NO_COLOR");  // https://no-color.org: set and not empty
    const char* const terminal = std::getenv("TERM");
    return is_terminal(descriptor) && (refused == nullptr || *refused == '\0') && (terminal == nullptr || std::string_view(terminal) != "dumb");
}

auto system_failure(int number, std::string_view subject) -> cria::error {
    using cria::errc;
    switch (number) {
        case ENOENT:
        case ENOTDIR: return {errc::file_not_found, subject};
        case EACCES:
        case EPERM: return {errc::permission_denied, subject};
        case EISDIR: return {errc::is_directory, subject};
        case ENOMEM: return {errc::out_of_memory, subject};
        case ENOSPC: return cria::error{errc::io_error, subject}.because("no space left on the device");
        case EBADF: return cria::error{errc::io_error, subject}.because("is not open");
        default: return cria::error{errc::io_error, subject}.from_system(number);
    }
}

void write_all_to_errors(std::string_view text) {
    while (!text.empty()) {
        const long long written = system_write(standard_error, text.data(), text.size());
        if (written <= 0) {
            if (written < 0 && errno == EINTR) continue;
            return;  // nobody is left to be told
        }
        text.remove_prefix(static_cast<std::size_t>(written));
    }
}

}  // namespace

void take_over_signals() {
#if defined(_WIN32)
    for (const int descriptor : {standard_input, standard_output}) (void)::_setmode(descriptor, _O_BINARY);
    std::signal(SIGINT, on_interrupt);
#else
    std::signal(SIGPIPE, SIG_IGN);
    // A shell starts background jobs with SIGINT ignored, and means it.
    if (std::signal(SIGINT, on_interrupt) == SIG_IGN) std::signal(SIGINT, SIG_IGN);
#endif
}

interruptible::interruptible() { somebody_asks = 1; }
interruptible::~interruptible() { somebody_asks = 0; }

auto interrupted() -> bool { return was_interrupted != 0; }

output::output() : colours_(wants_colours(standard_output)), is_terminal_(cli::is_terminal(standard_output)) { pending_.reserve(flush_at + flush_at / 4); }

void output::write(std::string_view bytes) {
    if (broken_) return;
    if (bytes.size() >= flush_at) {  // as it is, not copied
        flush();
        write_now(bytes);
        return;
    }
    pending_ += bytes;
    if (pending_.size() >= flush_at) flush();
}

void output::flush() {
    write_now(pending_);
    pending_.clear();
}

void output::write_now(std::string_view rest) {
    while (!rest.empty() && !broken_) {
        const long long written = system_write(standard_output, rest.data(), rest.size());
        if (written >= 0) {
            rest.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno != EINTR) {
            broken_ = true;
            if (errno != EPIPE) {
                cria::error why = system_failure(errno, "standard output");
                why.code = cria::errc::io_error;  // whatever the reason, it is the output that failed and not an input
                failed_ = why;
            }
        }
    }
}

auto output::finish() -> cria::result<void> {
    flush();
    if (failed_) return *failed_;
    return {};
}

auto output::bold(std::string_view text) const -> std::string {
    return colours_ ? fmt::format("\x1b[1m{}\x1b[0m", text) : std::string(text);
}

auto output::dim(std::string_view text) const -> std::string {
    return colours_ ? fmt::format("\x1b[2m{}\x1b[0m", text) : std::string(text);
}

auto input::open(const std::string& path) -> cria::result<input> {
    if (path == "-") {
        if (is_terminal(standard_input) && errors_are_seen()) say("note", "reading from the terminal; Ctrl-D at the start of a line ends the input");
        return input(standard_input, "standard input");
    }
    const int descriptor = system_open(path.c_str());
    if (descriptor < 0) return system_failure(errno, path);
    return input(descriptor, path);
}

input::input(int descriptor, std::string name) : descriptor_(descriptor), name_(std::move(name)) {
    struct stat facts = {};
    if (::fstat(descriptor, &facts) != 0 || (facts.st_mode & S_IFMT) != S_IFREG) return;
#if !defined(_WIN32)
    const off_t at = ::lseek(descriptor, 0, SEEK_CUR);  // a shell may hand over a file that is half read
    if (at > 0) facts.st_size -= at;
#endif
    if (facts.st_size > 0) expected_bytes_ = static_cast<std::uint64_t>(facts.st_size);
}

input::input(input&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), name_(std::move(other.name_)), expected_bytes_(other.expected_bytes_) {}

input::~input() {
    if (descriptor_ > standard_error) system_close(descriptor_);
}

auto input::map() -> std::optional<cria::io::mapped_file> {
    if (expected_bytes_ == 0) return std::nullopt;
#if defined(_WIN32)
    const auto handle = reinterpret_cast<cria::io::native_file::handle_type>(::_get_osfhandle(descriptor_));
    const long long at = ::_lseeki64(descriptor_, 0, SEEK_CUR);
#else
    const int handle = descriptor_;
    const off_t at = ::lseek(descriptor_, 0, SEEK_CUR);
#endif
    if (at < 0) return std::nullopt;
    auto file = cria::io::native_file::duplicate(handle, name_);
    if (!file) return std::nullopt;
    auto mapped = cria::io::mapped_file::open_window(*std::move(file), static_cast<std::uint64_t>(at), expected_bytes_, {.expect = cria::io::advice::sequential});
    if (!mapped) return std::nullopt;
#if defined(_WIN32)
    (void)::_lseeki64(descriptor_, at + static_cast<long long>(expected_bytes_), SEEK_SET);
#else
    (void)::lseek(descriptor_, at + static_cast<off_t>(expected_bytes_), SEEK_SET);
#endif
    return *std::move(mapped);
}

auto input::read(char* into, std::size_t size) -> cria::result<std::size_t> {
    while (true) {
        const long long got = system_read(descriptor_, into, size);
        if (got >= 0) return static_cast<std::size_t>(got);
        if (errno != EINTR) return system_failure(errno, name_);
    }
}

void say(std::string_view kind, std::string_view text) {
    std::string line;
    if (progress_is_drawn != 0) line += erase_line;
    progress_is_drawn = 0;
    const char* const colour = kind == "error" ? "31" : kind == "warning" ? "33" : "36";
    if (wants_colours(standard_error)) line += fmt::format("cria: \x1b[1;{}m{}:\x1b[0m {}\n", colour, kind, printable(text));
    else line += fmt::format("cria: {}: {}\n", kind, printable(text));
    write_all_to_errors(line);
}

auto errors_are_seen() -> bool { return is_terminal(standard_error); }

void draw_progress(std::string_view text) {
    if (text.empty() && progress_is_drawn == 0) return;
    progress_is_drawn = text.empty() ? 0 : 1;
    write_all_to_errors(fmt::format("{}{}", erase_line, text));
}

}  // namespace cli
