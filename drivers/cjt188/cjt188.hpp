// CJ/T 188 water meters: the payload codec that every envelope shares, and the driver for gateways
// that pass the bytes of the meter on as they are. See frame.hpp and meter_data.hpp for the format.
//
// The driver takes, on its topics, the bytes themselves, the same as hexadecimal digits or base64,
// or a JSON object with such text in it. Its address is the number of the meter, 14 digits.
#pragma once

#include "drivers/content.hpp"
#include "drivers/driver.hpp"

namespace anju::drivers::cjt188 {

/// As PayloadCodec::recognises: a frame of CJ/T 188 or DL/T 645 is in it, whatever it says. One of
/// CJ/T 188 with a wrong checksum counts when it has all other marks of a register.
[[nodiscard]] bool recognises(Bytes bytes);

/// As PayloadCodec::decode. Measured::device is the number of the meter; the readings have no time,
/// because the clock of a meter is nobody's (see driver.hpp). Needs neither settings nor state.
/// Errors, all of stage payload, with the number of the meter as address where a checksum vouches
/// for it; `at` counts in `bytes`:
///   no_frame              nothing with the marks of a frame
///   checksum              all marks of a frame, and a wrong sum
///   request_not_response  said to a meter, not by one
///   not_meter_data        address, valve, history: no present register
///   meter_error           the meter could not answer
///   not_water             heat, gas, electricity
///   dlt645                a frame of DL/T 645: electricity
///   several_meters        registers of several meters, or several that differ
///   unit_unknown, layout_unknown
/// A total that is not decimal is the problem bad_bcd beside what the status says.
[[nodiscard]] PayloadResult decode_payload(Bytes bytes, const DeviceSettings* settings,
                                           DriverState& state);

[[nodiscard]] DecodeResult decode(const Message& message, DriverState& state);
[[nodiscard]] std::size_t max_payload(const Message& message);
[[nodiscard]] std::vector<SupportedDevice> supported();

}  // namespace anju::drivers::cjt188
