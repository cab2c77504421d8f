// The measured points as a table for people.
#pragma once

#include <string>

#include "measure.hpp"

namespace anju::bench {

[[nodiscard]] std::string as_table(const Result& result);

}  // namespace anju::bench
