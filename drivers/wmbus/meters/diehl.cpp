#include "drivers/wmbus/meters/diehl.hpp"

#include <array>

#include "drivers/units.hpp"
#include "drivers/wmbus/records.hpp"

namespace anju::drivers::wmbus {
namespace {

/// The two keys that modules are delivered with, each folded to 32 bits.
constexpr std::uint32_t keys[] = {0x39BC8A10U ^ 0xE66D83F8U, 0x51728910U ^ 0xE66D83F8U};
constexpr std::uint8_t mark = 0x4B;
constexpr std::size_t in_the_clear = 4;
constexpr std::size_t scrambled = 11;
constexpr std::int64_t eight_digits = 100'000'000;

using Header = std::array<std::uint8_t, 12>;  // bytes 2–13 of the frame

std::uint8_t digit(char c) {
    return static_cast<std::uint8_t>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
}

/// As they were sent.
Header header_of(const Telegram& telegram) {
    const Identity& link = telegram.link;
    const auto letter = [&](std::size_t i) {
        return static_cast<unsigned>(link.maker[i] - '@') & 0x1FU;
    };
    const unsigned maker = letter(0) << 10U | letter(1) << 5U | letter(2);
    Header out{};
    out[0] = static_cast<std::uint8_t>(maker & 0xFFU);
    out[1] = static_cast<std::uint8_t>(maker >> 8U);
    for (std::size_t i = 0; i < 4; ++i) {
        out[5 - i] = static_cast<std::uint8_t>(digit(link.number[2 * i]) << 4U |
                                               digit(link.number[2 * i + 1]));
    }
    out[6] = link.version;
    out[7] = link.type;
    out[8] = telegram.ci;
    for (std::size_t i = 0; i < 3; ++i) out[9 + i] = telegram.body[i];
    return out;
}

std::uint32_t big_endian(const Header& header, std::size_t at) {
    return static_cast<std::uint32_t>(header[at]) << 24U |
           static_cast<std::uint32_t>(header[at + 1]) << 16U |
           static_cast<std::uint32_t>(header[at + 2]) << 8U | header[at + 3];
}

using Plain = std::array<std::uint8_t, scrambled>;

Plain unscramble(Bytes bytes, std::uint32_t key) {
    Plain out{};
    for (std::size_t i = 0; i < out.size(); ++i) {
        for (int bit = 0; bit < 8; ++bit) {
            const std::uint32_t next = (key >> 1U ^ key >> 2U ^ key >> 11U ^ key >> 31U) & 1U;
            key = key << 1U | next;
        }
        out[i] = static_cast<std::uint8_t>(bytes[i] ^ (key & 0xFFU));
    }
    return out;
}

bool is_sound(const Plain& plain) {
    const Bytes bytes = plain;
    const auto total = static_cast<std::int64_t>(little_endian(bytes.subspan(1, 4)));
    const auto earlier = static_cast<std::int64_t>(little_endian(bytes.subspan(5, 4)));
    const unsigned day = bytes[9] & 0x1FU;
    const unsigned month = bytes[10] & 0xFU;
    return bytes[0] == mark && total < eight_digits && earlier <= total && month <= 12 &&
           (day == 0) == (month == 0);
}

bool is_water(std::uint8_t type) {
    return trade_of(type) == Trade::water;
}

/// Modules of Hydrometer and of Diehl put version and type before the number instead of after it.
bool is_swapped(const Header& header) {
    return is_water(header[3]);
}

std::string swapped_address(const Telegram& telegram, const Header& header) {
    Identity identity = telegram.link;
    constexpr char digits[] = "0123456789abcdef";
    for (std::size_t i = 0; i < 4; ++i) {
        identity.number[2 * i] = digits[header[7 - i] >> 4U];
        identity.number[2 * i + 1] = digits[header[7 - i] & 0xFU];
    }
    return identity.address();
}

}  // namespace

Own read_prios(const Telegram& telegram, Found& found) {
    if (telegram.ci < 0xA0 || telegram.ci > 0xA7) return Own::not_mine;
    if (telegram.body.size() < in_the_clear + scrambled) return Own::not_mine;
    const Header header = header_of(telegram);
    const bool by_sappel = telegram.link.maker == std::array<char, 3>{'S', 'A', 'P'};
    const bool swapped = !by_sappel && is_swapped(header);
    if (!by_sappel && !swapped && !is_water(telegram.link.type)) return Own::not_mine;

    const std::uint32_t seed =
        big_endian(header, 0) ^ big_endian(header, 4) ^ big_endian(header, 8);
    for (const std::uint32_t key : keys) {
        const Plain plain = unscramble(telegram.body.subspan(in_the_clear), key ^ seed);
        if (!is_sound(plain)) continue;
        const auto litres = static_cast<std::int64_t>(little_endian(Bytes(plain).subspan(1, 4)));
        found.total_ml = m3_to_millilitres(litres, -3);
        if (swapped) found.device = swapped_address(telegram, header);
        return Own::read;
    }
    return Own::damaged;
}

}  // namespace anju::drivers::wmbus
