// What a person who knows Zigbee2MQTT expects of a property, from the corpus alone: its name, its
// type, its unit and the values that the description calls on and off. Shares nothing with the
// driver, so that both being wrong in the same way takes two mistakes.
#pragma once

#include <boost/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace anju::drivers::testing {

/// One thing that a device may say, and "kind=value" for what must be made of it.
struct Statement {
    std::string property;
    boost::json::value value;
    std::string expected;      ///< empty: nothing may be made of it
    bool meter_alone = false;  ///< one of several meters: under an address of its own
};

/// All that one expose of the corpus may say, for the model that it belongs to.
[[nodiscard]] std::vector<Statement> statements_of(const boost::json::object& model,
                                                   const boost::json::object& expose);

}  // namespace anju::drivers::testing
