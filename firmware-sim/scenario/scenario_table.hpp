// The scenarios that are compiled into the program, from scenarios/*.toml.
#pragma once

#include <span>
#include <string_view>

namespace anju::sim {

struct EmbeddedScenario {
    std::string_view name;
    std::string_view toml;
};

/// In alphabetical order.
[[nodiscard]] std::span<const EmbeddedScenario> embedded_scenarios();

}  // namespace anju::sim
