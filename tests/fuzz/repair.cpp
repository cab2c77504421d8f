#include "fuzz/repair.hpp"

#include <algorithm>
#include <numeric>

namespace anju::fuzz {

std::uint16_t crc16(const std::uint8_t* bytes, std::size_t count) {
    std::uint16_t crc = 0;
    for (std::size_t i = 0; i < count; ++i) {
        crc = static_cast<std::uint16_t>(crc ^ (bytes[i] << 8));
        for (int bit = 0; bit < 8; ++bit) {
            crc = static_cast<std::uint16_t>((crc & 0x8000) != 0 ? (crc << 1) ^ 0x3D65 : crc << 1);
        }
    }
    return static_cast<std::uint16_t>(~crc);
}

void repair_length(std::vector<std::uint8_t>& telegram) {
    if (telegram.empty() || telegram.size() > 256) return;
    telegram[0] = static_cast<std::uint8_t>(telegram.size() - 1);
}

std::vector<std::uint8_t> in_format_a(const std::vector<std::uint8_t>& telegram) {
    std::vector<std::uint8_t> out;
    for (std::size_t at = 0; at < telegram.size();) {
        const std::size_t count = std::min<std::size_t>(at == 0 ? 10 : 16, telegram.size() - at);
        out.insert(out.end(), telegram.begin() + static_cast<std::ptrdiff_t>(at),
                   telegram.begin() + static_cast<std::ptrdiff_t>(at + count));
        const std::uint16_t crc = crc16(telegram.data() + at, count);
        out.push_back(static_cast<std::uint8_t>(crc >> 8));
        out.push_back(static_cast<std::uint8_t>(crc));
        at += count;
    }
    return out;
}

std::vector<std::uint8_t> in_long_frame(const std::vector<std::uint8_t>& body) {
    const std::size_t count = std::min<std::size_t>(body.size(), 255);
    const auto length = static_cast<std::uint8_t>(count);
    std::vector<std::uint8_t> out{0x68, length, length, 0x68};
    out.insert(out.end(), body.begin(), body.begin() + static_cast<std::ptrdiff_t>(count));
    out.push_back(static_cast<std::uint8_t>(std::accumulate(out.begin() + 4, out.end(), 0U)));
    out.push_back(0x16);
    return out;
}

void repair_cjt188(std::vector<std::uint8_t>& bytes) {
    const auto start = std::find(bytes.begin(), bytes.end(), 0x68);
    const auto left = static_cast<std::size_t>(bytes.end() - start);
    if (left < 13 || left > 255 + 13) return;
    start[10] = static_cast<std::uint8_t>(left - 13);
    bytes[bytes.size() - 2] =
        static_cast<std::uint8_t>(std::accumulate(start, bytes.end() - 2, 0U));
    bytes.back() = 0x16;
}

}  // namespace anju::fuzz
