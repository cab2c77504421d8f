#include "drivers/wmbus/alarm.hpp"

#include "drivers/wmbus/meters.hpp"

namespace anju::drivers::wmbus {
namespace {

constexpr std::uint8_t standard_conform = 0x1D;  // VIFE: content as a standard defines it
constexpr std::string_view lansen = "LAS";

// Error flags of the Lansen smoke detector.
constexpr std::uint64_t lansen_smoke = 0x04;
constexpr std::uint64_t lansen_test = 0x08;

// Digital input of the Lansen door contact.
constexpr std::uint64_t lansen_closed = 0x11;
constexpr std::uint64_t lansen_open = 0x55;

bool plain_or_standard(const Record& record) {
    return record.extensions.empty() ||
           (record.extensions.size() == 1 && record.extensions[0] == standard_conform);
}

std::string_view maker_of(const Telegram& telegram) {
    return {telegram.meter.maker.data(), telegram.meter.maker.size()};
}

}  // namespace

void take_smoke(const Telegram& telegram, const Record& record, Found& found) {
    if (!record.is_present_value() || !record.is(VifTable::fd, 0x17)) return;
    const auto flags = bits_of(record);
    if (!flags || !plain_or_standard(record)) return;
    if (maker_of(telegram) == lansen && !record.extensions.empty()) {
        found.smoke = (*flags & (lansen_smoke | lansen_test)) != 0;
        found.test = (*flags & lansen_test) != 0 && (*flags & lansen_smoke) == 0;
        return;
    }
    if (*flags != 0) {
        found.problems.push_back({"flags_unknown", "error flags", record.at,
                                  "which of this maker's flags means smoke is not known"});
        return;
    }
    // EN 13757-7, 7.5.6: 10b is an application error, 11b an abnormal condition, an alarm.
    if (has_status(telegram) && (telegram.status & 3U) == 0) found.smoke = false;
}

void take_door(const Record& record, Found& found) {
    if (!record.is_present_value() || !record.is(VifTable::fd, 0x1B)) return;
    const auto input = bits_of(record);
    if (!input || !plain_or_standard(record)) return;
    if (*input == lansen_closed || *input == lansen_open) {
        found.contact_open = *input == lansen_open;
        return;
    }
    found.problems.push_back(
        {"value_unknown", "digital input", record.at, "neither 11h (closed) nor 55h (open)"});
}

}  // namespace anju::drivers::wmbus
