// Decimal numbers, exactly as devices write them: 0.1 is one tenth here, not the nearest binary
// fraction, so that a register in millilitres stays the integer that the meter shows.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

namespace anju::drivers {

/// mantissa × 10^exponent, without trailing zeros in the mantissa: equal numbers are equal here.
struct Decimal {
    std::int64_t mantissa = 0;
    int exponent = 0;

    friend bool operator==(const Decimal&, const Decimal&) = default;
};

[[nodiscard]] Decimal decimal(std::int64_t value);
/// The shortest decimal that reads back as `value`: what the sender wrote. nullopt: not finite.
[[nodiscard]] std::optional<Decimal> decimal(double value);
[[nodiscard]] std::optional<Decimal> decimal(float value);
/// "-12.50", "1e-3". nullopt: anything else, or more than 18 digits that count.
[[nodiscard]] std::optional<Decimal> decimal(std::string_view text);

/// Both exact; nullopt: the result has more digits than fit.
[[nodiscard]] std::optional<Decimal> product(const Decimal& left, const Decimal& right);
[[nodiscard]] std::optional<Decimal> sum(const Decimal& left, const Decimal& right);

/// left × right as a whole number, halves away from zero; nullopt: beyond 64 bits.
[[nodiscard]] std::optional<std::int64_t> rounded_product(const Decimal& left,
                                                          const Decimal& right);

[[nodiscard]] std::strong_ordering compare(const Decimal& left, const Decimal& right);

}  // namespace anju::drivers
