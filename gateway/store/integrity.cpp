#include "store/integrity.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <memory>
#include <mutex>
#include <system_error>
#include <thread>

#include "store/meta.hpp"
#include "store/rows.hpp"
#include "store/schema.hpp"
#include "store/state.hpp"

namespace anju::store {

namespace {

constexpr Table sealed_tables[] = {
    {"meta", "key, value, crc", 3},
    {"journal", sql::journal, 5},
    {"decisions", sql::decisions, 8},
    {"alerts", sql::alerts, 9},
    {"outbox_alarm", sql::outbox, 4},
    {"outbox_bulk", sql::outbox, 4},
    {"acknowledged", "lane, first, last, crc", 4},
    {"checkpoints", sql::checkpoints, 6},
    {"commands", sql::commands, 5},
    {"rejected", sql::rejected, 7},
    {"driver_state", sql::driver_state, 3},
    {"salvaged", sql::salvaged, 3},
    {"notices", sql::notices, 6},
    {"consents", sql::consents, 4},
    {"erasures", sql::erasures, 14},
};

std::optional<std::string> check_trees(Database& db) {
    Statement check(db, "PRAGMA integrity_check(1)");
    if (!check.step()) return "integrity_check gave no answer";
    const std::string answer(check.bytes(0));
    if (answer == "ok") return std::nullopt;
    return answer;
}

/// The trees on a thread and a connection of their own, which see the file as it is when this is
/// made. Trees and seals take about as long as each other, and a start waits for both.
class TreeCheck {
public:
    explicit TreeCheck(Database& db) : db_(db) {
        try {
            beside_ = std::make_unique<Database>(db.beside());
            beside_->leave_wal_on_close();
            beside_->execute("PRAGMA cell_size_check=ON; PRAGMA trusted_schema=OFF");
            sqlite3_progress_handler(
                beside_->handle(), operations,
                [](void* steps) {
                    ++*static_cast<std::atomic<std::uint64_t>*>(steps);
                    return 0;
                },
                &steps_);
            thread_ = std::thread([this] { run(*beside_); });
        } catch (const SqliteError&) {
            beside_.reset();  // on the connection that there is, then, which says why
        } catch (const std::system_error&) {
            beside_.reset();  // no thread to be had
        }
    }
    ~TreeCheck() {
        if (!thread_.joinable()) return;
        sqlite3_interrupt(beside_->handle());  // something else was found meanwhile
        thread_.join();
    }
    TreeCheck(const TreeCheck&) = delete;
    TreeCheck& operator=(const TreeCheck&) = delete;

    /// Waits. Throws what the check has met.
    std::optional<std::string> damage(const std::function<void()>& getting_on) {
        if (!beside_) return check_trees(db_);
        std::unique_lock lock(mutex_);
        for (std::uint64_t seen = steps_; !done_; seen = steps_) {
            ended_.wait_for(lock, look_every, [this] { return done_; });
            if (getting_on && steps_ != seen) getting_on();
        }
        lock.unlock();
        thread_.join();
        if (!failure_) return damage_;
        try {
            std::rethrow_exception(failure_);
        } catch (const SqliteError& error) {
            if (error.damage()) throw;
        }
        return check_trees(db_);  // that connection lacked something: on the one that there is
    }

private:
    void run(Database& db) {
        try {
            damage_ = check_trees(db);
        } catch (...) {
            failure_ = std::current_exception();
        }
        const std::lock_guard lock(mutex_);
        done_ = true;
        ended_.notify_one();
    }

    static constexpr int operations = 20'000;  // of SQLite's machine
    static constexpr std::chrono::milliseconds look_every{500};

