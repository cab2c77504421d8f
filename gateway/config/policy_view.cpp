// See policy_view.hpp.
#include "config/policy_view.hpp"

#include <algorithm>

namespace anju::config {
namespace {

using Values = std::vector<PolicyValue>;

/// The values of the three lower layers, side by side: equal keys in equal places.
struct Lower {
    Values product;
    Values district;
    Values community;  ///< empty: there is none
    const std::vector<PolicyOrigin>* said_by_district;
    const std::vector<PolicyOrigin>* said_by_community;

    /// Row `i`, up to the community. `value` and `layer` are what an import would give.
    [[nodiscard]] PolicyRow row(std::size_t i) const {
        PolicyRow out;
        out.key = product[i].key;
        out.unit = product[i].unit;
        out.product = product[i].text;
        out.value = out.product;
        out.layer = PolicyLayer::product;
        if (layer_of(*said_by_district, out.key) == PolicyLayer::district) {
            out.district = out.value = district[i].text;
            out.layer = PolicyLayer::district;
        }
        if (!community.empty() && layer_of(*said_by_community, out.key) == PolicyLayer::community) {
            out.community = out.value = community[i].text;
            out.layer = PolicyLayer::community;
        }
        return out;
    }
};

/// `row` with what holds, which may have been said under layers that have changed since.
void settle(PolicyRow& row, const std::string& holds, PolicyLayer layer) {
    if (row.value != holds) row.next = row.value;
    row.value = holds;
    row.layer = layer;
}

Lower lower_rules(const Community* community, const Policy& district) {
    return {values_of(Rules{}), values_of(district.rules),
            community != nullptr ? values_of(community->rules) : Values{}, &district.origins,
            community != nullptr ? &community->origins : nullptr};
}

Lower lower_care(const Community* community, const Policy& district) {
    return {values_of(CareRules{}), values_of(district.care),
            community != nullptr ? values_of(community->care) : Values{}, &district.origins,
            community != nullptr ? &community->origins : nullptr};
}

void append_community(const Lower& lower, const Values& holds,
                      const std::vector<PolicyOrigin>& origins, std::vector<PolicyRow>& out) {
    for (std::size_t i = 0; i < holds.size(); ++i) {
        PolicyRow row = lower.row(i);
        settle(row, holds[i].text, layer_of(origins, row.key));
        out.push_back(std::move(row));
    }
}

}  // namespace

std::vector<PolicyRow> rules_view(const Household& home, const Community* community,
                                  const Policy& district) {
    const Lower lower = lower_rules(community, district);
    const Values holds = values_of(home.rules);
    std::vector<PolicyRow> out;
    for (std::size_t i = 0; i < holds.size(); ++i) {
        PolicyRow row = lower.row(i);
        const PolicyLayer layer = layer_of(home.origins, row.key);
        if (layer == PolicyLayer::resident) row.resident = row.value = holds[i].text;
        settle(row, holds[i].text, layer);
        out.push_back(std::move(row));
    }
    return out;
}

std::vector<PolicyRow> care_view(const CareProfile& profile, const Community* community,
                                 const Policy& district) {
    const Lower lower = lower_care(community, district);
    const Values holds = lower.community.empty() ? lower.district : lower.community;
    const auto& origins =
        lower.said_by_community != nullptr ? *lower.said_by_community : district.origins;
    std::vector<PolicyRow> out;
    append_community(lower, holds, origins, out);
    for (const PolicyValue& own : values_of(profile)) {
        const auto found = std::ranges::find(out, own.key, &PolicyRow::key);
        PolicyRow& row = found != out.end() ? *found : out.emplace_back();
        row.key = own.key;
        row.unit = own.unit;
        row.resident = row.value = own.text;
        row.layer = PolicyLayer::resident;
        row.next.reset();
    }
    return out;
}

std::vector<PolicyRow> community_view(const Community& community, const Policy& district) {
    std::vector<PolicyRow> out;
    append_community(lower_rules(&community, district), values_of(community.rules),
                     community.origins, out);
    append_community(lower_care(&community, district), values_of(community.care), community.origins,
                     out);
    return out;
}

}  // namespace anju::config
