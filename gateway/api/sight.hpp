// What whoever asks may see: which homes and communities, and whether the people in them by name.
// Everything a screen shows goes through one of these.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "core/engine.hpp"

namespace anju::api {

/// Of one account.
struct Sight {
    /// Whether a community lies in the account's scope. A home whose community is not registered is
    /// asked about by a community of that code with no street and no district.
    std::function<bool(const Community&)> covers;
    /// Names, addresses and telephone numbers; otherwise names are masked and the rest is left out.
    bool in_full{};
    /// Homes to practise with that are for the maintainers; nobody else is disturbed by theirs.
    bool drills{};
    std::string actor;  ///< "console:worker:w1": who it is in the ledger
    WorkerId worker;    ///< who it is in the rounds; empty: nobody
};

/// Answers for one request what may be shown. Loop thread.
class Look {
public:
    /// Both must outlive it.
    Look(const Engine& engine, const Sight& sight) : engine_(engine), sight_(sight) {}

    [[nodiscard]] bool at(const CommunityId& community);
    /// A home, or a community as a unit. False for one that there is not.
    [[nodiscard]] bool at(const HouseholdId& unit);
    /// Of what is in the scope: no drill that is for others.
    [[nodiscard]] bool practises(Drill drill) const;
    /// The community that cares for a unit; empty: none.
    [[nodiscard]] CommunityId community_of(const HouseholdId& unit) const;

    [[nodiscard]] std::string name(const std::string& full) const;
    /// For what is left out of a masked view: addresses, numbers, notes.
    [[nodiscard]] std::string detail(const std::string& full) const;

    [[nodiscard]] const Engine& engine() const { return engine_; }
    [[nodiscard]] const Sight& sight() const { return sight_; }

private:
    const Engine& engine_;
    const Sight& sight_;
    std::map<CommunityId, bool> known_;  // a scope is asked once for each community
};

}  // namespace anju::api
