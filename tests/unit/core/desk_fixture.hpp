// A community to test with, and short ways to let a desk work through days and weeks.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/care/desk.hpp"
#include "core/codec/codec.hpp"
#include "core/model/care_names.hpp"

namespace anju::test {

using namespace std::chrono_literals;

inline constexpr Duration china = 8h;
inline const WorkerId lin{"lin"}, zhao{"zhao"}, sun{"sun"}, lead{"lead"};

/// The years 2025 to 2027, with the holidays of 2026 that the tests look at as the State Council
/// announced them.
inline WorkCalendar calendar() {
    WorkCalendar out;
    out.years = {2025, 2026, 2027};
    const auto span = [&](Date from, Date to) {
        for (Date day = from; day <= to; day = day + 1) out.days_off.push_back(day);
    };
    span(make_date(2026, 1, 1), make_date(2026, 1, 3));
    span(make_date(2026, 2, 15), make_date(2026, 2, 23));
    span(make_date(2026, 10, 1), make_date(2026, 10, 7));
    out.worked = {make_date(2026, 1, 4), make_date(2026, 2, 14), make_date(2026, 2, 28),
                  make_date(2026, 9, 20), make_date(2026, 10, 10)};
    return out;
}

inline Community community(std::size_t workers = 2) {
    Community out;
    out.id = CommunityId{"c1"};
    out.name = "Longxi";
    const WorkerId ids[] = {lin, zhao, sun};
    for (std::size_t i = 0; i < workers; ++i) {
        out.workers.push_back({.id = ids[i], .name = ids[i].value});
    }
    out.workers.push_back({.id = lead, .name = "lead", .role = Role::community_lead});
    out.calendar = calendar();
    return out;
}

inline ResidentId resident(int n) {
    return ResidentId{"r" + std::string(n < 10 ? "0" : "") + std::to_string(n)};
}

class Desk {
public:
    /// Opens on the morning of `start`, 08:30.
    explicit Desk(Date start, const Community& set = community()) {
        now = at(start, 8h + 30min);
        apply(CommunitySet{set});
    }
    static Instant at(Date date, Duration time) { return instant_at(date, time, china); }

    template <class T>
    void apply(const T& input) {
        desk.apply(now, input, voice, decisions);
    }
    void until(Instant when) {
        now = when;
        desk.run_until(now, voice, decisions);
    }
    void until(Date date, Duration time) { until(at(date, time)); }

    void settle_in(int residents, int first = 1) {
        for (int n = first; n < first + residents; ++n) {
            apply(ResidentsSet{CommunityId{"c1"},
                               HouseholdId{"h" + std::to_string(n)},
                               {{.id = resident(n), .name = "Wang"}}});
        }
        until(now + 1min);
    }
    /// The answer to a command, whose id and actor are given here.
    template <class T>
    CommandAnswered order(T input, const std::string& actor = "cli:chen") {
        input.command_id = "command-" + std::to_string(++commands);
        input.community = CommunityId{"c1"};
        input.actor = actor;
        apply(input);
        for (const Decision& decision : decisions) {
            const auto* said = std::get_if<CommandAnswered>(&decision.what);
            if (said != nullptr && said->command_id == input.command_id) return *said;
        }
        ADD_FAILURE() << "no answer to " << input.command_id;
        return {};
    }
    ContactRecord record(const ResidentId& who, TaskKind kind, Outcome outcome,
                         const WorkerId& by = lin) const {
        ContactRecord out;
        out.resident = who;
        out.worker = by;
        out.kind = kind;
        out.outcome = outcome;
        out.end = now;
        out.start = now - (kind == TaskKind::phone_call ? 5min : 20min);
        const bool visit = kind == TaskKind::home_visit || kind == TaskKind::return_check;
        if (visit && outcome == Outcome::well) out.form = {1, 1, 1, 1, 1, 1};
        return out;
    }
    /// What became of a contact that has just ended.
    ContactRecord contact(ContactRecord record, Instant last_sign_of_life = {}) {
        ContactRecorded input;
        input.record = std::move(record);
        input.last_sign_of_life = last_sign_of_life;
        const auto answer = order(input);
        EXPECT_EQ(answer.status, CommandStatus::applied) << answer.text;
        return all<ContactLogged>().back().record;
    }
    ContactRecord contact(const ResidentId& who, TaskKind kind, Outcome outcome = Outcome::well) {
        return contact(record(who, kind, outcome));
    }
    /// Does what is planned up to the end of `last`, each thing when it is proposed.
    void work_through(Date last) {
        std::set<TaskId> tried;
        for (;;) {
            const auto tasks = open();
            const auto next = std::ranges::find_if(tasks, [&](const CareTask& task) {
                return task.quota && task.date <= last && task.end >= now &&
                       !tried.contains(task.id);
            });
            if (next == tasks.end()) break;
            const TaskId id = next->id;
            until(std::max(now, next->end));
            const auto still = open();
            const auto same = std::ranges::find(still, id, &CareTask::id);
            if (same == still.end() || same->end > now) continue;
            tried.insert(id);
            ContactRecord done = record(same->resident, same->kind, Outcome::well, same->worker);
            done.task = id;
            const ContactRecord logged = contact(done);
            EXPECT_TRUE(logged.counts) << to_text(same->date) << " " << logged.why_not;
        }
        until(std::max(now, at(last, 23h)));
    }

    [[nodiscard]] CommunityView view() const { return desk.view(); }
    [[nodiscard]] std::vector<CareTask> tasks_of(const ResidentId& who) const {
        std::vector<CareTask> out;
        for (const CareTask& task : view().tasks) {
            if (task.resident == who) out.push_back(task);
        }
        return out;
    }
    [[nodiscard]] std::vector<CareTask> open() const {
        std::vector<CareTask> out;
        for (const CareTask& task : view().tasks) {
            if (task.state <= TaskState::in_progress) out.push_back(task);
        }
        return out;
    }
    [[nodiscard]] std::vector<CareTask> open(const ResidentId& who) const {
        std::vector<CareTask> out = open();
        std::erase_if(out, [&](const CareTask& task) { return task.resident != who; });
        return out;
    }
    /// The first open task of this kind; a failure if there is none.
    [[nodiscard]] CareTask first(const ResidentId& who, TaskKind kind) const {
        for (const CareTask& task : open(who)) {
            if (task.kind == kind) return task;
        }
        ADD_FAILURE() << "no open " << name(kind) << " of " << who.value;
        return {};
    }
    [[nodiscard]] CareTask task(const TaskId& id) const {
        for (const CareTask& task : view().tasks) {
            if (task.id == id) return task;
        }
        ADD_FAILURE() << "no task " << id.value;
        return {};
    }
    template <class T>
    [[nodiscard]] std::vector<T> all() const {
        std::vector<T> out;
        for (const Decision& decision : decisions) {
            if (const auto* what = std::get_if<T>(&decision.what)) out.push_back(*what);
        }
        return out;
    }

    CareDesk::Voice voice{china};
    CareDesk desk;
    Decisions decisions;
    Instant now{};
    int commands = 0;
};

/// Days of contacts that count: planned or done.
inline std::vector<Date> contact_days(const std::vector<CareTask>& tasks, Date week) {
    std::vector<Date> days;
    for (const CareTask& task : tasks) {
        const bool counts =
            task.state <= TaskState::completed || task.state == TaskState::substituted;
        if (task.quota && counts && monday_of(task.date) == week) days.push_back(task.date);
    }
    std::ranges::sort(days);
    return days;
}

}  // namespace anju::test
