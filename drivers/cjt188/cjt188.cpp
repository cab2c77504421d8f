#include "drivers/cjt188/cjt188.hpp"

#include <algorithm>
#include <boost/json/monotonic_resource.hpp>
#include <span>

#include "drivers/cjt188/payload.hpp"
#include "drivers/cloud/carried.hpp"
#include "drivers/cloud/members.hpp"

namespace anju::drivers::cjt188 {
namespace {

bool is_text(std::string_view payload) {
    return std::ranges::all_of(payload, [](char c) {
        return (c >= ' ' && c < '\x7F') || c == '\n' || c == '\r' || c == '\t';
    });
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

Decoded decoded_from(Measured measured, bool retained) {
    Decoded out;
    out.address = std::move(measured.device);
    out.model = std::move(measured.model);
    out.problems = std::move(measured.problems);
    for (Reading reading : measured.readings) {
        if (retained && reading.kind == ReadingKind::alive) continue;
        if (retained) reading.quality |= quality::retained;
        out.readings.push_back(reading);
    }
    return out;
}

/// Several meters on one line. False: two frames of one meter that do not say the same.
bool append(Decoded decoded, std::vector<Decoded>& out) {
    const auto had = std::ranges::find(out, decoded.address, &Decoded::address);
    if (had != out.end()) return had->readings == decoded.readings;
    out.push_back(std::move(decoded));
    return true;
}

DecodeResult decode_bytes(Bytes bytes, bool retained, DriverState& state) {
    const Scan found = scan(bytes);
    std::vector<Decoded> out;
    if (found.count < 2 || kind_of(found.frames[0]) != FrameKind::water_register) {
        auto measured = decode_payload(bytes, nullptr, state);
        if (!measured) return measured.error();
        out.push_back(decoded_from(std::move(*measured), retained));
        return out;
    }
    for (const Frame& frame : std::span(found.frames).first(found.count)) {
        auto measured = measure(frame);
        if (!measured) return measured.error();
        if (!append(decoded_from(std::move(*measured), retained), out)) {
            return decode_payload(bytes, nullptr, state).error();
        }
    }
    return out;
}

DecodeResult decode_object(const Message& message, DriverState& state) {
    unsigned char buffer[4 * 1024];
    boost::json::monotonic_resource memory(buffer);
    const auto parsed = cloud::parse_envelope(message, max_payload_bytes, &memory);
    if (!parsed) return parsed.error();
    std::vector<std::uint8_t> bytes;
    for (const auto& frame : cloud::find_frames(*parsed)) {
        bytes.insert(bytes.end(), frame.begin(), frame.end());
    }
    if (bytes.empty()) bytes = cloud::longest_bytes(*parsed);
    if (bytes.empty()) {
        return cloud::envelope_error("no_bytes",
                                     "no member of the object holds the bytes of a frame as "
                                     "hexadecimal digits or base64");
    }
    return decode_bytes(bytes, message.retained, state);
}

}  // namespace

DecodeResult decode(const Message& message, DriverState& state) {
    if (message.payload.size() > max_payload_bytes) {
        return cloud::envelope_error("payload_too_large", "a frame has at most 113 bytes");
    }
    if (recognises(bytes_of(message.payload)) || !is_text(message.payload)) {
        return decode_bytes(bytes_of(message.payload), message.retained, state);
    }
    const std::string_view text = trimmed(message.payload);
    if (text.starts_with('{') || text.starts_with('[')) return decode_object(message, state);
    std::vector<std::uint8_t> bytes;
    if (!cloud::bytes_in_text(text, cloud::TextForm::unknown, bytes)) {
        return cloud::envelope_error("no_bytes",
                                     "expected the bytes of a frame: as they are, as hexadecimal "
                                     "digits, as base64 or in a JSON object");
    }
    return decode_bytes(bytes, message.retained, state);
}

std::size_t max_payload(const Message&) {
    return max_payload_bytes;
}

std::vector<SupportedDevice> supported() {
    return {
        {"", "CJ/T 188-2004 and CJ/T 188-2018 water meters (types 10h–19h)",
         "water_total_ml, battery_low",
         "address: the 14 digits of the meter's number. One envelope device must carry one meter. "
         "Heat, gas and electricity meters and DL/T 645 are recognised and refused."},
    };
}

}  // namespace anju::drivers::cjt188
