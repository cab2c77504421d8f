// Exponential and logarithm that give the same bits on every platform.
//
// Detectors decide by them, and the same input must give the same decision on x86 and on ARM; the
// functions of the C library differ in their last digits from one to the next. These use nothing
// but +, -, *, / and powers of two, which IEEE 754 rounds alike everywhere (the build forbids
// fused multiply-add). Relative error below 1e-12, which is far better than anything learned.
#pragma once

#include <bit>
#include <cstdint>

namespace anju::detect {

namespace arithmetic {
inline constexpr double ln2 = 0.693147180559945309417;
}

/// e to the power of x; x is cut to [-700, 700].
[[nodiscard]] constexpr double exponential(double x) {
    x = x < -700 ? -700 : x > 700 ? 700 : x;
    // x = k ln 2 + r with |r| <= ln 2 / 2; the series of e^r then needs 12 terms.
    const double scaled = x / arithmetic::ln2;
    const auto k = static_cast<std::int64_t>(scaled + (scaled < 0 ? -0.5 : 0.5));
    const double r = x - static_cast<double>(k) * arithmetic::ln2;
    double sum = 1;
    for (int n = 12; n > 0; --n) sum = 1 + sum * r / n;
    return sum * std::bit_cast<double>(static_cast<std::uint64_t>(k + 1023) << 52U);
}

/// The natural logarithm of x > 0, x normal; below that, of the smallest normal number.
[[nodiscard]] constexpr double logarithm(double x) {
    constexpr double smallest = 2.2250738585072014e-308;
    const auto bits = std::bit_cast<std::uint64_t>(x > smallest ? x : smallest);
    auto k = static_cast<std::int64_t>(bits >> 52U) - 1023;
    double m = std::bit_cast<double>((bits & 0x000f'ffff'ffff'ffffU) | 0x3ff0'0000'0000'0000U);
    if (m > 1.4142135623730951) {
        m /= 2;
        ++k;
    }
    // ln m = 2 artanh t with t = (m - 1) / (m + 1), |t| < 0.172.
    const double t = (m - 1) / (m + 1);
    const double square = t * t;
    double sum = 0;
    for (int n = 19; n > 0; n -= 2) sum = sum * square + 2.0 / n;
    return static_cast<double>(k) * arithmetic::ln2 + sum * t;
}

}  // namespace anju::detect
