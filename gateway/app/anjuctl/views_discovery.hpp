// What devices discover shows.
#pragma once

#include <boost/json.hpp>
#include <string>

#include "app/anjuctl/text.hpp"

namespace anju::ctl {

[[nodiscard]] std::string show_discovery(const boost::json::value& result, Lang lang);

}  // namespace anju::ctl
