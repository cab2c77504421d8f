// Parameters of the methods of care, read and checked. Each gives an Error that names the
// parameter and says what it may be.
#pragma once

#include <boost/json.hpp>
#include <chrono>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "core/model/care.hpp"
#include "core/model/date.hpp"

namespace anju::care_params {

using Params = boost::json::object;

/// "2026-11-25".
[[nodiscard]] result<Date> date(const Params& params, std::string_view key);
/// "2026-W48" or any day of the week, as its Monday; absent or empty: the week of `today`.
[[nodiscard]] result<Date> week(const Params& params, Date today);
/// "2026-11-25 09:30" or "2026-11-25T09:30", local time, or RFC 3339 with its zone; absent or
/// empty: `otherwise`.
[[nodiscard]] result<Instant> local_time(const Params& params, std::string_view key,
                                         Instant otherwise, Duration utc_offset);
/// "1,1,1,1,2,1"; absent or empty: an empty form.
[[nodiscard]] result<VisitForm> form(const Params& params);
/// "visit", "call", "return" or "family".
[[nodiscard]] result<TaskKind> contact_kind(const Params& params);

}  // namespace anju::care_params
