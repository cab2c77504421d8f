#include "notify/bytes.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

#include "core/check.hpp"

namespace anju::notify {
namespace {

constexpr std::string_view standard =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view for_urls =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::uint32_t octet(std::string_view bytes, std::size_t at) {
    return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0U;
}

std::string in_sixes(std::string_view bytes, std::string_view digits) {
    std::string out;
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        const std::uint32_t group =
            octet(bytes, at) << 16U | octet(bytes, at + 1) << 8U | octet(bytes, at + 2);
        const std::size_t used = std::min<std::size_t>(3, bytes.size() - at) + 1;
        for (std::size_t digit = 0; digit < used; ++digit) {
            out += digits[group >> (18U - 6U * digit) & 63U];
        }
    }
    return out;
}

}  // namespace

std::string hmac_sha256(std::string_view key, std::string_view message) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
    unsigned size = 0;
    // A null key means "the one of before" to OpenSSL: an empty one still needs an address.
    const char* const secret = key.empty() ? "" : key.data();
    const auto* done = HMAC(EVP_sha256(), secret, static_cast<int>(key.size()),
                            reinterpret_cast<const unsigned char*>(message.data()), message.size(),
                            out.data(), &size);
    ANJU_CHECK(done != nullptr && size == 32, "HMAC-SHA256 is always there");
    return {reinterpret_cast<const char*>(out.data()), size};
}

std::string base64(std::string_view bytes) {
    std::string out = in_sixes(bytes, standard);
    out.append((4 - out.size() % 4) % 4, '=');
    return out;
}

std::string base64url(std::string_view bytes) {
    return in_sixes(bytes, for_urls);
}

std::optional<std::string> parse_base64url(std::string_view text) {
    std::string out;
    std::uint32_t held = 0;
    unsigned bits = 0;
    for (const char digit : text) {
        const auto value = for_urls.find(digit);
        if (value == std::string_view::npos) return std::nullopt;
        held = (held << 6U | static_cast<std::uint32_t>(value)) & 0xffffU;
        bits += 6;
        if (bits < 8) continue;
        bits -= 8;
        out += static_cast<char>(held >> bits & 0xffU);
    }
    if (base64url(out) != text) return std::nullopt;  // spare bits, or a lonely digit
    return out;
}

std::string hex(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (const char byte : bytes) {
        const auto value = static_cast<unsigned char>(byte);
        out += digits[value >> 4U];
        out += digits[value & 15U];
    }
    return out;
}

std::string url_encode(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char byte : text) {
        const auto value = static_cast<unsigned char>(byte);
        const bool unreserved = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                                (byte >= '0' && byte <= '9') || byte == '-' || byte == '.' ||
                                byte == '_' || byte == '~';
        if (unreserved) {
            out += byte;
        } else {
            out += '%';
            out += digits[value >> 4U];
            out += digits[value & 15U];
        }
    }
    return out;
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace anju::notify
