// The part of doctor that looks at foreign devices: topics, profiles, strangers.
#pragma once

#include <boost/json.hpp>

#include "app/anjuctl/findings.hpp"

namespace anju::ctl {

/// `status` as the daemon gives it.
void examine_drivers(const boost::json::value& status, Findings& findings);

}  // namespace anju::ctl
