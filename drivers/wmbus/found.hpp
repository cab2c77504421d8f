// What was found in a telegram, before it becomes readings: everything optional, because what a
// meter does not say is absent and never zero.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "drivers/content.hpp"

namespace anju::drivers::wmbus {

struct Found {
    std::optional<std::int64_t> total_ml;
    std::optional<std::int64_t> reverse_ml;
    std::optional<std::int64_t> flow_mlh;
    std::optional<bool> smoke;
    bool test = false;  ///< the smoke is one of the test button
    std::optional<bool> contact_open;
    std::optional<bool> tamper;
    std::optional<bool> fault;
    std::optional<bool> battery_low;
    std::optional<std::int64_t> battery_pct;
    std::optional<std::int64_t> battery_mv;
    std::vector<Problem> problems;
    std::string device;  ///< address, where the telegram's header has it in an order of its own
};

/// As readings in a fixed order; `alive` when nothing was found.
[[nodiscard]] Measured measured(Found&& found);

}  // namespace anju::drivers::wmbus
