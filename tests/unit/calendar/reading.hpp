// A reader of iCalendar that forgives nothing, written from RFC 5545 and not from our writer.
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace anju::test {

/// Whether `text` is UTF-8 in which no character is cut off at either end.
inline bool whole_characters(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t length = lead < 0x80             ? 1
                                   : (lead & 0xe0) == 0xc0 ? 2
                                   : (lead & 0xf0) == 0xe0 ? 3
                                   : (lead & 0xf8) == 0xf0 ? 4
                                                           : 0;
        if (length == 0 || i + length > text.size()) return false;
        for (std::size_t k = 1; k < length; ++k) {
            if ((static_cast<unsigned char>(text[i + k]) & 0xc0) != 0x80) return false;
        }
        i += length;
    }
    return true;
}

/// The lines of a feed as they were before folding. Throws on a line that is too long, a bare CR or
/// LF, a character cut by a fold, a missing end.
inline std::vector<std::string> unfold(std::string_view wire) {
    std::vector<std::string> out;
    while (!wire.empty()) {
        const std::size_t end = wire.find("\r\n");
        if (end == std::string_view::npos) throw std::runtime_error("the last line has no CRLF");
        const std::string_view line = wire.substr(0, end);
        wire.remove_prefix(end + 2);
        if (line.size() > 75) throw std::runtime_error("longer than 75 bytes");
        if (line.find_first_of("\r\n") != std::string_view::npos) {
            throw std::runtime_error("a bare CR or LF");
        }
        if (!whole_characters(line)) throw std::runtime_error("a character cut in two");
        if (!line.empty() && (line.front() == ' ' || line.front() == '\t')) {
            if (out.empty()) throw std::runtime_error("continues nothing");
            out.back().append(line.substr(1));
        } else {
            out.emplace_back(line);
        }
    }
    return out;
}

/// A TEXT value read back. Throws on what escape() should have escaped.
inline std::string unescape(std::string_view value) {
    std::string out;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const char c = value[i];
        if (c == ',' || c == ';') throw std::runtime_error("not escaped");
        if (c != '\\') {
            out += c;
            continue;
        }
        if (++i == value.size()) throw std::runtime_error("ends in a backslash");
        if (value[i] == 'n' || value[i] == 'N') {
            out += '\n';
        } else if (value[i] == '\\' || value[i] == ',' || value[i] == ';') {
            out += value[i];
        } else {
            throw std::runtime_error("an escape that there is not");
        }
    }
    return out;
}

}  // namespace anju::test
