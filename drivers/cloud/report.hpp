// Gathers what one push says, device by device: a push may hold many points of one device, each
// with its own time, and points of several devices.
#pragma once

#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "drivers/content.hpp"
#include "drivers/driver.hpp"
#include "drivers/event_time.hpp"

namespace anju::drivers::cloud {

/// Who speaks, in the words of the network.
struct Sender {
    std::string address;
    std::string alias;  ///< empty: none
    std::string model;  ///< empty: not said
};

/// One point of a device: bytes, fields, or both.
struct Point {
    std::string_view name;  ///< for people, in problems: "WaterMeter", "3200_0_5505"
    Bytes bytes = {};
    const boost::json::value* fields = nullptr;
    std::uint8_t port = 0;
    EventTime time = {};
};

/// Value object of one call of decode(). At most 64 devices, 64 readings (the newest) and 16
/// problems of each.
class Report {
public:
    Report(std::string_view driver, const Message& message, DriverState& state)
        : driver_(driver), message_(message), state_(state) {}

    /// The device's part, to set rssi_dbm or message_id of; valid until the next call.
    Decoded& device(const Sender& sender);
    /// Hands the point to read_content(). Frames of several meters, or of one with several totals
    /// at one time, are refused (several_meters): nothing tells which of them is the device.
    void add(const Sender& sender, const Point& point);
    /// Finds the bytes in `fields` first: each text that a codec recognises is a point of its own.
    void add_fields(const Sender& sender, std::string_view name, const boost::json::value& fields,
                    const EventTime& time);
    void add(const Sender& sender, Reading reading, const EventTime& time);

    /// A part that makes no sense; of the device that `error` names, or of nobody.
    void refuse(DecodeError error);

    /// A device of which nothing could be read is an error if it is the only one, a problem beside
    /// others; so is a part of nobody. One that said nothing at all is alive.
    [[nodiscard]] DecodeResult finish();

private:
    struct Entry {
        Decoded decoded;
        std::optional<DecodeError> error;  // the first
        std::string meter;                 // its number, by the frames of this message
        bool several = false;              // meters, or totals at one time
    };

    Entry& entry(const Sender& sender);
    void refused(Entry& entry, std::string_view name, DecodeError error);
    void refuse_several(Entry& entry, const Point& point, const Measured& measured);
    void finish(Entry& entry) const;

    std::string_view driver_;
    const Message& message_;
    DriverState& state_;
    std::vector<Entry> entries_;
    std::optional<DecodeError> stray_;  // the first that concerns no device
    Entry nobody_;                      // takes what is said of devices beyond the last
    bool too_many_ = false;
};

}  // namespace anju::drivers::cloud
