#include "app/anjuctl/bundle_filter.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "app/anjuctl/field.hpp"

namespace anju::ctl {
namespace {

namespace json = boost::json;

constexpr std::string_view left_out = "(left out)";
constexpr std::size_t longest_word = 40;

bool all_of(std::string_view text, std::string_view allowed) {
    return !text.empty() && text.find_first_not_of(allowed) == text.npos;
}

constexpr std::string_view small_letters = "abcdefghijklmnopqrstuvwxyz_";
constexpr std::string_view name_letters = "abcdefghijklmnopqrstuvwxyz_0123456789";

/// A name of ours: of a kind, a state, a code, a counter.
bool is_name(std::string_view text) {
    return !text.empty() && text.size() <= longest_word && all_of(text, name_letters) &&
           small_letters.find(text.front()) != small_letters.npos;
}

/// A name, or two with a colon between: "no_answer", "link:home".
bool is_code(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon == text.npos) return is_name(text);
    return is_name(text.substr(0, colon)) && is_name(text.substr(colon + 1));
}

bool is_number(std::string_view text) {
    return text.size() <= 20 && all_of(text, "0123456789.-");
}

// --- configuration -------------------------------------------------------------------------------

/// A section and those of its keys whose values stay; an empty key: all of them that are numbers,
/// booleans, durations or times.
struct Kept {
    std::string_view section;
    std::string_view key;
};
constexpr auto kept_values = std::to_array<Kept>({
    {"[gateway]", "utc_offset"},
    {"[home]", "allow_plaintext"},
    {"[district]", "spread_reconnect"},
    {"[district]", "heartbeat_every"},
    {"[store]", ""},
    {"[rules]", ""},
    {"[rules.ladder]", ""},
    {"[care]", ""},
    {"[http]", "behind_proxy"},
    {"[console]", "session_idle"},
    {"[console]", "session_max"},
    {"[console]", "max_bytes"},
    {"[self_check]", "times"},
    {"[self_check]", "volume"},
    {"[self_check]", "quiet"},
    {"[self_check]", "quiet_volume"},
    {"[self_check]", "blink_for"},
    {"[clock]", ""},
    {"[drill]", ""},
    {"[log]", "json"},
});
/// Values that are words of a list of ours.
struct KeptWord {
    std::string_view section;
    std::string_view key;
    std::string_view values;  ///< between blanks
};
constexpr auto kept_words = std::to_array<KeptWord>({
    {"[log]", "level", " trace debug info warn error "},
    {"[self_check]", "language", " zh en "},
    {"[[notify.channel]]", "kind", " wecom dingtalk feishu webhook sms modem mail "},
});

bool keeps(std::string_view section, std::string_view key, std::string_view value) {
    const std::string_view bare = value.size() >= 2 && value.front() == '"' && value.back() == '"'
                                      ? value.substr(1, value.size() - 2)
                                      : value;
    for (const KeptWord& one : kept_words) {
        if (one.section != section || one.key != key) continue;
        return is_name(bare) && one.values.find(" " + std::string(bare) + " ") != one.values.npos;
    }
    const bool wanted = std::ranges::any_of(kept_values, [&](const Kept& one) {
        return one.section == section && (one.key.empty() || one.key == key);
    });
    if (!wanted) return false;
    if (value == "true" || value == "false") return true;
    // Numbers, "36h", "22:00-07:00", "+08:00".
    return bare.size() <= 24 && all_of(bare, "0123456789.+-:mshd ");
}

// --- log -----------------------------------------------------------------------------------------

/// Fields whose values are counts or words of ours.
constexpr auto kept_fields = std::to_array<std::string_view>(
    {"attempts", "bytes", "code", "counts", "devices", "epoch", "households", "inputs", "kind",
     "lane", "priority", "seq", "signal", "state", "unusable", "version"});

bool keeps_field(std::string_view key, std::string_view value) {
    if (std::ranges::find(kept_fields, key) == kept_fields.end()) return false;
    return is_number(value) || is_name(value);
}

void put_field(std::string& out, std::string_view key, std::string_view value) {
    if (!is_name(key)) return;
    out.append(" ").append(key).append("=").append(keeps_field(key, value) ? value : left_out);
}

std::optional<std::string> keep_json_line(std::string_view line) {
    boost::system::error_code bad;
    const json::value parsed = json::parse(line, bad);
    if (bad || !parsed.is_object()) return std::nullopt;
    const std::string time = field(parsed, "time");
    const std::string level = field(parsed, "level");
    const std::string event = field(parsed, "event");
    if (!all_of(time, "0123456789-:.+TZ ") || !is_name(level) || !is_name(event)) {
        return std::nullopt;
    }
    std::string out = time + " " + level + " " + event;
    for (const auto& [key, value] : parsed.as_object()) {
        if (key == "time" || key == "level" || key == "event") continue;
        put_field(out, key, value.is_string() ? std::string_view(value.get_string()) : "");
    }
    return out;
}

/// " key=value" or ` key="a quoted value"`; takes it off `rest`. False: there is none.
bool next_field(std::string_view& rest, std::string_view& key, std::string_view& value) {
    const std::size_t equal = rest.find('=');
    if (!rest.starts_with(' ') || equal == rest.npos) return false;
    key = rest.substr(1, equal - 1);
    rest.remove_prefix(equal + 1);
    std::size_t end = 0;
    if (rest.starts_with('"')) {
        for (end = 1; end < rest.size() && rest[end] != '"'; ++end) {
            if (rest[end] == '\\') ++end;
        }
        end = std::min(end + 1, rest.size());
    } else {
        end = std::min(rest.find(' '), rest.size());
    }
    value = rest.substr(0, end);
    rest.remove_prefix(end);
    return true;
}

/// "2026-11-28 03:00:00.123 I event key=value"
std::optional<std::string> keep_plain_line(std::string_view line) {
    constexpr std::size_t time_size = 23;
    constexpr std::size_t event_at = time_size + 3;
    if (line.size() <= event_at || !all_of(line.substr(0, time_size), "0123456789-:. ")) {
        return std::nullopt;
    }
    const std::string_view level = line.substr(time_size, 3);
    if (level.front() != ' ' || level.back() != ' ' || !all_of(level.substr(1, 1), "TDIWEC")) {
        return std::nullopt;
    }
    std::string_view rest = line.substr(event_at);
    const std::string_view event = rest.substr(0, rest.find(' '));
    if (!is_name(event)) return std::nullopt;
    rest.remove_prefix(event.size());
    std::string out(line.substr(0, event_at));
    out += event;
    std::string_view key;
    std::string_view value;
    while (next_field(rest, key, value)) put_field(out, key, value);
    return out;
}

// --- JSON ----------------------------------------------------------------------------------------

/// What of a value stays: an object names its members, an array the shape of each element. "count":
/// a number or a boolean; "counts": an object of such, by names of ours; "name": a name of ours;
/// "code": one, or two with a colon between; "time": as written by RFC 3339; "version": digits and
/// dots, with a name.
json::value pick(const json::value& from, const json::value& shape) {
    if (shape.is_object()) {
        json::object out;
        for (const auto& [key, inner] : shape.get_object()) {
            json::value kept = pick(member(from, key), inner);
            if (!kept.is_null()) out[key] = std::move(kept);
        }
        return out;
    }
    if (shape.is_array()) {
        json::array out;
        if (!from.is_array()) return out;
        for (const json::value& one : from.get_array()) {
            out.push_back(pick(one, shape.get_array().front()));
        }
        return out;
    }
    const std::string_view kind = shape.as_string();
    if (kind == "count") return from.is_number() || from.is_bool() ? from : json::value(nullptr);
    if (kind == "counts") {
        json::object out;
        if (!from.is_object()) return out;
        for (const auto& [key, value] : from.get_object()) {
            if (is_name(key) && value.is_number()) out[key] = value;
        }
        return out;
    }
    if (!from.is_string()) return nullptr;
    const std::string_view text = from.get_string();
    const bool good = kind == "name"   ? is_name(text)
                      : kind == "code" ? is_code(text)
                      : kind == "time" ? text.size() <= 30 && all_of(text, "0123456789-:.+TZ")
                                       : text.size() <= 24 && all_of(text, "0123456789.:~+-rcdev");
    return good ? from : json::value(nullptr);
}

constexpr std::string_view health_shape = R"({
  "version": "version", "started_at": "time", "now": "time", "clock": "name",
  "households": "count", "devices": "count", "open_alerts": "count",
  "links": [{"name": "name", "connected": "count", "connects": "count", "received": "count",
             "published": "count", "dropped": "count"}],
  "lanes": [{"lane": "name", "head": "count", "first_unacked": "count", "unacknowledged": "count"}],
  "channels": [{"down": "count", "sent": "count", "failed": "count", "limited": "count"}],
  "store": {"space": "name", "bytes": "count", "max_bytes": "count", "ballast": "count",
            "epoch": "count", "last_input": "count", "sealing_owed": "count"},
  "console": {"bytes": "count", "max_bytes": "count", "audit_rows": "count",
              "audit_removed": "count"},
  "box": {"protects": "count", "reasons": ["name"], "uptime_s": "count", "boots": "count",
          "temperature_mc": "count", "undervoltage": "count", "unread": "count", "unshown": "count",
          "disk_free_bytes": "count",
          "sensors_ok": "count", "sensors_stale": "count", "sensors_offline": "count",
          "sensors_faulty": "count",
          "update": {"step": "name", "outcome": "name", "from": "version", "to": "version",
                     "reason": "code", "noticed": ["code"], "ended_at": "time",
                     "waiting": "version", "waiting_reason": "name", "refused": ["version"],
                     "failed": {"version": "version", "failures": "count", "again_at": "time"}}},
  "counters": "counts",
  "routes": [{"driver": "name", "messages": "count", "by_default": "count"}],
  "problems": [{"code": "name"}],
  "proposals": "count", "consents_unrecorded": "count"
})";

