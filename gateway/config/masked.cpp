// The effective configuration as text, for logs, support and `anjuctl config show`.
#include <string>
#include <utility>

#include "config/config.hpp"
#include "config/notify_section.hpp"
#include "config/toml_text.hpp"
#include "config/units.hpp"
#include "config/web_sections.hpp"

namespace anju::config {
namespace {

void write_broker(Writer& out, const Broker& broker) {
    out.text("uri", broker.uri);
    out.text("username", broker.username);
    out.text("password_file", broker.password_file);
    out.text("ca_file", broker.ca_file);
    out.text("cert_file", broker.cert_file);
    out.text("key_file", broker.key_file);
}

std::string_view plain(const std::string& text) {
    return text;
}

/// The sections of the rules, of which the first is open, and of the care, complete.
void write_policy(Writer& out, const Policy& policy) {
    constexpr std::string_view ladder = "ladder.";
    constexpr std::string_view care = "care.";
    bool in_ladder = false;
    for (const PolicyValue& value : values_of(policy.rules)) {
        std::string_view key = value.key;
        if (key.starts_with(ladder)) {
            if (!std::exchange(in_ladder, true)) out.section("[rules.ladder]");
            key.remove_prefix(ladder.size());
        }
        out.raw(key, value.toml);
    }
    out.section("[care]");
    for (const PolicyValue& value : values_of(policy.care)) {
        out.raw(std::string_view(value.key).substr(care.size()), value.toml);
    }
}

}  // namespace

std::string masked(const Config& config) {
    Writer out;
    out.section("[gateway]");
    out.text("id", config.gateway_id);
    out.text("data_dir", config.data_dir);
    out.text("control_socket", config.control_socket);
    out.raw("utc_offset", in_quotes(format_utc_offset(config.utc_offset)));
    out.text("holidays_file", config.holidays_file);
    out.section("[home]");
    write_broker(out, config.home);
    out.boolean("allow_plaintext", config.home.allow_plaintext);
    out.list("zigbee2mqtt_bases", config.zigbee2mqtt_bases, plain);
    out.list("drivers", config.drivers, plain);
    out.text("profiles_dir", config.profiles_dir);
    if (!config.topics.empty()) out.section("[home.topics]");
    for (const auto& [driver, filters] : config.topics) out.list(driver, filters, plain);
    if (config.district) {
        out.section("[district]");
        write_broker(out, *config.district);
        out.duration("spread_reconnect", config.spread_reconnect);
        out.duration("heartbeat_every", config.heartbeat_every);
    }
    out.section("[store]");
    out.raw("max_bytes", std::to_string(config.max_bytes));
    out.raw("ballast_bytes", std::to_string(config.ballast_bytes));
    out.duration("keep_readings", config.keep_readings);
    out.duration("keep_alerts", config.keep_alerts);
    out.duration("keep_acknowledged", config.keep_acknowledged);
    out.duration("checkpoint_every", config.checkpoint_every);
    out.duration("measurements_every", config.measurements_every);
    out.text("seal_key_file", config.seal_key_file);
    out.section("[rules]");
    write_policy(out, config.policy);
    write_notify(out, config.notify);
    if (config.http) write_http(out, *config.http);
    if (config.console) write_console(out, *config.console);
    if (config.self_check) write_self_check(out, *config.self_check);
    out.section("[clock]");
    out.boolean("driven", config.driven_clock);
    out.section("[drill]");
    out.boolean("allowed", config.drills_allowed);
    out.section("[log]");
    out.text("level", config.log_level);
    out.boolean("json", config.log_json);
    return out.take();
}

}  // namespace anju::config
