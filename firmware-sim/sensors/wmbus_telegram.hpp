// Telegrams of wireless M-Bus as meters send them and receivers publish them: EN 13757-4 (link),
// EN 13757-7 (transport and security), EN 13757-3 (records), OMS Specification Volume 2 issue 4.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "firmware-sim/sensors/protocol.hpp"
#include "firmware-sim/sensors/wmbus_seal.hpp"

namespace anju::sim {

/// Who a meter is. `number` has at most eight decimal digits.
struct WmbusIdentity {
    std::string maker = "DWZ";  ///< three FLAG letters
    std::uint32_t number{};
    std::uint8_t version = 0x02;
    std::uint8_t type = 0x07;  ///< EN 13757-7 table 13: 07h water, 1Ah smoke, 1Dh contact

    /// "DWZ-12345678", as a gateway calls it.
    [[nodiscard]] std::string address() const;
};

/// Status byte of the transport layer, EN 13757-7, 7.5.6. The highest three bits are the maker's;
/// these are the ones of the makers that are played here.
namespace wmbus_status {
inline constexpr std::uint8_t alarm = 0x03;  ///< abnormal condition
inline constexpr std::uint8_t power_low = 0x04;
inline constexpr std::uint8_t permanent_error = 0x08;
inline constexpr std::uint8_t temporary_error = 0x10;
inline constexpr std::uint8_t leak = 0x20;
inline constexpr std::uint8_t tamper = 0x40;
inline constexpr std::uint8_t backflow = 0x80;
}  // namespace wmbus_status

enum class WmbusHeader : std::uint8_t { short_header, long_header };
/// What a receiver leaves of the frame: everything, or no CRCs of the link layer.
enum class WmbusFrame : std::uint8_t { bare, format_a, format_b };

struct WmbusTelegram {
    WmbusIdentity meter;
    /// Of a radio module beside the meter, which sends for it: then the header is long.
    std::optional<WmbusIdentity> sender = {};
    std::uint8_t access{};
    std::uint8_t status{};
    WmbusHeader header = WmbusHeader::short_header;
    WmbusSecurity security = WmbusSecurity::none;
    AesBlock key{};           ///< unless security is none
    std::uint32_t counter{};  ///< of messages, mode 7: never the same twice with one key
    Octets records;           ///< at most 200 bytes
};

/// The frame from its length byte on.
[[nodiscard]] Octets frame_of(const WmbusTelegram& telegram, WmbusFrame form = WmbusFrame::bare);

/// Data records of EN 13757-3. `step_ml` is the weight of the last digit: 100, 1000 or 10 000 ml.
void put_volume(Octets& records, std::int64_t ml, std::int64_t step_ml);
void put_backward_volume(Octets& records, std::int64_t ml, std::int64_t step_ml);
void put_flow(Octets& records, std::int16_t litres_an_hour);
/// In steps of 0.1 V.
void put_battery(Octets& records, int millivolts);
/// Error flags; of Lansen smoke alarms bit 2 is smoke and bit 3 the test button.
void put_error_flags(Octets& records, std::uint16_t flags);
/// Digital input of Lansen door contacts.
void put_contact(Octets& records, bool open);

/// {"telegram": "…", "rssi": -71} as receivers publish it.
[[nodiscard]] std::string wmbus_json(OctetView frame, int rssi_dbm);

}  // namespace anju::sim
