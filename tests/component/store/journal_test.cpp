#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/codec/codec.hpp"
#include "store/database.hpp"
#include "tests/component/store/samples.hpp"
#include "tests/component/store/workload.hpp"
#include "tests/support/fault_vfs.hpp"

namespace anju::test {
namespace {

Transaction at_noon() {
    Transaction out;
    out.now = noon;
    return out;
}

TEST(SqliteJournal, BeginsEmptyWithAnEpochMadeOfTimeAndEntropy) {
    TempDir folder;
    const auto journal = open_journal(options_in(folder.path()));
    const Recovery recovery = journal->recover().value();
    const auto seconds = static_cast<std::uint64_t>(to_unix_ms(noon) / 1000);
    EXPECT_EQ(recovery.epoch, seconds << 20U | 0x12345U);
    EXPECT_EQ(recovery.last_input, 0U);
    EXPECT_FALSE(recovery.new_epoch);
    EXPECT_EQ(journal->lane(Lane::alarm).head, 0U);
    EXPECT_EQ(journal->space(), Space::ample);
}

TEST(SqliteJournal, HoldsEverythingOfManyTransactionsAfterReopening) {
    TempDir folder;
    Workload workload(11);
    for (std::size_t count = 0; count < 200;) {
        const auto journal = open_journal(options_in(folder.path()));
        ASSERT_EQ(workload.differences(*journal, count), "");
        for (const std::size_t until = count + 50; count < until; ++count) {
            journal->commit(workload.transaction(count)).value();
        }
        ASSERT_EQ(workload.differences(*journal, count), "") << "before reopening";
    }
}

TEST(SqliteJournal, KeepsItsEpochAcrossOpenings) {
    TempDir folder;
    const std::uint64_t first = open_journal(options_in(folder.path()))->recover().value().epoch;
    const auto later = open_journal(options_in(folder.path()), noon + std::chrono::hours{1});
    EXPECT_EQ(later->recover().value().epoch, first);
}

TEST(SqliteJournal, RefusesASecondOpenerAndNamesTheFirst) {
    TempDir folder;
    const auto journal = open_journal(options_in(folder.path()));
    const auto second = store::SqliteJournal::open(options_in(folder.path()), noon, 1);
    ASSERT_FALSE(second);
    EXPECT_NE(second.error().what.find("second start refused"), std::string::npos);
    EXPECT_NE(second.error().what.find(std::to_string(::getpid())), std::string::npos);
    EXPECT_FALSE(second.error().remedy.empty());
}

TEST(SqliteJournal, OpensAfterItsHolderWasKilled) {
    TempDir folder;
    const pid_t child = ::fork();
    if (child == 0) {
        const auto journal = store::SqliteJournal::open(options_in(folder.path()), noon, 1);
        Transaction one = at_noon();
        one.inputs.push_back(reading_of("home", 1, noon));
        if (!journal || !(*journal)->commit(one)) ::_exit(1);
        ::raise(SIGKILL);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status));
    EXPECT_EQ(inputs_of(*open_journal(options_in(folder.path()))).size(), 1U);
}

TEST(SqliteJournal, StoresNothingOfATransactionWhoseNumbersDoNotFollowOn) {
    TempDir folder;
    const auto journal = open_journal(options_in(folder.path()));
    Transaction gap = at_noon();
    gap.inputs.push_back(reading_of("home", 2, noon));
    EXPECT_FALSE(journal->commit(gap));
    Transaction event = at_noon();
    event.inputs.push_back(reading_of("home", 1, noon));
    event.events.push_back(event_of(Lane::bulk, 5, noon));
    EXPECT_FALSE(journal->commit(event));
    EXPECT_TRUE(inputs_of(*journal).empty());
    EXPECT_EQ(journal->lane(Lane::bulk).head, 0U);
}

TEST(SqliteJournal, StoresNothingOfATransactionThatFailsAtTheDisk) {
    TempDir folder;
    FaultVfs disk;
    store::Options options = options_in(folder.path());
    options.vfs = disk.name();
    Workload workload(5);
    {
        const auto journal = open_journal(options);
        for (std::size_t count = 0; count < 10; ++count) {
            journal->commit(workload.transaction(count)).value();
        }
        disk.fail_writes = true;
        EXPECT_FALSE(journal->commit(workload.transaction(10)));
        disk.fail_writes = false;
        EXPECT_EQ(workload.differences(*journal, 10), "") << "memory went ahead of the disk";
        disk.fail_syncs = true;
        EXPECT_FALSE(journal->commit(workload.transaction(10)));
        EXPECT_EQ(workload.differences(*journal, 10), "");
        disk.fail_syncs = false;
        journal->commit(workload.transaction(10)).value();
    }
    EXPECT_EQ(workload.differences(*open_journal(options), 11), "");
}

TEST(SqliteJournal, SyncsTheLogOnceForEachCommit) {
    TempDir folder;
    FaultVfs disk;
    store::Options options = options_in(folder.path());
    options.vfs = disk.name();
    const auto journal = open_journal(options);
    Workload workload(5);
    journal->commit(workload.transaction(0)).value();
    const std::uint64_t before = disk.syncs();
    for (std::size_t count = 1; count < 11; ++count) {
        journal->commit(workload.transaction(count)).value();
    }
    EXPECT_EQ(disk.syncs() - before, 10U);
}

// A card wears by what is written: 20 messages a minute are 28,800 commits a day.
TEST(SqliteJournal, WritesOnePageForACommitOfOneMessage) {
    TempDir folder;
    const auto journal = open_journal(options_in(folder.path()));
    const std::filesystem::path wal = folder.path() / "anju.db-wal";
    constexpr std::uint64_t commits = 200;
    const std::uint64_t before = std::filesystem::file_size(wal);
    Instant now = noon;
    for (std::uint64_t seq = 1; seq <= commits; ++seq) {
        Transaction one;
        one.now = now += std::chrono::seconds{3};
        one.inputs.push_back(reading_of("home", seq, now));
        journal->commit(one).value();
    }
    const double frames =
        static_cast<double>(std::filesystem::file_size(wal) - before) / (2048 + 24);
    EXPECT_GE(frames, commits);
    EXPECT_LT(frames, commits * 1.5) << "a new leaf takes more, and one holds several messages";
}

TEST(SqliteJournal, KnowsTheTimeOfItsLastCommitWhateverThatCarried) {
    TempDir folder;
    const auto time_after_reopening = [&] {
        return open_journal(options_in(folder.path()))->recover().value().engine_time;
    };
    const auto at = [](int minute) { return noon + std::chrono::minutes{minute}; };
    const auto commit = [&](const Transaction& one) {
        open_journal(options_in(folder.path()))->commit(one).value();
    };
    Transaction message;
    message.now = at(1);
    message.inputs.push_back(reading_of("home", 1, at(1)));
    commit(message);
    EXPECT_EQ(time_after_reopening(), at(1));
    Transaction nothing;
    nothing.now = at(2);
    commit(nothing);
    EXPECT_EQ(time_after_reopening(), at(2)) << "an idle box lives as well";
    Transaction later;  // what is told of an outage carries the time at which it began
    later.now = at(4);
    later.inputs.push_back(reading_of("home", 2, at(3)));
    commit(later);
    EXPECT_EQ(time_after_reopening(), at(4));
    Transaction back;  // the clock had been hours ahead
    back.now = at(-60);
    back.inputs.push_back(reading_of("home", 3, at(-60)));
    commit(back);
    EXPECT_EQ(time_after_reopening(), at(-60));
    Transaction on;
    on.now = at(-59);
    on.inputs.push_back(reading_of("home", 4, at(-59)));
    commit(on);
    EXPECT_EQ(time_after_reopening(), at(-59));
}

TEST(SqliteJournal, ReplacesTheCheckpointThatIsNoBaseAndKeepsBases) {
    TempDir folder;
    const auto journal = open_journal(options_in(folder.path()));
    Transaction inputs = at_noon();
    for (std::uint64_t seq = 1; seq <= 4; ++seq) {
        inputs.inputs.push_back(reading_of("home", seq, noon));
    }
    inputs.checkpoints.push_back(checkpoint_of("home", 1, noon, true));
    journal->commit(inputs).value();
    for (std::uint64_t seq = 2; seq <= 4; ++seq) {
        Transaction next = at_noon();
        next.checkpoints.push_back(checkpoint_of("home", seq, noon, false));
        journal->commit(next).value();
    }
    EXPECT_EQ(journal->reader().counts().value().checkpoints, 2U);
    EXPECT_EQ(journal->reader().oldest_checkpoints().value().front().seq, 1U);
    EXPECT_EQ(journal->recover().value().checkpoints.front().seq, 4U);

    Transaction gone = at_noon();
    gone.removed.push_back(HouseholdId{"home"});
    journal->commit(gone).value();
    EXPECT_TRUE(journal->recover().value().checkpoints.empty());
}

TEST(SqliteJournal, AcceptsDecisionNumbersThatStartAgain) {
    TempDir folder;
    const auto journal = open_journal(options_in(folder.path()));
    for (int life = 0; life < 2; ++life) {
        Transaction one = at_noon();
        one.decisions.push_back(alert_decision("home", 1, "home-1", AlertState::open, noon));
        ASSERT_TRUE(journal->commit(one)) << "a household that came back stopped the gateway";
    }
    EXPECT_EQ(journal->reader().history(AlertId{"home-1"}).value().size(), 2U);
}

TEST(SqliteJournal, KeepsOnlySoManyRejectedMessagesAndCutsThem) {
    TempDir folder;
    store::Options options = options_in(folder.path());
    options.rejected_limit = 10;
    const auto journal = open_journal(options);
    for (int count = 0; count < 25; ++count) {
        Transaction one = at_noon();
        one.rejected.push_back(
            {noon, "topic/" + std::to_string(count), std::string(20'000, 'x'), "malformed", "why"});
        journal->commit(one).value();
    }
    const auto rejected = journal->reader().rejected({100, 0}).value();
    ASSERT_EQ(rejected.size(), 10U);
    EXPECT_EQ(rejected.front().topic, "topic/24");
    EXPECT_EQ(rejected.front().payload.size(), 8U * 1024);
}

TEST(SqliteJournal, AnswersARepeatedCommandAsBefore) {
    TempDir folder;
    const auto journal = open_journal(options_in(folder.path()));
    EXPECT_FALSE(journal->answer("c-1").value());
    Transaction one = at_noon();
    one.answers.push_back({"c-1", noon, CommandStatus::refused, "no such alert"});
    AnsweredCommand known{"c-2", noon, CommandStatus::applied, "done"};
    known.digest = "0f";
    one.answers.push_back(known);
    journal->commit(one).value();
    const auto answer = journal->answer("c-1").value();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, CommandStatus::refused);
    EXPECT_EQ(answer->text, "no such alert");
    EXPECT_TRUE(answer->digest.empty());
    EXPECT_EQ(journal->answer("c-2").value()->text, "done");
    EXPECT_EQ(journal->answer("c-2").value()->digest, "0f");
}

TEST(SqliteJournal, GivesOutEventsByRangeAndLimit) {
    TempDir folder;
    const auto journal = open_journal(options_in(folder.path()));
    Transaction one = at_noon();
    for (std::uint64_t seq = 1; seq <= 50; ++seq) {
        one.events.push_back(event_of(Lane::bulk, seq, noon));
    }
    one.events.push_back(event_of(Lane::alarm, 1, noon));
    journal->commit(one).value();
    const auto some = journal->events(Lane::bulk, 10, 40, 5).value();
    ASSERT_EQ(some.size(), 5U);
    EXPECT_EQ(some.front().seq, 10U);
    EXPECT_EQ(some.back().bytes, "event 2/14");
    EXPECT_EQ(journal->events(Lane::alarm, 1, UINT64_MAX, 100).value().size(), 1U);
}

TEST(SqliteJournal, StopsReadingInputsWhenTheVisitorHasEnough) {
    TempDir folder;
    const auto journal = open_journal(options_in(folder.path()));
    Transaction one = at_noon();
    for (std::uint64_t seq = 1; seq <= 9; ++seq) {
        one.inputs.push_back(reading_of("home", seq, noon));
    }
    journal->commit(one).value();
    std::uint64_t last = 0;
    journal
        ->inputs_after(3,
                       [&](const JournalEntry& entry) {
                           last = entry.seq;
                           return last < 6;
                       })
        .value();
    EXPECT_EQ(last, 6U);
}

/// Restores the umask of the process.
class Umask {
public:
    explicit Umask(mode_t mask) : before_(::umask(mask)) {}
    ~Umask() { ::umask(before_); }
    Umask(const Umask&) = delete;
    Umask& operator=(const Umask&) = delete;

private:
    mode_t before_;
};

unsigned others_may(const std::filesystem::path& path) {
    return static_cast<unsigned>(std::filesystem::status(path).permissions()) & 0027U;
}

TEST(DataFolder, IsClosedToOthersWhateverTheUmaskAndWhoeverMadeIt) {
    const Umask open_to_all(0);
    TempDir parent;
    const auto folder = parent.path() / "data";
    std::filesystem::create_directory(folder);  // by hand, 0777
    store::Options options = options_in(folder);
    options.ballast_bytes = 4096;
    Transaction one;
    one.now = noon;
    one.inputs.push_back(reading_of("home", 1, noon));
    const auto expect_closed = [&](std::size_t files) {
        std::size_t seen = 0;
        EXPECT_EQ(others_may(folder), 0U);
        for (const auto& entry : std::filesystem::directory_iterator(folder)) {
            EXPECT_EQ(others_may(entry.path()), 0U) << entry.path();
            ++seen;
        }
        EXPECT_EQ(seen, files);
    };
    {
        const auto journal = open_journal(options);
        journal->commit(one).value();
        expect_closed(5);  // database, log, its index, lock, ballast
    }
    std::filesystem::permissions(folder / "anju.db", std::filesystem::perms{0644});
    std::filesystem::permissions(folder, std::filesystem::perms{0755});
    const auto journal = open_journal(options);
    expect_closed(5);
}

}  // namespace
}  // namespace anju::test
