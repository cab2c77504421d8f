// One ordinary message of each kind, as it comes from the broker.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace anju::bench {

struct Sample {
    std::string name;
    std::string topic;
    std::string payload;
    std::string key;      ///< of the device; empty: none
    std::string profile;  ///< empty: none
};

[[nodiscard]] const std::vector<Sample>& samples();
/// A bridge's list of `count` door contacts.
[[nodiscard]] std::string description(std::size_t count);

}  // namespace anju::bench
