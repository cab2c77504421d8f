// What holds here, and why: every value of a policy with what each layer says of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "config/policy.hpp"
#include "core/model/community.hpp"

namespace anju::config {

struct PolicyRow {
    std::string key;
    PolicyUnit unit{};
    std::string value;  ///< what holds
    PolicyLayer layer{};
    std::string product;                  ///< empty: the product has no such value
    std::optional<std::string> district;  ///< nullopt: says nothing of it
    std::optional<std::string> community;
    std::optional<std::string> resident;
    /// What an import would make of it now; nullopt: the same. A layer below was changed since the
    /// last import.
    std::optional<std::string> next;

    friend bool operator==(const PolicyRow&, const PolicyRow&) = default;
};

/// The rules of a home. `community`: nullptr when it has none that is registered.
[[nodiscard]] std::vector<PolicyRow> rules_view(const Household& home, const Community* community,
                                                const Policy& district);
/// The rounds of a resident.
[[nodiscard]] std::vector<PolicyRow> care_view(const CareProfile& profile,
                                               const Community* community, const Policy& district);
/// Rules and rounds of a community.
[[nodiscard]] std::vector<PolicyRow> community_view(const Community& community,
                                                    const Policy& district);

}  // namespace anju::config
