// Seals single fields of a database, so that a file that was copied shows nothing without a key
// that is kept apart from it.
//
// XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha; libsodium's crypto_aead_xchacha20poly1305_ietf) with
// a random nonce of 192 bits, which needs no counter that a restored copy could repeat. The place
// of the field (table, column, row) is authenticated with it: a sealed field that is moved to
// another row does not open.
//
// A sealed field: mark (4 bytes, the last is the version), number of the key (4), nonce (24),
// ciphertext, tag (16). In a column of text the same but for the mark in base64 (URL alphabet, no
// padding) behind "~s1~".
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace anju::vault {

/// Says which key it was, and nothing of it: 32 bits of BLAKE2b. Never 0.
using KeyId = std::uint32_t;

/// "1a2b3c4d", as in messages and in the mark of a data folder.
[[nodiscard]] std::string text_of(KeyId id);

inline constexpr std::size_t key_bytes = 32;
inline constexpr std::size_t most_keys = 8;
/// What a sealed field is longer than its content; in a column of text a third of all comes on top.
inline constexpr std::size_t overhead = 4 + 4 + 24 + 16;

enum class Form : std::uint8_t { blob, text };

/// One key that seals, and those before it that still open. The keys lie in memory that is not
/// swapped, with guard pages around, and is wiped at the end. Unchanging: any thread.
class Keys {
public:
    /// `raw`: `count` keys of key_bytes each, the one that seals first; 1 to most_keys. The caller
    /// wipes it.
    static std::shared_ptr<const Keys> from(const unsigned char* raw, std::size_t count);
    ~Keys();
    Keys(const Keys&) = delete;
    Keys& operator=(const Keys&) = delete;

    /// The same keys, of which `id`, one of them, seals.
    [[nodiscard]] std::shared_ptr<const Keys> sealing_with(KeyId id) const;

    [[nodiscard]] KeyId current() const { return ids_.front(); }
    [[nodiscard]] bool has(KeyId id) const { return index_of(id).has_value(); }
    [[nodiscard]] const std::vector<KeyId>& ids() const { return ids_; }

    [[nodiscard]] std::string seal(std::string_view content, std::string_view place,
                                   Form form) const;
    /// nullopt: not sealed, by none of these keys, for another place, or altered.
    [[nodiscard]] std::optional<std::string> open(std::string_view field, std::string_view place,
                                                  Form form) const;

    /// For columns that are looked up: keyed BLAKE2b-256 of `value` under the key that seals, as
    /// "~k1~" and 64 hex digits. The same value in another `place` gives another one.
    [[nodiscard]] std::string lookup(std::string_view value, std::string_view place) const;

private:
    struct Memory;
    Keys(std::unique_ptr<Memory> memory, std::vector<KeyId> ids);
    [[nodiscard]] std::optional<std::size_t> index_of(KeyId id) const;

    std::unique_ptr<Memory> memory_;
    std::vector<KeyId> ids_;
};

/// Which key a field says that it was sealed with; nullopt: it does not look sealed.
[[nodiscard]] std::optional<KeyId> sealed_by(std::string_view field, Form form);

}  // namespace anju::vault
