#include "drivers/catalog.hpp"

#include <stdexcept>

#include "drivers/native/native.hpp"
#include "drivers/topic.hpp"
#include "drivers/zigbee2mqtt/zigbee2mqtt.hpp"

namespace anju::drivers {
namespace {

constexpr std::string_view base_mark = "{base}";

constexpr Driver drivers[] = {
    {"native", "anju/v1/up/+/+", &native::decode, &native::max_payload},
    {"zigbee2mqtt", "{base}/#", &zigbee2mqtt::decode, &zigbee2mqtt::max_payload},
};

}  // namespace

std::span<const Driver> all_drivers() {
    return drivers;
}

const Driver* find_driver_by_name(std::string_view name) {
    for (const Driver& driver : drivers) {
        if (driver.name == name) return &driver;
    }
    return nullptr;
}

std::size_t Route::max_payload(std::string_view topic) const {
    return driver->max_payload(message(topic, {}, false));
}

DecodeResult Route::decode(std::string_view topic, std::string_view payload, bool retained,
                           DriverState& state) const {
    return driver->decode(message(topic, payload, retained), state);
}

Catalog::Catalog() : Catalog(Options{}) {}

Catalog::Catalog(const Options& options) {
    for (const Driver& driver : drivers) {
        if (!driver.topic_filter.starts_with(base_mark)) {
            routes_.push_back({&driver, std::string(driver.topic_filter), {}, {}});
            continue;
        }
        bool first = true;
        for (const std::string& base : options.zigbee2mqtt_bases) {
            if (base.empty() || base.find_first_of("+#") != std::string::npos) {
                throw std::invalid_argument("not a topic prefix: '" + base + "'");
            }
            routes_.push_back({&driver, base + std::string(driver.topic_filter.substr(6)), base,
                               first ? std::string{} : base + "/"});
            first = false;
        }
    }
}

const Route* Catalog::find(std::string_view topic) const {
    const Route* best = nullptr;
    for (const Route& route : routes_) {
        if (!topic_matches(route.filter, topic)) continue;
        if (best == nullptr || route.base.size() > best->base.size()) best = &route;
    }
    return best;
}

const Driver* Catalog::find_driver(std::string_view topic) const {
    const Route* route = find(topic);
    return route == nullptr ? nullptr : route->driver;
}

}  // namespace anju::drivers
