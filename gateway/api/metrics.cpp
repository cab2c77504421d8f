#include "api/metrics.hpp"

#include <initializer_list>
#include <utility>

#include "access/secret.hpp"
#include "http/address.hpp"

namespace anju::api {

namespace json = boost::json;

namespace {

using Label = std::pair<std::string_view, std::string_view>;

std::string escaped(std::string_view text) {
    std::string out;
    for (const char letter : text) {
        if (letter == '\\' || letter == '"') out += '\\';
        if (letter == '\n') {
            out += "\\n";
        } else {
            out += letter;
        }
    }
    return out;
}

class Exposition {
public:
    void family(std::string_view name, std::string_view type, std::string_view help) {
        name_ = name;
        out_.append("# HELP ").append(name).append(" ").append(help).append("\n# TYPE ");
        out_.append(name).append(" ").append(type).append("\n");
    }
    void sample(std::uint64_t value, std::initializer_list<Label> labels = {}) {
        out_ += name_;
        char mark = '{';
        for (const auto& [key, text] : labels) {
            out_ += mark;
            out_.append(key).append("=\"").append(escaped(text)).append("\"");
            mark = ',';
        }
        if (labels.size() > 0) out_ += '}';
        out_.append(" ").append(std::to_string(value)).append("\n");
    }
    void below_zero_too(std::int64_t value) {
        out_.append(name_).append(" ").append(std::to_string(value)).append("\n");
    }
    [[nodiscard]] std::string take() { return std::move(out_); }

private:
    std::string name_;
    std::string out_;
};

std::uint64_t count(const json::value& value) {
    if (value.is_bool()) return value.get_bool() ? 1 : 0;
    return value.to_number<std::uint64_t>();
}

std::string_view words(const json::value& value) {
    return value.is_string() ? std::string_view(value.get_string()) : std::string_view();
}

/// One sample for each element, named by its member `label`.
void each(Exposition& out, const json::object& status, std::string_view list,
          std::string_view label, std::string_view member) {
    for (const json::value& one : status.at(list).as_array()) {
        out.sample(count(one.at(member)), {{label, words(one.at(label))}});
    }
}

/// `status` of a box where nothing looks for updates says nothing of them.
void update_metrics(Exposition& out, const json::object& update) {
    out.family("anju_update_outcome", "gauge", "How the last update ended, and its version.");
    out.sample(1, {{"outcome", words(update.at("outcome"))}, {"version", words(update.at("to"))}});
    out.family("anju_update_waiting", "gauge", "1 while a newer version is not installed.");
    const std::string_view waiting = words(update.at("waiting"));
    if (waiting.empty()) {
        out.sample(0);
    } else {
        out.sample(1, {{"version", waiting}, {"reason", words(update.at("waiting_reason"))}});
    }
    out.family("anju_update_failures", "gauge", "Attempts in a row that did not get through.");
    const json::value& failed = update.at("failed");
    out.sample(failed.is_object() ? count(failed.at("failures")) : 0);
    out.family("anju_update_refused", "gauge", "Versions that were shown to be bad here.");
    out.sample(update.at("refused").as_array().size());
}

/// What the board does not tell has no sample.
void box_metrics(Exposition& out, const json::object& box) {
    out.family("anju_box_protects", "gauge", "1 while the box protects.");
    out.sample(count(box.at("protects")));
    struct Figure {
        const char* key;
        const char* name;
        const char* help;
    };
    for (const auto& [key, name, help] :
         {Figure{"uptime_s", "anju_box_uptime_seconds", "Since the machine was started."},
          {"boots", "anju_box_boots_total", "Starts of the machine."},
          {"undervoltage", "anju_box_undervoltage", "1 while the supply is too weak."},
          {"disk_free_bytes", "anju_box_disk_free_bytes", "Room on the disk of the store."},
          {"sensors_ok", "anju_sensors_ok", "Sensors that are heard."},
          {"sensors_stale", "anju_sensors_stale", "Sensors that are silent for too long."},
          {"sensors_offline", "anju_sensors_offline", "Sensors that are unreachable."},
          {"sensors_faulty", "anju_sensors_faulty", "Sensors that cannot do their work."}}) {
        if (box.at(key).is_null()) continue;
        out.family(name, "gauge", help);
        out.sample(count(box.at(key)));
    }
    for (const auto& [key, name, help] :
         {Figure{"unread", "anju_box_unread_total", "Looks at the board or the store that failed."},
          {"unshown", "anju_box_unshown_total",
           "Flags of protection that could not be written."}}) {
        out.family(name, "counter", help);
        out.sample(count(box.at(key)));
    }
    if (const json::value& heat = box.at("temperature_mc"); heat.is_number()) {
        out.family("anju_box_temperature_celsius", "gauge", "Of the hottest part of the board.");
        out.below_zero_too(heat.to_number<std::int64_t>() / 1000);
    }
    for (const auto& [key, name, help] :
         {Figure{"used_tenths", "anju_storage_used_tenths", "Of its life; 11: exceeded."},
          {"written_bytes", "anju_storage_written_bytes", "Since the machine was started."}}) {
        bool begun = false;
        for (const json::value& one : box.at("storage").as_array()) {
            if (one.at(key).is_null()) continue;
            if (!std::exchange(begun, true)) out.family(name, "gauge", help);
            out.sample(count(one.at(key)), {{"device", words(one.at("name"))}});
        }
    }
}

}  // namespace

std::string metrics(const json::object& status, std::span<const NamedCount> counts,
                    std::span<const NamedCount> levels) {
    Exposition out;
    out.family("anju_build_info", "gauge", "The version that runs.");
    out.sample(1, {{"version", words(status.at("version"))}});
    out.family("anju_clock_synchronised", "gauge", "1 when the clock of the box is right.");
    out.sample(words(status.at("clock")) == "synchronised" ? 1 : 0);
    for (const auto& [key, help] : {std::pair{"households", "Homes that are watched."},
                                    {"devices", "Devices that are registered."},
                                    {"open_alerts", "Alerts that wait for a person."},
                                    {"proposals", "Devices that speak and that no home has."}}) {
        out.family("anju_" + std::string(key), "gauge", help);
        out.sample(count(status.at(key)));
    }
    out.family("anju_problems", "gauge", "What stays wrong until somebody mends it.");
    out.sample(status.at("problems").as_array().size());
    out.family("anju_events_total", "counter", "What was counted since the start, by kind.");
    for (const auto& one : status.at("counters").as_object()) {
        out.sample(count(one.value()), {{"kind", one.key()}});
    }
    out.family("anju_link_connected", "gauge", "Sessions with a broker.");
    each(out, status, "links", "name", "connected");
    out.family("anju_link_messages_received_total", "counter", "Messages taken from a broker.");
    each(out, status, "links", "name", "received");
    out.family("anju_link_failures_total", "counter",
               "Attempts to connect that came to nothing, and connections that broke.");
    each(out, status, "links", "name", "failures");
    out.family("anju_lane_unacknowledged", "gauge", "Events that the platform has not committed.");
    each(out, status, "lanes", "lane", "unacknowledged");
    out.family("anju_channel_down", "gauge", "Ways to people that fail.");
    each(out, status, "channels", "name", "down");
    out.family("anju_channel_sent_total", "counter", "Messages sent to people.");
    each(out, status, "channels", "name", "sent");
    out.family("anju_channel_failed_total", "counter", "Attempts to send that failed.");
    each(out, status, "channels", "name", "failed");
    const json::object& store = status.at("store").as_object();
    out.family("anju_store_bytes", "gauge", "Size of the journal on the disk.");
    out.sample(count(store.at("bytes")));
    out.family("anju_store_max_bytes", "gauge", "Its bound.");
    out.sample(count(store.at("max_bytes")));
    out.family("anju_store_low", "gauge", "1 when only alarms are taken, for want of room.");
    out.sample(words(store.at("space")) == "low" ? 1 : 0);
    out.family("anju_store_sealing_owed", "gauge",
               "1 while names may lie open although there is a key.");
    out.sample(count(store.at("sealing_owed")));
    if (const auto* box = status.if_contains("box")) {
        box_metrics(out, box->as_object());
        const auto* const update = box->as_object().if_contains("update");
        if (update != nullptr && update->is_object()) update_metrics(out, update->get_object());
    }
    out.family("anju_web_total", "counter", "Requests and what became of them, by kind.");
    for (const auto& [key, value] : counts) out.sample(value, {{"kind", key}});
    out.family("anju_web", "gauge", "The web server now, by kind.");
    for (const auto& [key, value] : levels) out.sample(value, {{"kind", key}});
    return out.take();
}

bool may_read_metrics(const http::Request& request, std::string_view token) {
    if (token.empty()) return http::is_loopback(request.peer);
    return access::equal_in_constant_time(request.authorization, "Bearer " + std::string(token));
}

std::string not_ready(const json::object& status) {
    for (const json::value& link : status.at("links").as_array()) {
        const bool hears = link.at("name") == "home" || link.at("name") == "alarms";
        if (hears && !link.at("connected").as_bool()) {
            return "the home broker is not connected";
        }
    }
    if (words(status.at("store").at("space")) == "low") return "the disk is nearly full";
    return {};
}

}  // namespace anju::api
