// Frames of CJ/T 188 among whatever modules, bus adapters and networks put around them.
//
//   [FE …] 68 T A0…A6 C L <data: L bytes> CS 16       CJ/T 188-2004/2018, section 5
//   T     type of meter: 10h–19h water, 20h–29h heat, 30h–39h gas, 40h–49h others
//   A0…A6 number of the meter, least significant byte first
//   C     bit 7 reply, bit 6 error; 01h read data, 03h read address, 04h write
//   data  DI0 DI1 SER …
//   CS    sum of all bytes from 68 on, modulo 256
//
// DL/T 645 (electricity) looks alike: 68 A0…A5 68 C L <data + 33h> CS 16. It is told apart by the
// second 68 and refused.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "drivers/bytes.hpp"

namespace anju::drivers::cjt188 {

/// What a frame is, in the order in which the better one is taken where there are several.
enum class FrameKind : std::uint8_t {
    request,         ///< sent to a meter, not by one
    other_data,      ///< a reply that holds no present register: an address, a valve, history
    error_reply,     ///< the meter could not do what it was asked
    other_medium,    ///< register of heat, gas or electricity
    water_register,  ///< reply 81h with the data 901Fh of a water meter
};

/// One frame whose marks and checksum agree. Views into the bytes that were scanned.
struct Frame {
    std::size_t offset = 0;       ///< of 68h
    std::size_t preamble_fe = 0;  ///< FEh right before it
    std::size_t size = 0;         ///< from 68h through 16h
    std::uint8_t type = 0;
    std::uint8_t control = 0;
    Bytes address;  ///< 7 bytes as sent
    Bytes data;     ///< L bytes, 3..100

    /// Identifier as sent: 901Fh (2004) and 1F90h (2018) are the same.
    [[nodiscard]] std::uint16_t wire_di() const {
        return static_cast<std::uint16_t>(data[0] << 8U | data[1]);
    }
    /// Within the scanned bytes, of byte `i` of the data.
    [[nodiscard]] std::size_t at(std::size_t i) const { return offset + 11 + i; }
};

[[nodiscard]] FrameKind kind_of(const Frame& frame);
/// 14 digits, most significant first; hexadecimal where a maker uses more than digits.
[[nodiscard]] std::string number_of(const Frame& frame);

struct Scan {
    static constexpr std::size_t most = 16;

    std::array<Frame, most> frames;  ///< of the best kind that was found, in order of appearance
    std::size_t count = 0;
    /// The first frame that has all marks and a wrong sum, where no frame has a right one.
    std::optional<Frame> damaged;
    std::uint8_t sum = 0;  ///< what the sum of `damaged` would have to be
    bool dlt645 = false;   ///< a frame of DL/T 645 with a right sum
};

/// Allocates nothing. Whatever stands before, between and behind frames is skipped.
[[nodiscard]] Scan scan(Bytes bytes);

}  // namespace anju::drivers::cjt188
