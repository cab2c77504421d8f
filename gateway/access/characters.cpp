#include "access/characters.hpp"

#include <cstdint>

namespace anju::access {
namespace {

/// Bytes of the character at the front; 0: none, or a control character.
std::size_t character(std::string_view text) {
    const auto byte = [&](std::size_t at) -> std::uint32_t {
        return static_cast<unsigned char>(text[at]);
    };
    const std::uint32_t first = byte(0);
    if (first < 0x80) return first < 0x20 || first == 0x7f ? 0 : 1;
    const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || text.size() < length) return 0;
    std::uint32_t point = first & (0xffU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xc0U) != 0x80) return 0;
        point = (point << 6U) | (byte(i) & 0x3fU);
    }
    const bool overlong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
    const bool surrogate = point >= 0xd800 && point < 0xe000;
    const bool control = point >= 0x80 && point < 0xa0;
    return overlong || surrogate || control || point > 0x10ffff ? 0 : length;
}

}  // namespace

std::optional<std::size_t> count_characters(std::string_view text) {
    std::size_t count = 0;
    while (!text.empty()) {
        const std::size_t length = character(text);
        if (length == 0) return std::nullopt;
        text.remove_prefix(length);
        ++count;
    }
    return count;
}

std::string fitted(std::string_view text, std::size_t bytes) {
    std::string out;
    while (!text.empty()) {
        const std::size_t length = character(text);
        const std::string_view one = length == 0 ? std::string_view("?") : text.substr(0, length);
        if (out.size() + one.size() > bytes) break;
        out += one;
        text.remove_prefix(length == 0 ? 1 : length);
    }
    return out;
}

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

}  // namespace anju::access
