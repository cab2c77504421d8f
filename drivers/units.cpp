#include "drivers/units.hpp"

#include <algorithm>
#include <cmath>

namespace anju::drivers {
namespace {

struct Unit {
    std::string_view name;
    double millilitres;
};

constexpr double us_gallon = 3785.411784;
constexpr double imperial_gallon = 4546.09;
constexpr double cubic_foot = 28316.846592;

constexpr Unit volumes[] = {
    {"ml", 1.0},
    {"cl", 10.0},
    {"dl", 100.0},
    {"l", 1000.0},
    {"lt", 1000.0},
    {"liter", 1000.0},
    {"litre", 1000.0},
    {"liters", 1000.0},
    {"litres", 1000.0},
    {"dm³", 1000.0},
    {"毫升", 1.0},
    {"升", 1000.0},
    {"公升", 1000.0},
    {"hl", 100'000.0},
    {"kl", 1'000'000.0},
    {"m³", 1'000'000.0},
    {"m3", 1'000'000.0},
    {"m^3", 1'000'000.0},
    {"cbm", 1'000'000.0},
    {"㎥", 1'000'000.0},
    {"立方米", 1'000'000.0},
    {"吨", 1'000'000.0},  // as water bills count: a tonne of water is one cubic metre
    {"gal", us_gallon},
    {"gallon", us_gallon},
    {"gallons", us_gallon},
    {"us gal", us_gallon},
    {"gal (us)", us_gallon},
    {"imp gal", imperial_gallon},
    {"gal (imp)", imperial_gallon},
    {"ft³", cubic_foot},
    {"ft3", cubic_foot},
    {"ft^3", cubic_foot},
    {"cu ft", cubic_foot},
    {"cf", cubic_foot},
    {"ccf", 100.0 * cubic_foot},
};

struct Period {
    std::string_view name;
    double per_hour;
};
// Not "m": it may be a minute or a month.
constexpr Period periods[] = {
    {"h", 1.0},     {"hr", 1.0},       {"hour", 1.0},       {"小时", 1.0},
    {"时", 1.0},    {"min", 60.0},     {"minute", 60.0},    {"分钟", 60.0},
    {"分", 60.0},   {"s", 3600.0},     {"sec", 3600.0},     {"second", 3600.0},
    {"秒", 3600.0}, {"d", 1.0 / 24.0}, {"day", 1.0 / 24.0}, {"天", 1.0 / 24.0}};

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same_word(std::string_view left, std::string_view right) {
    if (left.size() != right.size()) return false;
    for (std::size_t i = 0; i < left.size(); ++i) {
        if (lower(left[i]) != lower(right[i])) return false;
    }
    return true;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

std::optional<std::int64_t> rounded(double value, double limit) {
    if (!std::isfinite(value) || std::fabs(value) > limit) return std::nullopt;
    return std::llround(value);
}

}  // namespace

std::optional<double> millilitres_in(std::string_view unit) {
    unit = trimmed(unit);
    if (unit == "ML" || unit == "Ml") return std::nullopt;  // megalitre, SI would have it
    for (const Unit& known : volumes) {
        if (same_word(unit, known.name)) return known.millilitres;
    }
    return std::nullopt;
}

std::optional<std::int64_t> to_millilitres(double value, std::string_view unit) {
    const auto factor = millilitres_in(unit);
    if (!factor || value < 0) return std::nullopt;
    return rounded(value * *factor, static_cast<double>(max_total_ml));
}

std::optional<std::int64_t> m3_to_millilitres(std::int64_t mantissa, int exponent) {
    if (mantissa < 0) return std::nullopt;
    // No exponent beyond these makes a difference, and the sum must not overflow.
    int power = std::clamp(exponent, -100, 100) + 6;
    std::int64_t out = mantissa;
    for (; power > 0 && out != 0; --power) {
        if (out > max_total_ml / 10) return std::nullopt;
        out *= 10;
    }
    for (; power < 0 && out != 0; ++power) {
        if (out % 10 != 0) return std::nullopt;
        out /= 10;
    }
    if (out > max_total_ml) return std::nullopt;
    return out;
}

std::optional<std::int64_t> to_millilitres_per_hour(double value, std::string_view unit) {
    if (same_word(trimmed(unit), "gpm")) unit = "gal/min";
    if (same_word(trimmed(unit), "lpm")) unit = "l/min";
    const auto slash = unit.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    const auto volume = millilitres_in(unit.substr(0, slash));
    if (!volume) return std::nullopt;
    for (const Period& period : periods) {
        if (!same_word(trimmed(unit.substr(slash + 1)), period.name)) continue;
        return rounded(value * *volume * period.per_hour, static_cast<double>(max_total_ml));
    }
    return std::nullopt;
}

}  // namespace anju::drivers
