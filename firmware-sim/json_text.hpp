// JSON as people and simple scripts like to read it: Boost.JSON writes 3.01 as 3.01E0.
#pragma once

#include <boost/json/value.hpp>
#include <string>

namespace anju::sim {

/// On one line; fractions with three decimals.
[[nodiscard]] std::string json_text(const boost::json::value& value);

}  // namespace anju::sim
