#include "access/console_db.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "store/meta.hpp"
#include "tests/component/access/opened.hpp"
#include "tests/support/fault_vfs.hpp"

namespace anju::access {
namespace {

using namespace std::chrono_literals;
using test::noon;
using test::Opened;
using test::some_hash;

bool noted(Opened& access, std::string_view what) {
    for (const std::string& note : access->notes()) {
        if (note.find(what) != std::string::npos) return true;
    }
    return false;
}

/// What a damaged file has to lead to: begun anew, the old one kept, and said.
void expect_begun_anew(Opened& access) {
    EXPECT_FALSE(access->accounts().any().value());
    EXPECT_TRUE(noted(access, "damaged"));
    EXPECT_TRUE(noted(access, "setup code"));
    EXPECT_TRUE(std::filesystem::exists(access.folder() / "console-setup.code"));
    const auto quarantine = access.folder() / "quarantine";
    ASSERT_TRUE(std::filesystem::exists(quarantine));
    bool kept = false;
    for (const auto& entry : std::filesystem::directory_iterator(quarantine)) {
        kept = kept || std::filesystem::exists(entry.path() / "console.db");
    }
    EXPECT_TRUE(kept);
    EXPECT_TRUE(access->finish_setup("admin.li", some_hash, "", noon));
}

TEST(ConsoleDb, IsForTheGatewayOnly) {
    Opened access;
    struct stat info{};
    ASSERT_EQ(::stat(access.file().c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777U, 0600U);
    EXPECT_TRUE(access->notes().empty());
}

TEST(ConsoleDb, HasTheSameEpochUntilItIsBegunAnew) {
    Opened access;
    const std::int64_t first = access->db().epoch();
    access.again();
    EXPECT_EQ(access->db().epoch(), first) << "a restart makes everybody somebody else";
    access.close();
    std::ofstream(access.file(), std::ios::trunc) << std::string(20'000, 'x');
    access.again();
    EXPECT_NE(access->db().epoch(), first);
    Opened another;
    EXPECT_NE(another->db().epoch(), first);
}

TEST(ConsoleDb, BeginsAnewWhenTheFileIsNoDatabase) {
    Opened access;
    access.add_operator("admin.li");
    access.close();
    std::ofstream(access.file(), std::ios::trunc) << std::string(20'000, 'x');
    access.again();
    expect_begun_anew(access);
}

TEST(ConsoleDb, BeginsAnewWhenSomebodyTurnedAWorkerIntoAnOperator) {
    Opened access;
    access.add_operator("admin.li");
    access.add("lin");
    access->db().database().execute("UPDATE accounts SET role = 4 WHERE name = 'lin'");
    EXPECT_FALSE(access->accounts().named("lin")) << "the row was believed";
    EXPECT_FALSE(access->accounts().login_try("lin"));
    access.again();
    expect_begun_anew(access);
}

TEST(ConsoleDb, BeginsAnewWhenATableIsMissing) {
    Opened access;
    access.add_operator("admin.li");
    access->db().database().execute("DROP TABLE sessions");
    access.again();
    expect_begun_anew(access);
}

TEST(ConsoleDb, TakesAFlippedVersionForDamage) {
    Opened access;
    access->db().database().execute("PRAGMA user_version = 99");
    access.again();
    EXPECT_TRUE(noted(access, "damaged"));
}

TEST(ConsoleDb, SaysWhenTheFolderIsNotThere) {
    const auto refused = ConsoleDb::open({"/nonexistent/anju"}, noon);
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().where.find("console.db"), std::string::npos);
}

TEST(ConsoleDb, ChangesNothingWhenTheDiskDoesNotTakeACommit) {
    anju::test::FaultVfs disk;
    Opened access({.vfs = disk.name()});
    const Account boss = access.add_operator("admin.li");
    const Account lin = access.add("lin");
    const auto session = access->sessions().begin(lin.id, "", noon).value();
    const auto token = access->once().make(lin.id, noon).value();
    ASSERT_TRUE(access->audit().add({.name = "lin", .action = "login"}, noon));
    const AuditVerdict before = access->audit().verify().value();

    for (bool* const fault : {&disk.fail_writes, &disk.fail_syncs}) {
        EXPECT_TRUE(access->sessions().find(session.token, noon + 1s).value());
        *fault = true;
        Accounts& accounts = access->accounts();
        EXPECT_FALSE(accounts.add({.name = "lu"}, some_hash, noon));
        const auto changed = accounts.change(lin.id, {.disabled = true});
        ASSERT_FALSE(changed);
        EXPECT_EQ(changed.error().reason, Reason::failed);
        EXPECT_FALSE(changed.error().error.what.empty());
        EXPECT_FALSE(
            accounts.set_password({lin.id, some_hash, session.session.key}, "$argon2id$other"));
        EXPECT_FALSE(accounts.reset(lin.id));
        EXPECT_FALSE(access->sessions().begin(lin.id, "", noon));
        EXPECT_FALSE(access->sessions().end(session.session.key));
        EXPECT_FALSE(access->once().redeem(token, noon));
        EXPECT_FALSE(access->audit().add({.name = "lin", .action = "logout"}, noon));
        EXPECT_FALSE(access->sessions().tick(noon));
        *fault = false;

        EXPECT_FALSE(accounts.named("lu").value());
        EXPECT_FALSE(accounts.find(lin.id).value()->disabled);
        EXPECT_EQ(accounts.login_try("lin").value().hash, some_hash);
        EXPECT_TRUE(access->sessions().find(session.token, noon).value());
        EXPECT_EQ(access->sessions().of(lin.id).value().size(), 1U);
        EXPECT_EQ(access->audit().verify().value().head, before.head);
    }
    EXPECT_EQ(access->once().redeem(token, noon).value(), lin.id);
    EXPECT_TRUE(access->accounts().change(lin.id, {.disabled = true})) << "it stays broken";
    EXPECT_TRUE(access->sessions().tick(noon));
    EXPECT_EQ(access->audit().verify().value().broken, std::nullopt);
    access.again();
    EXPECT_TRUE(access->accounts().find(lin.id).value()->disabled);
    EXPECT_FALSE(access->accounts().find(boss.id).value()->disabled);
}

TEST(ConsoleDb, UndoesAllWhenAnInnerCallFailsAndTheOuterOneDoesNotCare) {
    Opened access;
    const auto all = access->db().change<result<void>>("all", [&]() -> result<void> {
        access.add("lin");
        static_cast<void>(access->accounts().add({.name = "no name"}, some_hash, noon));
        return {};
    });
    EXPECT_FALSE(all);
    EXPECT_FALSE(access->accounts().any().value());
    EXPECT_NO_THROW(access.add("lin"));
}

TEST(ConsoleDb, DoesNotGrowItsLogWithoutBound) {
    Opened access;
    const std::string detail(1000, 'x');
    for (int i = 0; i < 400; ++i) {
        ASSERT_TRUE(access->db().change<result<void>>("ten", [&]() -> result<void> {
            result<void> out;
            for (int row = 0; row < 10 && out; ++row) {
                out = access->audit().add({.name = "lin", .action = "a", .detail = detail}, noon);
            }
            return out;
        }));
    }
    EXPECT_LT(std::filesystem::file_size(access.file().string() + "-wal"), 8'000'000U);
}

}  // namespace
}  // namespace anju::access
