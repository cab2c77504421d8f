#include "drivers/wmbus/water.hpp"

#include <algorithm>
#include <cmath>

#include "drivers/units.hpp"
#include "drivers/wmbus/meters.hpp"
#include "drivers/wmbus/meters/qundis.hpp"

namespace anju::drivers::wmbus {
namespace {

constexpr std::uint8_t backward = 0x3C;  // VIFE: accumulated only when flowing backwards

/// Power of ten of one unit in m³; nullopt: no volume.
std::optional<int> volume_exponent(const Record& record) {
    if (record.table == VifTable::primary && record.code >= 0x10 && record.code <= 0x17) {
        return record.code - 0x16;
    }
    if (record.is(VifTable::fb, 0x10) || record.is(VifTable::fb, 0x11)) return record.code - 0x0E;
    return std::nullopt;
}

/// Millilitres an hour of one unit; nullopt: no volume flow.
std::optional<double> flow_unit(const Record& record) {
    if (record.table != VifTable::primary || !record.extensions.empty()) return std::nullopt;
    const int power = record.code & 7;
    switch (record.code >> 3U) {
        case 7:  // 38h–3Fh: 10^(n-6) m³/h
            return std::pow(10.0, power);
        case 8:  // 40h–47h: 10^(n-7) m³/min
            return 60.0 * std::pow(10.0, power - 1);
        case 9:  // 48h–4Fh: 10^(n-9) m³/s
            return 3600.0 * std::pow(10.0, power - 3);
        default:
            return std::nullopt;
    }
}

/// Some meters say so when a register holds nothing: BCD all Fh, binary 80h 00h….
bool says_nothing(const Record& record) {
    const bool bcd = record.field >= 0x9 && record.field <= 0xE && record.field != 0xD;
    const auto filled = [](Bytes bytes, std::uint8_t with) {
        return std::all_of(bytes.begin(), bytes.end(), [&](std::uint8_t b) { return b == with; });
    };
    if (record.value.empty()) return true;
    if (bcd) return filled(record.value, 0xFF);
    return record.value.back() == 0x80 && filled(record.value.first(record.value.size() - 1), 0);
}

std::optional<std::int64_t> millilitres(const Record& record, int exponent) {
    if (const auto real = real_of(record)) {
        return to_millilitres(*real * std::pow(10.0, exponent), "m3");
    }
    const auto value = integer_of(record);
    return value ? m3_to_millilitres(*value, exponent) : std::nullopt;
}

}  // namespace

void WaterReader::take(const Record& record) {
    if (!record.is_present_value()) return;
    if (volume_exponent(record)) {
        take_volume(record);
    } else if (const auto unit = flow_unit(record)) {
        const auto value = integer_of(record);
        if (!value || found_.flow_mlh) return;
        const double flow = static_cast<double>(*value) * *unit;
        if (std::fabs(flow) <= static_cast<double>(max_total_ml)) {
            found_.flow_mlh = std::llround(flow);
        }
    } else if (record.table == VifTable::fd) {
        take_battery(record);
    } else if ((quirks_ & quirk::profile) != 0) {
        if (const auto total = total_of_qundis_profile(record)) add_total(*total, 1, record.at);
    }
}

void WaterReader::take_volume(const Record& record) {
    const int exponent = *volume_exponent(record);
    const bool reverse = record.extensions.size() == 1 && record.extensions[0] == backward;
    if (!reverse && !record.extensions.empty()) return;
    const auto ml = millilitres(record, exponent);
    if (!ml) {
        if (says_nothing(record)) return;
        found_.problems.push_back({"value_invalid", reverse ? "backward volume" : "volume",
                                   record.at, "a register that holds no volume"});
        return;
    }
    if (reverse) {
        if (!found_.reverse_ml) found_.reverse_ml = *ml;
        return;
    }
    const auto step = m3_to_millilitres(1, exponent);
    add_total(*ml, step.value_or(1), record.at);
}

void WaterReader::add_total(std::int64_t ml, std::int64_t step_ml, std::size_t at) {
    if (contradicted_) return;
    if (!found_.total_ml) {
        found_.total_ml = ml;
        step_ml_ = step_ml;
        return;
    }
    if ((quirks_ & quirk::first_total) != 0) return;
    const std::int64_t coarse = std::max(step_ml, step_ml_);
    if (ml / coarse == *found_.total_ml / coarse) {  // the same register, shown once more
        if (step_ml < step_ml_) {
            found_.total_ml = ml;
            step_ml_ = step_ml;
        }
        return;
    }
    contradicted_ = true;
    found_.total_ml.reset();
    found_.problems.push_back({"value_contradictory", "volume", at,
                               "two volumes that differ, and none says which is the total"});
}

void WaterReader::take_battery(const Record& record) {
    const auto value = integer_of(record);
    if (!value || *value < 0 || !record.extensions.empty()) return;
    if (record.code == 0x74 && (quirks_ & quirk::battery_percent) != 0 && *value <= 100) {
        found_.battery_pct = *value;
    }
    // FD 40h–4Fh: 10^(n-9) V.
    const int power = record.code & 0xF;
    if ((record.code & 0x70U) == 0x40 && (quirks_ & quirk::battery_voltage) != 0 && power >= 6 &&
        *value <= 10'000) {
        std::int64_t mv = *value;
        for (int i = 6; i < power; ++i) mv *= 10;
        if (mv > 0 && mv < 20'000) found_.battery_mv = mv;
    }
}

}  // namespace anju::drivers::wmbus
