// Registers one of Anju's own sensors in the directory of a running daemon, where it has not been
// heard yet and so cannot be accepted as a device that was discovered.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/anjuctl/commands.hpp"

namespace anju::ctl {

struct NewSensor {
    std::string id;
    std::string household;
    std::string kind;  ///< of the care vocabulary
    std::string label;
};

/// The [[household.device]] of a directory file.
[[nodiscard]] std::string device_lines(const NewSensor& sensor);

/// Of a directory file as residents.export writes it: the household with the sensor in it, and no
/// other. nullopt: there is no such household.
[[nodiscard]] std::optional<std::string> household_with(std::string_view directory,
                                                        const NewSensor& sensor);

/// Exports, adds, imports this household alone. Says what became of it; returns the exit code.
[[nodiscard]] int register_sensor(const Globals& globals, const NewSensor& sensor);

}  // namespace anju::ctl
