#include "core/codec/seal.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace anju::codec {
namespace {

constexpr std::size_t checksum_bytes = 4;

// Four tables take four bytes a step ("slicing by 4", Kounavis and Berry 2005).
using Tables = std::array<std::array<std::uint32_t, 256>, 4>;

constexpr Tables make_tables() {
    Tables tables{};
    for (std::uint32_t i = 0; i < 256; ++i) {
        std::uint32_t crc = i;
        for (int bit = 0; bit < 8; ++bit) {
            crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? 0xEDB88320U : 0U);
        }
        tables[0][i] = crc;
    }
    for (std::size_t i = 0; i < 256; ++i) {
        for (std::size_t t = 1; t < 4; ++t) {
            const std::uint32_t before = tables[t - 1][i];
            tables[t][i] = (before >> 8U) ^ tables[0][before & 0xffU];
        }
    }
    return tables;
}

constexpr Tables tables = make_tables();

constexpr std::uint32_t byte_at(std::string_view bytes, std::size_t i) {
    return static_cast<std::uint8_t>(bytes[i]);
}

constexpr std::uint32_t little_endian(std::string_view bytes) {
    return byte_at(bytes, 0) | byte_at(bytes, 1) << 8U | byte_at(bytes, 2) << 16U |
           byte_at(bytes, 3) << 24U;
}

}  // namespace

std::uint32_t crc32(std::string_view bytes) {
    std::uint32_t crc = 0xffffffffU;
    for (; bytes.size() >= 4; bytes.remove_prefix(4)) {
        crc ^= little_endian(bytes);
        crc = tables[3][crc & 0xffU] ^ tables[2][(crc >> 8U) & 0xffU] ^
              tables[1][(crc >> 16U) & 0xffU] ^ tables[0][crc >> 24U];
    }
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        crc = (crc >> 8U) ^ tables[0][(crc ^ byte_at(bytes, i)) & 0xffU];
    }
    return ~crc;
}

std::string begin_sealed() {
    return std::string(1, static_cast<char>(newest));
}

void seal(std::string& bytes) {
    const std::uint32_t crc = crc32(bytes);
    for (unsigned shift = 0; shift < 32; shift += 8) {
        bytes.push_back(static_cast<char>((crc >> shift) & 0xffU));
    }
}

std::optional<Sealed> unseal(std::string_view bytes, std::initializer_list<Version> readable) {
    if (bytes.size() < 1 + checksum_bytes) return std::nullopt;
    const auto version = static_cast<Version>(bytes.front());
    if (std::ranges::find(readable, version) == readable.end()) return std::nullopt;
    const std::string_view checked = bytes.substr(0, bytes.size() - checksum_bytes);
    if (little_endian(bytes.substr(checked.size())) != crc32(checked)) return std::nullopt;
    return Sealed{version, checked.substr(1)};
}

}  // namespace anju::codec
