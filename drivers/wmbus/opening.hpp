// From a frame to what it says: goes through its layers, and opens what is encrypted.
#pragma once

#include "drivers/wmbus/frame.hpp"
#include "drivers/wmbus/telegram.hpp"

namespace anju::drivers::wmbus {

struct Opened {
    Telegram telegram;
    /// End of the body that no cipher covered; the whole body where nothing was encrypted.
    std::size_t clear_tail = 0;
    /// The CRC of the extended link layer or the MAC covers everything to the last byte.
    bool verified = false;
};
using OpenResult = boost::system::result<Opened, DecodeError>;

/// `bytes` of the frame's `form`; `offset` is added to the position of errors. Views `bytes` or
/// scratch.body.
[[nodiscard]] OpenResult open_layers(const Frame& frame, const KeySource& keys, Scratch& scratch);

}  // namespace anju::drivers::wmbus
