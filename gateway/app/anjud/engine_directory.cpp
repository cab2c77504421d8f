#include "app/anjud/engine_directory.hpp"

#include <algorithm>

namespace anju {

notify::Person person_of(const Worker& worker) {
    return {"worker:" + worker.id.value, worker.name, worker.phone, worker.email, worker.handle};
}

std::vector<notify::Person> EngineDirectory::who(Role role, const HouseholdId& unit,
                                                 Instant now) const {
    if (role != Role::emergency_contact && role != Role::neighbour) {
        return staff_.who ? staff_.who(role, unit, now) : std::vector<notify::Person>{};
    }
    std::vector<notify::Person> out;
    const auto view = engine_.view(unit);
    if (!view) return out;
    for (const Resident& resident : view->household.residents) {
        for (std::size_t at = 0; at < resident.contacts.size(); ++at) {
            const ContactPerson& contact = resident.contacts[at];
            if (contact.role != role) continue;
            out.push_back({"contact:" + resident.id.value + ":" + std::to_string(at), contact.name,
                           contact.phone, "", ""});
        }
    }
    return out;
}

std::optional<notify::Person> EngineDirectory::worker(const HouseholdId& unit,
                                                      const WorkerId& worker) const {
    return staff_.worker ? staff_.worker(unit, worker) : std::nullopt;
}

notify::Scene EngineDirectory::scene(const HouseholdId& unit, const ResidentId& resident) const {
    notify::Scene out;
    if (const auto community = community_of(unit)) {
        out.community = community->value;
        return out;
    }
    const auto view = engine_.view(unit);
    if (!view) return out;
    const Household& home = view->household;
    out.community = home.community;
    out.address = home.address;
    const auto found = std::ranges::find_if(
        home.residents, [&resident](const Resident& one) { return one.id == resident; });
    const Resident* const who = found != home.residents.end() ? &*found
                                : home.residents.empty()      ? nullptr
                                                              : &home.residents.front();
    if (who != nullptr) {
        out.resident_name = who->name;
        out.resident_phone = who->phone;
    }
    return out;
}

std::optional<Alert> EngineDirectory::alert(const HouseholdId& unit, const AlertId& alert) const {
    const auto view = engine_.view(unit);
    if (!view) return std::nullopt;
    for (const Alert& one : view->alerts) {
        if (one.id == alert) return one;
    }
    return std::nullopt;
}

std::vector<HouseholdId> EngineDirectory::units_of_communities() const {
    return staff_.communities ? staff_.communities() : std::vector<HouseholdId>{};
}

bool EngineDirectory::can_ask(const HouseholdId& household) const {
    return speaker_ != nullptr && speaker_->serves(household);
}

}  // namespace anju
