// How receivers write a telegram into a message: bytes, hexadecimal digits, a line of rtl-wmbus or
// an object in JSON. What they say beside it is not believed, save the signal strength and that a
// checksum failed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "drivers/bytes.hpp"
#include "drivers/driver.hpp"

namespace anju::drivers::wmbus {

struct Form {
    Bytes telegram;  ///< views the message or the buffer
    std::optional<int> rssi_dbm;
    /// Where the telegram begins in the message, and how many characters are one byte of it. For
    /// the place of an error; exact unless there are blanks between the digits.
    std::size_t offset = 0;
    std::size_t width = 1;
};

/// Recognised, in this order:
///   bytes that are no text                      the telegram itself
///   {"telegram": "…", "rssi": -70}              also "data" "hex" "payload" "rawdata" "raw"
///   T1;1;1;2019-04-03 19:00:42.000;97;148;…;0x…  rtl-wmbus; the second field: CRC checked
///   b… bY…                                      sticks with culfw
///   0x… or digits, blanks between bytes
/// Errors of the envelope: "empty" "not_json" "telegram_missing" "not_hex" "crc".
[[nodiscard]] boost::system::result<Form, DecodeError> read_form(std::string_view payload,
                                                                 std::vector<std::uint8_t>& buffer);

}  // namespace anju::drivers::wmbus
