// A box whose power goes, whose process is killed or whose disk fails while an old store becomes
// today's: at each single write, sync, truncation and removal, one after the other. Whatever is
// left is a version that exists, with its seal, and the next start finds every row.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <random>
#include <string>
#include <vector>

#include "core/codec/codec.hpp"
#include "store/files.hpp"
#include "store/meta.hpp"
#include "store/schema.hpp"
#include "tests/component/store/samples.hpp"
#include "tests/support/fault_vfs.hpp"

namespace anju::store {
namespace {

namespace fs = std::filesystem;
using test::DiskImage;
using test::FaultVfs;
using test::noon;
using test::open_journal;
using test::options_in;
using test::TempDir;

constexpr std::int64_t old_epoch = 0x12345;
constexpr std::uint64_t old_inputs = 60;
constexpr std::uint64_t old_decisions = 20;
constexpr std::size_t outcomes_of_a_cut = 3;

void add_rows(Database& db) {
    Statement journal(db,
                      "INSERT INTO journal(seq, at, household, bytes, crc) VALUES(?1,?2,?3,?4,?5)");
    for (std::uint64_t seq = 1; seq <= old_inputs; ++seq) {
        const JournalEntry entry = test::reading_of("H1", seq, noon, 20);
        SealedRow(journal, "journal")
            .integer(seq)
            .integer(to_unix_ms(entry.at))
            .text(entry.household.value)
            .blob(entry.bytes)
            .run();
    }
    Statement decisions(
        db,
        "INSERT INTO decisions(id, household, number, at, recorded, alert, bytes, crc) "
        "VALUES(?1,?2,?3,?4,?5,?6,?7,?8)");
    for (std::uint64_t id = 1; id <= old_decisions; ++id) {
        SealedRow(decisions, "decisions")
            .integer(id)
            .text("H1")
            .integer(id)
            .integer(to_unix_ms(noon))
            .integer(to_unix_ms(noon))
            .text("")
            .blob(encode(test::health_decision("H1", id, noon)))
            .run();
    }
}

/// A store as the program of `version` left it: by its own steps, columns and seals, without what
/// came later.
void make_old_store(const fs::path& folder, int version) {
    Database db({folder / "anju.db", Database::Mode::create, ""});
    db.execute("PRAGMA auto_vacuum=INCREMENTAL; PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF");
    migrate(db, migrations().first(static_cast<std::size_t>(version))).value();
    Atomic atomic(db);
    Meta meta(db);
    meta.set(key::schema, version);
    meta.set(key::epoch, old_epoch);
    meta.set(key::overwrites, 1);
    meta.set(key::engine_time, to_unix_ms(noon));
    db.execute("DELETE FROM meta WHERE key = 'readable_from'");
    add_rows(db);
    atomic.commit();
}

/// What was left at a cut, before a program touches it: "" or what is wrong.
std::string wrong_with_version(const fs::path& folder, int old_version) {
    Database db({folder / "anju.db", Database::Mode::read_write, ""});
    db.leave_wal_on_close();
    const std::int64_t version = db.number("PRAGMA user_version");
    if (version < old_version || version > schema_version())
        return "version " + std::to_string(version);
    if (Meta(db).get(key::schema) != version) return "a version without its seal";
    const bool consents =
        db.number("SELECT count(*) FROM sqlite_schema WHERE name = 'consents'") > 0;
    return consents == (version >= 3) ? "" : "half a step";
}

/// What the next start makes of it: "" or what is wrong.
std::string wrong_after_start(const fs::path& folder) {
    store::Options options = options_in(folder);
    options.durability = Durability::off;  // what is looked at here is not cut a second time
    auto opened = SqliteJournal::open(options, noon, 1);
    if (!opened) return opened.error().text();
    const Recovery found = (*opened)->recover().value();
    if (found.new_epoch || found.epoch != old_epoch) return "another epoch";
    const std::vector<JournalEntry> inputs = test::inputs_of(**opened);
    if (inputs.size() != old_inputs) return std::to_string(inputs.size()) + " inputs";
    for (const JournalEntry& entry : inputs) {
        if (entry.bytes != test::reading_of("H1", entry.seq, noon, 20).bytes) return "other inputs";
    }
    opened->reset();
    Database db({folder / "anju.db", Database::Mode::read_only, ""});
    if (db.number("PRAGMA user_version") != schema_version()) return "not migrated";
    const std::int64_t decisions = db.number("SELECT count(*) FROM decisions");
    return decisions == old_decisions ? "" : std::to_string(decisions) + " decisions";
}

class MigrationFrom : public testing::TestWithParam<int> {};

TEST_P(MigrationFrom, SurvivesAPowerCutAtEachChangeOfTheDisk) {
    TempDir folder;
    make_old_store(folder.path(), GetParam());
    std::vector<DiskImage> cuts;
    {
        FaultVfs disk;
        disk.adopt(folder.path());
        disk.before_change = [&] { cuts.push_back(disk.image()); };
        store::Options options = options_in(folder.path());
        options.vfs = disk.name();
        open_journal(options).reset();
        cuts.push_back(disk.image());
    }
    EXPECT_GT(cuts.size(), 8U) << "nothing was written: there is nothing to cut";
    std::mt19937_64 chance(20'261'128);
    for (std::size_t at = 0; at < cuts.size(); ++at) {
        for (std::size_t outcome = 0; outcome < outcomes_of_a_cut; ++outcome) {
            TempDir left;
            cuts[at].settle(left.path(), chance);
            ASSERT_EQ(wrong_with_version(left.path(), GetParam()), "") << "cut " << at;
            ASSERT_EQ(wrong_after_start(left.path()), "") << "cut " << at;
        }
    }
}

TEST_P(MigrationFrom, SurvivesAKillAtEachChangeOfTheDisk) {
    int kills = 0;
    for (bool whole = false; !whole; ++kills) {
        TempDir folder;
        make_old_store(folder.path(), GetParam());
        const pid_t child = fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            FaultVfs disk;
            int changes = 0;
            disk.before_change = [&] {
                if (changes++ == kills) ::kill(::getpid(), SIGKILL);
            };
            store::Options options = options_in(folder.path());
            options.vfs = disk.name();
            const bool good = SqliteJournal::open(options, noon, 1).has_value();
            ::_exit(good ? 0 : 1);
        }
        int status = 0;
        ASSERT_EQ(waitpid(child, &status, 0), child);
        whole = WIFEXITED(status);
        if (whole) {
            EXPECT_EQ(WEXITSTATUS(status), 0);
        }
        ASSERT_EQ(wrong_with_version(folder.path(), GetParam()), "") << "kill " << kills;
        ASSERT_EQ(wrong_after_start(folder.path()), "") << "kill " << kills;
    }
    EXPECT_GT(kills, 8) << "nothing was written: there is nothing to kill";
}

TEST_P(MigrationFrom, SurvivesADiskThatFailsAtEachWrite) {
    int failures = 0;
    for (bool whole = false; !whole; ++failures) {
        TempDir folder;
        make_old_store(folder.path(), GetParam());
        {
            FaultVfs disk;
            disk.adopt(folder.path());
            int changes = 0;
            disk.before_change = [&] {
                disk.fail_writes = disk.fail_writes || changes++ == failures;
            };
            store::Options options = options_in(folder.path());
            options.vfs = disk.name();
            const auto opened = SqliteJournal::open(options, noon, 1);
            whole = !disk.fail_writes;
            EXPECT_TRUE(opened || !whole);
        }
        ASSERT_EQ(wrong_after_start(folder.path()), "") << "failure " << failures;
    }
    EXPECT_GT(failures, 8);
}

INSTANTIATE_TEST_SUITE_P(EachOlderVersion, MigrationFrom, testing::Range(1, schema_version()));

}  // namespace
}  // namespace anju::store
