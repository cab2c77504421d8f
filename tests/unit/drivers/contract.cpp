#include "unit/drivers/contract.hpp"

#include <utility>

#include "drivers/units.hpp"

namespace anju::drivers::testing {
namespace {

constexpr std::size_t max_readings = 64;  // Observation::readings
constexpr std::size_t max_problems = 64;
constexpr std::int64_t year_2020 = 1'577'836'800'000;
constexpr std::int64_t year_2100 = 4'102'444'800'000;

std::pair<std::int64_t, std::int64_t> range_of(ReadingKind kind) {
    switch (kind) {
        case ReadingKind::water_total_ml:
        case ReadingKind::water_used_ml:
        case ReadingKind::water_reverse_ml:
            return {0, max_total_ml};
        case ReadingKind::water_flow_mlh:
            return {-max_total_ml, max_total_ml};
        case ReadingKind::battery_pct:
            return {0, 100};
        case ReadingKind::battery_mv:
            return {0, 60'000};
        default:
            return {0, 1};
    }
}

std::string broken(const Reading& reading) {
    const auto [low, high] = range_of(reading.kind);
    if (reading.value < low || reading.value > high) {
        return "value " + std::to_string(reading.value) + " of kind " +
               std::to_string(static_cast<int>(reading.kind)) + " out of range";
    }
    const auto ms = to_unix_ms(reading.event_time);
    if (ms != 0 && (ms < year_2020 || ms >= year_2100)) {
        return "event time " + std::to_string(ms) + " before 2020 or after 2099";
    }
    return {};
}

std::string broken(const Decoded& one) {
    if (one.readings.size() > max_readings) return "too many readings";
    if (one.problems.size() > max_problems) return "too many problems";
    if (!one.readings.empty() && one.address.empty()) return "readings of nobody";
    for (const Problem& problem : one.problems) {
        if (problem.code.empty() || problem.text.empty()) return "a problem without words";
    }
    for (const Reading& reading : one.readings) {
        if (auto out = broken(reading); !out.empty()) return out;
    }
    return {};
}

}  // namespace

std::string broken_promise(const DecodeResult& result, std::size_t payload_bytes) {
    if (!result) {
        const DecodeError error = result.error();
        if (error.code.empty()) return "an error without a code";
        if (error.text.empty()) return "an error without a text";
        if (error.at > payload_bytes) {
            return error.code + " at " + std::to_string(error.at) + ", beyond the payload";
        }
        return {};
    }
    for (const Decoded& one : *result) {
        if (auto out = broken(one); !out.empty()) return out;
    }
    return {};
}

std::string difference(const DecodeResult& left, const DecodeResult& right) {
    if (left.has_value() != right.has_value()) return "read once and refused once";
    if (!left) return left.error().code == right.error().code ? "" : "two reasons";
    if (left->size() != right->size()) return "a different number of devices";
    for (std::size_t i = 0; i < left->size(); ++i) {
        if ((*left)[i].address != (*right)[i].address) return "two addresses";
        if ((*left)[i].readings != (*right)[i].readings) return "two values of one message";
    }
    return {};
}

}  // namespace anju::drivers::testing
