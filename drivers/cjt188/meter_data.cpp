#include "drivers/cjt188/meter_data.hpp"

#include <algorithm>
#include <chrono>

namespace anju::drivers::cjt188 {
namespace {

constexpr std::size_t size_without_unit = 9;
constexpr std::size_t size_standard = 22;
constexpr std::uint8_t battery_bit = 0x04;

struct Unit {
    std::uint8_t code;
    std::int64_t millilitres;  ///< that one step of the register is
};
constexpr Unit units[] = {{0x29, 1'000},  {0x2A, 10'000},  {0x2B, 100'000},
                          {0x2C, 10'000}, {0x2D, 100'000}, {0x2E, 1'000'000}};
constexpr std::int64_t step_without_unit_ml = 10'000;

std::optional<std::int64_t> step_of(std::uint8_t unit) {
    const auto* const known = std::ranges::find(units, unit, &Unit::code);
    if (known == std::end(units)) return std::nullopt;
    return known->millilitres;
}

std::optional<int> bcd(std::uint8_t byte) {
    const int high = byte >> 4U;
    const int low = byte & 0xF;
    if (high > 9 || low > 9) return std::nullopt;
    return high * 10 + low;
}

/// Least significant byte first.
std::optional<std::int64_t> bcd(Bytes bytes) {
    std::int64_t value = 0;
    for (auto byte = bytes.rbegin(); byte != bytes.rend(); ++byte) {
        const auto two = bcd(*byte);
        if (!two) return std::nullopt;
        value = value * 100 + *two;
    }
    return value;
}

bool all(Bytes bytes, std::uint8_t value) {
    return std::ranges::all_of(bytes, [value](std::uint8_t byte) { return byte == value; });
}

DecodeError refusal(const Frame& frame, const char* code, std::size_t i, std::string text) {
    DecodeError error;
    error.code = code;
    error.at = frame.at(i);
    error.text = "byte " + std::to_string(error.at) + ": " + std::move(text);
    error.address = number_of(frame);
    return error;
}

/// Century first.
std::optional<MeterClock> read_date(const std::array<std::uint8_t, 7>& bytes, ClockOrder order) {
    std::array<int, 7> part{};
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const auto two = bcd(bytes[i]);
        if (!two) return std::nullopt;
        part[i] = *two;
    }
    const std::chrono::year_month_day date{std::chrono::year{part[0] * 100 + part[1]},
                                           std::chrono::month{static_cast<unsigned>(part[2])},
                                           std::chrono::day{static_cast<unsigned>(part[3])}};
    if (part[0] != 20 || !date.ok() || part[4] > 23 || part[5] > 59 || part[6] > 59) {
        return std::nullopt;
    }
    return MeterClock{order, 2000 + part[1], part[2], part[3], part[4], part[5], part[6]};
}

/// The total at data[3].
void read_total(const Frame& frame, std::int64_t step, MeterData& out) {
    const Bytes digits = frame.data.subspan(3, 4);
    if (all(digits, 0xFF)) return;
    const auto value = bcd(digits);
    out.bad_bcd = !value;
    if (value) out.total_ml = *value * step;
}

void read_status(const Frame& frame, std::size_t i, MeterData& out) {
    out.status = {frame.data[i], frame.data[i + 1]};
}

boost::system::result<MeterData, DecodeError> read_without_unit(const Frame& frame) {
    if (step_of(frame.data[7])) {
        return refusal(frame, "layout_unknown", 7,
                       "a unit where the short form has the status; this form is not known");
    }
    MeterData out;
    read_total(frame, step_without_unit_ml, out);
    read_status(frame, 7, out);
    return out;
}

void read_settlement(const Frame& frame, MeterData& out) {
    const Bytes digits = frame.data.subspan(8, 4);
    const auto step = step_of(frame.data[12]);
    const auto value = bcd(digits);
    if (step && value) out.settlement_ml = *value * *step;
}

}  // namespace

MeterClock read_clock(Bytes bytes) {
    std::array<std::uint8_t, 7> wire{};
    if (bytes.size() != wire.size()) return {};
    std::ranges::copy(bytes, wire.begin());
    const auto big = read_date(wire, ClockOrder::big_endian);
    std::ranges::reverse(wire);
    const auto little = read_date(wire, ClockOrder::little_endian);
    if (big && little && !std::ranges::equal(bytes, wire)) {
        return MeterClock{.order = ClockOrder::ambiguous};
    }
    if (little) return *little;
    return big.value_or(MeterClock{});
}

boost::system::result<MeterData, DecodeError> read_meter_data(const Frame& frame) {
    if (frame.data.size() == size_without_unit) return read_without_unit(frame);
    if (frame.data.size() < size_standard) {
        return refusal(frame, "layout_unknown", 0,
                       std::to_string(frame.data.size()) +
                           " bytes of metering data; expected 22, or 9 without a unit");
    }
    // Longer: the maker has appended something. What comes first is taken only if it is all there.
    const bool longer = frame.data.size() > size_standard;
    if (longer && (!step_of(frame.data[7]) || frame.data[12] != frame.data[7])) {
        return refusal(frame, "layout_unknown", 7,
                       std::to_string(frame.data.size()) +
                           " bytes of metering data that do not begin as the standard has it");
    }
    MeterData out;
    out.unit = frame.data[7];
    const auto step = step_of(out.unit);
    if (!step && !all(frame.data.subspan(3, 4), 0xFF)) {
        return refusal(frame, "unit_unknown", 7,
                       "unit " + to_hex(frame.data.subspan(7, 1)) +
                           "h; expected 29h–2Bh (litres) or 2Ch–2Eh (m³)");
    }
    read_total(frame, step.value_or(0), out);
    read_settlement(frame, out);
    out.clock = read_clock(frame.data.subspan(13, 7));
    read_status(frame, 20, out);
    if (!longer && out.status->at(0) != 0xFF) {
        out.battery_low = (out.status->at(0) & battery_bit) != 0;
    }
    return out;
}

}  // namespace anju::drivers::cjt188
