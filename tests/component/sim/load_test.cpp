// The load generator counts what it claims to count.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <set>
#include <sstream>

#include "anju/v1/sensor.pb.h"
#include "tests/component/sim/peer.hpp"

namespace anju::test {
namespace {

TEST(LoadTest, CountsEveryAcknowledgedMessageOnceAndKeepsAlarmsApart) {
    if (!Broker::installed()) GTEST_SKIP() << "mosquitto is not installed";
    const Broker broker(
        Broker::Options{.users = {{"anju", "correct horse"}, {"simulator", "correct horse"}},
                        .acl = {},
                        .extra = {}});
    const TempDir dir;
    std::set<std::pair<std::string, std::uint64_t>> seen;
    std::size_t alarms = 0;
    Peer gateway(broker, {"anju/v1/up/#"}, [&](Peer& peer, const mqtt::Incoming& message) {
        v1::SensorUplink uplink;
        uplink.ParseFromString(message.payload);
        const bool fresh = seen.emplace(uplink.device_id(), uplink.seq()).second;
        if (fresh && message.topic.ends_with("/alarm")) ++alarms;
        if (fresh && uplink.seq() == 1) return;  // has to come again
        v1::SensorDownlink downlink;
        downlink.mutable_ack()->set_boot_id(uplink.boot_id());
        downlink.mutable_ack()->add_seqs(uplink.seq());
        peer.publish("anju/v1/down/" + uplink.device_id(), downlink.SerializeAsString());
    });
    auto load = run_sim(broker, dir,
                        {"load", "--devices", "20", "--devices-per-home", "5", "--rate", "200",
                         "--alarm-rate", "10", "--seconds", "2", "--drain", "40", "--json",
                         "--report", (dir.path() / "report").string()});
    ASSERT_EQ(exit_status(load), 0) << read_text(dir.path() / "sim.log");
    const auto out = boost::json::parse(read_text(dir.path() / "sim.log")).as_object();
    EXPECT_EQ(out.at("sent").to_number<std::size_t>(), seen.size());
    EXPECT_EQ(out.at("acked").to_number<std::size_t>(), seen.size());
    EXPECT_EQ(out.at("alarm").at("count").to_number<std::size_t>(), alarms);
    EXPECT_GT(alarms, 10U);
    EXPECT_GE(out.at("repeats").to_number<std::size_t>(), 20U) << "one at least per device";
    EXPECT_GE(out.at("bulk").at("max_ms").to_number<double>(), 16'000.0)
        << "a measurement waits sixteen seconds for its answer";
    EXPECT_LT(out.at("bulk").at("p50_ms").to_number<double>(), 2000.0);
    EXPECT_GT(out.at("cpu_cores").to_number<double>(), 0.0);
    EXPECT_GT(out.at("peak_mib").to_number<double>(), 1.0);
    EXPECT_EQ(out.at("unacked_after_drain").to_number<std::size_t>(), 0U);

    std::set<std::pair<std::string, std::uint64_t>> reported;
    std::istringstream lines(read_text(dir.path() / "report"));
    for (std::string line; std::getline(lines, line);) {
        const auto fact = boost::json::parse(line).as_object();
        if (fact.at("type").as_string() != "ack") continue;
        EXPECT_FALSE(fact.at("refused").as_bool());
        EXPECT_TRUE(reported
                        .emplace(std::string(fact.at("device").as_string()),
                                 fact.at("seq").to_number<std::uint64_t>())
                        .second)
            << "told twice: " << line;
    }
    EXPECT_EQ(reported.size(), alarms) << "what was acknowledged is told of alarms, each once";
}

}  // namespace
}  // namespace anju::test
