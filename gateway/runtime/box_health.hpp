// How the box does, as data: what BoxHealth of anju/v1/box.proto says. Read by the shell (app),
// sent by the uplink, judged here. nullopt: the box does not know.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "runtime/clock.hpp"

namespace anju {

/// Numbers equal those of anju.v1.BoxHealth.Warning.
enum class BoxWarning : std::uint8_t {
    hot = 1,
    undervoltage = 2,
    storage_worn = 3,
    disk_low = 4,
    ballast_gone = 5,
    read_only = 6,
    clock = 7,
    home_broker = 8,
    no_sensor = 9,
};
using BoxWarnings = std::set<BoxWarning>;

/// Numbers equal those of anju.v1.BoxHealth.Cause.
enum class BoxCause : std::uint8_t { started = 1, daily = 2, warning = 3, update = 4 };

/// How the last update of the box ended, and what of another is known. Versions are Debian's;
/// reasons are codes of update/plan.hpp.
struct BoxUpdate {
    /// Numbers equal those of anju.v1.BoxUpdate.Outcome.
    enum class Outcome : std::uint8_t {
        none = 0,
        updated = 1,
        rolled_back = 2,
        failed = 3,
        abandoned = 4,
    };
    Outcome outcome = Outcome::none;
    std::string from;
    std::string to;
    std::string why;
    std::string noticed;  ///< what was worse after it and not its fault, with commas between
    Instant at{};

    std::string step;                  ///< of one that is under way; "idle": none is
    std::string waiting;               ///< version that is offered and not installed
    std::string waiting_why;           ///< empty: it is under way
    std::vector<std::string> refused;  ///< versions that were shown to be bad, the newest last

    std::string failed_version;  ///< that did not get as far as a verdict; empty: none
    std::uint32_t failures{};    ///< in a row
    std::string failed_why;      ///< in words, for people at the box: may name places
    Instant again_at{};          ///< not before

    /// Whether the district was told all that it has to know at once.
    [[nodiscard]] bool ended_as(const BoxUpdate& other) const {
        return outcome == other.outcome && at == other.at && to == other.to;
    }
};

/// The certificate by which the box proves itself to the district.
struct BoxCertificate {
    Instant from{};
    Instant until{};
    std::string fingerprint;  ///< SHA-256, lower-case hex
    std::string request;      ///< PKCS #10 in PEM for the next one; empty: none is asked for
    friend bool operator==(const BoxCertificate&, const BoxCertificate&) = default;
};

struct BoxStorage {
    std::string name;
    std::string type;
    std::optional<std::uint32_t> used_tenths;
    std::optional<std::uint32_t> end_of_life;
    std::optional<std::uint64_t> written_bytes;
};

struct BoxHealth {
    std::optional<std::uint64_t> uptime_s;
    std::optional<std::uint64_t> boots;
    std::string software_version;
    std::uint32_t store_schema{};
    std::string kernel;
    std::string debian;
    std::string model;

    std::optional<std::int32_t> temperature_mc;
    std::optional<std::uint32_t> throttled;
    bool undervoltage = false;  ///< as `throttled` says of now
    std::optional<std::uint64_t> memory_bytes;
    std::optional<std::uint64_t> memory_available_bytes;
    std::optional<bool> root_read_only;
    std::vector<BoxStorage> storage;
    std::optional<std::uint64_t> disk_bytes;
    std::optional<std::uint64_t> disk_free_bytes;
    std::uint64_t store_bytes{};
    std::uint64_t store_max_bytes{};
    bool space_low = false;
    bool ballast = false;

    bool home_connected = false;
    std::uint64_t home_connects{};
    bool alarm_connected = false;
    bool bulk_connected = false;
    std::uint64_t district_connects{};
    std::uint32_t sensors_ok{};
    std::uint32_t sensors_stale{};
    std::uint32_t sensors_offline{};
    std::uint32_t sensors_faulty{};

    ClockState clock{};
    std::optional<std::uint64_t> clock_error_us;

    std::optional<BoxUpdate> update;            ///< nullopt: nothing on the box looks for updates
    std::optional<BoxCertificate> certificate;  ///< nullopt: the box shows the district none
};

/// What is wrong with it. `before`: what was wrong when it was last asked, for what has to be well
/// over before it is over.
[[nodiscard]] BoxWarnings warnings_of(const BoxHealth& health, const BoxWarnings& before);

}  // namespace anju
