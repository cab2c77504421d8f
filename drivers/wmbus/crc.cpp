#include "drivers/wmbus/crc.hpp"

#include <array>

namespace anju::drivers::wmbus {
namespace {

constexpr std::uint16_t polynomial = 0x3D65;

constexpr std::uint16_t shift(std::uint16_t crc) {
    const bool carry = (crc & 0x8000U) != 0;
    return static_cast<std::uint16_t>((crc << 1U) ^ (carry ? polynomial : 0U));
}

constexpr auto table = [] {
    std::array<std::uint16_t, 256> out{};
    for (std::size_t i = 0; i < out.size(); ++i) {
        auto crc = static_cast<std::uint16_t>(i << 8U);
        for (int bit = 0; bit < 8; ++bit) crc = shift(crc);
        out[i] = crc;
    }
    return out;
}();

/// One bit for each remainder that a single damaged bit leaves.
constexpr auto single_bit_remainders = [] {
    std::array<std::uint64_t, 1024> out{};
    std::uint16_t remainder = 1;
    for (std::size_t i = 0; i < crc_period; ++i) {
        out[remainder / 64U] |= std::uint64_t{1} << (remainder % 64U);
        remainder = shift(remainder);
    }
    return out;
}();

/// 0 when the CRC fits; otherwise what the damage alone would leave.
std::uint16_t remainder_of(Bytes block) {
    const std::size_t size = block.size() - 2;
    const auto received = static_cast<std::uint16_t>(block[size] << 8U | block[size + 1]);
    return crc16(block.first(size)) ^ received;
}

}  // namespace

std::uint16_t crc16(Bytes bytes) {
    std::uint16_t crc = 0;
    for (const std::uint8_t byte : bytes) {
        crc = static_cast<std::uint16_t>((crc << 8U) ^ table[(crc >> 8U) ^ byte]);
    }
    return static_cast<std::uint16_t>(~crc);
}

bool crc_fits(Bytes block) {
    return block.size() > 2 && remainder_of(block) == 0;
}

bool crc_fits_but_for_one_bit(Bytes block) {
    if (block.size() <= 2 || block.size() > max_block_bytes) return false;
    const std::uint16_t remainder = remainder_of(block);
    if ((single_bit_remainders[remainder / 64U] >> (remainder % 64U) & 1U) == 0) return false;
    return damaged_bit(block).has_value();
}

std::optional<std::size_t> damaged_bit(Bytes block) {
    if (block.size() <= 2) return std::nullopt;
    const std::uint16_t wanted = remainder_of(block);
    std::uint16_t remainder = 1;
    for (std::size_t bit = block.size() * 8; bit > 0; --bit) {
        if (remainder == wanted) return bit - 1;
        remainder = shift(remainder);
    }
    return std::nullopt;
}

}  // namespace anju::drivers::wmbus
