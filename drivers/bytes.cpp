#include "drivers/bytes.hpp"

namespace anju::drivers {
namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool is_separator(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == ':' || c == '-' || c == ',';
}

int base64_digit(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    if (c == '+' || c == '-') return 62;
    if (c == '/' || c == '_') return 63;
    return -1;
}

}  // namespace

bool from_hex(std::string_view text, std::vector<std::uint8_t>& out) {
    out.clear();
    if (text.starts_with("0x") || text.starts_with("0X")) text.remove_prefix(2);
    int high = -1;
    for (const char c : text) {
        if (high < 0 && is_separator(c)) continue;
        const int digit = hex_digit(c);
        if (digit < 0) return false;
        if (high < 0) {
            high = digit;
            continue;
        }
        out.push_back(static_cast<std::uint8_t>(high * 16 + digit));
        high = -1;
    }
    return high < 0;
}

bool from_base64(std::string_view text, std::vector<std::uint8_t>& out) {
    out.clear();
    std::uint32_t group = 0;
    unsigned digits = 0;
    unsigned padding = 0;
    for (const char c : text) {
        if (c == '\r' || c == '\n') continue;
        if (c == '=') {
            ++padding;
            continue;
        }
        const int digit = base64_digit(c);
        if (digit < 0 || padding > 0) return false;
        group = (group << 6U) | static_cast<std::uint32_t>(digit);
        if (++digits == 4) {
            out.push_back(static_cast<std::uint8_t>(group >> 16U));
            out.push_back(static_cast<std::uint8_t>(group >> 8U));
            out.push_back(static_cast<std::uint8_t>(group));
            group = 0;
            digits = 0;
        }
    }
    if (digits == 1 || padding > 2 || (padding > 0 && (digits + padding) % 4 != 0)) return false;
    // Bits that no byte takes must be zero: two texts for one value would be two messages.
    if (digits == 2) {
        if ((group & 0xFU) != 0) return false;
        out.push_back(static_cast<std::uint8_t>(group >> 4U));
    } else if (digits == 3) {
        if ((group & 0x3U) != 0) return false;
        out.push_back(static_cast<std::uint8_t>(group >> 10U));
        out.push_back(static_cast<std::uint8_t>(group >> 2U));
    }
    return true;
}

std::string to_hex(Bytes bytes) {
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const std::uint8_t byte : bytes) {
        out.push_back(digits[byte >> 4U]);
        out.push_back(digits[byte & 0xFU]);
    }
    return out;
}

}  // namespace anju::drivers
