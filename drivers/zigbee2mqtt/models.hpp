// Models whose description misleads: what a property of theirs is in truth.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "drivers/zigbee2mqtt/properties.hpp"

namespace anju::drivers::zigbee2mqtt {

struct ModelException {
    std::string_view vendor;
    std::string_view model;
    std::string_view property;
    Rule rule;                ///< goes before everything that is derived from the description
    std::string_view reason;  ///< for people
};

[[nodiscard]] std::span<const ModelException> model_exceptions();

/// Vendor and model in any case of letters.
[[nodiscard]] const ModelException* find_exception(std::string_view vendor, std::string_view model,
                                                   std::string_view property);

}  // namespace anju::drivers::zigbee2mqtt
