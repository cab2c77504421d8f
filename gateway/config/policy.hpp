// The layers of policy (一人一策): what the product says, the district may say otherwise, then the
// community, then the resident. A layer is a Policy over the one below it; the keys it said itself
// are remembered, so that every value can tell where it comes from.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/model/care_rules.hpp"
#include "core/model/household.hpp"

namespace anju::config {

struct Policy {
    Rules rules;
    CareRules care;
    /// By ascending key; keys of `care` begin with "care.". What is absent is the product's.
    std::vector<PolicyOrigin> origins;

    friend bool operator==(const Policy&, const Policy&) = default;
};

/// How a value is to be read.
enum class PolicyUnit {
    duration,   ///< "30min"
    count,      ///< "3"
    percent,    ///< "15"
    per_month,  ///< "0.3"
    span,       ///< "09:00-18:00", of a working day
    windows,    ///< "09:00-11:30, 14:30-19:00"
    names,      ///< "SH-12, door-24h"
    text,
};

[[nodiscard]] std::string_view name(PolicyUnit unit);

/// One value of a policy, for people and for files.
struct PolicyValue {
    std::string key;  ///< "alert_budget", "ladder.p2_lead", "care.visits"
    PolicyUnit unit{};
    std::string text;  ///< "30min"
    std::string toml;  ///< "\"30min\"": as in a file

    friend bool operator==(const PolicyValue&, const PolicyValue&) = default;
};

/// In the order in which they are shown; the keys of equal types are always the same.
[[nodiscard]] std::vector<PolicyValue> values_of(const Rules& rules);
[[nodiscard]] std::vector<PolicyValue> values_of(const CareRules& care);
/// Only what differs from the community's; the keys of the profile's own are "care.by_message",
/// "care.weekdays" and so on.
[[nodiscard]] std::vector<PolicyValue> values_of(const CareProfile& profile);

/// The layer of `key` among `origins`, the product when it is absent.
[[nodiscard]] PolicyLayer layer_of(const std::vector<PolicyOrigin>& origins, std::string_view key);
/// Puts `key` down as said by `layer`; `origins` stays in order.
void set_origin(std::vector<PolicyOrigin>& origins, std::string_view key, PolicyLayer layer);

/// "09:00-11:30".
[[nodiscard]] std::string format_window(Window window);
/// "mon".
[[nodiscard]] std::string_view weekday_name(int weekday);

}  // namespace anju::config
