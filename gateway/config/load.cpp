// Reads anju.toml section by section.
#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

#include "config/broker.hpp"
#include "config/home_drivers.hpp"
#include "config/notify_section.hpp"
#include "config/rules.hpp"
#include "config/section.hpp"
#include "config/suggest.hpp"
#include "config/units.hpp"
#include "config/web_sections.hpp"

namespace anju::config {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::uint64_t megabyte = 1'000'000;

bool id_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '.' || c == '-';
}

void read_gateway(Section& section, Config& config, const std::filesystem::path& folder) {
    section.require("id", R"("box-0001")");
    if (const auto id = section.text("id")) {
        config.gateway_id = *id;
        if (id->empty() || id->size() > 64 || !std::ranges::all_of(*id, id_char)) {
            section.wrong("id", "'" + *id + "' cannot name a gateway",
                          "use 1 to 64 of the characters A-Z a-z 0-9 _ . -");
        }
    }
    if (const auto dir = section.text("data_dir")) {
        config.data_dir = folder / *dir;
        if (dir->empty()) section.wrong("data_dir", "is empty", "write /var/lib/anju");
    }
    config.control_socket = config.data_dir / "control.sock";
    if (const auto socket = section.text("control_socket")) {
        config.control_socket = folder / *socket;
    }
    if (config.control_socket.native().size() > 107) {
        section.wrong("control_socket", "makes a socket path longer than 107 bytes",
                      "choose a shorter one, such as /run/anju/control.sock");
    }
    if (const auto text = section.text("utc_offset")) {
        if (const auto offset = parse_utc_offset(*text)) {
            config.utc_offset = *offset;
        } else {
            section.wrong("utc_offset", "'" + *text + "' is not an offset from UTC",
                          R"(write it like "+08:00")");
        }
    }
    config.holidays_file = folder / section.text("holidays_file").value_or("holidays-cn.toml");
    section.finish();
}

void read_home(Section& section, Config& config, const std::filesystem::path& folder,
               std::span<const std::string_view> drivers) {
    config.home = read_broker(section, BrokerRole::home, folder);
    if (auto bases = section.texts("zigbee2mqtt_bases")) {
        for (std::size_t i = 0; i < bases->size(); ++i) {
            const std::string& base = (*bases)[i];
            const auto self = bases->begin() + static_cast<std::ptrdiff_t>(i);
            if (base.empty() || base.size() > 200 || base.starts_with('/') || base.ends_with('/') ||
                base.find_first_of("+#") != base.npos) {
                section.wrong_element("zigbee2mqtt_bases", i,
                                      "holds '" + base + "', which is not a topic",
                                      "write Zigbee2MQTT's base_topic, without wildcards");
            } else if (base == "anju" || base.starts_with("anju/")) {
                section.wrong_element("zigbee2mqtt_bases", i,
                                      "holds '" + base + "', a topic of Anju's own sensors",
                                      "give Zigbee2MQTT another base_topic");
            } else if (std::find(bases->begin(), self, base) != self) {
                section.wrong_element("zigbee2mqtt_bases", i, "holds '" + base + "' twice",
                                      "remove one of them");
            }
        }
        config.zigbee2mqtt_bases = std::move(*bases);
    }
    read_home_drivers(section, config, drivers);
    config.profiles_dir = folder / section.text("profiles_dir").value_or("profiles");
    section.finish();
}

void read_district(Section& section, Config& config, const std::filesystem::path& folder) {
    config.district = read_broker(section, BrokerRole::district, folder);
    if (const auto v = section.duration("spread_reconnect", Duration{0}, hours{1})) {
        config.spread_reconnect = *v;
    }
    if (const auto v = section.duration("heartbeat_every", seconds{5}, hours{1})) {
        config.heartbeat_every = std::chrono::floor<seconds>(*v);
    }
    section.finish();
}

