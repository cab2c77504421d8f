// The sentence of an alert: its evidence in words, and nothing else. No name of a person ever
// appears in it, because it leaves the home.
#pragma once

#include <string>

#include "core/model/alert.hpp"
#include "core/model/household.hpp"
#include "core/text/quantities.hpp"

namespace anju::text {

/// `home` lends the labels of its devices; one that is gone is called by its id.
[[nodiscard]] std::string sentence(Language language, const Alert& alert, const Household& home,
                                   Duration utc_offset);

}  // namespace anju::text
