#include "access/secret.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>

#include "core/check.hpp"

namespace anju::access {
namespace {

constexpr std::string_view letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
static_assert(letters.size() == 32);

void ready() {
    // Chooses implementations for this processor; may be called often and from any thread.
    ANJU_CHECK(sodium_init() >= 0, "libsodium finds the kernel's randomness");
}

const unsigned char* raw(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

unsigned char* raw(std::string& bytes) {
    return reinterpret_cast<unsigned char*>(bytes.data());
}

}  // namespace

std::string make_token() {
    ready();
    std::string bytes(32, '\0');
    randombytes_buf(bytes.data(), bytes.size());
    return base64url(bytes);
}

bool looks_like_token(std::string_view text) {
    return text.size() == token_chars && std::ranges::all_of(text, [](char c) {
               return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                      c == '-' || c == '_';
           });
}

std::string sha256(std::string_view bytes) {
    std::string out(crypto_hash_sha256_BYTES, '\0');
    crypto_hash_sha256(raw(out), raw(bytes), bytes.size());
    return out;
}

std::string hmac_sha256(std::string_view key, std::string_view message) {
    crypto_auth_hmacsha256_state state;
    std::string out(crypto_auth_hmacsha256_BYTES, '\0');
    crypto_auth_hmacsha256_init(&state, raw(key), key.size());
    crypto_auth_hmacsha256_update(&state, raw(message), message.size());
    crypto_auth_hmacsha256_final(&state, raw(out));
    return out;
}

std::string base64url(std::string_view bytes) {
    constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::string out(sodium_base64_ENCODED_LEN(bytes.size(), variant), '\0');
    sodium_bin2base64(out.data(), out.size(), raw(bytes), bytes.size(), variant);
    out.pop_back();  // the terminator
    return out;
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string make_letters(std::size_t count) {
    ready();
    std::string out(count, '\0');
    randombytes_buf(out.data(), out.size());
    for (char& c : out) c = letters[static_cast<unsigned char>(c) % letters.size()];
    return out;
}

}  // namespace anju::access
