// anjud as a process: how it starts, stops, reloads, and what bad input does to it.
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <boost/json.hpp>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

#include "store/sqlite_journal.hpp"
#include "tests/e2e/fleet.hpp"
#include "tests/e2e/rig.hpp"
#include "vault/key_file.hpp"

namespace anju::test {
namespace {

using namespace std::chrono_literals;

constexpr const char* directory = R"(
[[household]]
id = "h1"
[[household.resident]]
id = "r1"
name = "林桂芳"
[[household.device]]
id = "h1-water"
kind = "water_meter"
driver = "native"
address = "h1-water"
[[household.device]]
id = "h1-smoke"
kind = "smoke"
driver = "zigbee2mqtt"
address = "kitchen/smoke"
[[household.device]]
id = "h1-door"
kind = "door"
driver = "zigbee2mqtt"
address = "0x00158d0001"
)";

std::int64_t now_ms() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

/// A daemon with one home, and somebody on its broker who says whatever a test wants.
class Anjud : public ::testing::Test {
protected:
    Anjud() : rig({.homes = 1, .district = false, .directory = directory}) {
        rig.start();
        mqtt::Session::Options options;
        options.endpoint = rig.home_endpoint("somebody");
        somebody = std::make_unique<mqtt::Session>(
            std::move(options), [](mqtt::Incoming&&) {}, [](bool) {});
        somebody->start();
        EXPECT_TRUE(eventually(
            [&] { return somebody->connected() && link_up("home") && link_up("sensors"); }));
    }

    static bool eventually(const std::function<bool()>& holds) {
        for (int i = 0; i < 200; ++i) {
            if (holds()) return true;
            std::this_thread::sleep_for(25ms);
        }
        return false;
    }
    boost::json::value ask(const std::vector<std::string>& arguments) {
        int code = 0;
        const std::string said = rig.ctl(arguments, &code);
        return code == 0 ? boost::json::parse(said) : boost::json::value(boost::json::object{});
    }
    std::uint64_t counter(const char* name) {
        const auto status = ask({"status"});
        return status.at("counters").at(name).to_number<std::uint64_t>();
    }
    bool link_up(std::string_view name) {
        const auto status = ask({"status"});
        for (const auto& link : status.at("links").as_array()) {
            if (link.at("name").as_string() == name) return link.at("connected").as_bool();
        }
        return false;
    }
    void say(const std::string& topic, const std::string& payload, bool retain = false) {
        ASSERT_TRUE(somebody->publish(topic, payload, 1, retain));
    }
    void say(const v1::SensorUplink& uplink) {
        say("anju/v1/up/" + uplink.device_id() + "/data", uplink.SerializeAsString());
    }
    static v1::SensorUplink water(std::uint64_t seq, std::int64_t total_ml, std::int64_t time_ms) {
        v1::SensorUplink uplink;
        uplink.set_device_id("h1-water");
        uplink.set_boot_id(1);
        uplink.set_seq(seq);
        v1::SensorReading& reading = *uplink.add_readings();
        reading.set_event_time_ms(time_ms);
        reading.set_water_total_ml(total_ml);
        return uplink;
    }
    void expect_counted(const char* name, std::uint64_t times) {
        EXPECT_TRUE(eventually([&] { return counter(name) == times; }))
            << name << " is " << counter(name) << " instead of " << times;
    }
    std::size_t alerts(std::string_view kind) {
        std::size_t found = 0;
        const auto list = ask({"alerts", "list", "--all"});
        for (const auto& alert : list.at("alerts").as_array()) {
            found += alert.at("kind").as_string() == kind ? 1 : 0;
        }
        return found;
    }