    Database& db_;
    std::unique_ptr<Database> beside_;
    std::optional<std::string> damage_;
    std::exception_ptr failure_;
    std::atomic<std::uint64_t> steps_ = 0;
    std::mutex mutex_;
    std::condition_variable ended_;
    bool done_ = false;
    std::thread thread_;
};

std::optional<std::string> check_seals(Database& db, const Table& table, const std::string& rest) {
    Statement rows(db, sql::select(table.columns, table.name, rest));
    std::uint64_t broken = 0;
    std::uint64_t misplaced = 0;
    while (rows.step()) {
        const Soundness found = soundness(rows, table.name, table.count);
        if (found == Soundness::damaged) ++broken;
        if (found == Soundness::misplaced) ++misplaced;
    }
    if (broken > 0) return std::to_string(broken) + " damaged rows in " + std::string(table.name);
    if (misplaced == 0) return std::nullopt;
    return std::to_string(misplaced) + " rows in " + std::string(table.name) +
           " hold fields that were not sealed there: somebody has altered the file";
}

/// Inputs from here on are checked, both seals and that none is missing.
std::uint64_t journal_start(Database& db, const State& state, std::uint64_t base,
                            std::size_t rows) {
    std::uint64_t start = state.last_input > rows ? state.last_input - rows : 0;
    if (db.number("SELECT EXISTS (SELECT 1 FROM checkpoints)") != 0) {
        start = std::min(start, static_cast<std::uint64_t>(
                                    db.number("SELECT min(newest) FROM (SELECT max(seq) AS newest "
                                              "FROM checkpoints GROUP BY household)")));
    }
    return std::max(start, base);
}

std::optional<std::string> check_journal(Database& db, const State& state, std::uint64_t base,
                                         std::size_t rows) {
    const std::uint64_t start = journal_start(db, state, base, rows);
    const std::string from = "WHERE seq > " + std::to_string(start);
    const auto found =
        static_cast<std::uint64_t>(db.number(("SELECT count(*) FROM journal " + from).c_str()));
    if (found != state.last_input - start) return "inputs are missing from the journal";
    return check_seals(db, {"journal", sql::journal, 5}, from);
}

/// What the district has not acknowledged must be there to be sent, unless it was dropped.
std::optional<std::string> check_outbox(Database& db, const State& state, Lane lane) {
    const LaneBook& all = state.lanes[lane];
    const std::uint64_t dropped = lane == Lane::bulk ? state.bulk_dropped_through : 0;
    const LaneBook book(all.head(), std::max(all.through(), dropped), all.ranges());
    Statement rows(db, "SELECT seq FROM " + std::string(outbox_table(lane)) + " WHERE seq > ?1");
    rows.bind(1, static_cast<std::int64_t>(book.through()));
    std::uint64_t found = 0;
    while (rows.step()) {
        if (!book.acknowledged(static_cast<std::uint64_t>(rows.integer(0)))) ++found;
    }
    if (found == book.state().unacknowledged) return std::nullopt;
    return "unacknowledged events are missing from " + std::string(outbox_table(lane));
}

std::optional<std::string> check_rows(Database& db, std::size_t journal_rows) {
    for (const Table& table : tables()) {
        if (table.name == "journal") continue;
        if (auto damage = check_seals(db, table, "")) return damage;
    }
    Meta meta(db);
    const State state = load_state(db, meta);
    const auto base = static_cast<std::uint64_t>(meta.get_or(key::journal_base, 0));
    if (auto damage = check_journal(db, state, base, journal_rows)) return damage;
    for (const Lane lane : all_lanes) {
        if (auto damage = check_outbox(db, state, lane)) return damage;
    }
    return std::nullopt;
}

/// Nothing goes by a table whose tree is damaged: SQLite's word about it is damage too.
std::optional<std::string> check_content(Database& db, std::size_t journal_rows) {
    try {
        return check_rows(db, journal_rows);
    } catch (const SqliteError& error) {
        if (!error.damage()) throw;
        return error.what();
    }
}

std::optional<std::string> check_all(Database& db, std::size_t journal_rows,
                                     const std::function<void()>& getting_on) {
    if (db.number("PRAGMA application_id") != application_id) return "the header is not ours";
    TreeCheck trees(db);
    auto damage = check_content(db, journal_rows);
    // What the trees say is nearer to the cause.
    if (auto broken = trees.damage(getting_on)) return broken;
    return damage;
}

}  // namespace

std::span<const Table> tables() {
    return sealed_tables;
}

std::optional<std::string> find_damage(Database& db, std::size_t journal_rows,
                                       const std::function<void()>& getting_on) {
    try {
        return check_all(db, journal_rows, getting_on);
    } catch (const SqliteError& error) {
        if (!error.damage()) throw;
        return error.what();
    }
}

}  // namespace anju::store
