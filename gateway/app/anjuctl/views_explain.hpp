// What the box has learned of a person, on one page of a terminal.
#pragma once

#include <boost/json.hpp>
#include <string>

#include "app/anjuctl/text.hpp"

namespace anju::ctl {

/// Takes the result of residents.explain.
[[nodiscard]] std::string show_explanation(const boost::json::value& result, Lang lang);

}  // namespace anju::ctl
