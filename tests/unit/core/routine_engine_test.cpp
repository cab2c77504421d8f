#include "support.hpp"

namespace anju::test {
namespace {

/// Saturday 2025-11-22, 00:00 in China: the day of `morning`.
constexpr Instant midnight = morning - 8h;

/// A home whose motion sensor, entrance door and hourly meter are heard, day by day.
class Days {
public:
    explicit Days(const Household& home) : world(home) {}

    /// Lives until before day `to`, rising at `wake`.
    Decisions live(int to, Duration wake) {
        Decisions out;
        for (; day_ < to; ++day_) {
            for (Duration at = 9h; at < 9h + 24h; at += 30min) {
                for (Decision& d : half_hour(at, wake)) out.push_back(std::move(d));
            }
        }
        return out;
    }
    /// Nobody hears anything until day `to`.
    void pass_over(int to) { day_ = to; }
    [[nodiscard]] Instant now() const { return midnight + day_ * 24h + 9h; }

    World world;
    bool heard = true;

private:
    Decisions half_hour(Duration at, Duration wake) {
        const Instant now = midnight + day_ * 24h + at;
        const Duration clock = at % 24h;
        const bool awake = clock >= wake && clock < 22h;
        Decisions out = world.advance(now);
        const auto say = [&](const DeviceId& from, ReadingKind kind, std::int64_t value) {
            for (Decision& d : world.says(now, from, kind, value)) out.push_back(std::move(d));
        };
        if (heard) say(motion, awake ? ReadingKind::motion : ReadingKind::alive, 1);
        const bool out_of_the_door = clock == 10h || clock == 12h;
        if (out_of_the_door) say(door, ReadingKind::contact_open, 1);
        say(door, ReadingKind::contact_open, 0);
        if (awake) water_ += 3'000;
        say(meter, ReadingKind::water_total_ml, water_);
        return out;
    }

