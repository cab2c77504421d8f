// Data types: Sparkplug 3.0, 6.4.16 "Datatypes". Whole numbers travel as uint32 or uint64 in two's
// complement. Encoders differ in two points, both understood: whether a negative Int8 or Int16 is
// extended to the whole width, and whether UInt32 travels as uint32 or as uint64.
#include "drivers/sparkplug/value.hpp"

#include <charconv>
#include <cmath>
#include <optional>

namespace anju::drivers::sparkplug {
namespace {

namespace json = boost::json;
namespace pb = sparkplug_b;
using Value = std::variant<json::value, Unreadable>;

Unreadable mismatch(std::uint32_t datatype) {
    return {"datatype_mismatch", "the value is not of data type " + std::to_string(datatype) +
                                     " as was announced: ask the node for a rebirth"};
}

std::optional<unsigned> signed_bits(std::uint32_t datatype) {
    switch (datatype) {
        case pb::Int8:
            return 8;
        case pb::Int16:
            return 16;
        case pb::Int32:
            return 32;
        case pb::Int64:
            return 64;
        default:
            return std::nullopt;
    }
}

std::optional<unsigned> unsigned_bits(std::uint32_t datatype) {
    switch (datatype) {
        case pb::UInt8:
            return 8;
        case pb::UInt16:
            return 16;
        case pb::UInt32:
            return 32;
        case pb::UInt64:
        case pb::DateTime:
            return 64;
        default:
            return std::nullopt;
    }
}

/// Of `bits` bits in two's complement; nullopt: the number needs more.
std::optional<std::int64_t> sign_extend(std::uint64_t raw, unsigned bits, unsigned carrier) {
    const auto extended = [](std::uint64_t number, unsigned width) {
        const std::uint64_t sign = std::uint64_t{1} << (width - 1);
        return static_cast<std::int64_t>((number ^ sign) - sign);
    };
    if (bits > carrier) {  // extended to what? only where that makes no difference
        if (raw >> (carrier - 1) != 0) return std::nullopt;
        return static_cast<std::int64_t>(raw);
    }
    const std::int64_t whole = carrier == 64 ? static_cast<std::int64_t>(raw)  //
                                             : extended(raw, carrier);
    if (bits == 64) return whole;
    const std::int64_t limit = std::int64_t{1} << (bits - 1);
    if (whole >= -limit && whole < limit) return whole;
    if (raw >> bits == 0) return extended(raw, bits);
    return std::nullopt;
}

Value whole_number(std::uint64_t raw, unsigned carrier, std::uint32_t datatype) {
    if (datatype == pb::Unknown) {
        if (raw < (carrier == 32 ? 0x80U : 0x80000000U)) return json::value(raw);
        return Unreadable{"datatype_unknown",
                          "without its data type the number could mean several things: ask the "
                          "node for a rebirth"};
    }
    if (const auto bits = signed_bits(datatype)) {
        const auto number = sign_extend(raw, *bits, carrier);
        if (number) return json::value(*number);
    }
    if (const auto bits = unsigned_bits(datatype)) {
        if (*bits == 64 || raw >> *bits == 0) return json::value(raw);
    }
    return mismatch(datatype);
}

/// The shortest decimal that is this float: 0.1F is 0.1, not 0.10000000149.
double as_written(float number) {
    char text[32];
    double out = number;
    const auto [end, failure] = std::to_chars(std::begin(text), std::end(text), number);
    if (failure == std::errc{}) std::from_chars(text, end, out);
    return out;
}

Value fraction(double number, std::uint32_t datatype) {
    if (datatype != pb::Unknown && datatype != pb::Float && datatype != pb::Double) {
        return mismatch(datatype);
    }
    if (!std::isfinite(number)) {
        return Unreadable{"value_out_of_range", "not a finite number"};
    }
    return json::value(number);
}

}  // namespace

Value read_value(const pb::Metric& metric, std::uint32_t datatype) {
    if (metric.is_null()) return json::value(nullptr);
    const auto is_one_of = [&](auto... types) {
        return datatype == pb::Unknown || ((datatype == static_cast<std::uint32_t>(types)) || ...);
    };
    switch (metric.value_case()) {
        case pb::Metric::kIntValue:
            return whole_number(metric.int_value(), 32, datatype);
        case pb::Metric::kLongValue:
            return whole_number(metric.long_value(), 64, datatype);
        case pb::Metric::kFloatValue:
            return fraction(as_written(metric.float_value()), datatype);
        case pb::Metric::kDoubleValue:
            return fraction(metric.double_value(), datatype);
        case pb::Metric::kBooleanValue:
            if (!is_one_of(pb::Boolean)) return mismatch(datatype);
            return json::value(metric.boolean_value());
        case pb::Metric::kStringValue:
            if (!is_one_of(pb::String, pb::Text, pb::UUID)) return mismatch(datatype);
            return json::value(metric.string_value());
        case pb::Metric::kBytesValue:
        case pb::Metric::VALUE_NOT_SET:
            break;
    }
    return json::value(nullptr);
}

}  // namespace anju::drivers::sparkplug
