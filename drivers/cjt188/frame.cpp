#include "drivers/cjt188/frame.hpp"

#include <algorithm>

namespace anju::drivers::cjt188 {
namespace {

constexpr std::uint8_t start = 0x68;
constexpr std::uint8_t end = 0x16;
constexpr std::uint8_t preamble = 0xFE;
constexpr std::size_t head_size = 11;  // 68 T A0…A6 C L
constexpr std::size_t tail_size = 2;   // CS 16
constexpr std::size_t least_data = 3;  // DI0 DI1 SER
constexpr std::size_t most_data = 100;
constexpr std::uint8_t reply_bit = 0x80;
constexpr std::uint8_t error_bit = 0x40;

std::uint8_t sum_of(Bytes bytes) {
    unsigned sum = 0;
    for (const std::uint8_t byte : bytes) sum += byte;
    return static_cast<std::uint8_t>(sum);
}

bool is_type(std::uint8_t type) {
    return (type >= 0x10 && type <= 0x49 && (type & 0xFU) <= 9) || type == 0xAA;  // AA: any, asked
}

/// Functions of CJ/T 188, table 5: without a right checksum nothing else passes for a frame.
bool is_function(std::uint8_t control) {
    switch (control & 0x3FU) {
        case 0x01:
        case 0x03:
        case 0x04:
        case 0x09:
        case 0x15:
        case 0x16:
            return true;
        default:
            return false;
    }
}

/// The frame at `offset` by its marks alone; the checksum is not looked at.
std::optional<Frame> frame_at(Bytes bytes, std::size_t offset) {
    const Bytes rest = bytes.subspan(offset);
    if (rest.size() < head_size + least_data + tail_size || rest[0] != start) return std::nullopt;
    const std::size_t length = rest[10];
    const std::size_t size = head_size + length + tail_size;
    if (length < least_data || length > most_data || rest.size() < size) return std::nullopt;
    if (rest[size - 1] != end || !is_type(rest[1])) return std::nullopt;
    Frame frame;
    frame.offset = offset;
    while (frame.preamble_fe < offset && bytes[offset - frame.preamble_fe - 1] == preamble) {
        ++frame.preamble_fe;
    }
    frame.size = size;
    frame.type = rest[1];
    frame.control = rest[9];
    frame.address = rest.subspan(2, 7);
    frame.data = rest.subspan(head_size, length);
    return frame;
}

bool is_dlt645(Bytes rest) {
    if (rest.size() < 12 || rest[0] != start || rest[7] != start) return false;
    const std::size_t size = 12U + rest[9];
    return rest.size() >= size && rest[size - 1] == end &&
           rest[size - 2] == sum_of(rest.first(size - 2));
}

void keep(Scan& found, const Frame& frame) {
    if (found.count > 0) {
        const FrameKind had = kind_of(found.frames[0]);
        const FrameKind has = kind_of(frame);
        if (has < had) return;
        if (has > had) found.count = 0;
    }
    if (found.count < Scan::most) found.frames[found.count++] = frame;
}

}  // namespace

FrameKind kind_of(const Frame& frame) {
    if ((frame.control & reply_bit) == 0) return FrameKind::request;
    if ((frame.control & error_bit) != 0) return FrameKind::error_reply;
    const bool is_register = frame.wire_di() == 0x901F || frame.wire_di() == 0x1F90;
    if (frame.control != 0x81 || !is_register) return FrameKind::other_data;
    const bool is_water = frame.type >= 0x10 && frame.type <= 0x19;
    return is_water ? FrameKind::water_register : FrameKind::other_medium;
}

std::string number_of(const Frame& frame) {
    std::array<std::uint8_t, 7> reversed{};
    std::ranges::reverse_copy(frame.address, reversed.begin());
    return to_hex(reversed);
}

Scan scan(Bytes bytes) {
    Scan found;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (bytes[i] != start) continue;
        found.dlt645 = found.dlt645 || is_dlt645(bytes.subspan(i));
        const auto frame = frame_at(bytes, i);
        if (!frame) continue;
        const std::uint8_t sum = sum_of(bytes.subspan(i, frame->size - tail_size));
        if (sum == bytes[i + frame->size - tail_size]) {
            keep(found, *frame);
            // What lies inside the data of a register is not a frame of its own.
            if (kind_of(*frame) == FrameKind::water_register) i += frame->size - 1;
        } else if (!found.damaged && is_function(frame->control)) {
            found.damaged = frame;
            found.sum = sum;
        }
    }
    return found;
}

}  // namespace anju::drivers::cjt188
