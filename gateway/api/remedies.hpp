// What to do about a message that was not understood, by the code of its problem.
#pragma once

#include <string_view>

#include "core/text/catalogue.hpp"

namespace anju::api {

/// For a code of a driver or of the runtime ("no_driver", "oversize"); for one that is not in the
/// table, whom to ask. Static storage.
[[nodiscard]] text::Wording remedy(std::string_view code);

}  // namespace anju::api
