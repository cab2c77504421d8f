// A report as JSON of reports.show (docs/operations/control.md).
#pragma once

#include <boost/json.hpp>
#include <string>

#include "app/anjud/care_report.hpp"

namespace anju {

/// `asked` is the period as it was asked for; only rows of the level `by`, or all when it is empty.
/// Any thread.
[[nodiscard]] boost::json::object report_json(const CareReport& report, const std::string& asked,
                                              const std::string& by);

}  // namespace anju
