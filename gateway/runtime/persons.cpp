#include "runtime/persons.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "core/model/person.hpp"

namespace anju {
namespace {

constexpr std::string_view worker_mark = "worker:";
constexpr std::string_view contact_mark = "contact:";

const Community* community_of_unit(const Engine& engine, const HouseholdId& unit) {
    if (const auto own = community_of(unit)) return engine.find(*own);
    const Household* const home = engine.find(unit);
    return home == nullptr ? nullptr : engine.find(CommunityId{home->community});
}

/// "contact:r-1:0" of one who stands with a resident of the home, by that or by name.
std::optional<std::string> contact_called(const Household* home, std::string_view who) {
    if (home == nullptr) return std::nullopt;
    for (const Resident& resident : home->residents) {
        for (std::size_t i = 0; i < resident.contacts.size(); ++i) {
            std::string key = std::string(contact_mark) + resident.id.value + ":";
            key += std::to_string(i);
            if (who == key || who == resident.contacts[i].name) return key;
        }
    }
    return std::nullopt;
}

bool supervises(Role role) {
    return role == Role::community_lead || role == Role::street_centre ||
           role == Role::district_centre;
}

std::string listed(const std::vector<const Worker*>& workers) {
    std::string out;
    for (const Worker* worker : workers) {
        if (!out.empty()) out += ", ";
        out += worker->name.empty() ? worker->id.value : worker->name;
    }
    return out;
}

/// Those who can be sent, or be asked to send, today.
std::vector<const Worker*> on_duty(const Engine& engine, const Community& community,
                                   const HouseholdId& unit, Instant now) {
    const Household* const home = engine.find(unit);
    const Resident* const lives = home == nullptr ? nullptr : presumed_resident(*home);
    const ResidentId resident = lives == nullptr ? ResidentId{} : lives->id;
    std::vector<const Worker*> out;
    for (const Role role : {Role::grid_worker, Role::second_worker, Role::community_lead,
                            Role::street_centre, Role::district_centre, Role::maintainer}) {
        for (const WorkerId& id : engine.who(community.id, role, resident, now)) {
            const auto found = std::ranges::find(community.workers, id, &Worker::id);
            if (found != community.workers.end()) out.push_back(&*found);
        }
    }
    return out;
}

std::optional<text::Said> settle_reviewer(const Community& community, const std::string& actor,
                                          const Worker* who) {
    // Whoever speaks for the district platform answers for it there.
    if (actor.starts_with("platform:")) return std::nullopt;
    std::vector<const Worker*> those;
    for (const Worker& worker : community.workers) {
        if (supervises(worker.role)) those.push_back(&worker);
    }
    if (those.empty() || (who != nullptr && supervises(who->role))) return std::nullopt;
    const text::Fact facts[] = {{"persons", listed(those)}};
    return text::say("who_reviews", facts);
}

std::optional<text::Said> settle_owner(const Engine& engine, const Community& community,
                                       const HouseholdId& unit, Instant now, std::string& note) {
    const std::string_view who = person_of(note);
    if (who.empty() || community.workers.empty()) return std::nullopt;
    const auto there = on_duty(engine, community, unit, now);
    const Worker* const worker = find_person(community, who);
    if (worker == nullptr) {
        if (auto contact = contact_called(engine.find(unit), who)) {
            note = std::move(*contact);
            return std::nullopt;
        }
        const text::Fact facts[] = {{"person", std::string(who)}, {"persons", listed(there)}};
        return text::say("not_in_directory", facts);
    }
    if (std::ranges::find(there, worker) == there.end()) {
        const text::Fact facts[] = {{"person", worker->name}, {"persons", listed(there)}};
        return text::say("not_on_duty", facts);
    }
    note = std::string(worker_mark) + worker->id.value;
    return std::nullopt;
}

}  // namespace

std::optional<text::Said> settle_persons(const Engine& engine, const HouseholdId& unit, Instant now,
                                         AlertCommand& command) {
    const Community* const community = community_of_unit(engine, unit);
    if (community == nullptr) return std::nullopt;
    const Worker* const who = find_person(*community, command.actor);
    const std::string known = who == nullptr ? "" : std::string(worker_mark) + who->id.value;
    for (const std::string_view way : {"cli:", "link:"}) {
        if (known.empty() || person_of(command.actor) == known) break;
        if (command.actor.starts_with(way)) command.actor = std::string(way) + known;
    }
    if (command.verb == AlertVerb::review) return settle_reviewer(*community, command.actor, who);
    if (command.verb == AlertVerb::hand_over) {
        return settle_owner(engine, *community, unit, now, command.note);
    }
    return std::nullopt;
}

}  // namespace anju
