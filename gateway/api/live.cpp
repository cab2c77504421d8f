#include "api/live.hpp"

#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

#include "api/json_text.hpp"
#include "control/render.hpp"
#include "core/model/care_names.hpp"
#include "core/model/names.hpp"

namespace anju::api {

namespace json = boost::json;

namespace {

Sight sight(bool in_full) {
    return {.covers = [](const Community&) { return true; },
            .in_full = in_full,
            .drills = true,
            .actor = {},
            .worker = {}};
}

}  // namespace

std::optional<std::uint64_t> event_number(std::string_view last_event_id) {
    std::uint64_t out = 0;
    const char* const last = last_event_id.data() + last_event_id.size();
    const auto [end, error] = std::from_chars(last_event_id.data(), last, out);
    if (error != std::errc{} || end != last) return std::nullopt;
    return out;
}

Live::Live(Options options, std::uint64_t first, const Engine& engine, const AlertViews& views)
    : options_(options),
      engine_(engine),
      views_(views),
      first_(first),
      next_(first),
      in_full_(sight(true)),
      masked_(sight(false)) {}

void Live::decided(const Decisions& decisions) {
    // Of what changed several times in one commit only the end is told.
    std::map<AlertId, const Alert*> alerts;
    std::map<HouseholdId, std::vector<const TaskChanged*>> tasks;
    for (const Decision& decision : decisions) {
        if (const auto* change = std::get_if<AlertChanged>(&decision.what)) {
            alerts[change->alert.id] = &change->alert;
        } else if (const auto* task = std::get_if<TaskChanged>(&decision.what)) {
            tasks[decision.household].push_back(task);
        }
    }
    for (const auto& [id, alert] : alerts) tell_alert(*alert);
    tell_tasks(tasks);
    for (const Decision& decision : decisions) {
        const HouseholdId& unit = decision.household;
        if (const auto* summons = std::get_if<Summons>(&decision.what)) {
            json::array roles;
            for (const Role role : summons->roles) roles.push_back(json::string(name(role)));
            tell("told", unit,
                 {{"alert", summons->alert.value},
                  {"cause", json::string(name(summons->cause))},
                  {"rung", summons->rung},
                  {"roles", std::move(roles)}});
        } else if (const auto* health = std::get_if<DeviceHealthChanged>(&decision.what)) {
            tell("device", unit,
                 {{"household", unit.value},
                  {"device", health->device.value},
                  {"health", json::string(control::name(health->health))}});
        } else if (const auto* contact = std::get_if<ContactLogged>(&decision.what)) {
            // Who may not read contacts is not told of them either.
            tell("contact", unit, drill_of(unit),
                 json::serialize(
                     json::object{{"resident", contact->record.resident.value},
                                  {"worker", text_or_null(contact->record.worker.value)},
                                  {"kind", json::string(name(contact->record.kind))},
                                  {"outcome", json::string(name(contact->record.outcome))},
                                  {"counts", contact->record.counts}}),
                 {});
        } else if (const auto* plan = std::get_if<PlanMade>(&decision.what)) {
            tell("plan", unit,
                 {{"community",
                   text_or_null(anju::community_of(unit).value_or(CommunityId{}).value)},
                  {"week", json::string(to_text(plan->week))}});
        }
    }
}

void Live::tell_alert(const Alert& alert) {
    Look full(engine_, in_full_);
    Look masked(engine_, masked_);
    tell("alert", alert.household, alert.drill, json::serialize(views_.item(alert, full)),
         json::serialize(views_.item(alert, masked)));
}

void Live::tell_tasks(const std::map<HouseholdId, std::vector<const TaskChanged*>>& changed) {
    for (const auto& [unit, tasks] : changed) {
        if (tasks.size() > options_.tasks_a_commit) {
            tell("rounds", unit,
                 {{"community", anju::community_of(unit).value_or(CommunityId{}).value}});
            continue;
        }
        for (const TaskChanged* const change : tasks) {
            tell("task", unit,
                 {{"id", change->task.id.value},
                  {"resident", change->task.resident.value},
                  {"worker", text_or_null(change->task.worker.value)},
                  {"former_worker", text_or_null(change->former_worker.value)},
                  {"state", json::string(name(change->task.state))},
                  {"date", json::string(to_text(change->task.date))}});
        }
    }
}

void Live::tell(std::string_view name, const HouseholdId& unit, const json::object& both) {
    const std::string text = json::serialize(both);
    tell(name, unit, drill_of(unit), text, text);
}

void Live::practised(const json::object& drill) {
    const std::string text = json::serialize(drill);
    // Of no home, and so for whoever sees everything.
    tell("drill", {}, Drill::maintainers, text, text);
}

Drill Live::drill_of(const HouseholdId& unit) const {
    const Household* const home = engine_.find(unit);
    return home == nullptr ? Drill::none : home->drill;
}

void Live::tell(std::string_view name, const HouseholdId& unit, Drill drill,
                const std::string& full, const std::string& masked) {
    Event event{.id = ++next_, .unit = unit, .drill = drill, .full = {}, .masked = {}};
    event.full = std::make_shared<const std::string>(http::event_text(name, full, event.id));
    if (masked == full) {
        event.masked = event.full;
    } else if (!masked.empty()) {
        event.masked =
            std::make_shared<const std::string>(http::event_text(name, masked, event.id));
    }
    for (auto& [number, client] : clients_) send(client, event);
    remembered_.push_back(std::move(event));
    if (remembered_.size() > options_.remembered) remembered_.pop_front();
}

bool Live::may_see(Client& client, const Event& event) const {
    Look look(engine_, client.listener.sight);
    const CommunityId community = look.community_of(event.unit);
    const auto [found, is_new] = client.covered.try_emplace(community, false);
    if (is_new) found->second = look.at(community);
    return found->second && look.practises(event.drill);
}

void Live::send(Client& client, const Event& event) const {
    if (!may_see(client, event)) return;
    const auto& text = client.listener.sight.in_full ? event.full : event.masked;
    // What is not taken any more is dropped where it is noticed; nobody waits for it here.
    if (text) (void)client.stream->push(text);
}

bool Live::resume(Client& client, std::string_view last_event_id) {
    if (last_event_id.empty()) return true;  // comes for the first time, and loads everything
    const auto last = event_number(last_event_id);
    if (!last || *last > next_ || *last < first_) return false;
    if (*last == next_) return true;
    if (remembered_.empty() || remembered_.front().id > *last + 1) return false;
    for (const Event& event : remembered_) {
        if (event.id > *last) send(client, event);
    }
    return true;
}

http::Response Live::listen(Listener listener, std::string_view last_event_id, std::string hello) {
    make_room(listener.key);
    const std::uint64_t number = ++last_client_;
    auto answer =
        http::start_stream(options_.queue, [this, number, alive = std::weak_ptr<bool>(here_)] {
            if (alive.lock()) clients_.erase(number);
        });
    Client& client = clients_[number];
    client.listener = std::move(listener);
    client.stream = answer.stream;
    (void)client.stream->push(http::event_text("hello", hello, next_));
    if (!resume(client, last_event_id)) {
        (void)client.stream->push(http::event_text("reset", "{}", next_));
    }
    return std::move(answer.response);
}

/// Numbers rise: the first of a session is its oldest.
void Live::make_room(std::string_view key) {
    const auto theirs = [&](const auto& entry) { return entry.second.listener.key == key; };
    auto count = static_cast<std::size_t>(std::ranges::count_if(clients_, theirs));
    for (; count >= options_.streams_a_session; --count) {
        const auto oldest = std::ranges::find_if(clients_, theirs);
        oldest->second.stream->close();
        clients_.erase(oldest);
        ++displaced_;
    }
}

void Live::close(const Client& client, std::string_view why) const {
    const json::object said{{"reason", json::string(why)}};
    (void)client.stream->push(http::event_text("bye", json::serialize(said), next_));
    client.stream->close();
}

void Live::end(std::string_view key, std::string_view why) {
    std::erase_if(clients_, [&](auto& entry) {
        const bool goes = entry.second.listener.key == key;
        if (goes) close(entry.second, why);
        return goes;
    });
}

void Live::look_after(std::string_view why) {
    std::erase_if(clients_, [&](auto& entry) {
        if (entry.second.stream->closed()) return true;
        const bool goes = !entry.second.listener.good();
        if (goes) close(entry.second, why);
        return goes;
    });
    // A directory that was imported anew may have moved a community.
    for (auto& [number, client] : clients_) client.covered.clear();
}

}  // namespace anju::api
