// anjuctl console: links, accounts and the audit, as the command line tells them.
#include <gmock/gmock.h>

#include "tests/component/control/anjuctl.hpp"

namespace anju::control {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::parse;
using testing::HasSubstr;

constexpr const char* zhang = R"({"id":"2","name":"zhang","shown":"张伟","role":"worker",
  "scope":["C1","和平路"],"worker":"W1","disabled":false,"has_password":true,"last_login":null})";

std::string link(const std::string& warnings) {
    return R"({"url":"https://box:8480/#/once/tok","until":"2026-03-02T07:10:00.000+08:00",
      "account":)" +
           std::string(zhang) + R"(,"warnings":)" + warnings + "}";
}

TEST_F(Anjuctl, ShowsTheSetupCodeAndWhereToEnterIt) {
    answer(R"({"code":"ABCD-EFGH-JKLM","url":"http://127.0.0.1:8480/#/setup"})");
    const Ran ran = run("console setup-code --as lin");
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_EQ(ran.out.find("ABCD-EFGH-JKLM\n"), 0U) << ran.out;
    EXPECT_THAT(ran.out, HasSubstr("http://127.0.0.1:8480/#/setup\n"));
    EXPECT_EQ(requests().back().method, "console.setup_code");
    EXPECT_EQ(requests().back().params, (object{{"actor", "cli:lin"}}));
}

TEST_F(Anjuctl, PrintsALoginLinkOnALineOfItsOwn) {
    answer(link("[]"));
    const Ran ran = run("console login zhang --as lin");
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_EQ(ran.out,
              "https://box:8480/#/once/tok\n"
              "zhang: this link lets in once, until 2026-03-02 07:10:00\n");
    EXPECT_EQ(requests().back().method, "console.login");
    EXPECT_EQ(requests().back().params, (object{{"name", "zhang"}, {"actor", "cli:lin"}}));
    EXPECT_THAT(run("console login zhang", "zh_CN.UTF-8").out, HasSubstr("只能用一次"));
    EXPECT_EQ(run("console login").code, 2) << "whom?";
}

TEST_F(Anjuctl, AddsAnAccountWithItsScopeAndTellsOfASlipOfThePen) {
    answer(link(R"([{"code":"unknown_scope","where":"C9"}])"));
    const Ran ran = run(
        "console accounts add zhang --role worker --scope C1 C9 --worker W1 --shown 张伟 --as lin");
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_THAT(ran.out, HasSubstr("/#/once/tok\n"));
    EXPECT_THAT(ran.out, HasSubstr("no community, street or district is 'C9'"));
    EXPECT_EQ(requests().back().method, "console.account_add");
    EXPECT_EQ(requests().back().params, (object{{"name", "zhang"},
                                                {"role", "worker"},
                                                {"scope", array{"C1", "C9"}},
                                                {"worker", "W1"},
                                                {"shown", "张伟"},
                                                {"actor", "cli:lin"}}));
    const std::size_t asked = requests().size();
    EXPECT_EQ(run("console accounts add zhang --role boss --scope C1").code, 2);
    EXPECT_EQ(run("console accounts add zhang --role worker").code, 2) << "of where?";
    EXPECT_EQ(requests().size(), asked) << "what is not understood is not sent";
}

TEST_F(Anjuctl, ListsAccountsInBothLanguages) {
    answer(R"({"accounts":[)" + std::string(zhang) + R"(,{"name":"wang","shown":"wang",
      "role":"operator","scope":["*"],"worker":null,"disabled":true,"last_login":
      "2026-03-02T07:00:00.000+08:00"}],"total":2})");
    const Ran english = run("console accounts list");
    EXPECT_EQ(english.code, 0) << english.err;
    EXPECT_EQ(english.out,
              "Account  Shown as  Role      Scope       Worker  Status    Last login\n"
              "zhang    张伟      worker    C1, 和平路  W1      in use    never\n"
              "wang     wang      operator  *                   disabled  2026-03-02 07:00:00\n");
    EXPECT_EQ(requests().back().params, object{});
    EXPECT_THAT(run("console accounts list", "zh_CN.UTF-8").out, HasSubstr("网格员"));
}

TEST_F(Anjuctl, ResetsDisablesAndEnablesAnAccount) {
    answer(link("[]"));
    EXPECT_THAT(run("console accounts reset zhang --as lin").out, HasSubstr("/#/once/tok\n"));
    EXPECT_EQ(requests().back().method, "console.account_change");
    EXPECT_EQ(requests().back().params,
              (object{{"reset", true}, {"name", "zhang"}, {"actor", "cli:lin"}}));
    EXPECT_EQ(run("console accounts enable zhang --as lin").out, "zhang is enabled\n");
    EXPECT_EQ(requests().back().params,
              (object{{"disabled", false}, {"name", "zhang"}, {"actor", "cli:lin"}}));
    EXPECT_EQ(run("console accounts disable zhang --as lin").code, 0);
    EXPECT_EQ(requests().back().params,
              (object{{"disabled", true}, {"name", "zhang"}, {"actor", "cli:lin"}}));
}

TEST_F(Anjuctl, ShowsTheAuditAndFailsWhenItsChainIsBroken) {
    const std::string rows = R"({"rows":[{"id":7,"at":"2026-03-02T07:00:00.000+08:00","account":2,
      "name":"zhang","action":"view_resident","subject":"resident:r1","detail":"",
      "peer":"10.0.0.9"}],"next":7)";
    answer(rows + R"(,"verdict":{"rows":7,"broken":null,"head":"ab12"}})");
    const Ran whole = run("console audit --limit 1 --verify --account zhang");
    EXPECT_EQ(whole.code, 0) << whole.err;
    for (const char* part : {"view_resident", "resident:r1", "10.0.0.9", "--before 7", "ab12"}) {
        EXPECT_THAT(whole.out, HasSubstr(part));
    }
    EXPECT_EQ(requests().back().method, "console.audit");
    EXPECT_EQ(requests().back().params,
              (object{{"limit", 1}, {"verify", true}, {"account", "zhang"}}));
    EXPECT_EQ(run("console audit --limit 501").code, 2);
}

TEST_F(Anjuctl, FailsWhenTheChainOfTheAuditIsBroken) {
    answer(R"({"rows":[],"next":null,"verdict":{"rows":7,"broken":3,"head":"ab12"}})");
    const Ran ran = run("console audit --verify");
    EXPECT_EQ(ran.code, 1);
    EXPECT_THAT(ran.out, HasSubstr("from row 3 on"));
    EXPECT_EQ(run("console audit --verify --json").code, 1);
}

}  // namespace
}  // namespace anju::control
