// The port to durable storage. One writer, one transaction for everything that follows from a
// batch of messages; gateway/store implements it over SQLite, tests in memory.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "core/decision.hpp"
#include "core/model/alert.hpp"
#include "core/model/household.hpp"
#include "core/model/ids.hpp"
#include "core/model/instant.hpp"
#include "runtime/notice.hpp"

namespace anju {

/// Delivery lanes to the district; numbers equal those of anju.v1.Lane and are stored.
enum class Lane : std::uint8_t { alarm = 1, bulk = 2 };
inline constexpr Lane all_lanes[] = {Lane::alarm, Lane::bulk};

/// One applied input. `seq` is 1, 2, 3 … without holes over the life of the store.
struct JournalEntry {
    std::uint64_t seq{};
    Instant at{};           ///< the instant it was applied at
    HouseholdId household;  ///< empty: concerns all (a clock step)
    std::string bytes;      ///< encode(Input)
};

/// The state of one household after all inputs up to and including `seq`.
struct Checkpoint {
    HouseholdId household;
    std::uint64_t seq{};
    Instant at{};
    std::string bytes;  ///< Engine::snapshot()
    /// true: kept so that decisions can be recomputed from here on; false: replaces the newest
    /// one that is not a base.
    bool base{};
};

/// An event for the district as it goes on the wire.
struct OutboxEvent {
    Lane lane{};
    std::uint64_t seq{};  ///< 1, 2, 3 … without holes within epoch and lane
    Instant at{};
    std::string bytes;  ///< serialized anju.v1.DistrictUplink
};

/// What the district has committed.
struct OutboxAck {
    Lane lane{};
    std::uint64_t through{};          ///< every seq <= this
    std::vector<std::uint64_t> seqs;  ///< and these
};

/// A message that gave no input, kept for whoever has to find out why. A bounded number is kept.
struct RejectedMessage {
    Instant at{};
    std::string topic;
    std::string payload;  ///< cut to 8 KiB
    std::string code;
    std::string text;
};

/// A command that has been answered, so that a repetition gets the same answer.
struct AnsweredCommand {
    std::string id;
    Instant at{};
    CommandStatus status{};
    std::string text;
    // Only with the first answer: a repetition is told the English text alone.
    std::string code = {};
    std::string text_zh = {};
    /// Of what was ordered, as its sender names it: the same id with another is another command.
    /// Empty: not compared.
    std::string digest = {};
    bool repeated = false;  ///< this is the answer of an earlier time; not stored
};

/// What has to go from the store because a resident refused or withdrew a kind of sensor. Every
/// input that came before it is looked at. With unit_of() a community as household: what its desk
/// was told of the resident's day.
struct Erasure {
    HouseholdId household;
    ResidentId resident;
    SensorKind kind{};
    /// Of that kind, as the directory has them now. Those that it had before are found by the store
    /// in what it keeps: a meter that was exchanged told of the same people.
    std::vector<DeviceId> devices;
    std::vector<std::string> addresses;  ///< what messages call them
};

/// Everything one commit writes. All or nothing.
struct Transaction {
    Instant now{};  ///< engine time; decisions due up to here are in this or an earlier commit
    std::vector<JournalEntry> inputs;
    Decisions decisions;  ///< AlertChanged also updates the table of current alerts
    std::vector<OutboxEvent> events;
    std::vector<OutboxAck> acks;
    std::vector<Checkpoint> checkpoints;
    std::vector<RejectedMessage> rejected;
    std::vector<AnsweredCommand> answers;
    /// The commit that carries one drops the checkpoints of its household but for those it carries
    /// itself; the rest is done by maintain(), over restarts, until nothing is left in the files.
    std::vector<Erasure> erasures;
    std::vector<HouseholdId> removed;  ///< households whose checkpoints are to be dropped
    /// What the drivers remember (DriverState::save()); absent: unchanged.
    std::optional<std::string> driver_state;
    /// Devices that nobody has registered (Proposals::save()); absent: unchanged.
    std::optional<std::string> proposals;
    std::vector<NoticeRow> notices;         ///< new ones; ids follow on
    std::vector<NoticeRow> notice_results;  ///< earlier ones as they are now

