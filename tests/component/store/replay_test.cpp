#include "app/replay/replay.hpp"

#include <gtest/gtest.h>

#include "app/replay/report.hpp"
#include "store/database.hpp"
#include "tests/component/store/living_store.hpp"
#include "tests/component/store/samples.hpp"
#include "tests/support/fault_vfs.hpp"

namespace anju::test {
namespace {

using namespace std::chrono_literals;

class Replay : public ::testing::Test {
protected:
    store::Options options() {
        store::Options out = options_in(folder_.path());
        out.vfs = disk_.name();
        out.keep_readings = 24h * 4;
        return out;
    }
    replay::Report run(const replay::Options& options = {}) {
        const auto reader = store::StoreReader::open(folder_.path()).value();
        auto report = replay::replay(*reader, options);
        if (!report) throw std::runtime_error(report.error().text());
        return std::move(*report);
    }
    void change(const char* sql) {
        store::Database db(
            {folder_.path() / "anju.db", store::Database::Mode::read_write, disk_.name()});
        db.execute(sql);
    }

    TempDir folder_;
    FaultVfs disk_;  // without real syncs
};

TEST_F(Replay, DecidesTheSameAgainFromTheFirstInput) {
    LivingStore life(options(), 5, 1);
    life.live(24h * 3);
    const replay::Report report = run();
    EXPECT_EQ(report.differences, 0U) << as_text(report);
    EXPECT_TRUE(report.from_start);
    EXPECT_EQ(report.households, 5U);
    EXPECT_EQ(report.readings, 5U * 6 * 24 * 3);
    EXPECT_GT(report.decisions, 20U) << "too little happened for the comparison to mean much";
    EXPECT_EQ(report.decisions, life.decisions());
    EXPECT_EQ(report.recorded, life.decisions());
}

TEST_F(Replay, DecidesTheSameAgainFromTheOldestBase) {
    LivingStore life(options(), 5, 2);
    life.live(24h * 9);
    life.keep_house();
    const replay::Report report = run();
    EXPECT_FALSE(report.from_start);
    EXPECT_EQ(report.differences, 0U) << as_text(report);
    EXPECT_GT(report.decisions, 20U);
    EXPECT_LT(report.decisions, life.decisions());
}

TEST_F(Replay, FollowsClockStepsAndHouseholdsThatLeave) {
    LivingStore life(options(), 4, 3);
    life.live(24h * 2);
    life.step_clock(3h);
    life.live(24h);
    life.remove(1);
    life.step_clock(-1h);
    life.live(24h * 2);
    EXPECT_EQ(run().differences, 0U) << as_text(run());
    life.live(24h * 4);
    life.keep_house();
    const replay::Report report = run();
    EXPECT_FALSE(report.from_start);
    EXPECT_EQ(report.differences, 0U) << as_text(report);
}

TEST_F(Replay, ReadsBesideTheRunningGateway) {
    LivingStore life(options(), 2, 4);
    life.live(24h);
    const auto reader = store::StoreReader::open(folder_.path()).value();
    ASSERT_TRUE(reader->hold_snapshot());
    life.live(24h);
    EXPECT_EQ(run().differences, 0U);
}

TEST_F(Replay, NoticesADecisionThatIsMissingOnRecord) {
    {
        LivingStore life(options(), 2, 5);
        life.live(24h * 2);
    }
    change("DELETE FROM decisions WHERE id = 3");
    const replay::Report report = run();
    EXPECT_GT(report.differences, 0U);
    ASSERT_FALSE(report.first.empty());
    EXPECT_FALSE(report.first.front().computed.empty());
    EXPECT_NE(as_text(report).find("different"), std::string::npos);
}

TEST_F(Replay, NoticesADecisionThatWasNeverMade) {
    LivingStore life(options(), 2, 6);
    life.live(24h);
    Transaction invented;
    invented.now = life.now();
    invented.decisions.push_back(
        alert_decision("home0", 99, "home0-99", AlertState::open, life.now()));
    life.journal().commit(invented).value();
    const replay::Report report = run();
    EXPECT_EQ(report.differences, 1U);
    EXPECT_EQ(report.first.front().computed, "");
    EXPECT_NE(report.first.front().recorded.find("#99"), std::string::npos);
}

TEST_F(Replay, RefusesAJournalWithADamagedRow) {
    {
        LivingStore life(options(), 2, 7);
        life.live(24h);
    }
    change("UPDATE journal SET at = at + 1 WHERE seq = 10");
    const auto reader = store::StoreReader::open(folder_.path()).value();
    const auto report = replay::replay(*reader, {});
    ASSERT_FALSE(report);
    EXPECT_NE(report.error().what.find("row 10 of journal"), std::string::npos);
}

TEST_F(Replay, ShowsWhatOtherRulesWouldHaveDecided) {
    LivingStore life(options(), 5, 8);
    life.live(24h * 4);
    const replay::Report before = run();
    ASSERT_EQ(before.differences, 0U);
    replay::Options other;
    other.presets = std::vector<Preset>{};
    const replay::Report without = run(other);
    ASSERT_TRUE(before.raised.contains("water_low")) << "nobody was silent long enough";
    EXPECT_GT(without.raised.at("water_low").recorded, 0U);
    EXPECT_EQ(without.raised.at("water_low").computed, 0U);
    EXPECT_EQ(without.raised.at("smoke").computed, before.raised.at("smoke").computed);
    EXPECT_NE(as_json(without).find("\"equal\":false"), std::string::npos);
}

class PersonalReplay : public Replay {
protected:
    /// Three homes for 20 days, then one of them is silent for a day and a half.
    LivingStore learned_life(std::uint64_t seed, std::chrono::hours keep_readings) {
        store::Options kept = options();
        kept.keep_readings = keep_readings;
        LivingStore life(kept, 3, seed);
        life.live_orderly(24h * 20);
        life.fall_silent(1);
        life.live_orderly(36h);
        return life;
    }
    /// What was counted of one kind and priority.
    static replay::AlertCount count(const replay::Report& report, const std::string& kind) {
        const auto found = report.raised.find(kind);
        return found == report.raised.end() ? replay::AlertCount{} : found->second;
    }
};

TEST_F(PersonalReplay, DecidesTheSameAgainOfWhatWasLearned) {
    const LivingStore life = learned_life(9, 24h * 60);
    ASSERT_TRUE(life.told("unusual_silence"));
    const replay::Report report = run();
    EXPECT_EQ(report.differences, 0U) << as_text(report);
    EXPECT_TRUE(report.from_start);
    EXPECT_EQ(report.decisions, life.decisions());
    EXPECT_EQ(count(report, "inactivity").computed, 1U) << as_text(report);
}

TEST_F(PersonalReplay, DecidesTheSameAgainFromABaseThatHoldsWhatWasLearned) {
    LivingStore life = learned_life(10, 24h * 4);
    ASSERT_TRUE(life.told("unusual_silence"));
    life.keep_house();
    const replay::Report report = run();
    EXPECT_FALSE(report.from_start);
    EXPECT_EQ(report.differences, 0U) << as_text(report);
    EXPECT_EQ(count(report, "inactivity").computed, 1U) << as_text(report);
    EXPECT_LT(report.inputs, 3U * 24 * 6 * 10) << "too little was pruned to mean much";
}

TEST_F(PersonalReplay, ShowsWhatAnotherBudgetWouldHaveCost) {
    const LivingStore life = learned_life(11, 24h * 60);
    replay::Options generous;
    generous.phone_budget_milli = 31'000;
    const replay::Report report = run(generous);
    EXPECT_GT(count(report, "inactivity P3").computed, count(report, "inactivity P3").recorded)
        << as_text(report);
    EXPECT_GT(report.differences, 0U);
}

}  // namespace
}  // namespace anju::test
