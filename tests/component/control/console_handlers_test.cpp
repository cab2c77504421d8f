// The console's accounts as the daemon answers for them, on a real database.
#include <gmock/gmock.h>

#include <fstream>

#include "app/anjud/console_handlers.hpp"
#include "tests/component/access/opened.hpp"
#include "tests/support/set_clock.hpp"

namespace anju {
namespace {

namespace json = boost::json;
using control::Reply;
using json::array;
using json::object;
using testing::HasSubstr;
using testing::StartsWith;

class ConsoleHandling : public testing::Test {
protected:
    ConsoleHandling() {
        config_.console.emplace();
        config_.http.emplace();
        handlers_.open(*opened_);
    }

    Reply ask(const std::string& method, object params) {
        auto reply = handlers_.answer({method, std::move(params)});
        return reply ? std::move(*reply) : Reply::failed({"no such method", method, ""});
    }
    object must(const std::string& method, object params) {
        const Reply reply = ask(method, std::move(params));
        EXPECT_TRUE(reply.ok()) << method << ": " << reply.errors.front().text();
        return reply.ok() ? reply.result.as_object() : object{};
    }
    object add(const std::string& name, const std::string& role, array scope = {"*"}) {
        return must(
            "console.account_add",
            {{"name", name}, {"role", role}, {"scope", std::move(scope)}, {"actor", "cli:lin"}});
    }
    /// Whose link it is.
    std::optional<access::AccountId> redeem(const object& said) {
        const std::string url(said.at("url").as_string());
        const std::string token = url.substr(url.rfind('/') + 1);
        return opened_->once().redeem(token, clock_.reading.wall).value();
    }
    access::AuditEntry last_entry() { return opened_->audit().page({}).value().rows.at(0).what; }

