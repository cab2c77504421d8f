// The stand-in platform keeps the district contract over a real broker.
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <optional>
#include <set>
#include <thread>

#include "firmware-sim/platform/summary.hpp"
#include "tests/component/sim/peer.hpp"
#include "tests/support/http_peer.hpp"

namespace anju::test {
namespace {

using namespace std::chrono_literals;

constexpr auto ack_topic = "anju/v1/district/g1/down/ack";
constexpr auto alarm_topic = "anju/v1/district/g1/up/alarm";
constexpr auto bulk_topic = "anju/v1/district/g1/up/bulk";

class PlatformTest : public testing::Test {
protected:
    void SetUp() override {
        if (!Broker::installed()) GTEST_SKIP() << "mosquitto is not installed";
        broker_.emplace(Broker::Options{
            .users = {{"anju", "correct horse"}}, .acl = {}, .extra = {"log_type subscribe"}});
        peer_.emplace(*broker_, std::vector<std::string>{ack_topic});
    }

    /// Returns when the platform has subscribed.
    Child start_platform(std::vector<std::string> more = {}) {
        std::vector<std::string> arguments{"platform", "--user", "anju", "--store",
                                           file().string()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        const auto log = "platform" + std::to_string(++starts_) + ".log";
        auto child = run_sim(*broker_, dir_, arguments, log);
        const auto deadline = std::chrono::steady_clock::now() + patience;
        while (read_text(dir_.path() / log).find("platform connected") == std::string::npos) {
            if (std::chrono::steady_clock::now() > deadline) {
                ADD_FAILURE() << read_text(dir_.path() / log);
                break;
            }
            std::this_thread::sleep_for(10ms);
        }
        return child;
    }

    void send(v1::Lane lane, std::uint64_t seq) {
        peer_->publish(lane == v1::LANE_ALARM ? alarm_topic : bulk_topic,
                       make_event(lane, seq).SerializeAsString());
    }

    [[nodiscard]] std::vector<v1::DistrictAck> acks() const { return parse(peer_->heard()); }

    static std::vector<v1::DistrictAck> parse(const std::vector<mqtt::Incoming>& heard) {
        std::vector<v1::DistrictAck> out;
        for (const auto& message : heard) out.emplace_back().ParseFromString(message.payload);
        return out;
    }

    bool wait_for_ack(const std::function<bool(const v1::DistrictAck&)>& wanted,
                      std::chrono::milliseconds limit = patience) {
        return peer_->wait_until(
            [&](const std::vector<mqtt::Incoming>& heard) {
                const auto list = parse(heard);
                return std::any_of(list.begin(), list.end(), wanted);
            },
            limit);
    }

    [[nodiscard]] sim::PlatformSummary summary() const {
        const auto store = sim::PlatformStore::open(file(), sim::PlatformStore::Mode::read);
        return sim::summarise(store.value(), sim::ReportReader{{}}).value();
    }

    [[nodiscard]] std::filesystem::path file() const { return dir_.path() / "platform.db"; }

    TempDir dir_;
    std::optional<Broker> broker_;
    std::optional<Peer> peer_;
    int starts_ = 0;
};

bool names(const v1::DistrictAck& ack, std::uint64_t seq) {
    return std::find(ack.seqs().begin(), ack.seqs().end(), seq) != ack.seqs().end();
}

TEST_F(PlatformTest, AcknowledgesAlarmsOneByOneAndBulkUpToANumberWhenTheyAreInItsFile) {
    const auto platform = start_platform();
    send(v1::LANE_ALARM, 1);
    ASSERT_TRUE(wait_for_ack(
        [](const auto& ack) { return ack.lane() == v1::LANE_ALARM && names(ack, 1); }));
    EXPECT_EQ(summary().events(), 1U) << "acknowledged before it was committed";
    for (std::uint64_t seq = 1; seq <= 50; ++seq) send(v1::LANE_BULK, seq);
    ASSERT_TRUE(wait_for_ack(
        [](const auto& ack) { return ack.lane() == v1::LANE_BULK && ack.through_seq() == 50; }));
    EXPECT_EQ(summary().events(), 51U);
    EXPECT_EQ(summary().missing(), 0U);
}

TEST_F(PlatformTest, StoresARepetitionOnceAndAcknowledgesItAgain) {
    const auto platform = start_platform();
    const auto acknowledged = [&](std::size_t times) {
        return peer_->wait_until([&](const auto& heard) { return heard.size() >= times; });
    };
    for (std::size_t times = 1; times <= 3; ++times) {
        send(v1::LANE_ALARM, 1);
        ASSERT_TRUE(acknowledged(times));
    }
    EXPECT_EQ(summary().events(), 1U);
    EXPECT_EQ(summary().duplicates(), 2U);
}

TEST_F(PlatformTest, AsksForAHoleAndIsContentOnceItIsFilled) {
    const auto platform = start_platform();
    for (const std::uint64_t seq : {1, 2, 4, 5}) send(v1::LANE_BULK, seq);
    ASSERT_TRUE(wait_for_ack([](const auto& ack) {
        return ack.missing_size() == 1 && ack.missing(0).first() == 3 && ack.missing(0).last() == 3;
    }));
    EXPECT_EQ(summary().missing(), 1U);
    send(v1::LANE_BULK, 3);
    ASSERT_TRUE(wait_for_ack([](const auto& ack) { return ack.through_seq() == 5; }));
    EXPECT_EQ(summary().missing(), 0U);
}

TEST_F(PlatformTest, AsksForTheEndThatOnlyAHeartbeatKnows) {
    const auto platform = start_platform();
    v1::DistrictUplink uplink;
    auto& beat = *uplink.mutable_heartbeat();
    beat.set_gateway_id("g1");
    beat.set_epoch(1);
    auto& head = *beat.add_lanes();
    head.set_lane(v1::LANE_ALARM);
    head.set_head_seq(3);
    peer_->publish(bulk_topic, uplink.SerializeAsString());
    EXPECT_TRUE(wait_for_ack([](const auto& ack) {
        return ack.lane() == v1::LANE_ALARM && ack.missing_size() == 1 &&
               ack.missing(0).first() == 1 && ack.missing(0).last() == 3;
    }));
}

TEST_F(PlatformTest, HasEverythingItEverAcknowledgedAfterItWasKilled) {
    std::uint64_t seq = 0;
    for (int round = 0; round < 3; ++round) {
        auto platform = start_platform();
        const auto first = seq + 1;
        for (int i = 0; i < 200; ++i) send(v1::LANE_ALARM, ++seq);
        // Killed in the middle of it: nobody repeats here, so the rest may be lost.
        ASSERT_TRUE(wait_for_ack([&](const auto& ack) {
            return ack.seqs_size() > 0 &&
                   *std::max_element(ack.seqs().begin(), ack.seqs().end()) >= first;
        }));
        platform.kill();
    }
    std::set<std::uint64_t> acknowledged;
    for (const auto& ack : acks()) acknowledged.insert(ack.seqs().begin(), ack.seqs().end());
    std::set<std::uint64_t> stored;
    const auto store = sim::PlatformStore::open(file(), sim::PlatformStore::Mode::read).value();
    ASSERT_TRUE(store.identities([&](const auto&, std::uint64_t each) { stored.insert(each); }));
    EXPECT_TRUE(
        std::includes(stored.begin(), stored.end(), acknowledged.begin(), acknowledged.end()));
}

TEST_F(PlatformTest, CanBeMadeToLoseItsAcknowledgements) {
    {
        auto deaf = start_platform({"--drop-acks", "1", "--stop-after", "2"});
        send(v1::LANE_ALARM, 1);
        send(v1::LANE_ALARM, 2);
        EXPECT_EQ(exit_status(deaf), 0);
    }
    EXPECT_EQ(summary().events(), 2U);
    EXPECT_TRUE(acks().empty());
    const auto platform = start_platform();
    send(v1::LANE_ALARM, 2);
    EXPECT_TRUE(wait_for_ack([](const auto& ack) { return names(ack, 2); }));
    EXPECT_EQ(summary().duplicates(), 1U);
}

TEST_F(PlatformTest, IgnoresAnEventUnderAnotherGatewaysTopic) {
    const auto platform = start_platform();
    peer_->publish("anju/v1/district/g2/up/alarm",
                   make_event(v1::LANE_ALARM, 1).SerializeAsString());
    peer_->publish(alarm_topic, "not protobuf at all");
    send(v1::LANE_ALARM, 2);
    ASSERT_TRUE(wait_for_ack([](const auto& ack) { return names(ack, 2); }));
    EXPECT_EQ(summary().events(), 1U);
}

TEST_F(PlatformTest, EndsCleanlyOnSigtermAndTellsWhatItStored) {
    auto platform = start_platform({"--print"});
    send(v1::LANE_ALARM, 1);
    ASSERT_TRUE(wait_for_ack([](const auto& ack) { return names(ack, 1); }));
    platform.signal(SIGTERM);
    EXPECT_EQ(exit_status(platform), 0);
    const auto text = read_text(dir_.path() / "platform1.log");
    EXPECT_NE(text.find("stored 1 events"), std::string::npos) << text;
    EXPECT_NE(text.find("厨房烟感报警"), std::string::npos) << text;
    EXPECT_NE(text.find("The smoke alarm in the kitchen sounds."), std::string::npos) << text;

    Child report({ANJU_SIM, "platform-report", file().string(), "--json"},
                 dir_.path() / "report.json");
    EXPECT_EQ(exit_status(report), 0);
    const auto json = read_text(dir_.path() / "report.json");
    EXPECT_NE(json.find(R"("alert_id":"h1-1")"), std::string::npos) << json;
    EXPECT_NE(json.find(R"("raised_events":1)"), std::string::npos) << json;
}

/// The address of the page that a platform said it has; empty: it has said nothing.
std::string page_of(const std::filesystem::path& log) {
    const auto text = read_text(log);
    const auto at = text.find("http://127.0.0.1:");
    return at == std::string::npos ? "" : text.substr(at, text.find('\n', at) - at);
}

TEST_F(PlatformTest, IsNotThereDuringAnOutageAndTakesAfterwardsWhatItsBrokerKept) {
    const auto platform = start_platform({"--page", "127.0.0.1:0"});
    const auto log = dir_.path() / "platform1.log";
    const auto page = page_of(log);
    const auto press = [&](const std::string& button) {
        const auto shown = http("GET", page, "", "127.0.0.1:1").body;
        const std::string before = "name=\"token\" value=\"";
        const auto token = shown.substr(shown.find(before) + before.size(), 32);
        return http("POST", page + button, "token=" + token, "127.0.0.1:1").status;
    };
    // Its broker keeps something for it only once it has subscribed.
    send(v1::LANE_ALARM, 1);
    ASSERT_TRUE(wait_for_ack([](const auto& ack) { return names(ack, 1); }));
    ASSERT_EQ(press("outage"), 303U);
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (read_text(log).find("platform is out") == std::string::npos) {
        ASSERT_LT(std::chrono::steady_clock::now(), deadline) << read_text(log);
        std::this_thread::sleep_for(10ms);
    }
    send(v1::LANE_ALARM, 2);
    EXPECT_EQ(acks().size(), 1U);
    ASSERT_EQ(press("heal"), 303U);
    EXPECT_TRUE(wait_for_ack([](const auto& ack) { return names(ack, 2); }));
    EXPECT_NE(http("GET", page + "?lang=en", "", "127.0.0.1:1").body.find("smoke alarm in the"),
              std::string::npos);
}

TEST_F(PlatformTest, CommitsNothingBeforeItsSlownessIsOver) {
    const auto platform = start_platform({"--slow", "1000h", "--page", "127.0.0.1:0"});
    send(v1::LANE_ALARM, 1);
    v1::DistrictUplink beat;
    beat.mutable_heartbeat()->set_gateway_id("g1");
    beat.mutable_heartbeat()->set_epoch(1);
    auto& lane = *beat.mutable_heartbeat()->add_lanes();
    lane.set_lane(v1::LANE_BULK);
    lane.set_head_seq(1);
    peer_->publish(alarm_topic, beat.SerializeAsString());
    // It answers what came later: so it has the alarm, and keeps it to itself.
    ASSERT_TRUE(wait_for_ack([](const auto& ack) { return ack.lane() == v1::LANE_BULK; }));
    EXPECT_EQ(summary().events(), 0U);
}

TEST_F(PlatformTest, KnowsHolesAndRepetitionsOfBeforeItWasStartedAgain) {
    {
        auto first = start_platform();
        for (const std::uint64_t seq : {1, 1, 3}) send(v1::LANE_ALARM, seq);
        ASSERT_TRUE(wait_for_ack([](const auto& ack) { return names(ack, 3); }));
        first.signal(SIGTERM);
        ASSERT_EQ(exit_status(first), 0);
    }
    const auto before = peer_->heard().size();
    const auto again = start_platform({"--page", "127.0.0.1:0"});
    ASSERT_TRUE(peer_->wait_until([&](const auto& heard) {
        const auto list = parse(heard);
        return std::any_of(list.begin() + static_cast<std::ptrdiff_t>(before), list.end(),
                           [](const auto& ack) { return ack.missing_size() == 1; });
    }));
    const auto page =
        http("GET", page_of(dir_.path() / "platform2.log") + "?lang=en", "", "127.0.0.1:1").body;
    EXPECT_NE(page.find("Missing</dt><dd class=\"bad-word\">⚠ 1<"), std::string::npos) << page;
    EXPECT_NE(page.find("Repetitions</dt><dd>1<"), std::string::npos) << page;
}

TEST_F(PlatformTest, ReceivesAFleetWithoutAHoleAlthoughItLosesAcknowledgements) {
    const auto platform = start_platform({"--drop-acks", "0.3"});
    auto fleet = run_sim(*broker_, dir_,
                         {"fleet", "--user", "anju", "--boxes", "7", "--rate", "100",
                          "--alarm-rate", "20", "--seconds", "2", "--drain", "60", "--json"},
                         "fleet.log");
    ASSERT_EQ(exit_status(fleet, 90s), 0) << read_text(dir_.path() / "fleet.log");
    const auto text = read_text(dir_.path() / "fleet.log");
    const auto seen = summary();
    EXPECT_EQ(seen.streams.size(), 14U) << "two lanes of each box";
    EXPECT_EQ(seen.missing(), 0U);
    EXPECT_GT(seen.duplicates(), 0U) << "what was not acknowledged has to come again";
    const auto sent = "\"sent\":" + std::to_string(seen.events()) + ",";
    EXPECT_NE(text.find(sent), std::string::npos) << sent << " in:\n" << text;
}

}  // namespace
}  // namespace anju::test
