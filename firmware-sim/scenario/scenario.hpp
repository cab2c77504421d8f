// What is to happen in which homes: read from a TOML description, then a plain value.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "core/model/care.hpp"
#include "core/model/community.hpp"
#include "core/model/household.hpp"
#include "core/model/instant.hpp"
#include "firmware-sim/life/habits.hpp"
#include "firmware-sim/scenario/expectation.hpp"
#include "firmware-sim/scenario/incident.hpp"
#include "firmware-sim/scenario/network.hpp"
#include "firmware-sim/sensors/behaviour.hpp"
#include "firmware-sim/sensors/protocol.hpp"

namespace anju::sim {

struct SimDevice {
    Device device;  ///< id is "{home}-{name}"; the rest as register_device() fills it
    std::string room;
    Protocol protocol = Protocol::native;
    int battery_pct = 96;  ///< at the start; 0 = runs on mains
    Behaviour behaviour = {};
};

/// When things are done on an ordinary day, since local midnight. Seeded variation moves each.
struct Routine {
    Duration wake = std::chrono::minutes{6 * 60 + 30};
    Duration outing = std::chrono::minutes{9 * 60 + 20};
    Duration outing_lasts = std::chrono::minutes{80};  ///< 0: stays at home
    Duration lunch = std::chrono::minutes{11 * 60 + 30};
    Duration dinner = std::chrono::minutes{17 * 60 + 45};
    Duration bed = std::chrono::minutes{21 * 60 + 30};
    Duration spread = std::chrono::minutes{12};  ///< each moves by at most this
};

struct SimHome {
    HouseholdId id;
    std::string community;
    Resident resident;
    std::string person_en;  ///< the resident's name in English lines of the story
    Routine routine;
    std::optional<life::Habits> habits;  ///< lives like this instead; each home its own person
    std::vector<SimDevice> devices;
    std::vector<Incident> incidents;
    unsigned line = 0;  ///< in its file
};

/// What a worker does and enters: one line of a day's work, told to the gateway as anjuctl does.
struct Errand {
    Duration at{};  ///< since local midnight of the first day
    WorkerId worker;
    ResidentId resident;
    TaskKind kind = TaskKind::phone_call;  ///< phone_call or home_visit
    Outcome outcome = Outcome::well;
    Duration lasts = std::chrono::seconds{90};
    /// Instead of a contact: the resident is away or in hospital for `lasts` from this day on, as
    /// `approver` agrees.
    std::optional<ResidentStatus> suspends;
    WorkerId approver;
};

struct SimCommunity {
    CommunityId id;
    std::string name;
    std::string street;
    std::string district;
    std::vector<Worker> workers;
    std::vector<Errand> errands;  ///< in the order of time
    unsigned line = 0;
};

/// [[clock]]: somebody, or NTP, sets the clock of the gateway; that of the world goes on.
struct ClockSet {
    Duration at{};  ///< since local midnight of the first day, by the world's clock
    Duration by{};  ///< forward; negative: back
    unsigned line = 0;
};

struct Scenario {
    std::string name;
    std::string title_zh;
    std::string title_en;
    Instant start{};
    Duration lasts{};
    double rate = 1200;
    std::vector<SimHome> homes;
    std::vector<SimCommunity> communities;
    std::vector<NetworkSpell> network;
    std::vector<ClockSet> clock;  ///< in the order of time
    std::vector<Expectation> expectations;
    std::string text;  ///< as it was read
};

/// Mistakes name file, line and key.
[[nodiscard]] result<Scenario> parse_scenario(std::string_view toml, const std::string& file_name);

/// `name` is one of scenario_names() or the path of a .toml file.
[[nodiscard]] result<Scenario> load_scenario(const std::string& name);
[[nodiscard]] std::vector<std::string> scenario_names();

/// `count` homes: those of the scenario, then copies of them with "-2", "-3" … behind each id.
/// 0: those of the scenario.
[[nodiscard]] std::vector<SimHome> populate(const Scenario& scenario, std::size_t count);

/// TOML of a scenario that is part of the program; nullopt when there is none of that name.
[[nodiscard]] std::optional<std::string_view> embedded_scenario(std::string_view name);

}  // namespace anju::sim
