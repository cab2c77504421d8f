// Applies a profile to what came: fields that the network has decoded, or bytes.
#include <algorithm>
#include <bit>
#include <charconv>
#include <string>

#include "drivers/profile/meaning.hpp"

namespace anju::drivers {
namespace {

namespace json = boost::json;

Value value_of(const json::value& value) {
    switch (value.kind()) {
        case json::kind::bool_:
            return value.get_bool();
        case json::kind::int64:
            return decimal(value.get_int64());
        case json::kind::uint64:  // beyond 63 bits: nobody's reading, and not null either
        case json::kind::double_: {
            const auto number = decimal(value.to_number<double>());
            return number ? Value(*number) : Value(std::string_view("not finite"));
        }
        case json::kind::string:
            return std::string_view(value.get_string());
        case json::kind::object:
            return std::string_view("{…}");
        case json::kind::array:
            return std::string_view("[…]");
        default:
            return {};
    }
}

const json::value* step_into(const json::value& value, const std::string& step) {
    if (const auto* object = value.if_object()) return object->if_contains(step);
    const auto* array = value.if_array();
    if (array == nullptr) return nullptr;
    std::size_t index = 0;
    const auto [end, failure] = std::from_chars(step.data(), step.data() + step.size(), index);
    if (failure != std::errc{} || end != step.data() + step.size()) return nullptr;
    return index < array->size() ? &(*array)[index] : nullptr;
}

const json::value* find_field(const FieldRule& rule, const json::value& fields) {
    if (rule.steps.size() > 1 && fields.is_object()) {
        if (const auto* whole = fields.get_object().if_contains(rule.path)) return whole;
    }
    const json::value* value = &fields;
    for (const std::string& step : rule.steps) {
        value = step_into(*value, step);
        if (value == nullptr) return nullptr;
    }
    return value;
}

bool is_little(Coding coding) {
    return coding == Coding::unsigned_le || coding == Coding::signed_le ||
           coding == Coding::float_le || coding == Coding::bcd_le;
}

std::uint64_t number_at(Bytes bytes, bool little) {
    std::uint64_t out = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        out = out << 8U | bytes[little ? bytes.size() - 1 - i : i];
    }
    return out;
}

Value bcd_at(Bytes bytes, bool little) {
    if (std::ranges::all_of(bytes, [](std::uint8_t byte) { return byte == 0xFF; })) return {};
    std::int64_t out = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const std::uint8_t byte = bytes[little ? bytes.size() - 1 - i : i];
        const int high = byte >> 4U;
        const int low = byte & 0xFU;
        if (high > 9 || low > 9) return std::string_view("not BCD");
        out = out * 100 + high * 10 + low;
    }
    return decimal(out);
}

Value text_at(Bytes bytes) {
    std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    text = text.substr(0, text.find('\0'));
    while (text.ends_with(' ')) text.remove_suffix(1);
    while (text.starts_with(' ')) text.remove_prefix(1);
    return text.empty() ? Value{} : Value{text};
}

/// `bytes` reaches beyond the place.
Value value_at(const Place& place, Bytes bytes) {
    const Bytes part = bytes.subspan(place.at, place.size);
    const std::uint64_t raw =
        number_at(part.first(std::min<std::size_t>(part.size(), 8)), is_little(place.coding));
    Value value;
    switch (place.coding) {
        case Coding::unsigned_le:
        case Coding::unsigned_be:
            value = decimal(static_cast<std::int64_t>(raw));
            break;
        case Coding::signed_le:
        case Coding::signed_be: {
            const auto unused = 64 - 8 * static_cast<unsigned>(place.size);
            value = decimal(static_cast<std::int64_t>(raw << unused) >> unused);
            break;
        }
        case Coding::float_le:
        case Coding::float_be: {
            const auto number = decimal(std::bit_cast<float>(static_cast<std::uint32_t>(raw)));
            if (number) value = *number;  // not a number is how such a device says "absent"
            break;
        }
        case Coding::bcd_le:
        case Coding::bcd_be:
            value = bcd_at(part, is_little(place.coding));
            break;
        case Coding::ascii:
            value = text_at(part);
            break;
    }
    return place.pick ? picked(*place.pick, value) : value;
}

bool fits(const Layout& layout, Bytes bytes, std::uint8_t port) {
    if (!layout.ports.empty() && std::ranges::find(layout.ports, port) == layout.ports.end()) {
        return false;
    }
    if (bytes.size() < layout.min_length || bytes.size() > layout.max_length) return false;
    if (!layout.when) return true;
    const Place& place = layout.when->place;
    return bytes.size() >= place.at + place.size && holds(layout.when->is, value_at(place, bytes));
}

DecodeError layout_mismatch(std::size_t at, std::string text) {
    DecodeError error;
    error.code = "layout_mismatch";
    error.at = at;
    error.text = std::move(text);
    return error;
}