void read_store(Section& section, Config& config, const std::filesystem::path& folder) {
    constexpr std::uint64_t terabyte = megabyte * megabyte;
    if (const auto v = section.size("max_bytes", 50 * megabyte, terabyte)) config.max_bytes = *v;
    if (const auto v = section.size("ballast_bytes", megabyte, 1'000 * megabyte)) {
        config.ballast_bytes = *v;
    }
    if (config.ballast_bytes > config.max_bytes / 4) {
        section.wrong("ballast_bytes", "is more than a quarter of max_bytes",
                      "16MB is enough for thousands of alarms");
    }
    constexpr hours decade{24 * 366 * 10};
    const auto keep = [&](std::string_view key, hours least, hours& into) {
        if (const auto v = section.duration(key, least, decade)) {
            into = std::chrono::floor<hours>(*v);
        }
    };
    keep("keep_readings", hours{24}, config.keep_readings);
    keep("keep_alerts", hours{24 * 30}, config.keep_alerts);
    keep("keep_acknowledged", hours{1}, config.keep_acknowledged);
    if (const auto v = section.duration("checkpoint_every", seconds{10}, hours{24})) {
        config.checkpoint_every = std::chrono::floor<seconds>(*v);
    }
    constexpr std::chrono::milliseconds before_it_repeats{15'000};
    if (const auto v = section.duration("measurements_every", seconds{0}, before_it_repeats)) {
        config.measurements_every = std::chrono::floor<std::chrono::milliseconds>(*v);
    }
    if (const auto v = section.text("seal_key_file")) {
        if (v->empty()) {
            section.wrong("seal_key_file", "is empty",
                          "name the file of the key, or remove the line: names lie open then");
        }
        config.seal_key_file = folder / *v;
    }
    section.finish();
}

void read_clock(Section& section, Config& config) {
    config.driven_clock = section.boolean("driven").value_or(false);
    if (config.driven_clock && config.district && leaves_the_box(config.district->uri)) {
        section.wrong("driven", "lets messages set the time while [district] is a real platform",
                      "set driven = false; only a district on loopback may see invented time");
    }
    section.finish();
}

void read_drill(Section& section, Config& config) {
    config.drills_allowed = section.boolean("allowed").value_or(false);
    section.finish();
}

void read_log(Section& section, Config& config) {
    constexpr std::array<std::string_view, 5> levels{"trace", "debug", "info", "warn", "error"};
    if (const auto level = section.text("level")) {
        if (std::ranges::find(levels, *level) == levels.end()) {
            section.wrong("level", "'" + *level + "' is not a level", suggestion(*level, levels));
        }
        config.log_level = *level;
    }
    config.log_json = section.boolean("json").value_or(config.log_json);
    section.finish();
}

result<std::string> read_file(const std::filesystem::path& path) {
    std::error_code none;
    std::ifstream file(path, std::ios::binary);
    std::ostringstream content;
    if (std::filesystem::is_directory(path, none) || !file || !(content << file.rdbuf())) {
        return Error{"cannot read the configuration", path.string(),
                     std::filesystem::exists(path, none)
                         ? "let this user read it"
                         : "create it, for example from the annotated anju.toml"};
    }
    return result<std::string>{boost::system::in_place_value, std::move(content).str()};
}

}  // namespace

boost::system::result<Config, Errors> load(const std::filesystem::path& path,
                                           std::span<const std::string_view> drivers) {
    const auto content = read_file(path);
    if (!content) return Errors{content.error()};
    Report report{path.string()};
    toml::table root;
    try {
        root = toml::parse(std::string_view(*content), std::string_view(report.file()));
    } catch (const toml::parse_error& error) {
        report.add(error.source(), "not TOML: " + std::string(error.description()),
                   "correct this line; whatever follows was not looked at");
        return report.take();
    }

    Config config;
    config.source = path;
    const std::filesystem::path folder = std::filesystem::absolute(path).parent_path();
    Section top{root, nullptr, "", -1, report};
    if (top.require_table("gateway", R"(id = "box-0001")")) {
        if (auto section = top.table("gateway")) read_gateway(*section, config, folder);
    }
    if (top.require_table("home", R"(uri = "mqtt://127.0.0.1:1883")")) {
        if (auto section = top.table("home")) read_home(*section, config, folder, drivers);
    }
    if (auto section = top.table("district")) read_district(*section, config, folder);
    if (auto section = top.table("store")) read_store(*section, config, folder);
    if (auto section = top.table("rules")) {
        read_rules(*section, config.policy, PolicyLayer::district);
    }
    if (auto section = top.table("care")) {
        read_care(*section, config.policy, PolicyLayer::district);
    }
    if (auto section = top.table("notify")) read_notify(*section, config.notify, folder);
    if (auto section = top.table("http")) config.http = read_http(*section, folder);
    if (auto section = top.table("console")) {
        config.console = read_console(*section, folder);
        top.require_table("http", R"(listen = "127.0.0.1:8480")");
    }
    if (auto section = top.table("self_check")) {
        config.self_check = read_self_check(*section, folder);
    }
    if (auto section = top.table("clock")) read_clock(*section, config);
    if (auto section = top.table("drill")) read_drill(*section, config);
    if (auto section = top.table("log")) read_log(*section, config);
    top.finish();
    if (!report.empty()) return report.take();
    return config;
}

result<std::filesystem::path> data_dir_in(std::string_view toml,
                                          const std::filesystem::path& folder) {
    try {
        const toml::table root = toml::parse(toml);
        const auto dir = root["gateway"]["data_dir"].value<std::string>();
        std::filesystem::path out = dir ? folder / *dir : Config{}.data_dir;
        return result<std::filesystem::path>{boost::system::in_place_value, std::move(out)};
    } catch (const toml::parse_error& error) {
        return Error{std::string(error.description()),
                     "line " + std::to_string(error.source().begin.line), "correct this line"};
    }
}

result<std::filesystem::path> control_socket(const std::filesystem::path& path) {
    const auto content = read_file(path);
    if (!content) return content.error();
    std::filesystem::path socket = Config{}.data_dir / "control.sock";
    try {
        const toml::table root =
            toml::parse(std::string_view(*content), std::string_view(path.native()));
        const std::filesystem::path folder = std::filesystem::absolute(path).parent_path();
        if (const auto dir = root["gateway"]["data_dir"].value<std::string>()) {
            socket = folder / *dir / "control.sock";
        }
        if (const auto said = root["gateway"]["control_socket"].value<std::string>()) {
            socket = folder / *said;
        }
    } catch (const toml::parse_error& error) {
        return Error{std::string(error.description()),
                     path.string() + ":" + std::to_string(error.source().begin.line),
                     "correct this line"};
    }
    return result<std::filesystem::path>{boost::system::in_place_value, std::move(socket)};
}

void throw_exception_from_error(const Errors& errors, const boost::source_location&) {
    std::string all;
    for (const Error& error : errors) all += error.text() + "\n";
    throw std::runtime_error(all);
}

}  // namespace anju::config
