// Who may do what in the console, as one table. Where it may be done is scope.hpp's part; both must
// agree. Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "core/input.hpp"
#include "core/model/alert.hpp"

namespace anju::access {

/// Numbers are stored.
enum class AccountRole : std::uint8_t {
    worker = 1,      ///< 网格员: a person's alerts, residents and rounds
    lead = 2,        ///< 社区负责人: also plans the rounds and looks after the workers' accounts
    supervisor = 3,  ///< 镇街督办: reviews closings, opens again
    operator_ = 4,   ///< 运维: the box and its devices; sees people masked
    auditor = 5,     ///< 审计: reads, masked, and what was done by whom
};

inline constexpr AccountRole all_roles[] = {AccountRole::worker, AccountRole::lead,
                                            AccountRole::supervisor, AccountRole::operator_,
                                            AccountRole::auditor};

/// "worker", "lead", "supervisor", "operator", "auditor".
[[nodiscard]] std::string_view name(AccountRole role);
[[nodiscard]] std::optional<AccountRole> parse_role(std::string_view text);

enum class Action : std::uint8_t {
    read_alerts,
    read_residents,  ///< and explanations, contacts, consents
    see_people,      ///< names, addresses and numbers in full; without it masked, and no number
    command_alerts,  ///< acknowledge … i_am_well, of every kind of alert
    command_technical_alerts,  ///< acknowledge, resolve and close, of drills and devices only
    supervise_alerts,          ///< reopen, review
    do_rounds,                 ///< own tasks: accept, begin; record contacts
    plan_rounds,               ///< move, hand to, cancel, absences
    suspend_rounds,
    record_consent,
    read_reports,
    read_status,
    run_box,  ///< devices, their messages, configuration, rejected messages, drills
    manage_accounts,
    manage_workers,  ///< accounts of workers inside the own scope only
    read_audit,
    read_own_audit,
};

inline constexpr Action all_actions[] = {Action::read_alerts,
                                         Action::read_residents,
                                         Action::see_people,
                                         Action::command_alerts,
                                         Action::command_technical_alerts,
                                         Action::supervise_alerts,
                                         Action::do_rounds,
                                         Action::plan_rounds,
                                         Action::suspend_rounds,
                                         Action::record_consent,
                                         Action::read_reports,
                                         Action::read_status,
                                         Action::run_box,
                                         Action::manage_accounts,
                                         Action::manage_workers,
                                         Action::read_audit,
                                         Action::read_own_audit};

/// The spelling for the audit.
[[nodiscard]] std::string_view name(Action action);

/// Whatever is not in the table is not allowed.
[[nodiscard]] bool allows(AccountRole role, Action action);

/// A drill, a device, the mains or a channel: what says nothing of a person.
[[nodiscard]] bool is_technical(AlertKind kind);

/// The same of an alert: also every one of a home to practise with.
[[nodiscard]] bool is_technical(const Alert& alert);

/// Whether `role` may do `verb` to this alert, inside its scope. Of a drill operators do what
/// workers do, for they play them.
[[nodiscard]] bool allows(AccountRole role, AlertVerb verb, const Alert& alert);

}  // namespace anju::access
