// Messages through the same drivers as in the gateway, with everything they remember between them,
// and without homes: whatever speaks is shown.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "drivers/catalog.hpp"
#include "drivers/settings.hpp"
#include "drivers/state.hpp"

namespace anju::decode {

/// One message as it was given; see docs/drivers/anju-decode.md.
struct Given {
    std::string topic;
    std::string payload;
    bool retained = false;
    std::optional<Instant> received;  ///< when; absent: the times of devices are taken as they are
    std::string driver;               ///< empty: by the topic
    std::optional<drivers::Key> key;
    std::string profile;
};

/// What became of it. Either `error` is set or `decoded` holds.
struct Outcome {
    std::vector<drivers::Decoded> decoded;
    std::string_view driver;                    ///< that took it; empty: none
    std::optional<drivers::DecodeError> error;  ///< of stage envelope or payload
    bool bad_request = false;  ///< the error is in what was given, not in the message
};

class Decoder {
public:
    /// Listens for every driver. `bases`: topic prefixes of Zigbee2MQTT.
    explicit Decoder(std::vector<std::string> bases);

    [[nodiscard]] Outcome decode(const Given& given);

    [[nodiscard]] drivers::Profiles& profiles() { return state_.profiles(); }

private:
    const drivers::Route* route_of(const Given& given, const drivers::Driver* driver) const;
    void learn_base(std::string_view topic, bool is_bridge);

    std::vector<std::string> bases_;
    drivers::Catalog catalog_;
    drivers::DriverState state_;
    std::vector<drivers::Route> bare_;  // for messages that name the driver and no topic of it
};

/// Replaces times that cannot be by the time of reception, as the gateway's admission does.
void admit(std::vector<drivers::Decoded>& all, std::optional<Instant> received);

}  // namespace anju::decode
