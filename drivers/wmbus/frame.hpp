// The link layer: one frame, freed of its checksums. Receivers hand frames on in several forms, and
// none of them says which: format A (a CRC after the first ten bytes and after every sixteen that
// follow), format B (one CRC after at most 126 bytes, another at the end; the length byte counts
// them), bare (the CRCs checked and taken off), or the long frame of wired M-Bus. They are told
// apart by calculating the checksums. EN 13757-4 clause 12, EN 13757-2.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "drivers/wmbus/telegram.hpp"

namespace anju::drivers::wmbus {

enum class FrameForm : std::uint8_t { bare, format_a, format_b, wired };

/// How a bare frame's length compares with what its length byte says. Without a CRC that alone
/// proves nothing: what to believe is seen from what is inside.
enum class Length : std::uint8_t {
    right,
    longer,          ///< bytes follow; or the length byte is wrong
    counts_crcs,     ///< format B freed of its CRCs, which the length byte counts still; or cut off
    maybe_format_b,  ///< right, but one damaged bit would make it format B just as well
};

struct Frame {
    FrameForm form = FrameForm::bare;
    /// L C M M A A A A A A CI …; of a wired frame C A CI …. Views the input or the buffer.
    Bytes bytes;
    std::size_t offset = 0;  ///< of bytes[0] in the input
    Length length = Length::right;
    /// Where the length byte puts the end; of interest for Length::longer.
    std::size_t stated = 0;
    /// The last two bytes are the CRC of what would be format A's last block: some receivers take
    /// off all CRCs but that one. They are left in `bytes`.
    bool last_crc_left = false;
};

/// Errors: "too_short", "length_wrong", "crc", "checksum". Damage to a frame that came with its
/// CRCs is never taken for a bare frame where the bytes can tell.
[[nodiscard]] boost::system::result<Frame, DecodeError> read_frame(
    Bytes bytes, std::vector<std::uint8_t>& buffer);

}  // namespace anju::drivers::wmbus
