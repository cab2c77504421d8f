// What the rounds give notices of: a plan, a task of today that changed, one that is overdue.
#include <algorithm>
#include <utility>

#include "core/model/care_names.hpp"
#include "notify/matter.hpp"
#include "notify/names.hpp"

namespace anju::notify {
namespace {

/// "王*兰 r5": whom it is about, for a group.
std::string about(const Scene& scene, const ResidentId& resident) {
    if (scene.resident_name.empty()) return resident.value;
    return masked_name(scene.resident_name) + " " + resident.value;
}

/// It was to be done by now. Contacts of the quota are told of by the plan that mends them.
bool became_overdue(const Decision& decision, const TaskChanged& changed) {
    const CareTask& task = changed.task;
    return task.overdue && !task.quota && task.state <= TaskState::in_progress &&
           changed.from == task.state && decision.at == task.due;
}

std::string date_of(Instant at, Duration offset) {
    const auto day = std::chrono::floor<std::chrono::days>(at + offset);
    return std::to_string(day.time_since_epoch().count());
}

}  // namespace

std::vector<Notice> Router::task(const Decision& decision, const TaskChanged& changed,
                                 Instant now) const {
    const CareTask& task = changed.task;
    if (became_overdue(decision, changed)) return overdue(decision, task, now);
    // A week's plan is told of as a whole.
    if (task.cause == CareCause::plan || task.cause == CareCause::day_ended) return {};
    const std::string today = date_of(now, options_.utc_offset);
    const auto on_today = [&](Date date) { return today == std::to_string(date.days); };
    const bool was_today = !changed.former_worker.empty() && on_today(changed.former_date);
    const bool elsewhere = changed.former_worker != task.worker || changed.former_date != task.date;
    // Whoever is absent knows that somebody else goes.
    const bool taken =
        was_today && changed.former_worker != task.worker && task.cause != CareCause::absence;
    std::vector<Notice> out;
    if (taken) tell_worker(decision, changed, changed.former_worker, texts::not_yours, now, out);
    const bool to_do = task.state == TaskState::planned || task.state == TaskState::assigned ||
                       (task.state == TaskState::in_progress && elsewhere);
    const bool gone = task.state == TaskState::cancelled || task.state == TaskState::excused;
    const bool concerns = on_today(task.date) || (was_today && !taken);
    if (concerns && (to_do || gone)) {
        tell_worker(decision, changed, task.worker, texts::task_state(task.state), now, out);
    }
    return out;
}

Matter Router::about_task(const HouseholdId& unit, const CareTask& task, Instant now) const {
    Matter matter;
    matter.topic = NoticeTopic::care;
    matter.unit = unit;
    matter.subject = task.id.value;
    matter.priority = Priority::p3;
    matter.now = now;
    matter.scene = directory_.scene(task.household, task.resident);
    // A resident without a box has no home that would say where they live.
    if (const auto community = community_of(unit); community && matter.scene.community.empty()) {
        matter.scene.community = community->value;
    }
    return matter;
}

/// What a worker did, the worker knows.
void Router::tell_worker(const Decision& decision, const TaskChanged& changed,
                         const WorkerId& worker, texts::Pair what, Instant now,
                         std::vector<Notice>& out) const {
    const CareTask& task = changed.task;
    if (worker.empty() || changed.actor.ends_with(":" + worker.value)) return;
    const auto person = directory_.worker(decision.household, worker);
    if (!person) return;
    Matter matter = about_task(decision.household, task, now);
    const auto line = [&](texts::Language language) {
        const std::string gap = language == texts::Language::zh ? "：" : ": ";
        return std::string(texts::task_today.in(language)) + gap +
               text::local_time(language, task.start, options_.utc_offset, now) + " " +
               std::string(texts::task(task.kind).in(language)) + " " +
               std::string(what.in(language)) + " " + about(matter.scene, task.resident);
    };
    matter.line_zh = line(texts::Language::zh);
    matter.line_en = line(texts::Language::en);
    Notice notice = blank(matter, person->key);
    for (const ChannelRules& channel : options_.channels) {
        const bool reads =
            channel.roles.empty() ||
            std::ranges::find(channel.roles, Role::grid_worker) != channel.roles.end();
        if (channel.group() && !channel.backup && reads && serves(channel, matter)) {
            notice.routes.push_back({channel.name, "", Wording::open, false});
        }
    }
    for (NoticeRoute& route : routes_to(*person, matter, true)) {
        notice.routes.push_back(std::move(route));
    }
    if (!person->handle.empty()) notice.mentions.push_back(person->handle);
    if (notice.routes.empty()) return;
    write(notice, matter);
    out.push_back(std::move(notice));
}

std::vector<Notice> Router::overdue(const Decision& decision, const CareTask& task,
                                    Instant now) const {
    Matter matter = about_task(decision.household, task, now);
    const auto worker = directory_.worker(decision.household, task.worker);
    const auto line = [&](texts::Language language) {
        const std::string gap = language == texts::Language::zh ? "：" : ": ";
        return std::string(texts::task_overdue.in(language)) + gap +
               std::string(texts::task(task.kind).in(language)) + " " +
               about(matter.scene, task.resident) + (worker ? " " + worker->name : "");
    };
    matter.line_zh = line(texts::Language::zh);
    matter.line_en = line(texts::Language::en);
    std::vector<Notice> out;
    tell(matter, {Role::community_lead}, out);
    return out;
}

std::vector<Notice> Router::plan(const Decision& decision, const PlanMade& made,
                                 Instant now) const {
    constexpr std::size_t named = 3;
    // A plan that changes nothing and lacks nothing is no news.
    if (made.changed == 0 && made.short_of.empty()) return {};
    Matter matter;
    matter.topic = NoticeTopic::care;
    matter.unit = decision.household;
    matter.subject = "plan/" + decision.household.value + "/" + std::to_string(made.week.days);
    matter.priority = Priority::p3;
    matter.digest = true;
    matter.now = now;
    matter.scene = directory_.scene(decision.household, {});
    const auto line = [&](texts::Language language) {
        std::string out =
            texts::with(texts::plan_made.in(language), "tasks", std::to_string(made.tasks));
        out = texts::with(out, "changed", std::to_string(made.changed));
        out = texts::with(out, "short", std::to_string(made.short_of.size()));
        // The first few say what is to be done; all are in the plan of the week.
        for (std::size_t i = 0; i < std::min(named, made.short_of.size()); ++i) {
            const Shortfall& one = made.short_of[i];
            const bool zh = language == texts::Language::zh;
            out += i == 0 ? (zh ? "：" : ": ") : (zh ? "；" : "; ");
            out += one.resident.empty() ? std::string(texts::everybody.in(language))
                                        : one.resident.value;
            out += " " + std::string(texts::shortage(one.why).in(language));
        }
        return out;
    };
    matter.line_zh = line(texts::Language::zh);
    matter.line_en = line(texts::Language::en);
    std::vector<Notice> out;
    tell(matter, {Role::community_lead}, out);
    return out;
}

}  // namespace anju::notify
