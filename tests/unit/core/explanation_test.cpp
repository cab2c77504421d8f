#include "core/explanation.hpp"

#include "core/detect/budget.hpp"
#include "flat.hpp"

namespace anju {
namespace {

using namespace test;
using testing::Each;
using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;
using testing::SizeIs;
using Explanation = HouseholdExplanation;

constexpr Duration day = 24h;

Explanation explained(const Flat& flat, Instant now) {
    return flat.world.engine.explain(home_id, now).value();
}

/// A flat in which somebody has lived for a month: see Flat::day(). Was last heard at noon on a
/// Tuesday.
Flat after_a_month() {
    Flat flat;
    flat.days(1, 30);
    const Instant today = midnight + 31 * day;
    flat.live(today + 7h, today + 9h + 45min);
    flat.leave(today + 10h);
    flat.come(today + 11h);
    flat.live(today + 11h + 15min, today + 12h);
    return flat;
}
constexpr Instant noon = midnight + 31 * day + 12h;

TEST(Explanation, ForetellsTheVeryMomentsAtWhichASilenceIsTold) {
    Flat flat = after_a_month();
    flat.until(noon + 40min);
    const Explanation what = explained(flat, noon + 40min);
    const Instant phone = what.silence.phone_at;
    const Instant alert = what.silence.alert_at;
    ASSERT_LT(noon + 40min, phone);
    ASSERT_LT(phone, alert);
    EXPECT_LT(alert, noon + 6h) << "signs come every quarter of an hour at this time of day";

    flat.until(phone - 1ms);
    EXPECT_THAT(flat.told(AlertKind::inactivity), IsEmpty());
    flat.until(phone);
    EXPECT_THAT(flat.told(AlertKind::inactivity), SizeIs(1));
    EXPECT_TRUE(explained(flat, phone).silence.phone_told);
    EXPECT_EQ(explained(flat, phone).silence.phone_at, Instant{});
    flat.until(alert - 1ms);
    EXPECT_THAT(flat.told(AlertKind::inactivity), SizeIs(1));
    EXPECT_EQ(explained(flat, alert - 1ms).silence.alert_at, alert) << "as it was foretold first";
    flat.until(alert);
    EXPECT_THAT(flat.told(AlertKind::inactivity), SizeIs(2));
    const Explanation then = explained(flat, alert);
    EXPECT_TRUE(then.silence.alert_told);
    EXPECT_GE(then.silence.score.value(), then.silence.alert_score.value());
}

TEST(Explanation, SaysWhatWasLearnedAndFromWhom) {
    Flat flat = after_a_month();
    flat.until(noon + 40min);
    const Explanation what = explained(flat, noon + 40min);
    EXPECT_EQ(what.household, home_id);
    EXPECT_EQ(what.learning.first_sign, midnight + 1 * day + 7h);
    EXPECT_EQ(what.learning.days, 30);
    EXPECT_TRUE(what.learning.personal);
    EXPECT_EQ(what.learning.personal_from, midnight + 15 * day + 7h);

    EXPECT_EQ(what.silence.judged, Judged::yes);
    EXPECT_EQ(what.silence.last_sign, noon);
    EXPECT_EQ(what.silence.last_device.value().id, living);
    EXPECT_EQ(what.silence.since, noon);
    EXPECT_EQ(what.silence.known_until, noon + 40min);
    EXPECT_EQ(what.silence.where, Whereabouts::home);
    EXPECT_TRUE(what.silence.where_known);
    EXPECT_LT(what.silence.phone_score, what.silence.alert_score);
    // Every silence of the day lasted a quarter of an hour.
    EXPECT_GE(what.silence.half_over, noon + 10min);
    EXPECT_LE(what.silence.half_over, noon + 20min);
    EXPECT_LE(what.silence.nearly_over, noon + 3h) << "a longer one was seen but seldom";
    EXPECT_THAT(what.missing, IsEmpty());
    EXPECT_EQ(what.heard, 1.0);
    EXPECT_EQ(what.alert.milli, 300U);
    EXPECT_EQ(what.alert.reached, 0.0);
    const auto outings = static_cast<std::size_t>(detect::RoutineFeature::outings);
    EXPECT_EQ(what.routine.features[outings].recent, 2000) << "out and back";
}

TEST(Explanation, ShowsTheDayAsItIsLived) {
    Flat flat = after_a_month();
    const auto hours = explained(flat, noon).day.hours;
    ASSERT_THAT(hours, SizeIs(24));
    EXPECT_FALSE(explained(flat, noon).day.weekend);
    EXPECT_TRUE(explained(flat, noon + 4 * day).day.weekend);
    EXPECT_LT(hours[15].nearly_over, 3h);
    EXPECT_GT(hours[23].half_over, 6h) << "asleep until seven";
    EXPECT_LT(hours[15].alert.value(), 6h);
    EXPECT_GT(hours[23].alert.value(), hours[23].nearly_over);
    EXPECT_GT(hours[15].within_hour, 0.9);
    EXPECT_LT(hours[1].within_hour, 0.2);
    for (const auto& hour : hours) EXPECT_LE(hour.half_over, hour.nearly_over);
}

TEST(Explanation, ShowsTheSignsOfTodayAndYesterday) {
    Flat flat = after_a_month();
    flat.until(noon + 40min);
    const detect::RoutineView routine = explained(flat, noon + 40min).routine;
    EXPECT_EQ(routine.day, noon - 8h) << "04:00";
    EXPECT_TRUE(routine.today[48]) << "12:00";
    EXPECT_FALSE(routine.today[0]) << "asleep";
    for (std::size_t slot = 49; slot < routine.today.size(); ++slot) {
        EXPECT_FALSE(routine.today[slot]) << slot;
    }
    EXPECT_TRUE(routine.yesterday[18]) << "up at seven";
    EXPECT_FALSE(routine.yesterday[17]);
}

TEST(Explanation, ChangesNothing) {
    Flat flat = after_a_month();
    const std::string before = flat.world.engine.snapshot(home_id);
    (void)explained(flat, noon + 3h);
    EXPECT_EQ(flat.world.engine.snapshot(home_id), before);
}

TEST(Explanation, NamesThePresetsThatHoldInTheFirstDaysAndTheBackstop) {
    Household home = flat();
    home.rules.presets = {Preset::sh_12, Preset::h24_8l};
    Flat flat(home);
    flat.days(1, 3);
    const Instant last = midnight + 3 * day + 22h;
    const Explanation what = explained(flat, last + 1h);
    EXPECT_EQ(what.silence.judged, Judged::warm_up);
    EXPECT_FALSE(what.learning.personal);
    EXPECT_EQ(what.learning.personal_from, midnight + 15 * day + 7h);
    EXPECT_THAT(what.learning.presets, ElementsAre(Preset::sh_12, Preset::h24_8l));
    EXPECT_EQ(what.silence.score, std::nullopt);
    EXPECT_EQ(what.silence.alert_score, std::nullopt);
    EXPECT_EQ(what.silence.alert_at, last + 14h) << "known to be at home and silent";
    flat.until(last + 14h - 1ms);
    EXPECT_THAT(flat.told(AlertKind::inactivity), IsEmpty());
    flat.until(last + 14h);
    EXPECT_THAT(flat.told(AlertKind::inactivity), SizeIs(1));
}

TEST(Explanation, JudgesNobodyWhoIsOutOrAwayOrUnheardOf) {
    Flat flat;
    EXPECT_EQ(explained(flat, morning + 1h).silence.judged, Judged::no_sign);
    EXPECT_THAT(explained(flat, morning + 1h).day.hours, IsEmpty());
    flat.days(1, 20);
    const Instant left = midnight + 21 * day + 10h;
    flat.live(midnight + 21 * day + 7h, left - 15min);
    flat.leave(left);
    flat.until(left + 2h);
    const Explanation out = explained(flat, left + 2h);
    EXPECT_EQ(out.silence.judged, Judged::out);
    EXPECT_EQ(out.silence.where, Whereabouts::out);
    EXPECT_EQ(out.silence.alert_at, Instant{});
    EXPECT_EQ(out.silence.phone_at, Instant{});
    EXPECT_EQ(out.silence.half_over, Instant{});

    Household home = test::flat();
    home.residents[0].status = ResidentStatus::hospitalised;
    flat.world.set(left + 2h, home);
    flat.until(left + 4h);
    const Explanation away = explained(flat, left + 4h);
    EXPECT_EQ(away.silence.judged, Judged::not_watched);
    EXPECT_EQ(away.silence.alert_at, Instant{});
    EXPECT_EQ(away.residents.at(0).status, ResidentStatus::hospitalised);
    EXPECT_THAT(away.day.hours, SizeIs(24)) << "what was learned is not forgotten";
}

TEST(Explanation, NamesTheDataThatAreMissing) {
    Household home = flat();
    home.devices.push_back(device(smoke, SensorKind::smoke));
    Flat flat(home);
    flat.days(1, 20);
    flat.mute = living;
    flat.until(midnight + 21 * day + 3h);
    const Explanation what = explained(flat, midnight + 21 * day + 3h);
    EXPECT_THAT(what.missing, ElementsAre(Field(&Explanation::Gap::why, Missing::stale)));
    EXPECT_EQ(what.missing.at(0).device.id, living);
    EXPECT_NEAR(what.heard.value(), 0.5, 0.05)
        << "the night ends in the living room, the way out at the door";

    Household more = home;
    more.devices.push_back(device(bed, SensorKind::bed));
    flat.world.set(midnight + 21 * day + 3h, more);
    EXPECT_EQ(explained(flat, midnight + 21 * day + 3h).missing.at(1).why, Missing::never_heard);
}

/// Draws four litres in every hour from seven to nine in the evening; the register comes hourly.
class MeterHome {
public:
    MeterHome() : world_(home_with({device(meter, SensorKind::water_meter, 1h)})) {}

