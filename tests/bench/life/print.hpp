// Fitted habits as the source of firmware-sim/life/twins.cpp.
#pragma once

#include <string>

#include "firmware-sim/life/habits.hpp"

namespace anju::bench {

[[nodiscard]] std::string as_source(const std::string& recording, const sim::life::Habits& habits);

}  // namespace anju::bench
