// The file behind the console: accounts, sessions, once-only tokens and the audit.
//
// It is apart from the journal, data_dir/console.db, because a damaged journal is set aside and
// begun anew, and that must not lock out the people who come to look. One writer, WAL, synchronous
// or synced before the answer goes out: what was answered is on the disk. A damaged file is set
// aside too (quarantine/), and the console starts with its setup again; nothing of the watching
// depends on it.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "access/ending.hpp"
#include "base/result.hpp"
#include "core/model/instant.hpp"
#include "store/database.hpp"
#include "store/progress.hpp"
#include "store/schema.hpp"
#include "store/statement.hpp"

namespace anju::access {

/// Loop thread.
class ConsoleDb {
public:
    struct Options {
        std::filesystem::path data_dir;
        std::string vfs = {};  ///< of SQLite; empty: its default
        /// Names are sealed with them; null: they lie open. See store/sealing.hpp.
        std::shared_ptr<const vault::Keys> keys = {};
        store::TellProgress progress = {};  ///< of opening
    };
    struct Opened {
        std::unique_ptr<ConsoleDb> db;
        std::vector<std::string> notes;  ///< what was found and done, for log and status
    };

    /// All steps of this database, as store::migrations() of the journal's.
    [[nodiscard]] static std::span<const store::Migration> migrations();

    /// Makes it when there is none. Refuses a file that only a newer program understands
    /// (store/schema.hpp) and whatever is the fault of the surroundings: rights, a full disk. The
    /// caller holds the lock of the folder.
    [[nodiscard]] static result<Opened> open(const Options& options, Instant now);

    /// Runs `body`, which returns an R (result or outcome), in one transaction: all it changes is
    /// kept, or nothing is when it returns or meets an error. Calls inside of calls join the outer
    /// transaction; an error of an inner one undoes all, whatever the outer one makes of it.
    template <class R, class Body>
    [[nodiscard]] R change(const char* what, Body body);
    /// Runs `body` without a transaction of its own.
    template <class R, class Body>
    [[nodiscard]] R read(const char* what, Body body);

    /// `tell` is called for each session that a change has ended, once that is committed and
    /// before change() returns; it may not change anything here. One listener, or none.
    void on_ending(OnEnding tell) { tell_ = std::move(tell); }
    /// Deletes the sessions of which `where`, with `bind` for its parameters, is true. Inside of
    /// change() only.
    void end_sessions(const char* where, Ending why,
                      const std::function<void(store::Statement&)>& bind);
    /// While one lives, changes are committed without waiting for the disk: they are in the log,
    /// and a power cut may take them until a sync (syncer.hpp). Not inside of change().
    class Unsynced {
    public:
        explicit Unsynced(ConsoleDb& db) : db_(db), before_(db.wait_) { db.wait_ = false; }
        ~Unsynced() { db_.wait_ = before_; }
        Unsynced(const Unsynced&) = delete;
        Unsynced& operator=(const Unsynced&) = delete;

    private:
        ConsoleDb& db_;
        bool before_;
    };
    struct Owed {
        bool asked{};    ///< change() was called
        bool written{};  ///< and changed something
    };
    /// What was committed without waiting since the last call.
    [[nodiscard]] Owed take_unsynced() { return std::exchange(unsynced_, Owed{}); }

    /// Random, 0..2^56-1, and the same as long as the file is: accounts are numbered from 1 again
    /// in one that was begun anew, and number 2 is somebody else then.
    [[nodiscard]] std::int64_t epoch() const { return epoch_; }

    /// Of the file and its log.
    [[nodiscard]] std::uint64_t bytes() const;

    [[nodiscard]] store::Database& database() { return db_; }

    /// Thrown by what reads rows, inside of change() and read() only.
    [[noreturn]] static void damaged_row(const char* table);

private:
    explicit ConsoleDb(store::Database::Options options) : db_(std::move(options)) {}
    class Opening;
    void before_change();
    void after_commit();

    store::Database db_;
    std::int64_t epoch_ = 0;
    bool inside_ = false;
    OnEnding tell_;
    std::vector<std::pair<std::string, Ending>> ended_;  ///< by the change at hand
    bool wait_ = true;                                   ///< for the disk, with each commit
    bool waits_ = true;                                  ///< what SQLite was told last
    Owed unsynced_;
    std::int64_t changes_ = 0;      ///< rows ever changed, after the last commit
    std::optional<Error> spoiled_;  ///< by an inner call; nothing of the outer one is kept
};

template <class R, class Body>
R ConsoleDb::read(const char* what, Body body) {
    try {
        return body();
    } catch (const store::SqliteError& error) {
        return error.to_error(what, db_.file());
    }
}

template <class R, class Body>
R ConsoleDb::change(const char* what, Body body) {
    if (inside_) {
        R out = read<R>(what, body);
        if (!out && !spoiled_) spoiled_ = Error{what, db_.file().string(), "see the first error"};
        return out;
    }
    struct Leave {
        ConsoleDb& db;
        ~Leave() { db.inside_ = false; }
    } const leave{*this};
    inside_ = true;
    spoiled_.reset();
    ended_.clear();
    return read<R>(what, [&]() -> R {
        before_change();
        store::Atomic atomic(db_);
        R out = body();
        if (!out) return out;
        if (spoiled_) return *spoiled_;
        atomic.commit();
        after_commit();
        return out;
    });
}

}  // namespace anju::access
