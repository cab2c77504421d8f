#include "drivers/wmbus/meters/techem.hpp"

#include "drivers/units.hpp"
#include "drivers/wmbus/records.hpp"

namespace anju::drivers::wmbus {
namespace {

constexpr std::uint8_t own_frame = 0xA2;
constexpr int tenths_of_m3 = -1;

bool is_day(unsigned day, unsigned month) {
    return day >= 1 && day <= 31 && month >= 1 && month <= 12;
}

unsigned word(Bytes body, std::size_t at) {
    return static_cast<unsigned>(body[at + 1]) << 8U | body[at];
}

}  // namespace

Own read_mk_radio_3(const Telegram& telegram, Found& found) {
    const Bytes body = telegram.body;
    if (telegram.ci != own_frame || body.size() < 9) return Own::not_mine;
    const unsigned read_on = word(body, 1);
    const unsigned today = word(body, 5);
    const bool never_read = read_on == 0 && word(body, 3) == 0;
    if ((!never_read && !is_day(read_on & 0x1FU, read_on >> 5U & 0xFU)) ||
        !is_day(today >> 4U & 0x1FU, today >> 9U & 0xFU)) {
        return Own::damaged;
    }
    const std::int64_t tenths = word(body, 3) + word(body, 7);
    found.total_ml = m3_to_millilitres(tenths, tenths_of_m3);
    return Own::read;
}

Own read_mk_radio_3a(const Telegram& telegram, Found& found) {
    const Bytes body = telegram.body;
    if (telegram.ci != own_frame || body.size() < 8) return Own::not_mine;
    const unsigned date = word(body, 2);
    if (!is_day(date & 0x1FU, date >> 5U & 0xFU) || word(body, 6) != 0) return Own::damaged;
    found.total_ml = m3_to_millilitres(word(body, 4), tenths_of_m3);
    return Own::read;
}

}  // namespace anju::drivers::wmbus
