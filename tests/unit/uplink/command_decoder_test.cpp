#include "uplink/command_decoder.hpp"

#include <gtest/gtest.h>

#include <random>

#include "anju/v1/command.pb.h"

namespace anju::uplink {

namespace {

v1::DistrictCommand acknowledge() {
    v1::DistrictCommand message;
    message.set_command_id("c-1");
    message.set_gateway_id("box-1");
    message.set_expires_ms(1'700'000'000'000);
    message.set_issuer("district-7");
    message.mutable_alert()->set_alert_id("h-7-3");
    message.mutable_alert()->set_verb(v1::AlertAction::VERB_ACKNOWLEDGE);
    return message;
}

Order decoded(const v1::DistrictCommand& message) {
    return decode_command(message.SerializeAsString(), "box-1");
}

std::string refusal_code(const v1::DistrictCommand& message) {
    const auto order = decoded(message);
    const auto* refused = std::get_if<RefusedOrder>(&order);
    return refused == nullptr ? "accepted" : refused->code;
}

}  // namespace

TEST(CommandDecoder, AnAcknowledgementBecomesAnAlertCommand) {
    const auto order = decoded(acknowledge());
    const auto& alert = std::get<AlertOrder>(order);
    EXPECT_EQ(alert.command.command_id, "c-1");
    EXPECT_EQ(alert.command.alert, AlertId{"h-7-3"});
    EXPECT_EQ(alert.command.verb, AlertVerb::acknowledge);
    EXPECT_EQ(alert.command.actor, "platform:district-7");
    EXPECT_EQ(alert.expires, from_unix_ms(1'700'000'000'000));
}

TEST(CommandDecoder, ClosingCarriesReasonAndNote) {
    auto message = acknowledge();
    message.mutable_alert()->set_verb(v1::AlertAction::VERB_CLOSE);
    message.mutable_alert()->set_reason(v1::CLOSING_REASON_COOKING_STEAM);
    message.mutable_alert()->set_note("厨房油烟");
    const auto order = decoded(message);
    const auto& command = std::get<AlertOrder>(order).command;
    EXPECT_EQ(command.verb, AlertVerb::close);
    EXPECT_EQ(command.reason, ClosingReason::cooking_steam);
    EXPECT_EQ(command.note, "厨房油烟");
}

TEST(CommandDecoder, AResendRequestKeepsItsRange) {
    auto message = acknowledge();
    message.mutable_resend()->set_epoch(5);
    message.mutable_resend()->set_lane(v1::LANE_BULK);
    message.mutable_resend()->set_first_seq(10);
    const auto order = decoded(message);
    const auto& resend = std::get<ResendOrder>(order);
    EXPECT_EQ(resend.command_id, "c-1");
    EXPECT_EQ(resend.epoch, 5U);
    EXPECT_EQ(resend.lane, Lane::bulk);
    EXPECT_EQ(resend.first, 10U);
    EXPECT_EQ(resend.last, 0U);
}

TEST(CommandDecoder, ACertificateIsHandedOnAsItCame) {
    auto message = acknowledge();
    message.mutable_certificate()->set_certificates("-----BEGIN");
    const auto order = decoded(message);
    const auto& issued = std::get<CertificateOrder>(order);
    EXPECT_EQ(issued.command_id, "c-1");
    EXPECT_EQ(issued.certificates, "-----BEGIN");
    EXPECT_EQ(issued.expires, from_unix_ms(1'700'000'000'000));
    message.mutable_certificate()->clear_certificates();
    EXPECT_EQ(refusal_code(message), "no_certificate");
}

TEST(CommandDecoder, EachMistakeHasItsCode) {
    auto message = acknowledge();
    EXPECT_EQ(refusal_code(message), "accepted");
    message.set_gateway_id("box-2");
    EXPECT_EQ(refusal_code(message), "wrong_gateway");
    message = acknowledge();
    message.set_command_id("");
    EXPECT_EQ(refusal_code(message), "bad_command_id");
    message.set_command_id(std::string(128, 'x'));
    EXPECT_EQ(refusal_code(message), "accepted");
    message.set_command_id(std::string(129, 'x'));
    EXPECT_EQ(refusal_code(message), "bad_command_id");
    message.set_command_id("line\nbreak");
    EXPECT_EQ(refusal_code(message), "bad_command_id");
    message = acknowledge();
    message.set_issuer("a\x1b[2J");
    EXPECT_EQ(refusal_code(message), "bad_issuer");
    message = acknowledge();
    message.set_expires_ms(-1);
    EXPECT_EQ(refusal_code(message), "bad_expiry");
    message = acknowledge();
    message.clear_action();
    EXPECT_EQ(refusal_code(message), "unknown_action");
    message = acknowledge();
    message.mutable_alert()->set_alert_id("");
    EXPECT_EQ(refusal_code(message), "bad_alert_id");
    message = acknowledge();
    message.mutable_alert()->set_verb(v1::AlertAction::VERB_UNSPECIFIED);
    EXPECT_EQ(refusal_code(message), "unknown_verb");
    message.mutable_alert()->set_verb(static_cast<v1::AlertAction::Verb>(77));
    EXPECT_EQ(refusal_code(message), "unknown_verb");
    message = acknowledge();
    message.mutable_alert()->set_reason(static_cast<v1::ClosingReason>(77));
    EXPECT_EQ(refusal_code(message), "unknown_reason");
    message = acknowledge();
    message.mutable_alert()->set_note(std::string(2001, 'x'));
    EXPECT_EQ(refusal_code(message), "note_too_long");
    message = acknowledge();
    message.mutable_resend()->set_first_seq(5);
    EXPECT_EQ(refusal_code(message), "unknown_lane");
    message.mutable_resend()->set_lane(v1::LANE_ALARM);
    message.mutable_resend()->set_last_seq(4);
    EXPECT_EQ(refusal_code(message), "bad_range");
}

TEST(CommandDecoder, ARefusalCanBeAnsweredWhenTheIdIsGood) {
    auto message = acknowledge();
    message.set_gateway_id("box-2");
    EXPECT_EQ(std::get<RefusedOrder>(decoded(message)).command_id, "c-1");
    EXPECT_EQ(std::get<RefusedOrder>(decode_command(std::string(9000, 'x'), "b")).code,
              "too_large");
    EXPECT_EQ(std::get<RefusedOrder>(decode_command("\xff\xff", "b")).code, "unreadable");
}

TEST(CommandDecoder, GarbageIsRefusedNotFollowed) {
    std::mt19937 random(99);
    const auto good = acknowledge().SerializeAsString();
    for (int round = 0; round < 20'000; ++round) {
        auto bytes = good;
        for (unsigned flips = 1 + random() % 4; flips > 0; --flips) {
            bytes[random() % bytes.size()] = static_cast<char>(random());
        }
        if (random() % 4 == 0) bytes.resize(random() % bytes.size());
        const auto order = decode_command(bytes, "box-1");
        if (const auto* alert = std::get_if<AlertOrder>(&order)) {
            ASSERT_FALSE(alert->command.command_id.empty());
            ASSERT_LE(alert->command.alert.value.size(), max_id_bytes);
            ASSERT_GE(static_cast<int>(alert->command.verb), 1);
            ASSERT_LE(static_cast<int>(alert->command.verb), 9);
        }
    }
}

}  // namespace anju::uplink
