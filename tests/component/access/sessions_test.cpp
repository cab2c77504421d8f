#include "access/sessions.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <utility>

#include "tests/component/access/opened.hpp"

namespace anju::access {
namespace {

using namespace std::chrono_literals;
using test::noon;
using test::Opened;

bool found(Opened& access, const NewSession& session, Instant at) {
    return access->sessions().find(session.token, at).value().has_value();
}

TEST(Sessions, AreFoundByTheirTokenAlsoAfterARestart) {
    Opened access;
    const Account lin = access.add("lin");
    const NewSession session = access->sessions().begin(lin.id, "10.0.0.1", noon).value();
    access.again();
    const auto again = access->sessions().find(session.token, noon + 1h).value();
    ASSERT_TRUE(again);
    EXPECT_EQ(again->account, lin.id);
    EXPECT_EQ(again->peer, "10.0.0.1");
    EXPECT_EQ(again->seen, noon + 1h);
    EXPECT_FALSE(access->sessions().find("", noon).value());
    EXPECT_FALSE(access->sessions().find(std::string(43, 'A'), noon).value());
    EXPECT_FALSE(access->sessions().find(std::string(100'000, 'A'), noon).value());
}

TEST(Sessions, AreNewAtEachLogin) {
    Opened access;
    const Account lin = access.add("lin");
    const auto one = access->sessions().begin(lin.id, "", noon).value();
    const auto two = access->sessions().begin(lin.id, "", noon).value();
    EXPECT_NE(one.token, two.token);
    EXPECT_NE(one.csrf, two.csrf);
}

TEST(Sessions, LeaveNothingInTheFileThatOpensOne) {
    Opened access;
    const Account lin = access.add("lin");
    const auto session = access->sessions().begin(lin.id, "", noon).value();
    access.close();
    std::stringstream all;
    for (const auto& entry : std::filesystem::directory_iterator(access.folder())) {
        all << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    }
    EXPECT_NE(all.str().find(session.session.key), std::string::npos)
        << "looked in the wrong place";
    EXPECT_EQ(all.str().find(session.token), std::string::npos);
    EXPECT_EQ(all.str().find(session.csrf), std::string::npos);
}

TEST(Sessions, KnowTheirCsrfTokenAndNoOther) {
    Opened access;
    const Account lin = access.add("lin");
    const auto one = access->sessions().begin(lin.id, "", noon).value();
    const auto two = access->sessions().begin(lin.id, "", noon).value();
    EXPECT_TRUE(Sessions::is_csrf(one.token, one.csrf));
    EXPECT_FALSE(Sessions::is_csrf(one.token, two.csrf));
    EXPECT_FALSE(Sessions::is_csrf(one.token, one.token));
    EXPECT_FALSE(Sessions::is_csrf(one.token, ""));
}

TEST(Sessions, EndAfterAnIdleTimeAndAfterALongTimeInAnyCase) {
    Opened access({.sessions = {.idle = 12h, .longest = 30h}});
    const Account lin = access.add("lin");
    const auto idle = access->sessions().begin(lin.id, "", noon).value();
    EXPECT_TRUE(found(access, idle, noon + 12h - 1s));
    EXPECT_TRUE(found(access, idle, noon + 24h - 2s)) << "being seen did not count";
    EXPECT_FALSE(found(access, idle, noon + 36h));
    const auto busy = access->sessions().begin(lin.id, "", noon).value();
    for (auto age = 1h; age < 30h; age += 1h) EXPECT_TRUE(found(access, busy, noon + age));
    EXPECT_FALSE(found(access, busy, noon + 30h));
    EXPECT_FALSE(access->sessions().in_use(busy.session.key, noon + 30h).value());
}

TEST(Sessions, SurviveAClockThatWentBack) {
    Opened access;
    const Account lin = access.add("lin");
    const auto session = access->sessions().begin(lin.id, "", noon).value();
    EXPECT_TRUE(found(access, session, noon - 24h * 365));
    ASSERT_TRUE(access->sessions().tick(noon - 24h * 365));
    EXPECT_TRUE(found(access, session, noon + 1h));
}

TEST(Sessions, WriteOnceAMinuteWhoWasSeenAndDropWhatIsOver) {
    Opened access({.sessions = {.idle = 1h}});
    const Account lin = access.add("lin");
    const auto session = access->sessions().begin(lin.id, "", noon).value();
    const auto other = access->sessions().begin(lin.id, "", noon).value();
    const auto rows = [&] {
        return access->db().database().number("SELECT count(*) FROM sessions");
    };
    const auto on_disk = [&] {
        return access->db().database().number("SELECT max(seen) FROM sessions");
    };
    ASSERT_TRUE(access->sessions().tick(noon));
    EXPECT_TRUE(found(access, session, noon + 59s));
    ASSERT_TRUE(access->sessions().tick(noon + 59s));
    EXPECT_EQ(on_disk(), to_unix_ms(noon));
    ASSERT_TRUE(access->sessions().tick(noon + 60s));
    EXPECT_EQ(on_disk(), to_unix_ms(noon + 59s));
    EXPECT_EQ(rows(), 2);
    ASSERT_TRUE(access->sessions().tick(noon + 1h + 1s));
    EXPECT_EQ(rows(), 1) << "the idle one stays in the file";
    EXPECT_TRUE(found(access, session, noon + 1h + 1s));
    EXPECT_FALSE(found(access, other, noon + 1h + 1s));
}

TEST(Sessions, OfAnAccountAreTwentyTheOneLongestUnseenGoes) {
    Opened access;
    const Account lin = access.add("lin");
    const Account lu = access.add("lu");
    const auto of_lu = access->sessions().begin(lu.id, "", noon - 1h).value();
    std::vector<NewSession> all;
    for (int i = 0; i < 20; ++i) {
        all.push_back(access->sessions().begin(lin.id, "", noon + i * 1s).value());
    }
    EXPECT_TRUE(found(access, all[0], noon + 30s));  // seen: now the second is the oldest
    all.push_back(access->sessions().begin(lin.id, "", noon + 31s).value());
    EXPECT_TRUE(found(access, all[0], noon + 32s));
    EXPECT_FALSE(found(access, all[1], noon + 32s));
    EXPECT_EQ(access->sessions().of(lin.id).value().size(), 20U);
    EXPECT_EQ(access->sessions().of(lin.id).value().front().key, all[0].session.key);
    EXPECT_TRUE(found(access, of_lu, noon + 32s));
}

TEST(Sessions, AreBoundedInAll) {
    Opened access({.sessions = {.in_all = 5}});
    std::vector<NewSession> all;
    for (int i = 0; i < 8; ++i) {
        const Account one = access.add("w" + std::to_string(i));
        all.push_back(access->sessions().begin(one.id, "", noon + i * 1s).value());
    }
    for (int i = 0; i < 8; ++i) EXPECT_EQ(found(access, all[i], noon + 10s), i >= 3) << i;
}

TEST(Sessions, AreUsedByWhoOnlyListens) {
    Opened access({.sessions = {.idle = 1h, .longest = 5h}});
    const Account lin = access.add("lin");
    const auto watching = access->sessions().begin(lin.id, "", noon).value();
    for (auto age = 10min; age < 5h; age += 10min) {
        EXPECT_TRUE(access->sessions().in_use(watching.session.key, noon + age).value());
        ASSERT_TRUE(access->sessions().tick(noon + age));
    }
    EXPECT_FALSE(access->sessions().in_use(watching.session.key, noon + 5h).value());
}

using Endings = std::vector<std::pair<std::string, Ending>>;

TEST(Sessions, TellWhenAndWhyTheyEnd) {
    Opened access({.sessions = {.per_account = 2}});
    Endings told;
    access->db().on_ending(
        [&](const std::string& key, Ending why) { told.emplace_back(key, why); });
    const Account lin = access.add("lin");
    const auto begin = [&](int second) {
        return access->sessions().begin(lin.id, "", noon + second * 1s).value().session.key;
    };
    const auto first = begin(0);
    const auto second = begin(1);
    const auto third = begin(2);
    EXPECT_EQ(std::exchange(told, {}), (Endings{{first, Ending::crowded_out}}));
    ASSERT_TRUE(access->accounts().set_password({lin.id, test::some_hash, third}, "$other"));
    EXPECT_EQ(std::exchange(told, {}), (Endings{{second, Ending::password_changed}}));
    ASSERT_TRUE(access->sessions().end(third));
    EXPECT_EQ(std::exchange(told, {}), (Endings{{third, Ending::logged_out}}));
    const auto fourth = begin(3);
    ASSERT_TRUE(access->accounts().reset(lin.id));
    EXPECT_EQ(std::exchange(told, {}), (Endings{{fourth, Ending::account_changed}}));
    EXPECT_EQ(name(Ending::account_changed), "account_changed");
}

TEST(Sessions, EndWithAnotherRoleScopeOrWorkerButNotWithAnotherName) {
    Opened access;
    const Account lin = access.add("lin");
    Endings told;
    access->db().on_ending(
        [&](const std::string& key, Ending why) { told.emplace_back(key, why); });
    const AccountChange changes[] = {
        {.role = AccountRole::auditor}, {.scope = Scope{{"C2"}}}, {.worker = WorkerId{"W1"}}};
    for (const AccountChange& change : changes) {
        const auto session = access->sessions().begin(lin.id, "", noon).value();
        ASSERT_TRUE(access->accounts().change(lin.id, {.shown = "林", .language = {}}));
        ASSERT_TRUE(access->accounts().change(lin.id, {.disabled = false}));
        EXPECT_TRUE(found(access, session, noon));
        ASSERT_TRUE(access->accounts().change(lin.id, change));
        EXPECT_FALSE(found(access, session, noon));
        EXPECT_EQ(std::exchange(told, {}),
                  (Endings{{session.session.key, Ending::account_changed}}));
        ASSERT_TRUE(access->accounts().change(lin.id, change)) << "as it is: nothing ends";
        EXPECT_TRUE(told.empty());
    }
}

TEST(Sessions, ThatAChangeWouldHaveEndedAreToldOfOnlyWhenItWasKept) {
    Opened access;
    const Account lin = access.add("lin");
    const auto session = access->sessions().begin(lin.id, "", noon).value();
    Endings told;
    access->db().on_ending(
        [&](const std::string& key, Ending why) { told.emplace_back(key, why); });
    const auto undone = access->db().change<result<void>>("both", [&]() -> result<void> {
        EXPECT_TRUE(access->accounts().reset(lin.id));
        return Error{"no", "", ""};
    });
    EXPECT_FALSE(undone);
    ASSERT_TRUE(access->accounts().change(lin.id, {.shown = "林"}));
    EXPECT_TRUE(told.empty());
    EXPECT_TRUE(found(access, session, noon));
}

TEST(OnceTokens, LetInOnceWithinTenMinutes) {
    Opened access;
    const Account lin = access.add("lin");
    const auto token = access->once().make(lin.id, noon).value();
    EXPECT_EQ(access->once().redeem(token, noon + 10min - 1ms).value(), lin.id);
    EXPECT_FALSE(access->once().redeem(token, noon + 10min - 1ms).value());
    const auto late = access->once().make(lin.id, noon).value();
    EXPECT_FALSE(access->once().redeem(late, noon + 10min).value());
    const auto early = access->once().make(lin.id, noon).value();
    EXPECT_FALSE(access->once().redeem(early, noon - 1s).value()) << "the clock went back";
    EXPECT_FALSE(access->once().redeem("nonsense", noon).value());
}

TEST(OnceTokens, AreReplacedByTheNextOneOfTheAccount) {
    Opened access;
    const Account lin = access.add("lin");
    const Account lu = access.add("lu");
    const auto first = access->once().make(lin.id, noon).value();
    const auto of_lu = access->once().make(lu.id, noon, invitation_life).value();
    const auto second = access->once().make(lin.id, noon).value();
    EXPECT_FALSE(access->once().redeem(first, noon).value());
    EXPECT_EQ(access->once().redeem(second, noon).value(), lin.id);
    access.again();
    EXPECT_EQ(access->once().redeem(of_lu, noon + 23h).value(), lu.id);
}

}  // namespace
}  // namespace anju::access
