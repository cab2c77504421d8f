// The value of one metric as JSON.
#pragma once

#include <boost/json/value.hpp>
#include <cstdint>
#include <string>
#include <variant>

#include "sparkplug_b/sparkplug_b.pb.h"

namespace anju::drivers::sparkplug {

/// Why a value cannot be read: "datatype_unknown", "datatype_mismatch", "value_out_of_range".
struct Unreadable {
    std::string code;
    std::string text;
};

/// null: the metric carries none. `datatype` as BIRTH said it, 0 where nobody did: then a whole
/// number is taken only where all types agree on it.
[[nodiscard]] std::variant<boost::json::value, Unreadable> read_value(
    const sparkplug_b::Metric& metric, std::uint32_t datatype);

}  // namespace anju::drivers::sparkplug
