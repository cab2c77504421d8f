#include "api/metrics.hpp"

#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <sstream>

#include "control/render.hpp"

namespace anju::api {
namespace {

boost::json::object status(bool connected = true, Space space = Space::ample) {
    control::Facts facts;
    facts.gateway_id = "box-1";
    facts.version = "1.2\"3";
    facts.households = 7;
    facts.links = {{.name = "home", .uri = "mqtt://h", .connected = connected, .last_error = {}},
                   {.name = "alarms", .uri = "mqtt://h", .connected = true, .last_error = {}}};
    facts.links[0].received = 12;
    facts.links[0].failures = 3;
    facts.store.space = space;
    facts.counters = {{"messages", 93}};
    return control::Render(std::chrono::minutes{480}).status(facts);
}

}  // namespace

TEST(Metrics, SayEachFigureOnceUnderItsFamily) {
    const std::array counts{NamedCount{"requests", 5}};
    const std::array levels{NamedCount{"listeners", 2}};
    const std::string text = metrics(status(), counts, levels);
    EXPECT_NE(text.find("anju_build_info{version=\"1.2\\\"3\"} 1\n"), text.npos) << text;
    EXPECT_NE(text.find("anju_households 7\n"), text.npos);
    EXPECT_NE(text.find("anju_events_total{kind=\"messages\"} 93\n"), text.npos);
    EXPECT_NE(text.find("anju_link_connected{name=\"home\"} 1\n"), text.npos);
    EXPECT_NE(text.find("anju_link_messages_received_total{name=\"home\"} 12\n"), text.npos);
    EXPECT_NE(text.find("anju_link_failures_total{name=\"home\"} 3\n"), text.npos);
    EXPECT_NE(text.find("anju_web_total{kind=\"requests\"} 5\n"), text.npos);
    EXPECT_NE(text.find("anju_web{kind=\"listeners\"} 2\n"), text.npos);
}

TEST(Metrics, SayHowTheBoxDoesAndNothingOfWhatItDoesNotKnow) {
    auto known = status();
    known["box"] = boost::json::parse(R"({"protects": false, "reasons": ["clock"],
        "uptime_s": 77, "boots": null, "temperature_mc": -3200, "undervoltage": null,
        "unread": 2, "unshown": 1,
        "disk_free_bytes": 9, "sensors_ok": 4, "sensors_stale": 0, "sensors_offline": 0,
        "sensors_faulty": 0, "storage": [
        {"name": "mmcblk0", "used_tenths": null, "written_bytes": 512},
        {"name": "mmcblk1", "used_tenths": 3, "written_bytes": null}]})");
    const std::string text = metrics(known, {}, {});
    for (const char* const line :
         {"anju_box_protects 0\n", "anju_box_uptime_seconds 77\n",
          "anju_box_temperature_celsius -3\n", "anju_box_unread_total 2\n",
          "anju_box_unshown_total 1\n", "anju_box_disk_free_bytes 9\n", "anju_sensors_ok 4\n",
          "anju_storage_written_bytes{device=\"mmcblk0\"} 512\n",
          "anju_storage_used_tenths{device=\"mmcblk1\"} 3\n"}) {
        EXPECT_NE(text.find(line), text.npos) << line;
    }
    EXPECT_EQ(text.find("anju_update_"), text.npos) << "nothing looks for updates there";
    EXPECT_EQ(text.find("anju_box_boots"), text.npos);
    EXPECT_EQ(text.find("anju_box_undervoltage"), text.npos);
    EXPECT_EQ(text.find("anju_storage_used_tenths{device=\"mmcblk0\"}"), text.npos);
}

namespace {

boost::json::object with_update() {
    BoxUpdate update;
    update.outcome = BoxUpdate::Outcome::rolled_back;
    update.from = "0.1";
    update.to = "0.2";
    update.why = "no_answer";
    update.noticed = "link:district_alarm,store_low";
    update.at = from_unix_ms(7'000);
    update.step = "idle";
    update.waiting = "0.3";
    update.waiting_why = "later";
    update.refused = {"0.2"};
    update.failed_version = "0.3";
    update.failures = 2;
    auto known = status();
    known["box"] = boost::json::parse(R"({"protects": true, "uptime_s": null, "boots": null,
        "temperature_mc": null, "undervoltage": null, "unread": 0, "unshown": 0,
        "disk_free_bytes": null, "sensors_ok": 1,
        "sensors_stale": 0, "sensors_offline": 0, "sensors_faulty": 0, "storage": []})");
    known["box"].as_object()["update"] = control::Render(std::chrono::minutes{480}).update(update);
    return known;
}

}  // namespace

