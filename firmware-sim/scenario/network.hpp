// What can happen to a connection, and who makes it happen.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "core/model/instant.hpp"

namespace anju::sim {

enum class LinkFault : std::uint8_t {
    cut,        ///< connections are reset and new ones refused
    stall,      ///< open, and nothing passes either way
    half_open,  ///< what the gateway or the device sends arrives, no answer comes back
    slow,       ///< every byte comes late
};

[[nodiscard]] std::string_view name_of(LinkFault what);

/// [[network]]: `link` is "home" (gateway and home broker), "district" (gateway and district
/// broker), or the id of a device, whose own way to the home broker it is then.
struct NetworkSpell {
    LinkFault what{};
    std::string link;
    Duration at{};  ///< since local midnight of the first day
    Duration lasts{};
    unsigned line = 0;
};

/// Carries out what happens between the gateway and its brokers. A device's own link is the
/// simulator's to break. Called on one thread; blocks for no longer than a connection takes.
class LinkFaults {
public:
    LinkFaults() = default;
    LinkFaults(const LinkFaults&) = delete;
    LinkFaults& operator=(const LinkFaults&) = delete;
    virtual ~LinkFaults() = default;

    /// Whether it stands between the gateway and this link: "home" or "district".
    [[nodiscard]] virtual bool has(std::string_view link) const = 0;
    virtual result<void> begin(std::string_view link, LinkFault what) = 0;
    virtual result<void> heal(std::string_view link) = 0;
};

}  // namespace anju::sim
