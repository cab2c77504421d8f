// Spellings and seals of bytes that the services ask for. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace anju::notify {

/// HMAC-SHA256 (RFC 2104, FIPS 180-4), 32 bytes. `key` may be of any length, also empty.
[[nodiscard]] std::string hmac_sha256(std::string_view key, std::string_view message);

/// RFC 4648 section 4, with padding, without line ends.
[[nodiscard]] std::string base64(std::string_view bytes);
/// RFC 4648 section 5, without padding.
[[nodiscard]] std::string base64url(std::string_view bytes);
/// The only spelling that base64url() gives; nullopt for every other text.
[[nodiscard]] std::optional<std::string> parse_base64url(std::string_view text);

/// Lower case.
[[nodiscard]] std::string hex(std::string_view bytes);

/// Everything but the unreserved characters of RFC 3986 as %XX.
[[nodiscard]] std::string url_encode(std::string_view text);

/// Takes the same time wherever they differ; lengths are no secret.
[[nodiscard]] bool equal_in_constant_time(std::string_view a, std::string_view b);

}  // namespace anju::notify
