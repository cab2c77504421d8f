// The console's database of the first version becomes today's while the power goes or the process
// is killed, at each change of the disk; and an older program before a newer file.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "access/audit_log.hpp"
#include "access/console_db.hpp"
#include "store/files.hpp"
#include "store/meta.hpp"
#include "store/schema.hpp"
#include "tests/component/access/opened.hpp"
#include "tests/support/fault_vfs.hpp"

namespace anju::access {
namespace {

namespace fs = std::filesystem;
using anju::test::DiskImage;
using anju::test::FaultVfs;
using anju::test::TempDir;
using test::noon;

constexpr std::int64_t rows = 30;

int newest() {
    return ConsoleDb::migrations().back().to;
}

std::string bytes_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// What the first version left: an audit without chains of its own, sealed row by row.
void make_first_version(const fs::path& folder) {
    {
        auto opened = ConsoleDb::open({folder}, noon);
        AuditLog audit(*opened.value().db, {});
        for (std::int64_t i = 0; i < rows; ++i) {
            AuditEntry entry;
            entry.account = AccountId{1};
            entry.name = "lin";
            entry.action = "close";
            entry.subject = "alert:H1-" + std::to_string(i);
            ASSERT_TRUE(audit.add(entry, noon));
        }
    }
    store::Database db({folder / "console.db", store::Database::Mode::read_write, ""});
    db.execute(
        "DROP INDEX audit_by_sought; ALTER TABLE audit DROP COLUMN sought; "
        "CREATE INDEX audit_by_subject ON audit(subject, id); "
        "DROP INDEX audit_by_place; ALTER TABLE audit DROP COLUMN place; "
        "ALTER TABLE audit DROP COLUMN passing; DELETE FROM meta WHERE key = 'readable_from'; "
        "PRAGMA user_version=1");
    store::Meta(db).set(store::key::schema, 1);
}

/// "" or what is wrong with what the next start finds.
std::string wrong_after_start(const fs::path& folder, std::int64_t epoch) {
    {
        store::Database db({folder / "console.db", store::Database::Mode::read_write, ""});
        db.leave_wal_on_close();
        if (store::Meta(db).get(store::key::schema) != db.number("PRAGMA user_version")) {
            return "a version without its seal";
        }
    }
    auto opened = ConsoleDb::open({folder}, noon);
    if (!opened) return opened.error().text();
    if (!opened->notes.empty()) return opened->notes.front();
    if (opened->db->epoch() != epoch) return "another epoch";
    if (opened->db->database().number("PRAGMA user_version") != newest()) return "not migrated";
    AuditLog audit(*opened->db, {});
    const auto verdict = audit.verify();
    if (!verdict || verdict->broken) return "a broken audit";
    return verdict->rows == rows ? "" : std::to_string(verdict->rows) + " rows";
}

std::int64_t epoch_in(const fs::path& folder) {
    store::Database db({folder / "console.db", store::Database::Mode::read_write, ""});
    return store::Meta(db).get(store::key::epoch).value();
}

TEST(ConsoleMigration, SurvivesAPowerCutAtEachChangeOfTheDisk) {
    TempDir folder;
    make_first_version(folder.path());
    const std::int64_t epoch = epoch_in(folder.path());
    std::vector<DiskImage> cuts;
    {
        FaultVfs disk;
        disk.adopt(folder.path());
        disk.before_change = [&] { cuts.push_back(disk.image()); };
        ASSERT_TRUE(ConsoleDb::open({folder.path(), disk.name()}, noon));
    }
    EXPECT_GT(cuts.size(), 4U) << "nothing was written: there is nothing to cut";
    std::mt19937_64 chance(7);
    for (std::size_t at = 0; at < cuts.size(); ++at) {
        for (int outcome = 0; outcome < 3; ++outcome) {
            TempDir left;
            cuts[at].settle(left.path(), chance);
            ASSERT_EQ(wrong_after_start(left.path(), epoch), "") << "cut " << at;
        }
    }
}

TEST(ConsoleMigration, SurvivesAKillAtEachChangeOfTheDisk) {
    int kills = 0;
    for (bool whole = false; !whole; ++kills) {
        TempDir folder;
        make_first_version(folder.path());
        const std::int64_t epoch = epoch_in(folder.path());
        const pid_t child = fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            FaultVfs disk;
            int changes = 0;
            disk.before_change = [&] {
                if (changes++ == kills) ::kill(::getpid(), SIGKILL);
            };
            ::_exit(ConsoleDb::open({folder.path(), disk.name()}, noon) ? 0 : 1);
        }
        int status = 0;
        ASSERT_EQ(waitpid(child, &status, 0), child);
        whole = WIFEXITED(status);
        if (whole) {
            EXPECT_EQ(WEXITSTATUS(status), 0);
        }
        ASSERT_EQ(wrong_after_start(folder.path(), epoch), "") << "kill " << kills;
    }
    EXPECT_GT(kills, 4);
}

TEST(ConsoleMigration, RefusesAFileThatOnlyANewerProgramUnderstandsAndChangesNoByte) {
    TempDir folder;
    const fs::path file = folder.path() / "console.db";
    ASSERT_TRUE(ConsoleDb::open({folder.path()}, noon));
    const auto as_next = [&](int readable_from) {
        store::Database db({file, store::Database::Mode::read_write, ""});
        db.leave_wal_on_close();
        store::Meta(db).set(store::key::schema, newest() + 1);
        store::Meta(db).set(store::key::readable_from, readable_from);
        db.execute(("PRAGMA user_version=" + std::to_string(newest() + 1)).c_str());
    };
    as_next(newest() + 1);
    const std::string database = bytes_of(file);
    const std::string log = bytes_of(store::wal_of(file));
    ASSERT_FALSE(log.empty());
    const auto opened = ConsoleDb::open({folder.path()}, noon);
    ASSERT_FALSE(opened);
    EXPECT_NE(opened.error().remedy.find("newer program"), std::string::npos);
    EXPECT_EQ(bytes_of(file), database);
    EXPECT_EQ(bytes_of(store::wal_of(file)), log);

    as_next(newest());
    const auto again = ConsoleDb::open({folder.path()}, noon);
    ASSERT_TRUE(again) << again.error().text();
    EXPECT_TRUE(again->notes.empty());
    EXPECT_EQ(again->db->database().number("PRAGMA user_version"), newest() + 1);
}

// What an updater decides by, before it installs: packages say which stores their programs leave.
TEST(Packages, SayTheFormatsOfTheirStores) {
    const auto say = [](std::span<const store::Migration> steps) {
        return std::to_string(steps.back().to) + " from " +
               std::to_string(store::readable_from(steps));
    };
    const std::string line = "XB-Anju-Store-Formats: journal " + say(store::migrations()) +
                             ", console " + say(ConsoleDb::migrations()) + "\n";
    const std::string control = bytes_of(fs::path(ANJU_SOURCE_DIR) / "debian/control");
    EXPECT_NE(control.find("\n" + line), std::string::npos) << "debian/control should say " << line;
}

}  // namespace
}  // namespace anju::access
