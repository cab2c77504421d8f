// The spelling of every enumerator of care on wire, command line and screen, as names.hpp has it
// for the rest.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "core/decision.hpp"
#include "core/input.hpp"
#include "core/model/care.hpp"
#include "core/model/household.hpp"
#include "core/model/roles.hpp"

namespace anju {

[[nodiscard]] std::string_view name(Role value);
[[nodiscard]] std::string_view name(PolicyLayer value);
[[nodiscard]] std::string_view name(StepCause value);
[[nodiscard]] std::string_view name(TaskKind value);
[[nodiscard]] std::string_view name(TaskState value);
[[nodiscard]] std::string_view name(CareCause value);
[[nodiscard]] std::string_view name(Outcome value);
[[nodiscard]] std::string_view name(Shortage value);
[[nodiscard]] std::string_view name(TaskVerb value);
[[nodiscard]] std::string_view name(SummonsCause value);
[[nodiscard]] std::string_view name(ConsentState value);

[[nodiscard]] std::optional<Role> parse_role(std::string_view text);
[[nodiscard]] std::optional<TaskKind> parse_task_kind(std::string_view text);
[[nodiscard]] std::optional<TaskState> parse_task_state(std::string_view text);
[[nodiscard]] std::optional<Outcome> parse_outcome(std::string_view text);
[[nodiscard]] std::optional<TaskVerb> parse_task_verb(std::string_view text);
[[nodiscard]] std::optional<PolicyLayer> parse_policy_layer(std::string_view text);
[[nodiscard]] std::optional<ConsentState> parse_consent_state(std::string_view text);

/// All spellings in order of their numbers, for messages like "expected one of …".
[[nodiscard]] std::span<const std::string_view> role_names();
[[nodiscard]] std::span<const std::string_view> task_kind_names();
[[nodiscard]] std::span<const std::string_view> task_state_names();
[[nodiscard]] std::span<const std::string_view> outcome_names();
[[nodiscard]] std::span<const std::string_view> task_verb_names();
[[nodiscard]] std::span<const std::string_view> policy_layer_names();

}  // namespace anju
