#include "access/accounts.hpp"

#include <gtest/gtest.h>

#include "access/password.hpp"
#include "tests/component/access/opened.hpp"

namespace anju::access {
namespace {

using namespace std::chrono_literals;
using test::noon;
using test::Opened;
using test::some_hash;

Reason reason_of(const outcome<Account>& outcome) {
    return outcome ? throw std::logic_error("it was taken") : outcome.error().reason;
}

TEST(Accounts, AreAsTheyWereSaidAfterARestart) {
    Opened access;
    const Account made = access->accounts()
                             .add({.name = "zhang.wei",
                                   .shown = "张伟",
                                   .role = AccountRole::lead,
                                   .scope = {{"C1", "沙街道"}},
                                   .worker = WorkerId{"W1"},
                                   .language = text::Language::en},
                                  some_hash, noon)
                             .value();
    access.again();
    const Account found = access->accounts().find(made.id).value().value();
    EXPECT_EQ(found.name, "zhang.wei");
    EXPECT_EQ(found.shown, "张伟");
    EXPECT_EQ(found.role, AccountRole::lead);
    EXPECT_EQ(found.scope.codes, (std::vector<std::string>{"C1", "沙街道"}));
    EXPECT_EQ(found.worker, WorkerId{"W1"});
    EXPECT_EQ(found.language, text::Language::en);
    EXPECT_EQ(found.created, noon);
    EXPECT_EQ(found.last_login, std::nullopt);
    EXPECT_FALSE(found.disabled);
    EXPECT_FALSE(found.must_change_password);
    EXPECT_TRUE(found.has_password);
    EXPECT_EQ(access->accounts().named("Zhang.Wei").value()->id, made.id);
    EXPECT_EQ(access->accounts().list().value().size(), 1U);
    EXPECT_FALSE(access->accounts().find(AccountId{99}).value());
}

TEST(Accounts, AreRefusedWithAReasonForPrograms) {
    Opened access;
    access.add("lin");
    Accounts& accounts = access->accounts();
    const auto add = [&](NewAccount account) {
        return reason_of(accounts.add(account, some_hash, noon));
    };
    EXPECT_EQ(add({.name = "LIN"}), Reason::name_taken);
    for (const char* bad : {"", "a b", "a:b", "a/b", "lin\n", "\xff", "<b>"}) {
        EXPECT_EQ(add({.name = bad}), Reason::bad_name) << bad;
    }
    EXPECT_EQ(add({.name = std::string(65, 'a')}), Reason::bad_name);
    EXPECT_EQ(add({.name = "a", .shown = std::string(65, 'a')}), Reason::bad_shown);
    EXPECT_EQ(add({.name = "a", .shown = "x\ny"}), Reason::bad_shown);
    EXPECT_EQ(add({.name = "a", .role = static_cast<AccountRole>(9)}), Reason::bad_scope);
    EXPECT_EQ(add({.name = "a", .scope = {{""}}}), Reason::bad_scope);
    EXPECT_EQ(add({.name = "a", .worker = WorkerId{std::string(65, 'a')}}), Reason::bad_worker);
    EXPECT_EQ(accounts.list().value().size(), 1U);
    EXPECT_EQ(code(Reason::name_taken), "name_taken");
}

TEST(Accounts, AreNotTheWorkerThatAnotherAccountIs) {
    Opened access;
    Accounts& accounts = access->accounts();
    const WorkerId w1{"W1"};
    const Account lin = accounts.add({.name = "lin", .worker = w1}, some_hash, noon).value();
    EXPECT_EQ(reason_of(accounts.add({.name = "lu", .worker = w1}, some_hash, noon)),
              Reason::worker_taken);
    const Account zhou = access.add("zhou");
    EXPECT_EQ(reason_of(accounts.change(zhou.id, {.worker = w1})), Reason::worker_taken);
    ASSERT_TRUE(accounts.change(lin.id, {.worker = w1, .language = text::Language::en}));
    ASSERT_TRUE(accounts.change(lin.id, {.disabled = true}));
    ASSERT_TRUE(accounts.change(zhou.id, {.worker = w1}));
    EXPECT_EQ(reason_of(accounts.change(lin.id, {.disabled = false})), Reason::worker_taken);
}

TEST(Accounts, BeginWithOneOperatorAndOnlyOnce) {
    Opened access;
    EXPECT_FALSE(access->accounts().any().value());
    const Account first = access.add_operator("admin.li");
    EXPECT_EQ(first.role, AccountRole::operator_);
    EXPECT_TRUE(first.scope.everything());
    EXPECT_TRUE(access->accounts().any().value());
    EXPECT_EQ(reason_of(access->accounts().add_first("other", some_hash, noon)), Reason::not_first);
}

TEST(Accounts, KeepOneOperatorWhoCanLetOthersIn) {
    Opened access;
    const Account first = access.add_operator("admin.li");
    Accounts& accounts = access->accounts();
    access.add("op2", AccountRole::operator_);  // of one community only
    EXPECT_EQ(reason_of(accounts.change(first.id, {.disabled = true})), Reason::last_operator);
    EXPECT_EQ(reason_of(accounts.change(first.id, {.role = AccountRole::worker})),
              Reason::last_operator);
    EXPECT_EQ(reason_of(accounts.change(first.id, {.scope = Scope{{"C1"}}})),
              Reason::last_operator);
    EXPECT_TRUE(accounts.change(first.id, {.shown = "李"}));
    const Account second = access.add("op3", AccountRole::operator_);
    ASSERT_TRUE(accounts.change(second.id, {.scope = Scope{{"*"}}}));
    EXPECT_TRUE(accounts.change(first.id, {.disabled = true}));
}

TEST(Accounts, ThatAreUnknownChangeNothing) {
    Opened access;
    Accounts& accounts = access->accounts();
    EXPECT_EQ(reason_of(accounts.change(AccountId{7}, {.disabled = true})), Reason::unknown);
    EXPECT_EQ(reason_of(accounts.reset(AccountId{7})), Reason::unknown);
    EXPECT_FALSE(accounts.set_password({AccountId{7}, "", ""}, some_hash));
    EXPECT_EQ(reason_of(accounts.logged_in(AccountId{7}, noon)), Reason::unknown);
}

TEST(Accounts, ThatAreDisabledAreOutAtOnce) {
    Opened access;
    const Account lin = access.add("lin");
    const auto session = access->sessions().begin(lin.id, "10.0.0.1", noon).value();
    const auto token = access->once().make(lin.id, noon).value();
    ASSERT_TRUE(access->accounts().change(lin.id, {.disabled = true}));
    EXPECT_FALSE(access->sessions().find(session.token, noon).value());
    EXPECT_FALSE(access->once().redeem(token, noon).value());
    EXPECT_EQ(access->accounts().login_try("lin").value().hash, nobodys_hash());
    EXPECT_EQ(reason_of(access->accounts().logged_in(lin.id, noon)), Reason::unknown);
    ASSERT_TRUE(access->accounts().change(lin.id, {.disabled = false}));
    EXPECT_FALSE(access->sessions().find(session.token, noon).value()) << "it came back";
}

TEST(Accounts, LogInWithWhatWasHashed) {
    Opened access;
    const Account lin = access.add("lin", AccountRole::worker, hash_password("kx7-haus92").value());
    const LoginTry tried = access->accounts().login_try("Lin").value();
    EXPECT_EQ(tried.account, lin.id);
    ASSERT_TRUE(verify_password(tried.hash, "kx7-haus92").value());
    EXPECT_EQ(access->accounts().logged_in(tried, noon + 5s).value().last_login, noon + 5s);
    EXPECT_EQ(access->accounts().find(lin.id).value()->last_login, noon + 5s);
}

TEST(Accounts, TellNothingOfNamesThatThereAreNot) {
    Opened access;
    access.add("invited", AccountRole::worker, "");
    for (const char* nobody : {"lin", "", "invited", "' OR 1=1 --", "\xff"}) {
        const LoginTry tried = access->accounts().login_try(nobody).value();
        EXPECT_EQ(tried.account, AccountId{}) << nobody;
        EXPECT_EQ(tried.hash, nobodys_hash()) << nobody;
        EXPECT_FALSE(access->accounts().logged_in(tried, noon)) << nobody;
    }
}

TEST(Accounts, DoNotLogInWithAPasswordThatWasChangedWhileItWasHashed) {
    Opened access;
    const Account lin = access.add("lin");
    const LoginTry tried = access->accounts().login_try("lin").value();
    const auto session = access->sessions().begin(lin.id, "", noon).value();
    ASSERT_TRUE(access->accounts().set_password({lin.id, some_hash, session.session.key},
                                                "$argon2id$other"));
    EXPECT_EQ(reason_of(access->accounts().logged_in(tried, noon)), Reason::changed);
}

TEST(Accounts, EndOtherSessionsWithAnotherPassword) {
    Opened access;
    const Account lin = access.add("lin");
    const auto here = access->sessions().begin(lin.id, "", noon).value();
    const auto lost_phone = access->sessions().begin(lin.id, "", noon).value();
    ASSERT_TRUE(
        access->accounts().set_password({lin.id, some_hash, here.session.key}, "$argon2id$other"));
    EXPECT_TRUE(access->sessions().find(here.token, noon).value());
    EXPECT_FALSE(access->sessions().find(lost_phone.token, noon).value());
}

TEST(Accounts, TakeNoPasswordOfASessionThatAResetHasEnded) {
    Opened access;
    Accounts& accounts = access->accounts();
    const Account lin = access.add("lin");
    const auto thief = access->sessions().begin(lin.id, "", noon).value();
    const PasswordTry tried = accounts.password_try(lin.id, thief.session.key).value().value();
    EXPECT_EQ(tried.hash, some_hash);
    ASSERT_TRUE(accounts.reset(lin.id));
    const auto invitation = access->once().make(lin.id, noon).value();
    const auto late = accounts.set_password(tried, "$argon2id$the thief's");
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().reason, Reason::changed);
    EXPECT_TRUE(accounts.find(lin.id).value()->must_change_password);
    EXPECT_EQ(accounts.login_try("lin").value().account, AccountId{});
    EXPECT_EQ(access->once().redeem(invitation, noon).value(), lin.id) << "the invitation is void";
}

TEST(Accounts, TakeNoPasswordOfASessionThatHasLoggedOut) {
    Opened access;
    const Account lin = access.add("lin");
    const auto session = access->sessions().begin(lin.id, "", noon).value();
    ASSERT_TRUE(access->sessions().end(session.session.key));
    EXPECT_FALSE(access->accounts().set_password({lin.id, some_hash, session.session.key},
                                                 "$argon2id$other"));
    const Account zhou = access.add("zhou");
    const auto anothers = access->sessions().begin(zhou.id, "", noon).value();
    EXPECT_FALSE(access->accounts().set_password({lin.id, some_hash, anothers.session.key},
                                                 "$argon2id$other"));
}

TEST(Accounts, ThatAreResetHaveToChooseAPasswordAgain) {
    Opened access;
    const Account lin = access.add("lin");
    const auto session = access->sessions().begin(lin.id, "", noon).value();
    const Account reset = access->accounts().reset(lin.id).value();
    EXPECT_TRUE(reset.must_change_password);
    EXPECT_FALSE(reset.has_password);
    EXPECT_FALSE(access->sessions().find(session.token, noon).value());
    EXPECT_EQ(access->accounts().login_try("lin").value().account, AccountId{});
    const auto invited = access->sessions().begin(lin.id, "", noon).value();
    ASSERT_TRUE(access->accounts().set_password({lin.id, "", invited.session.key}, some_hash));
    EXPECT_FALSE(access->accounts().find(lin.id).value()->must_change_password);
}

}  // namespace
}  // namespace anju::access
