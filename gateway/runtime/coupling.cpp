#include "runtime/coupling.hpp"

#include <utility>

namespace anju {
namespace {

class Deriving {
public:
    Deriving(const Engine& engine, std::vector<Derived>& out) : engine_(engine), out_(out) {}

    void operator()(const AlertChanged& changed) {
        const Household* home = engine_.find(changed.alert.household);
        // An invented fire sends nobody on a visit, and makes no power cut of a street.
        if (home == nullptr || home->drill != Drill::none) return;
        const CommunityId community{home->community};
        if (engine_.find(community) == nullptr) return;
        AlertTold told{.community = community, .alert = changed.alert};
        told.alert.sentence_zh.clear();
        told.alert.sentence_en.clear();
        out_.push_back({unit_of(community), std::move(told)});
    }
    void operator()(const ContactLogged& logged) {
        const ContactRecord& record = logged.record;
        // By another's word the resident is well; seen or heard they were not.
        const bool witnessed = record.kind != TaskKind::contact_call &&
                               record.outcome != Outcome::unreached &&
                               record.outcome != Outcome::by_other;
        if (!witnessed || !community_) return;
        const HouseholdId* home = engine_.household_of(*community_, record.resident);
        if (home == nullptr || engine_.find(*home) == nullptr) return;
        out_.push_back(
            {*home,
             LifeWitnessed{.household = *home, .resident = record.resident, .at = record.end}});
    }
    void operator()(const ContactLost& lost) {
        if (engine_.find(lost.household) == nullptr) return;
        out_.push_back({lost.household, AlertAsked{.household = lost.household,
                                                   .resident = lost.resident,
                                                   .kind = AlertKind::contact_failed,
                                                   .evidence = lost.evidence}});
    }
    void operator()(const SuspensionChanged& changed) {
        if (engine_.find(changed.household) == nullptr) return;
        const auto status = changed.ended ? ResidentStatus::active : changed.suspension.reason;
        out_.push_back({changed.household, StatusTold{.household = changed.household,
                                                      .resident = changed.suspension.resident,
                                                      .status = status}});
    }
    void operator()(const OutageSpread& spread) {
        for (const AlertId& alert : spread.alerts) {
            const HouseholdId* home = engine_.household_of(alert);
            if (home != nullptr) out_.push_back({*home, AlertMerged{alert, spread.into}});
        }
    }
    template <class T>
    void operator()(const T& /*other*/) {}

    void of(const HouseholdId& unit) { community_ = community_of(unit); }

private:
    const Engine& engine_;
    std::vector<Derived>& out_;
    std::optional<CommunityId> community_;
};

}  // namespace

void derive(const Engine& engine, const Decision& decision, std::vector<Derived>& out) {
    Deriving deriving(engine, out);
    deriving.of(decision.household);
    std::visit(deriving, decision.what);
}

void derive_residents(const Engine& engine, const Household& household, bool gone,
                      std::vector<Derived>& out) {
    const CommunityId community{household.community};
    if (engine.find(community) == nullptr) return;
    ResidentsSet set{.community = community, .household = household.id, .residents = {}};
    // Nobody is visited in a home that was made up.
    if (!gone && household.drill == Drill::none) set.residents = household.residents;
    out.push_back({unit_of(community), std::move(set)});
}

void enrich(const Engine& engine, ContactRecorded& contact) {
    const HouseholdId* home = engine.household_of(contact.community, contact.record.resident);
    if (home == nullptr) return;
    contact.last_sign_of_life = engine.last_sign_of_life(*home);
    contact.door = engine.corroborate(*home, contact.record.start, contact.record.end);
}

}  // namespace anju
