// What is looked at once more before anything is touched, and what is tried again when.
#include <gtest/gtest.h>

#include "tests/unit/update/plan_fixture.hpp"

namespace anju::update {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

// Fetching over a slow line takes its time, a power cut takes longer.
TEST(Plan, LooksAgainBeforeAnythingIsTouched) {
    for (const int begun : {0, 1}) {
        const Record record = at(Step::installing, begun);
        Facts facts = at_night();
        EXPECT_EQ(next(record, facts, {}, {}).what, Do::install);
        facts.urgent = 1;
        EXPECT_EQ(why(facts, record), Rest::alerts) << "it burns since it was fetched";
        EXPECT_EQ(why(facts, record, {}, {.despite_alerts = true}), Rest::none);
        facts.urgent = 0;
        facts.now += hours{3};
        EXPECT_EQ(why(facts, record), Rest::not_now) << "the night is over";
        EXPECT_EQ(why(facts, record, {}, {.any_time = true}), Rest::none);
        facts.now = night;
        EXPECT_EQ(why(facts, record, {.enabled = false}), Rest::off) << "switched off meanwhile";
        facts.offers[0].percentage = 0;
        EXPECT_EQ(why(facts, record), Rest::not_its_turn) << "the district has stopped it";
        facts.offers[0].percentage = 100;
        facts.room = 0;
        EXPECT_EQ(why(facts, record), Rest::none) << "what it takes is taken already";
    }
    const Action newer = next(at(Step::installing, 0), at_night({offer("3"), offer("2")}), {}, {});
    EXPECT_EQ(newer.what, Do::prepare) << "another version came meanwhile";
    EXPECT_EQ(newer.version, "3");
}

TEST(Plan, DoesNotTakeAGatewayThatAnsweredForOneWithoutAlerts) {
    Record record = at(Step::installing, 0);
    Facts facts = at_night();
    facts.answers = false;
    EXPECT_EQ(why(facts, record), Rest::none) << "it never did: the update may be its cure";
    record.before.answers = true;
    EXPECT_EQ(why(facts, record), Rest::no_answer);
    EXPECT_EQ(why(facts, record, {}, {.despite_alerts = true}), Rest::none);
}

TEST(Plan, SetsAsideWhatWasNotTouchedAndSaysWhatWaits) {
    Facts facts = at_night();
    facts.urgent = 1;
    const Record record = begin(at(Step::installing, 0), {Do::rest, "2", Rest::alerts}, facts);
    EXPECT_EQ(record.step, Step::idle);
    EXPECT_EQ(record.from, "");
    EXPECT_EQ(record.to, "");
    EXPECT_EQ(record.waits_for, "2") << "the wait for alerts has begun";
    EXPECT_EQ(record.waiting, "2");
    EXPECT_EQ(record.waiting_why, "alerts");
    EXPECT_EQ(record.refused.size(), 0U);
    const Record current = begin(record, {Do::rest, "", Rest::current}, facts);
    EXPECT_EQ(current.waiting, "");
    EXPECT_EQ(current.waiting_why, "");
}

TEST(Plan, TriesAgainLaterAndLaterWhatTheWorldDidToIt) {
    Record record;
    Facts facts = at_night();
    std::vector<Duration> waits;
    for (int i = 0; i < 8; ++i) {
        record = finish(record, {Do::prepare, "2"}, {.installed = "1", .trouble = "404"}, facts);
        waits.push_back(record.retry.wait);
        EXPECT_EQ(record.step, Step::idle);
        EXPECT_EQ(record.retry.failures, i + 1);
        EXPECT_EQ(record.retry.why, "404");
        EXPECT_EQ(record.refused.size(), 0U);
    }
    EXPECT_EQ(waits, (std::vector<Duration>{hours{1}, hours{2}, hours{4}, hours{8}, hours{16},
                                            hours{20}, hours{20}, hours{20}}));
    facts.now += hours{20} - minutes{1};
    EXPECT_EQ(why(facts, record, {.window = {hours{0}, hours{24}}}), Rest::later);
    EXPECT_EQ(why(facts, record, {}, {.any_time = true}), Rest::none) << "a person does not wait";
    facts.now += minutes{1};
    EXPECT_EQ(why(facts, record, {.window = {hours{0}, hours{24}}}), Rest::none);
    facts.now = night - hours{24 * 365};
    EXPECT_EQ(why(facts, record, {.window = {hours{0}, hours{24}}}), Rest::none)
        << "a clock that was a year ahead made it wait for a year";
    facts = at_night({offer("3"), offer("2")});
    EXPECT_EQ(why(facts, record), Rest::none) << "another version has not failed";
    record = finish(record, {Do::prepare, "3"}, {.installed = "1", .trouble = "404"}, facts);
    EXPECT_EQ(record.retry.failures, 1);
}

TEST(Plan, RefusesForGoodOnlyWhatTheVersionDidItself) {
    struct Row {
        const char* why;
        bool for_good;
    };
    for (const Row row :
         {Row{"not_active", true}, Row{"no_answer", true}, Row{"not_steady", true},
          Row{"other_version", true}, Row{"store_began_anew", true}, Row{"link:home", true},
          Row{"link:alarms", true}, Row{"link:sensors", true}, Row{"scripts_failed", true},
          Row{"by_hand", true}, Row{"not_installed", false}, Row{"cut_short", false},
          Row{"still_opening", true}, Row{"broker_down", false}, Row{"link:district_alarm", false},
          Row{"store_low", false}}) {
        SCOPED_TRACE(row.why);
        Record record = at(Step::proving_again, 1);
        record.why = row.why;
        record = finish(record, {Do::prove_again, "1"}, {.installed = "1"}, at_night());
        EXPECT_EQ(record.ending, Ending::rolled_back);
        EXPECT_EQ(record.ended_why, row.why);
        EXPECT_EQ(record.refused.size(), row.for_good ? 1U : 0U);
        EXPECT_EQ(record.retry.version, row.for_good ? "" : "2");
        EXPECT_EQ(why(at_night(), record), row.for_good ? Rest::taken_back : Rest::later);
        Facts next_night = at_night();
        next_night.now += hours{24};
        EXPECT_EQ(why(next_night, record), row.for_good ? Rest::taken_back : Rest::none);
        // As an earlier program wrote it down.
        Record earlier;
        earlier.refused = {{"2", row.why, night}};
        EXPECT_EQ(why(at_night(), earlier), row.for_good ? Rest::taken_back : Rest::none);
    }
}

TEST(Plan, CostsABoxFewerNightsTheOftenerItHadToGoBack) {
    Record record;
    std::vector<Duration> waits;
    for (int i = 0; i < 5; ++i) {
        record.from = "1";
        record.to = "2";
        record.why = "cut_short";
        record = finish(record, {Do::prove_again, "1"}, {.installed = "1"}, at_night());
        waits.push_back(record.retry.wait);
    }
    EXPECT_EQ(waits,
              (std::vector<Duration>{hours{20}, hours{40}, hours{80}, hours{160}, hours{164}}));
    record = at(Step::proving, 1);
    record.retry = {"2", "cut_short", 5, night, {}, hours{164}};
    record = finish(record, {Do::prove, "2"}, {.installed = "2"}, at_night());
    EXPECT_EQ(record.ending, Ending::updated);
    EXPECT_EQ(record.retry, Retry{}) << "what succeeded has no failures";
}

TEST(Plan, SeesWhatAnInstallationLeft) {
    const Record record = begin(at(Step::installing, 0), {Do::install, "2"}, at_night());
    const Action install{Do::install, "2"};
    EXPECT_EQ(finish(record, install, {.installed = "2"}, at_night()).step, Step::proving);
    EXPECT_EQ(finish(record, install, {.installed = "2", .trouble = "a trigger"}, at_night()).step,
              Step::proving);
    Record half = finish(record, install, {.installed = "", .trouble = "disk"}, at_night());
    EXPECT_EQ(half.words, "disk");
    EXPECT_EQ(finish(half, install, {.installed = "2"}, at_night()).words, "") << "it is over";
    const Record locked =
        finish(record, install, {.installed = "1", .trouble = "lock"}, at_night());
    EXPECT_EQ(locked.step, Step::idle);
    EXPECT_EQ(locked.retry.why, "lock");
    EXPECT_EQ(locked.retry.wait, first_wait);
    EXPECT_EQ(finish(record, install, {.installed = "", .trouble = "disk"}, at_night()).step,
              Step::installing)
        << "half of it has to become a whole of something";
    for (const char* left : {"", "1"}) {
        const Record bad =
            finish(record, install,
                   {.installed = left, .trouble = "postinst", .scripts_failed = true}, at_night());
        EXPECT_EQ(bad.step, Step::rolling_back) << left;
        EXPECT_EQ(bad.why, "scripts_failed");
    }
}

TEST(Plan, BelievesNoHourWhileNobodySetsTheClock) {
    Facts facts = at_night();
    facts.clock_right = false;
    facts.up = hours{24} - minutes{1};
    EXPECT_EQ(why(facts), Rest::clock) << "that it is three at night nobody knows";
    EXPECT_EQ(why(facts, {}, {.window = {hours{0}, hours{24}}}), Rest::none)
        << "to whom any hour is right no clock matters";
    facts.now += hours{9};
    facts.up = hours{24};
    EXPECT_EQ(why(facts), Rest::none) << "nor that it is noon; it has waited for a clock";
    facts.urgent = 1;
    EXPECT_EQ(why(facts), Rest::alerts);
    facts.urgent = 0;
    facts.up = {};
    EXPECT_EQ(why(facts, {}, {}, {.any_time = true}), Rest::none);
    Record failed;
    failed.retry = {"2", "404", 3, night, hours{30}, hours{4}};
    facts.up = hours{33};
    EXPECT_EQ(why(facts, failed), Rest::later);
    facts.up = hours{34};
    EXPECT_EQ(why(facts, failed), Rest::none);
    facts.up = hours{25};
    EXPECT_EQ(why(facts, failed), Rest::none) << "that was before the start";
}

TEST(Plan, DoesNotWaitForAlertsWhereItIsNotToWait) {
    Facts facts = at_night();
    facts.urgent = 3;
    EXPECT_EQ(why(facts), Rest::alerts);
    EXPECT_EQ(why(facts, {}, {.wait_for_alerts = {}}), Rest::none);
    EXPECT_EQ(why(facts, at(Step::installing, 0), {.wait_for_alerts = {}}), Rest::none);
}

TEST(Plan, WaitsForAlertsByATimeThatWasRight) {
    Facts facts = at_night();
    facts.urgent = 1;
    facts.clock_right = false;
    facts.up = hours{25};
    facts.now = Instant{hours{1}};
    const auto decide = [&](const Record& record) {
        return begin(record, next(record, facts, {}, {}), facts);
    };
    Record record = decide({});
    ASSERT_EQ(record.waits_for, "2");
    facts.clock_right = true;
    facts.now = night;
    facts.up = hours{26};
    EXPECT_EQ(why(facts, record), Rest::alerts)
        << "56 years were no wait, but a clock that was set";
    record = decide(record);
    EXPECT_EQ(record.waits_since, night);
    facts.now = night + hours{72};
    EXPECT_EQ(why(facts, record), Rest::none);
    // Never set at all: by how long the box is up.
    facts.clock_right = false;
    facts.now = Instant{hours{2}};
    facts.up = hours{97} - minutes{1};
    EXPECT_EQ(why(facts, record), Rest::alerts);
    facts.up = hours{97};
    EXPECT_EQ(why(facts, record), Rest::none);
    // Started anew: from then on.
    facts.up = hours{30};
    record.waits_since_up = hours{50};
    record = decide(record);
    EXPECT_EQ(record.waits_since_up, hours{30});
}

}  // namespace
}  // namespace anju::update
