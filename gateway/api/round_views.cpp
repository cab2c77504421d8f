#include "api/round_views.hpp"

#include <algorithm>
#include <tuple>

#include "api/json_text.hpp"
#include "control/render.hpp"

namespace anju::api {

namespace json = boost::json;

namespace {

bool is_to_do(TaskState state) {
    return state <= TaskState::in_progress;
}

/// Whether it is a matter of `today` for whoever has it.
bool is_of(const CareTask& task, Date today) {
    const bool gone = task.state == TaskState::cancelled || task.state == TaskState::excused;
    if (task.date == today) return !gone;
    return task.date < today && is_to_do(task.state);
}

/// Whoever may see no more than that somebody lives there.
void mask(json::object& task, const Look& look) {
    const json::value* const full = task.if_contains("resident_name");
    if (full == nullptr || !full->is_string()) return;
    task["resident_name"] = look.name(std::string(full->get_string()));
}

json::value open_alert(const HouseholdId& household, const Engine& engine) {
    const auto home = engine.view(household);
    if (!home) return nullptr;
    const auto urgent = std::ranges::min_element(home->alerts, {}, &Alert::priority);
    return urgent == home->alerts.end() ? json::value(nullptr) : json::string(urgent->id.value);
}

}  // namespace

json::object RoundViews::task(const CommunityView& view, const CareTask& task, Look& look) const {
    json::object out = care_.task(view, task);
    mask(out, look);
    out["community"] = view.community.id.value;
    for (const char* const key :
         {"name", "phone", "address", "open_alert", "last_sign_of_life", "last_contact"}) {
        out[key] = nullptr;
    }
    if (const Household* const home = look.engine().find(task.household)) {
        const auto resident = std::ranges::find(home->residents, task.resident, &Resident::id);
        if (resident != home->residents.end()) {
            out["name"] = text_or_null(look.name(resident->name));
            out["phone"] = text_or_null(look.detail(resident->phone));
        }
        out["address"] = text_or_null(look.detail(home->address));
        out["open_alert"] = open_alert(home->id, look.engine());
        const Instant sign = look.engine().last_sign_of_life(home->id);
        if (sign != Instant{}) out["last_sign_of_life"] = control::time_text(sign, offset_);
    }
    const auto client = std::ranges::find_if(
        view.clients, [&](const ClientView& one) { return one.resident.id == task.resident; });
    if (client != view.clients.end() && client->last_contact != Instant{}) {
        out["last_contact"] = control::time_text(client->last_contact, offset_);
    }
    return out;
}

json::object RoundViews::today(const WorkerId& worker, Instant now, Look& look) const {
    const Date today = date_of(now, offset_);
    json::array tasks;
    const CommunityId community = community_of(worker, look.engine());
    if (!community.empty() && look.at(community)) {
        const auto view = look.engine().view(community);
        std::vector<const CareTask*> mine;
        for (const CareTask& task : view->tasks) {
            if (task.worker == worker && is_of(task, today)) mine.push_back(&task);
        }
        std::ranges::stable_sort(mine, {}, [](const CareTask* task) {
            return std::tuple(!is_to_do(task->state), !task->overdue, task->start);
        });
        for (const CareTask* const task : mine) {
            tasks.push_back(this->task(*view, *task, look));
        }
    }
    return {{"date", json::string(to_text(today))},
            {"worker", text_or_null(worker.value)},
            {"tasks", std::move(tasks)}};
}

json::array RoundViews::week(Date monday, const CommunityId& community,
                             const control::TaskFilter& filter, Look& look) const {
    json::array out;
    for (const CommunityId& id : look.engine().communities()) {
        if (!look.at(id) || (!community.empty() && id != community)) continue;
        const auto view = look.engine().view(id);
        json::object week = care_.week(*view, monday, filter);
        for (const char* const list : {"tasks", "short_of"}) {
            for (json::value& one : week.at(list).as_array()) mask(one.as_object(), look);
        }
        out.push_back(std::move(week));
    }
    return out;
}

CommunityId community_of(const WorkerId& worker, const Engine& engine) {
    if (worker.empty()) return {};
    for (const CommunityId& id : engine.communities()) {
        const Community* const community = engine.find(id);
        if (std::ranges::find(community->workers, worker, &Worker::id) !=
            community->workers.end()) {
            return id;
        }
    }
    return {};
}

CommunityId community_of(const TaskId& task) {
    return CommunityId{task.value.substr(0, task.value.rfind(':'))};
}

}  // namespace anju::api
