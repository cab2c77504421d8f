// The care of a community as JSON of the control protocol: plans, tasks, contacts, suspensions and
// reports. Pure. Days are "2026-11-23", times as in render.hpp.
#pragma once

#include <boost/json.hpp>
#include <chrono>
#include <map>
#include <string>

#include "core/care/desk.hpp"
#include "core/care/statistics.hpp"

namespace anju::control {

/// Which tasks are wanted; what is empty does not matter.
struct TaskFilter {
    ResidentId resident;
    WorkerId worker;
};

class CareRender {
public:
    explicit CareRender(std::chrono::minutes utc_offset) : offset_(utc_offset) {}

    /// An element of rounds.week: communities. `week`: its Monday.
    [[nodiscard]] boost::json::object week(const CommunityView& view, Date week,
                                           const TaskFilter& filter) const;
    /// An element of the tasks of a week.
    [[nodiscard]] boost::json::object task(const CommunityView& view, const CareTask& task) const;
    /// An element of suspensions.list: suspensions.
    [[nodiscard]] boost::json::object suspension(const CommunityView& view,
                                                 const ClientView& client) const;
    /// An element of contacts.list: contacts.
    [[nodiscard]] boost::json::object contact(const ContactRecord& record) const;
    /// The figures of a row of reports.show.
    [[nodiscard]] static boost::json::object tally(const care::Tally& tally);

private:
    [[nodiscard]] boost::json::value time(Instant at) const;
    [[nodiscard]] boost::json::array tasks(const CommunityView& view, Date week,
                                           const TaskFilter& filter) const;
    [[nodiscard]] static boost::json::array days(const CommunityView& view, Date week);
    [[nodiscard]] static boost::json::array shortfalls(const CommunityView& view, Date week);
    [[nodiscard]] static boost::json::array workers(const CommunityView& view, Date week);

    std::chrono::minutes offset_;
};

}  // namespace anju::control
