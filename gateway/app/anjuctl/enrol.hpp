// The box's certificate for the district: its request out, the certificate in.
#pragma once

#include <string>

#include "app/anjuctl/commands.hpp"

namespace anju::ctl {

struct EnrolChoice {
    std::string root;         ///< empty: this machine
    bool request = false;     ///< print the request in use
    bool new_key = false;     ///< make another key, print the request for it
    bool issued = false;      ///< import what the district has sent over its line, if anything
    std::string certificate;  ///< a file to import; empty: none
    std::string authorities;  ///< a file; empty: the district's own
};

/// Without any of them: how things stand.
[[nodiscard]] int run_enrol(const Globals& globals, const EnrolChoice& choice);

}  // namespace anju::ctl
