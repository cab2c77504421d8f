// From an opened telegram to readings: the general records of EN 13757-3, or the layout of the one
// manufacturer who does it his own way.
#pragma once

#include "drivers/content.hpp"
#include "drivers/wmbus/formats.hpp"
#include "drivers/wmbus/telegram.hpp"

namespace anju::drivers::wmbus {

/// Readings of water meters, smoke detectors and door contacts, with Measured::model filled.
/// A meter of something else (heat, electricity, heat cost …) is error "not_supported_device". A
/// water telegram in which no total stands gives the readings that do stand there, or `alive`:
/// absent is not zero. Errors: "record_truncated" "format_unknown" (a compact frame whose full
/// frame has not come yet) "layout_unknown" (the maker's own, not known) "value_invalid". Learns
/// the layout of full frames.
[[nodiscard]] PayloadResult read_meaning(const Telegram& telegram, Formats& formats);

}  // namespace anju::drivers::wmbus
