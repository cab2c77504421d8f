// Passwords of Anju's own sensors at the home broker. A sensor's user name is its device id, and
// the broker's access list lets it speak for itself only; what is done here takes effect when the
// broker reads its files again (SIGHUP).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "provision/tree.hpp"

namespace anju::provision {

/// All that a sensor has to be told, once. The password is kept nowhere else: the broker has its
/// hash.
struct Credential {
    std::string id;
    std::string password;
    std::string host;
    std::uint16_t port{};
    bool tls = false;
    std::string authority;  ///< SHA-256 of the authority's certificate, lower-case hex

    /// "mqtts://ID:PASSWORD@HOST:PORT?ca=SHA256" (without ca where it is not TLS): what the label's
    /// code says. Nothing in it needs escaping.
    [[nodiscard]] std::string uri() const;
};

/// Each holds the lock of lock() meanwhile; the box must have been set up. An Error for a name that
/// no sensor may have.
/// add: an Error when there is one of this name.
[[nodiscard]] result<Credential> add_sensor(const Tree& tree, std::string_view id);
/// A new password; the old one is worth nothing from the broker's next reading on.
[[nodiscard]] result<Credential> rotate_sensor(const Tree& tree, std::string_view id);
[[nodiscard]] result<void> revoke_sensor(const Tree& tree, std::string_view id);

/// Who has a password, apart from the users that are no sensors; in the order of the file.
[[nodiscard]] result<std::vector<std::string>> sensors(const Tree& tree);

}  // namespace anju::provision
