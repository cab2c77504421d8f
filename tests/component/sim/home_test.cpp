// The simulated homes keep the sensor contract over a real broker, against a gateway that
// answers late.
#include <gtest/gtest.h>

#include <csignal>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <thread>

#include "anju/v1/sensor.pb.h"
#include "anju/v1/simulation.pb.h"
#include "tests/component/sim/peer.hpp"

namespace anju::test {
namespace {

using Message = std::pair<std::string, std::uint64_t>;  ///< device, seq

/// Acknowledges from the n-th sending of a message on, n = `from_attempt`.
class LateGateway {
public:
    explicit LateGateway(int from_attempt) : from_attempt_(from_attempt) {}

    void operator()(Peer& peer, const mqtt::Incoming& message) {
        v1::SensorUplink uplink;
        if (!message.topic.starts_with("anju/v1/up/") || !uplink.ParseFromString(message.payload)) {
            return;
        }
        // One in four messages has to be repeated.
        const int needed = uplink.seq() % 4 == 2 ? from_attempt_ : 1;
        if (++seen_[{uplink.device_id(), uplink.seq()}] < needed) return;
        v1::SensorDownlink downlink;
        downlink.mutable_ack()->set_boot_id(uplink.boot_id());
        downlink.mutable_ack()->add_seqs(uplink.seq());
        peer.publish("anju/v1/down/" + uplink.device_id(), downlink.SerializeAsString());
    }

private:
    int from_attempt_;
    std::map<Message, int> seen_;
};

class HomeTest : public testing::Test {
protected:
    void SetUp() override {
        if (!Broker::installed()) GTEST_SKIP() << "mosquitto is not installed";
        broker_.emplace(
            Broker::Options{.users = {{"anju", "correct horse"}, {"simulator", "correct horse"}},
                            .acl = {},
                            .extra = {}});
    }
    TempDir dir_;
    std::optional<Broker> broker_;
};

TEST_F(HomeTest, RepeatsEveryMessageByteForByteUntilItIsAcknowledged) {
    auto gateway = std::make_shared<LateGateway>(2);
    Peer peer(*broker_, {"anju/v1/up/#"},
              [gateway](Peer& self, const mqtt::Incoming& message) { (*gateway)(self, message); });
    auto home = run_sim(*broker_, dir_,
                        {"home", "--shared", "--scenario", "quiet-day", "--rate", "30000",
                         "--until-acked", "--report", (dir_.path() / "report.jsonl").string()});
    EXPECT_EQ(exit_status(home, std::chrono::seconds{60}), 0) << read_text(dir_.path() / "sim.log");

    std::map<Message, std::string> first;
    std::map<std::string, std::set<std::uint64_t>> numbers;
    std::set<std::uint64_t> repeated;
    for (const auto& message : peer.heard()) {
        v1::SensorUplink uplink;
        ASSERT_TRUE(uplink.ParseFromString(message.payload));
        EXPECT_TRUE(message.topic.starts_with("anju/v1/up/" + uplink.device_id() + "/"));
        EXPECT_NE(uplink.boot_id(), 0U);
        numbers[uplink.device_id()].insert(uplink.seq());
        const auto [known, fresh] =
            first.emplace(Message{uplink.device_id(), uplink.seq()}, message.payload);
        if (fresh) continue;
        EXPECT_EQ(known->second, message.payload) << "a repetition differs";
        repeated.insert(uplink.seq());
    }
    EXPECT_TRUE(repeated.contains(2)) << "nothing was repeated";
    EXPECT_EQ(numbers.size(), 3U) << "meter, smoke, motion";
    for (const auto& [device, seqs] : numbers) {
        EXPECT_EQ(*seqs.rbegin(), seqs.size()) << device << " left a number out";
    }
    const auto report = read_text(dir_.path() / "report.jsonl");
    EXPECT_NE(report.find(R"("type":"ack")"), std::string::npos);
}

TEST_F(HomeTest, DrivesTheClockForwardAndBackToTheRateOfTheWorldAtTheEnd) {
    Peer peer(*broker_, {"anju/v1/clock"});
    auto home = run_sim(*broker_, dir_,
                        {"home", "--shared", "--scenario", "quiet-day", "--rate", "43200",
                         "--await-gateway", "0", "--start", "2026-03-02T06:00+08:00"});
    EXPECT_EQ(exit_status(home, std::chrono::seconds{60}), 0) << read_text(dir_.path() / "sim.log");
    std::vector<v1::ClockControl> clock;
    for (const auto& message : peer.heard()) {
        EXPECT_FALSE(message.retained);
        ASSERT_TRUE(clock.emplace_back().ParseFromString(message.payload));
    }
    ASSERT_GE(clock.size(), 4U);
    EXPECT_EQ(clock.front().unix_ms(), 1772402400000);
    for (std::size_t i = 1; i < clock.size(); ++i) {
        EXPECT_GE(clock[i].unix_ms(), clock[i - 1].unix_ms()) << "ran backwards";
    }
    EXPECT_EQ(clock[clock.size() / 2].rate(), 43200);
    EXPECT_EQ(clock.back().rate(), 1);
    EXPECT_GE(clock.back().unix_ms(), 1772402400000 + 24 * 3600 * 1000);
}

TEST_F(HomeTest, SaysWhatToCheckWhenThereIsNoBroker) {
    broker_->stop();
    auto home = run_sim(*broker_, dir_, {"home", "--shared", "--connect-limit", "1"});
    EXPECT_EQ(exit_status(home), 1);
    const auto text = read_text(dir_.path() / "sim.log");
    EXPECT_NE(text.find("check that the home broker runs"), std::string::npos) << text;
}

TEST_F(HomeTest, EndsAtOnceWhenItIsAskedTo) {
    auto home = run_sim(*broker_, dir_, {"home", "--shared", "--rate", "1"});
    std::this_thread::sleep_for(std::chrono::milliseconds{500});
    home.signal(SIGINT);
    EXPECT_EQ(exit_status(home, std::chrono::seconds{5}), 0);
}

TEST_F(HomeTest, TestsItselfWhenItIsAskedTo) {
    auto gateway = std::make_shared<LateGateway>(1);
    Peer peer(*broker_, {"anju/v1/up/#"},
              [gateway](Peer& self, const mqtt::Incoming& message) { (*gateway)(self, message); });
    const auto scenario = dir_.path() / "home.toml";
    std::ofstream(scenario) << R"(
name = "drill"
title_zh = "演练"
title_en = "A drill"
start = "2026-03-02T06:00+08:00"
lasts = "10h"
rate = 1
[[home]]
id = "h1"
community = "500106-001"
resident = "r1"
person_zh = "林桂芳"
person_en = "Lin Guifang"
device = [{ name = "smoke", kind = "smoke", label = "厨房烟感", room = "kitchen", sample_every = "4h" }]
)";
    const Child sim =
        run_sim(*broker_, dir_,
                {"home", "--shared", "--scenario", scenario.string(), "--await-gateway", "0"});
    const auto spoken = [](const std::vector<mqtt::Incoming>& heard) { return !heard.empty(); };
    ASSERT_TRUE(peer.wait_until(spoken)) << read_text(dir_.path() / "sim.log");
    v1::SensorDownlink asked;
    asked.mutable_command()->set_command_id("drill-1");
    asked.mutable_command()->set_expires_ms(4'000'000'000'000);
    asked.mutable_command()->set_self_test(true);
    // Asked twice under one id it tests itself once; what has expired it leaves.
    peer.publish("anju/v1/down/h1-smoke", asked.SerializeAsString());
    peer.publish("anju/v1/down/h1-smoke", asked.SerializeAsString());
    asked.mutable_command()->set_command_id("drill-2");
    asked.mutable_command()->set_expires_ms(1);
    peer.publish("anju/v1/down/h1-smoke", asked.SerializeAsString());
    asked.mutable_command()->set_command_id("drill-3");
    asked.mutable_command()->set_expires_ms(4'000'000'000'000);
    peer.publish("anju/v1/down/h1-smoke", asked.SerializeAsString());
    const auto tests = [](const std::vector<mqtt::Incoming>& heard) {
        std::set<std::uint64_t> out;
        for (const mqtt::Incoming& message : heard) {
            v1::SensorUplink uplink;
            if (!uplink.ParseFromString(message.payload)) continue;
            for (const auto& reading : uplink.readings()) {
                if (reading.test() && reading.smoke() && message.topic.ends_with("/alarm")) {
                    out.insert(uplink.seq());
                }
            }
        }
        return out;
    };
    ASSERT_TRUE(peer.wait_until([&](const auto& heard) { return tests(heard).size() >= 2; }));
    EXPECT_EQ(tests(peer.heard()).size(), 2U);
}

}  // namespace
}  // namespace anju::test
