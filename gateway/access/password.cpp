#include "access/password.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "access/characters.hpp"
#include "core/check.hpp"

namespace anju::access {
namespace {

constexpr auto effort = crypto_pwhash_OPSLIMIT_INTERACTIVE;
constexpr auto memory = crypto_pwhash_MEMLIMIT_INTERACTIVE;

// Of 32 random bytes that nobody has kept.
constexpr std::string_view nobody =
    "$argon2id$v=19$m=65536,t=2,p=1$QIIzK+7QCQ1HrE/HqKMT9Q$"
    "E2K93MhS/aIpSrPS0Zcps4uU4j2tRQ2ZLsmu3moOppU";

/// What is tried first, without the digits and marks that people put around it.
constexpr std::string_view common[] = {
    "abc",       "abcd",   "admin",     "administrator", "anju",     "anquan",
    "asdf",      "asdfgh", "asdfghjkl", "changeme",      "iloveyou", "letmein",
    "mima",      "pass",   "passw0rd",  "password",      "passwort", "qazwsx",
    "qazwsxedc", "qwer",   "qwert",     "qwerty",        "qwertyui", "qwertyuiop",
    "root",      "secret", "shequ",     "test",          "user",     "wangge",
    "welcome",   "woaini", "woaiwojia", "yanglao",       "zaq",      "zxcvbnm"};
constexpr std::string_view common_as_they_are[] = {
    "1q2w3e4r5t", "1q2w3e4r5t6y", "1qaz2wsx3edc", "1qazxsw23edc", "q1w2e3r4t5",
    "5201314520", "13145201314",  "1357924680",   "2468013579",   "qwe123qwe123"};

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}

/// Without what is no letter at both ends.
std::string_view bare(std::string_view text) {
    while (!text.empty() && !is_letter(text.front())) text.remove_prefix(1);
    while (!text.empty() && !is_letter(text.back())) text.remove_suffix(1);
    return text;
}

/// "1111111111", "123123123123"
bool repeats(std::string_view text) {
    for (std::size_t period = 1; period <= 4; ++period) {
        bool same = text.size() > period;
        for (std::size_t i = period; same && i < text.size(); ++i)
            same = text[i] == text[i - period];
        if (same) return true;
    }
    return false;
}

/// "1234567890", "abcdefghij", "9876543210"
bool counts(std::string_view text) {
    const auto steps_by = [&](int step) {
        for (std::size_t i = 1; i < text.size(); ++i) {
            const int distance = text[i] - text[i - 1];
            const bool wraps = step > 0 ? text[i - 1] == '9' && text[i] == '0'
                                        : text[i - 1] == '0' && text[i] == '9';
            if (distance != step && !wraps) return false;
        }
        return true;
    };
    return steps_by(1) || steps_by(-1);
}

bool is_common(std::string_view text) {
    return repeats(text) || counts(text) ||
           std::ranges::find(common, bare(text)) != std::end(common) ||
           std::ranges::find(common_as_they_are, text) != std::end(common_as_they_are);
}

bool is_hash(std::string_view hash) {
    return hash.starts_with("$argon2id$") && hash.size() < crypto_pwhash_STRBYTES;
}

Error no_memory() {
    return {"the password cannot be checked now: no memory for argon2id", "",
            "free 64 MiB of memory and try again"};
}

void ready() {
    ANJU_CHECK(sodium_init() >= 0, "libsodium finds the kernel's randomness");
}

}  // namespace

std::string_view code(PasswordFault fault) {
    switch (fault) {
        case PasswordFault::too_short:
            return "password_too_short";
        case PasswordFault::too_long:
            return "password_too_long";
        case PasswordFault::not_text:
            return "password_not_text";
        case PasswordFault::is_name:
            return "password_is_name";
        case PasswordFault::too_common:
            return "password_too_common";
    }
    return "password_refused";
}

std::optional<PasswordFault> fault_of(std::string_view password, std::string_view account_name) {
    if (password.size() > longest_password_bytes) return PasswordFault::too_long;
    const auto count = count_characters(password);
    if (!count) return PasswordFault::not_text;
    if (*count < shortest_password) return PasswordFault::too_short;
    if (*count > longest_password) return PasswordFault::too_long;
    const std::string folded = lower(password);
    const std::string name = lower(account_name);
    if (folded == name || (!bare(name).empty() && bare(folded) == bare(name))) {
        return PasswordFault::is_name;
    }
    if (is_common(folded)) return PasswordFault::too_common;
    return std::nullopt;
}

result<std::string> hash_password(std::string_view password) {
    ready();
    std::array<char, crypto_pwhash_STRBYTES> out{};
    if (crypto_pwhash_str(out.data(), password.data(), password.size(), effort, memory) != 0) {
        return no_memory();
    }
    return result<std::string>{boost::system::in_place_value, out.data()};
}

result<bool> verify_password(std::string_view hash, std::string_view password) {
    ready();
    if (!is_hash(hash)) return Error{"this is no hash of a password", "", "reset the password"};
    if (password.size() > longest_password_bytes) password = {};  // costs the same, and is wrong
    std::array<char, crypto_pwhash_STRBYTES> text{};
    std::ranges::copy(hash, text.begin());
    errno = 0;
    if (crypto_pwhash_str_verify(text.data(), password.data(), password.size()) == 0) {
        return !password.empty();
    }
    if (errno == EINVAL) return false;  // how libsodium tells a mismatch from the rest
    return no_memory();
}

bool is_outdated(std::string_view hash) {
    std::array<char, crypto_pwhash_STRBYTES> text{};
    if (!is_hash(hash)) return true;
    std::ranges::copy(hash, text.begin());
    return crypto_pwhash_str_needs_rehash(text.data(), effort, memory) != 0;
}

std::string_view nobodys_hash() {
    return nobody;
}

void wipe(std::string& secret) {
    if (!secret.empty()) sodium_memzero(secret.data(), secret.size());
    secret.clear();
}

}  // namespace anju::access
