// What making a notice has to know of people and homes; the composition root answers it from the
// engine. Called on the loop, between two inputs: what it says holds for the decisions at hand.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/model/alert.hpp"
#include "core/model/ids.hpp"
#include "core/model/instant.hpp"
#include "core/model/roles.hpp"

namespace anju::notify {

struct Person {
    std::string key;  ///< "worker:lin", "contact:r-1:0": as whom a link's holder acts
    std::string name;
    std::string phone;
    std::string email;
    std::string handle;  ///< in the group robots
};

/// The home an alert or a task is about.
struct Scene {
    std::string community;       ///< code; empty: none
    std::string community_name;  ///< empty: the code is shown
    std::string resident_name;   ///< empty: nobody lives there, or it is no home
    std::string resident_phone;
    std::string address;
    Drill drill = Drill::none;
};

class Directory {
public:
    virtual ~Directory() = default;
    /// Who has this role for the unit (a household, or unit_of() a community) at `now`, in the
    /// order in which they are asked.
    [[nodiscard]] virtual std::vector<Person> who(Role role, const HouseholdId& unit,
                                                  Instant now) const = 0;
    [[nodiscard]] virtual std::optional<Person> worker(const HouseholdId& unit,
                                                       const WorkerId& worker) const = 0;
    /// `resident` empty: the first of the household.
    [[nodiscard]] virtual Scene scene(const HouseholdId& unit,
                                      const ResidentId& resident) const = 0;
    /// As it is now; nullopt: no such alert is open.
    [[nodiscard]] virtual std::optional<Alert> alert(const HouseholdId& unit,
                                                     const AlertId& alert) const = 0;
    /// Communities this gateway knows: whose maintainers hear of the gateway itself.
    [[nodiscard]] virtual std::vector<HouseholdId> units_of_communities() const = 0;
    /// There is a loudspeaker in this home that can ask.
    [[nodiscard]] virtual bool can_ask(const HouseholdId& household) const = 0;
};

}  // namespace anju::notify
