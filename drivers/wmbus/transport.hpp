// The headers between link and application: which one a CI field announces, and what its fields
// are. EN 13757-7 (transport layer, clause 7; authentication and fragmentation layer, clause 6),
// EN 13757-4 (extended link layer, clause 13). Only reads; nothing is decrypted here.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "drivers/wmbus/telegram.hpp"

namespace anju::drivers::wmbus {

enum class Layer : std::uint8_t {
    extended_link,   ///< 8Ch–8Fh
    authentication,  ///< 90h
    bare,            ///< application data without a transport header: 69h 78h 79h A0h–B7h
    short_header,    ///< 6Ah 7Ah 7Bh, and 8Ah with nothing behind it
    long_header,     ///< 6Bh 72h 73h, and 8Bh with nothing behind it
    unsupported,
};
[[nodiscard]] Layer layer_of(std::uint8_t ci);
/// Data records of EN 13757-3 follow, each with its header.
[[nodiscard]] bool holds_records(std::uint8_t ci);
/// What an unsupported CI field announces, for people: "an alarm".
[[nodiscard]] std::string_view name_of(std::uint8_t ci);
/// "KAM 1B 16": maker, version and device type.
[[nodiscard]] std::string model_of(const Identity& identity);

/// An address as keys are mixed with it: maker, number, version, type.
using AddressBytes = std::array<std::uint8_t, 8>;
[[nodiscard]] Identity identity_of(const AddressBytes& address);

// The readers below take what begins with the CI field. nullopt: cut off, or fields that do not
// fit the length given.

struct ExtendedLink {
    std::size_t size{};  ///< with the CI field
    std::uint8_t control{};
    std::uint8_t access{};
    Bytes session;  ///< session number, 4 bytes; empty: neither encryption nor CRC of the payload
    [[nodiscard]] unsigned encryption() const { return session[3] >> 5U; }  ///< 0 none, 1 AES-CTR
};
[[nodiscard]] std::optional<ExtendedLink> read_extended_link(Bytes rest);

struct Authentication {
    std::size_t size{};
    bool fragment{};  ///< a part of a longer message
    Bytes control;    ///< MCL, 1 byte; empty without
    Bytes key;        ///< key information, 2
    Bytes counter;    ///< message counter, 4
    Bytes mac;        ///< 4, 8, 12 or 16
    Bytes length;     ///< of the whole message, 2
};
[[nodiscard]] std::optional<Authentication> read_authentication(Bytes rest);

struct TransportHeader {
    std::size_t size{};
    std::optional<AddressBytes> meter;  ///< of the long header
    std::uint8_t access{};
    std::uint8_t status{};
    unsigned mode{};           ///< security mode, 0..31
    std::size_t blocks{};      ///< encrypted blocks of 16 bytes, modes 5 and 7
    std::uint8_t extension{};  ///< configuration field extension, mode 7
    [[nodiscard]] bool derives_key() const { return (extension >> 4U & 3U) == 1; }
    [[nodiscard]] bool derivation_known() const { return (extension >> 4U & 3U) <= 1; }
};
/// `layer` is short_header or long_header.
[[nodiscard]] std::optional<TransportHeader> read_transport_header(Bytes rest, Layer layer);

}  // namespace anju::drivers::wmbus
