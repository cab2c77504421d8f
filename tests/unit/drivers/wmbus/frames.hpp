// Makes frames of wireless M-Bus as meters send them.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include "drivers/bytes.hpp"
#include "drivers/wmbus/crc.hpp"

namespace anju::drivers::wmbus::testing {

using Frame = std::vector<std::uint8_t>;

inline Frame bytes(std::string_view hex) {
    Frame out;
    EXPECT_TRUE(from_hex(hex, out)) << hex;
    return out;
}

/// SEN-33225544 with as many bytes behind the CI field as there is room for.
inline Frame bare_frame(std::size_t size) {
    Frame out = bytes("0044AE4C445522336807A0");
    for (std::size_t i = out.size(); i < size; ++i) {
        out.push_back(static_cast<std::uint8_t>(i * i * 37 + i * 11 + size));
    }
    out[0] = static_cast<std::uint8_t>(size - 1);
    return out;
}

inline void add_block(Frame& out, Bytes block) {
    const std::uint16_t crc = crc16(block);
    out.insert(out.end(), block.begin(), block.end());
    out.push_back(static_cast<std::uint8_t>(crc >> 8U));
    out.push_back(static_cast<std::uint8_t>(crc));
}

inline Frame format_a(const Frame& bare) {
    Frame out;
    std::size_t size = 10;
    for (std::size_t at = 0; at < bare.size(); at += size, size = 16) {
        size = std::min(size, bare.size() - at);
        add_block(out, Bytes(bare).subspan(at, size));
    }
    return out;
}

inline Frame format_b(Frame bare) {
    bare[0] = static_cast<std::uint8_t>(bare[0] + (bare.size() > 126 ? 4 : 2));
    Frame out;
    const std::size_t first = std::min<std::size_t>(bare.size(), 126);
    add_block(out, Bytes(bare).first(first));
    if (bare.size() > first) add_block(out, Bytes(bare).subspan(first));
    return out;
}

}  // namespace anju::drivers::wmbus::testing
