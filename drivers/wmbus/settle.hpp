// Which reading of a frame is the right one, where its form or its length leaves a doubt. What is
// inside decides: a checksum or a cipher that covers everything to the last byte, data records that
// end with it, or whether anybody knows what it means.
#pragma once

#include <functional>

#include "drivers/wmbus/telegram.hpp"

namespace anju::drivers::wmbus {

/// True when somebody knows a meaning for exactly these bytes, no more and no fewer.
using Judge = std::function<bool(const Telegram&)>;

/// As parse_telegram(). A bare frame, checked by nobody, looks like a damaged one of format B once
/// in a few hundred times. `makes_sense` is asked then, where nothing else tells.
[[nodiscard]] boost::system::result<Telegram, DecodeError> settle_telegram(
    Bytes bytes, const KeySource& keys, Scratch& scratch, const Judge& makes_sense);

}  // namespace anju::drivers::wmbus
