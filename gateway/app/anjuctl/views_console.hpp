// What accounts, their links and the audit of the console look like to people.
#pragma once

#include <boost/json.hpp>
#include <string>

#include "app/anjuctl/text.hpp"

namespace anju::ctl {

[[nodiscard]] std::string show_setup_code(const boost::json::value& result, Lang lang);
/// The link on a line of its own, what it is good for, and warnings where there are any.
[[nodiscard]] std::string show_account_link(const boost::json::value& result, Lang lang);
[[nodiscard]] std::string show_account_state(const boost::json::value& result, Lang lang);
[[nodiscard]] std::string show_accounts(const boost::json::value& result, Lang lang);
[[nodiscard]] std::string show_audit(const boost::json::value& result, Lang lang);
/// Whether the rows were checked and are not what was written.
[[nodiscard]] bool is_audit_broken(const boost::json::value& result);

}  // namespace anju::ctl
