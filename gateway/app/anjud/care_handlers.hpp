// What the daemon answers about care: rounds, contacts, suspensions, reports
// (docs/operations/control.md).
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "app/anjud/daemon.hpp"
#include "config/config.hpp"
#include "control/protocol.hpp"
#include "control/render.hpp"
#include "control/render_care.hpp"
#include "store/read_thread.hpp"
#include "store/sqlite_journal.hpp"

namespace anju {

class CareHandlers {
public:
    /// All must outlive it. Loop thread.
    CareHandlers(const config::Config& config, Daemon& daemon, store::SqliteJournal& journal,
                 store::ReadThreads& reads);

    /// nullopt: the method is none of care.
    [[nodiscard]] std::optional<control::Reply> answer(const control::Request& request);

private:
    using Params = boost::json::object;
    using Method = control::Reply (CareHandlers::*)(const Params& params);
    struct Entry {
        std::string_view name;
        Method method;
    };
    static const Entry methods[];

    control::Reply rounds_week(const Params& params);
    control::Reply rounds_command(const Params& params);
    control::Reply rounds_absent(const Params& params);
    control::Reply rounds_calendar(const Params& params);
    control::Reply contacts_record(const Params& params);
    control::Reply contacts_list(const Params& params);
    control::Reply suspensions_set(const Params& params);
    control::Reply suspensions_list(const Params& params);
    control::Reply reports_show(const Params& params);

    [[nodiscard]] Date today() const;
    [[nodiscard]] std::vector<CommunityView> communities() const;
    /// The community that cares for this resident.
    [[nodiscard]] result<CommunityId> community_of_resident(const ResidentId& resident) const;
    [[nodiscard]] result<CommunityId> community_of_worker(const WorkerId& worker) const;
    control::Reply carry_out(CareCommand command);

    const config::Config& config_;
    Daemon& daemon_;
    store::SqliteJournal& journal_;
    store::ReadThreads& reads_;
    control::Render render_;
    control::CareRender care_;
};

}  // namespace anju
