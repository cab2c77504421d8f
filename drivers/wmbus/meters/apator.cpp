#include "drivers/wmbus/meters/apator.hpp"

#include "drivers/units.hpp"
#include "drivers/wmbus/crc.hpp"
#include "drivers/wmbus/records.hpp"

namespace anju::drivers::wmbus {
namespace {

constexpr std::uint8_t total_register = 0x10;
constexpr std::uint8_t padding = 0xFF;

/// nullopt: a register whose length is not known, so that what follows cannot be found either.
std::optional<std::size_t> register_bytes(std::uint8_t name) {
    switch (name) {
        case total_register:
        case 0x42:
        case 0xA0:
        case 0xF0:
            return 4;
        case 0x40:
            return 6;
        case 0x41:
        case 0x43:
            return 2;
        default:
            break;
    }
    if (name >= 0x71 && name <= 0x7F) return 1U + 4U * (name - 0x6FU);  // months of history
    if (name >= 0x80 && name <= 0x87) return 10;                        // events
    return std::nullopt;
}

Own read_thirds(const Telegram& telegram, std::int64_t millilitres_per_unit, Found& found) {
    const Bytes body = telegram.body;
    if (telegram.ci != 0xA0 || body.size() < 18) return Own::not_mine;
    if (body[5] != 0x40 || body[12] != 0xFF) return Own::damaged;
    const auto thirds = static_cast<std::int64_t>(little_endian(body.first(4)));
    const auto earlier = static_cast<std::int64_t>(little_endian(body.subspan(14, 4)));
    if (earlier > thirds) return Own::damaged;
    const std::int64_t total = (thirds * millilitres_per_unit + 1) / 3;  // to the nearest
    if (total > max_total_ml) return Own::damaged;
    found.total_ml = total;
    return Own::read;
}

}  // namespace

Own read_apator_162(const Telegram& telegram, Found& found) {
    Bytes block = telegram.body;
    while (!block.empty() && block.front() == 0x2F) block = block.subspan(1);
    if (block.empty() || block.front() != 0x0F) return Own::not_mine;
    if (block.size() < 1 + 4 + 3 + 2 || !crc_fits(block)) return Own::damaged;

    const Bytes registers = block.first(block.size() - 2);
    for (std::size_t at = 8; at < registers.size() && registers[at] != padding;) {
        const auto length = register_bytes(registers[at]);
        if (!length || registers.size() - at - 1 < *length) return Own::damaged;
        if (registers[at] == total_register) {
            const auto litres =
                static_cast<std::int64_t>(little_endian(registers.subspan(at + 1, 4)));
            found.total_ml = m3_to_millilitres(litres, -3);
            return Own::read;
        }
        at += 1 + *length;
    }
    return Own::read;  // every register was known, and none was the total
}

Own read_apator_08(const Telegram& telegram, Found& found) {
    return read_thirds(telegram, 1'000, found);
}

Own read_apator_172(const Telegram& telegram, Found& found) {
    return read_thirds(telegram, 1'000'000, found);
}

}  // namespace anju::drivers::wmbus
