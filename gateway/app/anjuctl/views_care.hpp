// Rounds, contacts, suspensions and reports as text for a terminal.
#pragma once

#include <boost/json.hpp>
#include <string>

#include "app/anjuctl/text.hpp"

namespace anju::ctl {

/// One row a resident, one column a day; what is short and how much each worker has below.
[[nodiscard]] std::string show_week(const boost::json::value& result, Lang lang);
/// One row a task.
[[nodiscard]] std::string show_tasks(const boost::json::value& result, Lang lang);
[[nodiscard]] std::string show_contacts(const boost::json::value& result, Lang lang);
[[nodiscard]] std::string show_suspensions(const boost::json::value& result, Lang lang);
[[nodiscard]] std::string show_report(const boost::json::value& result, Lang lang);
/// The same for spreadsheets (RFC 4180), with the names of the protocol as header.
[[nodiscard]] std::string report_csv(const boost::json::value& result);

}  // namespace anju::ctl
