// The parts of the three forms of messages; see huawei_iotda.hpp.
#pragma once

#include <boost/json/object.hpp>
#include <optional>

#include "drivers/cloud/report.hpp"

namespace anju::drivers::huawei_iotda {

/// By {product_id}_{node_id}; the whole is the address where there is no '_'.
[[nodiscard]] cloud::Sender sender_of(std::string device_id);

/// {"services": …} or {"devices": [{device_id, services}]}; `sender` may be nobody for the latter.
[[nodiscard]] std::optional<DecodeError> read_report(const boost::json::object& report,
                                                     const cloud::Sender& sender,
                                                     const EventTime& fallback, cloud::Report& out);
[[nodiscard]] std::optional<DecodeError> read_push(const boost::json::object& push,
                                                   cloud::Report& out);
[[nodiscard]] std::optional<DecodeError> read_ocean_push(const boost::json::object& push,
                                                         cloud::Report& out);

}  // namespace anju::drivers::huawei_iotda
