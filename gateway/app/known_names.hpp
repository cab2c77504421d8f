// The names a configuration and a directory may hold.
#pragma once

#include <string_view>
#include <vector>

#include "drivers/catalog.hpp"

namespace anju {

[[nodiscard]] inline std::vector<std::string_view> driver_names() {
    std::vector<std::string_view> names;
    for (const drivers::Driver& driver : drivers::all_drivers()) names.push_back(driver.name);
    return names;
}

}  // namespace anju
