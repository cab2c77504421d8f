// What policies, holidays and consents look like to people.
#pragma once

#include <boost/json.hpp>
#include <string>

#include "app/anjuctl/text.hpp"

namespace anju::ctl {

/// `all`: the product's values too.
[[nodiscard]] std::string show_policy(const boost::json::value& result, bool all, Lang lang);
[[nodiscard]] std::string show_holidays(const boost::json::value& result, Lang lang);
[[nodiscard]] std::string show_consent(const boost::json::value& result, Lang lang);
[[nodiscard]] std::string show_consent_answers(const boost::json::value& result, Lang lang);

}  // namespace anju::ctl
