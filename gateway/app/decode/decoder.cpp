#include "app/decode/decoder.hpp"

#include <algorithm>
#include <utility>

#include "core/admission/times.hpp"
#include "drivers/profile/profiles.hpp"
#include "drivers/settings.hpp"
#include "drivers/topic.hpp"

namespace anju::decode {
namespace {

drivers::Catalog::Options listening(const std::vector<std::string>& bases) {
    auto options = drivers::Catalog::everything();
    options.zigbee2mqtt_bases = bases;
    return options;
}

Outcome refused(std::string code, std::string text) {
    Outcome out;
    out.bad_request = true;
    out.error.emplace();
    out.error->stage = drivers::DecodeStage::envelope;
    out.error->code = std::move(code);
    out.error->text = std::move(text);
    return out;
}

std::string names_of_drivers() {
    std::string out;
    for (const drivers::Driver& driver : drivers::all_drivers()) {
        out += (out.empty() ? "" : ", ") + std::string(driver.name);
    }
    return out;
}

}  // namespace

Decoder::Decoder(std::vector<std::string> bases)
    : bases_(std::move(bases)), catalog_(listening(bases_)) {
    for (const drivers::Driver& driver : drivers::all_drivers()) {
        bare_.push_back({&driver, {}, {}, {}});
    }
}

/// A bridge may have been given any topic prefix. The topic of its own list betrays it; where the
/// driver was named, the first level has to do.
void Decoder::learn_base(std::string_view topic, bool is_bridge) {
    constexpr std::string_view list = "/bridge/devices";
    if (topic.ends_with(list)) {
        topic.remove_suffix(list.size());
    } else if (is_bridge && catalog_.find(topic) == nullptr) {
        topic = topic.substr(0, topic.find('/'));
    } else {
        return;
    }
    const std::string base(topic);
    if (base.empty() || base.find_first_of("+#") != std::string::npos) return;
    if (std::ranges::find(bases_, base) != bases_.end() || bases_.size() >= 64) return;
    bases_.push_back(base);
    catalog_ = drivers::Catalog(listening(bases_));
}

const drivers::Route* Decoder::route_of(const Given& given, const drivers::Driver* driver) const {
    const drivers::Route* best = catalog_.find(given.topic);
    if (driver == nullptr || (best != nullptr && best->driver == driver)) return best;
    for (const drivers::Route& route : catalog_.routes()) {
        if (route.driver == driver && drivers::topic_matches(route.filter, given.topic)) {
            return &route;
        }
    }
    return &bare_[static_cast<std::size_t>(driver - drivers::all_drivers().data())];
}

Outcome Decoder::decode(const Given& given) {
    const drivers::Driver* named = nullptr;
    if (!given.driver.empty()) {
        named = drivers::find_driver_by_name(given.driver);
        if (named == nullptr) {
            return refused("unknown_driver", "there is no driver '" + given.driver +
                                                 "'; there are " + names_of_drivers());
        }
    } else if (given.topic.empty()) {
        return refused("no_topic", "give the topic the message came on, or the driver to ask");
    }
    learn_base(given.topic, given.driver == "zigbee2mqtt");
    const drivers::Route* route = route_of(given, named);
    if (route == nullptr) {
        Outcome out = refused("no_driver", "no driver listens to the topic '" + given.topic +
                                               "'; name one with \"driver\"");
        out.bad_request = false;
        return out;
    }
    if (!given.profile.empty() && state_.profiles().find(given.profile) == nullptr) {
        return refused("unknown_profile", "there is no profile '" + given.profile + "'");
    }
    if (given.key || !given.profile.empty()) {
        state_.settings().set_fallback(drivers::DeviceSettings{given.key, given.profile});
    } else {
        state_.settings().set_fallback(std::nullopt);
    }
    Outcome out;
    out.driver = route->driver->name;
    const std::size_t limit = route->max_payload(given.topic);
    if (given.payload.size() > limit) {
        out.error.emplace();
        out.error->stage = drivers::DecodeStage::envelope;
        out.error->code = "oversize";
        out.error->text = "message of " + std::to_string(given.payload.size()) +
                          " bytes, at most " + std::to_string(limit) + " are taken";
        return out;
    }
    auto result = route->decode(given.topic, given.payload, given.retained, state_);
    if (!result) {
        out.error = result.error();
        return out;
    }
    out.decoded = std::move(*result);
    admit(out.decoded, given.received);
    return out;
}

void admit(std::vector<drivers::Decoded>& all, std::optional<Instant> received) {
    if (!received) return;
    for (drivers::Decoded& one : all) {
        for (Reading& reading : one.readings) {
            if (reading.event_time == Instant{}) continue;
            reading = admission::NewestTimes{}.admit(reading, *received);
        }
    }
}

}  // namespace anju::decode
