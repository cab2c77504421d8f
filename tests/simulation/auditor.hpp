// Knows what every part was promised, and looks, at every step, whether it is kept.
//
// It stands where the box commits, where a sensor hears an answer and where the platform commits.
// Beside that it keeps an engine of its own that has never been restarted: every input that is
// stored is decoded and applied to it, and what it decides has to be what was stored. So a
// checkpoint that forgets something, a recovery that applies an input twice or a decision that
// depends on when a timer was served shows with the next decision, and with the state of every home
// after a start.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/engine.hpp"
#include "runtime/journal.hpp"
#include "tests/simulation/chronicle.hpp"
#include "tests/simulation/weather.hpp"
#include "uplink/seq_set.hpp"

namespace anju::whole {

struct Tally {
    std::uint64_t commits{};
    std::uint64_t inputs{};
    std::uint64_t readings{};
    std::uint64_t decisions{};
    std::uint64_t alerts{};
    std::uint64_t incidents{};
    std::uint64_t events{};
    std::uint64_t answered{};  ///< to sensors
    std::uint64_t restarts{};
    std::uint64_t in_doubt{};  ///< commits whose fate only the restart told
    std::uint64_t stores_lost{};
    std::uint64_t falls{};  ///< with a bound, and told within it
    std::uint64_t absences{};
    std::uint64_t stored{};    ///< a digest of every event for the district, byte for byte
    Duration slowest_alarm{};  ///< from the clear way to the box's disk
};

class Auditor {
public:
    /// All must outlive it.
    Auditor(const World& world, const Weather& weather, Chronicle& chronicle)
        : world_(world), weather_(weather), chronicle_(chronicle) {}

    // ---- the box ----
    /// It may be stored or not: the process died over it. The next recovered() tells.
    void tried(const Transaction& transaction) { doubtful_ = transaction; }
    void committed(const Transaction& transaction);
    /// What a start finds in the store.
    void recovered(const Recovery& recovery, const Journal& journal);
    /// The disk is another one, and empty. What the district has it keeps; what it does not have is
    /// lost; what comes is of a new epoch, whose numbers begin anew.
    void store_lost();
    /// The box is up again.
    void started(const Engine& engine);
    /// What is due up to `now`, by the box's clock, could not be decided in time.
    void excuse(Instant now) { excused_until_ = now; }
    /// A deaf box stands still by design, and decides in steps of an Outage.
    void deaf(bool is) { deaf_ = is; }
    void gave_up(Lane lane, std::uint64_t seq) { stream(lane).given_up.insert(seq); }

    // ---- the homes ----
    using IncidentId = std::size_t;
    [[nodiscard]] IncidentId incident(AlertKind kind, std::string device);
    /// A sensor lost its memory, and with it what nobody has heard of yet.
    void forgotten(std::string_view device);
    /// A message that tells of it was sent for the first time.
    void told(IncidentId incident, std::string_view device, Sequence sequence);
    /// A sensor heard that this message is kept.
    void answered(std::string_view device, Sequence sequence);
    /// A foreign message that the home broker has taken upon itself; its content is unique.
    void entrusted() { ++foreign_owed_; }
    void broker_lost_one() { --foreign_owed_; }

    /// Somebody fell and draws no water; where a meter is known `late` after the moment it tells
    /// of, somebody is told within a day and that.
    void fell(const HouseholdId& home, Duration late);
    void got_up(const HouseholdId& home) { fallen_.erase(home); }
    /// Of the silence of whoever lies there.
    [[nodiscard]] bool told_of(const HouseholdId& home) const;
    /// Whoever keeps the list of homes was told, and the box has it.
    void absent(const HouseholdId& home, bool is);

    // ---- the platform ----
    /// It has committed this event. `tombstone`: the reason, empty for an event.
    void delivered(std::uint64_t epoch, Lane lane, std::uint64_t seq, std::string_view bytes,
                   std::string_view tombstone);

    /// What is overdue; in a calm, about once a minute.
    void look_round();
    /// At the end of a long calm.
    void close_books();
    [[nodiscard]] const Tally& tally() const { return tally_; }
    [[nodiscard]] Tally& tally() { return tally_; }

private:
    struct Device {
        std::map<std::uint64_t, uplink::SeqSet> kept;  ///< by boot
        std::unordered_set<std::uint64_t> foreign;     ///< fingerprints
        std::map<std::uint64_t, uplink::SeqSet> lost;  ///< kept by a disk that is no more
        std::unordered_set<std::uint64_t> foreign_lost;
        [[nodiscard]] bool was_kept(Sequence message) const;
    };
    struct Incident {
        AlertKind kind{};
        std::string device;
        Instant began{};
        bool kept{};
        bool over{};  ///< nobody can hear of it any more
        std::optional<AlertId> alert;
    };
    struct Sealed {
        std::uint64_t hash{};
        Instant at{};
    };
    struct Stream {
        std::uint64_t base = 0;  ///< seq before the first of `events`
        std::deque<Sealed> events;
        uplink::SeqSet delivered;
        std::set<std::uint64_t> given_up;
        [[nodiscard]] std::uint64_t head() const { return base + events.size(); }
    };

    struct Fallen {
        Instant began{};
        Duration late{};
        bool told{};
    };

    [[nodiscard]] Stream& stream(Lane lane) { return streams_[lane == Lane::alarm ? 0 : 1]; }
    void take(const JournalEntry& entry);
    void take(const Observation& message, std::span<const Decision> decided);
    void compare(const Decisions& live);
    void check_tasks(const Decisions& decisions);
    void check_pace(const Transaction& transaction);
    void check_raised(const Decision& decision, const Observation* cause);
    void take_events(const Transaction& transaction);
    void look_at(Lane lane, Duration bound);
    void look_after_the_fallen();
    void check_silence(const HouseholdId& home, const AlertChanged& changed);
    [[nodiscard]] bool ended(const AlertId& alert) const;

    const World& world_;
    const Weather& weather_;
    Chronicle& chronicle_;
    Tally tally_;
    Engine shadow_;
    Decisions again_;  ///< of the shadow, of one transaction
    std::optional<Transaction> doubtful_;
    std::uint64_t last_input_ = 0;
    std::optional<std::uint64_t> epoch_;
    Instant engine_time_{};
    Instant excused_until_{};
    bool deaf_ = true;
    std::unordered_map<std::string, Device> devices_;  ///< looked up, never iterated
    std::vector<Incident> incidents_;
    std::set<IncidentId> open_incidents_;  ///< not on the box's disk yet
    std::map<std::pair<std::string, std::pair<std::uint64_t, std::uint64_t>>,
             std::vector<IncidentId>>
        telling_;              ///< messages on their way that tell of incidents
    decltype(telling_) told_;  ///< those that have arrived
    std::map<std::uint64_t, std::array<Stream, 2>> gone_;  ///< streams of lost stores, by epoch
    bool lost_ = false;                                    ///< the next start finds an empty store
    std::unordered_set<std::string> commands_;
    std::unordered_set<std::string> tasks_;
    std::unordered_map<std::string, AlertState> alerts_;
    std::array<Stream, 2> streams_;
    std::map<HouseholdId, Fallen> fallen_;
    std::map<HouseholdId, Instant> spoken_of_;  ///< the last word about an alert of silence
    std::set<HouseholdId> absent_;
    std::int64_t foreign_owed_ = 0;
    std::int64_t foreign_kept_ = 0;
};

}  // namespace anju::whole
