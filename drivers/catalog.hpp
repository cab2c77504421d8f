// All drivers in one table, and which topics of this gateway go to which of them.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "drivers/driver.hpp"
#include "drivers/state.hpp"

namespace anju::drivers {

/// The whole registry.
[[nodiscard]] std::span<const Driver> all_drivers();

/// By Device::driver; nullptr: no such driver.
[[nodiscard]] const Driver* find_driver_by_name(std::string_view name);

/// One subscription of this gateway and what decodes it. Lives as long as its Catalog.
struct Route {
    const Driver* driver = nullptr;
    std::string filter;          ///< to subscribe to
    std::string base;            ///< empty for drivers without one
    std::string address_prefix;  ///< see Message::address_prefix

    /// Views into the arguments and into this Route.
    [[nodiscard]] Message message(std::string_view topic, std::string_view payload,
                                  bool retained) const {
        return {topic, payload, retained, base, address_prefix};
    }
    [[nodiscard]] std::size_t max_payload(std::string_view topic) const;
    [[nodiscard]] DecodeResult decode(std::string_view topic, std::string_view payload,
                                      bool retained, DriverState& state) const;
};

/// Immutable after construction; any thread.
class Catalog {
public:
    struct Options {
        /// Topic prefixes of Zigbee2MQTT instances, none empty and without wildcards (broken
        /// contract: std::invalid_argument). Friendly names are unique within one instance only:
        /// with several, devices of the first are addressed as "{friendly_name}", those of the
        /// others as "{base}/{friendly_name}". IEEE addresses need no such care.
        std::vector<std::string> zigbee2mqtt_bases{"zigbee2mqtt"};
        /// Drivers that are switched on, by name, and the MQTT filters that each listens to; none:
        /// the driver's own. Those that are on by default need no entry.
        std::map<std::string, std::vector<std::string>, std::less<>> topics{};
    };

    /// Every driver there is, on its own topics: for tools and tests.
    [[nodiscard]] static Options everything();

    Catalog();
    explicit Catalog(const Options& options);

    /// Where filters overlap, find() takes the one that begins most specifically.
    [[nodiscard]] std::span<const Route> routes() const { return routes_; }
    /// The most specific route whose filter takes `topic`; nullptr: nobody's message.
    [[nodiscard]] const Route* find(std::string_view topic) const;
    [[nodiscard]] const Driver* find_driver(std::string_view topic) const;

private:
    void add(const Driver& driver, std::string_view filter, const std::vector<std::string>& bases);

    std::vector<Route> routes_;
};

}  // namespace anju::drivers
