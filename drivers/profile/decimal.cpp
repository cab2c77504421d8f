#include "drivers/profile/decimal.hpp"

#include <algorithm>
#include <boost/multiprecision/cpp_int.hpp>
#include <charconv>
#include <cmath>
#include <limits>
#include <system_error>

namespace anju::drivers {
namespace {

// Not the compiler's own, which the 32-bit boards do not have.
using Wide = boost::multiprecision::int128_t;

constexpr int max_digits = 18;
constexpr int max_exponent = 400;  // of a double, with room

bool fits(Wide value) {
    return value >= std::numeric_limits<std::int64_t>::min() &&
           value <= std::numeric_limits<std::int64_t>::max();
}

std::optional<Decimal> reduced(Wide mantissa, int exponent) {
    if (mantissa == 0) return Decimal{};
    while (mantissa % 10 == 0) {
        mantissa /= 10;
        ++exponent;
    }
    if (!fits(mantissa)) return std::nullopt;
    return Decimal{static_cast<std::int64_t>(mantissa), exponent};
}

/// value × 10^power for power >= 0; nullopt: does not fit.
std::optional<Wide> raised(Wide value, int power) {
    static const Wide limit = (Wide{1} << 126) / 10;
    for (; power > 0 && value != 0; --power) {
        if (value > limit || value < -limit) return std::nullopt;
        value *= 10;
    }
    return value;
}

template <class Float>
std::optional<Decimal> shortest(Float value) {
    if (!std::isfinite(value)) return std::nullopt;
    char text[40];
    const auto end = std::to_chars(std::begin(text), std::end(text), value).ptr;
    return decimal(std::string_view(text, static_cast<std::size_t>(end - text)));
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

std::optional<int> parse_exponent(std::string_view text) {
    if (text.starts_with('+')) text.remove_prefix(1);
    int value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    if (value < -max_exponent || value > max_exponent) return std::nullopt;
    return value;
}

}  // namespace

Decimal decimal(std::int64_t value) {
    return *reduced(value, 0);
}

std::optional<Decimal> decimal(double value) {
    return shortest(value);
}

std::optional<Decimal> decimal(float value) {
    return shortest(value);
}

std::optional<Decimal> decimal(std::string_view text) {
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    Wide mantissa = 0;
    int exponent = 0;
    int pending = 0;  // zeros that count only if another digit follows
    int digits = 0;
    bool fraction = false;
    bool any = false;
    std::size_t at = 0;
    for (; at < text.size(); ++at) {
        if (text[at] == '.' && !fraction && any) {
            fraction = true;
            continue;
        }
        if (!is_digit(text[at])) break;
        any = true;
        if (fraction) --exponent;
        if (text[at] == '0') {
            ++pending;
            continue;
        }
        digits += digits == 0 ? 1 : pending + 1;
        if (digits > max_digits) return std::nullopt;
        for (; digits > 1 && pending > 0; --pending) mantissa *= 10;
        mantissa = mantissa * 10 + (text[at] - '0');
        pending = 0;
    }
    if (!any || (at > 0 && text[at - 1] == '.')) return std::nullopt;
    if (at < text.size()) {
        if (text[at] != 'e' && text[at] != 'E') return std::nullopt;
        const auto power = parse_exponent(text.substr(at + 1));
        if (!power) return std::nullopt;
        exponent += *power;
    }
    return reduced(negative ? -mantissa : mantissa, exponent + pending);
}

std::optional<Decimal> product(const Decimal& left, const Decimal& right) {
    return reduced(Wide{left.mantissa} * right.mantissa, left.exponent + right.exponent);
}

std::optional<Decimal> sum(const Decimal& left, const Decimal& right) {
    if (left.mantissa == 0) return right;
    if (right.mantissa == 0) return left;
    const int exponent = std::min(left.exponent, right.exponent);
    const auto a = raised(left.mantissa, left.exponent - exponent);
    const auto b = raised(right.mantissa, right.exponent - exponent);
    if (!a || !b) return std::nullopt;
    return reduced(*a + *b, exponent);
}

std::optional<std::int64_t> rounded_product(const Decimal& left, const Decimal& right) {
    Wide value = Wide{left.mantissa} * right.mantissa;
    int exponent = left.exponent + right.exponent;
    if (exponent >= 0) {
        const auto whole = raised(value, exponent);
        if (!whole || !fits(*whole)) return std::nullopt;
        return static_cast<std::int64_t>(*whole);
    }
    for (; exponent < -1 && value != 0; ++exponent) value /= 10;
    const Wide tenths = value % 10;
    value /= 10;
    if (tenths >= 5) ++value;
    if (tenths <= -5) --value;
    if (!fits(value)) return std::nullopt;
    return static_cast<std::int64_t>(value);
}

std::strong_ordering compare(const Decimal& left, const Decimal& right) {
    const int exponent = std::min(left.exponent, right.exponent);
    const auto a = raised(left.mantissa, left.exponent - exponent);
    const auto b = raised(right.mantissa, right.exponent - exponent);
    if (a && b) return a->compare(*b) <=> 0;
    // One of them is too large to be written out: it is the larger in magnitude.
    return a ? 0 <=> right.mantissa : left.mantissa <=> 0;
}

}  // namespace anju::drivers
