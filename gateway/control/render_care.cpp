#include "control/render_care.hpp"

#include <algorithm>

#include "control/render.hpp"
#include "core/model/care_names.hpp"
#include "core/model/names.hpp"
#include "core/text/refusals.hpp"

namespace anju::control {
namespace {

namespace json = boost::json;

constexpr int days_a_week = 7;

json::string text(std::string_view text) {
    return json::string(text);
}

json::value text_or_null(std::string_view text) {
    if (text.empty()) return nullptr;
    return json::string(text);
}

const ClientView* client_of(const CommunityView& view, const ResidentId& resident) {
    const auto found = std::ranges::find_if(
        view.clients, [&](const ClientView& client) { return client.resident.id == resident; });
    return found == view.clients.end() ? nullptr : &*found;
}

json::value resident_name(const CommunityView& view, const ResidentId& resident) {
    const ClientView* const client = client_of(view, resident);
    return text_or_null(client == nullptr ? "" : client->resident.name);
}

json::value worker_name(const CommunityView& view, const WorkerId& worker) {
    const auto found = std::ranges::find(view.community.workers, worker, &Worker::id);
    return text_or_null(found == view.community.workers.end() ? "" : found->name);
}

json::array dates(const std::vector<Date>& days) {
    json::array out;
    for (const Date day : days) out.push_back(text(to_text(day)));
    return out;
}

bool is_visit(const CareTask& task) {
    return task.kind == TaskKind::home_visit || task.kind == TaskKind::return_check;
}

json::value share(const care::Share& share) {
    const auto permille = share.permille();
    json::object out{{"part", share.part}, {"of", share.of}, {"permille", nullptr}};
    if (permille) out["permille"] = *permille;
    return out;
}

json::value percentile(const care::Sample& sample, int percent) {
    const auto value = sample.percentile(percent);
    return value ? json::value(*value) : json::value(nullptr);
}

json::value seconds(const care::Sample& milliseconds, int percent) {
    const auto value = milliseconds.percentile(percent);
    return value ? json::value(*value / 1000) : json::value(nullptr);
}

}  // namespace

json::value CareRender::time(Instant at) const {
    if (at == Instant{}) return nullptr;
    return text(time_text(at, offset_));
}

json::object CareRender::task(const CommunityView& view, const CareTask& task) const {
    return {{"id", task.id.value},
            {"resident", task.resident.value},
            {"resident_name", resident_name(view, task.resident)},
            {"household", task.household.value},
            {"worker", text_or_null(task.worker.value)},
            {"worker_name", worker_name(view, task.worker)},
            {"kind", text(name(task.kind))},
            {"state", text(name(task.state))},
            {"date", text(to_text(task.date))},
            {"start", time(task.start)},
            {"end", time(task.end)},
            {"due", time(task.due)},
            {"quota", task.quota},
            {"attempts", task.attempts},
            {"alert", text_or_null(task.alert.value)},
            {"cause", text(name(task.cause))},
            {"overdue", task.overdue},
            {"revision", task.revision}};
}

json::array CareRender::tasks(const CommunityView& view, Date week,
                              const TaskFilter& filter) const {
    json::array out;
    for (const CareTask& one : view.tasks) {
        if (monday_of(one.date) != week) continue;
        if (!filter.resident.empty() && one.resident != filter.resident) continue;
        if (!filter.worker.empty() && one.worker != filter.worker) continue;
        out.push_back(task(view, one));
    }
    return out;
}

json::array CareRender::days(const CommunityView& view, Date week) {
    json::array out;
    for (int i = 0; i < days_a_week; ++i) {
        const Date day = week + i;
        const WorkCalendar& calendar = view.community.calendar;
        const auto duty = std::ranges::find(view.community.duty, day, &DutyDay::date);
        json::array on_duty;
        if (duty != view.community.duty.end()) {
            for (const WorkerId& worker : duty->workers) on_duty.push_back(text(worker.value));
        }
        out.push_back({{"date", text(to_text(day))},
                       {"working", calendar.is_working(day)},
                       {"holiday", calendar.is_holiday(day)},
                       {"known", calendar.covers(day)},
                       {"on_duty", std::move(on_duty)}});
    }
    return out;
}

json::array CareRender::shortfalls(const CommunityView& view, Date week) {
    json::array out;
    for (const PlanMade& plan : view.plans) {
        if (plan.week != week) continue;
        for (const Shortfall& shortfall : plan.short_of) {
            out.push_back({{"why", text(name(shortfall.why))},
                           {"resident", text_or_null(shortfall.resident.value)},
                           {"resident_name", resident_name(view, shortfall.resident)},
                           {"visits", shortfall.visits},
                           {"calls", shortfall.calls},
                           {"gap_days", shortfall.gap_days},
                           {"days", dates(shortfall.days)},
                           {"minutes", shortfall.minutes}});
        }
    }
    return out;
}

json::array CareRender::workers(const CommunityView& view, Date week) {
    const CareRules& rules = view.community.care;
    json::array out;
    for (const Worker& worker : view.community.workers) {
        if (worker.role != Role::grid_worker) continue;
        std::uint64_t visits = 0;
        std::uint64_t calls = 0;
        for (const CareTask& one : view.tasks) {
            if (one.worker != worker.id || monday_of(one.date) != week ||
                one.state == TaskState::cancelled || one.state == TaskState::excused) {
                continue;
            }
            ++(is_visit(one) ? visits : calls);
        }
        json::array absent;
        for (const AbsenceView& absence : view.absences) {
            if (absence.worker != worker.id || absence.to < week ||
                absence.from >= week + days_a_week) {
                continue;
            }
            absent.push_back(
                {{"from", text(to_text(absence.from))}, {"to", text(to_text(absence.to))}});
        }
        const Duration time =
            static_cast<std::int64_t>(visits) * (rules.visit_length + rules.visit_travel) +
            static_cast<std::int64_t>(calls) * (rules.call_length + rules.call_between);
        out.push_back({{"id", worker.id.value},
                       {"name", worker.name},
                       {"visits", visits},
                       {"calls", calls},
                       {"minutes", time.count() / 60'000},
                       {"absent", std::move(absent)}});
    }
    return out;
}

json::object CareRender::week(const CommunityView& view, Date week,
                              const TaskFilter& filter) const {
    const auto plan = std::ranges::find(view.plans, week, &PlanMade::week);
    return {{"community", view.community.id.value},
            {"name", text_or_null(view.community.name)},
            {"week", text(to_text(week))},
            {"week_name", text(care::week_name(week))},
            {"planned", plan != view.plans.end()},
            {"residents", view.clients.size()},
            {"days", days(view, week)},
            {"tasks", tasks(view, week, filter)},
            {"short_of", shortfalls(view, week)},
            {"workers", workers(view, week)}};
}

json::object CareRender::suspension(const CommunityView& view, const ClientView& client) const {
    const Suspension& suspension = *client.suspension;
    return {{"community", view.community.id.value},
            {"resident", client.resident.id.value},
            {"resident_name", text_or_null(client.resident.name)},
            {"reason", text(anju::name(suspension.reason))},
            {"from", text(to_text(suspension.from))},
            {"to", suspension.reason == ResidentStatus::deceased
                       ? json::value(nullptr)  // has no end
                       : json::value(text(to_text(suspension.to)))},
            {"said_by", suspension.said_by},
            {"approver", suspension.approver},
            {"note", suspension.note}};
}

json::object CareRender::contact(const ContactRecord& record) const {
    json::object out{{"resident", record.resident.value},
                     {"worker", text_or_null(record.worker.value)},
                     {"kind", text(name(record.kind))},
                     {"outcome", text(name(record.outcome))},
                     {"start", time(record.start)},
                     {"seconds", nullptr},
                     {"note", record.note},
                     {"task", text_or_null(record.task.value)},
                     {"alert", text_or_null(record.alert.value)},
                     {"counts", record.counts},
                     {"why_not", text_or_null(record.why_not)},
                     {"actor", record.actor}};
    // Without a length nobody knows how long it was; an attempt has none.
    if (record.end > record.start) out["seconds"] = (record.end - record.start).count() / 1000;
    const anju::text::Said why = anju::text::why_not(record.why_not);
    out["verdict"] = {{"zh", why.zh}, {"en", why.en}};
    json::array unusual;
    if (record.by_night) unusual.push_back("by_night");
    if (record.off_role) unusual.push_back("off_role");
    out["unusual"] = std::move(unusual);
    constexpr const char* door[] = {"none", "agrees", "disagrees"};
    out["door"] = door[static_cast<std::size_t>(record.corroboration)];
    out["form"] = nullptr;
    if (record.form != VisitForm{}) {
        out["form"] = {{"health", record.form.health},      {"mind", record.form.mind},
                       {"safety", record.form.safety},      {"hygiene", record.form.hygiene},
                       {"housing", record.form.housing},    {"needs", record.form.needs},
                       {"complete", record.form.complete()}};
    }
    return out;
}

json::object CareRender::tally(const care::Tally& tally) {
    return {{"resident_weeks", tally.resident_weeks},
            {"quota", share(tally.quota)},
            {"visits", share(tally.visits)},
            {"calls", share(tally.calls)},
            {"complete_weeks", share(tally.complete)},
            {"reached", share(tally.reached)},
            {"on_time", share(tally.on_time)},
            {"gap_days_p95", percentile(tally.gap_days, 95)},
            {"unreached_over_24h", tally.unreached_long},
            {"suspended_weeks", tally.suspended_weeks},
            {"suspended_days", tally.suspended_days},
            {"suspended_late_days", tally.late_days},
            {"excused", tally.excused},
            {"substituted", tally.substituted},
            {"missed", tally.missed},
            {"overdue", tally.overdue},
            {"door_mismatches", tally.mismatches},
            {"alerts",
             {{"P1", tally.alerts[0]},
              {"P2", tally.alerts[1]},
              {"P3", tally.alerts[2]},
              {"P4", tally.alerts[3]},
              {"overdue", tally.alerts_overdue},
              {"escalated", tally.alerts_escalated},
              {"unreviewed", tally.alerts_unreviewed},
              {"false", share(tally.false_alerts)},
              {"not_acknowledged_yet", tally.unacknowledged},
              {"not_arrived_yet", tally.unarrived},
              {"acknowledged_s_p50", seconds(tally.acknowledged_ms, 50)},
              {"acknowledged_s_p90", seconds(tally.acknowledged_ms, 90)},
              {"arrived_s_p50", seconds(tally.arrived_ms, 50)},
              {"arrived_s_p90", seconds(tally.arrived_ms, 90)}}},
            {"device_uptime", share(tally.uptime_s)}};
}

}  // namespace anju::control
