#include "drivers/catalog.hpp"

#include <algorithm>
#include <stdexcept>

#include "drivers/chirpstack/chirpstack.hpp"
#include "drivers/cjt188/cjt188.hpp"
#include "drivers/ctwing/ctwing.hpp"
#include "drivers/huawei_iotda/huawei_iotda.hpp"
#include "drivers/native/native.hpp"
#include "drivers/onenet/onenet.hpp"
#include "drivers/rtl_433/rtl_433.hpp"
#include "drivers/shelly/shelly.hpp"
#include "drivers/sparkplug/sparkplug.hpp"
#include "drivers/tasmota/tasmota.hpp"
#include "drivers/topic.hpp"
#include "drivers/wmbus/wmbus.hpp"
#include "drivers/zigbee2mqtt/zigbee2mqtt.hpp"

namespace anju::drivers {
namespace {

constexpr std::string_view base_mark = "{base}";

constexpr std::string_view native_topics[] = {"anju/v1/up/+/+"};
constexpr std::string_view zigbee2mqtt_topics[] = {"{base}/#"};
constexpr std::string_view wmbus_topics[] = {"wmbus/#"};
constexpr std::string_view cjt188_topics[] = {"cjt188/#"};
constexpr std::string_view chirpstack_topics[] = {"application/+/device/+/event/+"};
constexpr std::string_view ctwing_topics[] = {"cloud/ctwing/#"};
constexpr std::string_view onenet_topics[] = {"cloud/onenet/#"};
constexpr std::string_view huawei_topics[] = {"$oc/devices/+/sys/properties/report",
                                              "cloud/iotda/#", "cloud/ocean/#"};
constexpr std::string_view tasmota_topics[] = {"tele/#", "stat/#"};
constexpr std::string_view shelly_topics[] = {"+/events/rpc", "+/status/+", "+/online"};
constexpr std::string_view rtl_433_topics[] = {"rtl_433/#"};
constexpr std::string_view sparkplug_topics[] = {"spBv1.0/#"};

constexpr Driver drivers[] = {
    {"native", "Anju", native_topics, true, &native::decode, &native::max_payload,
     &native::supported},
    {"zigbee2mqtt", "Zigbee2MQTT", zigbee2mqtt_topics, true, &zigbee2mqtt::decode,
     &zigbee2mqtt::max_payload, &zigbee2mqtt::supported},
    {"wmbus", "Wireless M-Bus / OMS", wmbus_topics, false, &wmbus::decode, &wmbus::max_payload,
     &wmbus::supported},
    {"cjt188", "CJ/T 188", cjt188_topics, false, &cjt188::decode, &cjt188::max_payload,
     &cjt188::supported},
    {"chirpstack", "LoRaWAN (ChirpStack v4)", chirpstack_topics, false, &chirpstack::decode,
     &chirpstack::max_payload, &chirpstack::supported},
    {"ctwing", "CTWing", ctwing_topics, false, &ctwing::decode, &ctwing::max_payload,
     &ctwing::supported},
    {"onenet", "OneNET", onenet_topics, false, &onenet::decode, &onenet::max_payload,
     &onenet::supported},
    {"huawei_iotda", "Huawei IoTDA", huawei_topics, false, &huawei_iotda::decode,
     &huawei_iotda::max_payload, &huawei_iotda::supported},
    {"tasmota", "Tasmota", tasmota_topics, false, &tasmota::decode, &tasmota::max_payload,
     &tasmota::supported},
    {"shelly", "Shelly Gen2", shelly_topics, false, &shelly::decode, &shelly::max_payload,
     &shelly::supported},
    {"rtl_433", "rtl_433", rtl_433_topics, false, &rtl_433::decode, &rtl_433::max_payload,
     &rtl_433::supported},
    {"sparkplug", "Sparkplug B", sparkplug_topics, false, &sparkplug::decode,
     &sparkplug::max_payload, &sparkplug::supported},
};

/// Bytes of `filter` before its first wildcard: the longer, the more specific.
std::size_t literal_bytes(std::string_view filter) {
    const auto wild = filter.find_first_of("+#");
    return wild == std::string_view::npos ? filter.size() : wild;
}

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
        const auto named = options.topics.find(driver.name);
        if (!driver.by_default && named == options.topics.end()) continue;
        if (named != options.topics.end() && !named->second.empty()) {
            for (const std::string& filter : named->second) {
                routes_.push_back({&driver, filter, {}, {}});
            }
            continue;
        }
        for (const std::string_view filter : driver.filters) {
            add(driver, filter, options.zigbee2mqtt_bases);
        }
    }
}

void Catalog::add(const Driver& driver, std::string_view filter,
                  const std::vector<std::string>& bases) {
    if (!filter.starts_with(base_mark)) {
        routes_.push_back({&driver, std::string(filter), {}, {}});
        return;
    }
    bool first = true;
    for (const std::string& base : bases) {
        if (base.empty() || base.find_first_of("+#") != std::string::npos) {
            throw std::invalid_argument("not a topic prefix: '" + base + "'");
        }
        routes_.push_back({&driver, base + std::string(filter.substr(base_mark.size())), base,
                           first ? std::string{} : base + "/"});
        first = false;
    }
}

Catalog::Options Catalog::everything() {
    Options options;
    for (const Driver& driver : drivers) {
        if (!driver.by_default) options.topics.emplace(driver.name, std::vector<std::string>{});
    }
    return options;
}

const Route* Catalog::find(std::string_view topic) const {
    const Route* best = nullptr;
    for (const Route& route : routes_) {
        if (!topic_matches(route.filter, topic)) continue;
        if (best == nullptr || literal_bytes(route.filter) > literal_bytes(best->filter)) {
            best = &route;
        }
    }
    return best;
}

const Driver* Catalog::find_driver(std::string_view topic) const {
    const Route* route = find(topic);
    return route == nullptr ? nullptr : route->driver;
}

}  // namespace anju::drivers
