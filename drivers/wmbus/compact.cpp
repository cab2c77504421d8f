#include "drivers/wmbus/compact.hpp"

#include <algorithm>

#include "drivers/wmbus/crc.hpp"

namespace anju::drivers::wmbus {
namespace {

// Kamstrup MULTICAL 21 and flowIQ: status, volume, volume at the last date, temperatures …
constexpr std::uint8_t volume_only[] = {0x02, 0xFF, 0x20, 0x04, 0x13, 0x44, 0x13};
constexpr std::uint8_t month_and_range[] = {0x02, 0xFF, 0x20, 0x04, 0x13, 0x44,
                                            0x13, 0x61, 0x5B, 0x61, 0x67};
constexpr std::uint8_t month_and_high[] = {0x02, 0xFF, 0x20, 0x04, 0x13, 0x44,
                                           0x13, 0x61, 0x5B, 0x51, 0x67};
constexpr std::uint8_t flow_and_low[] = {0x02, 0xFF, 0x20, 0x04, 0x13, 0x92, 0x01, 0x3B,
                                         0xA1, 0x01, 0x5B, 0x81, 0x01, 0xE7, 0xFF, 0x0F};
constexpr std::uint8_t month_and_low[] = {0x02, 0xFF, 0x20, 0x04, 0x13, 0x44, 0x13, 0xA1,
                                          0x01, 0x5B, 0x81, 0x01, 0xE7, 0xFF, 0x0F};
constexpr std::uint8_t with_date[] = {0x02, 0xFF, 0x20, 0x04, 0x13, 0x44, 0x13, 0x42, 0x6C,
                                      0x52, 0x3B, 0x61, 0x5B, 0x61, 0x67, 0x51, 0x67, 0x81,
                                      0x01, 0xE7, 0xFF, 0x0F, 0x06, 0xFF, 0x1B};
// Engelmann: reporting date, fifteen months, clock, volume.
constexpr std::uint8_t fifteen_months[] = {
    0x42, 0x6C, 0x44, 0x13, 0x01, 0xFD, 0x17, 0x84, 0x01, 0x13, 0xC4, 0x01, 0x13, 0x84,
    0x02, 0x13, 0xC4, 0x02, 0x13, 0x84, 0x03, 0x13, 0xC4, 0x03, 0x13, 0x84, 0x04, 0x13,
    0xC4, 0x04, 0x13, 0x84, 0x05, 0x13, 0xC4, 0x05, 0x13, 0x84, 0x06, 0x13, 0xC4, 0x06,
    0x13, 0x84, 0x07, 0x13, 0xC4, 0x07, 0x13, 0x84, 0x08, 0x13, 0x04, 0x6D, 0x04, 0x13};

struct Known {
    std::uint16_t signature;
    Bytes layout;
};
constexpr Known known[] = {{0xDD34, volume_only},    {0xA8ED, month_and_range},
                           {0xD2F7, month_and_high}, {0xC412, flow_and_low},
                           {0x61EB, month_and_low},  {0x36D4, with_date},
                           {0x052D, fifteen_months}};

std::uint16_t two_bytes(Bytes body, std::size_t at) {
    return static_cast<std::uint16_t>(little_endian(body.subspan(at, 2)));
}

/// The fillers that a decrypted body begins with.
Bytes without_mark(Bytes body) {
    return body.size() >= 2 && body[0] == 0x2F && body[1] == 0x2F ? body.subspan(2) : body;
}

DecodeError failure(const char* code, std::size_t at, std::string text) {
    return {.code = code, .at = at, .text = std::move(text), .address = {}, .sequence = {}};
}

/// Room being filled; says when it is full.
struct Filling {
    std::span<std::uint8_t> room;
    std::size_t size = 0;

