// A community (社区): who works there, when, under which rules. It is a unit of state of its own
// beside the households: the rounds of all its residents, and what concerns many homes at once.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/model/care_rules.hpp"
#include "core/model/date.hpp"
#include "core/model/household.hpp"
#include "core/model/ids.hpp"
#include "core/model/ladder_rules.hpp"
#include "core/model/roles.hpp"
#include "core/model/work_calendar.hpp"

namespace anju {

struct Worker {
    WorkerId id;
    std::string name;
    /// grid_worker: makes the rounds. community_lead, street_centre, district_centre, maintainer:
    /// is told, and makes none.
    Role role = Role::grid_worker;
    std::string phone = {};  ///< for SMS
    std::string email = {};
    std::string handle = {};       ///< user id in the group robots, to be mentioned by
    std::uint8_t weekdays = 0x1f;  ///< usual working days, bit 0 = Monday; holidays are off

    friend bool operator==(const Worker&, const Worker&) = default;
};

/// 值班: who works on a day on which the others do not.
struct DutyDay {
    Date date;
    std::vector<WorkerId> workers;

    friend bool operator==(const DutyDay&, const DutyDay&) = default;
};

struct Community {
    CommunityId id;  ///< its code
    std::string name;
    std::string street;    ///< 镇街
    std::string district;  ///< 区
    std::vector<Worker> workers;
    std::vector<DutyDay> duty;  ///< ascending by date
    WorkCalendar calendar;
    CareRules care;
    LadderRules ladder;  ///< for alerts of the community itself (area_outage); as in `rules`
    Rules rules = {};    ///< of its homes, where they say nothing themselves
    /// Of `rules` and `care`, whose keys begin with "care.", by ascending key.
    std::vector<PolicyOrigin> origins = {};

    friend bool operator==(const Community&, const Community&) = default;
};

/// The name of the community as a unit of state: "community/" and its code. No household is called
/// so, for an id of one holds no slash.
[[nodiscard]] HouseholdId unit_of(const CommunityId& community);
/// nullopt for a household.
[[nodiscard]] std::optional<CommunityId> community_of(const HouseholdId& unit);

}  // namespace anju
