// SMS as a modem wants it in PDU mode: 3GPP TS 23.040 (SMS-SUBMIT, SMS-STATUS-REPORT), TS 23.038
// (UCS2). Every text goes as UCS2, in parts of 70 characters, or of 67 when there are several, with
// the 8-bit concatenation header. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace anju::notify {

/// One part, ready for AT+CMGS.
struct Pdu {
    std::string hex;       ///< with "00" in front: the SIM's own service centre
    std::size_t length{};  ///< octets without that, for AT+CMGS=
};

/// `number` is "+8613800138000" or "13800138000"; blanks and hyphens in it are left out. nullopt
/// when it is no number of 3 to 20 digits. `reference` tells the parts of one message from those of
/// others. Characters beyond U+FFFF are never split over two parts. At most 8 parts; what is longer
/// is cut. With a status report asked for.
[[nodiscard]] std::optional<std::vector<Pdu>> sms_submit(std::string_view number,
                                                         std::string_view text,
                                                         std::uint8_t reference);

struct StatusReport {
    std::uint8_t reference{};  ///< as +CMGS said
    bool delivered{};
    bool over{};  ///< false: the network goes on trying
};
/// nullopt: this is no status report.
[[nodiscard]] std::optional<StatusReport> parse_status_report(std::string_view hex);

}  // namespace anju::notify
