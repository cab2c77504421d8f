#include "app/anjuctl/doctor.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>

#include "app/anjuctl/doctor_board.hpp"
#include "app/anjuctl/doctor_drivers.hpp"
#include "app/anjuctl/doctor_keys.hpp"
#include "app/anjuctl/doctor_service.hpp"
#include "app/anjuctl/doctor_strangers.hpp"
#include "app/anjuctl/doctor_text.hpp"
#include "app/anjuctl/doctor_web.hpp"
#include "app/anjuctl/field.hpp"
#include "app/anjuctl/update_line.hpp"
#include "app/known_names.hpp"
#include "config/config.hpp"
#include "control/client.hpp"
#include "control/methods.hpp"
#include "provision/places.hpp"
#include "store/placing.hpp"
#include "system/disk.hpp"
#include "system/system_clock.hpp"
#include "update/debian_box.hpp"

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

/// A store that was set aside leaves a box that looks new; the folder tells, until it is removed.
void examine_quarantine(const config::Config& config, Findings& findings) {
    const fs::path folder = config.data_dir / "quarantine";
    std::error_code none;
    if (!fs::is_directory(folder, none)) return;
    std::error_code unreadable;
    const bool empty = fs::directory_iterator(folder, unreadable) == fs::directory_iterator();
    if (empty && !unreadable) return;
    findings.add(Severity::warning, "quarantine", text::quarantine_found, text::keep_quarantine,
                 {folder.string()});
}

/// Half of one box and half of another: anjud does not start on it, or has to finish it first.
void examine_restore(const config::Config& config, Findings& findings) {
    const store::Files files(config.data_dir);
    const store::Placing now = store::look_at_placing(files);
    if (now == store::Placing::none) return;
    const bool begun = now == store::Placing::begun;
    findings.add(Severity::error, "restore_unfinished", text::restore_unfinished,
                 begun ? text::start_finishes_restore : text::restore_again,
                 {files.placing().string()});
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
        const std::string why = field(link, "last_error");
        if (why.empty() && number(link, "connects") == 0) {
            findings.add(Severity::note, Code::of(name + "_untried"),
                         district ? text::district_untried : text::link_untried, {}, {shown, uri});
            continue;
        }
        findings.add(Severity::error, Code::of(name + "_disconnected"),
                     why.empty() ? text::link_lost : text::link_down,
                     district ? text::check_district : text::check_home, {shown, uri, why});
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
        findings.add(many ? Severity::warning : Severity::note,
                     Code::of("lane_" + name + "_waiting"), text::lane_waiting, text::lane_stuck,
                     {shown, field(lane, "unacknowledged")});
    }
}

/// Devices that were never heard are no trouble to the engine before they are overdue, but they
/// are to whoever has just registered them. Returns true when it is known that there is none.
bool examine_unheard(const json::value& listed, Findings& findings) {
    if (listed.is_null()) return false;
    const json::array& devices = rows(listed, "devices");
    const auto unheard = std::ranges::count_if(devices, [](const json::value& device) {
        // A device that a resident refused is not listened to.
        const bool withheld = member(device, "collected") == json::value(false);
        return !withheld && member(device, "last_heard").is_null();
    });
    if (unheard == 0) return true;
    findings.add(Severity::warning, "devices_unheard", text::devices_unheard, text::check_unheard,
                 {std::to_string(devices.size()), std::to_string(unheard)});
    return false;
}

