#include "drivers/state.hpp"

#include <boost/json.hpp>

#include "drivers/json.hpp"
#include "drivers/native/scratch.hpp"
#include "drivers/profile/profiles.hpp"
#include "drivers/settings.hpp"
#include "drivers/sparkplug/aliases.hpp"
#include "drivers/wmbus/formats.hpp"
#include "drivers/wmbus/telegram.hpp"
#include "drivers/zigbee2mqtt/directory.hpp"
#include "drivers/zigbee2mqtt/memory.hpp"

namespace anju::drivers {

namespace json = boost::json;

DriverState::DriverState() : DriverState(Limits{}) {}
DriverState::DriverState(const Limits& limits)
    : limits_(limits),
      zigbee2mqtt_(std::make_unique<zigbee2mqtt::Directory>(limits)),
      native_(std::make_unique<native::Scratch>()),
      wmbus_(std::make_unique<wmbus::Formats>(limits.wmbus_formats)),
      wmbus_scratch_(std::make_unique<wmbus::Scratch>()),
      sparkplug_(std::make_unique<sparkplug::Aliases>(limits.sparkplug_metrics)),
      settings_(std::make_unique<Settings>()),
      profiles_(std::make_unique<Profiles>()) {}
DriverState::~DriverState() = default;
DriverState::DriverState(DriverState&&) noexcept = default;
DriverState& DriverState::operator=(DriverState&&) noexcept = default;

std::string DriverState::save() const {
    return json::serialize(json::object{{"version", 2},
                                        {"zigbee2mqtt", zigbee2mqtt::to_text(*zigbee2mqtt_)},
                                        {"wmbus", wmbus_->to_text()},
                                        {"sparkplug", sparkplug_->to_text()}});
}

bool DriverState::load(std::string_view text) {
    const auto parsed = parse_json(text, 4, {});
    if (!parsed || !parsed->is_object()) return false;
    const json::object& all = parsed->get_object();
    const json::value* version = all.if_contains("version");
    if (version == nullptr || !version->is_int64() || version->get_int64() != 2) return false;
    DriverState fresh(limits_);  // all or nothing
    if (!zigbee2mqtt::from_text(text_member(all, "zigbee2mqtt"), *fresh.zigbee2mqtt_) ||
        !fresh.wmbus_->from_text(text_member(all, "wmbus")) ||
        !fresh.sparkplug_->from_text(text_member(all, "sparkplug"))) {
        return false;
    }
    const std::uint64_t before = revision();
    zigbee2mqtt_ = std::move(fresh.zigbee2mqtt_);
    wmbus_ = std::move(fresh.wmbus_);
    sparkplug_ = std::move(fresh.sparkplug_);
    earlier_ = 0;
    earlier_ = before + 1 - revision();  // the new parts count from where they like
    return true;
}

std::uint64_t DriverState::revision() const {
    return earlier_ + zigbee2mqtt_->revision() + wmbus_->revision() + sparkplug_->revision();
}

}  // namespace anju::drivers
