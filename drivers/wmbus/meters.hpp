// The meters that need more than the general rules: those with a layout of their own, and those
// that use a general field in a way of their own. Keyed by maker, version and device type. Every
// other meter is read by its records (water.hpp, alarm.hpp).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "drivers/driver.hpp"
#include "drivers/wmbus/found.hpp"
#include "drivers/wmbus/telegram.hpp"

namespace anju::drivers::wmbus {

/// What a device measures, as far as Anju cares.
enum class Trade : std::uint8_t { other, water, smoke, door };

/// What came of trying a layout of a maker's own.
enum class Own : std::uint8_t {
    read,      ///< `found` is filled
    not_mine,  ///< the telegram is not of that layout
    damaged,   ///< it is, but a check inside it failed, or it holds parts that are not known
};
using ReadOwn = Own (*)(const Telegram& telegram, Found& found);

namespace quirk {
inline constexpr unsigned first_total = 1U << 0U;  ///< of several volumes the first is the total
inline constexpr unsigned battery_percent = 1U << 1U;  ///< FD 74h is per cent, not days
inline constexpr unsigned battery_voltage = 1U << 2U;  ///< FD 4xh is the voltage of the battery
inline constexpr unsigned status_tamper = 1U << 3U;    ///< bit 6 of the status byte: removed
inline constexpr unsigned profile = 1U << 4U;          ///< VIF FF 5Fh is the profile of Qundis
}  // namespace quirk

struct Meter {
    std::string_view maker;
    int version;  ///< -1: any
    int type;     ///< -1: any
    std::string_view model;
    Trade trade;
    unsigned quirks = 0;
    ReadOwn read = nullptr;        ///< asked first; nullptr: records only
    bool only_own_frames = false;  ///< the row is for frames of the maker's own alone (CI A0h–B7h)
};

/// nullptr: no special meter.
[[nodiscard]] const Meter* find_meter(const Identity& identity, std::uint8_t ci);

/// CI A0h–B7h: everything behind it is the maker's own.
[[nodiscard]] bool is_own_frame(std::uint8_t ci);
/// There was a transport header, so that `status` means something.
[[nodiscard]] bool has_status(const Telegram& telegram);

[[nodiscard]] Trade trade_of(std::uint8_t type);
/// Name of the medium, EN 13757-7 table 13: "heat". "reserved" for the unassigned.
[[nodiscard]] std::string_view medium_of(std::uint8_t type);

/// For the list of supported devices.
[[nodiscard]] std::vector<SupportedDevice> supported_meters();

}  // namespace anju::drivers::wmbus
