// What doctor says of certificates that end and of keys that others can read.
#pragma once

#include <filesystem>

#include "app/anjuctl/findings.hpp"
#include "config/config.hpp"
#include "provision/certificates.hpp"

namespace anju::ctl {

/// The certificates that the configuration names, those that setup made for the broker of this
/// machine ("/"), whether the services may read their keys, and the key of the box's own authority
/// beside the configuration. What this user may not read is said to be so: root sees more. `now`:
/// by the clock of the box.
void examine_keys(const config::Config& config, const std::filesystem::path& machine,
                  provision::Time now, Findings& findings);

/// Whether names and addresses are sealed, and where the key of that lies.
void examine_sealing(const config::Config& config, Findings& findings);

}  // namespace anju::ctl
