#include "app/anjuctl/doctor.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>

#include "app/anjuctl/doctor_text.hpp"
#include "app/anjuctl/field.hpp"
#include "config/config.hpp"
#include "control/client.hpp"
#include "control/methods.hpp"
#include "system/disk.hpp"
#include "system/system_clock.hpp"

namespace anju::ctl {
namespace {

namespace json = boost::json;
namespace fs = std::filesystem;

constexpr std::uint64_t megabyte = 1'000'000;
constexpr std::size_t devices_named = 10;

std::string megabytes(std::uint64_t bytes) {
    return std::to_string(bytes / megabyte);
}

void examine_disk(const config::Config& config, Findings& findings) {
    const std::string dir = config.data_dir.string();
    std::error_code none;
    if (!fs::is_directory(config.data_dir, none)) {
        return findings.add(Severity::error, "data_dir_missing", text::data_dir_missing,
                            text::make_data_dir, {dir});
    }
    const auto space = system::disk_space(config.data_dir);
    if (!space) {
        return findings.verbatim(Severity::error, "disk_unknown", space.error().what,
                                 space.error().remedy);
    }
    if (space->read_only) {
        return findings.add(Severity::error, "disk_read_only", text::disk_read_only,
                            text::check_disk, {dir});
    }
    const std::string free = megabytes(space->free_bytes);
    const std::uint64_t wanted = std::max(2 * config.ballast_bytes, 100 * megabyte);
    if (access(config.data_dir.c_str(), W_OK | X_OK) != 0) {
        findings.add(Severity::warning, "data_dir_locked", text::data_dir_locked,
                     text::unlock_data_dir, {dir});
    } else if (space->free_bytes >= wanted) {
        findings.ok("data_dir", text::data_dir_good, {dir, free});
    }
    if (space->free_bytes < wanted) {
        const bool urgent = space->free_bytes < config.ballast_bytes;
        findings.add(urgent ? Severity::error : Severity::warning, "disk_full", text::disk_full,
                     text::make_room, {dir, free});
    }
}

void examine_clock(std::string_view state, Findings& findings) {
    if (state == "synchronised") return findings.ok("clock", text::clock_good);
    if (state == "driven") {
        return findings.add(Severity::note, "clock_driven", text::clock_driven, {});
    }
    findings.add(Severity::warning, "clock_unsynchronised", text::clock_loose, text::sync_clock);
}

void examine_links(const json::value& status, Findings& findings) {
    for (const json::value& link : rows(status, "links")) {
        const std::string name = field(link, "name");
        const std::string shown(term(findings.lang(), name));
        const std::string uri = field(link, "uri");
        if (flag(link, "connected")) {
            findings.ok(name, text::link_good, {shown, uri});
            continue;
        }
        const bool district = name.starts_with("district");
        findings.add(Severity::error, name + "_disconnected", text::link_down,
                     district ? text::check_district : text::check_home,
                     {shown, uri, field(link, "last_error")});
    }
}

void examine_lanes(const json::value& status, Findings& findings) {
    const json::array& lanes = rows(status, "lanes");
    if (lanes.empty()) findings.add(Severity::note, "no_district", text::no_district, {});
    for (const json::value& lane : lanes) {
        const std::string name = field(lane, "lane");
        const std::string shown(term(findings.lang(), name));
        if (number(lane, "unacknowledged") == 0) {
            findings.ok("lane_" + name, text::lane_clear, {shown, field(lane, "head")});
            continue;
        }
        // A few are always on their way; a thousand, or an alarm, should be looked at.
        const bool many = name == "alarm" || number(lane, "unacknowledged") > 1'000;
        findings.add(many ? Severity::warning : Severity::note, "lane_" + name + "_waiting",
                     text::lane_waiting, text::lane_stuck, {shown, field(lane, "unacknowledged")});
    }
}

void examine_devices(const json::value& health, const json::value& status, Findings& findings) {
    if (number(status, "households") == 0) {
        return findings.add(Severity::warning, "no_homes", text::no_homes, text::import_homes);
    }
    const json::array& troubled = rows(health, "devices");
    if (troubled.empty()) {
        return findings.ok("devices", text::devices_good,
                           {field(status, "households"), field(status, "devices")});
    }
    const std::size_t named = std::min(devices_named, troubled.size());
    for (std::size_t i = 0; i < named; ++i) {
        const json::value& device = troubled[i];
        const bool offline = field(device, "health") == "offline";
        findings.add(
            Severity::warning, offline ? "device_offline" : "device_stale",
            offline ? text::device_offline_now : text::device_stale, text::check_device,
            {field(device, "id"), term_field(device, "kind", findings.lang()),
             field(device, "household"), time_field(device, "last_heard", findings.lang())});
    }
    const auto rest = number(health, "devices_total") - static_cast<std::int64_t>(named);
    if (rest > 0) {
        findings.add(Severity::warning, "devices_more", text::more_devices, text::see_devices,
                     {std::to_string(rest)});
    }
}

void examine_messages(const json::value& health, const json::value& status, Findings& findings) {
    constexpr std::array<std::string_view, 4> reasons{"malformed", "unknown_device", "no_driver",
                                                      "oversize"};
    const json::value& counters = member(status, "counters");
    std::int64_t rejected = 0;
    for (const std::string_view reason : reasons) rejected += number(counters, reason);
    if (rejected == 0) {
        findings.ok("messages", text::messages_good);
    } else {
        const json::array& last = rows(health, "rejected");
        const json::value newest = last.empty() ? json::value{} : last.front();
        findings.add(Severity::warning, "messages_rejected", text::messages_rejected,
                     text::see_rejected,
                     {std::to_string(rejected), field(newest, "topic"), field(newest, "code")});
    }
    if (const std::int64_t dropped = number(counters, "inbox_full"); dropped > 0) {
        findings.add(Severity::warning, "inbox_full", text::inbox_dropped, text::slow_down,
                     {std::to_string(dropped)});
    }
}

void examine_store(const json::value& status, Findings& findings) {
    const json::value& store = member(status, "store");
    if (field(store, "space") == "low") {
        findings.add(Severity::error, "store_low", text::store_low, text::make_room);
    } else {
        findings.ok("store", text::store_good,
                    {std::to_string(number(store, "bytes") / 1'000'000),
                     std::to_string(number(store, "max_bytes") / 1'000'000)});
    }
    if (!flag(store, "ballast")) {
        findings.add(Severity::warning, "ballast_gone", text::ballast_gone, text::ballast_back);
    }
    for (const json::value& note : rows(status, "notes")) {
        if (note.is_string()) {
            findings.verbatim(Severity::note, "store_note", std::string(note.get_string()), "");
        }
    }
}

}  // namespace

fs::path examine_box(const DoctorOptions& options, Findings& findings) {
    const auto config = config::load(options.config);
    if (config) {
        findings.ok("config", text::config_good, {options.config.string()});
        examine_disk(*config, findings);
        return options.socket.value_or(config->control_socket);
    }
    for (const Error& error : config.error()) {
        findings.verbatim(Severity::error, "config",
                          error.where.empty() ? error.what : error.where + ": " + error.what,
                          error.remedy);
    }
    if (options.socket) return *options.socket;
    const auto socket = config::control_socket(options.config);
    return socket ? *socket : config::Config{}.data_dir / "control.sock";
}

void examine_daemon(const json::value& health, Findings& findings) {
    const json::value& status = member(health, "status");
    examine_clock(field(status, "clock"), findings);
    examine_links(status, findings);
    examine_lanes(status, findings);
    examine_devices(health, status, findings);
    examine_messages(health, status, findings);
    examine_store(status, findings);
}

void examine(const DoctorOptions& options, Findings& findings) {
    const fs::path socket = examine_box(options, findings);
    const control::Request request{std::string(control::method::health), {}};
    const control::Outcome outcome = control::call(socket, request, options.timeout);
    if (outcome.kind == control::Outcome::Kind::ok) {
        findings.ok("daemon", text::daemon_good,
                    {socket.string(), field(member(outcome.result, "status"), "version")});
        return examine_daemon(outcome.result, findings);
    }
    const bool refused = outcome.kind == control::Outcome::Kind::refused;
    findings.add(Severity::error, refused ? "daemon_refuses" : "daemon_unreachable",
                 refused ? text::daemon_refuses : text::daemon_silent,
                 refused ? text::same_version : text::start_daemon,
                 {Error{outcome.errors.front().what, socket.string(), ""}.text()});
    const ClockState state = system::SystemClock().read().state;
    examine_clock(state == ClockState::synchronised ? "synchronised" : "", findings);
}

}  // namespace anju::ctl
