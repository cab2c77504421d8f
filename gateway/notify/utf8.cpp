#include "notify/utf8.hpp"

namespace anju::notify {
namespace {

constexpr std::string_view ellipsis = "…";

/// Bytes of the character that begins with `first`; 0: none begins so.
std::size_t length_of(unsigned char first) {
    if (first < 0x80) return 1;
    if (first >= 0xc2 && first < 0xe0) return 2;
    if (first >= 0xe0 && first < 0xf0) return 3;
    if (first >= 0xf0 && first < 0xf5) return 4;
    return 0;
}

}  // namespace

std::optional<std::u32string> code_points(std::string_view text) {
    std::u32string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto first = static_cast<unsigned char>(text[at]);
        const std::size_t length = length_of(first);
        if (length == 0 || text.size() - at < length) return std::nullopt;
        char32_t point = length == 1 ? first : first & (0x7fU >> length);
        for (std::size_t more = 1; more < length; ++more) {
            const auto byte = static_cast<unsigned char>(text[at + more]);
            if ((byte & 0xc0U) != 0x80) return std::nullopt;
            point = point << 6U | (byte & 0x3fU);
        }
        const bool overlong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
        if (overlong || point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) {
            return std::nullopt;
        }
        out += point;
        at += length;
    }
    return out;
}

std::string utf8(std::u32string_view points) {
    std::string out;
    const auto tail = [&out](char32_t point, unsigned shift) {
        out += static_cast<char>(0x80U | (point >> shift & 0x3fU));
    };
    for (const char32_t point : points) {
        if (point < 0x80) {
            out += static_cast<char>(point);
        } else if (point < 0x800) {
            out += static_cast<char>(0xc0U | point >> 6U);
            tail(point, 0);
        } else if (point < 0x10000) {
            out += static_cast<char>(0xe0U | point >> 12U);
            tail(point, 6);
            tail(point, 0);
        } else {
            out += static_cast<char>(0xf0U | point >> 18U);
            tail(point, 12);
            tail(point, 6);
            tail(point, 0);
        }
    }
    return out;
}

std::string_view cut(std::string_view text, std::size_t bytes) {
    if (text.size() <= bytes) return text;
    while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xc0U) == 0x80) --bytes;
    return text.substr(0, bytes);
}

std::string shortened(std::string_view text, std::size_t bytes) {
    if (text.size() <= bytes) return std::string(text);
    if (bytes < ellipsis.size()) return std::string(cut(text, bytes));
    return std::string(cut(text, bytes - ellipsis.size())) + std::string(ellipsis);
}

}  // namespace anju::notify
