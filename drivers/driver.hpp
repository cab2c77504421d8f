// What a driver is: a pure function from a message to readings, in a table.
//
// A driver knows nothing of homes and residents. It names the device by the address the device
// itself uses; the runtime looks that up in the directory. Whatever a codec must remember
// between messages (descriptions, keys, aliases) lives in a DriverState that it is handed.
//
// Levels and events. Bridges publish the whole state of a device with every battery report and
// once more at their own start, so a message is not a change. Who decides what is one?
//   Levels   smoke, gas, carbon_monoxide, water_leak, contact_open, motion, vibration, tamper,
//            fault, battery_low, battery_pct, battery_mv, online, bed_occupied, water_total_ml,
//            water_reverse_ml, water_flow_mlh: how things stand at event_time.
//            A driver passes a level each time it is said; repeating it is harmless. The core,
//            which keeps the state of a device across restarts, alone decides what has changed.
//            A repeated `motion` with a newer event_time says that movement goes on.
//   Events   sos (value 1), water_used_ml: happened once, at event_time. A driver never passes a
//            cached repetition of one; where a message may come twice, Decoded::message_id tells.
//   alive    the message held nothing else; the device spoke all the same.
// A message that came with the MQTT retain flag marks all its readings quality::retained.
//
// Time. A radio telegram and a frame that was polled are about now; the clock of a meter, which
// nobody sets for years, is never an event_time. The time of a network server or a bridge is.
#pragma once

#include <boost/system/result.hpp>
#include <cstddef>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/reading.hpp"

namespace anju::drivers {

/// Larger messages are refused, save on the topics for which Driver::max_payload allows more.
inline constexpr std::size_t max_payload_bytes = 8 * 1024;

struct Message {
    std::string_view topic;
    std::string_view payload;
    bool retained{};
    /// Topic prefix the driver was configured with; set by the catalog's Route.
    std::string_view base = {};
    /// Put before addresses that are unique only below `base`, e.g. "upstairs/"; may be empty.
    std::string_view address_prefix = {};
};

/// One value that could not be understood in a message that otherwise was. To be counted and
/// shown; it takes nothing away from the readings beside it.
struct Problem {
    std::string code;      ///< stable, for programs: "value_unknown", "value_out_of_range"
    std::string property;  ///< as the device calls it
    std::size_t at = 0;    ///< byte offset of the property in the payload; 0 = unknown
    std::string text;      ///< for people: what is wrong and what was expected
};

/// What one message says about one device.
struct Decoded {
    std::string address;               ///< as in Device::address for this driver
    std::optional<Sequence> sequence;  ///< where the protocol numbers its messages
    std::vector<Reading> readings;     ///< event_time epoch 0 where the device did not say
    /// Another name of the same device that the directory may hold instead of `address`, e.g.
    /// the Zigbee2MQTT friendly name; empty: none. `address` goes first.
    std::string alias = {};
    /// What was not understood. With an empty `address` and no readings: concerns no device.
    std::vector<Problem> problems = {};
    /// The driver under whose name the device is registered, when that is not the one of the topic:
    /// a meter is the same meter whichever receiver heard it. Static storage.
    std::string_view driver = {};
    /// Names this message among all of its device where the protocol does; a repetition carries the
    /// same one. Empty: the protocol has none.
    std::string message_id = {};
    /// Make and model as the message or the bridge gives them, for people and for proposals.
    std::string model = {};
    /// Strength of the radio signal, dBm; where the protocol says.
    std::optional<int> rssi_dbm = {};
    std::optional<int> lqi = {};  ///< Zigbee link quality, 0..255
};

enum class DecodeStage { envelope, payload };

/// Why a message gives no reading, precisely enough to mend the sender.
struct DecodeError {
    DecodeStage stage = DecodeStage::payload;
    std::string code;    ///< stable, for programs: "not_json", "value_out_of_range"
    std::size_t at = 0;  ///< byte offset in the payload where known
    std::string text;    ///< for people: what is wrong and what was expected
    /// Set as far as it was understood, so that a sender can be told not to repeat.
    std::string address;
    std::optional<Sequence> sequence;
    std::string alias = {};        ///< as in Decoded
    std::string_view driver = {};  ///< as in Decoded
    std::string model = {};        ///< as in Decoded
};

[[noreturn]] inline void throw_exception_from_error(const DecodeError& error,
                                                    const boost::source_location&) {
    throw std::runtime_error(error.code + ": " + error.text);
}

/// Empty: understood, and nothing in it is a reading (a bridge's own message, a setting).
using DecodeResult = boost::system::result<std::vector<Decoded>, DecodeError>;

/// Memory of the codecs of one gateway, bounded. Not thread-safe.
class DriverState;

/// One line of the list of supported devices (docs/drivers/supported.md).
struct SupportedDevice {
    std::string maker;  ///< empty: any
    std::string model;
    std::string says;  ///< what is read, e.g. "water_total_ml, battery_low"
    std::string note;  ///< what an operator must know; may be empty
};

struct Driver {
    std::string_view name;   ///< as in Device::driver
    std::string_view title;  ///< for people: "Wireless M-Bus / OMS"
    /// MQTT filters it listens to unless the configuration names others; "{base}" stands for each
    /// configured base.
    std::span<const std::string_view> filters;
    /// Listened to without being asked for. The others are switched on in the configuration.
    bool by_default;
    DecodeResult (*decode)(const Message& message, DriverState& state);
    /// Largest payload in bytes on this message's topic (the payload is not looked at).
    std::size_t (*max_payload)(const Message& message);
    std::vector<SupportedDevice> (*supported)();
};

}  // namespace anju::drivers