    Rig rig;
    std::unique_ptr<mqtt::Session> somebody;
};

TEST_F(Anjud, CountsEveryKindOfBadInputAndStaysAwakeForTheNextDevice) {
    say("anju/v1/up/h1-water/data", "\x01\xff not protobuf");
    expect_counted("malformed", 1);
    say("zigbee2mqtt/kitchen/smoke", "{\"smoke\": tru");
    expect_counted("malformed", 2);
    say("zigbee2mqtt/kitchen/smoke", "{\"battery\": NaN}");
    expect_counted("malformed", 3);
    say("zigbee2mqtt/kitchen/smoke", R"({"smoke":"maybe","battery":55})");
    expect_counted("bad_property", 1);
    v1::SensorUplink nan = water(1, 0, 0);
    nan.mutable_readings(0)->set_battery_v(std::numeric_limits<float>::quiet_NaN());
    say(nan);
    expect_counted("refused", 1);
    v1::SensorUplink stranger = water(1, 5, now_ms());
    stranger.set_device_id("nobody-knows-me");
    say(stranger);
    expect_counted("unknown_device", 1);
    say("anju/v1/up/h1-water/data", std::string(9000, 'x'));
    expect_counted("oversize", 1);

    say(water(2, 1000, 86'400'000));  // 2 January 1970
    expect_counted("clock_replaced", 1);
    say(water(3, 1001, now_ms() + 365LL * 86'400'000));  // next year
    expect_counted("clock_replaced", 2);
    say(water(3, 1001, now_ms() + 365LL * 86'400'000));  // the same once more
    expect_counted("duplicates", 1);
    say(water(4, 990, now_ms() - 3'600'000));  // an hour old, after a newer one
    expect_counted("late", 1);
    say("zigbee2mqtt/kitchen/smoke", R"({"smoke":true,"battery":80})", true);
    EXPECT_TRUE(eventually([&] { return alerts("smoke") == 1; }))
        << "a live message is an event also when the broker keeps it";

    say("zigbee2mqtt/0x00158d0001", R"({"contact":false})");
    EXPECT_TRUE(eventually([&] { return counter("readings") >= 6; })) << "another device is blind";
    EXPECT_TRUE(rig.daemon().running());
    const auto rejected = ask({"rejected"});
    EXPECT_GE(rejected.at("messages").as_array().size(), 6U);
}

TEST_F(Anjud, TakesARetainedMessageAsStateAndNotAsAnEvent) {
    ASSERT_EQ(rig.stop_daemon(10s), 0);
    say("zigbee2mqtt/kitchen/smoke", R"({"smoke":true,"battery":80})", true);
    std::this_thread::sleep_for(300ms);
    rig.start_daemon();
    ASSERT_TRUE(rig.daemon_ready(10s));
    // The broker also kept the message itself for our session: that one is an event, once.
    EXPECT_TRUE(eventually([&] { return counter("retained") >= 1; }));
    EXPECT_LE(alerts("smoke"), 1U);
}

TEST_F(Anjud, RefusesASecondStartAndNamesTheFirst) {
    Child second(
        {std::string(ANJU_BIN_DIR) + "/anjud", "--config", (rig.dir() / "anju.toml").string()},
        rig.dir() / "second.log");
    const auto status = second.wait(10s);
    ASSERT_TRUE(status);
    EXPECT_TRUE(WIFEXITED(*status) && WEXITSTATUS(*status) != 0);
    EXPECT_NE(rig.log("second").find(std::to_string(rig.daemon().pid())), std::string::npos)
        << rig.log("second");
    EXPECT_TRUE(rig.daemon().running());
}

TEST_F(Anjud, EndsOrderlyOnSigterm) {
    EXPECT_EQ(rig.stop_daemon(10s), 0);
}

TEST_F(Anjud, ReadsItsConfigurationAgainOnSighupAndKeepsTheOldOneWhenItIsBroken) {
    rig.daemon().signal(SIGHUP);
    EXPECT_TRUE(eventually(
        [&] { return rig.log("anjud").find("configuration_read") != std::string::npos; }));
    std::ofstream(rig.dir() / "anju.toml", std::ios::app) << "\n[gatewya]\nid = 3\n";
    rig.daemon().signal(SIGHUP);
    EXPECT_TRUE(eventually(
        [&] { return rig.log("anjud").find("configuration_refused") != std::string::npos; }));
    EXPECT_NE(rig.log("anjud").find("anju.toml:"), std::string::npos) << "where is the mistake?";
    EXPECT_TRUE(rig.daemon_ready(5s));
}

TEST_F(Anjud, NeverWritesTheNameOfAResidentIntoItsLog) {
    say("zigbee2mqtt/kitchen/smoke", R"({"smoke":true})");
    EXPECT_TRUE(eventually([&] { return alerts("smoke") == 1; }));
    EXPECT_EQ(rig.log("anjud").find("林桂芳"), std::string::npos);
}

TEST_F(Anjud, RefusesAHomeWhoseDeviceAnotherHomeHas) {
    std::ofstream(rig.dir() / "more.toml") << R"(
[[household]]
id = "h2"
[[household.resident]]
id = "r2"
name = "陈国强"
[[household.device]]
id = "h2-smoke"
kind = "smoke"
driver = "zigbee2mqtt"
address = "kitchen/smoke"
)";
    int code = 0;
    const std::string said =
        rig.ctl({"residents", "import", (rig.dir() / "more.toml").string()}, &code);
    EXPECT_EQ(code, 1);
    EXPECT_NE(said.find("kitchen/smoke"), std::string::npos) << said;
    EXPECT_EQ(ask({"status"}).at("households").to_number<int>(), 1);
}

