#include "store/schema.hpp"

#include <gtest/gtest.h>

#include "store/meta.hpp"
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

TEST(Migrations, RefuseAStoreOfTheFutureAndLeaveItAlone) {
    TempDir folder;
    open_journal(options_in(folder.path())).reset();
    {
        Database db({folder.path() / "anju.db", Database::Mode::read_write, ""});
        db.execute(("PRAGMA user_version=" + std::to_string(schema_version() + 1)).c_str());
        Meta(db).set(key::schema, schema_version() + 1);
    }
    const auto journal = SqliteJournal::open(options_in(folder.path()), noon, 1);
    ASSERT_FALSE(journal);
    EXPECT_NE(journal.error().remedy.find("newer program"), std::string::npos);
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "quarantine"));
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
