#include "control/printable.hpp"

#include <array>

namespace anju::control {

Glyph first_glyph(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80) return {lead, 1};
    std::size_t size = 0;
    if (lead >= 0xc2 && lead <= 0xdf) size = 2;
    if (lead >= 0xe0 && lead <= 0xef) size = 3;
    if (lead >= 0xf0 && lead <= 0xf4) size = 4;
    if (size == 0 || text.size() < size) return {};
    char32_t code = lead & (0x7fU >> size);
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(i) & 0xc0U) != 0x80) return {};
        code = (code << 6U) | (byte(i) & 0x3fU);
    }
    constexpr std::array<char32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
    const bool surrogate = code >= 0xd800 && code <= 0xdfff;
    if (code < least[size] || code > 0x10ffff || surrogate) return {};
    return {code, size};
}

std::string printable(std::string_view bytes) {
    constexpr std::string_view hex = "0123456789abcdef";
    std::string out;
    while (!bytes.empty()) {
        const Glyph glyph = first_glyph(bytes);
        const bool control = glyph.code < 0x20 || (glyph.code >= 0x7f && glyph.code < 0xa0);
        // Marks that turn the direction of writing would let a payload disguise itself.
        const bool turns = (glyph.code >= 0x202a && glyph.code <= 0x202e) ||
                           (glyph.code >= 0x2066 && glyph.code <= 0x2069);
        const std::size_t taken = glyph.bytes == 0 ? 1 : glyph.bytes;
        if (glyph.bytes != 0 && !control && !turns) {
            out += bytes.substr(0, taken);
        } else {
            for (const char c : bytes.substr(0, taken)) {
                const auto byte = static_cast<unsigned char>(c);
                out += "\\x";
                out += hex[byte >> 4U];
                out += hex[byte & 15U];
            }
        }
        bytes.remove_prefix(taken);
    }
    return out;
}

}  // namespace anju::control
