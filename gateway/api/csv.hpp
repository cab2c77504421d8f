// A report for a spreadsheet (RFC 4180, UTF-8 with the mark that makes Excel read it as that).
#pragma once

#include <boost/json.hpp>
#include <string>
#include <string_view>

namespace anju::api {

/// A field in quotes where it needs them. What a spreadsheet would take for a formula (= + - @ and
/// control characters in front, except of a number) gets an apostrophe before it.
[[nodiscard]] std::string csv_field(std::string_view text);

/// Rows of reports.show with one line of headings, Chinese and English.
[[nodiscard]] std::string report_csv(const boost::json::array& rows);

}  // namespace anju::api
