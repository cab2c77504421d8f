// Who looked at whom, and who changed what: rows that are added and never altered, each sealed by
// SHA-256 over the row before it in its chain and itself. Whoever alters or takes out a row has to
// make all that follow anew, and whoever wrote down the heads earlier sees it. It is no defence
// against root.
//
// There are two chains: what was changed, and what passes (looks, refusals, coming and going). Of
// the latter anybody can make as many as they like; where room is wanted they go first, so that
// nobody can push out what was changed.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "access/account.hpp"
#include "access/console_db.hpp"

namespace anju::access {

/// Longer texts are cut: name, action, peer at 64 bytes, subject at 128, detail at 1024.
struct AuditEntry {
    AccountId account = {};    ///< 0: nobody who is logged in
    std::string name;          ///< of the account then, or what was typed as one
    std::string action;        ///< "login", "view_resident", "alert.close" …
    std::string subject = {};  ///< "resident:R1", "alert:H1-3", "account:7" …
    std::string detail = {};   ///< no secrets, no health data
    std::string peer = {};     ///< address of the client
    bool passing = false;      ///< changes nothing: a look, a refusal, a login
};

struct AuditRow {
    std::int64_t id{};     ///< 1, 2, 3 … over both chains, never given twice
    std::int64_t place{};  ///< in its chain, without gaps
    Instant at{};
    AuditEntry what;
};

struct AuditQuery {
    std::size_t limit = 50;                   ///< 1..500
    std::optional<std::int64_t> before = {};  ///< ids below this one
    std::optional<AccountId> account = {};
    std::optional<std::string> subject = {};
};

struct AuditPage {
    std::vector<AuditRow> rows;             ///< newest first
    std::optional<std::int64_t> next = {};  ///< AuditQuery::before of the next page
};

struct AuditVerdict {
    std::uint64_t rows{};                     ///< looked at
    std::optional<std::int64_t> broken = {};  ///< a row that is not what was written, or is missing
    std::string head;                         ///< SHA-256 of both chains' newest rows, 32 bytes
};

/// Loop thread.
class AuditLog {
public:
    struct Options {
        /// Of both chains. Beyond them, or `most_bytes`, the oldest rows go: those that pass while
        /// they are more than a quarter of all, else those of changes.
        std::uint64_t most_rows = 400'000;
        /// Of the database, which holds little else that grows; for them no chain loses its newest
        /// `least_rows`.
        std::uint64_t most_bytes = 250'000'000;
        std::uint64_t least_rows = 1000;
        std::chrono::hours keep{24 * 365 * 3};
        std::chrono::minutes one_view{10};
    };

    /// `db` must outlive it.
    explicit AuditLog(ConsoleDb& db) : AuditLog(db, Options{}) {}
    AuditLog(ConsoleDb& db, Options options) : db_(db), options_(options) {}

    /// Inside of ConsoleDb::change() it is kept together with the change it speaks of, or neither
    /// is.
    [[nodiscard]] result<void> add(const AuditEntry& entry, Instant now);
    /// The same, but not again for `one_view` when the same account did the same to the same
    /// subject with the same detail, among its last 256 rows: a screen that is open refreshes
    /// itself.
    [[nodiscard]] result<void> add_view(const AuditEntry& entry, Instant now);

    [[nodiscard]] result<AuditPage> page(const AuditQuery& query);

    /// Takes out rows older than `keep`, 5000 at most of a chain a call; the first row that stays
    /// is still checked against the last one that went. For once an hour while the clock is
    /// synchronised: a clock set forward by years would take out everything. add() holds
    /// `most_rows` and `most_bytes` by itself.
    [[nodiscard]] result<std::uint64_t> prune(Instant now);

    /// Goes through all rows, on the loop: for an operator who asks. Tells of rows altered, taken
    /// out or put in.
    [[nodiscard]] result<AuditVerdict> verify();

    struct Figures {
        std::uint64_t rows{};
        std::uint64_t removed{};  ///< for want of room, since the start
        std::uint64_t most_bytes{};
    };
    /// Reads single rows.
    [[nodiscard]] result<Figures> figures();

private:
    void cut_through(bool passing, std::int64_t place);
    void hold_bounds();
    void verify(bool passing, AuditVerdict& out);

    ConsoleDb& db_;
    Options options_;
    std::uint64_t removed_ = 0;
};

}  // namespace anju::access
