// One command from the district, and the exit status its sender gets.
#include <gtest/gtest.h>

#include <optional>

#include "tests/component/sim/peer.hpp"

namespace anju::test {
namespace {

constexpr auto command_topic = "anju/v1/district/g1/down/command";

/// A gateway that answers every command with `status`.
std::function<void(Peer&, const mqtt::Incoming&)> answer(v1::CommandResult::Status status) {
    return [status](Peer& peer, const mqtt::Incoming& message) {
        v1::DistrictCommand command;
        command.ParseFromString(message.payload);
        auto uplink = make_event(v1::LANE_ALARM, 1);
        auto& result = *uplink.mutable_event()->mutable_command_result();
        result.set_command_id(command.command_id());
        result.set_status(status);
        result.set_text("because");
        peer.publish("anju/v1/district/g1/up/alarm", uplink.SerializeAsString());
    };
}

class CommandTest : public testing::Test {
protected:
    void SetUp() override {
        if (!Broker::installed()) GTEST_SKIP() << "mosquitto is not installed";
        broker_.emplace();
    }
    std::optional<int> run(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), {"command", "--user", "anju", "--gateway", "g1"});
        auto child = run_sim(*broker_, dir_, arguments);
        return exit_status(child);
    }

    TempDir dir_;
    std::optional<Broker> broker_;
};

TEST_F(CommandTest, CarriesVerbReasonAndNoteAndSucceedsWhenApplied) {
    Peer gateway(*broker_, {command_topic}, answer(v1::CommandResult::STATUS_APPLIED));
    EXPECT_EQ(run({"--id", "c1", "close", "h1-1", "--reason", "cooking_steam", "--note", "做饭"}),
              0)
        << read_text(dir_.path() / "sim.log");
    const auto heard = gateway.heard();
    ASSERT_EQ(heard.size(), 1U);
    v1::DistrictCommand command;
    ASSERT_TRUE(command.ParseFromString(heard[0].payload));
    EXPECT_EQ(command.command_id(), "c1");
    EXPECT_EQ(command.gateway_id(), "g1");
    EXPECT_GT(command.issued_ms(), 0);
    EXPECT_EQ(command.alert().alert_id(), "h1-1");
    EXPECT_EQ(command.alert().verb(), v1::AlertAction::VERB_CLOSE);
    EXPECT_EQ(command.alert().reason(), v1::CLOSING_REASON_COOKING_STEAM);
    EXPECT_EQ(command.alert().note(), "做饭");
}

TEST_F(CommandTest, TellsRefusalAndExpiryApart) {
    {
        const Peer gateway(*broker_, {command_topic}, answer(v1::CommandResult::STATUS_REFUSED));
        EXPECT_EQ(run({"ack", "h1-1"}), 3);
        EXPECT_NE(read_text(dir_.path() / "sim.log").find("because"), std::string::npos);
    }
    const Peer gateway(*broker_, {command_topic}, answer(v1::CommandResult::STATUS_EXPIRED));
    EXPECT_EQ(run({"ack", "h1-1"}), 4);
}

TEST_F(CommandTest, AsksForARangeOfEvents) {
    Peer gateway(*broker_, {command_topic}, answer(v1::CommandResult::STATUS_APPLIED));
    EXPECT_EQ(run({"resend", "--lane", "bulk", "--epoch", "7", "--first", "3", "--last", "9"}), 0);
    v1::DistrictCommand command;
    ASSERT_TRUE(command.ParseFromString(gateway.heard().at(0).payload));
    EXPECT_EQ(command.resend().epoch(), 7U);
    EXPECT_EQ(command.resend().lane(), v1::LANE_BULK);
    EXPECT_EQ(command.resend().first_seq(), 3U);
    EXPECT_EQ(command.resend().last_seq(), 9U);
}

TEST_F(CommandTest, GivesUpWhenNobodyAnswers) {
    EXPECT_EQ(run({"--timeout", "1", "ack", "h1-1"}), 5);
}

TEST_F(CommandTest, RefusesAnUnknownReasonBeforeItSendsAnything) {
    const Peer gateway(*broker_, {command_topic});
    EXPECT_EQ(run({"close", "h1-1", "--reason", "whatever", "--note", "x"}), 1);
    EXPECT_NE(read_text(dir_.path() / "sim.log").find("cooking_steam"), std::string::npos);
    EXPECT_TRUE(gateway.heard().empty());
}

}  // namespace
}  // namespace anju::test
