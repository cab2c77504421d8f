// Volumes and flows as devices write them, in the one unit that Anju calculates with.
// Factors: 1 US gallon = 3.785411784 L and 1 ft = 0.3048 m exactly (NIST SP 811, appendix B.8);
// 1 imperial gallon = 4.54609 L exactly (UK Units of Measurement Regulations 1995).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace anju::drivers {

/// Largest register that is believed, 10^9 m³ in millilitres; more is a broken message.
inline constexpr std::int64_t max_total_ml = 1'000'000'000'000'000;

/// Millilitres in one of `unit`: "mL" "L" "m³" "m3" "gal" "ft³" "ft3" "CCF" "升" "立方米" "吨" … in
/// any case of letters, save that "ML", which may be the megalitre, is refused. "gal" is the US
/// gallon; "gal (imp)" and "imp gal" are the imperial one. nullopt: not a unit of volume; an
/// unknown unit must never be guessed.
[[nodiscard]] std::optional<double> millilitres_in(std::string_view unit);

/// `value` of `unit` in millilitres, rounded to the nearest. nullopt when the unit is unknown, the
/// value not finite, negative or beyond max_total_ml.
[[nodiscard]] std::optional<std::int64_t> to_millilitres(double value, std::string_view unit);

/// Exactly mantissa × 10^exponent cubic metres; nullopt as above, or when a part of a millilitre
/// would be left over. A register in millilitres stays an integer this way.
[[nodiscard]] std::optional<std::int64_t> m3_to_millilitres(std::int64_t mantissa, int exponent);

/// `value` of a unit of flow ("m³/h" "L/h" "L/min" "gal/min" "gpm" "m3/s" "升/分" …) in millilitres
/// an hour, either direction. nullopt: unknown unit, or "/m", which may be a minute or a month, or
/// beyond ±max_total_ml.
[[nodiscard]] std::optional<std::int64_t> to_millilitres_per_hour(double value,
                                                                  std::string_view unit);

}  // namespace anju::drivers
