// Topics of Sparkplug B (Sparkplug 3.0, chapter 4).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace anju::drivers::sparkplug {

enum class Verb { birth, data, death, ignored };

struct Topic {
    Verb verb = Verb::ignored;  ///< ignored: commands, and STATE of host applications
    std::string node;           ///< "group/edge_node"
    std::string_view device;    ///< empty: the message is the node's own

    [[nodiscard]] std::string address() const {
        return device.empty() ? node : node + "/" + std::string(device);
    }
};

/// nullopt: not a topic of the standard.
[[nodiscard]] std::optional<Topic> parse_topic(std::string_view topic);

}  // namespace anju::drivers::sparkplug
