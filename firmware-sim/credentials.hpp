// Passwords of broker users: a directory with one file a user, whose first line is the password.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "mqtt/session.hpp"

namespace anju::sim {

/// First line of `file`.
[[nodiscard]] result<std::string> read_password(const std::filesystem::path& file);

/// An endpoint at `uri` for `user`, whose password is in `credentials`: a directory as above, or
/// the password's own file. Empty: no user, for a broker that lets everybody in.
[[nodiscard]] result<mqtt::Endpoint> endpoint_for(const std::string& uri, const std::string& user,
                                                  const std::filesystem::path& credentials);

/// Writes DIRECTORY/{user}, mode 0600, with a random password for every user that has none yet,
/// and DIRECTORY/users.txt with "user:password" lines, as `mosquitto_passwd -U` takes them.
[[nodiscard]] result<void> make_credentials(const std::filesystem::path& directory,
                                            const std::vector<std::string>& users);

}  // namespace anju::sim
