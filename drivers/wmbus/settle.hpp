// Which reading of a frame is the right one, where its form or its length leaves a doubt. What is
// inside decides: a checksum or a cipher that covers everything to the last byte, data records that
// end with it, or what the telegram means.
#pragma once

#include <functional>

#include "drivers/wmbus/telegram.hpp"

namespace anju::drivers::wmbus {

/// Told what else a frame may say; the views in it end with the call.
using RivalHeard = std::function<void(const Telegram& rival)>;

/// As parse_telegram(). A bare frame, which nothing protects, looks like one of format B with a
/// damaged bit once in a few hundred times. Where nothing inside tells, `rival` is what that one
/// would say; the telegram that is returned is to be believed only where both mean the same, or
/// the rival means nothing. Without `heard` it is refused.
[[nodiscard]] boost::system::result<Telegram, DecodeError> settle_telegram(Bytes bytes,
                                                                           const KeySource& keys,
                                                                           Scratch& scratch,
                                                                           const RivalHeard& heard);

/// Error "crc": the frame is taken for a damaged one.
[[nodiscard]] DecodeError damaged_frame();

}  // namespace anju::drivers::wmbus
