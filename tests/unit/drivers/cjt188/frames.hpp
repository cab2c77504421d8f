// Frames of CJ/T 188 for tests, written down from the standard.
#pragma once

#include <cstdint>
#include <vector>

namespace anju::drivers::cjt188::testing {

using Octets = std::vector<std::uint8_t>;

/// Meter 20260300012345.
inline Octets make_frame(std::uint8_t type, std::uint8_t control, const Octets& data) {
    Octets out{0x68, type, 0x45, 0x23, 0x01, 0x00, 0x03, 0x26, 0x20, control};
    out.push_back(static_cast<std::uint8_t>(data.size()));
    out.insert(out.end(), data.begin(), data.end());
    unsigned sum = 0;
    for (const std::uint8_t byte : out) sum += byte;
    out.push_back(static_cast<std::uint8_t>(sum));
    out.push_back(0x16);
    return out;
}

/// The data 901Fh with `digits` as total; no clock.
inline Octets register_of(std::uint32_t digits, std::uint8_t unit = 0x2C,
                          std::uint8_t status = 0x00) {
    Octets out{0x90, 0x1F, 0x01};
    for (int i = 0; i < 4; ++i, digits /= 100) {
        out.push_back(static_cast<std::uint8_t>(digits % 100 / 10 * 16 + digits % 10));
    }
    out.insert(out.end(), {unit, 0, 0, 0, 0, unit, 0, 0, 0, 0, 0, 0, 0, status, 0});
    return out;
}

}  // namespace anju::drivers::cjt188::testing
