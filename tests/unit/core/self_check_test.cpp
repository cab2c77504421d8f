// Before anybody is called out for a silence the resident is asked (本人确认).
#include "flat.hpp"
#include "support.hpp"

namespace anju::test {
namespace {

/// A flat with a meter whose resident is asked twice; SH-12 makes the silences.
Household asked_home() {
    Household home =
        home_with({device(meter, SensorKind::water_meter),
                   device(motion, SensorKind::motion, 1000h), device(sos, SensorKind::sos, 1000h)},
                  {Preset::sh_12});
    home.rules.ladder.self_check_asks = 2;
    return home;
}

struct Asked {
    Instant at{};
    SummonsCause cause{};
    int rung{};
    friend bool operator==(const Asked&, const Asked&) = default;
};

class SelfCheck : public testing::Test {
protected:
    SelfCheck() {
        world.ladder = true;
        for (Instant at = morning; at <= morning + 12h; at += 15min) meter_says(at, 1'000);
        asked_at = morning + 12h;
        id = alert().id;
    }
    void meter_says(Instant at, std::int64_t ml) {
        keep(world.apply(at, message(meter, {reading(ReadingKind::water_total_ml, ml, at)})));
    }
    void until(Instant at) {
        for (Instant next = last + 15min; next <= at; next += 15min) meter_says(next, 1'000);
        keep(world.advance(at));
    }
    void keep(Decisions decisions) {
        for (Decision& d : decisions) {
            last = std::max(last, d.at);
            all.push_back(std::move(d));
        }
    }
    [[nodiscard]] Alert alert() const {
        for (auto it = all.rbegin(); it != all.rend(); ++it) {
            if (const auto* change = std::get_if<AlertChanged>(&it->what)) return change->alert;
        }
        ADD_FAILURE() << "nothing was told";
        return {};
    }
    [[nodiscard]] std::vector<Asked> summoned() const {
        std::vector<Asked> out;
        for (const Decision& d : all) {
            if (const auto* summons = std::get_if<Summons>(&d.what)) {
                out.push_back({d.at, summons->cause, summons->rung});
            }
        }
        return out;
    }
    CommandAnswered does(Instant at, AlertVerb verb) {
        const Decisions out = world.command(at, id, verb);
        keep(out);
        return answer_in(out);
    }

    World world{asked_home()};
    Decisions all;
    Instant asked_at;
    Instant last = morning;
    AlertId id;
};

using enum SummonsCause;

}  // namespace

TEST_F(SelfCheck, AsksTheResidentTwiceAndThenTellsOthers) {
    EXPECT_EQ(alert().state, AlertState::self_check);
    EXPECT_EQ(alert().raised_at, asked_at);
    EXPECT_EQ(alert().opened_at, Instant{});
    keep(world.advance(asked_at + 30min));
    EXPECT_THAT(summoned(), ElementsAre(Asked{asked_at, ask_resident, 1},
                                        Asked{asked_at + 15min, ask_resident, 2},
                                        Asked{asked_at + 30min, told, 1}));
    EXPECT_EQ(alert().state, AlertState::open);
    EXPECT_EQ(alert().cause, StepCause::no_answer);
    EXPECT_EQ(alert().raised_at, asked_at) << "the moment of detection";
    EXPECT_EQ(alert().opened_at, asked_at + 30min);
    keep(world.advance(asked_at + 45min));
    EXPECT_EQ(summoned().back(), (Asked{asked_at + 45min, unanswered, 2}));
}

TEST_F(SelfCheck, IsOverWithAnySignOfLife) {
    keep(world.says(asked_at + 20min, motion, ReadingKind::motion));
    EXPECT_EQ(alert().state, AlertState::cancelled);
    EXPECT_EQ(alert().cause, StepCause::sign_of_life);
    EXPECT_THAT(world.open(AlertKind::water_low), IsEmpty());
    EXPECT_THAT(summoned(), SizeIs(2)) << "nobody was called, nobody is stood down";
}

TEST_F(SelfCheck, IsOverWhenWaterIsDrawn) {
    meter_says(asked_at + 10min, 1'500);
    EXPECT_EQ(alert().state, AlertState::cancelled);
}

TEST_F(SelfCheck, IsOverWhenTheButtonIsPressedWhichIsACallForHelp) {
    keep(world.says(asked_at + 10min, sos, ReadingKind::sos));
    EXPECT_THAT(world.open(AlertKind::water_low), IsEmpty());
    EXPECT_THAT(world.open(AlertKind::sos), SizeIs(1));
}

TEST_F(SelfCheck, IsOverWithTheSecondFunctionOfTheButtonWhichCallsNobody) {
    keep(world.says(asked_at + 10min, sos, ReadingKind::i_am_well));
    EXPECT_EQ(alert().id, id);
    EXPECT_EQ(alert().state, AlertState::cancelled);
    EXPECT_THAT(world.open(AlertKind::water_low), IsEmpty());
    EXPECT_THAT(world.open(AlertKind::sos), IsEmpty());
    EXPECT_EQ(world.view().last_sign_of_life, asked_at + 10min);
    EXPECT_THAT(summoned(), SizeIs(1)) << "asked once";
}

TEST_F(SelfCheck, IsNotAnsweredByAPressThatWasLetGo) {
    keep(world.says(asked_at + 10min, sos, ReadingKind::i_am_well, 0));
    EXPECT_EQ(alert().state, AlertState::self_check);
}

TEST_F(SelfCheck, IsNotAnsweredByWhatTheBrokerKept) {
    keep(world.says(asked_at + 10min, sos, ReadingKind::i_am_well, 1, quality::retained));
    EXPECT_EQ(alert().state, AlertState::self_check);
}

TEST_F(SelfCheck, IsTheConcernOfOthersOnceTheyKnow) {
    until(asked_at + 31min);
    keep(world.says(asked_at + 32min, sos, ReadingKind::i_am_well));
    EXPECT_EQ(alert().state, AlertState::open);
    EXPECT_EQ(world.view().last_sign_of_life, asked_at + 32min);
}

TEST_F(SelfCheck, IsOverWhenTheResidentSaysSo) {
    EXPECT_EQ(does(asked_at + 5min, AlertVerb::i_am_well).status, CommandStatus::applied);
    EXPECT_EQ(alert().state, AlertState::cancelled);
    EXPECT_EQ(alert().cause, StepCause::person);
    EXPECT_EQ(world.view().last_sign_of_life, asked_at + 5min);
    EXPECT_EQ(does(asked_at + 6min, AlertVerb::i_am_well).status, CommandStatus::already);
}

TEST_F(SelfCheck, IsNotRaisedAgainForTheSameSilence) {
    does(asked_at + 5min, AlertVerb::i_am_well);
    const auto before = summoned().size();
    for (Instant at = asked_at + 15min; at < asked_at + 12h; at += 15min) meter_says(at, 1'000);
    EXPECT_EQ(summoned().size(), before);
    for (Instant at = asked_at + 12h; at <= asked_at + 13h; at += 15min) meter_says(at, 1'000);
    EXPECT_EQ(world.open(AlertKind::water_low).size(), 1U) << "twelve hours anew are another";
    EXPECT_NE(world.open(AlertKind::water_low)[0].id, id);
}

TEST_F(SelfCheck, IsOverWhenSomebodySpokeWithTheResident) {
    keep(world.apply(asked_at + 10min, LifeWitnessed{home_id, ResidentId{"r1"}, asked_at + 9min}));
    EXPECT_EQ(alert().state, AlertState::cancelled);
}

TEST_F(SelfCheck, IsNotAnsweredByWhatWasKnownBefore) {
    keep(world.apply(asked_at + 10min, LifeWitnessed{home_id, ResidentId{"r1"}, morning - 1h}));
    keep(world.apply(asked_at + 10min, LifeWitnessed{home_id, ResidentId{"other"}, asked_at}));
    EXPECT_EQ(world.open(AlertKind::water_low).size(), 1U);
}

TEST_F(SelfCheck, MayBeTakenBySomebody) {
    EXPECT_EQ(does(asked_at + 5min, AlertVerb::acknowledge).status, CommandStatus::applied);
    EXPECT_EQ(alert().state, AlertState::acknowledged);
    EXPECT_EQ(alert().opened_at, asked_at + 5min);
    keep(world.says(asked_at + 6min, motion, ReadingKind::motion));
    EXPECT_EQ(alert().state, AlertState::acknowledged) << "who took it ends it";
    keep(world.advance(asked_at + 25min));
    EXPECT_EQ(alert().state, AlertState::open);
    EXPECT_THAT(summoned(), testing::Contains(Asked{asked_at + 25min, not_moving, 1}))
        << "those who are told at once have not been told yet";
}

TEST_F(SelfCheck, OnceOthersKnowTheResidentIsNotBelievedUnseen) {
    keep(world.advance(asked_at + 30min));
    EXPECT_EQ(does(asked_at + 31min, AlertVerb::i_am_well).status, CommandStatus::refused);
    keep(world.says(asked_at + 32min, motion, ReadingKind::motion));
    EXPECT_THAT(world.open(AlertKind::water_low), SizeIs(1)) << "a P2 is ended by a person";
}

TEST_F(SelfCheck, AsksAfterAnOutageAsOftenAsBefore) {
    const Decisions back = world.apply(asked_at + 60min, Outage{asked_at + 5min});
    keep(back);
    EXPECT_EQ(summoned().back(), (Asked{asked_at + 60min, ask_resident, 2}));
    keep(world.advance(asked_at + 75min));
    EXPECT_EQ(summoned().back(), (Asked{asked_at + 75min, told, 1}));
}

TEST_F(SelfCheck, IsMutedWhenTheResidentTurnsOutToBeAway) {
    keep(world.apply(asked_at + 1min,
                     StatusTold{home_id, ResidentId{"r1"}, ResidentStatus::hospitalised}));
    EXPECT_EQ(alert().state, AlertState::suppressed);
    EXPECT_EQ(alert().cause, StepCause::suspended);
    EXPECT_THAT(summoned(), SizeIs(1));
}

TEST(WithoutSelfCheck, ASilenceIsToldAtOnce) {
    Household home = asked_home();
    home.rules.ladder.self_check_asks = 0;
    World world(home);
    world.ladder = true;
    Decisions out;
    for (Instant at = morning; at <= morning + 12h; at += 15min) {
        out = world.apply(at, message(meter, {reading(ReadingKind::water_total_ml, 1'000, at)}));
    }
    ASSERT_THAT(out, SizeIs(2));
    EXPECT_EQ(alert_in(out).state, AlertState::open);
    EXPECT_EQ(std::get<Summons>(out[1].what).cause, told);
}

TEST(SelfCheckOfNotReturned, IsAnsweredOnlyByWhoCameHome) {
    Household home = flat();
    home.rules.warm_up = 24h * 5;
    home.rules.ladder.self_check_asks = 2;
    home.rules.ladder.self_check_gap = 6h;
    Flat life(home);
    life.days(0, 13);
    Instant at = midnight + 14 * 24h + 10h;
    life.leave(at);
    while (life.world.open(AlertKind::not_returned).empty()) {
        ASSERT_LT(at, midnight + 18 * 24h);
        life.until(at += 1h);
    }
    ASSERT_EQ(life.world.open(AlertKind::not_returned)[0].state, AlertState::self_check);
    life.come(at + 1h);
    EXPECT_THAT(life.world.open(AlertKind::not_returned), IsEmpty());
}

}  // namespace anju::test
