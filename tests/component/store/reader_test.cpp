#include "store/store_reader.hpp"

#include <gtest/gtest.h>

#include "core/codec/codec.hpp"
#include "store/database.hpp"
#include "tests/component/store/samples.hpp"

namespace anju::test {
namespace {

using namespace std::chrono_literals;
using store::AlertFilter;

const Alert& alert_of(const Decision& decision) {
    return std::get<AlertChanged>(decision.what).alert;
}

/// Three alerts: closed, resolved, open, raised in this order.
void commit_alerts(store::SqliteJournal& journal) {
    const AlertState states[] = {AlertState::closed, AlertState::resolved, AlertState::open};
    std::uint64_t number = 0;
    for (std::uint64_t index = 0; index < 3; ++index) {
        Transaction one;
        one.now = noon + std::chrono::minutes{index};
        const std::string id = "home-" + std::to_string(index);
        one.decisions.push_back(alert_decision("home", ++number, id, AlertState::open, one.now));
        one.decisions.push_back(health_decision("home", ++number, one.now));
        one.decisions.push_back(alert_decision("home", ++number, id, states[index], one.now));
        journal.commit(one).value();
    }
}

TEST(StoreReader, ListsAlertsNewestFirstByHowFarTheyAre) {
    TempDir folder;
    const auto journal = open_journal(options_in(folder.path()));
    commit_alerts(*journal);
    store::StoreReader& reader = journal->reader();
    const auto all = reader.alerts(AlertFilter::all, {}).value();
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(alert_of(all[0]).id.value, "home-2");
    EXPECT_EQ(alert_of(all[2]).state, AlertState::closed);
    EXPECT_EQ(reader.alerts(AlertFilter::unfinished, {}).value().size(), 2U);
    EXPECT_EQ(reader.alerts(AlertFilter::waiting, {}).value().size(), 1U);
    const auto second = reader.alerts(AlertFilter::all, {1, 1}).value();
    ASSERT_EQ(second.size(), 1U);
    EXPECT_EQ(alert_of(second[0]).id.value, "home-1");
}

TEST(StoreReader, GoesThroughEndedAlertsPageByPageThoughTheListMoves) {
    TempDir folder;
    const auto journal = open_journal(options_in(folder.path()));
    std::uint64_t number = 0;
    const auto end = [&](const std::string& id, Instant at) {
        Transaction one;
        one.now = at;
        one.decisions.push_back(alert_decision("home", ++number, id, AlertState::closed, at));
        journal->commit(one).value();
    };
    commit_alerts(*journal);
    for (const char* const id : {"a", "b", "c"}) end(id, noon + 1h);  // at one moment
    end("d", noon + 2h);
    const auto any = [](const Alert&) { return true; };
    store::StoreReader& reader = journal->reader();
    std::vector<std::string> seen;
    std::optional<store::AlertPlace> place;
    do {
        auto page = reader.ended_alerts(place, 2, any).value();
        for (const Alert& alert : page.alerts) seen.push_back(alert.id.value);
        place = page.next;
        if (seen.size() == 2) end("e", noon + 3h);  // before what was seen
    } while (place);
    EXPECT_EQ(seen, (std::vector<std::string>{"d", "c", "b", "a", "home-0"}));
    const auto one =
        reader.ended_alerts({}, 9, [](const Alert& alert) { return alert.id.value == "b"; })
            .value();
    ASSERT_EQ(one.alerts.size(), 1U);
    EXPECT_FALSE(one.next);
}

TEST(StoreReader, TellsTheStoryOfAnAlert) {
    TempDir folder;
    const auto journal = open_journal(options_in(folder.path()));
    commit_alerts(*journal);
    const auto history = journal->reader().history(AlertId{"home-0"}).value();
    ASSERT_EQ(history.size(), 2U);
    EXPECT_EQ(alert_of(history[0]).state, AlertState::open);
    EXPECT_EQ(alert_of(history[1]).state, AlertState::closed);
    EXPECT_EQ(alert_of(*journal->reader().alert(AlertId{"home-0"}).value()).state,
              AlertState::closed);
    EXPECT_FALSE(journal->reader().alert(AlertId{"home-9"}).value());
}

TEST(StoreReader, FindsTheReadingsOfADeviceNewestFirst) {
    TempDir folder;
    const auto journal = open_journal(options_in(folder.path()));
    for (std::uint64_t seq = 1; seq <= 20; ++seq) {
        Transaction one;
        one.now = noon + std::chrono::minutes{seq};
        one.inputs.push_back(reading_of(seq % 2 == 0 ? "even" : "odd", seq, one.now, 1));
        journal->commit(one).value();
    }
    const auto readings =
        journal->reader().readings(DeviceId{"even-meter"}, noon + 11min, 100).value();
    ASSERT_EQ(readings.size(), 10U) << "five messages of two readings";
    EXPECT_EQ(readings[0].seq, 20U);
    EXPECT_EQ(readings[0].reading.kind, ReadingKind::motion) << "the later one of the message";
    EXPECT_EQ(readings[1].reading.value, 2000);
    EXPECT_EQ(journal->reader().readings(DeviceId{"even-meter"}, noon, 3).value().size(), 3U);
}

TEST(StoreReader, ReadsBesideARunningGatewayAndCannotWrite) {
    TempDir folder;
    const auto journal = open_journal(options_in(folder.path()));
    commit_alerts(*journal);
    const auto reader = store::StoreReader::open(folder.path()).value();
    ASSERT_TRUE(reader->hold_snapshot());
    EXPECT_EQ(reader->alerts(AlertFilter::all, {}).value().size(), 3U);

    Transaction more;
    more.now = noon + 1h;
    more.decisions.push_back(alert_decision("home", 10, "home-3", AlertState::open, more.now));
    EXPECT_TRUE(journal->commit(more)) << "a reader stopped the writer";
    EXPECT_TRUE(journal->maintain(more.now));
    EXPECT_EQ(reader->alerts(AlertFilter::all, {}).value().size(), 3U) << "the snapshot moved";
    const auto later = store::StoreReader::open(folder.path()).value();
    EXPECT_EQ(later->alerts(AlertFilter::all, {}).value().size(), 4U);
}

TEST(StoreReader, LeavesOutADamagedRowAndCountsIt) {
    TempDir folder;
    const auto journal = open_journal(options_in(folder.path()));
    commit_alerts(*journal);
    {
        store::Database other({folder.path() / "anju.db", store::Database::Mode::read_write, ""});
        other.execute("UPDATE alerts SET raised_at = raised_at + 1 WHERE id = 'home-1'");
    }
    EXPECT_EQ(journal->reader().alerts(AlertFilter::all, {}).value().size(), 2U);
    EXPECT_EQ(journal->damaged_rows(), 1U);
}

TEST(StoreReader, CountsWhatThereIs) {
    TempDir folder;
    const auto journal = open_journal(options_in(folder.path()));
    commit_alerts(*journal);
    Transaction one;
    one.now = noon + 1h;
    one.inputs.push_back(reading_of("home", 1, one.now));
    one.events.push_back(event_of(Lane::alarm, 1, one.now));
    journal->commit(one).value();
    const auto counts = journal->reader().counts().value();
    EXPECT_EQ(counts.decisions, 9U);
    EXPECT_EQ(counts.alerts, 3U);
    EXPECT_EQ(counts.alerts_unfinished, 2U);
    EXPECT_EQ(counts.outbox_rows, 1U);
    const auto head = journal->reader().head().value();
    EXPECT_EQ(head.journal.last, 1U);
    EXPECT_EQ(head.engine_time, noon + 1h);
    EXPECT_GT(journal->figures().value().wal_bytes, 0U);
}

TEST(Figures, AreThoseThatCountingFindsThroughWritingTrimmingExpiryAndRestart) {
    TempDir folder;
    store::Options options = options_in(folder.path());
    options.rejected_limit = 3;
    options.keep_alerts = 1h;
    options.keep_readings = 1h;
    auto journal = open_journal(options);
    const auto expect_counted = [&](std::uint64_t alerts, std::uint64_t rejected) {
        const auto counts = journal->reader().counts().value();
        const auto figures = journal->figures().value();
        EXPECT_EQ(counts.alerts, alerts);
        EXPECT_EQ(counts.rejected, rejected);
        EXPECT_EQ(figures.alerts, alerts);
        EXPECT_EQ(figures.alerts_unfinished, counts.alerts_unfinished);
        EXPECT_EQ(figures.rejected, rejected);
    };
    commit_alerts(*journal);
    commit_alerts(*journal);  // the same alerts again are not more alerts
    Transaction refused;
    refused.now = noon + 5h;
    refused.rejected.assign(5, {noon + 5h, "topic", "payload", "malformed", "why"});
    journal->commit(refused).value();
    expect_counted(3, 3);
    journal.reset();
    journal = open_journal(options);
    expect_counted(3, 3);
    journal->maintain(noon + 20h).value();
    expect_counted(2, 0);
    EXPECT_EQ(journal->figures().value().alerts_unfinished, 2U);
}

TEST(StoreReader, SaysWhatToDoWhereThereIsNoStore) {
    TempDir folder;
    const auto reader = store::StoreReader::open(folder.path());
    ASSERT_FALSE(reader);
    EXPECT_FALSE(reader.error().remedy.empty());
}

}  // namespace
}  // namespace anju::test
