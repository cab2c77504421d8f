// What a resident did not consent to is not taken, not held against anybody, and forgotten.
#include "core/explanation.hpp"
#include "support.hpp"

namespace anju::test {
namespace {

ConsentRecorded said(SensorKind kind, ConsentState state, const std::string& resident = "r1") {
    static int number = 0;
    return {"consent-" + std::to_string(++number), home_id,
            Consent{.resident = ResidentId{resident},
                    .kind = kind,
                    .state = state,
                    .said_by = "Wang Xiulan",
                    .basis = "form 7",
                    .at = {},
                    .actor = "cli:lin"}};
}

std::vector<ConsentState> changes(const Decisions& decisions) {
    std::vector<ConsentState> out;
    for (const Decision& decision : decisions) {
        if (const auto* one = std::get_if<ConsentChanged>(&decision.what)) {
            out.push_back(one->consent.state);
        }
    }
    return out;
}

/// The saved state of a home whose decisions are left out of the comparison.
std::string state_of(const World& world) {
    return world.engine.snapshot(home_id);
}

TEST(Consent, ThatIsWithdrawnStopsTheCollection) {
    World world;
    EXPECT_TRUE(world.engine.collects(motion));
    const auto out = world.apply(morning, said(SensorKind::motion, ConsentState::withdrawn));
    EXPECT_THAT(changes(out), ElementsAre(ConsentState::withdrawn));
    EXPECT_EQ(answer_in(out).status, CommandStatus::applied);
    EXPECT_FALSE(world.engine.collects(motion));
    EXPECT_TRUE(world.engine.collects(door));
    EXPECT_FALSE(world.engine.collects(DeviceId{"stranger"}));
    const std::string before = state_of(world);
    EXPECT_THAT(world.says(morning, motion, ReadingKind::motion), IsEmpty());
    EXPECT_EQ(state_of(world), before) << "a reading of it leaves no trace";
    EXPECT_EQ(world.view().last_sign_of_life, Instant{});
}

TEST(Consent, ThatIsRefusedLeavesTheDeviceInTheDirectory) {
    World world;
    world.apply(morning, said(SensorKind::door, ConsentState::refused));
    const HouseholdView view = world.view();
    EXPECT_EQ(view.household, full_home()) << "what the operator listed, in its order";
    ASSERT_EQ(view.devices.size(), 8U);
    EXPECT_EQ(view.devices.back().device.id, door);
    EXPECT_FALSE(view.devices.back().collected);
    ASSERT_EQ(view.consents.size(), 1U);
    EXPECT_EQ(view.consents.front().at, morning);
    EXPECT_EQ(view.consents.front().basis, "form 7");
}

TEST(Consent, HoldsNoSilenceAgainstADeviceThatNobodyListensTo) {
    World world(home_with({device(smoke, SensorKind::smoke)}));
    world.says(morning, smoke, ReadingKind::online);
    world.apply(morning + 1min, said(SensorKind::smoke, ConsentState::withdrawn));
    EXPECT_THAT(alerts(world.advance(morning + 24h * 10)), IsEmpty());
    World control(home_with({device(smoke, SensorKind::smoke)}));
    control.says(morning, smoke, ReadingKind::online);
    EXPECT_THAT(alerts(control.advance(morning + 24h * 10)), testing::Not(IsEmpty()))
        << "which a silent smoke alarm is otherwise";
}

TEST(Consent, CancelsWhatTheDevicesHadRaised) {
    World world;
    world.says(morning, door, ReadingKind::tamper);
    world.says(morning, smoke, ReadingKind::tamper);
    const auto out = world.apply(morning + 1min, said(SensorKind::door, ConsentState::withdrawn));
    EXPECT_THAT(alerts(out), ElementsAre("tamper:cancelled"));
    EXPECT_EQ(alert_in(out).actor, "cli:lin");
    EXPECT_THAT(world.open(AlertKind::tamper), SizeIs(1)) << "another kind's alert stays";
    EXPECT_THAT(world.says(morning + 2min, door, ReadingKind::tamper), IsEmpty());
}

TEST(Consent, EndsNoFireThatPersonsWereCalledOutFor) {
    World world;
    const AlertId fire = alert_in(world.says(morning, smoke, ReadingKind::smoke)).id;
    EXPECT_THAT(
        alerts(world.apply(morning + 1min, said(SensorKind::smoke, ConsentState::withdrawn))),
        IsEmpty());
    ASSERT_THAT(world.open(AlertKind::smoke), SizeIs(1));
    EXPECT_THAT(world.says(morning + 2min, smoke, ReadingKind::smoke), IsEmpty())
        << "nothing is collected any more";
    EXPECT_THAT(alerts(world.command(morning + 9min, fire, AlertVerb::close)),
                testing::Contains("smoke:closed"));
}

TEST(Consent, ForgetsWhatWasLearnedWithIt) {
    const auto lived = [](bool with_motion) {
        World world;
        for (int hour = 0; hour < 24 * 20; ++hour) {
            const Instant at = morning + hour * 1h;
            if (with_motion) world.says(at, motion, ReadingKind::motion);
            world.says_numbered(at, meter, {reading(ReadingKind::water_total_ml, 1'000'000, at)});
        }
        world.apply(morning + 24h * 20, said(SensorKind::motion, ConsentState::withdrawn));
        return world;
    };
    const World world = lived(true);
    EXPECT_EQ(world.view().last_sign_of_life, Instant{});
    // Nobody can tell from what is left whether anything had moved there before.
    const World without = lived(false);
    const auto explained = world.engine.explain(home_id, morning + 24h * 20);
    const auto control = without.engine.explain(home_id, morning + 24h * 20);
    ASSERT_TRUE(explained);
    ASSERT_TRUE(control);
    EXPECT_EQ(explained->learning.first_sign, Instant{});
    EXPECT_EQ(control->learning.first_sign, Instant{});
    EXPECT_EQ(explained->learning.days, 0);
}

TEST(Consent, ThatIsGivenAgainStartsFromNothing) {
    World world;
    world.says(morning, door, ReadingKind::contact_open);
    world.apply(morning + 1min, said(SensorKind::door, ConsentState::withdrawn));
    EXPECT_THAT(alerts(world.advance(morning + 1h)),
                testing::Not(testing::Contains("door_open_long:open")));
    world.apply(morning + 1h, said(SensorKind::door, ConsentState::given));
    EXPECT_TRUE(world.engine.collects(door));
    EXPECT_EQ(world.engine.view(home_id)->household, full_home());
    EXPECT_THAT(raised(world.advance(morning + 90min + 1ms), "door_open_long:open"), IsEmpty())
        << "that the door stood open is forgotten";
    world.says(morning + 2h, door, ReadingKind::contact_open);
    EXPECT_THAT(raised(world.advance(morning + 2h + 30min), "door_open_long:open"), SizeIs(1));
}

TEST(Consent, OfTwoResidentsIsOfTheOneWhoSaysNo) {
    Household home = full_home();
    home.residents.push_back(
        {.id = ResidentId{"r2"}, .name = "Li", .status = ResidentStatus::active});
    World world(home);
    world.apply(morning, said(SensorKind::motion, ConsentState::given, "r1"));
    world.apply(morning, said(SensorKind::motion, ConsentState::refused, "r2"));
    EXPECT_FALSE(world.engine.collects(motion));
    world.apply(morning, said(SensorKind::motion, ConsentState::given, "r1"));
    EXPECT_FALSE(world.engine.collects(motion)) << "the other one's word still stands";
    home.residents.pop_back();
    world.set(morning + 1min, home);
    EXPECT_TRUE(world.engine.collects(motion)) << "who moved out has no say any more";
    EXPECT_THAT(world.view().consents, SizeIs(1));
}

TEST(Consent, IsAnsweredOnceAndRefusedForStrangers) {
    World world;
    const auto status = [&](const ConsentRecorded& record) {
        return answer_in(world.apply(morning, record)).status;
    };
    EXPECT_EQ(status(said(SensorKind::bed, ConsentState::given)), CommandStatus::applied);
    EXPECT_EQ(status(said(SensorKind::bed, ConsentState::given)), CommandStatus::already);
    EXPECT_EQ(status(said(SensorKind::bed, ConsentState::given, "nobody")), CommandStatus::refused);
    EXPECT_EQ(status(said(SensorKind::bed, ConsentState::unrecorded)), CommandStatus::refused);
    ConsentRecorded elsewhere = said(SensorKind::bed, ConsentState::given);
    elsewhere.household = HouseholdId{"h9"};
    EXPECT_EQ(status(elsewhere), CommandStatus::refused);
}

TEST(Consent, SurvivesARestartAndANewDirectory) {
    World world;
    world.apply(morning, said(SensorKind::motion, ConsentState::withdrawn));
    Engine other;
    ASSERT_TRUE(other.restore(world.engine.snapshot(home_id)));
    EXPECT_FALSE(other.collects(motion));
    EXPECT_EQ(other.snapshot(home_id), world.engine.snapshot(home_id));
    Household more = full_home();
    more.devices.push_back(device(DeviceId{"motion-2"}, SensorKind::motion));
    world.set(morning + 1min, more);
    EXPECT_FALSE(world.engine.collects(DeviceId{"motion-2"})) << "of the kind, not of the device";
    EXPECT_EQ(world.view().household, more);
}

}  // namespace
}  // namespace anju::test
