// What a frame of CJ/T 188 says, in the words of the drivers.
#pragma once

#include "drivers/cjt188/frame.hpp"
#include "drivers/content.hpp"

namespace anju::drivers::cjt188 {

/// Of a frame of any kind; refused as decode_payload() says.
[[nodiscard]] PayloadResult measure(const Frame& frame);

/// Why a scan without a single frame gives nothing: dlt645, checksum, no_frame.
[[nodiscard]] DecodeError explain(const Scan& found, Bytes bytes);

}  // namespace anju::drivers::cjt188
