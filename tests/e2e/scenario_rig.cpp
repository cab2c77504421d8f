#include "tests/e2e/scenario_rig.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "anju/v1/simulation.pb.h"
#include "mqtt/session.hpp"

namespace anju::test {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t before_all_ms = 1'772'294'400'000;  // 2026-03-01 00:00 +08:00

constexpr const char* community = R"([[community]]
id = "500106-001"
name = "桃花社区"
street = "小龙坎街道"
district = "沙坪坝区"
[[community.worker]]
id = "w1"
name = "刘敏"
[[community.worker]]
id = "l1"
name = "赵晓琳"
role = "community_lead"
[[community.worker]]
id = "s1"
name = "街道指挥中心"
role = "street_centre"
[[community.worker]]
id = "m1"
name = "运维值班"
role = "maintainer"
)";

constexpr const char* config = "[clock]\ndriven = true\n[drill]\nallowed = true\n";

}  // namespace

DrilledBox::DrilledBox()
    : district_port_(free_port()),
      rig_({.homes = 0,
            .district_port = district_port_,
            .extra_config = config,
            .directory = community}) {}

std::string DrilledBox::start() {
    rig_.start_daemon();
    rig_.start_platform();
    if (!rig_.daemon_ready(30s)) return rig_.log("anjud");
    mqtt::Session::Options options;
    options.endpoint = rig_.home_endpoint("clock");
    mqtt::Session clock(std::move(options), [](mqtt::Incoming&&) {}, [](bool) {});
    clock.start();
    v1::ClockControl control;
    control.set_unix_ms(before_all_ms);
    control.set_rate(0.001);
    int code = 1;
    std::string said;
    for (int i = 0; i < 400 && code != 0; ++i) {
        if (clock.connected()) (void)clock.publish("anju/v1/clock", control.SerializeAsString(), 1);
        std::this_thread::sleep_for(50ms);
        said = rig_.ctl({"residents", "import", (rig_.dir() / "homes.toml").string()}, &code);
    }
    return code == 0 ? "" : said + rig_.log("anjud");
}

boost::json::object DrilledBox::drill(const std::string& scenario,
                                      const std::vector<std::string>& more) {
    std::vector<std::string> arguments{
        "drill",
        scenario,
        "--json",
        "--staff",
        "--control",
        (rig_.dir() / "control.sock").string(),
        "--district-proxy",
        fmt::format("127.0.0.1:{}={}", district_port_, rig_.district_broker().uri().substr(7))};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const std::string said = rig_.sim(arguments);
    // What is said beside the score goes before and after it, in lines of its own.
    const auto begins = said.find("{\"scenario\"");
    if (begins == std::string::npos) return {{"said", said}};
    return boost::json::parse(said.substr(begins, said.find('\n', begins) - begins)).as_object();
}

boost::json::object DrilledBox::district_gets(const std::vector<std::string>& alerts) {
    const auto program = std::string(ANJU_BIN_DIR) + "/anju-sim";
    way_ = Child({program, "proxy", "--listen", fmt::format("127.0.0.1:{}", district_port_), "--to",
                  rig_.district_broker().uri().substr(7)},
                 rig_.dir() / "way.log");
    boost::json::object out;
    for (int i = 0; i < 300; ++i) {
        const auto said = rig_.ask_platform();
        if (!said.empty()) out = boost::json::parse(said).as_object();
        const auto has = [&](const std::string& id) {
            return std::ranges::any_of(out.at("alerts").as_array(), [&](const auto& each) {
                return each.at("alert_id").as_string() == id;
            });
        };
        if (!out.empty() && out.at("missing") == 0 && std::ranges::all_of(alerts, has)) break;
        std::this_thread::sleep_for(100ms);
    }
    return out;
}

}  // namespace anju::test
