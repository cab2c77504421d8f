// Reads what one layer says of the policy; shared by the configuration and the directory. Private
// to this module.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "config/policy.hpp"
#include "config/section.hpp"

namespace anju::config {

// Each puts what the section says over `policy`, notes `layer` as its origin, and finishes the
// section.

/// The keys of the rules; with the section "ladder" in it, too.
void read_rules(Section& section, Policy& policy, PolicyLayer layer);
void read_ladder(Section& section, Policy& policy, PolicyLayer layer);
void read_care(Section& section, Policy& policy, PolicyLayer layer);

/// Each contact has a day of its own. Said only to the layer that wrote one of the two.
void check_contacts(Section& section, unsigned visits, unsigned calls);

/// Spans such as "09:00-11:30" for contacts: in order, apart, and none of them in the night, which
/// is from 20:00 to 08:00. nullopt when the key is absent or wrong.
std::optional<std::vector<Window>> read_windows(Section& section, std::string_view key);
/// ["mon", …] as bits, bit 0 = Monday; never 0.
std::optional<std::uint8_t> read_weekdays(Section& section, std::string_view key);

}  // namespace anju::config
