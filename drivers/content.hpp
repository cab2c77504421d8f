// The second stage: what an envelope carried, turned into readings. One CJ/T 188 decoder serves
// ChirpStack, CTWing, OneNET and Huawei IoTDA alike, because an envelope only says who speaks and
// hands the bytes (or the fields that the network has decoded already) to read_content().
#pragma once

#include <boost/json/value.hpp>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "drivers/bytes.hpp"
#include "drivers/driver.hpp"
#include "drivers/settings.hpp"

namespace anju::drivers {

/// What a payload says, before the envelope adds who and when.
struct Measured {
    std::vector<Reading> readings;  ///< event_time epoch 0 where the payload did not say
    std::vector<Problem> problems;
    std::string device;  ///< the number inside the payload, e.g. of the meter; empty: none
    std::string model;   ///< as Decoded::model
};
using PayloadResult = boost::system::result<Measured, DecodeError>;

/// Decoder of one binary payload format. Pure.
struct PayloadCodec {
    std::string_view name;  ///< as a profile names it: "cjt188"
    /// True when the bytes can be nothing else: sync bytes and a checksum agree.
    bool (*recognises)(Bytes bytes);
    /// `settings` may be null.
    PayloadResult (*decode)(Bytes bytes, const DeviceSettings* settings, DriverState& state);
};

/// The whole table, in the order in which they are asked whether they recognise something.
[[nodiscard]] std::span<const PayloadCodec> payload_codecs();

struct Content {
    std::string_view driver;
    std::string_view address;
    std::string_view alias = {};
    /// What the envelope says of make and model; picks a profile where none is set. May be empty.
    std::string_view model = {};
    Bytes bytes = {};                            ///< may be empty
    const boost::json::value* fields = nullptr;  ///< what the network has decoded; null: nothing
    std::uint8_t port = 0;                       ///< LoRaWAN FPort; 0 where there is none
};

/// By the device's profile; without one by the profile that claims the model; without that by the
/// codec that recognises the bytes. Error "profile_missing" when nothing fits, "profile_unknown"
/// when the device's profile is none, "layout_mismatch" when it says nothing about what came.
/// Understood and nothing to read, also when nothing came at all: `alive`.
[[nodiscard]] PayloadResult read_content(const Content& content, DriverState& state);

}  // namespace anju::drivers
