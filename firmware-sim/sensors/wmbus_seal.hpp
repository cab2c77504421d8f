// How a meter seals its telegrams: AES-128-CBC of security modes 5 and 7, CMAC and the keys of one
// message (EN 13757-7 clause 7.6, 9 and annex A). Written from the standard and not shared with
// the gateway that opens them, so that a mistake on one side is seen on the other.
#pragma once

#include <array>
#include <cstdint>

#include "firmware-sim/sensors/octets.hpp"

namespace anju::sim {

using AesBlock = std::array<std::uint8_t, 16>;

/// `data` is a multiple of 16 bytes. Throws std::runtime_error when OpenSSL has no AES.
[[nodiscard]] Octets seal_cbc(const AesBlock& key, const AesBlock& iv, OctetView data);

/// AES-CMAC of RFC 4493. Throws as above.
[[nodiscard]] AesBlock cmac_of(const AesBlock& key, OctetView message);

}  // namespace anju::sim
