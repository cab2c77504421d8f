// The password file of mosquitto 2.0: one "user:$7$iterations$salt$hash" a line, PBKDF2 with
// SHA-512, salt and hash in base64 (mosquitto_passwd(1), its 12 and 64 bytes). mosquitto_passwd
// itself is not used: it takes a password on its command line, where every user of the box can
// read it, or from a terminal, which a file of answers does not have; and it writes in place.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace anju::provision {

/// 128 bits that nobody can guess, as 32 lower-case hex digits: an installer can read them out.
[[nodiscard]] std::string new_password();

/// "$7$…", with a salt of its own.
[[nodiscard]] result<std::string> hashed(std::string_view password);
/// False for a hash of another kind as well.
[[nodiscard]] bool matches(std::string_view hash, std::string_view password);

/// Whether a user of the broker may be called so: 1 to 64 of A-Z a-z 0-9 _ . - and no more, since
/// the name becomes part of topics and of the access list.
[[nodiscard]] bool good_user(std::string_view name);
/// The users that are no sensors: anjud, zigbee2mqtt, simulator, platform.
[[nodiscard]] bool is_reserved(std::string_view name);

class PasswordFile {
public:
    /// Lines that are not understood stay as they are.
    explicit PasswordFile(std::string_view text);

    [[nodiscard]] bool has(std::string_view user) const;
    /// Empty: no such user.
    [[nodiscard]] std::string hash_of(std::string_view user) const;
    void set(std::string_view user, std::string_view hash);
    /// False: there was none.
    bool remove(std::string_view user);
    [[nodiscard]] std::vector<std::string> users() const;
    [[nodiscard]] std::string text() const;

private:
    using Line = std::pair<std::string, std::string>;  ///< user (empty: not one), rest
    [[nodiscard]] std::vector<Line>::const_iterator find(std::string_view user) const;

    std::vector<Line> lines_;
};

}  // namespace anju::provision
