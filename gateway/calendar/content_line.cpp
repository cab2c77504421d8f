#include "calendar/content_line.hpp"

#include <algorithm>

namespace anju::calendar {
namespace {

bool continues(char c) {
    return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U;
}

/// How much of `rest` fits into `room` bytes without cutting a character in two.
std::size_t fitting(std::string_view rest, std::size_t room) {
    if (rest.size() <= room) return rest.size();
    std::size_t end = room;
    while (end > 0 && continues(rest[end])) --end;
    return end == 0 ? room : end;  // no UTF-8 at all: the limit still holds
}

}  // namespace

std::string escape(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\\' || c == ',' || c == ';') {
            out += {'\\', c};
        } else if (c == '\n' || c == '\r') {
            if (c == '\r' && i + 1 < text.size() && text[i + 1] == '\n') ++i;
            out += "\\n";
        } else if (c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f)) {
            out += c;
        }
    }
    return out;
}

std::string fold(std::string_view line) {
    std::string out;
    std::size_t room = line_bytes;
    do {
        const std::size_t part = fitting(line, room);
        out.append(line.substr(0, part)).append("\r\n");
        line.remove_prefix(part);
        if (!line.empty()) out += ' ';
        room = line_bytes - 1;  // the blank in front counts
    } while (!line.empty());
    return out;
}

void Lines::raw(std::string_view name, std::string_view value) {
    out_ += fold(std::string(name) + ":" + std::string(value));
}

void Lines::text(std::string_view name, std::string_view value) {
    if (!value.empty()) raw(name, escape(value));
}

}  // namespace anju::calendar
