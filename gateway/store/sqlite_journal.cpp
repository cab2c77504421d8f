#include "store/sqlite_journal.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

#include "core/codec/codec.hpp"
#include "store/ballast.hpp"
#include "store/copies.hpp"
#include "store/database.hpp"
#include "store/eraser.hpp"
#include "store/files.hpp"
#include "store/guarded.hpp"
#include "store/lock_file.hpp"
#include "store/open_store.hpp"
#include "store/placing.hpp"
#include "store/retention.hpp"
#include "store/rows.hpp"
#include "store/sealing.hpp"
#include "store/state.hpp"
#include "store/writer.hpp"

namespace anju::store {

namespace {

constexpr std::uint64_t checkpoint_bytes = 4'000'000;  // what one checkpoint in maintain() moves
constexpr std::uint64_t runaway_bytes = 64'000'000;    // then a commit checkpoints by itself
constexpr std::uint64_t wal_file_limit = 16'000'000;   // a longer file is cut after a checkpoint
constexpr Duration expire_every = std::chrono::minutes{1};
constexpr int relief_steps = 8;  // when a commit finds the disk full

}  // namespace

struct SqliteJournal::Impl {
    Impl(Options given, LockFile held, Files where, Ballast weight, OpenedStore store)
        : options(std::move(given)),
          lock(std::move(held)),
          files(std::move(where)),
          ballast(std::move(weight)),
          db(std::move(store.db)),
          notes(std::move(store.notes)),
          meta(*db),
          state(load_state(*db, meta)),
          clock(meta, state.engine_time),
          writer(*db, meta, options.rejected_limit),
          retention(*db, meta, options),
          eraser(*db, meta),
          reader(*db),
          alarm_events(*db, events_sql(Lane::alarm)),
          bulk_events(*db, events_sql(Lane::bulk)),
          command(*db, sql::select(sql::commands, "commands", "WHERE id = ?1")) {}

    static std::string events_sql(Lane lane) {
        return sql::select(sql::outbox, outbox_table(lane),
                           "WHERE seq BETWEEN ?1 AND ?2 ORDER BY seq LIMIT ?3");
    }

    [[nodiscard]] std::uint64_t room() const {
        return options.free_bytes ? options.free_bytes() : free_bytes(files.folder);
    }

    /// A checkpoint has to enlarge the database file by what so far is in the WAL only. Begun
    /// without that room it fails and keeps what it has taken, so that nothing is left for
    /// commits.
    [[nodiscard]] bool can_checkpoint() {
        const auto becomes = static_cast<std::uint64_t>(db->number("PRAGMA page_count") *
                                                        db->number("PRAGMA page_size"));
        const std::uint64_t is = size_of(db->file());
        return becomes <= is || room() >= becomes - is;
    }

    /// False: a reader still needs old pages, or there is no room.
    bool checkpoint(bool cut) {
        if (!can_checkpoint()) return false;
        const auto done = db->checkpoint(cut);
        if (done.complete) moved_frames = cut ? 0 : done.frames;
        return done.complete;
    }

    /// A step of what residents asked to be erased. True: there is more to do soon.
    bool erase(Instant now) {
        auto erasure = eraser.pending();
        if (!erasure) return false;
        if (eraser.sweep(*erasure, state)) return true;
        if (!copies.erase()) return false;  // tried again at every step
        if (!eraser.overwrites()) {
            if (room() < 2 * size_of(db->file())) return false;  // tried again at every step
            eraser.rewrite();
        }
        if (!checkpoint(true) || size_of(wal_of(db->file())) != 0) return false;
        // `now` is epoch 0 while no clock was ever trusted.
        eraser.finish(*erasure, std::max({now, state.engine_time, erasure->wanted_at}));
        return true;
    }

    /// So much that the ballast comes back and everything is taken again.
    [[nodiscard]] std::uint64_t comfortable() const {
        return 2 * ballast.bytes() + wal_file_limit / 64;
    }

    /// Everything that can be given up, dearest last. Failures leave the rest to be tried.
    void make_room() {
        full = true;
        const bool had_ballast = ballast.present() && ballast.bytes() > 0;
        ballast.give_up();
        const bool gone = copies.give_up(!had_ballast, [this] { return room() >= comfortable(); });
        try {
            checkpoint(true);
            if (gone && room() >= comfortable()) return;  // no reading has to go
            for (int step = 0; step < relief_steps && retention.relieve(state); ++step) {}
            checkpoint(true);
        } catch (const SqliteError& error) {
            if (!error.disk_full()) throw;
        }
    }

    void checkpoint_wal() {
        // The hook counts frames since the WAL was last started from its beginning.
        if (db->wal_frames() < moved_frames) moved_frames = 0;
        if (db->wal_bytes(db->wal_frames() - moved_frames) < checkpoint_bytes) return;
        checkpoint(size_of(wal_of(db->file())) > wal_file_limit);
    }

