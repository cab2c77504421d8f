// Tokens nobody can guess, and what is kept of them. A token is 256 random bits in base64url (43
// characters); at rest there is only its SHA-256, so that whoever reads the file can use none.
// Any thread.
#pragma once

#include <string>
#include <string_view>

namespace anju::access {

inline constexpr std::size_t token_chars = 43;

/// A new one. Ends the process if the kernel has no randomness to give.
[[nodiscard]] std::string make_token();
/// Of the length and the characters of make_token().
[[nodiscard]] bool looks_like_token(std::string_view text);

/// FIPS 180-4, 32 bytes.
[[nodiscard]] std::string sha256(std::string_view bytes);
/// RFC 2104 with SHA-256, 32 bytes.
[[nodiscard]] std::string hmac_sha256(std::string_view key, std::string_view message);
/// RFC 4648 section 5, without padding.
[[nodiscard]] std::string base64url(std::string_view bytes);
/// Takes the same time wherever they differ; lengths are no secret.
[[nodiscard]] bool equal_in_constant_time(std::string_view a, std::string_view b);

/// `count` characters of A-Z and 2-9 without I and O, 5 bits each: for what people copy by hand.
[[nodiscard]] std::string make_letters(std::size_t count);

}  // namespace anju::access
