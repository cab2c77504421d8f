#include "drivers/cjt188/payload.hpp"

#include <algorithm>

#include "drivers/cjt188/cjt188.hpp"
#include "drivers/cjt188/meter_data.hpp"

namespace anju::drivers::cjt188 {
namespace {

DecodeError refusal(const char* code, std::size_t at, std::string text) {
    DecodeError error;
    error.code = code;
    error.at = at;
    error.text = "byte " + std::to_string(at) + ": " + std::move(text);
    return error;
}

std::string hex(std::uint8_t byte) {
    return to_hex({&byte, 1}) + "h";
}

std::string model_of(const Frame& frame) {
    return "CJ/T 188 " + hex(frame.type);
}

DecodeError refuse(const Frame& frame, FrameKind kind) {
    const std::size_t control_at = frame.offset + 9;
    const std::string di = to_hex(frame.data.first(2)) + "h";
    switch (kind) {
        case FrameKind::request:
            return refusal("request_not_response", control_at,
                           "control " + hex(frame.control) + " is a question to a meter");
        case FrameKind::error_reply:
            return refusal("meter_error", control_at,
                           "the meter answers with an error (control " + hex(frame.control) + ")");
        case FrameKind::other_medium:
            return refusal("not_water", frame.offset + 1,
                           "meter of type " + hex(frame.type) + "; water is 10h–19h");
        default:
            return refusal("not_meter_data", frame.at(0),
                           "control " + hex(frame.control) + " with data " + di +
                               "; a register is 81h with 901Fh");
    }
}

PayloadResult measure_register(const Frame& frame) {
    const auto data = read_meter_data(frame);
    if (!data) return data.error();
    Measured out;
    if (data->total_ml) {
        out.readings.push_back({ReadingKind::water_total_ml, 0, *data->total_ml, {}});
    }
    if (data->battery_low) {
        out.readings.push_back({ReadingKind::battery_low, 0, *data->battery_low ? 1 : 0, {}});
    }
    if (data->bad_bcd) {
        out.problems.push_back(
            {"bad_bcd", "total", frame.at(3),
             "the total " + to_hex(frame.data.subspan(3, 4)) + " is not made of decimal digits"});
    }
    if (out.readings.empty()) out.readings.push_back({ReadingKind::alive, 0, 1, {}});
    return out;
}

bool same_register(const Frame& one, const Frame& other) {
    return one.type == other.type && std::ranges::equal(one.address, other.address) &&
           std::ranges::equal(one.data.subspan(3), other.data.subspan(3));
}

}  // namespace

PayloadResult measure(const Frame& frame) {
    const FrameKind kind = kind_of(frame);
    auto result = kind == FrameKind::water_register ? measure_register(frame)
                                                    : PayloadResult(refuse(frame, kind));
    if (result) {
        result->device = number_of(frame);
        result->model = model_of(frame);
        return result;
    }
    DecodeError error = result.error();
    error.address = number_of(frame);
    error.model = model_of(frame);
    return error;
}

DecodeError explain(const Scan& found, Bytes bytes) {
    if (found.dlt645) {
        return refusal("dlt645", 0, "a frame of DL/T 645, which electricity meters send");
    }
    if (found.damaged) {
        const std::size_t at = found.damaged->offset + found.damaged->size - 2;
        return refusal(
            "checksum", at,
            "sum " + hex(bytes[at]) + ", should be " + hex(found.sum) + "; damaged on the way");
    }
    return refusal("no_frame", 0,
                   "no frame of CJ/T 188 in " + std::to_string(bytes.size()) +
                       " bytes; expected 68h, type, number, …, sum, 16h");
}

bool recognises(Bytes bytes) {
    const Scan found = scan(bytes);
    if (found.count > 0 || found.dlt645) return true;
    if (!found.damaged) return false;
    return kind_of(*found.damaged) == FrameKind::water_register ||
           kind_of(*found.damaged) == FrameKind::other_medium;
}

PayloadResult decode_payload(Bytes bytes, const DeviceSettings*, DriverState&) {
    const Scan found = scan(bytes);
    const bool has_register =
        found.count > 0 && kind_of(found.frames[0]) >= FrameKind::other_medium;
    if (found.count == 0 || (found.dlt645 && !has_register)) return explain(found, bytes);
    const Frame& first = found.frames[0];
    for (std::size_t i = 1; i < found.count; ++i) {
        if (kind_of(first) == FrameKind::water_register && !same_register(first, found.frames[i])) {
            return refusal("several_meters", found.frames[i].offset,
                           "registers of meters " + number_of(first) + " and " +
                               number_of(found.frames[i]) + " in one message of one device");
        }
    }
    return measure(first);
}

}  // namespace anju::drivers::cjt188
