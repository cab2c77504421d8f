// What steps, endings and reasons of an update are called.
#pragma once

#include <string>
#include <string_view>

#include "app/anjuctl/text.hpp"
#include "update/plan.hpp"

namespace anju::ctl {

[[nodiscard]] std::string_view word(update::Step step, Lang lang);
[[nodiscard]] std::string_view word(update::Ending ending, Lang lang);
[[nodiscard]] std::string_view word(update::Rest why, Lang lang);

/// Of a code that update::lacks() or the plan gives: "link:home". One that is not known, by a newer
/// program, stays as it is.
[[nodiscard]] std::string reason(std::string_view why, Lang lang);
/// Of several, with commas between them, as update::noticed() gives them.
[[nodiscard]] std::string reasons(std::string_view codes, Lang lang);

}  // namespace anju::ctl
