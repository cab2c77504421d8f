#include "update/plan.hpp"

#include <gtest/gtest.h>

#include <array>

#include "tests/unit/update/plan_fixture.hpp"

namespace anju::update {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

// Every step, cut short at whatever moment: what was written down, what the box has, what follows.
TEST(Plan, KnowsWhatFollowsOnEachStepWhateverIsInstalled) {
    struct Row {
        Step step;
        int begun;
        const char* installed;
        Do what;
        const char* version;
    };
    constexpr std::array rows{
        Row{Step::installing, 1, "", Do::install, "2"},      // cut while dpkg was unpacking
        Row{Step::installing, 1, "2", Do::prove, "2"},       // cut after the last file
        Row{Step::installing, 2, "2", Do::prove, "2"},       //
        Row{Step::installing, 2, "1", Do::put_back, "1"},    // wrong twice
        Row{Step::installing, 2, "", Do::put_back, "1"},     // half of it, twice
        Row{Step::installing, 1, "3", Do::abandon, "3"},     // by hand meanwhile
        Row{Step::proving, 0, "2", Do::prove, "2"},          //
        Row{Step::proving, 2, "2", Do::prove, "2"},          // cut twice
        Row{Step::proving, 3, "2", Do::put_back, "1"},       // it takes the box down with it
        Row{Step::proving, 1, "", Do::put_back, "1"},        // somebody broke it
        Row{Step::proving, 1, "1", Do::put_back, "1"},       //
        Row{Step::proving, 1, "3", Do::abandon, "3"},        //
        Row{Step::rolling_back, 0, "2", Do::put_back, "1"},  //
        Row{Step::rolling_back, 9, "", Do::put_back, "1"},   // never given up
        Row{Step::rolling_back, 1, "1", Do::prove_again, "1"},
        Row{Step::rolling_back, 1, "3", Do::abandon, "3"},
        Row{Step::proving_again, 0, "1", Do::prove_again, "1"},
        Row{Step::proving_again, 5, "1", Do::prove_again, "1"},
        Row{Step::proving_again, 1, "2", Do::put_back, "1"},
        Row{Step::proving_again, 1, "", Do::put_back, "1"},
        Row{Step::proving_again, 1, "3", Do::abandon, "3"},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(std::string(name(row.step)) + " begun " + std::to_string(row.begun) +
                     ", installed " + row.installed);
        Facts facts = at_night();
        facts.installed = row.installed;
        // What is under way goes on by day, with alerts, switched off: half an update is worse.
        facts.now = night + hours{9};
        facts.urgent = 2;
        const Action action = next(at(row.step, row.begun), facts, {.enabled = false}, {});
        EXPECT_EQ(action.what, row.what);
        EXPECT_EQ(action.version, row.version);
    }
}

TEST(Plan, TakesTheNewestThatThereIsAWayBackFrom) {
    Facts facts = at_night({offer("4"), offer("3"), offer("2")});
    EXPECT_EQ(next({}, facts, {}, {}).version, "4");
    facts.offers[0].way_back = false;
    EXPECT_EQ(next({}, facts, {}, {}).version, "3") << "one by one, if it must be";
    facts.offers[1].way_back = facts.offers[2].way_back = false;
    EXPECT_EQ(why(facts), Rest::no_way_back);
    EXPECT_EQ(why(facts, {}, {}, {.any_time = true, .despite_alerts = true, .again = true}),
              Rest::no_way_back)
        << "no person opens a way that is not there";
}

TEST(Plan, RestsWithAReason) {
    EXPECT_EQ(why(at_night()), Rest::none);
    EXPECT_EQ(why(at_night({})), Rest::current);
    EXPECT_EQ(why(at_night(), {}, {.enabled = false}), Rest::off);
    Facts facts = at_night();
    facts.installed.clear();
    EXPECT_EQ(why(facts), Rest::broken);
    facts = at_night();
    facts.room = 999;
    EXPECT_EQ(why(facts), Rest::no_room);
    facts = at_night();
    facts.offers[0].percentage = 40;
    facts.offers[0].draw = 40;
    EXPECT_EQ(why(facts), Rest::not_its_turn);
    facts.offers[0].draw = 39;
    EXPECT_EQ(why(facts), Rest::none);
    facts.offers[0].percentage = 0;
    facts.offers[0].draw = 0;
    EXPECT_EQ(why(facts), Rest::not_its_turn) << "stopped for everybody";
}

TEST(Plan, BeginsInTheWindowOfTheNightByLocalTime) {
    const auto rests_at = [](Duration time, Window window) {
        Facts facts = at_night();
        facts.utc_offset = minutes{8 * 60};
        facts.now = Instant{hours{24 * 365 * 56} + time - hours{8}};
        return why(facts, {}, {.window = window}) == Rest::not_now;
    };
    const Window usual{hours{2}, hours{5}};
    EXPECT_TRUE(rests_at(hours{1} + minutes{59}, usual));
    EXPECT_FALSE(rests_at(hours{2}, usual));
    EXPECT_FALSE(rests_at(hours{4} + minutes{59}, usual));
    EXPECT_TRUE(rests_at(hours{5}, usual));
    const Window over{hours{23}, hours{4}};
    EXPECT_FALSE(rests_at(hours{23} + minutes{30}, over));
    EXPECT_FALSE(rests_at(hours{3}, over));
    EXPECT_TRUE(rests_at(hours{12}, over));
    Facts day = at_night();
    day.now += hours{9};
    EXPECT_EQ(why(day, {}, {}, {.any_time = true}), Rest::none) << "a person said so";
}

TEST(Plan, WaitsWhileUrgentAlertsAreOpenButNotForEver) {
    Facts facts = at_night();
    facts.urgent = 1;
    Record record;
    // Three nights, and the days between them.
    for (int night_of = 0; night_of < 3; ++night_of) {
        facts.now = night + night_of * hours{24};
        EXPECT_EQ(why(facts, record), Rest::alerts) << night_of;
        record = begin(record, next(record, facts, {}, {}), facts);
        facts.now += hours{9};
        EXPECT_EQ(why(facts, record), Rest::not_now);
        record = begin(record, next(record, facts, {}, {}), facts);
    }
    EXPECT_EQ(record.waits_for, "2");
    EXPECT_EQ(record.waits_since, night);
    facts.now = night + hours{72};
    EXPECT_EQ(why(facts, record), Rest::none) << "somebody's alert has been open for three days";
    facts.offers = {offer("3"), offer("2")};
    EXPECT_EQ(why(facts, record), Rest::alerts) << "another version waits anew";
    EXPECT_EQ(why(facts, record, {}, {.despite_alerts = true}), Rest::none);
}

TEST(Plan, NeverTriesAVersionAgainThatWasTakenBack) {
    Record record = at(Step::proving, 1);
    record = finish(record, {Do::prove, "2"}, {.installed = "2", .lacks = "link:home"}, at_night());
    EXPECT_EQ(record.step, Step::rolling_back);
    EXPECT_EQ(record.why, "link:home");
    record = finish(record, {Do::put_back, "1"}, {.installed = "1"}, at_night());
    EXPECT_EQ(record.step, Step::proving_again);
    record = finish(record, {Do::prove_again, "1"}, {.installed = "1"}, at_night());
    EXPECT_EQ(record.step, Step::idle);
    EXPECT_EQ(record.ending, Ending::rolled_back);
    EXPECT_EQ(record.ended_why, "link:home");
    EXPECT_EQ(why(at_night(), record), Rest::taken_back);
    EXPECT_EQ(why(at_night(), record, {}, {.any_time = true}), Rest::taken_back);
    EXPECT_EQ(why(at_night(), record, {}, {.again = true}), Rest::none);
    EXPECT_EQ(next(record, at_night({offer("3"), offer("2")}), {}, {}).version, "3");
}

TEST(Plan, SaysWhenTheVersionBeforeDoesNotDoItsWorkEither) {
    Record record = at(Step::proving_again, 1);
    record.why = "no_answer";
    record = finish(record, {Do::prove_again, "1"}, {.installed = "1", .lacks = "no_answer"},
                    at_night());
    EXPECT_EQ(record.ending, Ending::failed);
    EXPECT_EQ(record.step, Step::idle);
    EXPECT_EQ(why(at_night(), record), Rest::taken_back);
}

TEST(Plan, KeepsABoundedNumberOfVersionsThatWereTakenBack) {
    Record record;
    for (int i = 0; i < 40; ++i) {
        record.from = "1";
        record.to = "2." + std::to_string(i % 30);
        record = finish(record, {Do::prove_again, "1"}, {.installed = "1"}, at_night());
    }
    EXPECT_EQ(record.refused.size(), refused_kept);
    EXPECT_EQ(record.refused.back().version, "2.9");
}

TEST(Plan, DoesNothingWithoutWhatItNeedsForTheWayBack) {
    Record record =
        finish({}, {Do::prepare, "2"}, {.installed = "1", .trouble = "404"}, at_night());
    EXPECT_EQ(record.step, Step::idle);
    EXPECT_EQ(record.trouble, "404");
    record = finish(record, {Do::prepare, "2"}, {.installed = "1"}, at_night());
    EXPECT_EQ(record.step, Step::installing);
    EXPECT_EQ(record.from, "1");
    EXPECT_EQ(record.trouble, "");
}

TEST(Plan, PutsTheVersionBeforeBackWhenAPersonWantsIt) {
    const Record record = take_back({}, "1", "2");
    EXPECT_EQ(next(record,
                   [] {
                       Facts facts = at_night();
                       facts.installed = "2";
                       return facts;
                   }(),
                   {}, {})
                  .what,
              Do::put_back);
    const Record ended = finish(finish(record, {Do::put_back, "1"}, {.installed = "1"}, at_night()),
                                {Do::prove_again, "1"}, {.installed = "1"}, at_night());
    EXPECT_EQ(ended.ending, Ending::rolled_back);
    EXPECT_EQ(ended.ended_why, "by_hand");
    EXPECT_EQ(why(at_night(), ended), Rest::taken_back);
}

TEST(Draw, IsTheSameForABoxAndAVersionAndSpreadsBoxes) {
    // python3 -c 'import zlib; print(zlib.crc32(b"box-0001 0.2.0") % 100)'
    EXPECT_EQ(draw("box-0001", "0.2.0"), 24);
    int below_ten = 0;
    int again = 0;
    for (int box = 0; box < 10'000; ++box) {
        const std::string id = "box-" + std::to_string(box);
        const bool first = draw(id, "0.2.0") < 10;
        below_ten += first ? 1 : 0;
        again += first && draw(id, "0.3.0") < 10 ? 1 : 0;
    }
    EXPECT_NEAR(below_ten, 1'000, 150);
    EXPECT_LT(again, 300) << "the same boxes are always the first";
}

TEST(WayBack, IsThereWhenTheInstalledProgramReadsWhatTheOfferedOneLeaves) {
    const std::string installed = "journal 3 from 3, console 2 from 2";
    EXPECT_TRUE(way_back(installed, installed));
    EXPECT_TRUE(way_back(installed, "journal 4 from 3, console 2 from 2"));
    EXPECT_TRUE(way_back(installed, "console 3 from 1, journal 5 from 2, later 1 from 1"));
    EXPECT_FALSE(way_back(installed, "journal 4 from 4, console 2 from 2"));
    EXPECT_FALSE(way_back(installed, "journal 3 from 3, console 3 from 3"));
    EXPECT_FALSE(way_back(installed, "journal 3 from 3")) << "a store it says nothing of";
    for (const char* nonsense : {"", "journal", "journal 3", "journal x from 3", "journal 3 to 3",
                                 "journal 3 from 3,", "journal 3 from -1"}) {
        EXPECT_FALSE(way_back(installed, nonsense)) << nonsense;
        EXPECT_FALSE(way_back(nonsense, installed)) << nonsense;
    }
}

}  // namespace
}  // namespace anju::update
