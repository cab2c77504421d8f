// A store comes under a key although there is no room for it, or somebody reads: the box goes on
// meanwhile, and says what is owed.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>

#include "store/files.hpp"
#include "store/sealing.hpp"
#include "tests/component/store/sealing_samples.hpp"
#include "tests/support/fault_vfs.hpp"
#include "tests/support/mounted.hpp"

namespace anju::test {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

const std::string person(marker);

TEST(SealingWithoutRoom, WaitsForRoomToWriteTheFileAnewAndSaysSo) {
    TempDir lying;
    const std::string before = fill_open(lying.path());
    // A reader that holds the old pages is in the way as well as a full disk.
    auto reader = store::StoreReader::open(lying.path()).value();
    reader->hold_snapshot().value();
    {
        const auto journal = open_journal(with(lying.path(), keys_of("a")));
        const auto notes = journal->recover().value().notes;
        ASSERT_EQ(notes.size(), 1U);
        EXPECT_NE(notes[0].find("not overwritten yet"), std::string::npos) << notes[0];
        EXPECT_EQ(content(*journal), before);
    }
    EXPECT_NE(refusal(options_in(lying.path())), "");
    reader.reset();
    const auto journal = open_journal(with(lying.path(), keys_of("a")));
    EXPECT_EQ(occurrences(lying.path()), 0U);
    EXPECT_EQ(content(*journal), before);
}

/// Of all sizes of room: none for a single page, for some of the rows, for all.
TEST(SealingWithoutRoom, OfAFullDiskWaitsAndTheBoxGoesOnMeanwhile) {
    TempDir lying;
    const std::string before = fill_open(lying.path());
    std::set<std::string> ends;
    for (std::uint64_t room = 0; room < 1'000'000; room = room * 3 / 2 + 4'000) {
        SCOPED_TRACE(room);
        TempDir folder;
        fs::copy_file(lying.path() / "anju.db", folder.path() / "anju.db");
        std::string meanwhile;
        bool begun = false;
        {
            FaultVfs disk;
            disk.adopt(folder.path());
            std::uint64_t total = disk.used_bytes() + room;
            disk.capacity = [&total] { return total; };
            store::Options options = with(folder.path(), keys_of("a"));
            options.vfs = disk.name();
            options.free_bytes = [&] { return total - std::min(total, disk.used_bytes()); };
            const auto journal = open_journal(options);
            const Recovery found = journal->recover().value();
            EXPECT_FALSE(found.new_epoch);
            EXPECT_EQ(content(*journal), before);
            const bool owed = journal->figures().value().sealing_owed;
            std::string note = "sealed";
            for (const std::string& one : found.notes) {
                if (one.find("the disk is full") != one.npos) note = "waits";
                if (one.find("not overwritten yet") != one.npos) note = "old places";
            }
            EXPECT_EQ(owed, note != "sealed");
            ends.insert(note);
            const auto is = store::look_at_sealing(folder.path() / "anju.db").value();
            begun = is.begun != 0 || is.all != 0;

            total += 1'000'000;
            Transaction refused;
            refused.now = noon + 24h;
            refused.rejected.push_back(
                {refused.now, "t/" + person, person, "malformed", "of " + person});
            journal->commit(refused).value();
            meanwhile = content(*journal);
            EXPECT_NE(meanwhile, before);
        }
        EXPECT_EQ(refusal(options_in(folder.path())).empty(), !begun) << "sealed in part, or not";
        const auto journal = open_journal(with(folder.path(), keys_of("a")));
        EXPECT_FALSE(journal->recover().value().new_epoch);
        EXPECT_EQ(content(*journal), meanwhile);
        EXPECT_FALSE(journal->figures().value().sealing_owed);
        EXPECT_EQ(occurrences(folder.path()), 0U);
    }
    EXPECT_TRUE(ends.contains("sealed"));
    EXPECT_TRUE(ends.contains("waits"));
}

/// The same with a key that takes the place of another, and nothing to give up.
TEST(SealingWithoutRoom, OfAFullDiskGoesOnUnderTheOldKeyWhenThereIsANewOne) {
    TempDir lying;
    std::string before = fill_open(lying.path());
    { const auto journal = open_journal(with(lying.path(), keys_of("a"))); }
    std::set<std::string> ends;
    for (std::uint64_t room = 0; room < 1'500'000; room = room * 3 / 2 + 4'000) {
        SCOPED_TRACE(room);
        TempDir folder;
        fs::copy(lying.path(), folder.path(), fs::copy_options::recursive);
        std::string meanwhile;
        bool begun = false;
        bool owed = false;
        {
            FaultVfs disk;
            disk.adopt(folder.path());
            std::uint64_t total = disk.used_bytes() + room;
            disk.capacity = [&total] { return total; };
            store::Options options = with(folder.path(), keys_of("ba"));
            options.vfs = disk.name();
            options.ballast_bytes = 0;
            options.free_bytes = [&] { return total - std::min(total, disk.used_bytes()); };
            const auto journal = store::SqliteJournal::open(options, noon, 1);
            ASSERT_TRUE(journal) << journal.error().text();
            const Recovery found = (*journal)->recover().value();
            EXPECT_FALSE(found.new_epoch);
            EXPECT_EQ(content(**journal), before);
            owed = (*journal)->figures().value().sealing_owed;
            EXPECT_EQ(owed, found.notes.empty() || found.notes[0].find(" now") == std::string::npos)
                << "it is told";
            begun = store::look_at_sealing(folder.path() / "anju.db")->begun != 0;
            ends.insert(!owed ? "sealed" : begun ? "begun" : "not begun");

            total += 1'000'000;
            Transaction refused;
            refused.now = noon + 24h;
            refused.rejected.push_back(
                {refused.now, "t/" + person, person, "malformed", "of " + person});
            (*journal)->commit(refused).value();
            meanwhile = content(**journal);
            EXPECT_NE(meanwhile, before);
        }
        EXPECT_EQ(occurrences(folder.path()), 0U);
        if (owed && !begun) {
            TempDir back;
            fs::copy(folder.path(), back.path(), fs::copy_options::recursive);
            const auto journal = open_journal(with(back.path(), keys_of("a")));
            EXPECT_EQ(content(*journal), meanwhile) << "the old key alone is enough";
        }
        {
            const auto journal = open_journal(with(folder.path(), keys_of("ba")));
            EXPECT_FALSE(journal->figures().value().sealing_owed);
        }
        const auto journal = open_journal(with(folder.path(), keys_of("b")));
        EXPECT_FALSE(journal->recover().value().new_epoch);
        EXPECT_EQ(content(*journal), meanwhile);
    }
    EXPECT_TRUE(ends.contains("sealed"));
    EXPECT_TRUE(ends.contains("begun"));
    EXPECT_TRUE(ends.contains("not begun"));
}

TEST(SealingWithoutRoom, WaitsForOneWhoLooksMeanwhileAndLeavesNoOldLogBehind) {
    TempDir lying;
    fill_open(lying.path());
    std::jthread looks;
    store::Options options = with(lying.path(), keys_of("a"));
    options.progress = [&](const store::Progress& progress) {
        if (progress.work != store::Work::rewriting || looks.joinable()) return;
        // As `anjuctl seal status` or a backup does, on a snapshot of the moment before.
        auto reader = store::StoreReader::open(lying.path(), keys_of("a")).value();
        reader->hold_snapshot().value();
        looks = std::jthread([reader = std::move(reader)]() mutable {
            std::this_thread::sleep_for(300ms);
            reader.reset();
        });
    };
    const auto journal = open_journal(options);
    ASSERT_TRUE(looks.joinable());
    EXPECT_FALSE(journal->figures().value().sealing_owed);
    EXPECT_EQ(store::look_at_sealing(lying.path() / "anju.db")->begun, 0U);
    EXPECT_EQ(occurrences(lying.path()), 0U);
}

/// Hours of housekeeping until nothing is to be done; how often that was called at once.
int keep_house(store::SqliteJournal& journal, Instant now) {
    for (int steps = 1;; ++steps) {
        if (!journal.maintain(now).value()) return steps;
        if (steps > 10'000) throw std::runtime_error("no end to it");
    }
}

TEST(SealingWithoutRoom, IsMadeUpForBesideTheWorkOnceThereIsRoom) {
    TempDir lying;
    const std::string before = fill_open(lying.path());
    { const auto journal = open_journal(with(lying.path(), keys_of("a"))); }
    TempDir open;
    fill_open(open.path());
    struct Case {
        const TempDir& from;
        const char* keys;
        const char* needed;
        std::uint64_t room;
    };
    for (const Case& one : {Case{open, "a", "a", 0}, Case{open, "a", "a", 40'000},
                            Case{lying, "ba", "b", 0}, Case{lying, "ba", "b", 40'000}}) {
        SCOPED_TRACE(std::string(one.keys) + " " + std::to_string(one.room));
        TempDir folder;
        fs::copy(one.from.path(), folder.path(), fs::copy_options::recursive);
        std::string meanwhile;
        {
            FaultVfs disk;
            disk.adopt(folder.path());
            std::uint64_t total = disk.used_bytes() + one.room;
            disk.capacity = [&total] { return total; };
            store::Options options = with(folder.path(), keys_of(one.keys));
            options.vfs = disk.name();
            options.ballast_bytes = 0;
            options.free_bytes = [&] { return total - std::min(total, disk.used_bytes()); };
            const auto journal = open_journal(options);
            ASSERT_TRUE(journal->figures().value().sealing_owed);
            const auto said = [&](std::uint64_t id, Instant at) {
                Transaction refused;
                refused.now = at;
                refused.rejected.push_back(
                    {at, "t/" + person, person, "malformed", std::to_string(id) + person});
                journal->commit(refused).value();
            };
            for (const Instant at : {noon + 1h, noon + 1h, noon + 3h, noon + 3h}) {
                static_cast<void>(journal->maintain(at));
            }
            EXPECT_TRUE(journal->figures().value().sealing_owed) << "without room";

            total += 20'000'000;
            keep_house(*journal, noon + 3h + 59min);
            EXPECT_TRUE(journal->figures().value().sealing_owed) << "once an hour";
            // Steps, between which it commits; a full disk in the middle of them.
            EXPECT_TRUE(journal->maintain(noon + 4h).value());
            said(1, noon + 4h);
            EXPECT_TRUE(journal->maintain(noon + 4h).value());
            total = disk.used_bytes();
            for (int i = 0; i < 50; ++i) static_cast<void>(journal->maintain(noon + 4h));
            EXPECT_TRUE(journal->figures().value().sealing_owed);
            EXPECT_NE(content(*journal), "");
            total += 20'000'000;
            said(2, noon + 4h + 30min);
            const fs::path aside =
                store::Files(folder.path()).quarantine() / "0001-before" / "anju.db";
            fs::create_directories(aside.parent_path());
            std::ofstream(aside) << person;
            EXPECT_GT(keep_house(*journal, noon + 5h), 10) << "all at once";
            EXPECT_FALSE(journal->figures().value().sealing_owed);
            EXPECT_EQ(fs::exists(aside), std::string_view(one.keys) == "ba")
                << "what lay open goes, and no other";
            fs::remove(aside);
            EXPECT_EQ(occurrences(folder.path()), 0U) << "with the log";
            said(3, noon + 5h);
            meanwhile = content(*journal);
        }
        EXPECT_EQ(occurrences(folder.path()), 0U);
        const auto journal = open_journal(with(folder.path(), keys_of(one.needed)));
        const Recovery found = journal->recover().value();
        EXPECT_FALSE(found.new_epoch);
        EXPECT_TRUE(found.notes.empty()) << found.notes.front();
        EXPECT_EQ(content(*journal), meanwhile);
    }
}

TEST(SealingWithoutRoom, OfALargeFileTheRowsAreMadeUpForAndTheNextStartDoesTheRest) {
    TempDir folder;
    fill_open(folder.path());
    {
        store::Database db({folder.path() / "anju.db", store::Database::Mode::read_write, {}});
        db.execute(
            "CREATE TABLE bulk(x); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
            "WHERE i < 17) INSERT INTO bulk SELECT zeroblob(1000000) FROM n");
    }
    {
        FaultVfs disk;
        disk.adopt(folder.path());
        std::uint64_t total = disk.used_bytes();
        disk.capacity = [&total] { return total; };
        store::Options options = with(folder.path(), keys_of("a"));
        options.vfs = disk.name();
        options.ballast_bytes = 0;
        options.free_bytes = [&] { return total - std::min(total, disk.used_bytes()); };
        const auto journal = open_journal(options);
        EXPECT_GT(occurrences(folder.path()), 0U);
        total += 100'000'000;
        keep_house(*journal, noon + 1h);
        EXPECT_GT(keep_house(*journal, noon + 3h), 10);
        EXPECT_TRUE(journal->figures().value().sealing_owed);
        store::Database db({folder.path() / "anju.db", store::Database::Mode::read_only, {}});
        EXPECT_EQ(db.number("SELECT count(*) FROM notices WHERE substr(bytes, 1, 3) <> x'a75346'"),
                  0);
        EXPECT_LT(keep_house(*journal, noon + 5h), 5) << "the rows once only";
    }
    const auto journal = open_journal(with(folder.path(), keys_of("a")));
    EXPECT_FALSE(journal->figures().value().sealing_owed);
    EXPECT_EQ(occurrences(folder.path()), 0U);
}

TEST(SealingWithoutRoom, OfARealDiskThatIsFullGoesOnUnderTheOldKey) {
    TempDir lying;
    const auto disk = Mounted::tmpfs(lying.path());
    if (!disk) GTEST_SKIP() << "needs the right to mount a tmpfs of 4 MB";
    const fs::path data = lying.path() / "data";
    const std::string before = fill_open(data);
    { const auto journal = open_journal(with(data, keys_of("a"))); }
    {
        std::ofstream fill(lying.path() / "fill", std::ios::binary);
        while (fill.put('x') && fill.flush()) {}
    }
    const std::uintmax_t full = fs::file_size(lying.path() / "fill");
    ASSERT_EQ(store::free_bytes(data), 0U);
    // The index of the log alone takes 32 kB: without those no store opens, and none commits.
    std::set<vault::KeyId> begun;
    for (const std::uintmax_t room : {36'864U, 40'960U, 65'536U, 131'072U}) {
        SCOPED_TRACE(room);
        fs::resize_file(lying.path() / "fill", full - room);
        store::Options options = with(data, keys_of("ba"));
        options.ballast_bytes = 0;
        const auto journal = store::SqliteJournal::open(options, noon, 1);
        ASSERT_TRUE(journal) << journal.error().text();
        EXPECT_EQ(content(**journal), before);
        EXPECT_TRUE((*journal)->figures().value().sealing_owed);
        begun.insert(store::look_at_sealing(data / "anju.db").value().begun);
    }
    EXPECT_EQ(begun.size(), 2U) << "without room for the word that it has begun, and with";
}

}  // namespace
}  // namespace anju::test
