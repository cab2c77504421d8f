// GET /calendar/{token}.ics
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/model/ids.hpp"
#include "http/calendar_token.hpp"
#include "http/failures.hpp"
#include "http/router.hpp"
#include "runtime/clock.hpp"

namespace anju::http {

/// Where the calendars come from.
class CalendarShelf {
public:
    virtual ~CalendarShelf() = default;
    /// Of the worker's address; nullopt: there is no such worker, or no calendar for them.
    [[nodiscard]] virtual std::optional<std::uint32_t> generation(const WorkerId& worker) = 0;
    /// The feed, iCalendar.
    [[nodiscard]] virtual std::string feed(const WorkerId& worker) = 0;
};

/// All must outlive the router. Handlers run where the server lets them.
void add_calendar_route(Router& router, const CalendarTokens& tokens, CalendarShelf& shelf,
                        Failures& failures, const Clock& clock);

}  // namespace anju::http
