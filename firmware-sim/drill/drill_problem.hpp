// Why a drill could not be played: a word for each kind, which the console has a sentence for.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace anju::sim {

enum class DrillProblem {
    other,
    scenario,  ///< it cannot be read, or not be played on this box
    box,       ///< the box said no, or was not there
    broker,    ///< the homes did not come to life: mostly the home broker refuses them
    clock,     ///< the box does not take the time
    busy,      ///< another drill is played on this box
    process,   ///< its process could not begin, or was killed
    output,    ///< it said nothing that is a score
};

/// As `problem_kind` of drill.attend.
[[nodiscard]] constexpr std::string_view name(DrillProblem problem) {
    constexpr std::array<std::string_view, 8> names{"other", "scenario", "box",     "broker",
                                                    "clock", "busy",     "process", "output"};
    return names.at(static_cast<std::size_t>(problem));
}

}  // namespace anju::sim
