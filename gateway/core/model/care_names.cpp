// One table per enumeration; the spelling of number n stands at index n - 1 (ConsentState: n).
#include "core/model/care_names.hpp"

#include <array>
#include <cstddef>
#include <type_traits>

namespace anju {
namespace {

using Table = std::span<const std::string_view>;

constexpr std::array<std::string_view, 10> roles{
    "resident",       "emergency_contact", "neighbour",       "grid_worker", "second_worker",
    "community_lead", "street_centre",     "district_centre", "maintainer",  "owner"};
constexpr std::array<std::string_view, 4> policy_layers{"product", "district", "community",
                                                        "resident"};
constexpr std::array<std::string_view, 16> step_causes{
    "raised",     "again",      "another",   "more_urgent", "evidence",     "recovered",
    "unanswered", "not_moving", "overdue",   "no_answer",   "sign_of_life", "person",
    "merged",     "removed",    "suspended", "aged"};
constexpr std::array<std::string_view, 6> task_kinds{
    "home_visit", "phone_call", "extra_contact", "return_check", "device_check", "contact_call"};
constexpr std::array<std::string_view, 10> task_states{
    "planned",   "assigned", "accepted",    "in_progress", "completed",
    "unreached", "missed",   "substituted", "cancelled",   "excused"};
constexpr std::array<std::string_view, 11> care_causes{
    "plan",     "replan",  "recorded",  "retry",     "alert", "suspension",
    "returned", "absence", "day_ended", "directory", "person"};
constexpr std::array<std::string_view, 5> outcomes{"well", "needs_help", "unreached", "refused",
                                                   "by_other"};
constexpr std::array<std::string_view, 8> shortages{
    "capacity", "no_worker", "no_duty", "preference", "gap", "too_late", "calendar", "worker_cap"};
constexpr std::array<std::string_view, 5> task_verbs{"accept", "begin", "hand_to", "move",
                                                     "cancel"};
constexpr std::array<std::string_view, 9> summons_causes{"told",       "ask_resident", "unanswered",
                                                         "not_moving", "ask_119",      "overdue",
                                                         "again",      "stood_down",   "review"};
constexpr std::array<std::string_view, 4> consent_states{"unrecorded", "given", "refused",
                                                         "withdrawn"};

template <class Enum>
std::string_view spelling(Table table, Enum value) {
    const auto number = static_cast<std::size_t>(static_cast<std::underlying_type_t<Enum>>(value));
    return number >= 1 && number <= table.size() ? table[number - 1] : std::string_view{};
}

template <class Enum>
std::optional<Enum> parse(Table table, std::string_view text) {
    for (std::size_t i = 0; i < table.size(); ++i) {
        if (table[i] == text) return static_cast<Enum>(i + 1);
    }
    return std::nullopt;
}

}  // namespace

std::string_view name(Role value) {
    return spelling(roles, value);
}
std::string_view name(PolicyLayer value) {
    return spelling(policy_layers, value);
}
std::string_view name(StepCause value) {
    return spelling(step_causes, value);
}
std::string_view name(TaskKind value) {
    return spelling(task_kinds, value);
}
std::string_view name(TaskState value) {
    return spelling(task_states, value);
}
std::string_view name(CareCause value) {
    return spelling(care_causes, value);
}
std::string_view name(Outcome value) {
    return spelling(outcomes, value);
}
std::string_view name(Shortage value) {
    return spelling(shortages, value);
}
std::string_view name(TaskVerb value) {
    return spelling(task_verbs, value);
}
std::string_view name(SummonsCause value) {
    return spelling(summons_causes, value);
}
std::string_view name(ConsentState value) {
    const auto number = static_cast<std::size_t>(value);
    return number < consent_states.size() ? consent_states[number] : std::string_view{};
}

std::optional<Role> parse_role(std::string_view text) {
    return parse<Role>(roles, text);
}
std::optional<TaskKind> parse_task_kind(std::string_view text) {
    return parse<TaskKind>(task_kinds, text);
}
std::optional<TaskState> parse_task_state(std::string_view text) {
    return parse<TaskState>(task_states, text);
}
std::optional<Outcome> parse_outcome(std::string_view text) {
    return parse<Outcome>(outcomes, text);
}
std::optional<TaskVerb> parse_task_verb(std::string_view text) {
    return parse<TaskVerb>(task_verbs, text);
}
std::optional<PolicyLayer> parse_policy_layer(std::string_view text) {
    return parse<PolicyLayer>(policy_layers, text);
}
std::optional<ConsentState> parse_consent_state(std::string_view text) {
    for (std::size_t i = 0; i < consent_states.size(); ++i) {
        if (consent_states[i] == text) return static_cast<ConsentState>(i);
    }
    return std::nullopt;
}

std::span<const std::string_view> role_names() {
    return roles;
}
std::span<const std::string_view> task_kind_names() {
    return task_kinds;
}
std::span<const std::string_view> task_state_names() {
    return task_states;
}
std::span<const std::string_view> outcome_names() {
    return outcomes;
}
std::span<const std::string_view> task_verb_names() {
    return task_verbs;
}
std::span<const std::string_view> policy_layer_names() {
    return policy_layers;
}

}  // namespace anju
