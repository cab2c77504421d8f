#include "firmware-sim/replay/playback.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/model/names.hpp"

namespace anju::sim {

namespace {

using recorded::Recording;
using recorded::Row;
using recorded::Source;

/// Letters, digits, '-' and '_': what ids, topics and TOML take alike.
std::string plain(std::string_view text, std::size_t most) {
    std::string out(text.substr(0, most));
    for (char& c : out) {
        const bool good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') || c == '-' || c == '_';
        if (!good) c = '-';
    }
    return out;
}

std::string seconds(Duration duration) {
    return fmt::format("{}s", std::max<std::int64_t>(
                                  std::chrono::round<std::chrono::seconds>(duration).count(), 1));
}

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char letter : text) {
        if (letter == '"' || letter == '\\') out += '\\';
        out += letter;
    }
    return out + '"';
}

std::string rules_line(const Rules& rules) {
    return fmt::format(
        "rules = {{ warm_up = \"{}h\", alert_budget = {}, phone_budget = {}, "
        "ladder = {{ self_check_asks = {} }} }}\n",
        rules.warm_up / std::chrono::hours{1}, rules.alert_budget_milli / 1000.0,
        rules.phone_budget_milli / 1000.0, rules.ladder.self_check_asks);
}

std::string device_lines(const Device& device) {
    std::string out = fmt::format(
        "[[household.device]]\nid = {}\nkind = \"{}\"\nlabel = {}\ndriver = {}\naddress = {}\n"
        "sample_every = \"{}\"\ndeliver_every = \"{}\"\n",
        quoted(device.id.value), name(device.kind), quoted(device.label), quoted(device.driver),
        quoted(device.address), seconds(device.sample_every), seconds(device.deliver_every));
    if (device.kind == SensorKind::door) out += fmt::format("entrance = {}\n", device.entrance);
    if (!device.profile.empty()) out += fmt::format("profile = {}\n", quoted(device.profile));
    if (!device.key.empty()) out += fmt::format("key = {}\n", quoted(device.key));
    return out;
}

}  // namespace

result<Playback> Playback::make(std::vector<Recording> recordings, const PlaybackOptions& options) {
    auto missing = options.entrances;
    for (const Recording& recording : recordings) {
        std::erase_if(missing, [&](const auto& id) { return has_sensor(recording, id); });
    }
    if (!missing.empty()) {
        return Error{"there is no sensor \"" + *missing.begin() + "\"", "--entrance",
                     "it takes names as the recordings have them"};
    }
    Playback out(options);
    for (Recording& recording : recordings) {
        std::erase_if(recording.rows, [&](const Row& row) {
            return (options.from && row.at < *options.from) ||
                   (options.to && row.at >= *options.to);
        });
        if (!recording.rows.empty()) out.played_.push_back({std::move(recording), {}, {}});
    }
    if (out.played_.empty()) {
        return Error{"nothing was recorded in that time", "--from, --to",
                     "leave them out, or take days that the recordings have"};
    }
    for (std::size_t i = 0; i < out.played_.size(); ++i) out.add(i);
    return out;
}

void Playback::add(std::size_t number) {
    Home& home = played_[number];
    home.wiring = wire(home.recording, options_.entrances, options_.rules.value_or(Rules{}));
    home.voices.emplace(home.wiring, home.recording.begin());
    const bool first = number == 0;
    begin_ = first ? home.recording.begin() : std::min(begin_, home.recording.begin());
    end_ = first ? home.recording.end() : std::max(end_, home.recording.end());

    SimHome& shown = homes_.emplace_back();
    shown.id = HouseholdId{home_names_.give(options_.prefix + plain(home.recording.home, 24))};
    shown.community = options_.community;
    shown.resident = {ResidentId{shown.id.value + "-r"}, "回放", ResidentStatus::active};
    for (const Device& wired : home.wiring.household.devices) {
        SimDevice& device = shown.devices.emplace_back();
        device.device = wired;
        const auto id = shown.id.value + "-" + wired.id.value;
        device.device.id = DeviceId{device_names_.give(plain(id, longest_id))};
        device.device.label = plain(wired.label, 32);
        device.protocol =
            speaks(wired.kind, options_.protocol) ? options_.protocol : Protocol::native;
        device.battery_pct = 0;  // what was recorded says nothing of batteries
        register_device(device.device, device.protocol);
    }
    if (const auto at = next_of(home)) upcoming_.emplace(*at, number);
}

std::string Playback::directory(const std::string& drill) const {
    std::string out = "# Made by anju-sim replay.\n";
    for (const SimHome& home : homes_) {
        out += fmt::format("\n[[household]]\nid = {}\ncommunity = {}\n", quoted(home.id.value),
                           quoted(home.community));
        if (!drill.empty()) out += fmt::format("drill = {}\n", quoted(drill));
        if (options_.rules) out += rules_line(*options_.rules);
        out += fmt::format("[[household.resident]]\nid = {}\nname = {}\nstatus = \"active\"\n",
                           quoted(home.resident.id.value), quoted(home.resident.name));
        for (const SimDevice& device : home.devices) out += device_lines(device.device);
    }
    return out;
}

void Playback::skip_unheard(Home& home) {
    const auto& rows = home.recording.rows;
    while (home.row < rows.size() && rows[home.row].source == Source::status) {
        const bool offline = !rows[home.row].on();
        ++home.row;
        if (!offline) continue;
        while (home.row < rows.size() &&
               (rows[home.row].source != Source::status || !rows[home.row].on())) {
            if (rows[home.row].source != Source::status) ++unheard_;
            ++home.row;
        }
        if (home.row < rows.size()) home.voices->unheard_until(rows[home.row].at);
    }
}

std::optional<Instant> Playback::next_of(Home& home) {
    skip_unheard(home);
    const auto& rows = home.recording.rows;
    if (home.row == rows.size()) return std::nullopt;
    return std::min(rows[home.row].at, home.voices->next_sign());
}

std::optional<Instant> Playback::next() {
    if (upcoming_.empty()) return std::nullopt;
    return upcoming_.begin()->first;
}

Played Playback::take() {
    const auto [at, number] = *upcoming_.begin();
    upcoming_.erase(upcoming_.begin());
    Home& home = played_[number];
    // Signs of life come before rows of the same moment, as when anju-score plays them.
    const bool sign = home.voices->next_sign() <= at;
    Played out{.at = at, .home = number, .device = {}, .readings = {}, .use = false};
    recorded::Said said;
    if (sign) {
        said = home.voices->sign();
    } else {
        const Row& row = home.recording.rows[home.row++];
        out.use = row.is_use();
        said = home.voices->say(row);
    }
    out.device = said.device;
    out.readings = std::move(said.readings);
    for (Reading& reading : out.readings) reading.event_time = at;
    if (const auto next = next_of(home)) upcoming_.emplace(*next, number);
    return out;
}

}  // namespace anju::sim
