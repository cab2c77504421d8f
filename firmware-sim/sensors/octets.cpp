#include "firmware-sim/sensors/octets.hpp"

namespace anju::sim {

namespace {

unsigned digit_of(char c) {
    if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
    return (static_cast<unsigned>(c) | 0x20U) - 'a' + 10U;
}

}  // namespace

void put_little_endian(Octets& out, std::uint64_t value, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) {
        out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
    }
}

void put_bcd(Octets& out, std::uint64_t value, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) {
        out.push_back(static_cast<std::uint8_t>(value / 10 % 10 << 4U | value % 10));
        value /= 100;
    }
}

std::string hex_of(OctetView bytes) {
    constexpr char digits[] = "0123456789abcdef";
    std::string out;
    for (const auto byte : bytes) {
        out += digits[byte >> 4U];
        out += digits[byte & 0xFU];
    }
    return out;
}

Octets from_hex_digits(std::string_view digits) {
    Octets out;
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
        out.push_back(
            static_cast<std::uint8_t>(digit_of(digits[i]) << 4U | digit_of(digits[i + 1])));
    }
    return out;
}

std::string base64_of(OctetView bytes) {
    constexpr char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t group = 0;
        for (std::size_t k = 0; k < 3; ++k) {
            group = group << 8U | (i + k < bytes.size() ? bytes[i + k] : 0U);
        }
        for (std::size_t k = 0; k < 4; ++k) {
            const bool padding = i + k > bytes.size();
            out += padding ? '=' : letters[group >> (18U - 6U * k) & 0x3FU];
        }
    }
    return out;
}

}  // namespace anju::sim
