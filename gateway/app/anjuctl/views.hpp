// What the answers of the daemon look like to people.
#pragma once

#include <boost/json.hpp>
#include <string>

#include "app/anjuctl/text.hpp"

namespace anju::ctl {

/// Each takes the result of the method of that name and gives whole lines.
[[nodiscard]] std::string show_status(const boost::json::value& result, Lang lang);
[[nodiscard]] std::string show_residents(const boost::json::value& result, Lang lang);
[[nodiscard]] std::string show_devices(const boost::json::value& result, Lang lang);
[[nodiscard]] std::string show_alerts(const boost::json::value& result, Lang lang);
[[nodiscard]] std::string show_alert(const boost::json::value& result, Lang lang);
[[nodiscard]] std::string show_rejected(const boost::json::value& result, Lang lang);

}  // namespace anju::ctl