    void until(Instant at) {
        for (; hour_ <= at; hour_ += 1h) {
            const auto local = (hour_ - midnight) % day;
            if (hour_ < dry_from && local >= 7h && local <= 21h) register_ml_ += 4000;
            Observation said =
                message(meter, {reading(ReadingKind::water_total_ml, register_ml_, hour_)});
            said.fingerprint = ++number_;
            for (Decision& d : world_.apply(hour_, said)) told_.push_back(std::move(d));
        }
        for (Decision& d : world_.advance(at)) told_.push_back(std::move(d));
    }
    [[nodiscard]] Explanation explained(Instant now) const {
        return world_.engine.explain(home_id, now).value();
    }
    [[nodiscard]] std::size_t silences() const { return raised(told_, "inactivity:open").size(); }

    Instant dry_from = Instant::max();

private:
    World world_;
    Decisions told_;
    Instant hour_ = morning;
    std::int64_t register_ml_ = 1'000'000;
    std::uint64_t number_ = 0;
};

TEST(Explanation, CountsByTheHourAndAddsTheDeliveryWhereOnlyAMeterTells) {
    MeterHome home;
    home.until(midnight + 30 * day + 12h);
    home.dry_from = midnight + 30 * day + 13h;
    const Instant now = midnight + 30 * day + 14h;
    home.until(now);
    const Explanation what = home.explained(now);
    EXPECT_EQ(what.silence.judged, Judged::yes);
    EXPECT_EQ(what.best_delay, (DetectionDelay{.length = 2h, .device = meter}));
    EXPECT_TRUE(what.hour_meter_heard);
    EXPECT_EQ(what.heard, std::nullopt) << "nothing here speaks at the moment";
    EXPECT_EQ(what.silence.since, midnight + 30 * day + 12h);
    EXPECT_EQ(what.silence.known_until, now);
    EXPECT_EQ(what.silence.delivery, 1h);
    for (const auto& hour : what.day.hours) EXPECT_EQ(hour.alert.value_or(0h) % 1h, 0h);
    EXPECT_EQ(what.day.hours[8].half_over, 1h);

    const Instant alert = what.silence.alert_at;
    ASSERT_GT(alert, now);
    EXPECT_EQ((alert - midnight) % 1h, 0h);
    EXPECT_LT(alert, now + 12h);
    home.until(alert - 1h - 1ms);
    const std::size_t phoned = home.silences();
    home.until(alert - 1h);
    EXPECT_EQ(home.silences(), phoned + 1) << "this meter delivers at once";
}

TEST(Explanation, KnowsNoHouseholdButThoseThatAreThere) {
    World world;
    EXPECT_FALSE(world.engine.explain(HouseholdId{"nowhere"}, morning));
    EXPECT_EQ(*world.engine.household_of(ResidentId{"r1"}), home_id);
    EXPECT_EQ(world.engine.household_of(ResidentId{"r2"}), nullptr);
    EXPECT_EQ(world.engine.explain(home_id, morning - 1h).value().now, morning);
}

TEST(BestDelay, IsThatOfTheQuickestSensorOfLife) {
    const auto best = [](std::vector<Device> devices) {
        World world(home_with(devices));
        EXPECT_EQ(world.view().best_delay, std::nullopt) << "nothing was heard yet";
        for (const Device& one : devices) {
            world.apply(morning, message(one.id, {reading(ReadingKind::alive)}));
        }
        return world.view().best_delay;
    };
    const Device hourly = device(meter, SensorKind::water_meter, 1h);
    EXPECT_EQ(best({hourly, device(bed, SensorKind::bed)}), (DetectionDelay{5min, bed}));
    EXPECT_EQ(best({device(meter, SensorKind::water_meter, 16s)}), (DetectionDelay{5min, meter}));
    EXPECT_EQ(best({device(meter, SensorKind::water_meter, 15min)}),
              (DetectionDelay{30min, meter}));
    Device bundle = hourly;
    bundle.deliver_every = 24h;
    EXPECT_EQ(best({bundle}), (DetectionDelay{25h, meter}));
    EXPECT_EQ(best({device(smoke, SensorKind::smoke), device(sos, SensorKind::sos)}), std::nullopt);
    EXPECT_EQ(best({device(meter, SensorKind::water_meter, 24h)}), std::nullopt)
        << "a day in one piece tells of no silence";
}

TEST(Budget, TellsHowOftenAScoreWasSeenToBeExceeded) {
    detect::Budget budget;
    EXPECT_EQ(budget.seen_per_month(5), std::nullopt);
    budget.listened(2 * detect::budget_month);
    for (const double peak : {3.1, 4.1, 6.1, 7.1}) budget.harmless(peak);
    EXPECT_DOUBLE_EQ(budget.seen_per_month(5).value(), 1);
    EXPECT_DOUBLE_EQ(budget.seen_per_month(0).value(), 2);
    EXPECT_DOUBLE_EQ(budget.seen_per_month(8).value(), 0);
}

}  // namespace
}  // namespace anju
