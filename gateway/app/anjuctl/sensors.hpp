// Passwords of Anju's own sensors, for whoever installs them. Needs the right to change the
// broker's files, not the daemon.
#pragma once

#include <string>

#include "app/anjuctl/commands.hpp"

namespace anju::ctl {

struct SensorChoice {
    std::string id;
    std::string root;  ///< empty: this machine
    std::string svg;   ///< the label goes there as well; empty: nowhere
    // Of add: where it is to be registered; empty: nowhere.
    std::string household;
    std::string kind;
    std::string label;
};

/// Both print the label with its password, once.
[[nodiscard]] int add_sensor(const Globals& globals, const SensorChoice& choice);
[[nodiscard]] int rotate_sensor(const Globals& globals, const SensorChoice& choice);
[[nodiscard]] int revoke_sensor(const Globals& globals, const SensorChoice& choice);
[[nodiscard]] int list_sensors(const Globals& globals, const SensorChoice& choice);

}  // namespace anju::ctl
