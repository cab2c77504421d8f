// Telegrams made by hand, as they are after their layers were taken off.
#pragma once

#include <algorithm>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "drivers/wmbus/formats.hpp"
#include "drivers/wmbus/meaning.hpp"

namespace anju::drivers::wmbus::made {

/// Bytes that live as long as the program; blanks between digits are welcome.
inline Bytes bytes(std::string_view hex) {
    static std::deque<std::vector<std::uint8_t>> kept;
    std::vector<std::uint8_t> out;
    if (!from_hex(hex, out)) throw std::invalid_argument("no hexadecimal digits");
    kept.push_back(std::move(out));
    return kept.back();
}

struct Made {
    std::string_view maker = "XYZ";
    std::uint8_t type = 0x07;
    std::uint8_t version = 0x01;
    std::uint8_t ci = 0x7A;
    std::uint8_t status = 0;
    std::string_view number = "12345678";
};

inline Telegram telegram(std::string_view body, const Made& made = {}) {
    Telegram out;
    std::copy_n(made.maker.begin(), 3, out.link.maker.begin());
    std::copy_n(made.number.begin(), 8, out.link.number.begin());
    out.link.version = made.version;
    out.link.type = made.type;
    out.meter = out.link;
    out.ci = made.ci;
    out.status = made.status;
    out.body = bytes(body);
    return out;
}

inline PayloadResult meaning(const Telegram& telegram) {
    Formats formats(16);
    return read_meaning(telegram, formats);
}

inline PayloadResult meaning(std::string_view body, const Made& made = {}) {
    return meaning(telegram(body, made));
}

inline std::optional<std::int64_t> value_of(const PayloadResult& result, ReadingKind kind) {
    if (!result) return std::nullopt;
    for (const Reading& reading : result->readings) {
        if (reading.kind == kind) return reading.value;
    }
    return std::nullopt;
}

inline std::optional<std::int64_t> total(std::string_view body, const Made& made = {}) {
    return value_of(meaning(body, made), ReadingKind::water_total_ml);
}

/// "" when it was read.
inline std::string code_of(const PayloadResult& result) {
    return result ? std::string() : result.error().code;
}

}  // namespace anju::drivers::wmbus::made
