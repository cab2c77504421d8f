#include "store/schema.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "core/codec/version.hpp"
#include "store/files.hpp"
#include "store/meta.hpp"
#include "store/store_reader.hpp"
#include "tests/component/store/samples.hpp"

namespace anju::store {
namespace {

using test::noon;
using test::open_journal;
using test::options_in;
using test::TempDir;

constexpr Migration two_steps[] = {
    {1, "CREATE TABLE one(value INTEGER) STRICT; INSERT INTO one VALUES(41)"},
    {2, "ALTER TABLE one ADD COLUMN label TEXT; UPDATE one SET value = value + 1"}};

TEST(Migrations, RunInOrderAndOnlyOnce) {
    TempDir folder;
    Database db({folder.path() / "db", Database::Mode::create, ""});
    ASSERT_TRUE(migrate(db, std::span(two_steps).first(1)));
    EXPECT_EQ(db.number("PRAGMA user_version"), 1);
    ASSERT_TRUE(migrate(db, two_steps));
    ASSERT_TRUE(migrate(db, two_steps));
    EXPECT_EQ(db.number("SELECT value FROM one"), 42);
    EXPECT_EQ(db.number("PRAGMA user_version"), 2);
}

TEST(Migrations, LeaveTheLastWholeVersionWhenAStepFails) {
    TempDir folder;
    Database db({folder.path() / "db", Database::Mode::create, ""});
    constexpr Migration failing[] = {
        two_steps[0], {2, "UPDATE one SET value = 0; CREATE TABLE one(again INTEGER)"}};
    EXPECT_THROW(static_cast<void>(migrate(db, failing)), SqliteError);
    EXPECT_EQ(db.number("PRAGMA user_version"), 1);
    EXPECT_EQ(db.number("SELECT value FROM one"), 41) << "half a step was kept";
}

TEST(Migrations, AscendOneByOne) {
    int version = 0;
    for (const Migration& step : migrations()) EXPECT_EQ(step.to, ++version);
    EXPECT_EQ(schema_version(), version);
}

TEST(Migrations, SayFromWhichVersionOnProgramsUnderstandWhatTheyLeave) {
    EXPECT_EQ(readable_from(two_steps), 2) << "a step that says nothing is understood by itself";
    constexpr Migration adding[] = {two_steps[0],
                                    {2, "CREATE TABLE two(value INTEGER) STRICT", 1},
                                    {3, "CREATE TABLE three(value INTEGER) STRICT", 2}};
    EXPECT_EQ(readable_from(std::span(adding).first(2)), 1);
    EXPECT_EQ(readable_from(adding), 2) << "the strictest of all steps";
    for (const Migration& step : migrations()) EXPECT_LE(step.readable_from, step.to);
}

TEST(Migrations, SealTheVersionInTheTransactionThatMakesIt) {
    TempDir folder;
    Database db({folder.path() / "db", Database::Mode::create, ""});
    constexpr Migration sealing[] = {
        {1,
         "CREATE TABLE meta(key TEXT PRIMARY KEY, value INTEGER NOT NULL, crc INTEGER NOT NULL)"},
        {2, "CREATE TABLE two(value INTEGER) STRICT", 1},
        {3, "CREATE TABLE two(again INTEGER)"}};
    EXPECT_THROW(static_cast<void>(migrate(db, sealing)), SqliteError);
    EXPECT_EQ(Meta(db).get(key::schema), 2);
    EXPECT_EQ(Meta(db).get(key::readable_from), 1);
}

// Bytes of inputs, decisions and snapshots are a format of the store as well. Whoever raises the
// version of the codec after a release adds a step, even an empty one, so that an older program
// refuses the store instead of taking every new row for damage. Then the pair below.
TEST(Migrations, HaveAStepForEachVersionOfTheCodecThatWasReleased) {
    EXPECT_EQ(codec::newest, codec::unheard_acks) << "add a Migration, then write the pair down";
    EXPECT_GE(schema_version(), 3);
}

std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// Makes a store what a program of the next version would leave, part of it in the log only.
void write_as_the_next_version(const std::filesystem::path& file, int readable_from) {
    Database db({file, Database::Mode::read_write, ""});
    db.execute("PRAGMA wal_autocheckpoint=0");
    db.leave_wal_on_close();
    Atomic atomic(db);
    db.execute(("CREATE TABLE later(id INTEGER PRIMARY KEY, value TEXT NOT NULL) STRICT;"
                "INSERT INTO later VALUES(1, 'of the newer program');"
                "ALTER TABLE commands ADD COLUMN later INTEGER NOT NULL DEFAULT 7;"
                "PRAGMA user_version=" +
                std::to_string(schema_version() + 1))
                   .c_str());
    Meta(db).set(key::schema, schema_version() + 1);
    Meta(db).set(key::readable_from, readable_from);
    atomic.commit();
}

TEST(Downgrade, IsRefusedByAStoreThatItWouldNotUnderstandAndChangesNoByte) {
    TempDir folder;
    const auto file = folder.path() / "anju.db";
    open_journal(options_in(folder.path())).reset();
    write_as_the_next_version(file, schema_version() + 1);
    const std::string database = bytes_of(file);
    const std::string log = bytes_of(wal_of(file));
    ASSERT_FALSE(log.empty()) << "nothing is in the log, so that closing could not move it";

    const auto journal = SqliteJournal::open(options_in(folder.path()), noon, 1);
    ASSERT_FALSE(journal);
    EXPECT_NE(journal.error().what.find("newer program"), std::string::npos);
    EXPECT_NE(journal.error().remedy.find("newer program"), std::string::npos);
    const auto reader = StoreReader::open(folder.path());
    ASSERT_FALSE(reader);
    EXPECT_NE(reader.error().remedy.find("newer program"), std::string::npos);

    EXPECT_EQ(bytes_of(file), database);
    EXPECT_EQ(bytes_of(wal_of(file)), log);
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "quarantine"));
}

