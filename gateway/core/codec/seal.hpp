// The envelope of everything the core writes: a version byte in front, a CRC-32 (IEEE 802.3)
// behind, which finds every single flipped bit and every burst of up to 32.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace anju::codec {

[[nodiscard]] std::uint32_t crc32(std::string_view bytes);

/// `bytes` begins with the version byte already; appends the checksum, least byte first.
void seal(std::string& bytes);

/// What is between version and checksum; nullopt when either is not as expected.
[[nodiscard]] std::optional<std::string_view> unseal(std::string_view bytes, char version);

}  // namespace anju::codec
