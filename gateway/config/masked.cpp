// The effective configuration as text, for logs, support and `anjuctl config show`.
#include <string>

#include "config/config.hpp"
#include "config/units.hpp"
#include "core/model/names.hpp"

namespace anju::config {
namespace {

std::string in_quotes(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') out += '\\';
        if (byte < 0x20 || byte == 0x7f) {
            constexpr std::string_view hex = "0123456789ABCDEF";
            out += "\\u00";
            out += hex[byte >> 4U];
            out += hex[byte & 15U];
        } else {
            out += c;
        }
    }
    return out + "\"";
}

class Writer {
public:
    void section(std::string_view name) {
        if (!out_.empty()) out_ += '\n';
        out_ += "[" + std::string(name) + "]\n";
    }
    void raw(std::string_view key, const std::string& value) {
        out_ += std::string(key) + " = " + value + "\n";
    }
    void text(std::string_view key, const std::string& value) {
        if (!value.empty()) raw(key, in_quotes(value));
    }
    void duration(std::string_view key, Duration value) {
        raw(key, in_quotes(format_duration(value)));
    }
    void boolean(std::string_view key, bool value) { raw(key, value ? "true" : "false"); }
    void broker(const Broker& broker) {
        text("uri", broker.uri);
        text("username", broker.username);
        text("password_file", broker.password_file);
        text("ca_file", broker.ca_file);
        text("cert_file", broker.cert_file);
        text("key_file", broker.key_file);
    }
    template <class Range, class Spell>
    void list(std::string_view key, const Range& values, Spell spell) {
        std::string all;
        for (const auto& value : values) {
            all += (all.empty() ? "" : ", ") + in_quotes(spell(value));
        }
        raw(key, "[" + all + "]");
    }
    [[nodiscard]] std::string take() { return std::move(out_); }

private:
    std::string out_;
};

}  // namespace

std::string masked(const Config& config) {
    Writer out;
    out.section("gateway");
    out.text("id", config.gateway_id);
    out.text("data_dir", config.data_dir);
    out.text("control_socket", config.control_socket);
    out.raw("utc_offset", in_quotes(format_utc_offset(config.utc_offset)));
    out.section("home");
    out.broker(config.home);
    out.boolean("allow_plaintext", config.home.allow_plaintext);
    out.list("zigbee2mqtt_bases", config.zigbee2mqtt_bases,
             [](const std::string& base) { return std::string_view(base); });
    if (config.district) {
        out.section("district");
        out.broker(*config.district);
        out.duration("spread_reconnect", config.spread_reconnect);
        out.duration("heartbeat_every", config.heartbeat_every);
    }
    out.section("store");
    out.raw("max_bytes", std::to_string(config.max_bytes));
    out.raw("ballast_bytes", std::to_string(config.ballast_bytes));
    out.duration("keep_readings", config.keep_readings);
    out.duration("keep_alerts", config.keep_alerts);
    out.duration("keep_acknowledged", config.keep_acknowledged);
    out.duration("checkpoint_every", config.checkpoint_every);
    out.section("rules");
    out.list("presets", config.rules.presets, [](Preset preset) { return name(preset); });
    out.duration("door_open_limit", config.rules.door_open_limit);
    out.raw("battery_low_pct", std::to_string(config.rules.battery_low_pct));
    out.duration("repeat_guard", config.rules.repeat_guard);
    out.duration("reopen_window", config.rules.reopen_window);
    out.section("clock");
    out.boolean("driven", config.driven_clock);
    out.section("log");
    out.text("level", config.log_level);
    out.boolean("json", config.log_json);
    return out.take();
}

}  // namespace anju::config
