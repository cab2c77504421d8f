#include "drivers/wmbus/frame.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "drivers/wmbus/crc.hpp"

namespace anju::drivers::wmbus {
namespace {

constexpr std::size_t first_block = 10;  // L C M M A A A A A A
constexpr std::size_t next_block = 16;
constexpr std::size_t crc_bytes = 2;
constexpr std::size_t shortest = first_block + 1;  // with a CI field
/// Receivers put signal strength and the like behind a frame; more than this is something else.
constexpr std::size_t most_appended = 4;

using Buffer = std::vector<std::uint8_t>;
using FrameResult = boost::system::result<Frame, DecodeError>;

DecodeError error(std::string code, std::size_t at, std::string text) {
    DecodeError out;
    out.code = std::move(code);
    out.at = at;
    out.text = std::move(text);
    return out;
}

/// Size of format A that holds `data` bytes.
std::size_t size_a(std::size_t data) {
    const std::size_t more =
        data > first_block ? (data - first_block + next_block - 1) / next_block : 0;
    return data + crc_bytes * (1 + more);
}

struct BlocksA {
    std::size_t good = 0;
    std::optional<std::size_t> bad_at;  ///< offset of the first block whose CRC does not fit
};

/// `whole` is exactly one frame of format A. With `stop`, looks no further than the first bad
/// block.
BlocksA check_a(Bytes whole, bool stop) {
    BlocksA out;
    std::size_t data = first_block;
    for (std::size_t at = 0; at < whole.size(); data = next_block) {
        const std::size_t size = std::min(data + crc_bytes, whole.size() - at);
        if (crc_fits(whole.subspan(at, size))) {
            ++out.good;
        } else {
            if (!out.bad_at) out.bad_at = at;
            if (stop) break;
        }
        at += size;
    }
    return out;
}

Frame take_a(Bytes whole, Buffer& buffer) {
    buffer.clear();
    std::size_t data = first_block;
    for (std::size_t at = 0; at < whole.size(); data = next_block) {
        const std::size_t size = std::min(data, whole.size() - at - crc_bytes);
        const Bytes block = whole.subspan(at, size);
        buffer.insert(buffer.end(), block.begin(), block.end());
        at += size + crc_bytes;
    }
    Frame frame;
    frame.form = FrameForm::format_a;
    frame.bytes = buffer;
    return frame;
}

struct BlocksB {
    Bytes first;   ///< with its CRC
    Bytes second;  ///< the same; empty in short frames
};

/// Empty blocks: so long a frame cannot be format B.
BlocksB blocks_b(Bytes whole) {
    if (whole.size() < shortest + crc_bytes) return {};
    if (whole.size() <= max_block_bytes) return {whole, {}};
    if (whole.size() <= max_block_bytes + crc_bytes) return {};
    return {whole.first(max_block_bytes), whole.subspan(max_block_bytes)};
}

bool fits(const BlocksB& blocks) {
    return crc_fits(blocks.first) && (blocks.second.empty() || crc_fits(blocks.second));
}

Frame take_b(const BlocksB& blocks, Buffer& buffer) {
    Frame frame;
    frame.form = FrameForm::format_b;
    if (blocks.second.empty()) {
        frame.bytes = blocks.first.first(blocks.first.size() - crc_bytes);
        return frame;
    }
    buffer.assign(blocks.first.begin(), blocks.first.end() - crc_bytes);
    buffer.insert(buffer.end(), blocks.second.begin(), blocks.second.end() - crc_bytes);
    frame.bytes = buffer;
    return frame;
}

/// As if the length byte were `length`, does the first CRC fit? Then a frame with CRCs had its
/// length byte damaged.
bool length_byte_damaged(Bytes bytes, Buffer& buffer) {
    const auto fits_with = [&](Bytes block, std::size_t length) {
        if (length > 255 || length == bytes[0] || block.size() < first_block) return false;
        buffer.assign(block.begin(), block.end());
        buffer[0] = static_cast<std::uint8_t>(length);
        return crc_fits(buffer);
    };
    const std::size_t blocks = 1 + (bytes.size() - first_block - crc_bytes + 17) / 18;
    return fits_with(bytes.first(first_block + crc_bytes), bytes.size() - blocks * crc_bytes - 1) ||
           fits_with(blocks_b(bytes).first, bytes.size() - 1);
}

/// The block that would be format A's last, had the other CRCs been taken off.
bool last_crc_left(Bytes bytes) {
    const std::size_t data = bytes.size() - crc_bytes;
    if (data <= first_block) return false;
    const std::size_t start = first_block + (data - first_block - 1) / next_block * next_block;
    return crc_fits(bytes.subspan(start));
}

FrameResult crc_error(std::size_t at) {
    return error("crc", at,
                 "The CRC of the block at byte " + std::to_string(at) +
                     " does not fit: the telegram was damaged on its way; wait for the next one.");
}

FrameResult read_wired(Bytes bytes) {
    const std::size_t length = bytes[1];
    if (bytes.size() != length + 6 || length < 3 || bytes[1] != bytes[2] || bytes[0] != bytes[3]) {
        return error("length_wrong", 1,
                     "A wired frame whose length byte says " + std::to_string(length) + " has " +
                         std::to_string(length + 6) + " bytes; " + std::to_string(bytes.size()) +
                         " came.");
    }
    const Bytes inside = bytes.subspan(4, length);
    unsigned sum = 0;
    for (const std::uint8_t byte : inside) sum += byte;
    if ((sum & 0xFFU) != bytes[length + 4] || bytes[length + 5] != 0x16) {
        return error("checksum", length + 4,
                     "The checksum of the wired frame does not fit, or 16h does not end it.");
    }
    Frame frame;
    frame.form = FrameForm::wired;
    frame.bytes = inside;
    frame.offset = 4;
    frame.stated = length;
    return frame;
}

/// 68 L L 68 … 16, or the same with one of its marks damaged.
bool is_wired(Bytes bytes) {
    if (bytes.size() < 6) return false;
    const int marks = (bytes[0] == 0x68 ? 1 : 0) + (bytes[3] == 0x68 ? 1 : 0) +
                      (bytes.size() == std::size_t{bytes[1]} + 6 ? 1 : 0) +
                      (bytes.size() == std::size_t{bytes[2]} + 6 ? 1 : 0) +
                      (bytes.back() == 0x16 ? 1 : 0);
    return marks >= 4 ||
           (marks >= 2 && bytes[0] == 0x68 && bytes[3] == 0x68 && bytes[1] == bytes[2]);
}

/// Frames with CRCs whose CRCs fit, and those that are seen to be damaged ones; else nothing.
std::optional<FrameResult> with_crcs(Bytes bytes, std::size_t stated, Buffer& buffer) {
    const std::size_t whole_a = size_a(stated);
    if (bytes.size() >= whole_a && bytes.size() <= whole_a + most_appended) {
        const Bytes whole = bytes.first(whole_a);
        if (!check_a(whole, true).bad_at) return take_a(whole, buffer);
        const BlocksA blocks = check_a(whole, false);
        if (blocks.good > 0 || bytes.size() == whole_a) return crc_error(*blocks.bad_at);
    }
    if (bytes.size() < stated) return std::nullopt;
    const BlocksB blocks = blocks_b(bytes.first(stated));
    const bool first = crc_fits(blocks.first);
    if (first && fits(blocks) && bytes.size() <= stated + most_appended) {
        return take_b(blocks, buffer);
    }
    if (!blocks.second.empty() && first != crc_fits(blocks.second)) {
        return crc_error(first ? max_block_bytes : 0);
    }
    if (bytes.size() > stated && crc_fits_but_for_one_bit(blocks.first)) return crc_error(0);
    return std::nullopt;
}

/// Two bytes that fill up a telegram are no CRC but for one in 65536.
bool ends_in_fillers(Bytes bytes) {
    return bytes[bytes.size() - 1] == 0x2F && bytes[bytes.size() - 2] == 0x2F;
}

}  // namespace

FrameResult read_frame(Bytes bytes, Buffer& buffer) {
    if (is_wired(bytes)) return read_wired(bytes);
    if (bytes.size() < shortest) {
        return error("too_short", bytes.size(),
                     "A telegram has at least 11 bytes: length, control, address and CI field.");
    }
    const std::size_t stated = std::size_t{bytes[0]} + 1;
    if (stated >= shortest) {
        if (auto framed = with_crcs(bytes, stated, buffer)) return std::move(*framed);
    }
    Frame frame;
    frame.bytes = bytes;
    frame.stated = stated;
    if (bytes.size() >= shortest + crc_bytes && length_byte_damaged(bytes, buffer)) {
        return error("crc", 0,
                     "The CRC of the first block fits another length byte than this one.");
    }
    const std::size_t crcs = stated > max_block_bytes ? 2 * crc_bytes : crc_bytes;
    if (stated == bytes.size() + crcs) {
        frame.length = Length::counts_crcs;
        return frame;
    }
    if (stated > bytes.size() || stated < shortest) {
        return error("length_wrong", 0,
                     "The length byte says " + std::to_string(stated) + " bytes; " +
                         std::to_string(bytes.size()) + " came.");
    }
    frame.last_crc_left = last_crc_left(bytes);
    if (stated < bytes.size()) {
        frame.length = Length::longer;
    } else if (!ends_in_fillers(bytes) && crc_fits_but_for_one_bit(blocks_b(bytes).first) &&
               bytes.size() <= max_block_bytes) {
        frame.length = Length::maybe_format_b;
    }
    return frame;
}

}  // namespace anju::drivers::wmbus
