#include "provision/passwords.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "provision/openssl.hpp"
#include "system/secrets.hpp"

namespace anju::provision {
namespace {

// mosquitto's own figure. More would buy nothing: what is hashed here are 128 random bits, and a
// street of sensors that reconnects at once has to be hashed on a small processor.
constexpr int iterations = 101;
constexpr std::size_t salt_size = 12;
constexpr std::size_t hash_size = 64;
constexpr std::size_t longest_user = 64;

using Hash = std::array<unsigned char, hash_size>;

std::string base64(const unsigned char* data, std::size_t size) {
    std::string out(4 * ((size + 2) / 3) + 1, '\0');
    const int length =
        EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()), data, static_cast<int>(size));
    out.resize(static_cast<std::size_t>(length));
    return out;
}

/// Empty: not base64.
std::vector<unsigned char> bytes_of(std::string_view text) {
    if (text.empty() || text.size() % 4 != 0 || text.size() > 256) return {};
    std::vector<unsigned char> out(text.size() / 4 * 3);
    if (EVP_DecodeBlock(out.data(), reinterpret_cast<const unsigned char*>(text.data()),
                        static_cast<int>(text.size())) < 0) {
        return {};
    }
    const auto padding = std::count(text.end() - 2, text.end(), '=');
    out.resize(out.size() - static_cast<std::size_t>(padding));
    return out;
}

bool derive(std::string_view password, const unsigned char* salt, std::size_t size, int rounds,
            Hash& into) {
    return PKCS5_PBKDF2_HMAC(password.data(), static_cast<int>(password.size()), salt,
                             static_cast<int>(size), rounds, EVP_sha512(),
                             static_cast<int>(into.size()), into.data()) == 1;
}

/// Up to the next '$', which is taken off as well.
std::string_view next_part(std::string_view& rest) {
    const std::size_t end = rest.find('$');
    const std::string_view part = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
    return part;
}

}  // namespace

std::string new_password() {
    return system::random_hex(16);
}

result<std::string> hashed(std::string_view password) {
    std::array<unsigned char, salt_size> salt{};
    Hash hash{};
    if (RAND_bytes(salt.data(), static_cast<int>(salt.size())) != 1 ||
        !derive(password, salt.data(), salt.size(), iterations, hash)) {
        return openssl_error("cannot hash a password");
    }
    std::string out = "$7$" + std::to_string(iterations) + "$";
    out += base64(salt.data(), salt.size()) + "$" + base64(hash.data(), hash.size());
    return result<std::string>{boost::system::in_place_value, std::move(out)};
}

bool matches(std::string_view hash, std::string_view password) {
    if (!hash.starts_with("$7$")) return false;
    hash.remove_prefix(3);
    const std::string_view count = next_part(hash);
    int rounds = 0;
    const auto [end, error] = std::from_chars(count.data(), count.data() + count.size(), rounds);
    if (error != std::errc{} || end != count.data() + count.size() || rounds < 1 ||
        rounds > 1'000'000) {
        return false;
    }
    const auto salt = bytes_of(next_part(hash));
    const auto wanted = bytes_of(hash);
    Hash made{};
    return !salt.empty() && wanted.size() == made.size() &&
           derive(password, salt.data(), salt.size(), rounds, made) &&
           CRYPTO_memcmp(made.data(), wanted.data(), made.size()) == 0;
}

bool good_user(std::string_view name) {
    return !name.empty() && name.size() <= longest_user && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '.' || c == '-';
    });
}

bool is_reserved(std::string_view name) {
    constexpr std::array<std::string_view, 4> names{"anjud", "zigbee2mqtt", "simulator",
                                                    "platform"};
    return std::ranges::find(names, name) != names.end();
}

PasswordFile::PasswordFile(std::string_view text) {
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        const std::string_view line = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos || colon == 0 || line.starts_with('#')) {
            lines_.emplace_back("", line);
        } else {
            lines_.emplace_back(line.substr(0, colon), line.substr(colon + 1));
        }
    }
}

std::vector<PasswordFile::Line>::const_iterator PasswordFile::find(std::string_view user) const {
    return std::ranges::find_if(
        lines_, [user](const Line& line) { return !user.empty() && line.first == user; });
}

bool PasswordFile::has(std::string_view user) const {
    return find(user) != lines_.end();
}

std::string PasswordFile::hash_of(std::string_view user) const {
    const auto at = find(user);
    return at == lines_.end() ? std::string{} : at->second;
}

void PasswordFile::set(std::string_view user, std::string_view hash) {
    const auto at = find(user);
    if (at == lines_.end()) {
        lines_.emplace_back(user, hash);
    } else {
        lines_[static_cast<std::size_t>(at - lines_.begin())].second = hash;
    }
}

bool PasswordFile::remove(std::string_view user) {
    return !user.empty() &&
           std::erase_if(lines_, [user](const Line& line) { return line.first == user; }) > 0;
}

std::vector<std::string> PasswordFile::users() const {
    std::vector<std::string> out;
    for (const Line& line : lines_) {
        if (!line.first.empty()) out.push_back(line.first);
    }
    return out;
}

std::string PasswordFile::text() const {
    std::string out;
    for (const auto& [user, rest] : lines_) out += (user.empty() ? "" : user + ":") + rest + "\n";
    return out;
}

}  // namespace anju::provision
