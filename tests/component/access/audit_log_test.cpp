#include "access/audit_log.hpp"

#include <gtest/gtest.h>

#include "tests/component/access/opened.hpp"

namespace anju::access {
namespace {

using namespace std::chrono_literals;
using test::noon;
using test::Opened;

AuditEntry entry(int account, const std::string& action, const std::string& subject) {
    return {AccountId{account}, "lin", action, subject, "", "10.0.0.1"};
}

void fill(Opened& access, int rows) {
    for (int i = 0; i < rows; ++i) {
        ASSERT_TRUE(access->audit().add(
            entry(1 + i % 2, "view", "resident:R" + std::to_string(i % 3)), noon + i * 1s));
    }
}

std::vector<std::int64_t> ids(const AuditPage& page) {
    std::vector<std::int64_t> out;
    for (const AuditRow& row : page.rows) out.push_back(row.id);
    return out;
}

using Ids = std::vector<std::int64_t>;

TEST(AuditLog, ShowsTheNewestFirstInPages) {
    Opened access;
    fill(access, 7);
    AuditLog& audit = access->audit();
    const AuditPage first = audit.page({.limit = 3}).value();
    EXPECT_EQ(ids(first), (Ids{7, 6, 5}));
    ASSERT_TRUE(first.next);
    ASSERT_TRUE(audit.add(entry(1, "login", ""), noon)) << "a new row does not shift the pages";
    const AuditPage second = audit.page({.limit = 3, .before = first.next}).value();
    EXPECT_EQ(ids(second), (Ids{4, 3, 2}));
    const AuditPage last = audit.page({.limit = 3, .before = second.next}).value();
    EXPECT_EQ(ids(last), (Ids{1}));
    EXPECT_FALSE(last.next);
    EXPECT_EQ(first.rows[0].what.subject, "resident:R0");
    EXPECT_EQ(first.rows[0].at, noon + 6s);
    EXPECT_EQ(first.rows[0].what.peer, "10.0.0.1");
}

TEST(AuditLog, IsFilteredByAccountAndSubject) {
    Opened access;
    fill(access, 12);
    AuditLog& audit = access->audit();
    EXPECT_EQ(ids(audit.page({.account = AccountId{1}}).value()), (Ids{11, 9, 7, 5, 3, 1}));
    EXPECT_EQ(ids(audit.page({.subject = "resident:R0"}).value()), (Ids{10, 7, 4, 1}));
    EXPECT_EQ(ids(audit.page({.account = AccountId{1}, .subject = "resident:R0"}).value()),
              (Ids{7, 1}));
    EXPECT_TRUE(audit.page({.subject = "resident:"}).value().rows.empty());
}

TEST(AuditLog, TakesRepeatedViewsAsOneForTenMinutes) {
    Opened access;
    AuditLog& audit = access->audit();
    const auto rows = [&] { return audit.page({}).value().rows.size(); };
    ASSERT_TRUE(audit.add_view(entry(1, "view", "resident:R1"), noon));
    ASSERT_TRUE(audit.add_view(entry(1, "view", "resident:R1"), noon + 10min - 1ms));
    EXPECT_EQ(rows(), 1U);
    access.again();
    ASSERT_TRUE(access->audit().add_view(entry(1, "view", "resident:R1"), noon + 10min - 1ms));
    EXPECT_EQ(access->audit().page({}).value().rows.size(), 1U) << "forgotten by a restart";
    AuditLog& later = access->audit();
    ASSERT_TRUE(later.add_view(entry(2, "view", "resident:R1"), noon + 1s));
    ASSERT_TRUE(later.add_view(entry(1, "view", "resident:R2"), noon + 1s));
    ASSERT_TRUE(later.add_view(entry(1, "export", "resident:R1"), noon + 1s));
    EXPECT_EQ(later.page({}).value().rows.size(), 4U);
    ASSERT_TRUE(later.add_view(entry(1, "view", "resident:R1"), noon + 10min));
    ASSERT_TRUE(later.add_view(entry(1, "view", "resident:R1"), noon - 24h));
    EXPECT_EQ(later.page({}).value().rows.size(), 6U) << "a clock that went back hides views";
}

TEST(AuditLog, ShowsWhereItWasTamperedWith) {
    struct Case {
        const char* sql;
        std::int64_t broken;
    };
    const Case cases[] = {
        {"UPDATE audit SET subject = 'resident:R9' WHERE id = 5", 5},
        {"UPDATE audit SET at = at + 1 WHERE id = 5", 5},
        {"UPDATE audit SET account = 2 WHERE id = 5", 5},
        {"UPDATE audit SET action = 'vie', subject = 'wresident:R1' WHERE id = 5", 5},
        {"DELETE FROM audit WHERE id = 5", 5},
        {"DELETE FROM audit WHERE id = 1", 1},
        {"DELETE FROM audit WHERE id = 9", 9},
        {"DELETE FROM audit", 1},
        {"UPDATE audit SET id = 100 WHERE id = 9", 100},
        {"UPDATE audit SET place = 100 WHERE id = 9", 9},
        {"UPDATE audit SET passing = 1 WHERE id = 9", 1},
        {"INSERT INTO audit SELECT 10, at, account, name, action, subject, detail, peer, hash, "
         "passing, 10, sought FROM audit WHERE id = 9",
         10},
        {"UPDATE audit SET sought = 'resident:R9' WHERE id = 5", 5},
        {"UPDATE audit SET hash = zeroblob(32) WHERE id = 9", 9}};
    for (const Case& one : cases) {
        Opened access;
        fill(access, 9);
        const AuditVerdict before = access->audit().verify().value();
        EXPECT_EQ(before.rows, 9U);
        EXPECT_EQ(before.broken, std::nullopt);
        EXPECT_EQ(before.head.size(), 32U);
        access->db().database().execute(one.sql);
        EXPECT_EQ(access->audit().verify().value().broken, one.broken) << one.sql;
    }
}

TEST(AuditLog, IsBoundedAndStillWholeAfterACut) {
    Opened access({.audit = {.most_rows = 5}});
    fill(access, 12);
    EXPECT_EQ(ids(access->audit().page({}).value()), (Ids{12, 11, 10, 9, 8}));
    EXPECT_EQ(access->audit().verify().value().broken, std::nullopt);
    access->db().database().execute("DELETE FROM audit WHERE id = 8");
    EXPECT_EQ(access->audit().verify().value().broken, 8) << "a cut by somebody else";
}

TEST(AuditLog, LosesNoChangeForAnyNumberOfLooks) {
    Opened access({.audit = {.most_rows = 40}});
    AuditLog& audit = access->audit();
    AuditEntry look = entry(2, "refused", "/api/v1/audit");
    look.passing = true;
    for (int i = 0; i < 300; ++i) {
        if (i % 30 == 0) {
            ASSERT_TRUE(audit.add(entry(1, "account_changed", "account:7"), noon + i * 1s));
        }
        ASSERT_TRUE(audit.add(look, noon + i * 1s));
    }
    EXPECT_EQ(audit.page({.limit = 500, .account = AccountId{1}}).value().rows.size(), 10U);
    EXPECT_EQ(audit.page({.limit = 500}).value().rows.size(), 40U);
    EXPECT_EQ(audit.verify().value().broken, std::nullopt);
    // Changes are bounded too: of looks a quarter stays.
    for (int i = 0; i < 300; ++i) {
        ASSERT_TRUE(audit.add(entry(1, "account_changed", "account:7"), noon + 600s + i * 1s));
    }
    EXPECT_EQ(audit.page({.limit = 500, .account = AccountId{1}}).value().rows.size(), 30U);
    EXPECT_EQ(audit.page({.limit = 500, .account = AccountId{2}}).value().rows.size(), 10U);
    const AuditVerdict whole = audit.verify().value();
    EXPECT_EQ(whole.broken, std::nullopt);
    EXPECT_EQ(whole.rows, 40U);
}

TEST(AuditLog, OfTheFirstVersionGoesOnAsItWasSealed) {
    Opened access;
    fill(access, 9);
    access->db().database().execute(
        "DROP INDEX audit_by_sought; ALTER TABLE audit DROP COLUMN sought; "
        "CREATE INDEX audit_by_subject ON audit(subject, id); "
        "DROP INDEX audit_by_place; ALTER TABLE audit DROP COLUMN place; "
        "ALTER TABLE audit DROP COLUMN passing; PRAGMA user_version=1");
    access.again();
    AuditLog& audit = access->audit();
    EXPECT_EQ(audit.verify().value().broken, std::nullopt);
    EXPECT_EQ(audit.verify().value().rows, 9U);
    EXPECT_EQ(audit.page({.subject = "resident:R1"}).value().rows.size(), 3U);
    ASSERT_TRUE(audit.add_view(entry(1, "view", "resident:R7"), noon + 1h));
    ASSERT_TRUE(audit.add(entry(1, "close", "alert:H1-1"), noon + 1h));
    EXPECT_EQ(ids(audit.page({.limit = 3}).value()), (Ids{11, 10, 9}));
    EXPECT_EQ(audit.verify().value().broken, std::nullopt);
    access->db().database().execute("DELETE FROM audit WHERE id = 4");
    EXPECT_EQ(audit.verify().value().broken, 4);
}

TEST(AuditLog, IsBoundedInBytesAndStillWholeAndSaysWhatWentForIt) {
    constexpr std::uint64_t most = 2'000'000;
    Opened access({.audit = {.most_bytes = most, .least_rows = 100}});
    AuditLog& audit = access->audit();
    AuditEntry large = entry(1, "view", "resident:R1");
    large.detail = std::string(1024, 'x');
    const auto filled = access->db().change<result<void>>("fill", [&]() -> result<void> {
        for (int i = 0; i < 4000; ++i) {
            large.subject = "resident:R" + std::to_string(i);
            if (const auto added = audit.add(large, noon); !added) return added;
        }
        return {};
    });
    ASSERT_TRUE(filled);
    const auto figures = audit.figures().value();
    EXPECT_EQ(figures.rows + figures.removed, 4000U);
    EXPECT_GT(figures.removed, 1000U);
    EXPECT_GT(figures.rows, 1000U) << "more went than had to";
    store::Database& db = access->db().database();
    EXPECT_LT(db.number("PRAGMA page_count") * db.number("PRAGMA page_size"),
              static_cast<std::int64_t>(most + most / 10));
    EXPECT_EQ(audit.verify().value().broken, std::nullopt);
    EXPECT_EQ(audit.page({}).value().rows.at(0).id, 4000) << "the newest stay";
    EXPECT_GT(access->db().bytes(), 0U);
}

TEST(AuditLog, KeepsItsNewestRowsWhateverElseFillsTheDatabase) {
    Opened access({.audit = {.most_bytes = 1, .least_rows = 5}});
    fill(access, 12);
    EXPECT_EQ(ids(access->audit().page({}).value()), (Ids{12, 11, 10, 9, 8}));
    EXPECT_EQ(access->audit().verify().value().broken, std::nullopt);
}

TEST(AuditLog, ForgetsWhatIsOldButNotWhatFollows) {
    Opened access({.audit = {.keep = 24h}});
    AuditLog& audit = access->audit();
    ASSERT_TRUE(audit.add(entry(1, "a", ""), noon));
    ASSERT_TRUE(audit.add(entry(1, "b", ""), noon + 1h));
    ASSERT_TRUE(audit.add(entry(1, "c", ""), noon + 30h));
    ASSERT_TRUE(audit.add(entry(1, "d", ""), noon)) << "while the clock was wrong";
    EXPECT_EQ(audit.prune(noon + 24h).value(), 0U);
    EXPECT_EQ(audit.prune(noon + 26h).value(), 2U);
    EXPECT_EQ(ids(audit.page({}).value()), (Ids{4, 3}));
    EXPECT_EQ(audit.verify().value().broken, std::nullopt);
    EXPECT_EQ(audit.prune(noon + 100h).value(), 2U);
    ASSERT_TRUE(audit.add(entry(1, "e", ""), noon + 100h));
    EXPECT_EQ(ids(audit.page({}).value()), (Ids{5})) << "ids are not used twice";
    EXPECT_EQ(audit.verify().value().broken, std::nullopt);
}

TEST(AuditLog, CutsTextsThatAreTooLong) {
    Opened access;
    AuditEntry long_one = entry(1, std::string(500, 'a'), std::string(500, 'b'));
    long_one.detail = std::string(1023, 'c') + "社";
    long_one.name = "x\ny\xff";
    ASSERT_TRUE(access->audit().add(long_one, noon));
    const AuditRow row = access->audit().page({}).value().rows.front();
    EXPECT_EQ(row.what.action.size(), 64U);
    EXPECT_EQ(row.what.subject.size(), 128U);
    EXPECT_EQ(row.what.detail, std::string(1023, 'c'));
    EXPECT_EQ(row.what.name, "x?y?");
    EXPECT_EQ(access->audit().verify().value().broken, std::nullopt);
}

TEST(AuditLog, IsKeptWithTheChangeItSpeaksOfOrNotAtAll) {
    Opened access;
    const Account lin = access.add("lin");
    const auto both = [&](bool fails) {
        return access->db().change<result<void>>("both", [&]() -> result<void> {
            const auto changed = access->accounts().change(lin.id, {.shown = "林"});
            if (!changed) return changed.error().error;
            if (auto added = access->audit().add(entry(1, "account", "account:1"), noon); !added) {
                return added;
            }
            if (fails) return Error{"no", "", ""};
            return {};
        });
    };
    EXPECT_FALSE(both(true));
    EXPECT_EQ(access->accounts().find(lin.id).value()->shown, "lin");
    EXPECT_TRUE(access->audit().page({}).value().rows.empty());
    EXPECT_TRUE(both(false));
    EXPECT_EQ(access->accounts().find(lin.id).value()->shown, "林");
    EXPECT_EQ(access->audit().page({}).value().rows.size(), 1U);
}

}  // namespace
}  // namespace anju::access
