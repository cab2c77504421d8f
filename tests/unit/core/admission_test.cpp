// Messages that come twice, out of order, or from a clock that is wrong.
#include "core/admission/messages.hpp"
#include "core/admission/times.hpp"
#include "core/codec/archive.hpp"
#include "support.hpp"

namespace anju::test {
namespace {

Observation numbered(std::uint64_t boot, std::uint64_t number, const DeviceId& from = sos) {
    Observation out = message(from, {reading(ReadingKind::sos)});
    out.sequence = Sequence{.boot = boot, .number = number};
    return out;
}

admission::MessageFilter restored(const admission::MessageFilter& filter) {
    std::string bytes;
    codec::Writer{bytes}(filter);
    admission::MessageFilter out;
    codec::Reader{bytes, codec::newest}(out);
    return out;
}

}  // namespace

TEST(Duplicate, OfANumberedMessageIsSeenAndChangesNothing) {
    World world;
    const Observation press = numbered(5, 1);
    EXPECT_FALSE(world.engine.seen(press));
    EXPECT_THAT(alerts(world.apply(morning, press)), ElementsAre("sos:open"));
    EXPECT_TRUE(world.engine.seen(press));
    const std::string before = world.engine.snapshot(home_id);
    EXPECT_THAT(world.apply(morning, press), IsEmpty());
    EXPECT_EQ(world.engine.snapshot(home_id), before);
    EXPECT_FALSE(world.engine.seen(numbered(5, 2)));
}

TEST(Duplicate, IsToldInAnyOrderWithinTheWindow) {
    admission::MessageFilter filter;
    for (const std::uint64_t number : {10U, 260U, 8U, 259U}) {
        EXPECT_FALSE(filter.seen(numbered(1, number))) << number;
        filter.add(numbered(1, number));
        EXPECT_TRUE(filter.seen(numbered(1, number))) << number;
    }
    EXPECT_FALSE(filter.seen(numbered(1, 9)));
    EXPECT_TRUE(filter.seen(numbered(1, 4))) << "further back than a sensor may be in debt";
    EXPECT_FALSE(filter.seen(numbered(1, 5)));
    EXPECT_FALSE(filter.seen(numbered(1, 1'000'000)));
}

TEST(Duplicate, IsNotWhatWaitsWhileManyLaterOnesPass) {
    World world;
    for (std::uint64_t number = 2; number <= 200; ++number) {
        Observation other = numbered(5, number);
        other.readings = {reading(ReadingKind::alive)};
        world.apply(morning, other);
    }
    EXPECT_FALSE(world.engine.seen(numbered(5, 1)));
    EXPECT_THAT(alerts(world.apply(morning, numbered(5, 1))), ElementsAre("sos:open"));
}

TEST(Duplicate, TheWindowForgetsNothingAndInventsNothing) {
    admission::MessageFilter filter;
    std::vector<bool> came(3'000);
    std::uint64_t highest = 0;
    for (std::uint64_t step = 0; step < 5'000; ++step) {
        const std::uint64_t number = (step * 7'919 % 400 + step / 2) % came.size();
        highest = std::max(highest, number);
        const bool known = came[number] || highest - number >= 256;
        ASSERT_EQ(filter.seen(numbered(1, number)), number != 0 && known) << number;
        if (number == 0) continue;
        filter.add(numbered(1, number));
        came[number] = true;
    }
}

TEST(Duplicate, IsNotTheMessageOfWhichARetainedCopyCameFirst) {
    World world;
    Observation copy = numbered(5, 1);
    copy.readings[0].quality = quality::retained;
    EXPECT_THAT(world.apply(morning, copy), IsEmpty());
    EXPECT_FALSE(world.engine.seen(numbered(5, 1)));
    EXPECT_THAT(alerts(world.apply(morning + 1s, numbered(5, 1))), ElementsAre("sos:open"));
    EXPECT_TRUE(world.engine.seen(copy));
}

TEST(Duplicate, ANewBootCountsAnewAndTheOldOneIsNotForgotten) {
    admission::MessageFilter filter;
    filter.add(numbered(1, 1));
    filter.add(numbered(2, 1));
    EXPECT_TRUE(filter.seen(numbered(1, 1))) << "the alarm topic may overtake the boot before";
    EXPECT_FALSE(filter.seen(numbered(2, 2)));
    filter.add(numbered(1, 2));
    EXPECT_TRUE(filter.seen(numbered(1, 1)));
    EXPECT_TRUE(filter.seen(numbered(2, 1)));
    EXPECT_FALSE(filter.seen(numbered(3, 1)));
}

TEST(Duplicate, OfAForeignMessageIsOneOfTheLastWithTheBrokersMark) {
    admission::MessageFilter filter;
    Observation first = message(door, {reading(ReadingKind::contact_open)});
    first.fingerprint = 42;
    filter.add(first);
    EXPECT_FALSE(filter.seen(first)) << "a door does open twice";
    first.redelivered = true;
    EXPECT_TRUE(filter.seen(first));
    Observation later = first;
    later.fingerprint = 0;
    EXPECT_FALSE(filter.seen(later));
    EXPECT_FALSE(admission::MessageFilter{}.seen(later)) << "nothing has come yet";
    filter.add(later);
    EXPECT_TRUE(filter.seen(first)) << "the acknowledgements of both may have been lost";
    for (std::uint64_t print = 100; print < 100 + admission::MessageFilter::most_prints - 1;
         ++print) {
        EXPECT_TRUE(filter.seen(later));
        later.fingerprint = print;
        filter.add(later);
        later.fingerprint = 0;
    }
    EXPECT_FALSE(filter.seen(first)) << "what is so old was acknowledged";
    EXPECT_TRUE(restored(filter).seen(later)) << "and all that over a restart";
}

TEST(Times, AreReplacedWhereTheyCannotBe) {
    admission::NewestTimes times;
    const auto admit = [&](Instant when) {
        return times.admit(reading(ReadingKind::motion, 1, when), morning);
    };
    EXPECT_EQ(admit(Instant{}).event_time, morning);
    EXPECT_EQ(admit(Instant{}).quality, 0) << "a sensor without a clock does nothing wrong";
    const Instant year_1970 = from_unix_ms(5'000);
    for (const Instant wrong :
         {year_1970, morning + 2min + 1ms, morning + 365 * 24h, morning - 35 * 24h - 1ms,
          from_unix_ms(-1), admission::earliest_plausible - 1ms}) {
        EXPECT_EQ(admit(wrong).event_time, morning) << to_unix_ms(wrong);
        EXPECT_EQ(admit(wrong).quality, quality::clock_replaced);
    }
    EXPECT_EQ(admit(morning + 2min).event_time, morning + 2min);
    EXPECT_EQ(admit(morning + 2min).quality, 0);
}

TEST(Times, OlderThanTheNewestOfItsKindIsLate) {
    admission::NewestTimes times;
    const auto quality_of = [&](ReadingKind kind, Instant when, std::uint16_t q = 0) {
        return times.admit(reading(kind, 1, when, q), morning).quality;
    };
    EXPECT_EQ(quality_of(ReadingKind::motion, morning - 1min), 0);
    EXPECT_EQ(quality_of(ReadingKind::motion, morning - 1min), 0) << "equal is not older";
    EXPECT_EQ(quality_of(ReadingKind::motion, morning - 35 * 24h), quality::late);
    EXPECT_EQ(quality_of(ReadingKind::contact_open, morning - 2min), 0) << "each kind for itself";
    EXPECT_EQ(quality_of(ReadingKind::contact_open, morning, quality::retained), quality::retained);
    EXPECT_EQ(quality_of(ReadingKind::contact_open, morning - 1min), 0)
        << "retained is not remembered";
}

TEST(Times, OfNextYearOr1970DoNotStopAnAlarm) {
    for (const Instant wrong : {from_unix_ms(1'000), morning + 365 * 24h}) {
        World world;
        const Decisions out =
            world.apply(morning, message(smoke, {reading(ReadingKind::smoke, 1, wrong)}));
        ASSERT_THAT(alerts(out), ElementsAre("smoke:open"));
        EXPECT_EQ(alert_in(out).evidence.until, morning);
    }
}

TEST(OutOfOrder, RewritesNoPresentState) {
    World world;
    world.says_numbered(morning, bed, {reading(ReadingKind::bed_occupied, 0, morning)});
    world.says_numbered(morning, meter, {reading(ReadingKind::water_total_ml, 500, morning)});
    world.says_numbered(morning, door, {reading(ReadingKind::tamper, 1, morning)});
    const Instant before = morning - 10min;
    EXPECT_THAT(world.says_numbered(morning + 1s, door, {reading(ReadingKind::tamper, 0, before)}),
                IsEmpty());
    EXPECT_THAT(world.says_numbered(morning + 1s, meter,
                                    {reading(ReadingKind::water_total_ml, 400, before)}),
                IsEmpty());
    world.says_numbered(morning + 1s, bed, {reading(ReadingKind::bed_occupied, 1, before)});
    EXPECT_EQ(world.view().last_sign_of_life, Instant{});
    EXPECT_THAT(world.open(AlertKind::tamper), SizeIs(1));
}

TEST(Odd, ReadingsThatNoDetectorKnowsAreHarmless) {
    World world;
    EXPECT_THAT(world.says(morning, meter, static_cast<ReadingKind>(200)), IsEmpty());
    EXPECT_THAT(world.says(morning, meter, ReadingKind::water_total_ml, -5), IsEmpty());
    EXPECT_THAT(world.says(morning, smoke, ReadingKind::water_total_ml, 5), IsEmpty());
    EXPECT_THAT(world.says(morning, motion, ReadingKind::contact_open, 1), IsEmpty());
    EXPECT_THAT(world.says(morning, motion, ReadingKind::battery_mv, 2'900), IsEmpty());
}

}  // namespace anju::test