    bool keep_house(Instant now) {
        clock.pass(now);
        checkpoint_wal();
        bool more = erase(now);
        more |= sealing_left.step(now);
        if (now < expired_at || now - expired_at >= expire_every || expire_more) {
            expire_more = retention.expire(clock, state);
            expired_at = now;
            more |= expire_more;
        }
        if (retention.used_bytes() > options.max_bytes) {
            checkpoint(true);
            over_bound = retention.used_bytes() > options.max_bytes && !retention.relieve(state) &&
                         !retention.drop_unacknowledged_bulk(state);
            more |= !over_bound;
        } else {
            over_bound = false;
        }
        more |= retention.shrink();
        regain_room();
        return more;
    }

    /// Twice the ballast: what is regained must not be lost again by regaining it.
    void regain_room() {
        if ((ballast.present() && !full) || room() < comfortable()) return;
        if (ballast.restore()) full = false;
    }

    Options options;
    LockFile lock;
    Files files;
    Ballast ballast;
    std::unique_ptr<Database> db;
    std::vector<std::string> notes;
    Meta meta;
    State state;
    ClockJumps clock;
    Writer writer;
    Retention retention;
    Eraser eraser;
    StoreReader reader;
    Statement alarm_events;
    Statement bulk_events;
    Statement command;
    std::uint64_t dropped_before = state.bulk_dropped;  ///< by earlier runs
    int moved_frames = 0;
    Instant expired_at{};
    bool expire_more = false;
    bool full = false;        ///< a commit found no room and none has been regained since
    bool over_bound = false;  ///< max_bytes is exceeded by what must not be deleted
    Copies copies{files};
    SealingLeft sealing_left{*db, files, options.keys, [this] { return room(); }};
    std::uint64_t damaged_rows = 0;
};

SqliteJournal::SqliteJournal(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
SqliteJournal::~SqliteJournal() {
    bool may_checkpoint = false;  // as closing does
    try {
        may_checkpoint = impl_->can_checkpoint();
    } catch (const SqliteError&) {
        // Nothing is lost with the WAL left as it is; the next opening meets the cause.
    }
    if (!may_checkpoint) impl_->db->leave_wal_on_close();
}

result<std::unique_ptr<SqliteJournal>> SqliteJournal::open(Options options, Instant now,
                                                           std::uint32_t entropy) {
    std::error_code failed;
    if (std::filesystem::create_directories(options.data_dir, failed)) {
        std::filesystem::permissions(options.data_dir, std::filesystem::perms::owner_all, failed);
    }
    if (failed) {
        return Error{"cannot make the folder: " + failed.message(), options.data_dir.string(),
                     "check the path and this user's rights"};
    }
    close_folder_to_others(options.data_dir);
    Files files(options.data_dir);
    auto lock = LockFile::acquire(files.lock());
    if (!lock) return lock.error();
    std::error_code ignored;  // copies in clear of an interrupted restore: nobody holds them
    std::filesystem::remove_all(files.restoring(), ignored);
    Ballast ballast(files.ballast(), options.ballast_bytes);
    const auto placed = finish_placing(files, ballast);
    if (!placed) return placed.error();
    auto store = open_store(options, files, ballast, now, entropy);
    if (!store) return store.error();
    if (*placed) store->notes.push_back(**placed);
    try {
        auto impl = std::make_unique<Impl>(std::move(options), std::move(*lock), std::move(files),
                                           std::move(ballast), std::move(*store));
        impl->regain_room();
        if (!impl->ballast.present()) {
            impl->notes.emplace_back("the disk is nearly full: only alarms are taken");
        }
        return std::unique_ptr<SqliteJournal>(new SqliteJournal(std::move(impl)));
    } catch (const SqliteError& error) {
        return error.to_error("cannot read the store", options.data_dir);
    }
}

result<Recovery> SqliteJournal::recover() {
    Recovery out;
    const State& state = impl_->state;
    out.epoch = state.epoch;
    out.last_input = state.last_input;
    out.engine_time = state.engine_time;
    out.new_epoch = state.new_epoch;
    out.notes = impl_->notes;
    if (state.bulk_dropped > 0) {
        out.notes.push_back(std::to_string(state.bulk_dropped) +
                            " bulk events were dropped before the district had them, because " +
                            "max_bytes was exceeded");
    }
    out.last_notice = state.last_notice;
    auto notices = impl_->reader.unfinished_notices();
    if (!notices) return notices.error();
    out.notices = std::move(*notices);
    auto checkpoints = impl_->reader.newest_checkpoints();
    if (!checkpoints) return checkpoints.error();
    out.checkpoints = std::move(*checkpoints);
    try {
        Statement drivers(*impl_->db, sql::select(sql::driver_state, "driver_state", ""));
        while (drivers.step()) {
            const auto bytes = read_bytes(drivers, "driver_state");
            if (!bytes) continue;
            if (drivers.integer(0) == sql::driver_state_row) out.driver_state = *bytes;
            if (drivers.integer(0) == sql::proposals_row) out.proposals = *bytes;
        }
        Statement owed(*impl_->db, sql::select(sql::salvaged, "salvaged", "ORDER BY id"));
        while (owed.step()) {
            const auto bytes = read_bytes(owed, "salvaged");
            auto decision = bytes ? decode_decision(*bytes) : std::nullopt;
            if (decision) {
                out.salvaged.push_back(std::move(*decision));
            } else {
                ++impl_->damaged_rows;
            }
        }
    } catch (const SqliteError& error) {
        return error.to_error("cannot read the store", impl_->db->file());
    }
    return out;
}

result<void> SqliteJournal::inputs_after(std::uint64_t after,
                                         const std::function<bool(const JournalEntry&)>& visit) {
    return impl_->reader.inputs_after(after, visit);
}

result<void> SqliteJournal::commit(const Transaction& transaction) {
    if (auto wrong = check_numbers(transaction, impl_->state); !wrong) return wrong;
    for (bool again = false;; again = true) {
        try {
            impl_->clock.pass(transaction.now);  // before: the commit overwrites the old time
            impl_->writer.write(transaction, impl_->state);
            break;
        } catch (const SqliteError& error) {
            if (!error.disk_full() || again) {
                return error.to_error("cannot commit", impl_->db->file());
            }
        }
        try {
            impl_->make_room();
        } catch (const SqliteError& error) {
            return error.to_error("cannot make room", impl_->db->file());
        }
    }
    try {
        if (impl_->db->wal_bytes(impl_->db->wal_frames()) < runaway_bytes) return {};
        impl_->checkpoint(true);
    } catch (const SqliteError&) {
        // The transaction is durable; maintain() will meet the cause again and report it.
    }
    return {};
}

Space SqliteJournal::space() const {
    const bool low = impl_->full || impl_->over_bound || !impl_->ballast.present();
    return low ? Space::low : Space::ample;
}

LaneState SqliteJournal::lane(Lane lane) const {
    return impl_->state.lanes[lane].state();
}

result<std::vector<OutboxEvent>> SqliteJournal::events(Lane lane, std::uint64_t first,
                                                       std::uint64_t last, std::size_t limit) {
    Statement& rows = lane == Lane::alarm ? impl_->alarm_events : impl_->bulk_events;
    using Out = std::vector<OutboxEvent>;
    return guarded<Out>(*impl_->db, "cannot read the outbox", [&]() -> result<Out> {
        Out out;
        rows.bind(1, static_cast<std::int64_t>(first));
        rows.bind(2, static_cast<std::int64_t>(std::min<std::uint64_t>(last, INT64_MAX)));
        rows.bind(3, static_cast<std::int64_t>(limit));
        while (rows.step()) {
            if (auto event = read_event(rows, lane)) {
                out.push_back(std::move(*event));
            } else {
                ++impl_->damaged_rows;
            }
        }
        rows.reset();
        return out;
    });
}

result<std::optional<AnsweredCommand>> SqliteJournal::answer(std::string_view command_id) {
    using Out = std::optional<AnsweredCommand>;
    return guarded<Out>(*impl_->db, "cannot read the commands", [&]() -> result<Out> {
        Statement& row = impl_->command;
        row.bind_text(1, command_id);
        const bool there = row.step();
        Out out = there ? read_command(row) : Out{};
        if (there && !out) ++impl_->damaged_rows;
        row.reset();
        return out;
    });
}

result<std::vector<NoticeRow>> SqliteJournal::notices_about(std::string_view subject) {
    return impl_->reader.notices_about(subject);
}

result<std::vector<Journal::Said>> SqliteJournal::consents() {
    return impl_->reader.consents();
}

result<bool> SqliteJournal::maintain(Instant now) {
    try {
        return impl_->keep_house(now);
    } catch (const SqliteError& error) {
        if (!error.disk_full()) return error.to_error("cannot keep house", impl_->db->file());
    }
    try {
        const std::uint64_t before = impl_->room();
        impl_->make_room();
        return impl_->room() > before;  // without any more, again at once would come to the same
    } catch (const SqliteError& error) {
        return error.to_error("cannot make room", impl_->db->file());
    }
}

result<StoreFigures> SqliteJournal::figures() const {
    Database& db = *impl_->db;
    return guarded<StoreFigures>(db, "cannot read the figures", [&]() -> result<StoreFigures> {
        const auto number = [&](const char* sql) {
            return static_cast<std::uint64_t>(db.number(sql));
        };
        StoreFigures out;
        out.last_input = impl_->state.last_input;
        out.alerts = impl_->state.alerts;
        out.alerts_unfinished = number("SELECT count(*) FROM alerts WHERE state < 8");
        out.rejected = impl_->state.rejected;
        out.bulk_dropped = impl_->state.bulk_dropped - impl_->dropped_before;
        out.copies_given_up = impl_->copies.given_up();
        const std::uint64_t page = number("PRAGMA page_size");
        out.database_bytes = number("PRAGMA page_count") * page;
        out.free_bytes = number("PRAGMA freelist_count") * page;
        out.wal_bytes = size_of(wal_of(db.file()));
        out.sealing_owed = sealing_owed(db, impl_->options.keys.get());
        return out;
    });
}

StoreReader& SqliteJournal::reader() {
    return impl_->reader;
}

std::uint64_t SqliteJournal::damaged_rows() const {
    return impl_->damaged_rows + impl_->reader.damaged_rows();
}

}  // namespace anju::store
