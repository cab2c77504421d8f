// Which fields of rtl_433's models say something that is certain.
#pragma once

#include <boost/json/object.hpp>
#include <string_view>

#include "drivers/statement.hpp"

namespace anju::drivers::rtl_433 {

/// Reads what is certain; the rest by the profile of the device or of its model.
void read_fields(const boost::json::object& said, std::string_view model, DriverState& state,
                 Statement& statement);

}  // namespace anju::drivers::rtl_433
