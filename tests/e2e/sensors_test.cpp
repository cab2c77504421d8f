// A home whose sensors speak every protocol that the simulator writes, and behave as firmware does,
// before the real daemon and the real broker: all of it is understood, and the alarms are raised.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <fstream>
#include <functional>
#include <set>
#include <thread>

#include "anju/v1/simulation.pb.h"
#include "firmware-sim/directory.hpp"
#include "tests/e2e/rig.hpp"

namespace anju::test {
namespace {

using namespace std::chrono_literals;
using boost::json::value;

constexpr const char* scenario = R"(name = "protocols"
title_zh = "每种协议一个"
title_en = "one of each protocol"
start = "2026-03-02T06:00+08:00"
lasts = "8h"
rate = 2400
[[home]]
id = "p1"
community = "C1"
resident = "R1"
person_zh = "林桂芳"
person_en = "Lin Guifang"
device = [
  { name = "meter", kind = "water_meter", label = "水表", sample_every = "30m", firmware = "pulse-1l" },
  { name = "meter-w", kind = "water_meter", label = "水表", protocol = "wmbus", sample_every = "15m", firmware = "ultrasonic", loss = 0.1, repeats = 2 },
  { name = "meter-l", kind = "water_meter", label = "水表", protocol = "cjt188-chirpstack", sample_every = "1h", firmware = "pulse-10l", repeats = 3 },
  { name = "meter-c", kind = "water_meter", label = "水表", protocol = "cjt188-ctwing", sample_every = "1h", firmware = "nb-iot-daily", repeats = 2 },
  { name = "smoke", kind = "smoke", label = "烟感", room = "kitchen", protocol = "zigbee2mqtt", sample_every = "1h", firmware = "en-14604" },
  { name = "door", kind = "door", label = "门磁", room = "hall", protocol = "zigbee2mqtt", sample_every = "1h", firmware = "reed", bounce = 0.5 },
  { name = "motion", kind = "motion", label = "人体", room = "living", protocol = "zigbee2mqtt", sample_every = "1h", firmware = "rtcgq11lm" },
  { name = "leak", kind = "water_leak", label = "水浸", room = "kitchen", protocol = "zigbee2mqtt", sample_every = "1h" },
  { name = "gas", kind = "gas", label = "燃气", room = "kitchen", sample_every = "1h", firmware = "catalytic", loss = 0.3, battery = 0 },
  { name = "sos", kind = "sos", label = "呼叫", room = "living", protocol = "zigbee2mqtt", sample_every = "4h", firmware = "pendant" },
  { name = "bed", kind = "bed", label = "床", room = "bedroom", sample_every = "1h", firmware = "pressure-mat" },
]
incident = [
  { what = "smoke", at = "08:00", lasts = "20m", device = "smoke" },
  { what = "leak", at = "10:00", lasts = "20m", device = "leak" },
  { what = "gas", at = "11:00", lasts = "20m", device = "gas" },
  { what = "sos", at = "12:00", device = "sos" },
]
# What a home raises of one kind is one alert: the second smoke alarm has a home of its own.
[[home]]
id = "p2"
community = "C1"
resident = "R2"
person_zh = "陈国强"
person_en = "Chen Guoqiang"
device = [
  { name = "meter-0", kind = "water_meter", label = "水表", protocol = "wmbus", sample_every = "1h", security = "none" },
  { name = "meter-7", kind = "water_meter", label = "水表", protocol = "wmbus", sample_every = "1h", security = "mode-7" },
  { name = "smoke-w", kind = "smoke", label = "烟感", room = "hall", protocol = "wmbus", sample_every = "1h" },
  { name = "door-w", kind = "door", label = "门磁", room = "hall", protocol = "wmbus", sample_every = "1h" },
]
incident = [
  { what = "smoke", at = "09:00", lasts = "20m", device = "smoke-w" },
]
)";

std::string directory() {
    const auto parsed = sim::parse_scenario(scenario, "protocols.toml");
    EXPECT_TRUE(parsed) << (parsed ? "" : parsed.error().text());
    return sim::directory_toml(parsed->homes);
}

class EveryProtocol : public testing::Test {
protected:
    EveryProtocol()
        : rig({.homes = 1,
               .district = false,
               .extra_config = "drivers = [\"wmbus\", \"chirpstack\", \"ctwing\"]\n"
                               "[clock]\ndriven = true\n",
               .directory = directory()}) {}

