#include "api/alert_views.hpp"

#include <algorithm>

#include "api/alert_board.hpp"
#include "api/json_text.hpp"
#include "core/model/alert_verbs.hpp"
#include "core/model/care_names.hpp"
#include "core/model/names.hpp"
#include "core/model/person.hpp"

namespace anju::api {

namespace json = boost::json;

namespace {

const Community* community_at(const HouseholdId& unit, const Look& look) {
    return look.engine().find(look.community_of(unit));
}

/// What a closing says of a person in its note is for those who may read of the person.
void mask(json::object& alert, const Look& look) {
    if (look.sight().in_full) return;
    alert["note"] = nullptr;
}

json::array workers(const Alert& alert, Instant now, Look& look) {
    json::array out;
    const Community* const community = community_at(alert.household, look);
    if (community == nullptr) return out;
    const auto on_duty = look.engine().who(community->id, Role::grid_worker, alert.resident, now);
    for (const Worker& worker : community->workers) {
        const bool makes_rounds = worker.role == Role::grid_worker;
        out.push_back(
            {{"id", worker.id.value},
             {"name", look.name(worker.name)},
             {"role", json::string(name(worker.role))},
             {"phone", text_or_null(look.detail(worker.phone))},
             {"on_duty", !makes_rounds || std::ranges::find(on_duty, worker.id) != on_duty.end()}});
    }
    return out;
}

}  // namespace

const Resident* subject_of(const Alert& alert, const Household& home) {
    const auto found = std::ranges::find(home.residents, alert.resident, &Resident::id);
    if (found != home.residents.end()) return &*found;
    return alert.resident.empty() ? presumed_resident(home) : nullptr;
}

std::vector<AlertVerb> possible_verbs(const Alert& alert) {
    using enum AlertVerb;
    switch (alert.state) {
        case AlertState::suspected:
            return {};
        case AlertState::self_check:
            return {acknowledge, i_am_well, resolve, close};
        case AlertState::open:
            return {acknowledge, en_route, on_site, resolve, close};
        case AlertState::acknowledged:
            return {en_route, on_site, resolve, close, hand_over};
        case AlertState::en_route:
            return {on_site, resolve, close, hand_over};
        case AlertState::on_site:
            return {resolve, close, hand_over};
        case AlertState::resolved:
            return {close, reopen};
        case AlertState::closed:
            if (awaits_review(alert)) return {review, reopen};
            return {reopen};
        case AlertState::merged:
        case AlertState::suppressed:
        case AlertState::cancelled:
            return {reopen};
    }
    return {};
}

std::string shown_actor(const std::string& actor, const HouseholdId& unit, Look& look) {
    const Community* const community = community_at(unit, look);
    if (community == nullptr || actor.empty()) return actor;
    const std::string_view person = bare_name(actor);
    const auto worker =
        std::ranges::find(community->workers, WorkerId{std::string(person)}, &Worker::id);
    if (worker == community->workers.end() || worker->name.empty()) return actor;
    return look.name(worker->name);
}

json::object AlertViews::item(const Alert& alert, Look& look) const {
    json::object out = render_.alert(alert);
    mask(out, look);
    const CommunityId community = look.community_of(alert.household);
    const Community* const registered = look.engine().find(community);
    out["community"] = text_or_null(community.value);
    out["community_name"] = registered == nullptr ? nullptr : text_or_null(registered->name);
    out["name"] = nullptr;
    out["address"] = nullptr;
    if (const Household* const home = look.engine().find(alert.household)) {
        const Resident* const resident = subject_of(alert, *home);
        if (resident != nullptr) out["name"] = text_or_null(look.name(resident->name));
        out["address"] = text_or_null(look.detail(home->address));
    }
    out["owner_shown"] = text_or_null(shown_actor(alert.owner, alert.household, look));
    out["closed_by_shown"] = text_or_null(shown_actor(alert.closed_by, alert.household, look));
    out["reviewed_by_shown"] = text_or_null(shown_actor(alert.reviewed_by, alert.household, look));
    // Live events are shared by all who see them: then it is theirs to compare.
    out["owner_person"] = text_or_null(std::string(bare_name(alert.owner)));
    out["mine"] = !alert.owner.empty() && same_person(alert.owner, look.sight().actor);
    if (look.sight().actor.empty()) out["mine"] = nullptr;  // asked by nobody in particular
    out["next"] = next_step(alert, look.engine());
    return out;
}

json::object AlertViews::in_full(const Alert& alert, std::span<const Decision> history,
                                 std::span<const Notice> notices, access::AccountRole role,
                                 Instant now, Look& look) const {
    json::object what = item(alert, look);
    what["evidence"] = render_.alert_in_full(alert).at("evidence");
    json::array steps;
    json::array told;
    for (const Decision& step : history) {
        if (const auto* change = std::get_if<AlertChanged>(&step.what)) {
            json::object one = render_.history(step, *change);
            mask(one, look);
            one["actor_shown"] =
                text_or_null(shown_actor(change->alert.actor, alert.household, look));
            one["owner_shown"] =
                text_or_null(shown_actor(change->alert.owner, alert.household, look));
            steps.push_back(std::move(one));
        } else if (const auto* summons = std::get_if<Summons>(&step.what)) {
            told.push_back(render_.told(step, *summons, notices));
        }
    }
    json::array verbs;
    for (const AlertVerb verb : possible_verbs(alert)) {
        if (access::allows(role, verb, alert)) verbs.push_back(json::string(name(verb)));
    }
    return {{"alert", std::move(what)},
            {"history", std::move(steps)},
            {"told", std::move(told)},
            {"people", people(alert, now, look)},
            {"verbs", std::move(verbs)}};
}

json::value AlertViews::next_step(const Alert& alert, const Engine& engine) const {
    if (!needs_somebody(alert)) return nullptr;
    const auto view = engine.view(alert.household);
    if (!view) return nullptr;
    const auto next = std::ranges::find(view->next, alert.id, &NextStep::alert);
    return next == view->next.end() ? json::value(nullptr) : render_.next_step(*next);
}

json::object AlertViews::people(const Alert& alert, Instant now, Look& look) {
    json::object out{{"resident", nullptr}, {"contacts", json::array{}}};
    out["workers"] = workers(alert, now, look);
    const Household* const home = look.engine().find(alert.household);
    if (home == nullptr) return out;
    const Resident* const resident = subject_of(alert, *home);
    if (resident == nullptr) return out;
    out["resident"] = {{"id", resident->id.value},
                       {"name", text_or_null(look.name(resident->name))},
                       {"phone", text_or_null(look.detail(resident->phone))},
                       {"address", text_or_null(look.detail(home->address))},
                       {"status", json::string(name(resident->status))}};
    if (!look.sight().in_full) return out;
    for (const ContactPerson& contact : resident->contacts) {
        out["contacts"].as_array().push_back({{"relation", text_or_null(contact.relation)},
                                              {"name", text_or_null(contact.name)},
                                              {"phone", text_or_null(contact.phone)},
                                              {"role", json::string(name(contact.role))}});
    }
    return out;
}

}  // namespace anju::api
