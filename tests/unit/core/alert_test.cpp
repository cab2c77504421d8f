// The life of an alert, and what persons may do to it.
#include "core/alert/book.hpp"
#include "support.hpp"

namespace anju::test {
namespace {

AlertId raise_smoke(World& world, Instant at = morning) {
    return alert_in(world.says(at, smoke, ReadingKind::smoke)).id;
}

std::vector<AlertState> froms(const Decisions& decisions) {
    std::vector<AlertState> out;
    for (const Decision& d : decisions) {
        if (const auto* c = std::get_if<AlertChanged>(&d.what); c && c->from)
            out.push_back(*c->from);
    }
    return out;
}

}  // namespace

TEST(Alert, SaysWhoWhatAndWhere) {
    World world;
    const Alert alert = alert_in(world.says(morning + 1s, smoke, ReadingKind::smoke));
    EXPECT_EQ(alert.id, alert_id(1));
    EXPECT_EQ(alert.household, home_id);
    EXPECT_EQ(alert.resident, ResidentId{"r1"});
    EXPECT_EQ(alert.device, smoke);
    EXPECT_EQ(alert.state, AlertState::open);
    EXPECT_EQ(alert.raised_at, morning + 1s);
    EXPECT_EQ(alert.actor, "system");
    EXPECT_EQ(alert.evidence.until, morning + 1s);
    ASSERT_THAT(alert.evidence.sources, SizeIs(1));
    EXPECT_TRUE(alert.evidence.sources[0].reliable);
    EXPECT_EQ(alert_in(world.says(morning + 2s, gas, ReadingKind::gas)).id, alert_id(2));
}

TEST(AlertCommand, MovesStepByStepByItsActor) {
    World world;
    const AlertId id = raise_smoke(world);
    const Decisions taken = world.command(morning + 1min, id, AlertVerb::acknowledge);
    EXPECT_THAT(alerts(taken), ElementsAre("smoke:acknowledged"));
    EXPECT_THAT(froms(taken), ElementsAre(AlertState::open));
    EXPECT_EQ(alert_in(taken).actor, "cli:lin");
    EXPECT_EQ(answer_in(taken).status, CommandStatus::applied);
    EXPECT_TRUE(std::holds_alternative<CommandAnswered>(taken.back().what))
        << "the answer comes last";
    EXPECT_THAT(alerts(world.command(morning + 2min, id, AlertVerb::resolve)),
                ElementsAre("smoke:resolved"));
    EXPECT_THAT(alerts(world.command(morning + 3min, id, AlertVerb::close)),
                ElementsAre("smoke:closed"));
    EXPECT_THAT(world.view().alerts, IsEmpty());
}

TEST(AlertCommand, ClosingAnOpenAlertRecordsTheStepsInBetween) {
    World world;
    const AlertId id = raise_smoke(world);
    const Decisions closed =
        world.command(morning + 1min, id, AlertVerb::close, ClosingReason::cooking_steam, "做饭");
    EXPECT_THAT(alerts(closed),
                ElementsAre("smoke:acknowledged", "smoke:resolved", "smoke:closed"));
    EXPECT_THAT(froms(closed),
                ElementsAre(AlertState::open, AlertState::acknowledged, AlertState::resolved));
    const auto& last = std::get<AlertChanged>(closed[2].what).alert;
    EXPECT_EQ(last.reason, ClosingReason::cooking_steam);
    EXPECT_EQ(last.note, "做饭");
    EXPECT_EQ(std::get<AlertChanged>(closed[0].what).alert.reason, ClosingReason::none);
    EXPECT_THAT(closed, SizeIs(4)) << "three steps, one answer";
}

TEST(AlertCommand, ClosingTakesAReasonAndANote) {
    World world;
    const AlertId id = raise_smoke(world);
    for (const auto& [reason, note] : {std::pair{ClosingReason::none, "seen"},
                                       {ClosingReason::help_given, ""},
                                       {ClosingReason::help_given, " \n"}}) {
        const Decisions refused = world.command(morning + 1min, id, AlertVerb::close, reason, note);
        ASSERT_THAT(refused, SizeIs(1));
        EXPECT_EQ(answer_in(refused).status, CommandStatus::refused);
        EXPECT_THAT(answer_in(refused).text, HasSubstr("reason and a note"));
    }
    EXPECT_EQ(world.view().alerts[0].state, AlertState::open);
}

TEST(AlertCommand, AskingForWhatHoldsAlreadyChangesNothing) {
    World world;
    const AlertId id = raise_smoke(world);
    world.command(morning + 1min, id, AlertVerb::resolve);
    for (const AlertVerb verb : {AlertVerb::acknowledge, AlertVerb::resolve}) {
        const Decisions again = world.command(morning + 2min, id, verb);
        ASSERT_THAT(again, SizeIs(1));
        EXPECT_EQ(answer_in(again).status, CommandStatus::already);
    }
    world.command(morning + 3min, id, AlertVerb::close);
    EXPECT_EQ(answer_in(world.command(morning + 4min, id, AlertVerb::close)).status,
              CommandStatus::already);
}

TEST(AlertCommand, ForAnUnknownAlertIsRefused) {
    World world;
    const Decisions known_home = world.command(morning, AlertId{"h1-99"}, AlertVerb::close);
    ASSERT_THAT(known_home, SizeIs(1));
    EXPECT_EQ(answer_in(known_home).status, CommandStatus::refused);
    EXPECT_EQ(known_home[0].household, home_id);
    EXPECT_EQ(known_home[0].number, 1U);
    for (const char* id : {"h2-1", "nonsense", "", "-"}) {
        const Decisions unknown = world.command(morning, AlertId{id}, AlertVerb::acknowledge);
        ASSERT_THAT(unknown, SizeIs(1)) << id;
        EXPECT_EQ(answer_in(unknown).status, CommandStatus::refused);
        EXPECT_THAT(answer_in(unknown).text, HasSubstr(std::string("\"") + id + "\""));
        EXPECT_TRUE(unknown[0].household.empty());
        EXPECT_EQ(unknown[0].number, 0U);
    }
}

TEST(Reopen, TheSameWithinHalfAnHourIsTheSameAlert) {
    World world;
    const AlertId id = raise_smoke(world);
    world.command(morning + 1min, id, AlertVerb::close);
    world.says(morning + 2min, smoke, ReadingKind::smoke, 0);
    const Decisions back = world.says(morning + 31min - 1ms, smoke, ReadingKind::smoke);
    ASSERT_THAT(alerts(back), ElementsAre("smoke:open"));
    EXPECT_THAT(froms(back), ElementsAre(AlertState::closed));
    EXPECT_EQ(alert_in(back).id, id);
    EXPECT_EQ(alert_in(back).reopened, 1U);
    EXPECT_EQ(alert_in(back).reason, ClosingReason::none);
    EXPECT_EQ(alert_in(back).raised_at, morning);
}

TEST(Reopen, AfterHalfAnHourItIsANewAlert) {
    World world;
    const AlertId id = raise_smoke(world);
    world.command(morning + 1min, id, AlertVerb::close);
    world.says(morning + 2min, smoke, ReadingKind::smoke, 0);
    const Decisions back = world.says(morning + 31min, smoke, ReadingKind::smoke);
    EXPECT_THAT(alerts(back), ElementsAre("smoke:open"));
    EXPECT_NE(alert_in(back).id, id);
    EXPECT_THAT(froms(back), IsEmpty());
}

TEST(Reopen, ADeviceThatFailsAgainReopensItsAlert) {
    World world;
    const auto contact = [&](Instant at, int open) {
        return world.says(at, door, ReadingKind::tamper, open);
    };
    const Alert first = alert_in(contact(morning, 1));
    contact(morning + 1min, 0);
    const Decisions again = contact(morning + 10min, 1);
    EXPECT_EQ(alert_in(again).id, first.id);
    EXPECT_THAT(froms(again), ElementsAre(AlertState::resolved));
    const Decisions later = world.advance(morning + 31min);
    EXPECT_THAT(raised(later, "tamper:closed"), IsEmpty()) << "it has not recovered";
}

TEST(AlertBook, P1AndP2NeverEndByThemselves) {
    World world;
    raise_smoke(world);
    world.says(morning + 1min, smoke, ReadingKind::smoke, 0);
    world.advance(morning + 30 * 24h);
    EXPECT_THAT(world.open(AlertKind::smoke), SizeIs(1));
}

TEST(AlertBook, ADeviceAlertResolvedByAPersonClosesOnceTheDeviceHasRecovered) {
    World world(home_with({device(door, SensorKind::door, 24h)}));
    const Alert low = alert_in(world.says(morning, door, ReadingKind::battery_pct, 5));
    world.command(morning + 1h, low.id, AlertVerb::resolve);
    EXPECT_THAT(world.advance(morning + 3h), IsEmpty()) << "the battery is still empty";
    EXPECT_THAT(world.says(morning + 4h, door, ReadingKind::battery_pct, 100), IsEmpty());
    EXPECT_THAT(alerts(world.advance(morning + 4h + 30min)), ElementsAre("low_battery:closed"));
}

TEST(AlertBook, DeviceAlertsAreOnePerDevice) {
    World world;
    EXPECT_THAT(alerts(world.says(morning, door, ReadingKind::battery_low)),
                ElementsAre("low_battery:open"));
    EXPECT_THAT(alerts(world.says(morning, motion, ReadingKind::battery_low)),
                ElementsAre("low_battery:open"));
}

TEST(AlertBook, StaysBoundedAndKeepsWhatIsOpen) {
    World world(home_with({device(smoke, SensorKind::smoke, 1000h)}));
    const AlertId open = alert_in(world.says(morning, smoke, ReadingKind::smoke)).id;
    std::size_t largest = 0;
    AlertId last;
    for (int day = 0; day < 200; ++day) {
        const Instant at = morning + day * 2h;
        last = alert_in(world.says(at, smoke, ReadingKind::smoke, 1, quality::test)).id;
        world.command(at + 1min, last, AlertVerb::resolve);
        largest = std::max(largest, world.view().alerts.size());
    }
    EXPECT_EQ(largest, 64U);
    EXPECT_EQ(world.view().alerts.front().id, open) << "open alerts are never dropped";
    EXPECT_EQ(world.view().alerts.back().id, last);
    EXPECT_EQ(answer_in(world.command(morning + 500h, alert_id(2), AlertVerb::close)).status,
              CommandStatus::refused);
}

TEST(AlertBook, AnEmergencyThatNobodyClosedIsNeverDropped) {
    World world(
        home_with({device(smoke, SensorKind::smoke, 1000h), device(sos, SensorKind::sos, 1000h)}));
    for (int day = 0; day < 70; ++day) {
        const Instant at = morning + day * 2h;
        const AlertId call = alert_in(world.says(at, sos, ReadingKind::sos)).id;
        world.command(at + 1min, call, AlertVerb::resolve);
    }
    for (int day = 0; day < 70; ++day) {
        const Instant at = morning + 150h + day * 2h;
        const AlertId tried =
            alert_in(world.says(at, smoke, ReadingKind::smoke, 1, quality::test)).id;
        world.command(at + 1min, tried, AlertVerb::resolve);
    }
    EXPECT_EQ(std::ranges::count(world.view().alerts, AlertKind::sos, &Alert::kind), 70);
    EXPECT_EQ(answer_in(world.command(morning + 500h, alert_id(1), AlertVerb::close)).status,
              CommandStatus::applied);
}

TEST(AlertBook, ClosingsThatNobodyReviewsAreKeptUpToABound) {
    World world(home_with({device(sos, SensorKind::sos, 1000h)}));
    for (int day = 0; day < 70; ++day) {
        const Instant at = morning + day * 2h;
        const AlertId call = alert_in(world.says(at, sos, ReadingKind::sos)).id;
        world.command(at + 1min, call, AlertVerb::close);
    }
    const auto review = [&](std::uint64_t number) {
        return answer_in(world.command(morning + 500h, alert_id(number), AlertVerb::review, {}, "",
                                       "cli:zhou"))
            .status;
    };
    constexpr std::uint64_t kept = AlertBook::most_kept;
    EXPECT_EQ(review(70 - kept), CommandStatus::refused);
    EXPECT_EQ(review(70 - kept + 1), CommandStatus::applied);
}

TEST(AlertCount, CountsWhatWaitsForAPerson) {
    World world;
    const AlertId id = raise_smoke(world);
    world.says(morning, gas, ReadingKind::gas);
    EXPECT_EQ(world.engine.open_alert_count(), 2U);
    world.command(morning, id, AlertVerb::acknowledge);
    EXPECT_EQ(world.engine.open_alert_count(), 2U);
    world.command(morning, id, AlertVerb::resolve);
    EXPECT_EQ(world.engine.open_alert_count(), 1U);
    EXPECT_THAT(world.view().alerts, SizeIs(2)) << "resolved, but not closed";
}

}  // namespace anju::test
