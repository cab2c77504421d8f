// AES-128 as wireless M-Bus uses it: counter mode of the extended link layer (EN 13757-4), CBC of
// security modes 5 and 7, CMAC and the derivation of keys (EN 13757-7 clause 7.6, 9 and annex A;
// NIST SP 800-38A, RFC 4493). The arithmetic is OpenSSL's.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>

#include "drivers/bytes.hpp"
#include "drivers/settings.hpp"

namespace anju::drivers::wmbus {

using Block = std::array<std::uint8_t, 16>;

/// Holds OpenSSL's contexts, so that a telegram allocates nothing. Not thread-safe. Throws
/// std::runtime_error when OpenSSL has no AES or fails: a broken installation.
class Aes {
public:
    Aes();
    ~Aes();
    Aes(const Aes&) = delete;
    Aes& operator=(const Aes&) = delete;

    /// `data` is a multiple of 16 bytes; in place.
    void cbc_decrypt(const Key& key, const Block& iv, std::span<std::uint8_t> data);
    /// In place; any length.
    void ctr_decrypt(const Key& key, const Block& counter, std::span<std::uint8_t> data);
    [[nodiscard]] Block cmac(const Key& key, std::initializer_list<Bytes> message);

private:
    struct Contexts;
    std::unique_ptr<Contexts> contexts_;
};

/// What a derived key is for; from the meter in either case.
enum class KeyUse : std::uint8_t { encryption = 0x00, authentication = 0x01 };

/// Key of one message: CMAC(key, use ‖ counter ‖ meter ‖ 07h × 7). `counter` and `meter` (its
/// number) are 4 bytes each as they are sent, least significant first.
[[nodiscard]] Key derive_key(Aes& aes, const Key& key, KeyUse use, Bytes counter, Bytes meter);

}  // namespace anju::drivers::wmbus
