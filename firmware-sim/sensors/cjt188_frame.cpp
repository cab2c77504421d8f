#include "firmware-sim/sensors/cjt188_frame.hpp"

namespace anju::sim {

namespace {

constexpr std::uint8_t cold_water = 0x10;
constexpr std::uint8_t read_data_reply = 0x81;

/// Units of the table of M-Bus (EN 1434-3). 2Ch is m³, which CJ/T 188 writes with two decimals.
std::uint8_t unit_of(std::int64_t step_ml) {
    switch (step_ml) {
        case 1'000:
            return 0x29;
        case 100'000:
            return 0x2D;
        case 1'000'000:
            return 0x2E;
        default:
            return 0x2C;
    }
}

void put_register(Octets& out, std::int64_t ml, std::int64_t step_ml) {
    put_bcd(out, static_cast<std::uint64_t>(ml / step_ml % 100'000'000), 4);
    out.push_back(unit_of(step_ml));
}

/// ss mm hh DD MM YY YY, BCD.
void put_clock(Octets& out, Instant at) {
    using namespace std::chrono;
    const auto local = at + hours{8};
    const auto day = floor<days>(local);
    const year_month_day date{day};
    const hh_mm_ss time{floor<seconds>(local - day)};
    put_bcd(out, static_cast<std::uint64_t>(time.seconds().count()), 1);
    put_bcd(out, static_cast<std::uint64_t>(time.minutes().count()), 1);
    put_bcd(out, static_cast<std::uint64_t>(time.hours().count()), 1);
    put_bcd(out, static_cast<unsigned>(date.day()), 1);
    put_bcd(out, static_cast<unsigned>(date.month()), 1);
    put_bcd(out, static_cast<std::uint64_t>(static_cast<int>(date.year())), 2);
}

}  // namespace

Octets frame_of(const Cjt188Answer& answer) {
    Octets data{0x90, 0x1F};
    if (answer.order_of_2018) data = {0x1F, 0x90};
    data.push_back(answer.serial);
    put_register(data, answer.total_ml, answer.step_ml);
    put_register(data, answer.settlement_ml, answer.step_ml);
    put_clock(data, answer.clock);
    put_little_endian(data, answer.status, 2);

    Octets out{0x68, cold_water};
    put_bcd(out, answer.number, 7);
    out.push_back(read_data_reply);
    out.push_back(static_cast<std::uint8_t>(data.size()));
    out.insert(out.end(), data.begin(), data.end());
    unsigned sum = 0;
    for (const auto byte : out) sum += byte;
    out.push_back(static_cast<std::uint8_t>(sum));
    out.push_back(0x16);
    out.insert(out.begin(), 4, 0xFE);
    return out;
}

}  // namespace anju::sim
