#include "uplink/event_encoder.hpp"

#include <gtest/gtest.h>

#include "anju/v1/command.pb.h"
#include "anju/v1/event.pb.h"
#include "core/input.hpp"

namespace anju::uplink {

namespace {

Alert smoke_alert() {
    Alert alert;
    alert.id = AlertId{"h-7-3"};
    alert.household = HouseholdId{"h-7"};
    alert.resident = ResidentId{"r-9"};
    alert.device = DeviceId{"smoke-1"};
    alert.kind = AlertKind::smoke;
    alert.priority = Priority::p1;
    alert.state = AlertState::acknowledged;
    alert.raised_at = from_unix_ms(1'700'000'000'123);
    alert.reopened = 2;
    alert.repeats = 5;
    alert.sentence_zh = "厨房烟感报警";
    alert.sentence_en = "The smoke alarm in the kitchen went off.";
    alert.actor = "platform:centre";
    alert.evidence = {
        .rule = "SH-12",
        .since = from_unix_ms(10),
        .until = from_unix_ms(20),
        .measured = 4'000,
        .threshold = 10'000,
        .unit = EvidenceUnit::millilitres,
        .sources = {{DeviceId{"m-1"}, SensorKind::water_meter, from_unix_ms(15), true}},
        .once_in_days = 40};
    return alert;
}

Decision alert_of(Priority priority) {
    auto alert = smoke_alert();
    alert.priority = priority;
    return {HouseholdId{"h-7"}, 11, from_unix_ms(1'700'000'000'500),
            AlertChanged{alert, AlertState::open}};
}

v1::DistrictEvent parsed(const std::string& bytes) {
    v1::DistrictUplink uplink;
    EXPECT_TRUE(uplink.ParseFromString(bytes));
    EXPECT_TRUE(uplink.has_event());
    return uplink.event();
}

const Envelope envelope{.epoch = 42,
                        .seq = 1001,
                        .recorded = from_unix_ms(1'700'000'001'000),
                        .clock = ClockState::synchronised};

}  // namespace

TEST(EventEncoder, MarksWhatIsOfADrill) {
    Decision decision = alert_of(Priority::p1);
    EXPECT_FALSE(parsed(encode_event("box", decision, Lane::alarm, envelope)).alert().drill());
    std::get<AlertChanged>(decision.what).alert.drill = Drill::staff;
    EXPECT_TRUE(parsed(encode_event("box", decision, Lane::alarm, envelope)).alert().drill());
    decision.what = DeviceHealthChanged{DeviceId{"d"}, DeviceHealth::stale, true};
    EXPECT_TRUE(parsed(encode_event("box", decision, Lane::bulk, envelope)).device().drill());
}

TEST(EventEncoder, UrgentAlertsAndAnswersTakeTheAlarmLane) {
    EXPECT_EQ(lane_of(alert_of(Priority::p1)), Lane::alarm);
    EXPECT_EQ(lane_of(alert_of(Priority::p2)), Lane::alarm);
    EXPECT_EQ(lane_of(alert_of(Priority::p3)), Lane::bulk);
    EXPECT_EQ(lane_of(alert_of(Priority::p4)), Lane::bulk);
    EXPECT_EQ(lane_of({{}, 0, {}, CommandAnswered{"c", CommandStatus::applied, ""}}), Lane::alarm);
    EXPECT_EQ(lane_of({{}, 1, {}, DeviceHealthChanged{DeviceId{"d"}, DeviceHealth::ok}}),
              Lane::bulk);
}

TEST(EventEncoder, SaysWhereAnAlertStandsOnItsLadder) {
    Decision decision = alert_of(Priority::p1);
    Alert& alert = std::get<AlertChanged>(decision.what).alert;
    alert.cause = StepCause::overdue;
    alert.escalated = alert.overdue = true;
    alert.rung = 3;
    alert.opened_at = from_unix_ms(1'000);
    alert.acknowledged_at = from_unix_ms(2'000);
    alert.owner = "cli:lin";
    const auto event = parsed(encode_event("gw-1", decision, Lane::alarm, envelope)).alert();
    EXPECT_EQ(event.cause(), v1::STEP_CAUSE_OVERDUE);
    EXPECT_TRUE(event.escalated());
    EXPECT_TRUE(event.overdue());
    EXPECT_EQ(event.rung(), 3U);
    EXPECT_EQ(event.opened_at_ms(), 1'000);
    EXPECT_EQ(event.acknowledged_at_ms(), 2'000);
    EXPECT_EQ(event.on_site_at_ms(), 0);
    EXPECT_EQ(event.owner(), "cli:lin");
}

TEST(EventEncoder, WhoIsToldStaysOnTheBox) {
    EXPECT_EQ(lane_of({HouseholdId{"h-7"}, 1, {}, Summons{}}), std::nullopt);
}

TEST(EventEncoder, WhatBecomesMoreUrgentChangesLanes) {
    auto asked = alert_of(Priority::p3);  // "please phone"
    auto& silence = std::get<AlertChanged>(asked.what);
    silence.alert.kind = AlertKind::inactivity;
    silence.alert.state = AlertState::open;
    silence.from.reset();
    EXPECT_EQ(lane_of(asked), Lane::bulk);
    auto risen = asked;
    risen.number += 1;
    std::get<AlertChanged>(risen.what).alert.priority = Priority::p2;
    std::get<AlertChanged>(risen.what).from = AlertState::open;
    ASSERT_EQ(lane_of(risen), Lane::alarm);
    const auto event = parsed(encode_event("box-1", risen, Lane::alarm, envelope));
    EXPECT_EQ(event.alert().priority(), v1::PRIORITY_P2);
    EXPECT_EQ(event.alert().previous_state(), event.alert().state());
    EXPECT_EQ(event.alert().decision(), 12U) << "orders it behind the one on the other lane";
}

TEST(EventEncoder, TheEnvelopeNamesTheEventForEver) {
    const auto event = parsed(encode_event("box-1", alert_of(Priority::p1), Lane::alarm, envelope));
    EXPECT_EQ(event.gateway_id(), "box-1");
    EXPECT_EQ(event.epoch(), 42U);
    EXPECT_EQ(event.lane(), v1::LANE_ALARM);
    EXPECT_EQ(event.seq(), 1001U);
    EXPECT_EQ(event.event_id(), "box-1/42/alarm/1001");
    EXPECT_EQ(event.event_time_ms(), 1'700'000'000'500);
    EXPECT_EQ(event.record_time_ms(), 1'700'000'001'000);
    EXPECT_EQ(event.clock_state(), v1::CLOCK_STATE_SYNCHRONISED);
}

TEST(EventEncoder, AnAlertGoesUpWhole) {
    const auto event = parsed(encode_event("box-1", alert_of(Priority::p1), Lane::alarm, envelope));
    const auto& alert = event.alert();
    EXPECT_EQ(alert.alert_id(), "h-7-3");
    EXPECT_EQ(alert.household_id(), "h-7");
    EXPECT_EQ(alert.resident_id(), "r-9");
    EXPECT_EQ(alert.device_id(), "smoke-1");
    EXPECT_EQ(alert.kind(), v1::ALERT_KIND_SMOKE);
    EXPECT_EQ(alert.priority(), v1::PRIORITY_P1);
    EXPECT_EQ(alert.state(), v1::ALERT_STATE_ACKNOWLEDGED);
    EXPECT_EQ(alert.previous_state(), v1::ALERT_STATE_OPEN);
    EXPECT_EQ(alert.raised_at_ms(), 1'700'000'000'123);
    EXPECT_EQ(alert.reopened(), 2U);
    EXPECT_EQ(alert.repeats(), 5U);
    EXPECT_EQ(alert.sentence_zh(), "厨房烟感报警");
    EXPECT_EQ(alert.actor(), "platform:centre");
    EXPECT_EQ(alert.decision(), 11U);
    EXPECT_EQ(alert.evidence().rule(), "SH-12");
    EXPECT_EQ(alert.evidence().measured(), 4'000);
    EXPECT_EQ(alert.evidence().unit(), "ml");
    EXPECT_EQ(alert.evidence().once_in_days(), 40);
    ASSERT_EQ(alert.evidence().sources_size(), 1);
    EXPECT_EQ(alert.evidence().sources(0).kind(), v1::SENSOR_KIND_WATER_METER);
    EXPECT_TRUE(alert.evidence().sources(0).reliable());
}

TEST(EventEncoder, SaysWhatItsNumbersAre) {
    const auto unit = [](EvidenceUnit of) {
        auto decision = alert_of(Priority::p3);
        std::get<AlertChanged>(decision.what).alert.evidence.unit = of;
        const auto event = parsed(encode_event("b", decision, Lane::bulk, envelope));
        return event.alert().evidence().unit();
    };
    EXPECT_EQ(unit(EvidenceUnit::none), "");
    EXPECT_EQ(unit(EvidenceUnit::milliseconds), "ms");
    EXPECT_EQ(unit(EvidenceUnit::percent), "%");
    EXPECT_EQ(unit(EvidenceUnit::time_of_day), "ms_of_day");
    EXPECT_EQ(unit(EvidenceUnit::thousandths), "thousandths");
}

TEST(EventEncoder, AFreshAlertHasNoPreviousState) {
    auto decision = alert_of(Priority::p1);
    std::get<AlertChanged>(decision.what).from.reset();
    const auto event = parsed(encode_event("b", decision, Lane::alarm, envelope));
    EXPECT_EQ(event.alert().previous_state(), v1::ALERT_STATE_UNSPECIFIED);
}

TEST(EventEncoder, HealthAnswersAndTombstonesGoUp) {
    const auto health = parsed(encode_event(
        "b", {HouseholdId{"h"}, 1, {}, DeviceHealthChanged{DeviceId{"d"}, DeviceHealth::stale}},
        Lane::bulk, envelope));
    EXPECT_EQ(health.device().device_id(), "d");
    EXPECT_EQ(health.device().household_id(), "h");
    EXPECT_EQ(health.device().health(), v1::DeviceEvent::HEALTH_STALE);
    EXPECT_EQ(health.event_id(), "b/42/bulk/1001");

    const auto answer = parsed(encode_event(
        "b", {{}, 0, {}, CommandAnswered{"c-1", CommandStatus::refused, "no such alert"}},
        Lane::alarm, envelope));
    EXPECT_EQ(answer.command_result().command_id(), "c-1");
    EXPECT_EQ(answer.command_result().status(), v1::CommandResult::STATUS_REFUSED);
    EXPECT_EQ(answer.command_result().text(), "no such alert");

    const auto tombstone = parsed(encode_tombstone("b", Lane::bulk, envelope, "unreadable"));
    EXPECT_EQ(tombstone.tombstone().reason(), "unreadable");
    EXPECT_EQ(tombstone.seq(), 1001U);
}

TEST(EventEncoder, HowABoxDoesGoesUpAndWhatItDoesNotKnowIsAbsent) {
    BoxHealth health;
    health.software_version = "0.9";
    health.uptime_s = 7;
    health.temperature_mc = -1'500;
    health.storage = {{"mmcblk0", "SD", std::nullopt, std::nullopt, 4096U}};
    health.sensors_stale = 2;
    health.clock = ClockState::unsynchronised;
    const auto event = parsed(encode_box("box", health, BoxCause::warning,
                                         {BoxWarning::clock, BoxWarning::home_broker}, envelope));
    EXPECT_EQ(event.lane(), v1::LANE_BULK);
    EXPECT_EQ(event.event_id(), "box/42/bulk/1001");
    const v1::BoxHealth& box = event.box();
    EXPECT_EQ(box.format(), 1U);
    EXPECT_EQ(box.cause(), v1::BoxHealth::CAUSE_WARNING);
    ASSERT_EQ(box.warnings_size(), 2);
    EXPECT_EQ(box.warnings(0), v1::BoxHealth::WARNING_CLOCK);
    EXPECT_EQ(box.warnings(1), v1::BoxHealth::WARNING_HOME_BROKER);
    EXPECT_EQ(box.uptime_s(), 7U);
    EXPECT_EQ(box.temperature_mc(), -1'500);
    EXPECT_EQ(box.storage(0).written_bytes(), 4096U);
    EXPECT_FALSE(box.storage(0).has_used_tenths());
    EXPECT_EQ(box.sensors_stale(), 2U);
    EXPECT_EQ(box.clock_state(), v1::CLOCK_STATE_UNSYNCHRONISED);
    EXPECT_FALSE(box.has_boots());
    EXPECT_FALSE(box.has_throttled());
    EXPECT_FALSE(box.has_memory_bytes());
    EXPECT_FALSE(box.has_root_read_only());
    EXPECT_FALSE(box.has_disk_free_bytes());
    EXPECT_FALSE(box.has_clock_error_us());
    EXPECT_FALSE(box.has_update());
}

TEST(EventEncoder, TheBoxsCertificateGoesUpWithTheRequestForTheNext) {
    BoxHealth health;
    health.certificate = {from_unix_ms(5'000), from_unix_ms(9'000), "ab12", "-----BEGIN"};
    const auto event = parsed(encode_box("box", health, BoxCause::daily, {}, envelope));
    const v1::BoxCertificate& out = event.box().certificate();
    EXPECT_EQ(out.from_ms(), 5'000);
    EXPECT_EQ(out.until_ms(), 9'000);
    EXPECT_EQ(out.fingerprint(), "ab12");
    EXPECT_EQ(out.request(), "-----BEGIN");
    const auto none = parsed(encode_box("box", BoxHealth{}, BoxCause::daily, {}, envelope));
    EXPECT_FALSE(none.box().has_certificate());
}

TEST(EventEncoder, HowAnUpdateEndedGoesUpWithBothVersions) {
    BoxHealth health;
    BoxUpdate& update = health.update.emplace();
    update.outcome = BoxUpdate::Outcome::rolled_back;
    update.from = "1:0.1";
    update.to = "1:0.2";
    update.why = "no_answer";
    update.noticed = "link:district_alarm,store_low";
    update.at = from_unix_ms(7'000);
    update.waiting = "1:0.3";
    update.waiting_why = "later";
    update.refused = {"1:0.2"};
    update.failed_version = "1:0.3";
    update.failures = 2;
    update.failed_why = "https://mirror.street.invalid does not answer";
    const std::string bytes = encode_box("box", health, BoxCause::update, {}, envelope);
    const auto event = parsed(bytes);
    EXPECT_EQ(event.box().cause(), v1::BoxHealth::CAUSE_UPDATE);
    const v1::BoxUpdate& out = event.box().update();
    EXPECT_EQ(out.outcome(), v1::BoxUpdate::OUTCOME_ROLLED_BACK);
    EXPECT_EQ(out.from_version(), "1:0.1");
    EXPECT_EQ(out.to_version(), "1:0.2");
    EXPECT_EQ(out.reason(), "no_answer");
    ASSERT_EQ(out.noticed_size(), 2);
    EXPECT_EQ(out.noticed(0), "link:district_alarm");
    EXPECT_EQ(out.noticed(1), "store_low");
    EXPECT_EQ(out.ended_ms(), 7'000);
    EXPECT_EQ(out.waiting_version(), "1:0.3");
    EXPECT_EQ(out.waiting_reason(), "later");
    ASSERT_EQ(out.refused_size(), 1);
    EXPECT_EQ(out.refused(0), "1:0.2");
    EXPECT_EQ(out.failed_version(), "1:0.3");
    EXPECT_EQ(out.failures(), 2U);
    EXPECT_EQ(bytes.find("mirror"), bytes.npos) << "addresses of the box stay on it";
}

TEST(EventEncoder, WarningsOfTheBoxCarryTheNumbersOfTheContract) {
    const auto number = [](auto value) { return static_cast<int>(value); };
    EXPECT_EQ(number(BoxWarning::hot), v1::BoxHealth::WARNING_HOT);
    EXPECT_EQ(number(BoxWarning::undervoltage), v1::BoxHealth::WARNING_UNDERVOLTAGE);
    EXPECT_EQ(number(BoxWarning::storage_worn), v1::BoxHealth::WARNING_STORAGE_WORN);
    EXPECT_EQ(number(BoxWarning::disk_low), v1::BoxHealth::WARNING_DISK_LOW);
    EXPECT_EQ(number(BoxWarning::ballast_gone), v1::BoxHealth::WARNING_BALLAST_GONE);
    EXPECT_EQ(number(BoxWarning::read_only), v1::BoxHealth::WARNING_READ_ONLY);
    EXPECT_EQ(number(BoxWarning::clock), v1::BoxHealth::WARNING_CLOCK);
    EXPECT_EQ(number(BoxWarning::home_broker), v1::BoxHealth::WARNING_HOME_BROKER);
    EXPECT_EQ(number(BoxWarning::no_sensor), v1::BoxHealth::WARNING_NO_SENSOR);
    EXPECT_EQ(number(BoxCause::started), v1::BoxHealth::CAUSE_STARTED);
    EXPECT_EQ(number(BoxCause::daily), v1::BoxHealth::CAUSE_DAILY);
    EXPECT_EQ(number(BoxCause::warning), v1::BoxHealth::CAUSE_WARNING);
    EXPECT_EQ(number(BoxCause::update), v1::BoxHealth::CAUSE_UPDATE);
    using Outcome = BoxUpdate::Outcome;
    EXPECT_EQ(number(Outcome::none), v1::BoxUpdate::OUTCOME_UNSPECIFIED);
    EXPECT_EQ(number(Outcome::updated), v1::BoxUpdate::OUTCOME_UPDATED);
    EXPECT_EQ(number(Outcome::rolled_back), v1::BoxUpdate::OUTCOME_ROLLED_BACK);
    EXPECT_EQ(number(Outcome::failed), v1::BoxUpdate::OUTCOME_FAILED);
    EXPECT_EQ(number(Outcome::abandoned), v1::BoxUpdate::OUTCOME_ABANDONED);
}

TEST(EventEncoder, EnumeratorsOfTheCoreCarryTheNumbersOfTheContract) {
    EXPECT_EQ(static_cast<int>(AlertKind::contact_failed), v1::ALERT_KIND_CONTACT_FAILED);
    EXPECT_EQ(static_cast<int>(AlertKind::channel_failed), v1::AlertKind_MAX);
    EXPECT_EQ(static_cast<int>(AlertState::cancelled), v1::AlertState_MAX);
    EXPECT_EQ(static_cast<int>(AlertState::on_site), v1::ALERT_STATE_ON_SITE);
    EXPECT_EQ(static_cast<int>(ClosingReason::unknown), v1::ClosingReason_MAX);
    EXPECT_EQ(static_cast<int>(ClosingReason::visitor_pet), v1::CLOSING_REASON_VISITOR_PET);
    EXPECT_EQ(static_cast<int>(Priority::p4), v1::Priority_MAX);
    EXPECT_EQ(static_cast<int>(SensorKind::bed), v1::SensorKind_MAX);
    EXPECT_EQ(static_cast<int>(ClockState::driven), v1::ClockState_MAX);
    EXPECT_EQ(static_cast<int>(Lane::bulk), v1::Lane_MAX);
    EXPECT_EQ(static_cast<int>(CommandStatus::expired), v1::CommandResult::Status_MAX);
    EXPECT_EQ(static_cast<int>(DeviceHealth::faulty), v1::DeviceEvent::Health_MAX);
    EXPECT_EQ(static_cast<int>(AlertVerb::i_am_well), v1::AlertAction::Verb_MAX);
    EXPECT_EQ(static_cast<int>(AlertVerb::hand_over), v1::AlertAction::VERB_HAND_OVER);
    EXPECT_EQ(static_cast<int>(StepCause::aged), v1::StepCause_MAX);
    EXPECT_EQ(static_cast<int>(StepCause::not_moving), v1::STEP_CAUSE_NOT_MOVING);
}

}  // namespace anju::uplink
