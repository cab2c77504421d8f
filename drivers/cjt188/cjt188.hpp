// CJ/T 188 water meters: the payload codec that every envelope shares, and the driver for gateways
// that pass the bytes of the meter on as they are. See frame.hpp and meter_data.hpp for the format.
#pragma once

#include "drivers/content.hpp"
#include "drivers/driver.hpp"

namespace anju::drivers::cjt188 {

/// As PayloadCodec::recognises: a frame of CJ/T 188 or DL/T 645 with a right checksum is in it,
/// whether or not it says anything about water.
[[nodiscard]] bool recognises(Bytes bytes);

/// As PayloadCodec::decode. Measured::device is the meter's number, 14 digits; the readings have no
/// time, because the clock of a meter is nobody's (see driver.hpp). Needs neither settings nor
/// state. Errors, all of stage payload: no_frame, checksum, request_not_response, not_meter_data,
/// not_water, meter_error, dlt645, bad_bcd.
[[nodiscard]] PayloadResult decode_payload(Bytes bytes, const DeviceSettings* settings,
                                           DriverState& state);

[[nodiscard]] DecodeResult decode(const Message& message, DriverState& state);
[[nodiscard]] std::size_t max_payload(const Message& message);
[[nodiscard]] std::vector<SupportedDevice> supported();

}  // namespace anju::drivers::cjt188
