// Notices and channels as text for a terminal.
#pragma once

#include <boost/json.hpp>
#include <string>

#include "app/anjuctl/text.hpp"

namespace anju::ctl {

/// The channels of `status`, below an empty line; nothing where there are none.
[[nodiscard]] std::string channels_table(const boost::json::value& status, Lang lang);
[[nodiscard]] std::string show_notices(const boost::json::value& result, Lang lang);
[[nodiscard]] std::string show_notice(const boost::json::value& result, Lang lang);
/// One line: what became of a test.
[[nodiscard]] std::string show_test(const boost::json::value& result, Lang lang);

}  // namespace anju::ctl