TEST_F(Anjud, CarriesAnAlertToItsEndAtTheCommandLine) {
    say("zigbee2mqtt/kitchen/smoke", R"({"smoke":true})");
    EXPECT_TRUE(eventually([&] { return alerts("smoke") == 1; }));
    const auto list = ask({"alerts", "list"});
    const std::string id(list.at("alerts").as_array().at(0).at("id").as_string());
    int code = 0;
    (void)rig.ctl({"alerts", "ack", id, "--as", "lin"}, &code);
    EXPECT_EQ(code, 0);
    (void)rig.ctl({"alerts", "close", id, "--reason", "cooking_steam", "--note", ""}, &code);
    EXPECT_NE(code, 0) << "closing takes a note";
    (void)rig.ctl(
        {"alerts", "close", id, "--reason", "cooking_steam", "--note", "炒菜", "--as", "lin"},
        &code);
    EXPECT_EQ(code, 0);
    const auto shown = ask({"alerts", "show", id});
    EXPECT_EQ(shown.at("alert").at("state").as_string(), "closed");
    EXPECT_EQ(shown.at("alert").at("actor").as_string(), "cli:lin");
    EXPECT_GE(shown.at("history").as_array().size(), 3U);
}

/// Where a service manager would listen (sd_notify(3)).
class NotifySocket {
public:
    NotifySocket() : path_(dir_.path() / "notify"), socket_(socket(AF_UNIX, SOCK_DGRAM, 0)) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path_.string().copy(address.sun_path, sizeof address.sun_path - 1);
        const void* const plain = &address;
        EXPECT_EQ(bind(socket_, static_cast<const sockaddr*>(plain), sizeof address), 0);
        const timeval limit{10, 0};
        setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    }
    ~NotifySocket() { close(socket_); }
    NotifySocket(const NotifySocket&) = delete;
    NotifySocket& operator=(const NotifySocket&) = delete;

    [[nodiscard]] std::string variable() const { return "NOTIFY_SOCKET=" + path_.string(); }
    /// The next message; empty after 10 s without one.
    [[nodiscard]] std::string hear() const {
        char buffer[256];
        const ssize_t size = recv(socket_, buffer, sizeof buffer, 0);
        return {buffer, static_cast<std::size_t>(std::max<ssize_t>(size, 0))};
    }

private:
    TempDir dir_;
    std::filesystem::path path_;
    int socket_;
};

