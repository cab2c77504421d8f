#include "access/rights.hpp"

#include <algorithm>

namespace anju::access {
namespace {

using enum AccountRole;

struct RoleName {
    AccountRole role;
    std::string_view name;
};
constexpr RoleName role_names[] = {{worker, "worker"},
                                   {lead, "lead"},
                                   {supervisor, "supervisor"},
                                   {operator_, "operator"},
                                   {auditor, "auditor"}};

constexpr unsigned bit(AccountRole role) {
    return 1U << static_cast<unsigned>(role);
}
constexpr unsigned field = bit(worker) | bit(lead) | bit(supervisor);  // who cares for people
constexpr unsigned everybody = field | bit(operator_) | bit(auditor);

struct Row {
    Action action;
    std::string_view name;
    unsigned roles;
};
constexpr Row table[] = {
    {Action::read_alerts, "read_alerts", everybody},
    {Action::read_residents, "read_residents", everybody},
    {Action::see_people, "see_people", field},
    {Action::command_alerts, "command_alerts", field},
    {Action::command_technical_alerts, "command_technical_alerts", bit(operator_)},
    {Action::supervise_alerts, "supervise_alerts", bit(lead) | bit(supervisor)},
    {Action::do_rounds, "do_rounds", field},
    {Action::plan_rounds, "plan_rounds", bit(lead) | bit(supervisor)},
    {Action::suspend_rounds, "suspend_rounds", bit(lead) | bit(supervisor)},
    {Action::record_consent, "record_consent", bit(lead) | bit(supervisor)},
    {Action::read_reports, "read_reports", everybody},
    {Action::read_status, "read_status", bit(operator_) | bit(auditor)},
    {Action::run_box, "run_box", bit(operator_)},
    {Action::manage_accounts, "manage_accounts", bit(operator_)},
    {Action::manage_workers, "manage_workers", bit(lead)},
    {Action::read_audit, "read_audit", bit(auditor)},
    {Action::read_own_audit, "read_own_audit", bit(operator_)},
};

}  // namespace

std::string_view name(AccountRole role) {
    const auto* found = std::ranges::find(role_names, role, &RoleName::role);
    return found == std::end(role_names) ? std::string_view{} : found->name;
}

std::optional<AccountRole> parse_role(std::string_view text) {
    const auto* found = std::ranges::find(role_names, text, &RoleName::name);
    if (found == std::end(role_names)) return std::nullopt;
    return found->role;
}

std::string_view name(Action action) {
    const auto* found = std::ranges::find(table, action, &Row::action);
    return found == std::end(table) ? std::string_view{} : found->name;
}

bool allows(AccountRole role, Action action) {
    if (name(role).empty()) return false;
    const auto* found = std::ranges::find(table, action, &Row::action);
    return found != std::end(table) && (found->roles & bit(role)) != 0;
}

bool is_technical(AlertKind kind) {
    switch (kind) {
        case AlertKind::low_battery:
        case AlertKind::device_offline:
        case AlertKind::data_stale:
        case AlertKind::tamper:
        case AlertKind::mains_lost:
        case AlertKind::area_outage:
        case AlertKind::test:
        case AlertKind::channel_failed:
            return true;
        default:
            return false;
    }
}

bool is_technical(const Alert& alert) {
    return alert.drill != Drill::none || is_technical(alert.kind);
}

bool allows(AccountRole role, AlertVerb verb, const Alert& alert) {
    const bool plays = alert.drill != Drill::none && allows(role, Action::command_technical_alerts);
    switch (verb) {
        case AlertVerb::reopen:
        case AlertVerb::review:
            return allows(role, Action::supervise_alerts);
        case AlertVerb::acknowledge:
        case AlertVerb::resolve:
        case AlertVerb::close:
            if (is_technical(alert) && allows(role, Action::command_technical_alerts)) return true;
            return allows(role, Action::command_alerts);
        case AlertVerb::en_route:
        case AlertVerb::on_site:
        case AlertVerb::hand_over:
        case AlertVerb::i_am_well:
            return plays || allows(role, Action::command_alerts);
    }
    return false;
}

}  // namespace anju::access
