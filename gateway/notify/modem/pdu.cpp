#include "notify/modem/pdu.hpp"

#include <algorithm>
#include <span>

#include "notify/utf8.hpp"

namespace anju::notify {
namespace {

constexpr std::size_t in_one = 70;
constexpr std::size_t in_part = 67;
constexpr std::size_t most_parts = 8;

void put(std::string& hex, unsigned byte) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    hex += digits[byte >> 4U & 15U];
    hex += digits[byte & 15U];
}

/// Semi-octets: the digits of each pair swapped, an odd end filled with F.
std::string swapped(std::string_view digits) {
    std::string out;
    for (std::size_t at = 0; at < digits.size(); at += 2) {
        out += at + 1 < digits.size() ? digits[at + 1] : 'F';
        out += digits[at];
    }
    return out;
}

std::vector<char16_t> utf16(std::string_view text) {
    // What is not UTF-8 never comes this far; if it does, it is shown as such.
    const std::u32string points = code_points(text).value_or(U"\ufffd");
    std::vector<char16_t> out;
    for (const char32_t point : points) {
        if (point < 0x10000) {
            out.push_back(static_cast<char16_t>(point));
        } else {
            out.push_back(static_cast<char16_t>(0xd800 + ((point - 0x10000) >> 10U)));
            out.push_back(static_cast<char16_t>(0xdc00 + ((point - 0x10000) & 0x3ffU)));
        }
    }
    return out;
}

std::vector<std::span<const char16_t>> parts_of(std::span<const char16_t> units) {
    if (units.size() <= in_one) return {units};
    std::vector<std::span<const char16_t>> out;
    while (!units.empty() && out.size() < most_parts) {
        std::size_t take = std::min(in_part, units.size());
        const bool splits =
            take < units.size() && units[take - 1] >= 0xd800 && units[take - 1] < 0xdc00;
        if (splits) --take;
        out.push_back(units.first(take));
        units = units.subspan(take);
    }
    return out;
}

std::optional<unsigned> hex_byte(std::string_view hex, std::size_t at) {
    if (hex.size() < 2 * at + 2) return std::nullopt;
    unsigned out = 0;
    for (const char digit : hex.substr(2 * at, 2)) {
        const auto value =
            std::string_view("0123456789ABCDEF")
                .find(digit >= 'a' && digit <= 'f' ? static_cast<char>(digit - 32) : digit);
        if (value == std::string_view::npos) return std::nullopt;
        out = out << 4U | static_cast<unsigned>(value);
    }
    return out;
}

}  // namespace

std::optional<std::vector<Pdu>> sms_submit(std::string_view number, std::string_view text,
                                           std::uint8_t reference) {
    const bool international = number.starts_with('+');
    std::string digits;
    for (const char one : number.substr(international ? 1 : 0)) {
        if (one == ' ' || one == '-') continue;
        if (one < '0' || one > '9') return std::nullopt;
        digits += one;
    }
    if (digits.size() < 3 || digits.size() > 20) return std::nullopt;

    const std::vector<char16_t> units = utf16(text);
    const auto parts = parts_of(units);
    std::vector<Pdu> out;
    for (std::size_t index = 0; index < parts.size(); ++index) {
        const bool several = parts.size() > 1;
        std::string hex;
        put(hex, several ? 0x71 : 0x31);  // SUBMIT, relative validity, status report; UDHI
        put(hex, 0x00);                   // the modem gives the reference
        put(hex, static_cast<unsigned>(digits.size()));
        put(hex, international ? 0x91 : 0x81);
        hex += swapped(digits);
        put(hex, 0x00);  // no telematic interworking
        put(hex, 0x08);  // UCS2
        put(hex, 0xa7);  // 24 hours: later it is of no use
        put(hex, static_cast<unsigned>(2 * parts[index].size() + (several ? 6 : 0)));
        if (several) {
            for (const unsigned byte :
                 {0x05U, 0x00U, 0x03U, static_cast<unsigned>(reference),
                  static_cast<unsigned>(parts.size()), static_cast<unsigned>(index + 1)}) {
                put(hex, byte);
            }
        }
        for (const char16_t unit : parts[index]) {
            put(hex, static_cast<unsigned>(unit) >> 8U);
            put(hex, static_cast<unsigned>(unit) & 0xffU);
        }
        out.push_back({"00" + hex, hex.size() / 2});
    }
    return out;
}

std::optional<StatusReport> parse_status_report(std::string_view hex) {
    const auto centre = hex_byte(hex, 0);
    if (!centre) return std::nullopt;
    const std::size_t start = 1 + *centre;
    const auto first = hex_byte(hex, start);
    if (!first || (*first & 0x03U) != 0x02) return std::nullopt;
    const auto reference = hex_byte(hex, start + 1);
    const auto digits = hex_byte(hex, start + 2);
    if (!reference || !digits) return std::nullopt;
    // Type of address, digits, two time stamps of seven octets, then the status.
    const auto status = hex_byte(hex, start + 4 + (*digits + 1) / 2 + 14);
    if (!status) return std::nullopt;
    StatusReport out;
    out.reference = static_cast<std::uint8_t>(*reference);
    out.delivered = *status < 0x20;
    out.over = *status < 0x20 || *status >= 0x40;
    return out;
}

}  // namespace anju::notify
