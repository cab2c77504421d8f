// A store comes under a key, whatever happens meanwhile, and shows nothing of what it holds to whom
// has the files alone.
#include "store/sealing.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <random>
#include <string>

#include "store/meta.hpp"
#include "tests/component/store/sealing_samples.hpp"
#include "tests/support/fault_vfs.hpp"

namespace anju::test {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

const std::string person(marker);

class Sealing : public testing::Test {
protected:
    std::string lie_open() { return fill_open(folder_.path()); }
    void update(const std::string& sql) {
        store::Database db({folder_.path() / "anju.db", store::Database::Mode::read_write, {}});
        db.execute(sql.c_str());
    }
    TempDir folder_;
};

TEST_F(Sealing, ShowsNothingOfAnybodyInAnyFile) {
    const SealKeys keys = keys_of("a");
    std::string before;
    {
        const auto journal = open_journal(with(folder_.path(), keys));
        fill(*journal);
        before = content(*journal);
        EXPECT_NE(before.find(marker), std::string::npos);
        EXPECT_EQ(occurrences(folder_.path()), 0U) << "with the log";
    }
    EXPECT_EQ(occurrences(folder_.path()), 0U);
    const auto journal = open_journal(with(folder_.path(), keys));
    EXPECT_EQ(content(*journal), before);
    EXPECT_TRUE(journal->recover().value().notes.empty());
}

TEST_F(Sealing, LeavesReadingsAsTheyAre) {
    const auto journal = open_journal(with(folder_.path(), keys_of("a")));
    fill(*journal);
    store::Database db({folder_.path() / "anju.db", store::Database::Mode::read_only, {}});
    // Version 7, tag 0: an observation.
    EXPECT_EQ(db.number("SELECT count(*) FROM journal WHERE substr(bytes, 2, 1) = x'00'"), commits);
    EXPECT_EQ(db.number("SELECT count(*) FROM journal WHERE substr(bytes, 1, 3) = x'a75346'"),
              commits);
}

TEST_F(Sealing, BringsAStoreThatLayOpenUnderTheKeyAndLeavesNothingOpenBehind) {
    const std::string before = lie_open();
    const fs::path aside = store::Files(folder_.path()).quarantine() / "0001-before" / "anju.db";
    fs::create_directories(aside.parent_path());
    std::ofstream(aside) << marker;
    // Freed by a program that did not overwrite what it freed.
    update(
        "PRAGMA secure_delete=OFF; CREATE TABLE gone(x); WITH RECURSIVE n(i) AS (SELECT 1 UNION "
        "ALL SELECT i + 1 FROM n WHERE i < 20000) INSERT INTO gone SELECT '" +
        person + "-GONE' FROM n; DROP TABLE gone");
    ASSERT_GT(occurrences(folder_.path(), person + "-GONE"), 1000U);
    ASSERT_GT(occurrences(folder_.path()), 500U);

    auto journal = open_journal(with(folder_.path(), keys_of("a")));
    EXPECT_EQ(occurrences(folder_.path()), 0U) << "while it is open";
    ASSERT_EQ(journal->recover().value().notes.size(), 1U);
    EXPECT_NE(journal->recover().value().notes[0].find("sealed from now on"), std::string::npos);
    EXPECT_EQ(content(*journal), before);
    journal.reset();
    EXPECT_EQ(occurrences(folder_.path()), 0U);

    journal = open_journal(with(folder_.path(), keys_of("a")));
    EXPECT_TRUE(journal->recover().value().notes.empty()) << "once";
    fill(*journal);
    EXPECT_EQ(occurrences(folder_.path()), 0U);
}

TEST_F(Sealing, IsRefusedWithoutTheKeyAndWithAnotherAndNothingIsLost) {
    const std::string before = lie_open();
    { const auto journal = open_journal(with(folder_.path(), keys_of("a"))); }
    const std::string id = vault::text_of(keys_of("a")->current());
    for (const SealKeys& keys : {SealKeys{}, keys_of("b")}) {
        const std::string words = refusal(with(folder_.path(), keys));
        EXPECT_NE(words.find("sealed with key " + id), std::string::npos) << words;
        EXPECT_NE(words.find("a backup holds it"), std::string::npos) << words;
        const auto reader = store::StoreReader::open(folder_.path(), keys);
        ASSERT_FALSE(reader);
        EXPECT_NE(reader.error().text().find(id), std::string::npos);
    }
    EXPECT_TRUE(store::StoreReader::open(folder_.path(), keys_of("a")));
    EXPECT_FALSE(fs::exists(store::Files(folder_.path()).quarantine()));
    const auto journal = open_journal(with(folder_.path(), keys_of("a")));
    EXPECT_EQ(content(*journal), before);
}

TEST_F(Sealing, IsRefusedWithoutTheKeyEvenWhenNothingOfTheStoreCanBeRead) {
    { const auto journal = open_journal(with(folder_.path(), keys_of("a"))); }
    std::ofstream(folder_.path() / "anju.db") << std::string(20'000, 'x');
    EXPECT_NE(refusal(options_in(folder_.path())).find("no key is configured"), std::string::npos);
    EXPECT_NE(refusal(with(folder_.path(), keys_of("b"))).find("the key file holds"),
              std::string::npos);
    fs::remove(folder_.path() / "anju.db");
    EXPECT_NE(refusal(options_in(folder_.path())), "") << "nor begun anew";
}

TEST_F(Sealing, IsRefusedWithoutTheKeyWhenTheStoreIsCarriedAwayFromItsFolder) {
    { const auto journal = open_journal(with(folder_.path(), keys_of("a"))); }
    TempDir other;
    fs::copy_file(folder_.path() / "anju.db", other.path() / "anju.db");
    EXPECT_NE(refusal(options_in(other.path())).find("no key is configured"), std::string::npos);
}

TEST_F(Sealing, GoesOnUnderANewKeyAndNoLongerNeedsTheOld) {
    const std::string before = lie_open();
    { const auto journal = open_journal(with(folder_.path(), keys_of("a"))); }
    {
        const auto journal = open_journal(with(folder_.path(), keys_of("ba")));
        EXPECT_EQ(content(*journal), before);
    }
    const auto journal = open_journal(with(folder_.path(), keys_of("b")));
    EXPECT_EQ(content(*journal), before);
    EXPECT_EQ(occurrences(folder_.path()), 0U);
}

/// The rows of `table` trade what `column` holds, with their checksums made anew, as somebody would
/// who knows the program and has the disk.
void trade(const fs::path& folder, const std::string& table, const std::string& columns,
           const std::string& column, int count) {
    store::Database db({folder / "anju.db", store::Database::Mode::read_write, {}});
    db.execute(("CREATE TEMP TABLE pair AS SELECT rowid AS r, " + column + " AS v FROM " + table +
                " ORDER BY rowid LIMIT 2; UPDATE " + table + " SET " + column +
                " = (SELECT v FROM pair WHERE r <> " + table +
                ".rowid) WHERE rowid IN (SELECT r FROM pair)")
                   .c_str());
    store::Statement rows(
        db, "SELECT " + columns + ", rowid FROM " + table + " ORDER BY rowid LIMIT 2");
    std::map<std::int64_t, std::int64_t> checksums;
    while (rows.step()) {
        store::Seal seal(table);
        for (int i = 0; i + 1 < count; ++i) {
            if (rows.is_integer(i)) {
                seal.add(rows.integer(i));
            } else {
                seal.add(rows.bytes(i));
            }
        }
        checksums[rows.integer(count)] = seal.value();
    }
    rows.reset();
    for (const auto& [rowid, checksum] : checksums) {
        db.execute(("UPDATE " + table + " SET crc = " + std::to_string(checksum) +
                    " WHERE rowid = " + std::to_string(rowid))
                       .c_str());
    }
}

TEST_F(Sealing, RefusesAFieldThatWasMovedToAnotherRowAndSaysSo) {
    for (const auto& field : store::personal_fields()) {
        if (field.table == "salvaged" || field.table == "erasures") continue;  // empty here
        SCOPED_TRACE(std::string(field.table) + "." + std::string(field.name));
        TempDir folder;
        {
            const auto journal = open_journal(with(folder.path(), keys_of("a")));
            fill(*journal);
        }
        const auto table = std::ranges::find(store::tables(), field.table, &store::Table::name);
        std::string rows(table->name);
        if (field.table == "journal") {  // only what is not a reading
            store::Database db({folder.path() / "anju.db", store::Database::Mode::read_write, {}});
            EXPECT_GT(db.number("SELECT count(*) FROM journal WHERE seq % 2 = 0"), 2);
        }
        trade(folder.path(), rows, std::string(table->columns), std::string(field.name),
              table->count);
        const auto journal = open_journal(with(folder.path(), keys_of("a")));
        const Recovery found = journal->recover().value();
        std::string notes;
        for (const std::string& note : found.notes) notes += note + "\n";
        EXPECT_NE(notes.find("hold fields that were not sealed there"), std::string::npos) << notes;
        EXPECT_TRUE(found.new_epoch);
        EXPECT_EQ(occurrences(folder.path()), 0U) << "in the quarantine neither";
    }
}

TEST_F(Sealing, RefusesAFieldThatWasPutThereInTheClear) {
    {
        const auto journal = open_journal(with(folder_.path(), keys_of("a")));
        fill(*journal);
    }
    {
        store::Database db({folder_.path() / "anju.db", store::Database::Mode::read_write, {}});
        store::Statement insert(db, store::sql::insert(store::sql::notices, "notices"));
        store::write_notice(insert, {900, noon, NoticeState::waiting, "h1", "forged"});
    }
    const auto journal = open_journal(with(folder_.path(), keys_of("a")));
    const Recovery found = journal->recover().value();
    EXPECT_EQ(found.notices.size(), static_cast<std::size_t>(commits));
    for (const NoticeRow& notice : found.notices) EXPECT_NE(notice.bytes, "forged");
}

TEST_F(Sealing, SavesADamagedSealedStoreAndTheCopyStaysSealed) {
    std::string before;
    {
        const auto journal = open_journal(with(folder_.path(), keys_of("a")));
        fill(*journal);
        before = content(*journal);
    }
    update("UPDATE rejected SET at = at + 1 WHERE id = 1");
    const auto journal = open_journal(with(folder_.path(), keys_of("a")));
    const Recovery found = journal->recover().value();
    EXPECT_TRUE(found.new_epoch);
    EXPECT_EQ(found.notices.size(), static_cast<std::size_t>(commits));
    EXPECT_EQ(found.driver_state, "state of " + person);
    EXPECT_GT(found.salvaged.size(), 0U) << "sealed in another table than where it came from";
    EXPECT_TRUE(fs::exists(store::Files(folder_.path()).quarantine()));
    EXPECT_EQ(occurrences(folder_.path()), 0U);
}

TEST_F(Sealing, SealsADamagedStoreThatLayOpen) {
    lie_open();
    update("UPDATE rejected SET at = at + 1 WHERE id = 1");
    const auto journal = open_journal(with(folder_.path(), keys_of("a")));
    EXPECT_TRUE(journal->recover().value().new_epoch);
    EXPECT_EQ(occurrences(folder_.path()), 0U) << "the damaged one is gone: it named people";
}

TEST_F(Sealing, SurvivesACutAtAnyMomentOfIt) {
    const std::string before = lie_open();
    const fs::path plain = folder_.path() / "anju.db";
    std::size_t changes = 0;
    const auto seal = [&](const fs::path& folder, const std::function<void(FaultVfs&)>& at_change) {
        FaultVfs disk;
        disk.adopt(folder);
        store::Options options = with(folder, keys_of("a"));
        options.vfs = disk.name();
        disk.before_change = [&] { at_change(disk); };
        const auto journal = open_journal(options);
        disk.before_change = nullptr;
    };
    const auto fresh = [&](TempDir& into) { fs::copy_file(plain, into.path() / "anju.db"); };
    {
        TempDir whole;
        fresh(whole);
        seal(whole.path(), [&](FaultVfs&) { ++changes; });
    }
    ASSERT_GT(changes, 100U);
    std::mt19937_64 chance(7);
    std::vector<DiskImage> cuts;
    {
        TempDir lived;
        fresh(lived);
        const std::size_t each = std::max<std::size_t>(changes / 120, 1);
        std::size_t seen = 0;
        seal(lived.path(), [&](FaultVfs& disk) {
            if (seen++ % each == 0) cuts.push_back(disk.image());
        });
    }
    ASSERT_GE(cuts.size(), 100U);
    std::size_t refused = 0;
    for (std::size_t i = 0; i < cuts.size(); ++i) {
        SCOPED_TRACE("cut " + std::to_string(i));
        TempDir folder;
        cuts[i].settle(folder.path(), chance);
        if (refusal(options_in(folder.path())) != "") ++refused;
        // Once it has begun it cannot be opened without the key; before, it is as it was.
        const auto journal = open_journal(with(folder.path(), keys_of("a")));
        ASSERT_EQ(content(*journal), before);
        ASSERT_FALSE(journal->recover().value().new_epoch);
        ASSERT_EQ(occurrences(folder.path()), 0U);
    }
    EXPECT_GT(refused, cuts.size() / 2);
    EXPECT_LT(refused, cuts.size());
}

TEST_F(Sealing, TellsWhatItIsAt) {
    using store::Work;
    lie_open();
    std::vector<Work> told;
    store::Options options = with(folder_.path(), keys_of("a"));
    options.progress = [&](const store::Progress& progress) {
        EXPECT_GT(progress.file_bytes, 0U);
        if (told.empty() || told.back() != progress.work) told.push_back(progress.work);
    };
    open_journal(options).reset();
    EXPECT_EQ(told, (std::vector{Work::checking, Work::sealing, Work::rewriting}));
    told.clear();
    open_journal(options).reset();
    EXPECT_EQ(told, std::vector{Work::checking});
    told.clear();
    update("UPDATE rejected SET crc = crc + 1");
    open_journal(options).reset();
    ASSERT_GE(told.size(), 2U);
    EXPECT_EQ(told[1], Work::rebuilding);
}

}  // namespace
}  // namespace anju::test
