#include "drivers/wmbus/forms.hpp"

#include <algorithm>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/value.hpp>
#include <charconv>
#include <cmath>
#include <string>
#include <utility>

#include "drivers/json.hpp"

namespace anju::drivers::wmbus {
namespace {

namespace json = boost::json;

using Buffer = std::vector<std::uint8_t>;
using FormResult = boost::system::result<Form, DecodeError>;

DecodeError error(std::string code, std::string text, std::size_t at = 0) {
    DecodeError out;
    out.stage = DecodeStage::envelope;
    out.code = std::move(code);
    out.at = at;
    out.text = std::move(text);
    return out;
}

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool is_text(std::string_view payload) {
    return std::all_of(payload.begin(), payload.end(),
                       [](char c) { return (c >= ' ' && c <= '~') || is_blank(c); });
}

/// A brace may begin a telegram too: its length 123. A control field follows then.
bool looks_like_json(std::string_view text) {
    return text.size() >= 2 && text[0] == '{' &&
           (is_blank(text[1]) || text[1] == '"' || text[1] == '}');
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
}

/// `text` as a part of `payload`, or as a copy of such a part.
std::size_t offset_in(std::string_view payload, std::string_view text) {
    const auto at = payload.find(text);
    return at == std::string_view::npos ? 0 : at;
}

FormResult digits(std::string_view payload, std::string_view text, Buffer& buffer) {
    // culfw marks wireless M-Bus by "b", which is a digit too: an odd number of them tells.
    if (text.starts_with("bY")) {
        text.remove_prefix(2);
    } else if (text.starts_with('b') && text.size() % 2 == 1) {
        text.remove_prefix(1);
    }
    if (text.starts_with("0x") || text.starts_with("0X")) text.remove_prefix(2);
    if (!from_hex(text, buffer) || buffer.empty()) {
        return error("not_hex",
                     "Expected a telegram in hexadecimal digits, two a byte; this is not one.",
                     offset_in(payload, text));
    }
    Form form;
    form.telegram = buffer;
    form.offset = offset_in(payload, text);
    form.width = 2;
    return form;
}

bool is_line(std::string_view text) {
    return text.find(';') != std::string_view::npos;
}

/// mode;CRC checked;line code right;time;two strengths without a unit;number;0xTELEGRAM
FormResult rtl_wmbus_line(std::string_view payload, std::string_view line, Buffer& buffer) {
    const std::size_t mode = line.find(';');
    const std::string_view checked = line.substr(mode + 1, line.find(';', mode + 1) - mode - 1);
    const std::size_t last = line.rfind(';');
    if (mode != 2 || last < mode + 3 || line.find('\n') != std::string_view::npos ||
        (checked != "0" && checked != "1")) {
        return error("not_hex", "Expected one line of rtl-wmbus, \"T1;1;1;…;0x1E44…\".");
    }
    if (checked == "0") {
        return error("crc", "The receiver says that the telegram's CRC does not fit.",
                     offset_in(payload, line) + mode + 1);
    }
    return digits(payload, line.substr(last + 1), buffer);
}

std::optional<int> strength(const json::object& object) {
    for (const std::string_view name : {"rssi", "rssi_dbm"}) {
        const json::value* value = object.if_contains(name);
        if (value == nullptr) continue;
        const Scalar found = scalar(*value);
        double dbm = 0;
        if (const auto* number = std::get_if<double>(&found)) {
            dbm = *number;
        } else if (const auto* text = std::get_if<std::string_view>(&found)) {
            const auto end = text->data() + text->size();
            if (std::from_chars(text->data(), end, dbm).ec != std::errc{}) continue;
        }
        // Without a sign it is some receiver's own scale.
        if (dbm < 0 && dbm >= -200) return static_cast<int>(std::lround(dbm));
    }
    return std::nullopt;
}

FormResult json_object(std::string_view payload, std::string_view text, Buffer& buffer) {
    unsigned char memory[2048];
    json::monotonic_resource storage(memory);
    const auto parsed = parse_json(text, 8, &storage);
    if (!parsed) {
        DecodeError out = parsed.error();
        out.stage = DecodeStage::envelope;
        return out;
    }
    const json::object& object = parsed->get_object();  // the text begins with a brace
    for (const std::string_view name :
         {"telegram", "data", "hex", "payload", "rawdata", "raw", "frame"}) {
        const std::string_view found = trimmed(text_member(object, name));
        if (found.empty()) continue;
        auto form = is_line(found) ? rtl_wmbus_line(payload, found, buffer)
                                   : digits(payload, found, buffer);
        if (form) form->rssi_dbm = strength(object);
        return form;
    }
    return error("telegram_missing",
                 "Expected the telegram as hexadecimal text in a member \"telegram\", \"data\", "
                 "\"hex\", \"payload\" or \"rawdata\".");
}

}  // namespace

FormResult read_form(std::string_view payload, Buffer& buffer) {
    const std::string_view text = trimmed(payload);
    if (looks_like_json(text)) return json_object(payload, text, buffer);
    if (!is_text(payload)) {
        Form form;
        form.telegram = bytes_of(payload);
        return form;
    }
    if (text.empty()) return error("empty", "Expected a telegram; the message is empty.");
    return is_line(text) ? rtl_wmbus_line(payload, text, buffer) : digits(payload, text, buffer);
}

}  // namespace anju::drivers::wmbus
