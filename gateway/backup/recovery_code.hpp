// Who can read a backup: whoever has the recovery code. The box has only the public half, so that
// it makes a backup every night and cannot read one.
//
// A code is 152 random bits, written on paper by people: eight groups of four letters and digits,
// the last of which a check, "ANJU" is no part of it. From it follows a key pair for sealed boxes
// (X25519, libsodium). One code may serve all boxes of a district.
#pragma once

#include <array>
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace anju::backup {

inline constexpr std::size_t key_bytes = 32;

struct PublicKey {
    std::array<unsigned char, key_bytes> bytes{};
    friend bool operator==(const PublicKey&, const PublicKey&) = default;
};

/// Wiped when it goes.
struct SecretKey {
    PublicKey open;  ///< its public half
    std::array<unsigned char, key_bytes> bytes{};

    SecretKey() = default;
    SecretKey(const SecretKey&) = default;
    SecretKey& operator=(const SecretKey&) = default;
    ~SecretKey();
};

/// A new one: "7K2M-….", 39 characters. Ends the process if the kernel has no randomness to give.
[[nodiscard]] std::string make_recovery_code();
/// Case, spaces and hyphens do not matter; O, I and L are read as 0 and 1. A code with a slip of
/// the pen is refused.
[[nodiscard]] result<SecretKey> key_of(std::string_view code);

/// One line, "anju-backup-key-1 " and 64 hex digits.
[[nodiscard]] std::string written(const PublicKey& key);
/// 0644, whole or not at all.
[[nodiscard]] result<void> write_public_key(const std::filesystem::path& file,
                                            const PublicKey& key);
[[nodiscard]] result<PublicKey> read_public_key(const std::filesystem::path& file);
/// The first eight hex digits: says which code belongs to a backup.
[[nodiscard]] std::string fingerprint(const PublicKey& key);

}  // namespace anju::backup
