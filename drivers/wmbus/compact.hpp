// Compact frames: the values alone, without the headers of their records, and a signature by which
// the receiver knows which headers to put back. EN 13757-3:2018, annex F; the signature and the
// checksum of the whole are the CRC of EN 13757-4. The headers come from a full frame heard
// before, from a format frame, or from the few that are known here.
#pragma once

#include <array>
#include <optional>

#include "drivers/driver.hpp"
#include "drivers/wmbus/formats.hpp"
#include "drivers/wmbus/records.hpp"
#include "drivers/wmbus/telegram.hpp"

namespace anju::drivers::wmbus {

/// Room for one full frame put together again.
using FullFrame = std::array<std::uint8_t, 512>;

/// CI 79h, 7Bh, 73h.
[[nodiscard]] bool is_compact(std::uint8_t ci);
/// CI 69h, 6Ah, 6Bh: the headers alone.
[[nodiscard]] bool is_format(std::uint8_t ci);

/// The records of a full frame with the same content, in `room`. Errors: "format_unknown",
/// "record_truncated" when the values do not fit the headers, "value_invalid" when the checksum
/// does not fit.
[[nodiscard]] boost::system::result<Bytes, DecodeError> expand_compact(Bytes body,
                                                                       const Formats& formats,
                                                                       FullFrame& room);

/// Keeps the headers that a format frame announces. False when their signature does not fit.
[[nodiscard]] bool learn_format(Bytes body, Formats& formats);

/// The headers of a full frame, gathered while it is read.
class Headers {
public:
    void take(const Record& record);
    /// Keeps them, unless the frame held what no compact frame can. Allocates only for a format
    /// that was not known.
    void teach(Formats& formats) const;

private:
    std::array<std::uint8_t, 255> room_;  // filled up to size_
    std::size_t size_ = 0;
    bool fit_ = true;
};

/// Headers that are known without having been heard; empty: not among them.
[[nodiscard]] Bytes known_layout(std::uint16_t signature);

}  // namespace anju::drivers::wmbus
