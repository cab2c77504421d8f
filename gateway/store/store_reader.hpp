// Questions to a store: for the control interface of anjud (over its own connection, see
// SqliteJournal::reader()) and for anju-replay (over a connection of its own that cannot write).
// A damaged row is left out and counted, except where its absence would falsify the answer;
// there the call fails.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "core/decision.hpp"
#include "core/model/reading.hpp"
#include "runtime/journal.hpp"
#include "store/rows.hpp"

namespace anju::store {

struct Page {
    std::size_t limit = 50;
    std::size_t offset = 0;
};

/// `waiting`: open or acknowledged, for somebody to go; `unfinished`: all that are not closed.
enum class AlertFilter : std::uint8_t { waiting, unfinished, all };

/// Where a list of ended alerts goes on: behind this one, as it stood.
struct AlertPlace {
    Instant changed_at{};
    std::string id;
};
struct EndedAlerts {
    std::vector<Alert> alerts;
    std::optional<AlertPlace> next;  ///< nullopt: that was all
};

struct JournalRange {
    std::uint64_t base{};  ///< inputs up to this number have been pruned; 0 = none
    std::uint64_t last{};  ///< 0 = none ever
};

struct StoreHead {
    std::uint64_t epoch{};
    Instant engine_time{};
    JournalRange journal;
};

struct StoreCounts {
    std::uint64_t decisions{};
    std::uint64_t alerts{};
    std::uint64_t alerts_unfinished{};
    std::uint64_t outbox_rows{};
    std::uint64_t checkpoints{};
    std::uint64_t commands{};
    std::uint64_t rejected{};
};

/// A reading as stored, with the instant it was applied at.
struct StoredReading {
    std::uint64_t seq{};
    Instant at{};
    HouseholdId household;
    Reading reading;
};

/// How what may be long is read. A reader's snapshot keeps the WAL of the gateway from beginning
/// anew, so a slice is short and nothing is held between two of them.
struct Slices {
    std::size_t rows = 4096;              ///< a slice ends after so many, 1 at least
    std::chrono::milliseconds time{100};  ///< or after so long, with the row at hand
    /// Called between slices; false: the call gives up and fails. Empty: goes on at once.
    std::function<bool()> between = {};
};

/// One thread, the one that uses the connection.
class StoreReader {
public:
    /// Ids of decisions are below.
    static constexpr std::uint64_t no_decision = INT64_MAX;

    /// Read-only, for another process than anjud or none: WAL lets it read while anjud writes.
    /// It needs the folder's owner's rights. Fails when there is no store, or one of another
    /// version, or one that is sealed with a key that is not among `keys` (null: none).
    static result<std::unique_ptr<StoreReader>> open(const std::filesystem::path& data_dir,
                                                     std::shared_ptr<const vault::Keys> keys = {});
    explicit StoreReader(Database& db);
    ~StoreReader();

    /// Of decisions_between(), alerts_between(), contacts() and readings().
    void read_in(Slices slices) { slices_ = std::move(slices); }

    /// From here on every answer is of this moment. While it holds, anjud's WAL cannot be
    /// emptied and grows: not for long. Ends with the reader.
    result<void> hold_snapshot();

    /// Newest first, as the decision that changed them last.
    result<std::vector<Decision>> alerts(AlertFilter filter, Page page);
    result<std::optional<Decision>> alert(const AlertId& id);
    /// Closed or ended otherwise, changed last first, behind `after`: up to `limit` for which
    /// `wanted` is true. Looks at 2,000 rows at most, so that one call costs some milliseconds;
    /// then there may be fewer than asked for, or none, and `next` all the same.
    result<EndedAlerts> ended_alerts(const std::optional<AlertPlace>& after, std::size_t limit,
                                     const std::function<bool(const Alert&)>& wanted);
    /// Everything that was decided on an alert, oldest first.
    result<std::vector<Decision>> history(const AlertId& id);

    /// Decisions of a household in the order of recording, with id > `after`, until `visit`
    /// returns false. Fails on a damaged row.
    result<void> decisions(const HouseholdId& household, std::uint64_t after,
                           const std::function<bool(const StoredDecision&)>& visit);
    /// Decisions on no alert that became true in [from, to), first of homes, then of communities,
    /// each in the order of that time, until `visit` returns false. Those recorded after the
    /// decision `last` are left out, so that slices give what one look at that moment would have
    /// given. A damaged row is left out and counted.
    result<void> decisions_between(Instant from, Instant to,
                                   const std::function<bool(const Decision&)>& visit,
                                   std::uint64_t last = no_decision);
    /// Alerts raised in [from, to) as each is when it is read, oldest first; likewise.
    result<void> alerts_between(Instant from, Instant to,
                                const std::function<bool(const Alert&)>& visit);
    /// Contacts of a resident as a community logged them, newest first.
    result<std::vector<ContactRecord>> contacts(const HouseholdId& community,
                                                const ResidentId& resident, std::size_t limit);
    /// Id of the newest recording of this number; 0 = none.
    result<std::uint64_t> decision_id(const HouseholdId& household, std::uint64_t number);

    /// Of the newest decision there is; 0 = none.
    result<std::uint64_t> last_decision();

    /// Every household that has recorded decisions, without the empty id; ascending.
    result<std::vector<HouseholdId>> deciding_households();

    /// The oldest retained checkpoint of every household: where replay can start.
    result<std::vector<Checkpoint>> oldest_checkpoints();
    /// The newest of every household: where the next start starts.
    result<std::vector<Checkpoint>> newest_checkpoints();

    result<JournalRange> journal();
    /// As Journal::inputs_after(). Fails on a damaged or missing row.
    result<void> inputs_after(std::uint64_t after,
                              const std::function<bool(const JournalEntry&)>& visit);
    /// Newest first, measured by arrival, not older than `since`. Reads the journal backwards.
    result<std::vector<StoredReading>> readings(const DeviceId& device, Instant since,
                                                std::size_t limit);

    /// Everything the residents of a household ever said of consent, oldest first.
    result<std::vector<Consent>> consents(const HouseholdId& household);
    /// The same of all households.
    result<std::vector<Journal::Said>> consents();
    /// What was erased because of it, or is being erased, oldest first.
    result<std::vector<StoredErasure>> erasures(const HouseholdId& household);

    result<std::vector<RejectedMessage>> rejected(Page page);  ///< newest first

    result<std::vector<NoticeRow>> unfinished_notices();                     ///< ascending
    result<std::vector<NoticeRow>> notices_about(std::string_view subject);  ///< ascending
    result<std::vector<NoticeRow>> notices(Page page);                       ///< newest first
    result<std::optional<NoticeRow>> notice(std::uint64_t id);
    /// Where the store stands; reads single rows only.
    result<StoreHead> head();
    /// Counts rows, which reads whole tables: seconds on a slow disk. For programs that nobody
    /// waits for; a daemon asks SqliteJournal::figures().
    result<StoreCounts> counts();

    /// Damaged rows left out of answers so far.
    [[nodiscard]] std::uint64_t damaged_rows() const { return damaged_rows_; }

private:
    explicit StoreReader(std::unique_ptr<Database> own);
    std::optional<Decision> decode_alert(const Statement& row);
    result<std::vector<Checkpoint>> checkpoints(const char* keys);
    result<std::vector<NoticeRow>> all_notices(Statement& rows);

    /// Between two slices; an Error: it is time to give up.
    result<void> go_on();

    std::unique_ptr<Database> own_;
    Database& db_;
    Slices slices_;
    std::uint64_t damaged_rows_ = 0;
};

}  // namespace anju::store