TEST(Downgrade, GoesOnWithAStoreThatItUnderstandsAndKeepsWhatTheNewerOneAdded) {
    TempDir folder;
    const auto file = folder.path() / "anju.db";
    const auto epoch = open_journal(options_in(folder.path()))->recover().value().epoch;
    write_as_the_next_version(file, schema_version());
    {
        const auto journal = open_journal(options_in(folder.path()));
        const Recovery found = journal->recover().value();
        EXPECT_FALSE(found.new_epoch);
        EXPECT_EQ(found.epoch, epoch);
        Transaction transaction;
        transaction.now = noon;
        transaction.inputs = {test::reading_of("H1", 1, noon)};
        transaction.answers = {
            {.id = "c1", .at = noon, .status = CommandStatus::applied, .text = "done"}};
        ASSERT_TRUE(journal->commit(transaction));
        EXPECT_TRUE(StoreReader::open(folder.path()));
    }
    EXPECT_EQ(test::inputs_of(*open_journal(options_in(folder.path()))).size(), 1U);
    Database db({file, Database::Mode::read_only, ""});
    EXPECT_EQ(db.number("PRAGMA user_version"), schema_version() + 1);
    EXPECT_EQ(Meta(db).get(key::schema), schema_version() + 1);
    EXPECT_EQ(Meta(db).get(key::readable_from), schema_version());
    EXPECT_EQ(db.number("SELECT count(*) FROM later"), 1);
    EXPECT_EQ(db.number("SELECT later FROM commands WHERE id = 'c1'"), 7);
}

TEST(Migrations, AreNotFooledByABitFlippedInTheVersion) {
    TempDir folder;
    open_journal(options_in(folder.path())).reset();
    {
        Database db({folder.path() / "anju.db", Database::Mode::read_write, ""});
        db.execute("PRAGMA user_version=513");
    }
    const auto journal = open_journal(options_in(folder.path()));
    EXPECT_TRUE(journal->recover().value().new_epoch) << "rebuilt, not refused";
}

}  // namespace
}  // namespace anju::store