    bool add(Bytes bytes) {
        if (room.size() - size < bytes.size()) return false;
        std::copy(bytes.begin(), bytes.end(), room.begin() + static_cast<std::ptrdiff_t>(size));
        size += bytes.size();
        return true;
    }
    [[nodiscard]] Bytes bytes() const { return room.first(size); }
};

/// Headers and values in turns. False when they do not fit each other.
bool interleave(Bytes layout, Bytes values, Filling& full) {
    std::size_t taken = 0;
    for (std::size_t at = 0; at < layout.size();) {
        auto record = read_header(layout, at);
        if (!record) return false;
        const auto length = read_value(*record, values, taken);
        if (!length || !full.add(record->header) || !full.add(values.subspan(taken, *length))) {
            return false;
        }
        at += record->header.size();
        taken += *length;
    }
    return true;
}

bool made_of_headers(Bytes layout) {
    for (std::size_t at = 0; at < layout.size();) {
        const auto record = read_header(layout, at);
        if (!record) return false;
        at += record->header.size();
    }
    return !layout.empty();
}

}  // namespace

bool is_compact(std::uint8_t ci) {
    return ci == 0x79 || ci == 0x7B || ci == 0x73;
}

bool is_format(std::uint8_t ci) {
    return ci == 0x69 || ci == 0x6A || ci == 0x6B;
}

Bytes known_layout(std::uint16_t signature) {
    for (const Known& one : known) {
        if (one.signature == signature) return one.layout;
    }
    return {};
}

boost::system::result<Bytes, DecodeError> expand_compact(Bytes body, const Formats& formats,
                                                         FullFrame& room) {
    const Bytes frame = without_mark(body);
    if (frame.size() < 4) {
        return failure("record_truncated", body.size(), "a compact frame of less than four bytes");
    }
    const std::uint16_t signature = two_bytes(frame, 0);
    Bytes layout = known_layout(signature);
    if (layout.empty()) {
        const Layout* heard = formats.find(signature);
        if (heard == nullptr) {
            const std::uint8_t digits[] = {frame[1], frame[0]};
            return failure("format_unknown", 0,
                           "a compact frame of format " + to_hex(digits) +
                               "; it can be read once a full frame of that meter was heard");
        }
        layout = *heard;
    }
    Filling full{room};
    if (!interleave(layout, frame.subspan(4), full)) {
        return failure("record_truncated", body.size(),
                       "fewer values in a compact frame than its format has");
    }
    if (crc16(full.bytes()) != two_bytes(frame, 2)) {
        return failure("value_invalid", 2, "the checksum of a compact frame does not fit");
    }
    return full.bytes();
}

bool learn_format(Bytes body, Formats& formats) {
    Bytes frame = without_mark(body);
    while (!frame.empty() && frame.back() == 0x2F) frame = frame.first(frame.size() - 1);
    // Length, signature, headers; some leave the length out.
    for (const std::size_t skip : {std::size_t{1}, std::size_t{0}}) {
        if (frame.size() < skip + 3) continue;
        const std::uint16_t signature = two_bytes(frame, skip);
        const Bytes layout = frame.subspan(skip + 2);
        if (crc16(layout) != signature || !made_of_headers(layout)) continue;
        formats.learn(signature, Layout(layout.begin(), layout.end()));
        return true;
    }
    return false;
}

void Headers::take(const Record& record) {
    const Bytes header = record.header;
    fit_ = fit_ && record.table != VifTable::text && header.size() <= room_.size() - size_;
    if (!fit_) return;
    std::copy(header.begin(), header.end(), room_.begin() + static_cast<std::ptrdiff_t>(size_));
    size_ += header.size();
}

void Headers::teach(Formats& formats) const {
    if (!fit_ || size_ == 0) return;
    const Bytes headers = Bytes(room_).first(size_);
    const std::uint16_t signature = crc16(headers);
    if (!known_layout(signature).empty() || formats.find(signature) != nullptr) return;
    formats.learn(signature, Layout(headers.begin(), headers.end()));
}

}  // namespace anju::drivers::wmbus
