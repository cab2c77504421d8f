#include "drivers/profile/meaning.hpp"

#include <algorithm>
#include <utility>

#include "core/model/names.hpp"
#include "drivers/units.hpp"

namespace anju::drivers {
namespace {

constexpr std::size_t max_text = 60;

std::string shown(const Value& value) {
    if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
    if (const auto* text = std::get_if<std::string_view>(&value)) {
        return "\"" + std::string(text->substr(0, max_text)) + "\"";
    }
    if (const auto* number = std::get_if<Decimal>(&value)) {
        std::string out = std::to_string(number->mantissa);
        if (number->exponent > 0 && number->exponent < 12) {
            return out + std::string(static_cast<std::size_t>(number->exponent), '0');
        }
        if (number->exponent != 0) out += "e" + std::to_string(number->exponent);
        return out;
    }
    return "null";
}

bool is_hazard(ReadingKind kind) {
    return kind == ReadingKind::smoke || kind == ReadingKind::gas || kind == ReadingKind::sos ||
           kind == ReadingKind::carbon_monoxide || kind == ReadingKind::water_leak;
}

std::optional<Decimal> number_of(const Value& value) {
    if (const auto* number = std::get_if<Decimal>(&value)) return *number;
    if (const auto* text = std::get_if<std::string_view>(&value)) return decimal(*text);
    return std::nullopt;
}

bool outside(const Meaning& meaning, const Decimal& number) {
    return (meaning.min && compare(number, *meaning.min) < 0) ||
           (meaning.max && compare(number, *meaning.max) > 0);
}

std::optional<std::int64_t> converted(const Meaning& meaning, const Decimal& number) {
    const auto scaled = product(number, meaning.scale);
    if (!scaled) return std::nullopt;
    const auto moved = sum(*scaled, meaning.offset);
    if (!moved) return std::nullopt;
    const auto value = rounded_product(*moved, meaning.factor);
    const KindRange range = range_of(*meaning.kind);
    if (!value || *value < range.min || *value > range.max) return std::nullopt;
    return value;
}

}  // namespace

KindRange range_of(ReadingKind kind) {
    switch (kind) {
        case ReadingKind::battery_pct:
            return {false, false, 0, 100};
        case ReadingKind::battery_mv:
            return {false, false, 0, 60'000};
        case ReadingKind::water_total_ml:
        case ReadingKind::water_reverse_ml:
            return {false, false, 0, max_total_ml};
        case ReadingKind::water_used_ml:
            return {false, true, 0, max_total_ml};
        case ReadingKind::water_flow_mlh:
            return {false, false, -max_total_ml, max_total_ml};
        case ReadingKind::sos:
        case ReadingKind::i_am_well:
            return {true, true, 0, 1};
        default:
            return {true, false, 0, 1};
    }
}

bool holds(const std::vector<Literal>& literals, const Value& value) {
    return std::ranges::any_of(literals, [&](const Literal& literal) {
        if (const auto* flag = std::get_if<bool>(&literal)) {
            return std::holds_alternative<bool>(value) && std::get<bool>(value) == *flag;
        }
        if (const auto* number = std::get_if<Decimal>(&literal)) {
            return std::holds_alternative<Decimal>(value) && std::get<Decimal>(value) == *number;
        }
        return std::holds_alternative<std::string_view>(value) &&
               std::get<std::string_view>(value) == std::get<std::string>(literal);
    });
}

Value picked(const Pick& pick, const Value& value) {
    const auto* number = std::get_if<Decimal>(&value);
    if (number == nullptr || number->mantissa < 0 || number->exponent < 0) return {};
    const auto whole = rounded_product(*number, Decimal{1, 0});
    if (!whole) return {};
    const auto bits = (static_cast<std::uint64_t>(*whole) & pick.mask) >> pick.shift;
    return decimal(static_cast<std::int64_t>(bits));
}

void Findings::add(ReadingKind kind, std::int64_t value, std::uint16_t quality) {
    if (measured.readings.size() >= max_readings) return;
    measured.readings.push_back(
        {.kind = kind, .quality = quality, .value = value, .event_time = {}});
}

void Findings::problem(std::string_view code, std::string_view property, std::size_t at,
                       std::string text) {
    if (measured.problems.size() >= max_problems) return;
    measured.problems.push_back(
        {std::string(code), std::string(property.substr(0, max_text)), at, std::move(text)});
}

void Findings::read(const Meaning& meaning, const Value& value, std::string_view property,
                    std::size_t at) {
    if (std::holds_alternative<std::monostate>(value) || holds(meaning.absent, value)) return;
    if (!meaning.kind) {
        if (holds(meaning.test, value)) is_test = true;
        return;
    }
    if (range_of(*meaning.kind).is_state) {
        read_state(meaning, value, property, at);
    } else {
        read_number(meaning, value, property, at);
    }
}

void Findings::read_state(const Meaning& meaning, const Value& value, std::string_view property,
                          std::size_t at) {
    const bool is_event = range_of(*meaning.kind).is_event;
    if (holds(meaning.on, value)) return add(*meaning.kind, 1);
    if (holds(meaning.test, value)) return add(*meaning.kind, 1, quality::test);
    bool off = holds(meaning.off, value);
    if (!off && meaning.on_above) {
        if (const auto number = number_of(value); number && !outside(meaning, *number)) {
            if (compare(*number, *meaning.on_above) > 0) return add(*meaning.kind, 1);
            off = true;
        }
    }
    if (!off) {
        return problem("value_unknown", property, at,
                       shown(value) + " has no meaning for " + std::string(name(*meaning.kind)) +
                           " in this profile");
    }
    if (!is_event) add(*meaning.kind, 0);
}

void Findings::read_number(const Meaning& meaning, const Value& value, std::string_view property,
                           std::size_t at) {
    const auto number = number_of(value);
    if (!number) {
        return problem("value_unknown", property, at, shown(value) + " is not a number");
    }
    const auto reading = outside(meaning, *number) ? std::nullopt : converted(meaning, *number);
    if (!reading) {
        return problem("value_out_of_range", property, at,
                       shown(value) + " cannot be a " + std::string(name(*meaning.kind)));
    }
    if (*reading != 0 || !range_of(*meaning.kind).is_event) add(*meaning.kind, *reading);
}

Measured Findings::take() {
    for (Reading& reading : measured.readings) {
        if (is_test && is_hazard(reading.kind) && reading.value == 1) {
            reading.quality |= quality::test;
        }
    }
    return std::move(measured);
}

}  // namespace anju::drivers
