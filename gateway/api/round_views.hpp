// The rounds as the console reads them (docs/protocol/console.md). Loop thread.
#pragma once

#include <boost/json.hpp>
#include <chrono>
#include <string>
#include <vector>

#include "api/sight.hpp"
#include "control/render_care.hpp"

namespace anju::api {

class RoundViews {
public:
    RoundViews(const control::CareRender& care, std::chrono::minutes utc_offset)
        : care_(care), offset_(utc_offset) {}

    /// What `worker` has to do on the day of `now`, in the order of doing it, and what is done of
    /// it: what is overdue first, then by the proposed time. Of a day before only what is still to
    /// be done.
    [[nodiscard]] boost::json::object today(const WorkerId& worker, Instant now, Look& look) const;
    /// A task with what whoever does it needs: name, address, number, what is known of the home.
    [[nodiscard]] boost::json::object task(const CommunityView& view, const CareTask& task,
                                           Look& look) const;
    /// The week of every community that may be seen and is wanted (empty: all).
    [[nodiscard]] boost::json::array week(Date monday, const CommunityId& community,
                                          const control::TaskFilter& filter, Look& look) const;

private:
    const control::CareRender& care_;
    std::chrono::minutes offset_;
};

/// The community that a worker belongs to; empty: there is no such worker.
[[nodiscard]] CommunityId community_of(const WorkerId& worker, const Engine& engine);
/// The community of a task's name, which stands before its number.
[[nodiscard]] CommunityId community_of(const TaskId& task);

}  // namespace anju::api