    config::Config config_;
    test::SetClock clock_;
    access::test::Opened opened_;
    Engine engine_;
    ConsoleHandlers handlers_{config_, clock_, engine_};
};

TEST_F(ConsoleHandling, SaysWhatIsMissingWhereThereIsNoConsole) {
    config::Config bare;
    ConsoleHandlers none(bare, clock_, engine_);
    const auto reply = none.answer({"console.accounts", {}});
    ASSERT_TRUE(reply && !reply->ok());
    EXPECT_THAT(reply->errors.front().remedy, HasSubstr("[console]"));
    ConsoleHandlers broken(config_, clock_, engine_);
    const auto why = broken.answer({"console.accounts", {}});
    ASSERT_TRUE(why && !why->ok());
    EXPECT_THAT(why->errors.front().where, HasSubstr("console.db"));
    EXPECT_EQ(none.answer({"status", {}}), std::nullopt) << "somebody else's";
}

TEST_F(ConsoleHandling, GivesTheSetupCodeUntilThereIsAnAccount) {
    const object said = must("console.setup_code", {{"actor", "cli:lin"}});
    EXPECT_TRUE(opened_->setup().is_code(std::string(said.at("code").as_string())));
    EXPECT_EQ(said.at("url"), "http://127.0.0.1:8480/#/setup");
    EXPECT_EQ(last_entry().action, "setup_code_shown");
    EXPECT_EQ(last_entry().name, "cli:lin");
    add("wang", "operator");
    EXPECT_FALSE(ask("console.setup_code", {{"actor", "cli:lin"}}).ok());
    EXPECT_FALSE(std::filesystem::exists(opened_->setup().file())) << "of no more use";
}

TEST_F(ConsoleHandling, AddsAnAccountWhoseInvitationIsGoodForADay) {
    const object said = add("zhang", "worker", {"C1"});
    EXPECT_EQ(said.at("account").at("name"), "zhang");
    EXPECT_EQ(said.at("account").at("must_change_password"), true);
    EXPECT_EQ(said.at("warnings"), (array{object{{"code", "unknown_scope"}, {"where", "C1"}},
                                          object{{"code", "no_worker"}, {"where", "zhang"}}}));
    EXPECT_EQ(last_entry().action, "account_added");
    EXPECT_EQ(last_entry().name, "cli:lin");
    EXPECT_EQ(last_entry().subject, "account:1");
    clock_.reading.wall += std::chrono::hours{23};
    const auto whose = redeem(said);
    ASSERT_TRUE(whose);
    EXPECT_EQ(opened_->accounts().find(*whose).value()->name, "zhang");
    EXPECT_FALSE(redeem(said)) << "once";
}

TEST_F(ConsoleHandling, RefusesAnAccountThatCannotBe) {
    add("wang", "operator");
    const std::uint64_t rows = opened_->audit().verify().value().rows;
    const object good{
        {"name", "zhang"}, {"role", "worker"}, {"scope", array{"C1"}}, {"actor", "cli:lin"}};
    const std::pair<const char*, json::value> wrong[] = {
        {"name", "wang"},    {"name", "a b"},      {"role", "boss"}, {"scope", "C1"},
        {"scope", array{1}}, {"scope", array{""}}, {"worker", 1},    {"language", "latin"}};
    for (const auto& [key, value] : wrong) {
        object params = good;
        params[key] = value;
        EXPECT_FALSE(ask("console.account_add", params).ok()) << key << " " << value;
    }
    for (const char* key : {"name", "role", "scope", "actor"}) {
        object params = good;
        params.erase(key);
        EXPECT_FALSE(ask("console.account_add", params).ok()) << "without " << key;
    }
    EXPECT_EQ(opened_->accounts().list().value().size(), 1U);
    EXPECT_EQ(opened_->audit().verify().value().rows, rows);
}

TEST_F(ConsoleHandling, LetsSomebodyInForTenMinutes) {
    add("wang", "operator");
    const object said = must("console.login", {{"name", "WANG"}, {"actor", "cli:lin"}});
    EXPECT_THAT(std::string(said.at("url").as_string()),
                StartsWith("http://127.0.0.1:8480/#/once/"));
    EXPECT_EQ(last_entry().action, "login_link");
    clock_.reading.wall += std::chrono::minutes{10};
    EXPECT_FALSE(redeem(said)) << "too late";
    EXPECT_TRUE(redeem(must("console.login", {{"name", "wang"}, {"actor", "cli:lin"}})));
    EXPECT_FALSE(ask("console.login", {{"name", "nobody"}, {"actor", "cli:lin"}}).ok());
    EXPECT_FALSE(ask("console.login", {{"name", "wang"}}).ok()) << "who says so?";
}

TEST_F(ConsoleHandling, DisablesAndEnablesAndLeavesTheLastOperator) {
    add("wang", "operator");
    const object zhang = add("zhang", "worker");
    const auto change = [&](const char* name, bool disabled) {
        return ask("console.account_change",
                   {{"name", name}, {"disabled", disabled}, {"actor", "cli:lin"}});
    };
    EXPECT_EQ(change("zhang", true).result.at("account").at("disabled"), true);
    EXPECT_EQ(last_entry().action, "account_disabled");
    EXPECT_FALSE(redeem(zhang)) << "the invitation is void";
    EXPECT_FALSE(ask("console.login", {{"name", "zhang"}, {"actor", "cli:lin"}}).ok());
    EXPECT_FALSE(
        ask("console.account_change", {{"name", "zhang"}, {"reset", true}, {"actor", "cli:lin"}})
            .ok());
    EXPECT_TRUE(change("zhang", false).ok());
    EXPECT_EQ(last_entry().action, "account_enabled");
    EXPECT_FALSE(change("wang", true).ok()) << "nobody could let anybody in";
    EXPECT_EQ(last_entry().action, "account_enabled") << "what was not done is not written down";
}

TEST_F(ConsoleHandling, ResetsAPasswordAndEndsTheSessions) {
    const auto wang = opened_.add_operator("wang");
    const auto session = opened_->sessions().begin(wang.id, "::1", clock_.reading.wall).value();
    const object said =
        must("console.account_change", {{"name", "wang"}, {"reset", true}, {"actor", "cli:lin"}});
    EXPECT_EQ(said.at("account").at("has_password"), false);
    EXPECT_FALSE(opened_->sessions().find(session.token, clock_.reading.wall).value());
    EXPECT_EQ(redeem(said), wang.id);
    const object both{{"name", "wang"}, {"reset", true}, {"disabled", false}, {"actor", "cli:lin"}};
    EXPECT_FALSE(ask("console.account_change", both).ok());
    EXPECT_FALSE(ask("console.account_change", {{"name", "wang"}, {"actor", "cli:lin"}}).ok());
}

TEST_F(ConsoleHandling, ListsAccountsAndTheAudit) {
    add("wang", "operator");
    add("zhang", "worker");
    EXPECT_EQ(must("console.accounts", {}).at("accounts").at(1).at("name"), "zhang");
    const object page = must("console.audit", {{"limit", 1}, {"verify", true}});
    EXPECT_EQ(page.at("rows").at(0).at("subject"), "account:2");
    EXPECT_EQ(page.at("next"), 2);
    EXPECT_EQ(page.at("verdict").at("rows"), 2U);
    EXPECT_TRUE(page.at("verdict").at("broken").is_null());
    EXPECT_EQ(page.at("verdict").at("head").as_string().size(), 64U);
    const object older = must("console.audit", {{"before", 2}});
    EXPECT_EQ(older.at("rows").as_array().size(), 1U);
    EXPECT_TRUE(older.at("next").is_null());
    EXPECT_EQ(must("console.audit", {{"account", "zhang"}}).at("rows"), array{});
    EXPECT_EQ(must("console.audit", {{"subject", "account:1"}}).at("rows").as_array().size(), 1U);
    EXPECT_FALSE(ask("console.audit", {{"account", "nobody"}}).ok());
    EXPECT_FALSE(ask("console.audit", {{"limit", 501}}).ok());
}

TEST(ConsoleBase, IsWhatPeopleReachTheConsoleBy) {
    config::Config config;
    config.http.emplace();
    EXPECT_EQ(console_base(config), "http://127.0.0.1:8480");
    config.http->address = "::1";
    config.http->cert_file = "cert.pem";
    EXPECT_EQ(console_base(config), "https://[::1]:8480");
    config.http->address = "0.0.0.0";
    EXPECT_EQ(console_base(config).find("0.0.0.0"), std::string::npos) << "leads nowhere";
    config.notify.base_url = "https://anju.example";
    EXPECT_EQ(console_base(config), "https://anju.example");
}

}  // namespace
}  // namespace anju
