// `anjuctl support-bundle FILE`: what a technician needs to see of a box, and nothing about anybody
// who lives or works there (bundle_filter.hpp). docs/operations/support.md lists what is in it.
#pragma once

#include <string>

#include "app/anjuctl/commands.hpp"

namespace anju::ctl {

struct BundleChoice {
    std::string file;           ///< must not exist
    std::string log_file;       ///< instead of the journal
    std::string machine = "/";  ///< as for doctor
    unsigned log_lines = 2000;
};

/// Writes it, readable by its owner alone; with a daemon that does not answer, what there is.
[[nodiscard]] int make_bundle(const Globals& globals, const BundleChoice& choice);

}  // namespace anju::ctl
