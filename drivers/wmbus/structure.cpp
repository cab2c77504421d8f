#include "drivers/wmbus/structure.hpp"

#include <array>
#include <cstddef>
#include <optional>

namespace anju::drivers::wmbus {
namespace {

constexpr std::uint8_t filler = 0x2F;
constexpr std::size_t variable = 255;
constexpr std::size_t unknown = 254;

/// Bytes of data by the low half of the DIF; table 4.
constexpr std::array<std::size_t, 16> sizes{0, 1, 2, 3, 4, 4,        6, 8,
                                            0, 1, 2, 3, 4, variable, 6, unknown};

/// Data bytes after LVAR, table 5; nullopt: reserved.
std::optional<std::size_t> variable_size(std::uint8_t lvar) {
    if (lvar <= 0xBF) return lvar;
    if (lvar <= 0xC9) return lvar - 0xC0U;
    if (lvar >= 0xD0 && lvar <= 0xD9) return lvar - 0xD0U;
    if (lvar >= 0xE0 && lvar <= 0xEF) return lvar - 0xE0U;
    if (lvar >= 0xF0 && lvar <= 0xF4) return 4U * (lvar - 0xECU);
    if (lvar == 0xF5) return 48;
    if (lvar == 0xF6) return 64;
    return std::nullopt;
}

/// Where the record at `at` ends; nullopt: not before the end of `body`, or it does not say.
std::optional<std::size_t> record_end(Bytes body, std::size_t at) {
    const std::uint8_t dif = body[at];
    std::size_t size = sizes[dif & 0x0FU];
    if (size == unknown) return std::nullopt;
    for (const std::size_t last = at + 10; (body[at++] & 0x80U) != 0;) {  // DIF, at most ten DIFE
        if (at >= body.size() || at > last) return std::nullopt;
    }
    if (at >= body.size() || (body[at] & 0x7FU) == 0x7C) return std::nullopt;
    for (const std::size_t last = at + 10; (body[at++] & 0x80U) != 0;) {  // VIF, at most ten VIFE
        if (at >= body.size() || at > last) return std::nullopt;
    }
    if (size == variable) {
        if (at >= body.size()) return std::nullopt;
        const auto length = variable_size(body[at++]);
        if (!length) return std::nullopt;
        size = *length;
    }
    if (size > body.size() - at) return std::nullopt;
    return at + size;
}

}  // namespace

bool ends_with_a_record(Bytes body) {
    for (std::size_t at = 0; at < body.size();) {
        if (body[at] == filler) {
            ++at;
            continue;
        }
        const auto end = record_end(body, at);
        if (!end) return false;
        at = *end;
    }
    return !body.empty();
}

}  // namespace anju::drivers::wmbus
