#include "drivers/zigbee2mqtt/models.hpp"

#include <algorithm>
#include <iterator>

#include "drivers/zigbee2mqtt/words.hpp"

namespace anju::drivers::zigbee2mqtt {
namespace {

constexpr std::string_view one_watering = "litres of the last watering, not a register";

constexpr ModelException exceptions[] = {
    {"GIEX", "QT06_1", "water_consumed", {}, one_watering},
    {"GIEX", "QT06_2", "water_consumed", {}, one_watering},
    {"SASWELL", "SAS980SWT-7-Z01", "water_consumed", {}, one_watering},
    {"Namron",
     "4512785",
     "water_sensor",
     {ReadingKind::water_leak, Form::state},
     "the leak probe of a relay; elsewhere the name may be a setting"},
};

}  // namespace

std::span<const ModelException> model_exceptions() {
    return exceptions;
}

const ModelException* find_exception(std::string_view vendor, std::string_view model,
                                     std::string_view property) {
    const auto* at =
        std::find_if(std::begin(exceptions), std::end(exceptions), [&](const ModelException& one) {
            return one.property == property && same_word(one.vendor, vendor) &&
                   same_word(one.model, model);
        });
    return at == std::end(exceptions) ? nullptr : at;
}

}  // namespace anju::drivers::zigbee2mqtt
