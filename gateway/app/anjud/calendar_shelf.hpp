// The workers' calendars: made from the desks' tasks when somebody asks. Loop thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "calendar/feed.hpp"
#include "calendar/handovers.hpp"
#include "config/config.hpp"
#include "core/engine.hpp"
#include "http/calendar_route.hpp"
#include "store/sqlite_journal.hpp"

namespace anju {

class EngineCalendars final : public http::CalendarShelf {
public:
    /// All must outlive it; `config.http` must be set.
    EngineCalendars(const config::Config& config, const Engine& engine, const Clock& clock,
                    store::SqliteJournal& journal)
        : config_(config), engine_(engine), clock_(clock), journal_(journal) {}

    [[nodiscard]] std::optional<std::uint32_t> generation(const WorkerId& worker) override;
    [[nodiscard]] std::string feed(const WorkerId& worker) override;

private:
    /// What became of tasks since it was asked last, from the journal.
    void follow(const CommunityId& community, Instant now);

    const config::Config& config_;
    const Engine& engine_;
    const Clock& clock_;
    store::SqliteJournal& journal_;
    struct Followed {
        std::uint64_t until{};  ///< id of the last decision that was read
        calendar::Handovers handovers;
    };
    std::map<CommunityId, Followed> followed_;
};

}  // namespace anju
