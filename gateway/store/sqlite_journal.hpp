// The journal over SQLite: one connection, WAL, synchronous=FULL, one writer. Other processes
// may read (store_reader.hpp); none may write, which a lock file enforces for our own programs.
//
// SQLite 3.7.0 to 3.51.2 can corrupt a WAL when two connections write or checkpoint at once, so
// this connection alone checkpoints, and only from maintain() or when the WAL has grown far
// beyond what maintain() should have let it.
#pragma once

#include <cstdint>
#include <memory>

#include "runtime/journal.hpp"
#include "store/options.hpp"
#include "store/store_reader.hpp"

namespace anju::store {

/// What may be asked at any time, also while alarms wait.
struct StoreFigures {
    std::uint64_t last_input{};  ///< 0 = none ever
    std::uint64_t alerts{};
    std::uint64_t alerts_unfinished{};
    std::uint64_t rejected{};
    /// Bulk events dropped unacknowledged since opening, for want of room.
    std::uint64_t bulk_dropped{};
    /// Backups and quarantines deleted since opening, because the disk was full.
    std::uint64_t copies_given_up{};
    std::uint64_t database_bytes{};  ///< the file
    std::uint64_t free_bytes{};      ///< of these, not in use
    std::uint64_t wal_bytes{};
    bool sealing_owed{};  ///< a key is configured, and not everything is sealed with it yet
};

class SqliteJournal final : public Journal {
public:
    /// Opens or creates the store in options.data_dir, after finishing a restore that was
    /// interrupted while it placed the stores (placing.hpp; one that had not come so far is
    /// refused) and checking it: see open_store.hpp for
    /// what happens to a damaged one. `now` names quarantines and, with 20 bits of `entropy`,
    /// the epoch of a fresh store. Fails when another process has the store, when it is of a
    /// newer version, or when the surroundings do not allow it.
    static result<std::unique_ptr<SqliteJournal>> open(Options options, Instant now,
                                                       std::uint32_t entropy);
    ~SqliteJournal() override;

    result<Recovery> recover() override;
    result<void> inputs_after(std::uint64_t after,
                              const std::function<bool(const JournalEntry&)>& visit) override;
    /// After a failed sync the transaction may turn out to be stored after a restart, complete;
    /// in every other failure it is not stored.
    result<void> commit(const Transaction& transaction) override;
    [[nodiscard]] Space space() const override;
    [[nodiscard]] LaneState lane(Lane lane) const override;
    /// Damaged rows are left out like removed ones, and counted in damaged_rows().
    result<std::vector<OutboxEvent>> events(Lane lane, std::uint64_t first, std::uint64_t last,
                                            std::size_t limit) override;
    result<std::optional<AnsweredCommand>> answer(std::string_view command_id) override;
    result<std::vector<NoticeRow>> notices_about(std::string_view subject) override;
    result<std::vector<Said>> consents() override;
    /// Retention uses `now`, which must be trustworthy: do not call with a clock that may be
    /// years ahead.
    result<bool> maintain(Instant now) override;

    /// From memory and the file's header; its cost does not grow with the store, only with the
    /// number of unfinished alerts.
    [[nodiscard]] result<StoreFigures> figures() const;

    /// For questions beyond the port, on the same thread and connection.
    [[nodiscard]] StoreReader& reader();
    [[nodiscard]] std::uint64_t damaged_rows() const;

private:
    struct Impl;
    explicit SqliteJournal(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace anju::store