json::object tally(const json::array& rows, std::string_view first, std::string_view second) {
    std::map<std::string, std::int64_t> counts;
    for (const json::value& row : rows) {
        std::string key = field(row, first);
        if (!is_name(key)) key = "other";
        if (!second.empty()) {
            const std::string more = field(row, second);
            key += is_name(more) ? " " + more : " other";
        }
        ++counts[key];
    }
    json::object out;
    for (const auto& [key, count] : counts) out[key] = count;
    return out;
}

/// Findings whose words hold nothing but figures and names of ours.
constexpr auto spoken_codes =
    std::to_array<std::string_view>({"ballast_gone",  "backup",        "backup_none",
                                     "backup_no_key", "backup_old",    "board_hot",
                                     "clock",         "clock_driven",  "clock_unsynchronised",
                                     "inbox_full",    "memory_low",    "no_district",
                                     "no_homes",      "not_enrolled",  "power",
                                     "power_low",     "power_low_now", "storage",
                                     "storage_over",  "storage_worn",  "store",
                                     "store_low",     "temperature",   "timer",
                                     "timer_off"});

}  // namespace

std::string keep_config(std::string_view toml) {
    std::string out;
    std::string section;
    while (!toml.empty()) {
        const std::string_view line = toml.substr(0, toml.find('\n'));
        toml.remove_prefix(std::min(line.size() + 1, toml.size()));
        if (line.starts_with('[')) {
            section = all_of(line, "abcdefghijklmnopqrstuvwxyz_.[]") ? line : "[other]";
            out.append(section) += '\n';
            continue;
        }
        const std::size_t equal = line.find(" = ");
        if (equal == line.npos || !is_name(line.substr(0, equal))) continue;
        const std::string_view key = line.substr(0, equal);
        const std::string_view value = line.substr(equal + 3);
        out.append(key).append(" = ");
        if (keeps(section, key, value)) {
            out.append(value);
        } else {
            out.append("\"").append(left_out).append("\"");
        }
        out += '\n';
    }
    return out;
}

std::optional<std::string> keep_log_line(std::string_view line) {
    return line.starts_with('{') ? keep_json_line(line) : keep_plain_line(line);
}

json::object keep_health(const json::value& health) {
    json::object out;
    out["status"] = pick(member(health, "status"), json::parse(health_shape));
    out["devices"] = tally(rows(health, "devices"), "kind", "health");
    out["devices_total"] = pick(member(health, "devices_total"), "count");
    out["rejected"] = tally(rows(health, "rejected"), "code", "");
    return out;
}

json::array keep_findings(const Findings& findings) {
    json::array out;
    for (const Finding& one : findings.all()) {
        json::object row{{"severity", json::string(name(one.severity))}, {"code", one.code}};
        if (!is_name(one.code)) row["code"] = "other";
        if (std::ranges::find(spoken_codes, one.code) != spoken_codes.end()) {
            row["what"] = one.what;
        }
        out.push_back(std::move(row));
    }
    return out;
}

}  // namespace anju::ctl
