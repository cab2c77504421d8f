// Reads and checks how a broker is reached: nothing that matters goes over the wire in the clear
// or with a secret that everybody on the box can read, unless somebody says so on purpose.
#pragma once

#include <filesystem>

#include "config/section.hpp"

namespace anju::config {

enum class BrokerRole { home, district };

enum class Secrecy { open, secret };

/// The path under `key`, from `folder`, checked to be a readable file with something on its first
/// line and, if secret, closed to others. Empty when absent or wrong; what is wrong is reported.
[[nodiscard]] std::filesystem::path read_file_key(Section& section, std::string_view key,
                                                  const std::filesystem::path& folder,
                                                  Secrecy secrecy);

/// Keys uri, username, password_file, ca_file, cert_file, key_file (and allow_plaintext of
/// [home]). Relative paths are taken from `folder`. Does not finish the section.
[[nodiscard]] Broker read_broker(Section& section, BrokerRole role,
                                 const std::filesystem::path& folder);

/// True when `uri` is well formed and not on this machine.
[[nodiscard]] bool leaves_the_box(const std::string& uri);

}  // namespace anju::config
