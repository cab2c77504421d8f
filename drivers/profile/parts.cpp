#include "drivers/profile/parts.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>

#include "core/model/names.hpp"
#include "drivers/profile/meaning.hpp"
#include "drivers/units.hpp"

namespace anju::drivers::profile_file {
namespace {

struct Type {
    std::string_view name;
    Coding coding;
    std::size_t size;  ///< 0: `size` says
};

constexpr Type types[] = {
    {"u8", Coding::unsigned_be, 1},    {"i8", Coding::signed_be, 1},
    {"u16le", Coding::unsigned_le, 2}, {"u16be", Coding::unsigned_be, 2},
    {"i16le", Coding::signed_le, 2},   {"i16be", Coding::signed_be, 2},
    {"u24le", Coding::unsigned_le, 3}, {"u24be", Coding::unsigned_be, 3},
    {"u32le", Coding::unsigned_le, 4}, {"u32be", Coding::unsigned_be, 4},
    {"i32le", Coding::signed_le, 4},   {"i32be", Coding::signed_be, 4},
    {"f32le", Coding::float_le, 4},    {"f32be", Coding::float_be, 4},
    {"bcdle", Coding::bcd_le, 0},      {"bcdbe", Coding::bcd_be, 0},
    {"ascii", Coding::ascii, 0},
};

std::vector<std::string_view> type_names() {
    std::vector<std::string_view> out;
    for (const Type& type : types) out.push_back(type.name);
    return out;
}

constexpr std::array kinds = {ReadingKind::smoke,           ReadingKind::gas,
                              ReadingKind::carbon_monoxide, ReadingKind::sos,
                              ReadingKind::water_leak,      ReadingKind::contact_open,
                              ReadingKind::motion,          ReadingKind::vibration,
                              ReadingKind::tamper,          ReadingKind::fault,
                              ReadingKind::bed_occupied,    ReadingKind::battery_low,
                              ReadingKind::battery_pct,     ReadingKind::battery_mv,
                              ReadingKind::water_total_ml,  ReadingKind::water_reverse_ml,
                              ReadingKind::water_used_ml,   ReadingKind::water_flow_mlh,
                              ReadingKind::online,          ReadingKind::i_am_well};

/// Millilitres an hour in one of `unit`. Asked for a hundred thousand of it, because the answer
/// is a whole number.
std::optional<Decimal> flow_factor(std::string_view unit) {
    const auto many = to_millilitres_per_hour(1e5, unit);
    if (!many) return std::nullopt;
    return product(decimal(*many), Decimal{1, -5});
}

std::optional<Decimal> factor_of(ReadingKind kind, std::string_view unit) {
    switch (kind) {
        case ReadingKind::battery_pct:
            return unit == "%" ? std::optional(Decimal{1, 0}) : std::nullopt;
        case ReadingKind::battery_mv:
            if (unit == "V") return Decimal{1, 3};
            return unit == "mV" ? std::optional(Decimal{1, 0}) : std::nullopt;
        case ReadingKind::water_flow_mlh:
            return flow_factor(unit);
        default: {
            const auto factor = millilitres_in(unit);
            return factor ? decimal(*factor) : std::nullopt;
        }
    }
}

std::string unit_example(ReadingKind kind) {
    switch (kind) {
        case ReadingKind::battery_pct:
            return R"("%")";
        case ReadingKind::battery_mv:
            return R"("mV" or "V")";
        case ReadingKind::water_flow_mlh:
            return R"("L/h", "m³/h", "L/min" or "gal/min")";
        default:
            return R"("mL", "L", "m³", "gal" or "ft³")";
    }
}

bool is_volume(ReadingKind kind) {
    return kind == ReadingKind::water_total_ml || kind == ReadingKind::water_reverse_ml ||
           kind == ReadingKind::water_used_ml;
}

/// pulse = "10 L": what one count stands for.
void read_pulse(Section& section, Meaning& meaning) {
    const auto text = section.text("pulse");
    if (!text) return;
    section.exclude({"unit", "scale", "offset"}, "pulse says both the unit and the scale");
    const auto space = text->find(' ');
    const auto weight = decimal(std::string_view(*text).substr(0, space));
    const auto factor = space == std::string::npos || !is_volume(*meaning.kind)
                            ? std::nullopt
                            : factor_of(*meaning.kind, std::string_view(*text).substr(space + 1));
    if (!weight || weight->mantissa <= 0 || !factor) {
        return section.wrong("pulse", "'" + *text + "' is not a volume",
                             "write a number, a blank and a unit of volume, such as \"10 L\"");
    }
    meaning.scale = *weight;
    meaning.factor = *factor;
}

void read_conversion(Section& section, Meaning& meaning) {
    const ReadingKind kind = *meaning.kind;
    section.exclude({"on", "off", "test", "on_above"},
                    std::string(name(kind)) + " is a number; these are for yes and no");
    if (section.has("pulse")) return read_pulse(section, meaning);
    if (const auto scale = section.number("scale")) {
        if (scale->mantissa == 0) section.wrong("scale", "is 0", "leave it out where it is 1");
        meaning.scale = *scale;
    }
    meaning.offset = section.number("offset").value_or(Decimal{});
    const auto unit = section.text("unit");
    if (!unit) {
        if (!section.has("unit") && kind != ReadingKind::battery_pct) {
            section.wrong("reading", "needs a unit", "add unit = " + unit_example(kind));
        }
        return;
    }
    const auto factor = factor_of(kind, *unit);
    if (!factor) {
        return section.wrong("unit", "'" + *unit + "' is not a unit of " + std::string(name(kind)),
                             "write " + unit_example(kind));
    }
    meaning.factor = *factor;
}

void read_state(Section& section, Meaning& meaning, bool is_bit) {
    section.exclude({"unit", "scale", "offset", "pulse"},
                    std::string(name(*meaning.kind)) + " is yes or no; these are for numbers");
    meaning.on = section.literals("on").value_or(std::vector<Literal>{});
    meaning.off = section.literals("off").value_or(std::vector<Literal>{});
    meaning.test = section.literals("test").value_or(std::vector<Literal>{});
    meaning.on_above = section.number("on_above");
    if (is_bit && !section.has("on") && !section.has("off") && !section.has("on_above")) {
        meaning.on = {decimal(std::int64_t{1})};
        meaning.off = {decimal(std::int64_t{0})};
    }
    if (meaning.on.empty() && meaning.off.empty() && !meaning.on_above) {
        section.wrong("reading", "needs the values that mean yes and no",
                      "add on = [ … ] and off = [ … ], or on_above = 0 for numbers");
    }
}

void check_distinct(Section& section, const Meaning& meaning) {
    const std::vector<Literal>* const lists[] = {&meaning.on, &meaning.off, &meaning.test,
                                                 &meaning.absent};
    for (std::size_t i = 0; i < std::size(lists); ++i) {
        for (const Literal& literal : *lists[i]) {
            for (std::size_t j = i + 1; j < std::size(lists); ++j) {
                if (std::ranges::find(*lists[j], literal) == lists[j]->end()) continue;
                return section.wrong("reading", "has a value that means two things",
                                     "give each value in one of on, off, test and absent only");
            }
        }
    }
}

}  // namespace

std::optional<ReadingKind> parse_reading_kind(std::string_view text) {
    const auto found =
        std::ranges::find_if(kinds, [&](ReadingKind kind) { return anju::name(kind) == text; });
    return found == kinds.end() ? std::nullopt : std::optional(*found);
}

std::span<const std::string_view> reading_kind_names() {
    static const auto names = [] {
        std::array<std::string_view, kinds.size()> out;
        std::ranges::transform(kinds, out.begin(), [](ReadingKind kind) { return name(kind); });
        return out;
    }();
    return names;
}

std::optional<Pick> read_pick(Section& section) {
    const auto bit = section.integer("bit", 0, 62);
    const auto mask = section.integer("mask", 1, std::numeric_limits<std::int64_t>::max());
    if (bit) section.exclude({"mask"}, "bit = n is short for the mask of that bit");
    if (bit)
        return Pick{std::uint64_t{1} << static_cast<unsigned>(*bit), static_cast<unsigned>(*bit)};
    if (!mask) return std::nullopt;
    const auto bits = static_cast<std::uint64_t>(*mask);
    return Pick{bits, static_cast<unsigned>(std::countr_zero(bits))};
}

Place read_place(Section& section, std::string_view default_type) {
    Place place;
    place.at = static_cast<std::size_t>(section.integer("at", 0, 255).value_or(0));
    const auto names = type_names();
    if (default_type.empty()) section.require("type", "\"u8\"");
    const auto word = section.word("type", names);
    const auto size = section.integer("size", 1, 32);
    place.pick = read_pick(section);
    const std::string_view wanted = word ? std::string_view(*word) : default_type;
    const auto* const type = std::ranges::find(types, wanted, &Type::name);
    if (type == std::end(types)) return place;
    place.coding = type->coding;
    place.size = type->size;
    const std::string type_name(type->name);
    if (type->size != 0) {
        section.exclude({"size"}, type_name + " has its size in its name");
    } else if (!section.has("size")) {
        section.wrong("type", "needs a size", "add size = 4, the number of bytes");
    } else if (size) {
        place.size = static_cast<std::size_t>(*size);
        if (type->coding != Coding::ascii && *size > 8) {
            section.wrong("size", "is more than 16 digits", "write at most 8 for " + type_name);
        }
    }
    const bool whole = type->coding == Coding::unsigned_le || type->coding == Coding::unsigned_be;
    if (place.pick && !whole) {
        section.wrong("type", "has no flags in it", "bit and mask are for u8, u16le … u32be");
    } else if (place.pick && place.size < 8 && place.pick->mask >> (8 * place.size) != 0) {
        section.wrong(section.has("bit") ? "bit" : "mask", "lies beyond the value",
                      type_name + " has " + std::to_string(8 * place.size) + " bits");
    }
    return place;
}

Meaning read_meaning(Section& section, bool is_bit) {
    Meaning meaning;
    for (const std::string_view key :
         {"on", "off", "on_above", "test", "unit", "scale", "offset", "pulse"}) {
        (void)section.has(key);  // known, even where a mistake keeps it from being read
    }
    const auto word = section.word("reading", reading_kind_names());
    meaning.absent = section.literals("absent").value_or(std::vector<Literal>{});
    if (const auto range = section.numbers("range")) {
        if (range->size() != 2 || compare((*range)[0], (*range)[1]) > 0) {
            section.wrong("range", "is not a range", "write [smallest, largest]");
        } else {
            meaning.min = (*range)[0];
            meaning.max = (*range)[1];
        }
    }
    if (word) {
        meaning.kind = parse_reading_kind(*word);
        if (range_of(*meaning.kind).is_state) {
            read_state(section, meaning, is_bit);
        } else {
            read_conversion(section, meaning);
        }
    } else if (section.has("test")) {
        section.exclude({"on", "off", "on_above", "unit", "scale", "offset", "pulse"},
                        "without a reading, test alone says that the message is a test");
        meaning.test = section.literals("test").value_or(std::vector<Literal>{});
    } else if (!section.has("reading")) {
        section.exclude({"on", "off", "on_above", "unit", "scale", "offset", "pulse"},
                        "it says what a reading's values mean: add reading = …");
        section.require("reading", "\"contact_open\"");
    }
    check_distinct(section, meaning);
    return meaning;
}

bool read_tag_pattern(std::string_view text, TagRule& rule) {
    rule.tag_size = 0;
    bool high = true;
    for (const char c : text) {
        if (c == ' ' && high) continue;
        const std::size_t digit = std::string_view("0123456789ABCDEFabcdef").find(c);
        if (digit == std::string_view::npos && c != '?') return false;
        if (high && rule.tag_size == rule.tag.size()) return false;
        const auto value = c == '?' ? 0U : static_cast<unsigned>(digit > 15 ? digit - 6 : digit);
        const auto mask = c == '?' ? 0U : 0xFU;
        const std::size_t at = high ? rule.tag_size++ : rule.tag_size - 1;
        rule.tag[at] = static_cast<std::uint8_t>(rule.tag[at] << 4U | value);
        rule.mask[at] = static_cast<std::uint8_t>(rule.mask[at] << 4U | mask);
        high = !high;
    }
    return high && rule.tag_size > 0;
}

}  // namespace anju::drivers::profile_file
