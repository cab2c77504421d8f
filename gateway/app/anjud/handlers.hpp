// What the daemon answers on the control socket (docs/operations/control.md).
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "app/anjud/box_watch.hpp"
#include "app/anjud/care_handlers.hpp"
#include "app/anjud/console_handlers.hpp"
#include "app/anjud/daemon.hpp"
#include "app/anjud/holiday_book.hpp"
#include "config/config.hpp"
#include "control/drill_stage.hpp"
#include "control/render.hpp"
#include "control/server.hpp"
#include "store/files.hpp"
#include "store/sqlite_journal.hpp"

namespace anju {

class Handlers {
public:
    /// `clock`: the machine's. All must outlive it. Loop thread.
    Handlers(const config::Config& config, const Clock& clock, Daemon& daemon,
             store::SqliteJournal& journal, store::ReadThreads& reads);
    /// From now on the console's accounts are there; `access` must outlive it.
    void open_console(access::Access& access) { console_.open(access); }
    /// How the box does is part of the status from now on; `watch` must outlive it.
    void watch_box(const BoxWatch& watch) { box_ = &watch; }
    /// What the store found and did at the start, for `status`.
    void started(std::vector<std::string> notes) { notes_ = std::move(notes); }
    /// Reads the file of holidays again and gives it to every home and community that knows other
    /// ones; with nothing to be read they keep what they know. After the daemon's start.
    void refresh_calendar();

    /// What is played on the box to practise with; for those who want to hear of it.
    [[nodiscard]] control::DrillStage& stage() { return stage_; }
    /// About once a second.
    void tick() { stage_.tick(clock_.read().steady); }

    /// Answers one request; refuses what it does not know.
    [[nodiscard]] control::Reply answer(const control::Request& request);

private:
    using Params = boost::json::object;
    using Method = control::Reply (Handlers::*)(const Params& params);
    struct Entry {
        std::string_view name;
        Method method;
    };
    static const Entry methods[];

    control::Reply status(const Params& params);
    control::Reply health(const Params& params);
    control::Reply residents_list(const Params& params);
    control::Reply residents_import(const Params& params);
    control::Reply residents_remove(const Params& params);
    control::Reply residents_export(const Params& params);
    control::Reply residents_explain(const Params& params);
    control::Reply devices_list(const Params& params);
    control::Reply devices_discover(const Params& params);
    control::Reply devices_accept(const Params& params);
    control::Reply devices_ignore(const Params& params);
    control::Reply alerts_list(const Params& params);
    control::Reply alerts_show(const Params& params);
    /// What comes next of it if nobody does anything; null: nothing.
    [[nodiscard]] boost::json::value next_step(const Alert& alert) const;
    control::Reply alerts_command(const Params& params);
    control::Reply notices_list(const Params& params);
    control::Reply notices_show(const Params& params);
    control::Reply notices_test(const Params& params);
    control::Reply rejected_list(const Params& params);
    control::Reply config_show(const Params& params);
    control::Reply policy_show(const Params& params);
    control::Reply policy_holidays(const Params& params);
    control::Reply consent_show(const Params& params);
    control::Reply consent_record(const Params& params);
    control::Reply drill_attend(const Params& params);
    control::Reply drill_show(const Params& params);
    control::Reply drill_play(const Params& params);
    control::Reply drill_stop(const Params& params);

    [[nodiscard]] result<control::Facts> facts();
    [[nodiscard]] boost::json::object status_of(const control::Facts& facts) const;
    /// Whether homes to practise with may be registered, and how many are.
    [[nodiscard]] boost::json::object drill_state() const;
    void add_drivers(control::Facts& facts) const;
    void add_channels(control::Facts& facts) const;
    [[nodiscard]] std::vector<control::ProblemFacts> problems() const;
    [[nodiscard]] config::DirectoryNames directory_names() const;
    [[nodiscard]] config::DirectoryBase directory_base(bool replace) const;
    [[nodiscard]] std::vector<int> missing_holidays() const;
    [[nodiscard]] std::size_t unrecorded_consents() const;
    [[nodiscard]] boost::json::object render_consent(const Consent& consent) const;
    [[nodiscard]] result<boost::json::array> consent_history(const HouseholdId& household,
                                                             const ResidentId& resident);
    void add_holiday_problems(std::vector<control::ProblemFacts>& out) const;

    const config::Config& config_;
    const Clock& clock_;
    Daemon& daemon_;
    store::SqliteJournal& journal_;
    control::Render render_;
    HolidayBook holidays_;
    CareHandlers care_;
    ConsoleHandlers console_;
    control::DrillStage stage_;
    const BoxWatch* box_ = nullptr;
    std::vector<std::string> notes_;
    Instant started_at_;
};

}  // namespace anju