// The first word to the watchdog sets it going, and a start on a slow card takes minutes.
TEST(Gathering, LetsMeasurementsShareACommitAndAnAlarmTakesThemAlong) {
    if (!Broker::installed()) GTEST_SKIP() << "mosquitto is not installed";
    Rig rig(
        {.homes = 1, .district = false, .extra_config = "[store]\nmeasurements_every = \"10s\"\n"});
    rig.start();
    const std::string water = Rig::device(0, "water");
    const std::string smoke = Rig::device(0, "smoke");
    Fleet fleet({.endpoint = rig.home_endpoint("fleet"), .devices = {water, smoke}});
    const auto draw = [&](std::int64_t ml) {
        v1::SensorReading reading;
        reading.set_water_total_ml(ml);
        fleet.say(water, sim::Topic::data, reading);
    };
    draw(1'000);
    ASSERT_TRUE(fleet.settle(15s));
    draw(2'000);
    draw(3'000);
    std::this_thread::sleep_for(3s);
    EXPECT_EQ(fleet.acknowledged_count(), 1U) << "a commit for each message wears out a card";
    v1::SensorReading fire;
    fire.set_smoke(true);
    fleet.say(smoke, sim::Topic::alarm, fire);
    EXPECT_TRUE(fleet.settle(3s)) << "an alarm waits for nothing, and what waited goes along";
    draw(4'000);
    EXPECT_TRUE(fleet.settle(14s)) << "nor does a measurement wait for ever";
}

TEST(Start, TheWatchdogIsToldNothingBeforeTheServiceIsReady) {
    if (!Broker::installed()) GTEST_SKIP() << "mosquitto is not installed";
    const NotifySocket manager;
    Rig rig({.homes = 1,
             .district = false,
             .environment = {manager.variable()},
             .directory = directory});
    rig.start();
    const auto next = [&](bool starting) {
        std::string said = manager.hear();
        while (said.starts_with("STATUS=") ||
               (starting && said.starts_with("EXTEND_TIMEOUT_USEC=")))
            said = manager.hear();
        return said;
    };
    EXPECT_EQ(next(true), "READY=1");
    EXPECT_EQ(next(false), "WATCHDOG=1") << "and then it is told";
}

// Sealing and writing the file anew may take longer than any time that was set for a start.
TEST(Start, TheServiceManagerIsToldThatAStoreComesUnderAKeyAndWaits) {
    if (!Broker::installed()) GTEST_SKIP() << "mosquitto is not installed";
    const NotifySocket manager;
    Rig rig({.homes = 1,
             .district = false,
             .environment = {manager.variable()},
             .extra_config = "[store]\nseal_key_file = \"seal.key\"\n",
             .directory = directory});
    {
        store::Options open;
        open.data_dir = rig.data_dir();
        EXPECT_TRUE(store::SqliteJournal::open(open, Instant{24h * 365 * 55}, 1));
    }
    const auto key = rig.dir() / "seal.key";
    std::ofstream(key) << vault::make_line();
    std::filesystem::permissions(key, std::filesystem::perms::owner_read);
    rig.start();
    std::vector<std::string> told;
    do {
        told.push_back(manager.hear());
    } while (!told.back().empty() && told.back() != "READY=1");
    EXPECT_EQ(told.back(), "READY=1");
    const auto position = [&](const char* what) {
        return std::ranges::find_if(
                   told,
                   [what](const std::string& one) { return one.find(what) != std::string::npos; }) -
               told.begin();
    };
    const auto end = static_cast<std::ptrdiff_t>(told.size());
    EXPECT_LT(position("STATUS=正在打开数据"), position("sealing names and addresses"));
    EXPECT_LT(position("sealing names and addresses"), position("writing the store's file anew"));
    EXPECT_LT(position("writing the store's file anew"), end);
    EXPECT_LT(position("EXTEND_TIMEOUT_USEC=3"), end);
    EXPECT_EQ(position("WATCHDOG=1"), end) << "before it was ready";
}

}  // namespace
}  // namespace anju::test
