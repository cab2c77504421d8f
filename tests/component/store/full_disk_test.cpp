#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "store/database.hpp"
#include "store/files.hpp"
#include "store/quarantine.hpp"
#include "tests/component/store/samples.hpp"
#include "tests/component/store/workload.hpp"
#include "tests/support/fault_vfs.hpp"
#include "tests/support/mounted.hpp"

namespace anju::test {
namespace {

namespace fs = std::filesystem;

/// A disk whose size can be changed. The ballast takes room on it like any other file.
struct SmallDisk {
    SmallDisk() {
        vfs.capacity = [this] { return total - std::min(total, store::size_of(ballast())); };
    }
    [[nodiscard]] fs::path ballast() const { return folder.path() / "ballast"; }
    [[nodiscard]] store::Options options() {
        store::Options out = options_in(folder.path());
        out.vfs = vfs.name();
        out.ballast_bytes = 400'000;
        out.free_bytes = [this] {
            const std::uint64_t room = vfs.capacity();
            return room - std::min(room, vfs.used_bytes());
        };
        return out;
    }
    TempDir folder;
    FaultVfs vfs;
    std::uint64_t total = 2'000'000;
};

Transaction bulky(std::uint64_t& seq, std::uint64_t& head) {
    Transaction out;
    out.now = noon + std::chrono::seconds{seq};
    for (int row = 0; row < 20; ++row) {
        out.inputs.push_back(reading_of("home", ++seq, out.now, 20));
    }
    out.events.push_back(event_of(Lane::bulk, ++head, out.now, 300));
    return out;
}

TEST(FullDisk, GivesUpTheBallastSoThatTheCommitGoesThrough) {
    SmallDisk disk;
    const auto journal = open_journal(disk.options());
    ASSERT_TRUE(fs::exists(disk.ballast()));
    std::uint64_t seq = 0;
    std::uint64_t head = 0;
    while (journal->space() == Space::ample) {
        ASSERT_TRUE(journal->commit(bulky(seq, head)));
        ASSERT_LT(seq, 100'000U) << "the disk never filled";
    }
    EXPECT_FALSE(fs::exists(disk.ballast()));
    EXPECT_EQ(inputs_of(*journal).back().seq, seq) << "the commit that met the end is stored";
    Transaction alarm;
    alarm.now = noon + std::chrono::hours{9};
    alarm.inputs.push_back(reading_of("home", seq + 1, alarm.now));
    alarm.decisions.push_back(alert_decision("home", 1, "home-1", AlertState::open, alarm.now));
    alarm.events.push_back(event_of(Lane::alarm, 1, alarm.now));
    EXPECT_TRUE(journal->commit(alarm)) << "an alarm found no room";
}

TEST(FullDisk, FailsCleanlyWhenNothingIsLeftToGiveUpAndLosesNothing) {
    SmallDisk disk;
    std::uint64_t stored = 0;
    {
        const auto journal = open_journal(disk.options());
        std::uint64_t seq = 0;
        std::uint64_t head = 0;
        for (;;) {
            const auto done = journal->commit(bulky(seq, head));
            if (!done) {
                EXPECT_NE(done.error().remedy.find("free space"), std::string::npos);
                break;
            }
            stored = seq;
            ASSERT_LT(seq, 100'000U) << "the disk never filled";
        }
        EXPECT_EQ(inputs_of(*journal).size(), stored);
    }
    const auto again = open_journal(disk.options());
    EXPECT_EQ(inputs_of(*again).size(), stored);
    EXPECT_EQ(again->space(), Space::low);
    EXPECT_FALSE(again->recover().value().new_epoch) << "a full disk is no damage";
}

TEST(FullDisk, IsForgottenWhenThereIsRoomAgain) {
    SmallDisk disk;
    const auto journal = open_journal(disk.options());
    std::uint64_t seq = 0;
    std::uint64_t head = 0;
    // Housekeeping may regain room from the WAL a few times; in the end there is none.
    for (int rounds = 0; journal->space() == Space::ample; ++rounds) {
        ASSERT_LT(rounds, 100) << "the disk never filled";
        while (journal->space() == Space::ample) journal->commit(bulky(seq, head)).value();
        journal->maintain(noon).value();
    }
    EXPECT_FALSE(fs::exists(disk.ballast()));
    disk.total = 8'000'000;
    journal->maintain(noon).value();
    EXPECT_EQ(journal->space(), Space::ample);
    EXPECT_TRUE(fs::exists(disk.ballast()));
}

TEST(FullDisk, WithNothingLeftToGiveUpHousekeepingRestsInBetween) {
    SmallDisk disk;
    store::Options options = disk.options();
    options.ballast_bytes = 0;
    std::uint64_t seq = 0;
    std::uint64_t head = 0;
    {
        const auto journal = open_journal(options);
        Transaction old = bulky(seq, head);
        old.checkpoints.push_back(checkpoint_of("home", seq, old.now, true));
        old.acks.push_back({Lane::bulk, head, {}});
        journal->commit(old).value();
    }
    disk.total = disk.vfs.used_bytes();
    const auto journal = open_journal(options);
    int at_once = 0;
    for (int time = 0; time < 20; ++time) {
        // Everything is old enough to go, and there is no room for that.
        at_once += journal->maintain(noon + std::chrono::hours{24 * 40}).value() ? 1 : 0;
    }
    EXPECT_LT(at_once, 5) << "it would never sleep";
}

TEST(FullDisk, DropsOldReadingsToGoOn) {
    SmallDisk disk;
    const auto journal = open_journal(disk.options());
    std::uint64_t seq = 0;
    std::uint64_t head = 0;
    for (int count = 0; count < 1'000; ++count) {
        Transaction next = bulky(seq, head);
        next.acks.push_back({Lane::bulk, head, {}});
        next.checkpoints.push_back(checkpoint_of("home", seq, next.now, count % 50 == 0));
        ASSERT_TRUE(journal->commit(next)) << "after " << seq;
        ASSERT_TRUE(journal->maintain(next.now));
    }
    const store::JournalRange left = journal->reader().journal().value();
    EXPECT_GT(left.base, 0U);
    EXPECT_EQ(left.last, seq);
    // What is gone, the newest checkpoint covers.
    const auto checkpoints = journal->reader().newest_checkpoints().value();
    ASSERT_EQ(checkpoints.size(), 1U);
    EXPECT_GE(checkpoints.front().seq, left.base);
}

constexpr std::size_t copy_bytes = 500'000;

/// Two quarantines, three backups and one that was never finished, in the order in which they are
/// to go.
std::vector<fs::path> add_copies(const fs::path& data_dir) {
    const store::Files files(data_dir);
    const std::vector<fs::path> out{files.backups() / "anju-20260301T030000Z.backup.part",
                                    files.quarantine() / "0001-20260201T000000Z",
                                    files.quarantine() / "0002-20260101T000000Z",
                                    files.backups() / "anju-20260101T030000Z.backup",
                                    files.backups() / "anju-20260102T030000Z.backup",
                                    files.backups() / "anju-20260103T030000Z.backup"};
    fs::create_directories(files.backups());
    for (const fs::path& one : out) {
        const bool folder = one.parent_path() == files.quarantine();
        if (folder) fs::create_directories(one);
        std::ofstream(folder ? one / "anju.db" : one) << std::string(copy_bytes, 'x');
    }
    std::ofstream(files.backups() / "lock") << "1\n";
    return out;
}

TEST(FullDisk, TheOldestCopyGoesFirstAndTheNewestBackupLast) {
    TempDir folder;
    const store::Files files(folder.path());
    EXPECT_TRUE(store::give_up_copy(files).empty()) << "there is none";
    for (const fs::path& next : add_copies(folder.path())) {
        ASSERT_TRUE(fs::exists(next));
        const auto gone = store::give_up_copy(files);
        ASSERT_EQ(gone.size(), 1U);
        EXPECT_EQ(gone.front().copy, next);
        EXPECT_EQ(gone.front().failed, "");
        EXPECT_FALSE(fs::exists(next));
    }
    EXPECT_TRUE(store::give_up_copy(files).empty());
    EXPECT_TRUE(fs::exists(files.backups() / "lock")) << "somebody may hold it";
}

TEST(FullDisk, GivesUpCopiesOneByOneAndNoMoreThanItNeeds) {
    SmallDisk disk;
    disk.total = 5'000'000;
    std::vector<fs::path> left = add_copies(disk.folder.path());
    const auto copies_take = [&] {
        return copy_bytes * store::copies(store::Files(disk.folder.path())).size();
    };
    disk.vfs.capacity = [&] {
        return disk.total - std::min(disk.total, store::size_of(disk.ballast()) + copies_take());
    };
    const auto journal = open_journal(disk.options());
    std::uint64_t seq = 0;
    std::uint64_t head = 0;
    std::uint64_t gone = 0;
    bool all_at_once = false;
    while (!left.empty()) {
        ASSERT_TRUE(journal->commit(bulky(seq, head))) << "with " << left.size() << " copies left";
        ASSERT_LT(seq, 200'000U) << "the disk never filled";
        const std::size_t before = left.size();
        while (!left.empty() && !fs::exists(left.front())) left.erase(left.begin());
        for (const fs::path& one : left) ASSERT_TRUE(fs::exists(one)) << one << " went too early";
        gone += before - left.size();
        // Everything is taken again with 1.05 MB of room, twice the ballast and a little: three.
        all_at_once |= before - left.size() > 3;
    }
    EXPECT_FALSE(all_at_once);
    EXPECT_EQ(gone, 6U);
    EXPECT_EQ(journal->figures().value().copies_given_up, 6U) << "whoever looks is told";
    EXPECT_EQ(inputs_of(*journal).back().seq, seq);
}

TEST(FullDisk, AtTheStartGivesUpNoMoreCopiesThanItNeeds) {
    SmallDisk disk;
    disk.total = 8'000'000;
    store::Options options = disk.options();
    options.ballast_bytes = 0;
    std::uint64_t seq = 0;
    std::uint64_t head = 0;
    {
        const auto journal = open_journal(options);
        for (int i = 0; i < 20; ++i) ASSERT_TRUE(journal->commit(bulky(seq, head)));
    }
    {  // Of the version before: an opening that has nothing to write needs no room.
        store::Database older(
            {disk.folder.path() / "anju.db", store::Database::Mode::read_write, {}});
        older.execute("PRAGMA user_version=3");
    }
    const auto all = add_copies(disk.folder.path());
    const std::uint64_t used = disk.vfs.used_bytes();
    // A quarter of a copy short of what the log of an opening takes.
    disk.vfs.capacity = [&, used] {
        const std::size_t gone =
            all.size() - store::copies(store::Files(disk.folder.path())).size();
        return used + gone * copy_bytes;
    };
    const auto journal = store::SqliteJournal::open(options, noon, 1);
    ASSERT_TRUE(journal) << journal.error().text();
    EXPECT_EQ(inputs_of(**journal).back().seq, seq);
    EXPECT_FALSE(fs::exists(all[0]));
    EXPECT_TRUE(fs::exists(all[5])) << "one was enough";
    EXPECT_TRUE(fs::exists(all[1]));
    const auto notes = (*journal)->recover().value().notes;
    EXPECT_TRUE(std::ranges::any_of(notes, [&](const std::string& note) {
        return note.find(all[0].string()) != std::string::npos;
    })) << "it is told";
}

TEST(FullDisk, ACopyThatCannotBeDeletedDoesNotSaveTheOthersAndIsTold) {
    TempDir folder;
    const store::Files files(folder.path());
    const auto all = add_copies(folder.path());
    const auto busy = Mounted::tmpfs(all[1]);  // a folder that something is mounted on stays
    if (!busy) GTEST_SKIP() << "needs the right to mount a tmpfs";
    ASSERT_EQ(store::give_up_copy(files).size(), 1U);
    const auto tried = store::give_up_copy(files);
    ASSERT_EQ(tried.size(), 2U);
    EXPECT_EQ(tried[0].copy, all[1]);
    EXPECT_NE(tried[0].failed, "");
    EXPECT_EQ(tried[1].copy, all[2]);
    EXPECT_FALSE(fs::exists(all[2]));
    const auto stuck = store::drop_copies(files);
    ASSERT_FALSE(stuck.empty()) << "an erasure must not take it for done";
    EXPECT_EQ(stuck.front().copy, all[1]);
    EXPECT_FALSE(fs::exists(all[5]));
}

TEST(FullDisk, AFolderOfCopiesThatADiskIsMountedOnIsEmptiedAndStays) {
    TempDir folder;
    const store::Files files(folder.path());
    fs::create_directories(files.backups());
    const auto disk = Mounted::tmpfs(files.backups());
    if (!disk) GTEST_SKIP() << "needs the right to mount a tmpfs";
    const auto all = add_copies(folder.path());
    const auto stuck = store::drop_copies(files);
    EXPECT_TRUE(stuck.empty()) << "an erasure would wait for ever: " << stuck.front().failed;
    for (const fs::path& one : all) EXPECT_FALSE(fs::exists(one)) << one;
    EXPECT_TRUE(fs::exists(files.backups()));
}

TEST(FullDisk, OnARealFileSystemStoresAlarmsAndRecovers) {
    TempDir folder;
    const auto tmpfs = Mounted::tmpfs(folder.path());
    if (!tmpfs) GTEST_SKIP() << "needs the right to mount a tmpfs of 4 MB";
    store::Options options = options_in(folder.path() / "data");
    options.ballast_bytes = 600'000;
    std::uint64_t seq = 0;
    std::uint64_t head = 0;
    {
        const auto journal = open_journal(options);
        while (journal->space() == Space::ample) {
            const auto done = journal->commit(bulky(seq, head));
            ASSERT_TRUE(done) << done.error().text();
            ASSERT_LT(seq, 200'000U) << "the disk never filled";
        }
        for (std::uint64_t number = 1; number <= 50; ++number) {
            Transaction alarm;
            alarm.now = noon + std::chrono::hours{9};
            alarm.inputs.push_back(reading_of("home", ++seq, alarm.now));
            alarm.events.push_back(event_of(Lane::alarm, number, alarm.now));
            ASSERT_TRUE(journal->commit(alarm)) << "alarm " << number << " found no room";
        }
    }
    const auto journal = open_journal(options);
    EXPECT_EQ(inputs_of(*journal).size(), seq);
    EXPECT_EQ(journal->lane(Lane::alarm).unacknowledged, 50U);
}

}  // namespace
}  // namespace anju::test
