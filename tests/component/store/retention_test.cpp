#include <gtest/gtest.h>

#include <filesystem>

#include "tests/component/store/samples.hpp"
#include "tests/support/fault_vfs.hpp"

namespace anju::test {
namespace {

using namespace std::chrono_literals;

/// A gateway that commits `inputs_a_day` inputs for one home and a base every day.
class Days {
public:
    explicit Days(store::Options options, std::size_t base_size = 300)
        : journal_(open_journal(options)), base_size_(base_size) {}

    void pass(int days, std::uint64_t inputs_a_day, std::size_t padding = 0) {
        for (; days > 0; --days, now_ += 24h) {
            Transaction day;
            day.now = now_;
            for (std::uint64_t left = inputs_a_day; left > 0; --left) {
                day.inputs.push_back(reading_of("home", ++seq_, now_, padding));
            }
            day.checkpoints.push_back(checkpoint_of("home", seq_, now_, true, base_size_));
            journal_->commit(day).value();
            keep_house();
        }
    }
    void keep_house() {
        for (int steps = 0; steps < 500; ++steps) {
            if (!journal_->maintain(now_).value()) return;
        }
        ADD_FAILURE() << "housekeeping never ends";
    }
    store::SqliteJournal& journal() { return *journal_; }
    [[nodiscard]] Instant now() const { return now_; }
    void wait(Duration time) { now_ += time; }
    [[nodiscard]] std::uint64_t last() const { return seq_; }

private:
    std::unique_ptr<store::SqliteJournal> journal_;
    std::size_t base_size_;
    std::uint64_t seq_ = 0;
    Instant now_ = noon;
};

/// Time that passes hour by hour, as it does for a gateway that runs.
void live_through(Journal& journal, Instant from, Instant to) {
    for (Instant now = from; now < to; now += 12h) journal.maintain(now).value();
    journal.maintain(to).value();
}

TEST(Retention, KeepsReadingsSoLongAndNeverThoseThatReplayNeeds) {
    TempDir folder;
    store::Options options = options_in(folder.path());
    options.keep_readings = 24h * 10;
    Days days(options);
    days.pass(9, 100);
    EXPECT_EQ(days.journal().reader().journal().value().base, 100U)
        << "only what lies before the first base may go";
    days.pass(20, 100);
    const auto range = days.journal().reader().journal().value();
    const auto oldest = days.journal().reader().oldest_checkpoints().value().front();
    EXPECT_EQ(range.base, oldest.seq) << "replay starts right behind the journal's start";
    const auto inputs = inputs_of(days.journal());
    EXPECT_GE(inputs.front().at, days.now() - 24h * 11);
    EXPECT_LE(inputs.front().at, days.now() - 24h * 8);
}

TEST(Retention, HoldsReadingsForAHouseholdWithoutANewerBase) {
    TempDir folder;
    store::Options options = options_in(folder.path());
    options.keep_readings = 24h * 2;
    Days days(options);
    days.pass(1, 10);
    Transaction other;
    other.now = days.now();
    other.checkpoints.push_back(checkpoint_of("silent", 10, days.now(), true));
    days.journal().commit(other).value();
    days.pass(30, 10);
    EXPECT_EQ(days.journal().reader().journal().value().base, 10U);
}

TEST(Retention, DropsAcknowledgedEventsAfterTheirTimeAndOthersNever) {
    TempDir folder;
    store::Options options = options_in(folder.path());
    options.keep_acknowledged = 1h;
    const auto journal = open_journal(options);
    Transaction one;
    one.now = noon;
    for (std::uint64_t seq = 1; seq <= 10; ++seq) {
        one.events.push_back(event_of(Lane::bulk, seq, noon));
    }
    one.acks.push_back({Lane::bulk, 4, {6}});
    journal->commit(one).value();
    journal->maintain(noon + 59min).value();
    EXPECT_EQ(journal->events(Lane::bulk, 1, 10, 100).value().size(), 10U);
    journal->maintain(noon + 24h).value();
    const auto left = journal->events(Lane::bulk, 1, 10, 100).value();
    ASSERT_EQ(left.size(), 6U);
    EXPECT_EQ(left.front().seq, 5U);
    EXPECT_EQ(journal->lane(Lane::bulk).unacknowledged, 5U);
}

TEST(Retention, RemembersTheHeadOfALaneWhenAllItsRowsAreGone) {
    TempDir folder;
    store::Options options = options_in(folder.path());
    options.keep_acknowledged = 1h;
    {
        const auto journal = open_journal(options);
        Transaction one;
        one.now = noon;
        one.events.push_back(event_of(Lane::alarm, 1, noon));
        one.acks.push_back({Lane::alarm, 1, {}});
        journal->commit(one).value();
        journal->maintain(noon + 24h).value();
        ASSERT_TRUE(journal->events(Lane::alarm, 1, 10, 10).value().empty());
    }
    EXPECT_EQ(open_journal(options)->lane(Lane::alarm).head, 1U);
}

TEST(Retention, ForgetsClosedAlertsWithTheirHistoryAndKeepsOpenOnes) {
    TempDir folder;
    store::Options options = options_in(folder.path());
    options.keep_alerts = 24h * 30;
    const auto journal = open_journal(options);
    Transaction one;
    one.now = noon;
    one.decisions.push_back(alert_decision("home", 1, "home-1", AlertState::closed, noon));
    one.decisions.push_back(alert_decision("home", 2, "home-2", AlertState::open, noon));
    journal->commit(one).value();
    live_through(*journal, noon, noon + 24h * 400);
    EXPECT_FALSE(journal->reader().alert(AlertId{"home-1"}).value());
    EXPECT_TRUE(journal->reader().history(AlertId{"home-1"}).value().empty());
    EXPECT_TRUE(journal->reader().alert(AlertId{"home-2"}).value());
    EXPECT_EQ(journal->reader().history(AlertId{"home-2"}).value().size(), 1U);
}

/// A closed alert and the answer to a command, both at `now`.
Transaction closed_alert(const std::string& alert, Instant now) {
    Transaction out;
    out.now = now;
    out.decisions.push_back(alert_decision("home", 1, alert, AlertState::closed, now));
    out.answers.push_back({alert + "-command", now, CommandStatus::applied, ""});
    return out;
}

bool remembers(store::SqliteJournal& journal, const std::string& alert) {
    const bool answered = journal.answer(alert + "-command").value().has_value();
    EXPECT_EQ(journal.reader().alert(AlertId{alert}).value().has_value(), answered);
    return answered;
}

TEST(ClockJumps, OfABoxThatStartedIn1970CostNothingAtTheFirstSynchronisation) {
    TempDir folder;
    store::Options options = options_in(folder.path());
    options.keep_alerts = 24h * 30;
    const Instant start = Instant{} + 1h;
    {
        const auto journal = open_journal(options);
        journal->commit(closed_alert("home-1", start)).value();
        journal->commit(closed_alert("home-2", noon)).value();  // synchronised
        journal->maintain(noon + 1min).value();
        EXPECT_TRUE(remembers(*journal, "home-1"));
    }
    const auto journal = open_journal(options);
    live_through(*journal, noon, noon + 24h * 29);
    EXPECT_TRUE(remembers(*journal, "home-1")) << "the jump is forgotten by a restart";
    EXPECT_TRUE(remembers(*journal, "home-2"));
    live_through(*journal, noon + 24h * 29, noon + 24h * 31);
    EXPECT_FALSE(remembers(*journal, "home-1"));
    EXPECT_FALSE(remembers(*journal, "home-2"));
}

TEST(ClockJumps, OfABoxThatWasYearsAheadLeaveNoRowsForEver) {
    TempDir folder;
    store::Options options = options_in(folder.path());
    options.keep_alerts = 24h * 30;
    options.keep_acknowledged = 24h * 7;
    options.keep_readings = 24h * 30;
    const auto journal = open_journal(options);
    const Instant ahead = noon + 24h * 3650;
    Transaction future = closed_alert("home-1", ahead);
    future.inputs.push_back(reading_of("home", 1, ahead));
    future.checkpoints.push_back(checkpoint_of("home", 1, ahead, true));
    future.events.push_back(event_of(Lane::bulk, 1, ahead));
    future.acks.push_back({Lane::bulk, 1, {}});
    future.rejected.push_back({ahead, "topic", "payload", "malformed", "why"});
    journal->commit(future).value();
    Transaction back = closed_alert("home-2", noon);
    back.inputs.push_back(reading_of("home", 2, noon));
    back.checkpoints.push_back(checkpoint_of("home", 2, noon, true));
    journal->commit(back).value();
    live_through(*journal, noon, noon + 24h * 29);
    EXPECT_TRUE(remembers(*journal, "home-1"));
    EXPECT_TRUE(remembers(*journal, "home-2"));
    EXPECT_EQ(journal->reader().rejected({}).value().size(), 1U);
    EXPECT_TRUE(journal->events(Lane::bulk, 1, 1, 1).value().empty()) << "7 days are over";
    live_through(*journal, noon + 24h * 29, noon + 24h * 31);
    EXPECT_FALSE(remembers(*journal, "home-1"));
    EXPECT_FALSE(remembers(*journal, "home-2"));
    EXPECT_TRUE(journal->reader().rejected({}).value().empty());
    EXPECT_EQ(journal->reader().journal().value().base, 2U);
}

TEST(SizeBound, DropsTheOldestReadingsEarlyAndShrinksTheFile) {
    TempDir folder;
    store::Options options = options_in(folder.path());
    options.max_bytes = 3'000'000;
    Days days(options);
    days.pass(20, 1'000, 40);  // some 10 MB
    EXPECT_EQ(days.journal().space(), Space::ample);
    EXPECT_LT(std::filesystem::file_size(folder.path() / "anju.db"), 3'500'000U);
    EXPECT_GT(days.journal().reader().journal().value().base, 5'000U);
    EXPECT_EQ(inputs_of(days.journal()).back().seq, days.last());
}

Transaction events_of(Lane lane, std::uint64_t count, std::size_t size) {
    Transaction out;
    out.now = noon;
    for (std::uint64_t seq = 1; seq <= count; ++seq) {
        out.events.push_back(event_of(lane, seq, noon, size));
    }
    return out;
}

TEST(SizeBound, KeepsUnacknowledgedAlarmsAndOpenAlertsAndSaysSpaceIsLow) {
    TempDir folder;
    store::Options options = options_in(folder.path());
    options.max_bytes = 1'000'000;
    const auto journal = open_journal(options);
    Transaction one = events_of(Lane::alarm, 3'000, 500);
    one.decisions.push_back(alert_decision("home", 1, "home-1", AlertState::open, noon));
    journal->commit(one).value();
    for (int step = 0; step < 20; ++step) journal->maintain(noon).value();
    EXPECT_EQ(journal->space(), Space::low);
    EXPECT_EQ(journal->events(Lane::alarm, 1, 3'000, 5'000).value().size(), 3'000U);
    EXPECT_TRUE(journal->reader().alert(AlertId{"home-1"}).value());

    Transaction acked;
    acked.now = noon + 1min;
    acked.acks.push_back({Lane::alarm, 3'000, {}});
    journal->commit(acked).value();
    for (int step = 0; step < 50; ++step) journal->maintain(noon + 1min).value();
    EXPECT_EQ(journal->space(), Space::ample) << "acknowledged events make room";
    EXPECT_LT(std::filesystem::file_size(folder.path() / "anju.db"), 1'500'000U);
}

TEST(SizeBound, DropsTheOldestBulkEventsOfAnEndlessOutageAndGoesOnWatching) {
    TempDir folder;
    store::Options options = options_in(folder.path());
    options.max_bytes = 4'000'000;
    options.keep_bulk_events = 500;
    auto journal = open_journal(options);
    Transaction alarms = events_of(Lane::alarm, 100, 500);
    journal->commit(alarms).value();
    Transaction bulk = events_of(Lane::bulk, 12'000, 500);  // 6 MB
    bulk.acks.push_back({Lane::bulk, 0, {7}});
    journal->commit(bulk).value();
    int steps = 0;
    while (journal->maintain(noon).value() && steps < 100) ++steps;
    EXPECT_LT(steps, 100);
    EXPECT_EQ(journal->space(), Space::ample);
    EXPECT_EQ(journal->events(Lane::alarm, 1, 100, 200).value().size(), 100U);
    const auto left = journal->events(Lane::bulk, 1, 12'000, 20'000).value();
    ASSERT_GE(left.size(), 4'000U) << "more was dropped than the bound asks for";
    EXPECT_LT(left.size(), 12'000U);
    EXPECT_EQ(left.back().seq, 12'000U);
    EXPECT_EQ(left.size(), 12'000U - left.front().seq + 1) << "not the oldest were dropped";
    EXPECT_EQ(journal->lane(Lane::bulk).first_unacked, 1U) << "tombstones are still to be sent";
    EXPECT_EQ(journal->figures().value().bulk_dropped, left.front().seq - 2) << "7 was acked";

    journal.reset();
    journal = open_journal(options);
    const Recovery recovery = journal->recover().value();
    EXPECT_FALSE(recovery.new_epoch) << "what was dropped is taken for damage";
    EXPECT_EQ(recovery.notes.size(), 1U);
    EXPECT_EQ(journal->figures().value().bulk_dropped, 0U) << "counts from opening";
    EXPECT_EQ(journal->lane(Lane::bulk).head, 12'000U);
}

TEST(SizeBound, LeavesTheNewestBulkEventsAndThenSaysSpaceIsLow) {
    TempDir folder;
    store::Options options = options_in(folder.path());
    options.max_bytes = 300'000;
    options.keep_bulk_events = 2'000;
    const auto journal = open_journal(options);
    journal->commit(events_of(Lane::bulk, 5'000, 500)).value();
    for (int step = 0; step < 50; ++step) journal->maintain(noon).value();
    EXPECT_EQ(journal->space(), Space::low);
    EXPECT_EQ(journal->events(Lane::bulk, 1, 5'000, 9'000).value().front().seq, 3'001U);
}

TEST(Wal, OfABoxWhoseClockNobodySetHoldsWhatIsCommittedAndNoMore) {
    const auto syncs = [](Instant trusted) {
        TempDir folder;
        FaultVfs disk;
        store::Options options = options_in(folder.path());
        options.vfs = disk.name();
        const auto journal = open_journal(options);
        const std::uint64_t before = disk.syncs();
        for (int count = 0; count < 50; ++count) {
            Transaction one;
            one.now = noon + std::chrono::seconds{count};
            one.inputs.push_back(
                reading_of("home", static_cast<std::uint64_t>(count) + 1, one.now));
            journal->commit(one).value();
            journal->maintain(trusted == Instant{} ? trusted : one.now).value();
        }
        return disk.syncs() - before;
    };
    EXPECT_EQ(syncs(Instant{}), syncs(noon)) << "epoch 0 was taken for a jump of the clock";
}

}  // namespace
}  // namespace anju::test
