// What a calendar says of tasks, in Chinese and in English.
#pragma once

#include "core/model/care.hpp"
#include "core/text/catalogue.hpp"

namespace anju::calendar {

[[nodiscard]] text::Wording words(TaskKind kind);
[[nodiscard]] text::Wording words(CareCause cause);
/// Of states in which there is nothing left to do, or something went wrong; empty for the others.
[[nodiscard]] text::Wording words(TaskState state);

/// Of a task that somebody else has now.
inline constexpr text::Wording handed_over{"已转交其他工作人员", "somebody else has it now"};

}  // namespace anju::calendar
