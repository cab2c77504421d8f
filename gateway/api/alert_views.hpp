// Alerts as the console reads them (docs/protocol/console.md). Loop thread.
#pragma once

#include <boost/json.hpp>
#include <optional>
#include <span>

#include "access/rights.hpp"
#include "api/sight.hpp"
#include "control/render.hpp"

namespace anju::api {

class AlertViews {
public:
    explicit AlertViews(const control::Render& render) : render_(render) {}

    /// An element of a list, and what is told live.
    [[nodiscard]] boost::json::object item(const Alert& alert, Look& look) const;
    /// All that one screen shows. `history`: every decision on it, oldest first; `notices` about
    /// it. `role`: whoever asks, for what they may do now.
    [[nodiscard]] boost::json::object in_full(const Alert& alert, std::span<const Decision> history,
                                              std::span<const Notice> notices,
                                              access::AccountRole role, Instant now,
                                              Look& look) const;

private:
    [[nodiscard]] boost::json::value next_step(const Alert& alert, const Engine& engine) const;
    [[nodiscard]] static boost::json::object people(const Alert& alert, Instant now, Look& look);

    const control::Render& render_;
};

/// Whom an alert is about; nullptr: nobody who is registered.
[[nodiscard]] const Resident* subject_of(const Alert& alert, const Household& home);

/// What can be done to an alert as it stands, whoever does it; in the order of doing it.
[[nodiscard]] std::vector<AlertVerb> possible_verbs(const Alert& alert);

/// A person as the ledger names them ("link:worker:w1@group:street"), for people: the name that the
/// directory has, and for whoever came through a group which one.
[[nodiscard]] std::string shown_actor(const std::string& actor, const HouseholdId& unit,
                                      Look& look);

}  // namespace anju::api
