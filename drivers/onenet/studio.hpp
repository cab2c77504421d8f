// The push of OneNET Studio; see onenet.hpp.
#pragma once

#include <boost/json/object.hpp>
#include <optional>

#include "drivers/cloud/report.hpp"

namespace anju::drivers::onenet {

[[nodiscard]] bool is_studio(const boost::json::object& push);
/// Errors: no_device, message_type_unknown.
[[nodiscard]] std::optional<DecodeError> read_studio(const boost::json::object& push,
                                                     cloud::Report& report);

}  // namespace anju::drivers::onenet
