// The report of a replay for people and for programs.
#pragma once

#include <string>

#include "app/replay/replay.hpp"

namespace anju::replay {

[[nodiscard]] std::string as_text(const Report& report);  ///< Chinese and English, some lines
[[nodiscard]] std::string as_json(const Report& report);  ///< one object

}  // namespace anju::replay
