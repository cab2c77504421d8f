// What the bridges have said about their devices: who is behind a friendly name, and where a
// device's values differ from the usual. Also which help buttons are held down, so that a
// republished `sos: true` is not a second call for help.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "drivers/state.hpp"
#include "drivers/zigbee2mqtt/properties.hpp"

namespace anju::drivers::zigbee2mqtt {

struct Description {
    std::string ieee;        ///< "0x" and 16 lower-case hexadecimal digits
    std::string model = {};  ///< "vendor model"; may be empty
    /// Those that are not as their names say, settings with the name of a reading among them.
    std::vector<Property> properties = {};

    friend bool operator==(const Description&, const Description&) = default;
};

/// The devices of one bridge by friendly name.
using Devices = std::map<std::string, Description, std::less<>>;

class Directory {
public:
    explicit Directory(const DriverState::Limits& limits) : limits_(limits) {}

    /// Valid until the next replace(). nullptr: not described.
    [[nodiscard]] const Description* find(std::string_view base, std::string_view name) const;

    /// The bridge's list is complete, so it replaces what was known of this base. Devices beyond
    /// the limits are left out, last names first; returns how many.
    std::size_t replace(std::string_view base, Devices devices);

    /// A help button says whether it is pressed. True when that is a new press. A button that
    /// cannot be remembered because too many are held down counts as newly pressed.
    [[nodiscard]] bool pressed(std::string_view address, bool down);

    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] std::size_t bytes() const { return bytes_; }  ///< estimate, without the buttons
    [[nodiscard]] std::uint64_t revision() const { return revision_; }

    using Bases = std::map<std::string, Devices, std::less<>>;
    using Buttons = std::set<std::string, std::less<>>;
    [[nodiscard]] const Bases& bases() const { return bases_; }
    [[nodiscard]] const Buttons& buttons() const { return buttons_; }
    /// Puts back what a former run knew; the limits hold.
    void restore(Bases bases, Buttons buttons);

private:
    void forget(std::string_view base);

    DriverState::Limits limits_;
    Bases bases_;
    Buttons buttons_;
    std::size_t size_ = 0;
    std::size_t bytes_ = 0;
    std::uint64_t revision_ = 0;
};

}  // namespace anju::drivers::zigbee2mqtt
