// Who lives where, with which devices, under which rules. One household is one unit of state:
// nothing in the core reaches across two of them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/model/ids.hpp"
#include "core/model/instant.hpp"
#include "core/model/ladder_rules.hpp"
#include "core/model/resident.hpp"
#include "core/model/work_calendar.hpp"

namespace anju {

enum class SensorKind : std::uint8_t {
    water_meter = 1,
    smoke = 2,
    door = 3,
    motion = 4,
    gas = 5,
    water_leak = 6,
    sos = 7,
    bed = 8,
};

struct Device {
    DeviceId id;
    SensorKind kind = SensorKind::motion;
    std::string label;    ///< for people: "kitchen"
    std::string driver;   ///< catalog name: "native", "zigbee2mqtt"
    std::string address;  ///< what the driver calls it; `id` for native devices
    /// What a payload of this device means, by name (drivers/profile); empty: it tells by itself.
    std::string profile = {};
    /// 32 hexadecimal digits, for devices that encrypt; a secret: never shown, never sent.
    std::string key = {};
    /// Of a door: whoever comes or goes passes it. A refrigerator's or a cupboard's is none; using
    /// it is a sign of life and says nothing about who is at home.
    bool entrance = true;
    Duration sample_every{};   ///< longest time between two measurements when all is well
    Duration deliver_every{};  ///< longest time between two deliveries; >= sample_every for bundles

    friend bool operator==(const Device&, const Device&) = default;
};

/// The fixed rules as cities run them.
enum class Preset : std::uint8_t {
    sh_12 = 1,     ///< "SH-12": less than 10 L in 12 h (Shanghai)
    h24_10l = 2,   ///< "24h-10L": less than 10 L in 24 h (Taicang)
    h24_8l = 3,    ///< "24h-8L": less than 8 L in 24 h (Haishu)
    door_24h = 4,  ///< "door-24h": entrance door not used for 24 h
};

struct Rules {
    std::vector<Preset> presets{Preset::sh_12, Preset::door_24h};  ///< they hold in `warm_up`
    /// From the first reading until what was learned of this person is relied upon.
    Duration warm_up = std::chrono::days{14};
    /// False alerts of silence that this home may cost, in thousandths of one in 30.44 days: how
    /// sure the box must be before it calls somebody out (P2). At least 10.
    std::uint32_t alert_budget_milli = 300;
    /// The same for "please phone" (P3); 0: nobody is asked to phone before the backstop.
    std::uint32_t phone_budget_milli = 1000;
    Duration home_backstop = std::chrono::hours{14};      ///< known to be at home and silent: P2
    Duration unknown_backstop = std::chrono::hours{24};   ///< nobody can tell: please phone
    Duration door_open_limit = std::chrono::minutes{30};  ///< 门长时间未关
    int battery_low_pct = 15;                             ///< at or below: low_battery
    Duration repeat_guard = std::chrono::hours{12};       ///< at most one inactivity alert in
    Duration reopen_window = std::chrono::minutes{30};    ///< a recurrence within reopens
    LadderRules ladder;

    friend bool operator==(const Rules&, const Rules&) = default;
};

/// Where a value of the rules comes from (一人一策). What is not among a household's origins is the
/// product's default.
enum class PolicyLayer : std::uint8_t { product = 1, district = 2, community = 3, resident = 4 };

struct PolicyOrigin {
    std::string key;  ///< as in the configuration: "alert_budget", "ladder.p2_lead"
    PolicyLayer layer{};

    friend bool operator==(const PolicyOrigin&, const PolicyOrigin&) = default;
};

/// 演练: a home that was made up to practise with. Its alerts live as any others do and are marked
/// on their whole way; no rounds are made there, and no report or district figure counts it.
enum class Drill : std::uint8_t {
    none = 0,         ///< somebody lives there
    maintainers = 1,  ///< whoever a real home's alert would reach, the maintainers are told instead
    staff = 2,        ///< those who work for the community are told as for a real home; never
                      ///< relatives, neighbours, or a loudspeaker
};

/// Everything the operator says about a home. Replaced as a whole; state of devices that keep
/// their id and kind survives the replacement.
struct Household {
    HouseholdId id;
    std::string community;  ///< code of the community (社区) it belongs to
    std::vector<Resident> residents;
    std::vector<Device> devices;
    Rules rules;
    std::string address = {};  ///< for whoever has to go there; shown on the box only
    WorkCalendar calendar = {};
    std::vector<PolicyOrigin> origins = {};  ///< of `rules`, by ascending key
    Drill drill = Drill::none;

    friend bool operator==(const Household&, const Household&) = default;
};

/// Whom sensors tell of that cannot tell who it was: the first who is at home, else the first;
/// nullptr: nobody was entered.
[[nodiscard]] const Resident* presumed_resident(const Household& household);

/// The reporting rhythm a device of this kind has when nobody says otherwise.
struct Rhythm {
    Duration sample_every;
    Duration deliver_every;
};
[[nodiscard]] Rhythm default_rhythm(SensorKind kind);

/// How long after its last word a device proves nothing any more:
/// sample_every + 1.5 * deliver_every, at least 30 minutes.
[[nodiscard]] Duration stale_after(const Device& device);

}  // namespace anju
