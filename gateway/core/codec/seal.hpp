// The envelope of everything the core writes: a version byte in front, a CRC-32 (IEEE 802.3)
// behind, which finds every single flipped bit and every burst of up to 32.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "core/codec/version.hpp"

namespace anju::codec {

[[nodiscard]] std::uint32_t crc32(std::string_view bytes);

/// The beginning of something to be written: the newest version.
[[nodiscard]] std::string begin_sealed();

/// `bytes` begins with the version byte already; appends the checksum, least byte first.
void seal(std::string& bytes);

struct Sealed {
    Version version{};
    std::string_view body;  ///< what is between version and checksum
};

/// nullopt when the version is none of `readable` or the checksum is wrong.
[[nodiscard]] std::optional<Sealed> unseal(std::string_view bytes,
                                           std::initializer_list<Version> readable);

}  // namespace anju::codec
