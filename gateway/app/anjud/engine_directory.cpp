#include "app/anjud/engine_directory.hpp"

#include <algorithm>

namespace anju {
namespace {

std::vector<notify::Person> contacts(const Household& home, Role role) {
    std::vector<notify::Person> out;
    for (const Resident& resident : home.residents) {
        for (std::size_t at = 0; at < resident.contacts.size(); ++at) {
            const ContactPerson& contact = resident.contacts[at];
            if (contact.role != role) continue;
            out.push_back({"contact:" + resident.id.value + ":" + std::to_string(at), contact.name,
                           contact.phone, "", ""});
        }
    }
    return out;
}

std::optional<Alert> one_of(const std::vector<Alert>& alerts, const AlertId& wanted) {
    const auto found = std::ranges::find(alerts, wanted, &Alert::id);
    return found == alerts.end() ? std::nullopt : std::optional(*found);
}

}  // namespace

notify::Person person_of(const Worker& worker) {
    return {"worker:" + worker.id.value, worker.name, worker.phone, worker.email, worker.handle};
}

const Community* EngineDirectory::community(const HouseholdId& unit) const {
    if (const auto own = community_of(unit)) return engine_.find(*own);
    const Household* const home = engine_.find(unit);
    return home == nullptr ? nullptr : engine_.find(CommunityId{home->community});
}

std::vector<notify::Person> EngineDirectory::who(Role role, const HouseholdId& unit,
                                                 Instant now) const {
    const Household* const home = engine_.find(unit);
    if (role == Role::emergency_contact || role == Role::neighbour) {
        return home == nullptr ? std::vector<notify::Person>{} : contacts(*home, role);
    }
    const Community* const place = community(unit);
    if (place == nullptr) return {};
    const Resident* const presumed = home == nullptr ? nullptr : presumed_resident(*home);
    const ResidentId resident = presumed == nullptr ? ResidentId{} : presumed->id;
    std::vector<notify::Person> out;
    for (const WorkerId& id : engine_.who(place->id, role, resident, now)) {
        if (auto person = worker(unit, id)) out.push_back(std::move(*person));
    }
    return out;
}

std::optional<notify::Person> EngineDirectory::worker(const HouseholdId& unit,
                                                      const WorkerId& worker) const {
    const Community* const place = community(unit);
    if (place == nullptr) return std::nullopt;
    const auto found = std::ranges::find(place->workers, worker, &Worker::id);
    if (found == place->workers.end()) return std::nullopt;
    return person_of(*found);
}

notify::Scene EngineDirectory::scene(const HouseholdId& unit, const ResidentId& resident) const {
    notify::Scene out;
    const Community* const place = community(unit);
    if (place != nullptr) {
        out.community = place->id.value;
        out.community_name = place->name;
    }
    const Household* const home = engine_.find(unit);
    if (home == nullptr) return out;
    out.community = home->community;
    out.address = home->address;
    out.drill = home->drill;
    const auto found = std::ranges::find(home->residents, resident, &Resident::id);
    const Resident* const who = found != home->residents.end() ? &*found : presumed_resident(*home);
    if (who != nullptr) {
        out.resident_name = who->name;
        out.resident_phone = who->phone;
    }
    return out;
}

std::optional<Alert> EngineDirectory::alert(const HouseholdId& unit, const AlertId& alert) const {
    if (const auto own = community_of(unit)) {
        const auto view = engine_.view(*own);
        return view ? one_of(view->alerts, alert) : std::nullopt;
    }
    const auto view = engine_.view(unit);
    return view ? one_of(view->alerts, alert) : std::nullopt;
}

std::vector<HouseholdId> EngineDirectory::units_of_communities() const {
    std::vector<HouseholdId> out;
    for (const CommunityId& id : engine_.communities()) out.push_back(unit_of(id));
    return out;
}

bool EngineDirectory::can_ask(const HouseholdId& household) const {
    return speaker_ != nullptr && speaker_->serves(household);
}

}  // namespace anju