void examine_devices(const json::value& health, const json::value& listed, Findings& findings) {
    const json::value& status = member(health, "status");
    if (number(status, "households") == 0) {
        return findings.add(Severity::warning, "no_homes", text::no_homes, text::import_homes);
    }
    const bool all_heard = examine_unheard(listed, findings);
    const json::array& troubled = rows(health, "devices");
    if (troubled.empty() && !all_heard) return;
    if (troubled.empty()) {
        return findings.ok("devices", text::devices_good,
                           {field(status, "households"), field(status, "devices")});
    }
    const std::size_t named = std::min(devices_named, troubled.size());
    for (std::size_t i = 0; i < named; ++i) {
        const json::value& device = troubled[i];
        const bool offline = field(device, "health") == "offline";
        findings.add(
            Severity::warning, offline ? Code("device_offline") : Code("device_stale"),
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

/// What the timers of the ladder have found: somebody is there and nothing came of it, or it is
/// dealt with and nobody has said what it was.
void examine_alerts(const json::value& listed, Findings& findings) {
    for (const json::value& alert : rows(listed, "alerts")) {
        const std::string state = field(alert, "state");
        if (field(alert, "cause") != "overdue") continue;
        const bool there = state == "on_site";
        if (!there && state != "resolved") continue;
        findings.add(Severity::warning,
                     there ? Code("alert_without_result") : Code("alert_not_closed"),
                     there ? text::alert_without_result : text::alert_not_closed,
                     there ? text::resolve_or_hand_over : text::close_alert,
                     {field(alert, "id"), term_field(alert, "kind", findings.lang()),
                      field(alert, "household"), field(alert, "owner")});
    }
}

void examine_messages(const json::value& health, const json::value& status, Findings& findings) {
    constexpr std::array<std::string_view, 3> reasons{"malformed", "no_driver", "oversize"};
    const json::value& counters = member(status, "counters");
    std::int64_t rejected = 0;
    for (const std::string_view reason : reasons) rejected += number(counters, reason);
    if (rejected == 0) {
        findings.ok("messages", text::messages_good);
    } else {
        const json::array& last = rows(health, "rejected");
        const json::value newest = last.empty() ? json::value{} : last.front();
        findings.add(Severity::warning, "messages_rejected",
                     last.empty() ? text::messages_rejected_some : text::messages_rejected,
                     text::see_rejected,
                     {std::to_string(rejected), field(newest, "topic"), field(newest, "code")});
    }
    if (const std::int64_t dropped = number(counters, "inbox_full"); dropped > 0) {
        findings.add(Severity::warning, "inbox_full", text::inbox_dropped, text::slow_down,
                     {std::to_string(dropped)});
    }
}

/// The words of the store's notes (store/open_store.cpp) that mean that something may be lost.
bool tells_of_damage(std::string_view note) {
    constexpr std::array<std::string_view, 5> words{"damage", "quarantine", "set aside",
                                                    "could be saved", "rebuild"};
    return std::ranges::any_of(
        words, [note](std::string_view word) { return note.find(word) != std::string_view::npos; });
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
    if (const auto gone = number(member(status, "counters"), "copies_given_up"); gone > 0) {
        findings.add(Severity::warning, "copies_given_up", text::copies_given_up,
                     text::make_room_and_copy, {std::to_string(gone)});
    }
    const json::value& console = member(status, "console");
    if (const std::int64_t removed = number(console, "audit_removed"); removed > 0) {
        findings.add(Severity::warning, "audit_removed", text::audit_removed, text::audit_room,
                     {std::to_string(removed), std::to_string(number(console, "audit_rows")),
                      std::to_string(number(console, "max_bytes") / 1'000'000)});
    }
    for (const json::value& note : rows(status, "notes")) {
        if (!note.is_string()) continue;
        std::string words(note.get_string());
        if (tells_of_damage(words)) {
            findings.verbatim(Severity::error, "store_damaged", std::move(words),
                              std::string(text::import_again.in(findings.lang())));
        } else {
            findings.verbatim(Severity::note, "store_note", std::move(words), "");
        }
    }
}

}  // namespace

fs::path examine_box(const DoctorOptions& options, Findings& findings) {
    const auto config = config::load(options.config, driver_names());
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    examine_board(system::look_at_board(options.machine), findings);
    if (options.config == fs::path(provision::place::gateway)) examine_timers(findings);
    if (options.config == fs::path(provision::place::gateway) || !options.broker_log.empty()) {
        examine_strangers(options.broker_log, findings);
    }
    if (config) {
        findings.ok("config", text::config_good, {options.config.string()});
        examine_disk(*config, findings);
        examine_quarantine(*config, findings);
        examine_restore(*config, findings);
        examine_web(*config, findings);
        examine_sealing(*config, findings);
        examine_updates(update::Places{}.state, update::Places{}.source, findings);
        examine_keys(*config, options.machine, now, findings);
        examine_backups(*config, now, findings);
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

void examine_daemon(const json::value& health, const json::value& devices, Findings& findings) {
    const json::value& status = member(health, "status");
    examine_clock(field(status, "clock"), findings);
    examine_links(status, findings);
    examine_lanes(status, findings);
    examine_devices(health, devices, findings);
    examine_drivers(status, findings);
    examine_messages(health, status, findings);
    examine_commands(number(member(status, "counters"), "bad_commands"), findings);
    examine_store(status, findings);
}

json::value examine(const DoctorOptions& options, Findings& findings) {
    const fs::path socket = examine_box(options, findings);
    const control::Request request{std::string(control::method::health), {}};
    control::Outcome outcome = control::call(socket, request, options.timeout);
    if (outcome.kind == control::Outcome::Kind::ok) {
        findings.ok("daemon", text::daemon_good,
                    {socket.string(), field(member(outcome.result, "status"), "version")});
        const control::Outcome devices = control::call(
            socket, {std::string(control::method::devices_list), {{"limit", control::max_rows}}},
            options.timeout);
        if (devices.kind != control::Outcome::Kind::ok) {
            findings.verbatim(Severity::warning, "devices_unknown", devices.errors.front().what,
                              std::string(text::see_devices.in(findings.lang())));
        }
        examine_daemon(outcome.result, devices.result, findings);
        const control::Outcome alerts = control::call(
            socket, {std::string(control::method::alerts_list), {{"limit", control::max_rows}}},
            options.timeout);
        if (alerts.kind == control::Outcome::Kind::ok) examine_alerts(alerts.result, findings);
        return std::move(outcome.result);
    }
    const bool refused = outcome.kind == control::Outcome::Kind::refused;
    const std::string& said = outcome.errors.front().what;
    if (said.starts_with(control::still_starting)) {
        findings.add(Severity::error, "daemon_starting", text::daemon_starting,
                     text::wait_for_daemon, {said});
        return nullptr;
    }
    findings.add(Severity::error, refused ? Code("daemon_refuses") : Code("daemon_unreachable"),
                 refused ? text::daemon_refuses : text::daemon_silent,
                 refused ? text::same_version : text::start_daemon,
                 {Error{outcome.errors.front().what, socket.string(), ""}.text()});
    if (const auto config = config::load(options.config, driver_names())) {
        examine_broker(*config, findings);
    }
    const ClockState state = system::SystemClock().read().state;
    examine_clock(state == ClockState::synchronised ? "synchronised" : "", findings);
    return nullptr;
}

}  // namespace anju::ctl
