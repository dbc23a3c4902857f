// SPDX-License-Identifier: MIT
#include "upload_report.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <string>
#include <vector>

#include "cria/base/buffer.hpp"
#include "text.hpp"

namespace cli {
namespace {

namespace upload = cria::upload;

auto seconds_text(double seconds) -> std::string { return seconds < 1 ? fmt::format("{:.2f} ms", seconds * 1e3) : fmt::format("{:.2f} s", seconds); }

/// Bytes in a second; 0 where no time is known.
auto rate_of(std::uint64_t bytes, double seconds) -> double { return seconds > 0 ? static_cast<double>(bytes) / seconds : 0; }

/// `52.10 GB/s, 0.94 of the 55.30 GB/s of its link`
auto rate_text(double rate, double link, const char* whose) -> std::string {
    std::string out = fmt::format("{:.2f} GB/s", rate / 1e9);
    if (link > 0) out += fmt::format(", {:.2f} of the {:.2f} GB/s of {}", rate / link, link / 1e9, whose);
    return out;
}

/// The links that bytes came through, all together.
auto all_links(const upload_facts& of) -> double {
    double sum = 0;
    for (std::size_t i = 0; i < of.links.size(); ++i)
        if (of.report.devices[i].size_bytes > 0) sum += of.links[i];
    return sum;
}

auto numbers_of(const cria::buffer<upload::device_report>& devices) -> std::string {
    std::vector<std::string> words;
    for (const upload::device_report& each : devices) words.push_back(std::to_string(each.device));
    return (devices.size() == 1 ? "device " : "devices ") + joined(words, ", ");
}

auto proof_text(upload::verification level) -> const char* {
    switch (level) {
        case upload::verification::checksum: return "checksum: each device's digest of every range is the host's";
        case upload::verification::full: return "full: digests are the same, and every byte, read back, is the file's";
        default: return "placement: what was written to is memory of these devices";
    }
}

auto has_digest(const upload::report& report) -> bool { return report.verified == upload::verification::checksum || report.verified == upload::verification::full; }

auto digest_text(const upload::report& report) -> std::string { return fmt::format("{:016x}", report.digest); }

/// A rate of 10^9 bytes a second, and a share of the link, which are null where there is nothing to divide by.
void put_rates(json& row, double rate, double link) {
    row["GBps"] = rate / 1e9;
    row["link_GBps"] = link > 0 ? json(link / 1e9) : json();
    row["share"] = link > 0 ? json(rate / link) : json();
}

}  // namespace

auto name_of(upload::source_mode how) -> const char* {
    switch (how) {
        case upload::source_mode::mapped: return "mmap";
        case upload::source_mode::read: return "read";
        case upload::source_mode::direct: return "direct";
        case upload::source_mode::registered: return "registered";
        default: return "auto";
    }
}

auto name_of(upload::verification level) -> const char* {
    switch (level) {
        case upload::verification::placement: return "placement";
        case upload::verification::checksum: return "checksum";
        case upload::verification::full: return "full";
        default: return "auto";
    }
}

auto lines_of(const upload_facts& of) -> std::vector<std::pair<std::string, std::string>> {
    const upload::report& report = of.report;
    std::vector<std::pair<std::string, std::string>> lines;
    const bool is_one = of.devices.size() == 1;
    lines.emplace_back("weights", fmt::format("{}, {}{} on {}", counted(of.weights.n_on_devices, "tensor"), human_bytes(report.size_bytes),
                                              is_one ? "" : fmt::format(", by {},", name_of(of.weights.how)), numbers_of(report.devices)));
    if (of.weights.n_on_host > 0)
        lines.emplace_back("", fmt::format("{}, {}, stay on the host", counted(of.weights.n_on_host, "tensor"), human_bytes(of.weights.on_host_bytes)));
    lines.emplace_back("copied", fmt::format("in {}: {}", seconds_text(report.copy_seconds),
                                             rate_text(rate_of(report.size_bytes, report.copy_seconds), all_links(of), is_one ? "the link" : "all links")));
    lines.emplace_back("way", fmt::format("{}, {}, chunks of {}, {} pinned", name_of(report.how), counted(report.n_workers, "worker"),
                                          human_bytes(of.weights.plan.options().chunk_bytes), human_bytes(report.pinned_bytes)));
    if (of.cached_share) lines.emplace_back("", fmt::format("{:.0f} % of the files in the page cache", *of.cached_share * 100));
    lines.emplace_back("phases", fmt::format("prepare {}, copy {}, verify {}; {} in all", seconds_text(report.prepare_seconds), seconds_text(report.copy_seconds),
                                             seconds_text(report.verify_seconds), seconds_text(report.total_seconds)));
    lines.emplace_back("proven", proof_text(report.verified));
    if (has_digest(report)) lines.emplace_back("digest", digest_text(report));
    for (std::size_t i = 0; i < of.devices.size(); ++i) {
        const upload::device_report& device = report.devices[i];
        const std::string held = device.size_bytes == 0 ? "nothing"
                                                        : fmt::format("{}, {}, {}", counted(of.weights.plan.arenas()[i].n_items, "tensor"), human_bytes(device.size_bytes),
                                                                      rate_text(device.bytes_per_second(), of.links[i], "its link"));
        lines.emplace_back(fmt::format("device {}", device.device), fmt::format("{}: {}", printable(of.devices[i].name), held));
    }
    return lines;
}

auto json_of(const upload_facts& of) -> json {
    const upload::report& report = of.report;
    json out;
    out["model"] = json_text(of.model);
    out["bytes"] = report.size_bytes;
    out["tensors"] = of.weights.n_on_devices;
    out["seconds"] = report.total_seconds;
    out["prepare_seconds"] = report.prepare_seconds;
    out["copy_seconds"] = report.copy_seconds;
    out["verify_seconds"] = report.verify_seconds;
    put_rates(out, rate_of(report.size_bytes, report.copy_seconds), all_links(of));
    out["source"] = name_of(report.how);
    out["workers"] = report.n_workers;
    out["chunk_bytes"] = of.weights.plan.options().chunk_bytes;
    out["pinned_bytes"] = report.pinned_bytes;
    out["cached_share"] = of.cached_share ? json(*of.cached_share) : json();
    out["verified"] = name_of(report.verified);
    out["digest"] = has_digest(report) ? json(digest_text(report)) : json();
    out["placed_by"] = name_of(of.weights.how);
    json& devices = out["devices"] = json::array();
    for (std::size_t i = 0; i < of.devices.size(); ++i) {
        const upload::device_report& device = report.devices[i];
        json row;
        row["device"] = device.device;
        row["name"] = json_text(of.devices[i].name);
        row["tensors"] = of.weights.plan.arenas()[i].n_items;
        row["bytes"] = device.size_bytes;
        row["arena_bytes"] = device.arena_bytes;
        row["copy_seconds"] = device.copy_seconds;
        put_rates(row, device.bytes_per_second(), of.links[i]);
        row["free_bytes_before"] = device.free_bytes_before;
        row["free_bytes_after"] = device.free_bytes_after;
        devices.push_back(std::move(row));
    }
    json& host = out["host"];
    host["tensors"] = of.weights.n_on_host;
    host["bytes"] = of.weights.on_host_bytes;
    return out;
}

}  // namespace cli
