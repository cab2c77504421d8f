// What a driver is: a pure function from a message to readings, in a table.
//
// A driver knows nothing of homes and residents. It names the device by the address the device
// itself uses; the runtime looks that up in the directory. Whatever a codec must remember
// between messages (descriptions, keys, aliases) lives in a DriverState that it is handed.
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

/// Larger messages are refused before a driver sees them.
inline constexpr std::size_t max_payload_bytes = 8 * 1024;

struct Message {
    std::string_view topic;
    std::string_view payload;
    bool retained{};
};

/// What one message says about one device.
struct Decoded {
    std::string address;               ///< as in Device::address for this driver
    std::optional<Sequence> sequence;  ///< where the protocol numbers its messages
    std::vector<Reading> readings;     ///< event_time epoch 0 where the device did not say
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
    std::string_view topic_filter;  ///< MQTT filter this driver listens to
    DecodeResult (*decode)(const Message& message, DriverState& state);
};

}  // namespace anju::drivers
