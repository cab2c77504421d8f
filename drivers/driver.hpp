// What a driver is: a pure function from a message to readings, in a table.
//
// A driver knows nothing of homes and residents. It names the device by the address the device
// itself uses; the runtime looks that up in the directory. Whatever a codec must remember
// between messages (descriptions, keys, aliases) lives in a DriverState that it is handed.
//
// Levels and events. Bridges publish the whole state of a device with every battery report and
// once more at their own start, so a message is not a change. Who decides what is one?
//   Levels   smoke, gas, water_leak, contact_open, motion, tamper, battery_low, battery_pct,
//            battery_mv, online, bed_occupied, water_total_ml: how things stand at event_time.
//            A driver passes a level each time it is said; repeating it is harmless. The core,
//            which keeps the state of a device across restarts, alone decides what has changed.
//            A repeated `motion` with a newer event_time says that movement goes on.
//   Events   sos (value 1): happened once, at event_time. A driver never passes a cached
//            repetition of one.
//   alive    the message held nothing else; the device spoke all the same.
// A message that came with the MQTT retain flag marks all its readings quality::retained.
#pragma once

#include <boost/system/result.hpp>
#include <cstddef>
#include <optional>
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
    std::string alias = {};  ///< as in Decoded
};

[[noreturn]] inline void throw_exception_from_error(const DecodeError& error,
                                                    const boost::source_location&) {
    throw std::runtime_error(error.code + ": " + error.text);
}

/// Empty: understood, and nothing in it is a reading (a bridge's own message, a setting).
using DecodeResult = boost::system::result<std::vector<Decoded>, DecodeError>;

/// Memory of the codecs of one gateway, bounded. Not thread-safe.
class DriverState;

struct Driver {
    std::string_view name;          ///< as in Device::driver
    std::string_view topic_filter;  ///< MQTT filter; "{base}" stands for each configured base
    DecodeResult (*decode)(const Message& message, DriverState& state);
    /// Largest payload in bytes on this message's topic (the payload is not looked at).
    std::size_t (*max_payload)(const Message& message);
};

}  // namespace anju::drivers
