#include "config/toml_text.hpp"

#include "config/units.hpp"

namespace anju::config {

std::string in_quotes(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') out += '\\';
        if (byte < 0x20 || byte == 0x7f) {
            constexpr std::string_view hex = "0123456789ABCDEF";
            out += "\\u00";
            out += hex[byte >> 4U];
            out += hex[byte & 15U];
        } else {
            out += c;
        }
    }
    return out + "\"";
}

void Writer::section(std::string_view heading) {
    if (!out_.empty()) out_ += '\n';
    out_ += std::string(heading) + "\n";
}

void Writer::raw(std::string_view key, const std::string& value) {
    out_ += std::string(key) + " = " + value + "\n";
}

void Writer::text(std::string_view key, const std::string& value) {
    if (!value.empty()) raw(key, in_quotes(value));
}

void Writer::duration(std::string_view key, Duration value) {
    raw(key, in_quotes(format_duration(value)));
}

}  // namespace anju::config