TEST(Metrics, SayHowUpdatesGo) {
    auto known = with_update();
    std::string text = metrics(known, {}, {});
    for (const char* const line :
         {"anju_update_outcome{outcome=\"rolled_back\",version=\"0.2\"} 1\n",
          "anju_update_waiting{version=\"0.3\",reason=\"later\"} 1\n", "anju_update_failures 2\n",
          "anju_update_refused 1\n"}) {
        EXPECT_NE(text.find(line), text.npos) << line << text;
    }
    known["box"].as_object()["update"] = control::Render(std::chrono::minutes{480}).update({});
    text = metrics(known, {}, {});
    EXPECT_NE(text.find("anju_update_outcome{outcome=\"none\",version=\"\"} 1\n"), text.npos);
    EXPECT_NE(text.find("anju_update_waiting 0\n"), text.npos);
    EXPECT_NE(text.find("anju_update_failures 0\n"), text.npos);
}

TEST(Metrics, AreLinesThatAMonitorReads) {
    std::istringstream lines(metrics(with_update(), {}, {}));
    std::string family;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("# TYPE ")) {
            family = line.substr(7, line.rfind(' ') - 7);
            continue;
        }
        if (line.starts_with("# HELP ")) continue;
        ASSERT_TRUE(line.starts_with(family)) << line << " under " << family;
        const auto digits = line.substr(line.rfind(' ') + 1);
        EXPECT_EQ(digits.find_first_not_of("0123456789"), std::string::npos) << line;
    }
}

TEST(Metrics, AreWhatTheDashboardShows) {
    std::ifstream file(ANJU_DASHBOARD);
    const std::string dashboard{std::istreambuf_iterator<char>(file), {}};
    boost::system::error_code broken;
    ASSERT_TRUE(boost::json::parse(dashboard, broken).is_object()) << ANJU_DASHBOARD;
    auto whole = with_update();
    auto& box = whole["box"].as_object();
    box["undervoltage"] = false;
    box["temperature_mc"] = 51'000;
    box["storage"] =
        boost::json::parse(R"([{"name": "mmcblk0", "used_tenths": 2, "written_bytes": 512}])");
    const std::string text = metrics(whole, {}, {});
    const std::regex metric("anju_[a-z_]+");
    std::set<std::string> shown;
    for (std::sregex_iterator one(dashboard.begin(), dashboard.end(), metric), end; one != end;
         ++one) {
        shown.insert(one->str());
    }
    EXPECT_GT(shown.size(), 10U);
    for (const std::string& name : shown) {
        EXPECT_NE(text.find("# TYPE " + name + " "), text.npos) << name << " is not written";
    }
}

TEST(Readiness, IsToHearTheHomeAndHaveRoom) {
    EXPECT_EQ(not_ready(status()), "");
    EXPECT_NE(not_ready(status(false)), "");
    EXPECT_NE(not_ready(status(true, Space::low)), "");
}

TEST(Metrics, AreReadFromTheBoxItselfOrWithTheToken) {
    http::Request here;
    here.peer = "127.0.0.1";
    http::Request there;
    there.peer = "203.0.113.7";
    EXPECT_TRUE(may_read_metrics(here, ""));
    EXPECT_FALSE(may_read_metrics(there, ""));
    there.authorization = "Bearer ";
    EXPECT_FALSE(may_read_metrics(there, "")) << "no token is not an empty one";
    const std::string token(32, 'a');
    EXPECT_FALSE(may_read_metrics(here, token)) << "a proxy is on the box too";
    there.authorization = "Bearer " + token;
    EXPECT_TRUE(may_read_metrics(there, token));
    for (const std::string& wrong :
         {token, "bearer" + token, "Bearer " + token + "a", "Bearer " + std::string(32, 'b')}) {
        there.authorization = wrong;
        EXPECT_FALSE(may_read_metrics(there, token)) << wrong;
    }
}

}  // namespace anju::api
