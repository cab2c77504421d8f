#include <gtest/gtest.h>
#include <sys/mount.h>

#include <filesystem>

#include "store/files.hpp"
#include "tests/component/store/samples.hpp"
#include "tests/component/store/workload.hpp"
#include "tests/support/fault_vfs.hpp"

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

/// A real small file system, gone with the object.
class Tmpfs {
public:
    explicit Tmpfs(const fs::path& where) : where_(where) {
        mounted_ = ::mount("tmpfs", where_.c_str(), "tmpfs", 0, "size=4m") == 0;
    }
    ~Tmpfs() {
        if (mounted_) ::umount2(where_.c_str(), MNT_DETACH);
    }
    Tmpfs(const Tmpfs&) = delete;
    Tmpfs& operator=(const Tmpfs&) = delete;
    [[nodiscard]] bool mounted() const { return mounted_; }

private:
    fs::path where_;
    bool mounted_ = false;
};

TEST(FullDisk, OnARealFileSystemStoresAlarmsAndRecovers) {
    TempDir folder;
    const Tmpfs tmpfs(folder.path());
    if (!tmpfs.mounted()) GTEST_SKIP() << "needs the right to mount a tmpfs of 4 MB";
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
