// The workers' calendars: made from the desks' tasks when somebody asks. Loop thread.
#pragma once

#include <string>

#include "calendar/feed.hpp"
#include "config/config.hpp"
#include "core/engine.hpp"
#include "http/calendar_route.hpp"

namespace anju {

class EngineCalendars final : public http::CalendarShelf {
public:
    /// Both must outlive it; `config.http` must be set.
    EngineCalendars(const config::Config& config, const Engine& engine, const Clock& clock)
        : config_(config), engine_(engine), clock_(clock) {}

    [[nodiscard]] std::optional<std::uint32_t> generation(const WorkerId& worker) override;
    [[nodiscard]] std::string feed(const WorkerId& worker) override;

private:
    const config::Config& config_;
    const Engine& engine_;
    const Clock& clock_;
};

}  // namespace anju
