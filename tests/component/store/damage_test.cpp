#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <random>
#include <set>

#include "core/codec/codec.hpp"
#include "core/engine.hpp"
#include "store/database.hpp"
#include "store/quarantine.hpp"
#include "tests/component/store/samples.hpp"
#include "tests/component/store/workload.hpp"
#include "tests/support/fault_vfs.hpp"

namespace anju::test {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr std::uint64_t page = 2048;

fs::path database_in(const fs::path& folder) {
    return folder / "anju.db";
}

/// Damages one row so that only its seal can tell.
void spoil(const fs::path& folder, const char* sql) {
    store::Database db({database_in(folder), store::Database::Mode::read_write, ""});
    db.execute(sql);
}

void overwrite(const fs::path& file, std::uint64_t offset, const std::string& bytes) {
    std::fstream out(file, std::ios::binary | std::ios::in | std::ios::out);
    out.seekp(static_cast<std::streamoff>(offset));
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

std::string alert_id(const Decision& decision) {
    return std::get<AlertChanged>(decision.what).alert.id.value;
}

Transaction with_alert(std::uint64_t number, const std::string& alert, AlertState state,
                       std::uint64_t event, Instant now) {
    Transaction out;
    out.now = now;
    out.decisions.push_back(alert_decision("home", number, alert, state, now - 1h));
    out.events.push_back(event_of(Lane::alarm, event, now));
    return out;
}

TEST(Damage, IsFoundWhereverABitFlipsOrDoesNoHarm) {
    TempDir original;
    Workload workload(21);
    constexpr std::size_t commits = 240;  // so that most pages are full
    {
        const auto journal = open_journal(options_in(original.path()));
        for (std::size_t count = 0; count < commits; ++count) {
            journal->commit(workload.transaction(count)).value();
        }
    }
    spoil(original.path(), "VACUUM");  // spoils nothing: leaves no free pages to hit
    const std::uint64_t bits = fs::file_size(database_in(original.path())) * 8;
    std::mt19937_64 chance(4);
    int found = 0;
    constexpr int flips = 150;
    for (int flip = 0; flip < flips; ++flip) {
        TempDir copy;
        FaultVfs disk;
        fs::copy_file(database_in(original.path()), database_in(copy.path()));
        const std::uint64_t bit = chance() % bits;
        std::fstream file(database_in(copy.path()),
                          std::ios::binary | std::ios::in | std::ios::out);
        file.seekg(static_cast<std::streamoff>(bit / 8));
        const char byte = static_cast<char>(file.get() ^ (1 << (bit % 8)));
        file.seekp(static_cast<std::streamoff>(bit / 8));
        file.put(byte);
        file.close();

        store::Options options = options_in(copy.path());
        options.vfs = disk.name();
        const auto journal = open_journal(options);
        if (journal->recover().value().new_epoch) {
            ++found;
        } else {
            EXPECT_EQ(workload.differences(*journal, commits), "") << "unnoticed, bit " << bit;
        }
    }
    RecordProperty("found", found);
    std::printf("flipped bits found: %d of %d, the others changed nothing\n", found, flips);
    EXPECT_GT(found, flips / 2) << "the rest is unused space of half-empty pages";
}

TEST(Damage, OfOnePageCostsOnlyWhatWasOnIt) {
    TempDir folder;
    Workload workload(9);
    constexpr std::size_t commits = 300;
    std::uint64_t epoch = 0;
    {
        const auto journal = open_journal(options_in(folder.path()));
        for (std::size_t count = 0; count < commits; ++count) {
            journal->commit(workload.transaction(count)).value();
        }
        epoch = journal->recover().value().epoch;
    }
    const std::uint64_t last = workload.transaction(commits - 1).inputs.back().seq;
    const std::uint64_t pages = fs::file_size(database_in(folder.path())) / page;
    overwrite(database_in(folder.path()), pages / 2 * page, std::string(page, 'Z'));

    // The clock has fallen back to 1970: the new epoch must be the larger one all the same.
    const auto journal = open_journal(options_in(folder.path()), Instant{});
    const Recovery recovery = journal->recover().value();
    EXPECT_TRUE(recovery.new_epoch);
    EXPECT_GT(recovery.epoch, epoch);
    EXPECT_FALSE(recovery.notes.empty());
    EXPECT_EQ(recovery.engine_time, workload.transaction(commits - 1).now);
    EXPECT_GE(recovery.checkpoints.size(), 4U);
    EXPECT_FALSE(recovery.salvaged.empty());
    EXPECT_EQ(journal->lane(Lane::alarm).head, 0U) << "a new epoch numbers its events anew";
    EXPECT_LE(recovery.last_input, last);

    const auto inputs = inputs_of(*journal);
    for (std::size_t at = 1; at < inputs.size(); ++at) {
        ASSERT_EQ(inputs[at].seq, inputs[at - 1].seq + 1) << "a hole in the rebuilt journal";
    }
}

/// Inputs an hour apart, the third with an alert; the clock is set back by `back` before the
/// second. The last two inputs are unreadable then. When time goes on from.
Instant time_after_a_damaged_end(Duration back) {
    TempDir folder;
    const Instant begin = noon + back;
    {
        const auto journal = open_journal(options_in(folder.path()), begin);
        Transaction first = with_alert(1, "home-1", AlertState::open, 1, begin);
        first.inputs.push_back(registration_of("home", 1, begin));
        journal->commit(first).value();
        for (std::uint64_t seq = 2; seq <= 4; ++seq) {
            const Instant now = noon + 1h * static_cast<int>(seq);
            Transaction next;
            next.now = now;
            if (seq == 3) next = with_alert(2, "home-2", AlertState::open, 2, now);
            next.inputs.push_back(reading_of("home", seq, now));
            if (seq == 2) next.checkpoints.push_back(checkpoint_of("home", seq, now, true));
            journal->commit(next).value();
        }
    }
    spoil(folder.path(), "UPDATE journal SET crc = 1 WHERE seq >= 3");
    const auto journal = open_journal(options_in(folder.path()));
    const Recovery recovery = journal->recover().value();
    EXPECT_TRUE(recovery.new_epoch);
    EXPECT_EQ(recovery.last_input, 2U);
    return recovery.engine_time;
}

TEST(Damage, OfTheJournalsEndDoesNotSendTimeBackBeforeWhatWasDecided) {
    EXPECT_EQ(time_after_a_damaged_end(0h), noon + 3h);
}

TEST(Damage, OfTheJournalsEndDoesNotSendTimeToWhereAWrongClockOnceWas) {
    EXPECT_EQ(time_after_a_damaged_end(24h * 365 * 9), noon + 2h);
}

/// A store with one alert acknowledged, one told but not acknowledged, one closed unheard.
class Debtor : public ::testing::Test {
protected:
    Debtor() {
        const auto journal = open_journal(options_in(folder_.path()));
        journal->commit(with_alert(1, "home-1", AlertState::open, 1, noon)).value();
        journal->commit(with_alert(2, "home-2", AlertState::closed, 2, noon + 1min)).value();
        Transaction acked;
        acked.now = noon + 2min;
        acked.acks.push_back({Lane::alarm, 2, {}});
        acked.rejected.push_back({noon, "topic", "payload", "malformed", "why"});
        acked.answers.push_back({"command-1", noon, CommandStatus::applied, ""});
        acked.driver_state = "remembered";
        journal->commit(acked).value();
        journal->commit(with_alert(3, "home-3", AlertState::open, 3, noon + 3min)).value();
        journal->commit(with_alert(4, "home-4", AlertState::closed, 4, noon + 4min)).value();
    }
    TempDir folder_;
};

TEST_F(Debtor, OwesTheDistrictWhatItHasNotAcknowledgedAndAllThatIsOpen) {
    spoil(folder_.path(), "UPDATE rejected SET code = 'other'");
    const auto journal = open_journal(options_in(folder_.path()));
    const Recovery recovery = journal->recover().value();
    ASSERT_EQ(recovery.salvaged.size(), 3U);
    EXPECT_EQ(alert_id(recovery.salvaged[0]), "home-1") << "open, though acknowledged once";
    EXPECT_EQ(alert_id(recovery.salvaged[1]), "home-3");
    EXPECT_EQ(alert_id(recovery.salvaged[2]), "home-4") << "closed, but the district never heard";
    EXPECT_EQ(recovery.driver_state, "remembered");
    EXPECT_TRUE(journal->answer("command-1").value());
    EXPECT_EQ(journal->reader().alerts(store::AlertFilter::all, {}).value().size(), 4U);
    EXPECT_TRUE(journal->reader().rejected({}).value().empty());
}

TEST_F(Debtor, OwesUntilTheFirstCommitOfTheNewEpoch) {
    spoil(folder_.path(), "UPDATE rejected SET code = 'other'");
    open_journal(options_in(folder_.path())).reset();
    {
        const auto journal = open_journal(options_in(folder_.path()));
        EXPECT_EQ(journal->recover().value().salvaged.size(), 3U) << "forgotten by a restart";
        Transaction again;
        again.now = noon + 1h;
        again.events.push_back(event_of(Lane::alarm, 1, again.now));
        journal->commit(again).value();
    }
    const Recovery later = open_journal(options_in(folder_.path()))->recover().value();
    EXPECT_FALSE(later.new_epoch);
    EXPECT_TRUE(later.salvaged.empty());
}

TEST_F(Debtor, StillOwesItsOldDebtWhenItIsDamagedAgain) {
    spoil(folder_.path(), "UPDATE rejected SET code = 'other'");
    const std::uint64_t epoch = open_journal(options_in(folder_.path()))->recover().value().epoch;
    spoil(folder_.path(), "UPDATE alerts SET priority = 4 WHERE id = 'home-1'");
    const Recovery recovery = open_journal(options_in(folder_.path()))->recover().value();
    EXPECT_GT(recovery.epoch, epoch);
    EXPECT_GE(recovery.salvaged.size(), 3U);
}

TEST_F(Debtor, LosesNothingOfASoundLogWhenOnlyTheDatabaseIsDamaged) {
    {
        store::Database keep_log(
            {database_in(folder_.path()), store::Database::Mode::read_write, ""});
        keep_log.leave_wal_on_close();
        keep_log.execute("UPDATE rejected SET code = 'other'");
    }
    ASSERT_GT(fs::file_size(folder_.path() / "anju.db-wal"), 0U);
    const auto journal = open_journal(options_in(folder_.path()));
    EXPECT_EQ(journal->recover().value().salvaged.size(), 3U);
    const store::Files files(folder_.path());
    EXPECT_TRUE(fs::exists(fs::directory_iterator(files.quarantine())->path() / "anju.db-wal"))
        << "the evidence is incomplete";
}

/// Three homes, the second with an older base as well, and a reading for each; the fourth was
/// removed and the fifth is known by a reading alone.
void fill_with_homes(const fs::path& folder) {
    const auto journal = open_journal(options_in(folder));
    Transaction one;
    one.now = noon;
    one.inputs = {registration_of("one", 1, noon), registration_of("two", 2, noon),
                  registration_of("three", 3, noon), registration_of("four", 4, noon)};
    one.inputs.push_back(
        {5, noon, HouseholdId{"four"}, encode(Input{HouseholdRemoved{HouseholdId{"four"}}})});
    one.inputs.push_back(reading_of("five", 6, noon));
    for (const char* home : {"one", "two", "three"}) {
        one.checkpoints.push_back(checkpoint_of(home, 6, noon, true));
    }
    journal->commit(one).value();
    Transaction two;
    two.now = noon + 1h;
    two.inputs = {reading_of("one", 7, two.now), reading_of("two", 8, two.now),
                  reading_of("three", 9, two.now)};
    two.checkpoints.push_back(checkpoint_of("two", 9, two.now, false));
    journal->commit(two).value();
}

TEST(Damage, OfCheckpointsFallsBackToAnOlderOneOrToTheRegistration) {
    TempDir folder;
    fill_with_homes(folder.path());
    spoil(folder.path(),
          "UPDATE checkpoints SET at = at + 1 WHERE household = 'one' OR "
          "(household = 'two' AND base = 0)");
    const auto journal = open_journal(options_in(folder.path()));
    const Recovery recovery = journal->recover().value();
    std::map<std::string, Checkpoint> found;
    for (const Checkpoint& one : recovery.checkpoints) found[one.household.value] = one;
    ASSERT_EQ(found.size(), 3U);
    EXPECT_EQ(found["two"].bytes, checkpoint_of("two", 6, noon, true).bytes);
    Engine engine;
    ASSERT_TRUE(engine.restore(found["one"].bytes));
    EXPECT_TRUE(engine.view(HouseholdId{"one"}));
    std::size_t heard = 0;
    for (const JournalEntry& entry : inputs_of(*journal, found["one"].seq)) {
        heard += entry.household.value == "one" ? 1 : 0;
    }
    EXPECT_EQ(heard, 1U) << "the reading since its registration is to be applied again";

    std::string notes;
    for (const std::string& note : recovery.notes) notes += note + "\n";
    EXPECT_NE(notes.find("household one starts again"), std::string::npos) << notes;
    EXPECT_NE(notes.find("household five is lost"), std::string::npos) << notes;
    EXPECT_EQ(notes.find("household four"), std::string::npos) << "it was removed\n" << notes;
}

TEST(Damage, OfTheWholeFileGivesAFreshStoreAndKeepsTheOldOneAside) {
    TempDir folder;
    std::ofstream(database_in(folder.path())) << std::string(9'000, 'x');
    const auto journal = open_journal(options_in(folder.path()));
    const Recovery recovery = journal->recover().value();
    EXPECT_TRUE(recovery.new_epoch);
    EXPECT_NE(recovery.epoch, 0U);
    EXPECT_TRUE(fs::exists(folder.path() / "quarantine"));
    std::size_t found = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder.path() / "quarantine")) {
        if (entry.path().filename() == "anju.db") found += fs::file_size(entry.path());
    }
    EXPECT_EQ(found, 9'000U);
}

TEST(Damage, LeavesTheNewestThreeQuarantines) {
    TempDir folder;
    for (int time = 0; time < 5; ++time) {
        fs::remove(database_in(folder.path()));
        std::ofstream(database_in(folder.path())) << std::string(9'000, 'x');
        open_journal(options_in(folder.path()), noon - std::chrono::hours{time}).reset();
    }
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder.path() / "quarantine")) {
        names.insert(entry.path().filename().string().substr(0, 5));
    }
    EXPECT_EQ(names, (std::set<std::string>{"0003-", "0004-", "0005-"}));
}

TEST(Damage, ByAnInterruptedRebuildIsNone) {
    TempDir folder;
    Workload workload(2);
    {
        const auto journal = open_journal(options_in(folder.path()));
        journal->commit(workload.transaction(0)).value();
    }
    // Cut off before the old store had moved away: the half-made one is worth nothing.
    std::ofstream(folder.path() / "anju.db.new") << "half";
    EXPECT_EQ(workload.differences(*open_journal(options_in(folder.path())), 1), "");
    EXPECT_FALSE(fs::exists(folder.path() / "anju.db.new"));
    // Cut off after: it is complete and only has to be put in place.
    fs::rename(database_in(folder.path()), folder.path() / "anju.db.new");
    std::ofstream(folder.path() / "anju.db-wal") << "the old store's log";
    EXPECT_EQ(workload.differences(*open_journal(options_in(folder.path())), 1), "");
}

TEST(Damage, IsNotAssumedWhenOnlyTheSurroundingsAreWrong) {
    TempDir folder;
    open_journal(options_in(folder.path())).reset();
    {
        store::Database other({database_in(folder.path()), store::Database::Mode::read_write, ""});
        const store::Atomic writing(other);
        const auto journal = store::SqliteJournal::open(options_in(folder.path()), noon, 1);
        if (!journal) {
            EXPECT_FALSE(journal.error().remedy.empty());
        }
    }
    EXPECT_FALSE(fs::exists(folder.path() / "quarantine"));
}

}  // namespace
}  // namespace anju::test
