// One line of `anjuctl status` about updates.
#pragma once

#include <boost/json.hpp>
#include <string>

#include "app/anjuctl/text.hpp"

namespace anju::ctl {

/// Of the result of `status`: the version that runs, how the last update ended and why, what is
/// under way, waits, failed or is refused. Empty where nothing looks for updates.
[[nodiscard]] std::string update_line(const boost::json::value& result, Lang lang);

}  // namespace anju::ctl
