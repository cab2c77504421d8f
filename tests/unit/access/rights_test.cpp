#include "access/rights.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "core/model/alert_verbs.hpp"
#include "core/model/names.hpp"

namespace anju::access {
namespace {

// w worker, l lead, s supervisor, o operator, a auditor.
const std::map<Action, std::string> written = {{Action::read_alerts, "wlsoa"},
                                               {Action::read_residents, "wlsoa"},
                                               {Action::see_people, "wls"},
                                               {Action::command_alerts, "wls"},
                                               {Action::command_technical_alerts, "o"},
                                               {Action::supervise_alerts, "ls"},
                                               {Action::do_rounds, "wls"},
                                               {Action::plan_rounds, "ls"},
                                               {Action::suspend_rounds, "ls"},
                                               {Action::record_consent, "ls"},
                                               {Action::read_reports, "wlsoa"},
                                               {Action::read_status, "oa"},
                                               {Action::run_box, "o"},
                                               {Action::manage_accounts, "o"},
                                               {Action::manage_workers, "l"},
                                               {Action::read_audit, "a"},
                                               {Action::read_own_audit, "o"}};

Alert of(AlertKind kind, Drill drill = Drill::none) {
    Alert out;
    out.kind = kind;
    out.drill = drill;
    return out;
}

TEST(Rights, AreThoseOfTheTableForEveryRoleAndAction) {
    ASSERT_EQ(written.size(), std::size(all_actions));
    for (const Action action : all_actions) {
        for (const AccountRole role : all_roles) {
            const bool allowed = written.at(action).find(name(role)[0]) != std::string::npos;
            EXPECT_EQ(allows(role, action), allowed) << name(role) << ' ' << name(action);
        }
    }
}

TEST(Rights, OfARoleOrToAnActionThatThereIsNotAreNone) {
    for (const int number : {0, 6, 31, 40, 255}) {
        for (const Action action : all_actions) {
            EXPECT_FALSE(allows(static_cast<AccountRole>(number), action)) << number;
        }
    }
    for (const AccountRole role : all_roles) {
        EXPECT_FALSE(allows(role, static_cast<Action>(200)));
        EXPECT_FALSE(allows(role, static_cast<AlertVerb>(99), of(AlertKind::test)));
    }
}

TEST(Rights, ToMoveAnAlertAreThoseOfTheTableForEveryVerbAndKind) {
    for (int number = 1; number <= static_cast<int>(AlertKind::channel_failed); ++number) {
        const auto kind = static_cast<AlertKind>(number);
        const std::string_view kind_name = anju::name(kind);
        const std::set<std::string_view> of_devices = {
            "low_battery", "device_offline", "data_stale", "tamper",
            "mains_lost",  "area_outage",    "test",       "channel_failed"};
        EXPECT_EQ(is_technical(kind), of_devices.contains(kind_name)) << kind_name;
        for (const std::string_view verb_name : alert_verb_names()) {
            const AlertVerb verb = parse_alert_verb(verb_name).value();
            const bool supervising = verb_name == "reopen" || verb_name == "review";
            const bool plain =
                verb_name == "acknowledge" || verb_name == "resolve" || verb_name == "close";
            EXPECT_EQ(allows(AccountRole::worker, verb, of(kind)), !supervising);
            EXPECT_TRUE(allows(AccountRole::lead, verb, of(kind)));
            EXPECT_TRUE(allows(AccountRole::supervisor, verb, of(kind)));
            EXPECT_EQ(allows(AccountRole::operator_, verb, of(kind)),
                      plain && of_devices.contains(kind_name))
                << verb_name << ' ' << kind_name;
            EXPECT_FALSE(allows(AccountRole::auditor, verb, of(kind)));
        }
    }
}

TEST(Rights, ToMoveAnAlertOfADrillAreTheOperatorsToo) {
    for (const Drill drill : {Drill::maintainers, Drill::staff}) {
        const Alert alert = of(AlertKind::smoke, drill);
        EXPECT_TRUE(is_technical(alert));
        for (const AlertVerb verb : {AlertVerb::acknowledge, AlertVerb::en_route,
                                     AlertVerb::on_site, AlertVerb::resolve, AlertVerb::close}) {
            EXPECT_TRUE(allows(AccountRole::operator_, verb, alert));
            EXPECT_TRUE(allows(AccountRole::worker, verb, alert));
            EXPECT_FALSE(allows(AccountRole::auditor, verb, alert));
        }
        EXPECT_FALSE(allows(AccountRole::operator_, AlertVerb::review, alert));
    }
}

TEST(Rights, AreSpelledInOneWay) {
    for (const AccountRole role : all_roles) EXPECT_EQ(parse_role(name(role)), role);
    EXPECT_EQ(parse_role("Worker"), std::nullopt);
    EXPECT_EQ(parse_role(""), std::nullopt);
    std::set<std::string_view> names;
    for (const Action action : all_actions) names.insert(name(action));
    EXPECT_EQ(names.size(), std::size(all_actions));
    EXPECT_FALSE(names.contains(""));
}

}  // namespace
}  // namespace anju::access