    int day_ = 1;
    std::int64_t water_ = 1'000'000;
};

Household sensors_of_life() {
    return home_with({device(meter, SensorKind::water_meter, 1h),
                      device(door, SensorKind::door, 1h), device(motion, SensorKind::motion, 1h)});
}

std::vector<Alert> changes(const Decisions& decisions) {
    std::vector<Alert> out;
    for (const Decision& decision : decisions) {
        const auto* change = std::get_if<AlertChanged>(&decision.what);
        if (change != nullptr && !change->from && change->alert.kind == AlertKind::routine_change) {
            out.push_back(change->alert);
        }
    }
    return out;
}

}  // namespace

TEST(RoutineChange, IsToldWithTheTimesOfBeforeAndNow) {
    Days days(sensors_of_life());
    EXPECT_THAT(changes(days.live(65, 7h)), IsEmpty()) << "a steady life";
    const auto found = changes(days.live(90, 10h));
    ASSERT_THAT(found, SizeIs(1));
    const Alert& alert = found.front();
    EXPECT_EQ(alert.priority, Priority::p3);
    EXPECT_EQ(alert.evidence.rule, "wake_time");
    EXPECT_EQ(alert.evidence.unit, EvidenceUnit::time_of_day);
    EXPECT_TRUE(alert.device.empty());
    EXPECT_THAT(alert.evidence.sources, SizeIs(3));
    EXPECT_EQ((alert.raised_at - midnight) % 24h, 9h);
    EXPECT_EQ((alert.raised_at - midnight) / 24h % 7, 2) << "a Monday";
    EXPECT_THAT(alert.sentence_en, HasSubstr("before at about 07:10."));
    EXPECT_THAT(alert.sentence_zh, testing::StartsWith("近两周起床时间约 "));
    EXPECT_THAT(alert.sentence_zh, testing::EndsWith("，以往约 07:10。"));
}

TEST(RoutineChange, IsNotToldAgainWhileOneIsOpenNorWithinFourWeeks) {
    Days days(sensors_of_life());
    days.live(65, 7h);
    const auto first = changes(days.live(90, 10h));
    ASSERT_THAT(first, SizeIs(1));
    EXPECT_THAT(changes(days.live(140, 10h)), IsEmpty());
    EXPECT_THAT(changes(days.live(180, 7h)), IsEmpty()) << "the first is not answered";
    days.world.command(days.now(), first.front().id, AlertVerb::close);
    const auto second = changes(days.live(260, 12h));
    ASSERT_THAT(second, SizeIs(1));
}

TEST(RoutineChange, IsNotToldOfAResidentWhoIsNotWatched) {
    Days days(sensors_of_life());
    days.live(65, 7h);
    Household away = sensors_of_life();
    away.residents[0].status = ResidentStatus::hospitalised;
    days.world.set(days.now(), away);
    EXPECT_THAT(changes(days.live(100, 10h)), IsEmpty());
    days.world.set(days.now(), sensors_of_life());
    EXPECT_THAT(changes(days.live(120, 7h)), IsEmpty()) << "what somebody else did was not learned";
}

TEST(RoutineChange, IsNotToldOfWhatASilentSensorDidNotSee) {
    Days days(sensors_of_life());
    days.live(65, 7h);
    days.heard = false;
    EXPECT_THAT(changes(days.live(100, 10h)), IsEmpty());
}

TEST(RoutineChange, IsNotToldOfTheTimeOfAnOutage) {
    Days days(sensors_of_life());
    days.live(65, 7h);
    const Instant since = days.now();
    days.pass_over(76);
    days.world.apply(days.now(), Outage{since});
    EXPECT_THAT(changes(days.live(84, 10h)), IsEmpty()) << "two Mondays, not ten days";
    EXPECT_THAT(changes(days.live(100, 10h)), SizeIs(1));
}

TEST(RoutineChange, IsJudgedAnewWhenOtherSensorsWatch) {
    Days days(sensors_of_life());
    days.live(65, 7h);
    Household more = sensors_of_life();
    more.devices.push_back(device(bed, SensorKind::bed, 0ms));
    days.world.set(days.now(), more);
    days.world.says(days.now(), bed, ReadingKind::bed_occupied);
    EXPECT_THAT(changes(days.live(95, 10h)), IsEmpty());
}

TEST(RoutineChange, SurvivesASnapshotInMidweek) {
    Days whole(sensors_of_life());
    whole.live(69, 7h);
    Days restored(sensors_of_life());
    restored.live(69, 7h);
    World fresh(sensors_of_life());
    ASSERT_TRUE(fresh.engine.restore(restored.world.engine.snapshot(home_id)));
    restored.world = std::move(fresh);
    const Decisions expected = whole.live(130, 10h);
    EXPECT_THAT(changes(expected), SizeIs(1));
    EXPECT_EQ(restored.live(130, 10h), expected);
    EXPECT_EQ(restored.world.engine.snapshot(home_id), whole.world.engine.snapshot(home_id));
}

TEST(RoutineChange, GoesOnAtTheNewHoursWhenTheClockIsSet) {
    Days days(sensors_of_life());
    days.live(65, 7h);
    // The clock was two days slow; the hours were right.
    days.pass_over(67);
    days.world.apply(days.now(), ClockStep{48h});
    EXPECT_THAT(changes(days.live(120, 7h)), IsEmpty());
    const auto found = changes(days.live(150, 10h));
    ASSERT_THAT(found, SizeIs(1));
    EXPECT_EQ((found.front().raised_at - midnight) / 24h % 7, 2) << "a Monday";
}

TEST(RoutineChange, IsNotWaitedForInHomesWithoutSensorsOfLife) {
    World world(home_with({device(sos, SensorKind::sos, 0ms)}));
    world.says(morning, sos, ReadingKind::alive);
    EXPECT_EQ(world.engine.deadline(), morning + 25h) << "the help button's silence";
}

}  // namespace anju::test