    /// The daemon takes homes only when it knows what time it is in the story.
    void start() {
        rig.start_daemon();
        ASSERT_TRUE(rig.daemon_ready(30s)) << rig.log("anjud");
        mqtt::Session::Options options;
        options.endpoint = rig.home_endpoint("clock");
        mqtt::Session clock(std::move(options), [](mqtt::Incoming&&) {}, [](bool) {});
        clock.start();
        v1::ClockControl control;
        control.set_unix_ms(1'772'402'400'000);  // 2026-03-02, 06:00 in UTC+8
        control.set_rate(1);
        const auto homes = (rig.dir() / "homes.toml").string();
        int code = 1;
        std::string said;
        for (int i = 0; i < 200 && code != 0; ++i) {
            if (clock.connected()) {
                (void)clock.publish("anju/v1/clock", control.SerializeAsString(), 1);
            }
            std::this_thread::sleep_for(50ms);
            said = rig.ctl({"residents", "import", homes}, &code);
        }
        ASSERT_EQ(code, 0) << said << rig.log("anjud");
    }
    value ask(const std::vector<std::string>& arguments) {
        int code = 0;
        const std::string said = rig.ctl(arguments, &code);
        EXPECT_EQ(code, 0) << said;
        return code == 0 ? boost::json::parse(said) : value(boost::json::object{});
    }
    /// "smoke p1", of all alerts there are.
    std::set<std::string> alerts() {
        std::set<std::string> out;
        const value answer = ask({"alerts", "list"});
        for (const value& alert : answer.at("alerts").as_array()) {
            out.insert(std::string(alert.at("kind").as_string()) + " " +
                       std::string(alert.at("household").as_string()));
        }
        return out;
    }

    Rig rig;
};

TEST_F(EveryProtocol, IsUnderstoodAndRaisesItsAlarms) {
    ASSERT_NO_FATAL_FAILURE(start());
    const auto file = rig.dir() / "protocols.toml";
    std::ofstream(file) << scenario;
    const auto said = rig.sim({"home", "--shared", "--scenario", file.string(), "--until-acked",
                               "--report", (rig.dir() / "sensors.jsonl").string()});
    EXPECT_NE(said.find(" 0 refused, 0 unacknowledged"), std::string::npos) << said;

    const auto wanted = {"smoke p1", "smoke p2", "flood p1", "gas_leak p1", "sos p1"};
    const auto missing = [&] {
        const auto all = alerts();
        std::string out;
        for (const auto* each : wanted) {
            if (!all.contains(each)) out.append(each).append("; ");
        }
        return out;
    };
    // What does not answer may be on its way yet when the simulator has ended.
    for (int i = 0; i < 100 && !missing().empty(); ++i) std::this_thread::sleep_for(50ms);
    EXPECT_EQ(missing(), "") << rig.log("anjud");

    const auto status = ask({"status"});
    EXPECT_EQ(status.at("counters").at("malformed").to_number<int>(), 0)
        << rig.ctl({"rejected"}, nullptr) << rig.log("anjud");
    EXPECT_EQ(ask({"rejected"}).at("total").to_number<int>(), 0) << rig.ctl({"rejected"}, nullptr);
    const auto listed = ask({"devices", "list"});
    for (const value& device : listed.at("devices").as_array()) {
        EXPECT_FALSE(device.at("last_heard").is_null()) << device.at("id");
    }
    std::set<std::string> heard;
    for (const value& route : status.at("routes").as_array()) {
        if (route.at("messages").to_number<int>() > 0) {
            heard.emplace(route.at("driver").as_string());
        }
    }
    for (const auto* driver : {"native", "zigbee2mqtt", "wmbus", "chirpstack", "ctwing"}) {
        EXPECT_TRUE(heard.contains(driver)) << driver << " " << rig.ctl({"status"}, nullptr);
    }
}

}  // namespace
}  // namespace anju::test