std::string expected(const Layout& layout) {
    std::string out;
    if (layout.min_length == layout.max_length) {
        out = std::to_string(layout.min_length) + " bytes";
    } else if (layout.min_length > 0) {
        out = std::to_string(layout.min_length) + " or more bytes";
    } else {
        out = "bytes";
    }
    for (std::size_t i = 0; i < layout.ports.size(); ++i) {
        out += (i == 0 ? " on port " : "/") + std::to_string(layout.ports[i]);
    }
    if (layout.when) {
        out += " with a certain value in byte " + std::to_string(layout.when->place.at);
    }
    return out;
}

DecodeError no_layout(const Profile& profile, Bytes bytes, std::uint8_t port) {
    std::string text = std::to_string(bytes.size()) + " bytes";
    if (port != 0) text += " on port " + std::to_string(port);
    text += " do not fit the profile \"" + profile.name + "\", which reads ";
    for (std::size_t i = 0; i < profile.layouts.size(); ++i) {
        if (i != 0) text += ", or ";
        text += expected(profile.layouts[i]);
    }
    return layout_mismatch(0, text + ": is it another model?");
}

bool is_tag(const TagRule& rule, Bytes rest) {
    if (rest.size() < rule.tag_size) return false;
    for (std::size_t i = 0; i < rule.tag_size; ++i) {
        if ((rest[i] & rule.mask[i]) != rule.tag[i]) return false;
    }
    return true;
}

/// Bytes of tag, length byte and value; nullopt: the value is cut off.
std::optional<std::size_t> size_of(const TagRule& rule, Bytes rest) {
    std::size_t size = rule.tag_size;
    if (rule.length) {
        size += *rule.length;
    } else {
        if (rest.size() <= size) return std::nullopt;
        size += 1U + rest[size];
    }
    return size <= rest.size() ? std::optional(size) : std::nullopt;
}

void read_tag(const TagRule& rule, Bytes value, std::size_t at, Findings& findings) {
    if (!rule.rule) return;
    const Place& place = rule.rule->place;
    if (value.size() < place.at + place.size) {
        return findings.problem("value_truncated", rule.rule->name, at,
                                "the value has " + std::to_string(value.size()) + " bytes");
    }
    findings.read(rule.rule->meaning, value_at(place, value), rule.rule->name, at + place.at);
}

/// nullopt: read, with problems in `findings`; the error when not even the first tag is known.
std::optional<DecodeError> read_tags(const Layout& layout, Bytes bytes, Findings& findings) {
    std::size_t at = layout.tags_from;
    while (at < bytes.size()) {
        const Bytes rest = bytes.subspan(at);
        std::optional<std::size_t> size;
        bool known = false;
        for (const TagRule& rule : layout.tags) {
            if (!is_tag(rule, rest)) continue;
            known = true;
            size = size_of(rule, rest);
            if (!size) break;
            const std::size_t head = rule.tag_size + (rule.length ? 0U : 1U);
            read_tag(rule, rest.subspan(head, *size - head), at + head, findings);
        }
        if (!size) {
            const std::string text = known ? "the value is cut off here"
                                           : "no tag of this profile begins with " +
                                                 to_hex(rest.first(1)) +
                                                 " here; what follows cannot be read";
            if (at == layout.tags_from) return layout_mismatch(at, text);
            findings.problem(known ? "value_truncated" : "tag_unknown", to_hex(rest.first(1)), at,
                             text);
            return std::nullopt;
        }
        at += *size;
    }
    return std::nullopt;
}

}  // namespace

PayloadResult read_fields(const Profile& profile, const json::value& fields) {
    Findings findings;
    for (const FieldRule& rule : profile.fields) {
        const json::value* const found = find_field(rule, fields);
        if (found == nullptr) continue;
        const Value value = value_of(*found);
        if (!rule.pick || std::holds_alternative<std::monostate>(value)) {
            findings.read(rule.meaning, value, rule.path, 0);
            continue;
        }
        const Value bits = picked(*rule.pick, value);
        if (std::holds_alternative<std::monostate>(bits)) {
            findings.problem("value_unknown", rule.path, 0, "is not a whole number of flags");
        } else {
            findings.read(rule.meaning, bits, rule.path, 0);
        }
    }
    return findings.take();
}

PayloadResult read_bytes(const Profile& profile, Bytes bytes, std::uint8_t port) {
    const auto layout = std::ranges::find_if(
        profile.layouts, [&](const Layout& candidate) { return fits(candidate, bytes, port); });
    if (layout == profile.layouts.end()) return no_layout(profile, bytes, port);
    Findings findings;
    for (const ByteRule& rule : layout->bytes) {
        findings.read(rule.meaning, value_at(rule.place, bytes), rule.name, rule.place.at);
    }
    if (!layout->tags.empty()) {
        if (auto error = read_tags(*layout, bytes, findings)) return std::move(*error);
    }
    return findings.take();
}

}  // namespace anju::drivers
