// The promises of the shell: commit before acknowledge, send after commit, every message once.
#include <algorithm>

#include "gateway_fixture.hpp"

namespace anju::test {
namespace {

using namespace std::chrono_literals;

class Shell : public GatewayTest {
protected:
    Shell() { EXPECT_TRUE(gateway->set_households({home()}, true)); }
};

TEST_F(Shell, AcknowledgesASensorOnlyAfterTheCommit) {
    const std::size_t before = journal.commits;
    ASSERT_TRUE(process(uplink("h1-water", 1, water(1000))));
    ASSERT_EQ(sensors.all.size(), 1U);
    EXPECT_EQ(sensors.all[0].commits_before, before + 1) << "acknowledged before the commit";
    EXPECT_EQ(sensors.all[0].topic, "anju/v1/down/h1-water");
    EXPECT_EQ(sensors.all[0].message.ack().boot_id(), 1U);
    ASSERT_EQ(sensors.all[0].message.ack().seqs_size(), 1);
    EXPECT_EQ(sensors.all[0].message.ack().seqs(0), 1U);
}

TEST_F(Shell, SaysNothingToAnybodyWhenTheCommitFails) {
    journal.refuse_commits = true;
    EXPECT_FALSE(process(uplink("h1-smoke", 1, smoke(true))));
    EXPECT_TRUE(sensors.all.empty());
    EXPECT_TRUE(district.sent.empty());
}

TEST_F(Shell, SendsTheAlarmUpwardsOnceItIsOnDisk) {
    ASSERT_TRUE(process(uplink("h1-smoke", 1, smoke(true), 1, "alarm")));
    ASSERT_EQ(district.sent.size(), 1U);
    EXPECT_EQ(district.sent[0].lane, Lane::alarm);
    EXPECT_EQ(district.sent[0].seq, 1U);
    EXPECT_EQ(journal.outbox[Lane::alarm].size(), 1U);
    EXPECT_EQ(count(Counter::alerts_raised), 1U);
}

TEST_F(Shell, TellsHowTheBoxDoesOnceThatIsOnDisk) {
    BoxHealth health;
    health.software_version = "0.9";
    ASSERT_TRUE(gateway->report_box(health, BoxCause::started, {}));
    ASSERT_TRUE(gateway->report_box(health, BoxCause::daily, {}));
    ASSERT_EQ(district.sent.size(), 2U);
    EXPECT_EQ(district.sent[0].lane, Lane::bulk);
    EXPECT_EQ(district.sent[0].seq, 1U);
    EXPECT_EQ(district.sent[1].seq, 2U) << "no hole, no number twice";
    EXPECT_EQ(journal.outbox[Lane::bulk].size(), 2U);
    journal.refuse_commits = true;
    EXPECT_FALSE(gateway->report_box(health, BoxCause::daily, {}));
    EXPECT_EQ(district.sent.size(), 2U) << "sent before it was on the disk";
}

TEST_F(Shell, StoresARepeatedMessageOnceAndAcknowledgesItAgain) {
    const Inbound message = uplink("h1-water", 1, water(1000));
    ASSERT_TRUE(process(message));
    const std::size_t stored = journal.inputs.size();
    ASSERT_TRUE(process(message));
    const Inbound twice[] = {uplink("h1-water", 2, water(1001)),
                             uplink("h1-water", 2, water(1001))};
    ASSERT_TRUE(gateway->process(twice));
    EXPECT_EQ(journal.inputs.size(), stored + 1);
    EXPECT_EQ(sensors.all.size(), 3U);
    EXPECT_EQ(count(Counter::duplicates), 2U);
}

TEST_F(Shell, KnowsARepetitionAfterARestart) {
    const Inbound message = uplink("h1-water", 1, water(1000));
    ASSERT_TRUE(process(message));
    const std::size_t stored = journal.inputs.size();
    restart();
    ASSERT_TRUE(process(message));
    EXPECT_EQ(journal.inputs.size(), stored);
    EXPECT_EQ(sensors.all.size(), 2U);
}

TEST_F(Shell, TellsASensorThatAMessageWillNeverBeTaken) {
    v1::SensorReading impossible;
    impossible.set_battery_pct(180);
    ASSERT_TRUE(process(uplink("h1-water", 5, impossible)));
    ASSERT_EQ(sensors.all.size(), 1U);
    ASSERT_EQ(sensors.all[0].message.ack().refused_size(), 1);
    EXPECT_EQ(sensors.all[0].message.ack().refused(0).seq(), 5U);
    EXPECT_FALSE(sensors.all[0].message.ack().refused(0).text().empty());
    EXPECT_EQ(count(Counter::malformed), 1U);
    ASSERT_EQ(journal.rejected.size(), 1U) << "the bytes are kept for whoever looks into it";
}

TEST_F(Shell, NeitherTakesNorRefusesAnUnknownDeviceAndKeepsOneSample) {
    ASSERT_TRUE(process(uplink("stranger", 1, water(1))));
    ASSERT_TRUE(process(uplink("stranger", 2, water(2))));
    EXPECT_TRUE(sensors.all.empty()) << "it repeats until somebody registers it";
    EXPECT_EQ(count(Counter::unknown_device), 2U);
    EXPECT_EQ(journal.rejected.size(), 1U);
}

TEST_F(Shell, CountsBadInputAndGoesOn) {
    Inbound garbage = uplink("h1-water", 1, water(1));
    garbage.payload = "\x01\x02garbage";
    ASSERT_TRUE(process(garbage));
    Inbound huge = uplink("h1-water", 1, water(1));
    huge.payload.assign(drivers::max_payload_bytes + 1, 'x');
    ASSERT_TRUE(process(huge));
    Inbound elsewhere = uplink("h1-water", 1, water(1));
    elsewhere.topic = "some/other/topic";
    ASSERT_TRUE(process(elsewhere));
    EXPECT_EQ(count(Counter::malformed), 1U);
    EXPECT_EQ(count(Counter::oversize), 1U);
    EXPECT_EQ(count(Counter::no_driver), 1U);
    ASSERT_TRUE(process(uplink("h1-water", 1, water(1000))));
    EXPECT_EQ(count(Counter::readings), 1U) << "another message must not suffer";
}

TEST_F(Shell, KeepsABoundedNumberOfRejectedMessagesAnHour) {
    for (int i = 0; i < 500; ++i) {
        Inbound garbage = uplink("h1-water", 1, water(1));
        garbage.payload = "garbage " + std::to_string(i);
        ASSERT_TRUE(process(garbage));
    }
    EXPECT_EQ(journal.rejected.size(), Ingest::Options{}.samples_per_hour);
    EXPECT_EQ(count(Counter::malformed), 500U);
}

TEST_F(Shell, TakesAlarmsButNotMeasurementsOnAFullDisk) {
    journal.space_now = Space::low;
    ASSERT_TRUE(process(uplink("h1-water", 1, water(1000))));
    EXPECT_TRUE(sensors.all.empty());
    EXPECT_EQ(count(Counter::low_space), 1U);
    ASSERT_TRUE(process(uplink("h1-smoke", 1, smoke(true), 1, "alarm")));
    EXPECT_EQ(sensors.all.size(), 1U);
    EXPECT_EQ(district.sent.size(), 1U);
}

TEST_F(Shell, AppliesACommandOnceAndRepeatsItsAnswer) {
    ASSERT_TRUE(process(uplink("h1-smoke", 1, smoke(true), 1, "alarm")));
    const auto view = gateway->engine().view(HouseholdId{"h1"});
    ASSERT_EQ(view->alerts.size(), 1U);
    const TimedCommand acknowledge{
        {"cmd-1", view->alerts[0].id, AlertVerb::acknowledge, ClosingReason::none, "", "cli:lin"},
        {}};
    const auto first = gateway->command(acknowledge);
    ASSERT_TRUE(first);
    EXPECT_EQ(first->status, CommandStatus::applied);
    const std::size_t stored = journal.decisions.size();
    const std::size_t sent = district.sent.size();
    restart();
    const auto again = gateway->command(acknowledge);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->status, CommandStatus::applied) << "the same answer";
    EXPECT_EQ(journal.decisions.size(), stored) << "applied twice";
    EXPECT_EQ(district.sent.size(), sent + 1) << "the answer is said again";
}

TEST_F(Shell, RefusesAnIdThatComesAgainWithOtherContent) {
    ASSERT_TRUE(process(uplink("h1-smoke", 1, smoke(true), 1, "alarm")));
    const auto view = gateway->engine().view(HouseholdId{"h1"});
    TimedCommand order{{"cmd-1", view->alerts.at(0).id, AlertVerb::acknowledge, ClosingReason::none,
                        "", "cli:lin"},
                       {},
                       "digest of acknowledging"};
    ASSERT_EQ(gateway->command(order)->status, CommandStatus::applied);
    restart();
    const auto same = gateway->command(order);
    EXPECT_EQ(same->status, CommandStatus::applied);
    EXPECT_TRUE(same->repeated);
    const std::size_t sent = district.sent.size();
    order.command.verb = AlertVerb::close;
    order.digest = "digest of closing";
    const auto other = gateway->command(order);
    EXPECT_EQ(other->status, CommandStatus::refused);
    EXPECT_EQ(other->code, "command_id_reused");
    EXPECT_EQ(district.sent.size(), sent) << "the district is told of nothing";
    EXPECT_EQ(gateway->engine().view(HouseholdId{"h1"})->alerts.at(0).state,
              AlertState::acknowledged);
}

TEST_F(Shell, RefusesCommandsThatAreLateOrConcernNothing) {
    const AlertCommand unknown{
        "cmd-2", AlertId{"nowhere-1"}, AlertVerb::acknowledge, ClosingReason::none, "", "cli:lin"};
    EXPECT_EQ(gateway->command({unknown, {}})->status, CommandStatus::refused);
    AlertCommand late = unknown;
    late.command_id = "cmd-3";
    EXPECT_EQ(gateway->command({late, clock.now.wall})->status, CommandStatus::expired);
    EXPECT_EQ(district.sent.size(), 2U);
    restart();
    EXPECT_EQ(gateway->command({late, {}})->status, CommandStatus::expired);
}

TEST_F(Shell, NumbersEventsWithoutHolesAcrossRestarts) {
    for (std::uint64_t i = 1; i <= 5; ++i) {
        ASSERT_TRUE(process(uplink("h1-smoke", 2 * i, smoke(true), 1, "alarm")));
        ASSERT_TRUE(process(uplink("h1-smoke", 2 * i + 1, smoke(false), 1, "alarm")));
        const auto view = gateway->engine().view(HouseholdId{"h1"});
        ASSERT_FALSE(view->alerts.empty());
        const AlertCommand close{"close-" + std::to_string(i),
                                 view->alerts.back().id,
                                 AlertVerb::close,
                                 ClosingReason::cooking_steam,
                                 "煮饭",
                                 "cli:lin"};
        ASSERT_EQ(gateway->command({close, {}})->status, CommandStatus::applied);
        clock.pass(2h);
        restart();
    }
    const auto& alarms = journal.outbox[Lane::alarm];
    ASSERT_GE(alarms.size(), 15U);
    for (std::size_t i = 0; i < alarms.size(); ++i) EXPECT_EQ(alarms[i].seq, i + 1);
}

TEST_F(Shell, TellsADistrictThatIsNamedLaterWhatIsStillOpen) {
    Gateway alone({}, clock, journal, catalog, sensors, nullptr);
    ASSERT_TRUE(alone.start());
    ASSERT_TRUE(alone.listening(true));
    const Inbound alarm = uplink("h1-smoke", 1, smoke(true), 1, "alarm");
    ASSERT_TRUE(alone.process(std::span<const Inbound>{&alarm, 1}));
    ASSERT_TRUE(district.sent.empty());
    restart();
    EXPECT_EQ(district.sent.size(), 1U);
    restart();
    EXPECT_EQ(district.sent.size(), 1U) << "once is enough";
}

TEST_F(Shell, WritesWhatTheDistrictHasAcknowledged) {
    ASSERT_TRUE(process(uplink("h1-smoke", 1, smoke(true), 1, "alarm")));
    gateway->acknowledged({Lane::alarm, 1, {}});
    ASSERT_TRUE(gateway->tick());
    EXPECT_EQ(journal.lane(Lane::alarm).unacknowledged, 0U);
}

TEST_F(Shell, RemovesHomesThatADirectoryNoLongerNames) {
    ASSERT_TRUE(gateway->set_households({home("h1"), home("h2")}, true));
    EXPECT_EQ(gateway->engine().household_count(), 2U);
    const auto change = gateway->set_households({home("h2")}, true);
    ASSERT_TRUE(change);
    EXPECT_EQ(change->removed, 1U);
    EXPECT_EQ(change->unchanged, 1U);
    ASSERT_TRUE(process(uplink("h1-water", 1, water(1))));
    EXPECT_EQ(count(Counter::unknown_device), 1U);
    restart();
    EXPECT_EQ(gateway->engine().household_count(), 1U);
}

TEST_F(Shell, SurvivesAClockThatIsSetWithoutInventingElapsedTime) {
    ASSERT_TRUE(process(uplink("h1-water", 1, water(1000))));
    clock.now.wall += 48h;  // the steady clock says that nothing has passed
    ASSERT_TRUE(gateway->tick());
    EXPECT_EQ(count(Counter::clock_steps), 1U);
    EXPECT_TRUE(journal.decisions.empty()) << "two days of silence were invented";
    clock.now.wall -= 48h;
    ASSERT_TRUE(gateway->tick());
    EXPECT_EQ(count(Counter::clock_steps), 2U);
    restart();
    EXPECT_TRUE(journal.decisions.empty());
}

TEST_F(Shell, HoldsNoSilenceAgainstAnybodyThatFellIntoItsOwnDowntime) {
    ASSERT_TRUE(process(uplink("h1-water", 1, water(1000))));
    clock.pass(26h);
    restart();
    ASSERT_TRUE(gateway->tick());
    EXPECT_EQ(count(Counter::outages), 1U);
    EXPECT_TRUE(journal.decisions.empty()) << "a day without power is not a day of silence";
    clock.pass(4h);
    ASSERT_TRUE(gateway->tick());
    EXPECT_FALSE(journal.decisions.empty()) << "the meter has been silent for 4 h since";
}

TEST_F(Shell, HoldsNoSilenceAgainstAnybodyWhileTheHomeBrokerIsGone) {
    ASSERT_TRUE(process(uplink("h1-water", 1, water(1000))));
    ASSERT_TRUE(gateway->listening(false));
    for (int minute = 0; minute < 8 * 60; ++minute) {
        clock.pass(1min);
        ASSERT_TRUE(gateway->tick());
    }
    EXPECT_TRUE(journal.decisions.empty());
    ASSERT_TRUE(gateway->listening(true));
    ASSERT_TRUE(gateway->tick());
    EXPECT_TRUE(journal.decisions.empty());
}

TEST_F(Shell, HasNothingToDecideWhileDeafBeforeTheOutage) {
    ASSERT_TRUE(gateway->set_households({home()}, false));
    ASSERT_TRUE(process(uplink("h1-smoke", 1, smoke(true))));
    const Instant rung = gateway->deadline().value();
    ASSERT_TRUE(gateway->listening(false));
    clock.pass(rung - clock.now.wall);
    for (int woken = 0; woken < 3; ++woken) {
        ASSERT_TRUE(gateway->tick());
        ASSERT_GT(gateway->deadline().value(), clock.now.wall) << "the loop would never sleep";
    }
    clock.pass(gateway->deadline().value() - clock.now.wall);
    ASSERT_TRUE(gateway->tick());
    EXPECT_EQ(count(Counter::outages), 1U);
    ASSERT_TRUE(gateway->listening(true));
    ASSERT_TRUE(gateway->tick());
    EXPECT_GT(gateway->deadline().value(), clock.now.wall);
}

TEST_F(Shell, LosesNoDecisionWhenItIsDeafAgainBeforeItLooked) {
    ASSERT_TRUE(gateway->set_households({home()}, false));
    ASSERT_TRUE(process(uplink("h1-smoke", 1, smoke(true))));
    const Instant rung = gateway->deadline().value();
    clock.pass(rung - 10s - clock.now.wall);
    ASSERT_TRUE(gateway->tick());
    ASSERT_TRUE(gateway->listening(false));
    clock.pass(20s);
    ASSERT_TRUE(gateway->listening(true));
    ASSERT_TRUE(gateway->listening(false));
    gateway->acknowledged({.lane = Lane::alarm, .through = 1, .seqs = {}});
    ASSERT_TRUE(gateway->tick());  // commits the acknowledgement, and with it how late it is
    restart();
    ASSERT_TRUE(gateway->tick());
    EXPECT_TRUE(std::ranges::any_of(journal.decisions, [&](const Decision& decision) {
        return decision.at == rung && std::holds_alternative<Summons>(decision.what);
    })) << "nobody was told of the next rung";
}

TEST_F(Shell, DecidesTheSameAfterARestartInTheMiddleOfDeafness) {
    ASSERT_TRUE(process(uplink("h1-water", 1, water(1000))));
    clock.pass(2h);
    ASSERT_TRUE(gateway->tick());
    ASSERT_TRUE(gateway->listening(false));
    for (int minute = 0; minute < 40; ++minute) {
        clock.pass(1min);
        ASSERT_TRUE(gateway->tick());
    }
    const auto before = gateway->engine().snapshot(HouseholdId{"h1"});
    restart();
    EXPECT_EQ(gateway->engine().snapshot(HouseholdId{"h1"}), before);
    EXPECT_TRUE(journal.decisions.empty());
    clock.pass(3h);
    ASSERT_TRUE(gateway->tick());
    EXPECT_FALSE(journal.decisions.empty());
}

TEST_F(Shell, ClosesAnInactivityAlertHoweverOldItIs) {
    Household house = home();
    for (Device& device : house.devices) device.sample_every = device.deliver_every = 15min;
    ASSERT_TRUE(gateway->set_households({house}, true));
    const auto door = [&](bool open) {
        v1::SensorReading reading;
        reading.set_event_time_ms(to_unix_ms(clock.now.wall));
        reading.set_contact_open(open);
        return reading;
    };
    std::uint64_t seq = 0;
    ASSERT_TRUE(process(uplink("h1-door", ++seq, door(true))));
    for (int quarter = 0; quarter < 4 * 40; ++quarter) {
        clock.pass(15min);
        ASSERT_TRUE(process(uplink("h1-door", ++seq, door(true))));
    }
    const auto alerts = gateway->engine().view(HouseholdId{"h1"})->alerts;
    const auto found = std::find_if(alerts.begin(), alerts.end(), [](const Alert& alert) {
        return alert.kind == AlertKind::inactivity;
    });
    ASSERT_NE(found, alerts.end());
    const AlertCommand close{"old",      found->id, AlertVerb::close, ClosingReason::away,
                             "在女儿家", "cli:lin"};
    const auto answer = gateway->command({close, {}});
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, CommandStatus::applied);
}

TEST_F(Shell, DoesNotTakeAQuickRestartForAnOutage) {
    ASSERT_TRUE(process(uplink("h1-water", 1, water(1000))));
    for (int i = 0; i < 10; ++i) {
        clock.pass(1min);
        ASSERT_TRUE(gateway->tick());
        restart();
    }
    EXPECT_EQ(count(Counter::outages), 0U);
}

}  // namespace
}  // namespace anju::test