    [[nodiscard]] bool empty() const {
        return inputs.empty() && decisions.empty() && events.empty() && acks.empty() &&
               checkpoints.empty() && rejected.empty() && answers.empty() && removed.empty() &&
               erasures.empty() && !driver_state && !proposals && notices.empty() &&
               notice_results.empty();
    }
};

struct LaneState {
    std::uint64_t head{};            ///< highest seq given out; 0 = none
    std::uint64_t first_unacked{};   ///< 0 = all acknowledged
    std::uint64_t unacknowledged{};  ///< how many
};

/// What a start needs to know.
struct Recovery {
    std::uint64_t epoch{};                ///< of the outbox; new after a fresh or restored store
    std::uint64_t last_input{};           ///< seq of the last journal entry; 0 = none
    Instant engine_time{};                ///< of the last commit; epoch 0 = none
    std::vector<Checkpoint> checkpoints;  ///< the newest of every household
    std::string driver_state;             ///< as last committed; empty = never
    std::string proposals;                ///< as last committed; empty = never
    std::uint64_t last_notice{};          ///< highest id given out; 0 = none
    std::vector<NoticeRow> notices;       ///< those whose state is not final, ascending
    /// The store was rebuilt and nothing has been committed since: what was waiting in the old
    /// outbox is gone with its epoch and has to be said again. The first commit that is not
    /// empty ends this state, so the events that say it again belong into that commit.
    bool new_epoch{};
    /// With `new_epoch`: decisions whose events may not have reached the district, oldest first:
    /// all since the oldest unacknowledged event, and the latest of every alert not closed.
    /// Each goes through District::lane_of() and encode() like a new one.
    Decisions salvaged;
    std::vector<std::string> notes;  ///< what was found and done at opening, for the log
};

enum class Space : std::uint8_t {
    ample = 1,
    low = 2,  ///< only alarms are taken: bulk input is refused, unacknowledged, and comes again
};

/// Called from one thread. Every method may fail with the store's own words; after a failed
/// commit() nothing of the transaction is stored and the process must not go on with it.
class Journal {
public:
    virtual ~Journal() = default;

    virtual result<Recovery> recover() = 0;
    /// Inputs with seq > `after` in order, until `visit` returns false.
    virtual result<void> inputs_after(std::uint64_t after,
                                      const std::function<bool(const JournalEntry&)>& visit) = 0;
    /// Durable on return. On a full disk it first gives up the ballast and old readings.
    virtual result<void> commit(const Transaction& transaction) = 0;

    [[nodiscard]] virtual Space space() const = 0;
    [[nodiscard]] virtual LaneState lane(Lane lane) const = 0;  ///< from memory, cheap
    /// Events of a lane with first <= seq <= last, unacknowledged and acknowledged alike as long
    /// as they are kept, ascending, at most `limit`. A seq that is missing here was removed.
    virtual result<std::vector<OutboxEvent>> events(Lane lane, std::uint64_t first,
                                                    std::uint64_t last, std::size_t limit) = 0;
    virtual result<std::optional<AnsweredCommand>> answer(std::string_view command_id) = 0;
    /// Every notice about an alert or a task that is kept, ascending.
    virtual result<std::vector<NoticeRow>> notices_about(std::string_view subject) = 0;

    struct Said {
        HouseholdId household;
        Consent consent;
    };
    /// Everything that residents ever said of consent, oldest first; kept apart from what a home
    /// is, and longer. Reads the whole log.
    virtual result<std::vector<Said>> consents() = 0;

    /// One bounded step of housekeeping (retention, size bound, WAL checkpoint). Returns true
    /// when there is more to do soon. `now`: of a clock that can be trusted; epoch 0: there is none
    /// yet, and nothing is old.
    virtual result<bool> maintain(Instant now) = 0;
};

}  // namespace anju
