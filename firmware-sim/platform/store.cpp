#include "firmware-sim/platform/store.hpp"

#include <sqlite3.h>

#include <utility>

#include "firmware-sim/report.hpp"

namespace anju::sim {

namespace {

constexpr auto schema = R"(
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    CREATE TABLE IF NOT EXISTS event(
        id INTEGER PRIMARY KEY, gateway TEXT NOT NULL, epoch INTEGER NOT NULL,
        lane INTEGER NOT NULL, seq INTEGER NOT NULL, batch INTEGER NOT NULL,
        received_ns INTEGER NOT NULL, bytes BLOB NOT NULL, UNIQUE(gateway, epoch, lane, seq));
    CREATE TABLE IF NOT EXISTS batch(id INTEGER PRIMARY KEY, committed_ns INTEGER NOT NULL);
    CREATE TABLE IF NOT EXISTS stream(
        gateway TEXT NOT NULL, epoch INTEGER NOT NULL, lane INTEGER NOT NULL,
        received INTEGER NOT NULL, duplicates INTEGER NOT NULL, head INTEGER NOT NULL,
        unacknowledged INTEGER NOT NULL, PRIMARY KEY(gateway, epoch, lane)) WITHOUT ROWID;
)";

/// A statement that resets itself for its next use.
class Statement {
public:
    Statement(sqlite3* db, const char* sql) {
        ::sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement_, nullptr);
    }
    ~Statement() { ::sqlite3_finalize(statement_); }
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    template <class... Values>
    bool run(const Values&... values) {
        bind(values...);
        const bool ok = statement_ != nullptr && ::sqlite3_step(statement_) == SQLITE_DONE;
        ::sqlite3_reset(statement_);
        return ok;
    }
    bool row() { return statement_ != nullptr && ::sqlite3_step(statement_) == SQLITE_ROW; }

    [[nodiscard]] std::int64_t integer(int column) const {
        return ::sqlite3_column_int64(statement_, column);
    }
    [[nodiscard]] std::uint64_t count(int column) const {
        return static_cast<std::uint64_t>(integer(column));
    }
    [[nodiscard]] std::string text(int column) const {
        const void* data = ::sqlite3_column_blob(statement_, column);
        const auto size = static_cast<std::size_t>(::sqlite3_column_bytes(statement_, column));
        return data == nullptr ? std::string{} : std::string(static_cast<const char*>(data), size);
    }
    [[nodiscard]] StreamKey stream() const {  ///< of the first three columns
        return {text(0), count(1), static_cast<v1::Lane>(integer(2))};
    }

private:
    template <class... Values>
    void bind(const Values&... values) {
        int index = 0;
        (bind_one(++index, values), ...);
    }
    void bind_one(int index, std::int64_t value) { ::sqlite3_bind_int64(statement_, index, value); }
    void bind_one(int index, std::uint64_t value) {
        ::sqlite3_bind_int64(statement_, index, static_cast<std::int64_t>(value));
    }
    void bind_one(int index, v1::Lane value) { ::sqlite3_bind_int(statement_, index, value); }
    void bind_one(int index, const std::string& value) {
        ::sqlite3_bind_text(statement_, index, value.data(), static_cast<int>(value.size()),
                            SQLITE_STATIC);
    }

    sqlite3_stmt* statement_ = nullptr;
};

}  // namespace

struct PlatformStore::Impl {
    explicit Impl(std::filesystem::path path) : file(std::move(path)) {}
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;
    ~Impl() { ::sqlite3_close_v2(db); }

    [[nodiscard]] Error failure(const char* what) const {
        return {std::string(what) + ": " + ::sqlite3_errmsg(db), file.string(),
                "check the disk and that no other platform has this file open"};
    }
    bool exec(const char* sql) const {
        return ::sqlite3_exec(db, sql, nullptr, nullptr, nullptr) == SQLITE_OK;
    }

    std::filesystem::path file;
    sqlite3* db = nullptr;
    std::int64_t last_batch = 0;
    std::int64_t last_commit_ns = 0;
    bool commit_time_written = true;
};

PlatformStore::PlatformStore(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
PlatformStore::PlatformStore(PlatformStore&&) noexcept = default;
PlatformStore& PlatformStore::operator=(PlatformStore&&) noexcept = default;
PlatformStore::~PlatformStore() = default;

result<PlatformStore> PlatformStore::open(const std::filesystem::path& file, Mode mode) {
    auto impl = std::make_unique<Impl>(file);
    const int flags =
        mode == Mode::read ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    if (::sqlite3_open_v2(file.c_str(), &impl->db, flags, nullptr) != SQLITE_OK) {
        return impl->failure("cannot open the platform's file");
    }
    ::sqlite3_busy_timeout(impl->db, 5000);
    if (mode == Mode::write && !impl->exec(schema)) {
        return impl->failure("cannot prepare the platform's file");
    }
    Statement newest(impl->db, "SELECT max(batch) FROM event");
    if (!newest.row()) return impl->failure("this is not a platform's file");
    impl->last_batch = newest.integer(0);
    return PlatformStore(std::move(impl));
}

result<void> PlatformStore::commit(const std::vector<StoredEvent>& events,
                                   const std::vector<StreamCount>& counts) {
    auto& self = *impl_;
    bool ok = self.exec("BEGIN IMMEDIATE");
    if (ok && !self.commit_time_written) {
        Statement time(self.db, "INSERT OR REPLACE INTO batch VALUES(?, ?)");
        ok = time.run(self.last_batch, self.last_commit_ns);
    }
    if (ok && !events.empty()) {
        Statement insert(self.db,
                         "INSERT OR IGNORE INTO event(gateway, epoch, lane, seq, batch, "
                         "received_ns, bytes) VALUES(?, ?, ?, ?, ?, ?, ?)");
        for (const auto& event : events) {
            ok = ok && insert.run(event.stream.gateway, event.stream.epoch, event.stream.lane,
                                  event.seq, self.last_batch + 1, event.received_ns, event.bytes);
        }
    }
    if (ok && !counts.empty()) {
        Statement count(self.db,
                        "INSERT INTO stream VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO "
                        "UPDATE SET received = received + ?4, duplicates = duplicates + ?5, "
                        "head = iif(?6 = 0, head, ?6), "
                        "unacknowledged = iif(?6 = 0, unacknowledged, ?7)");
        for (const auto& each : counts) {
            ok = ok && count.run(each.stream.gateway, each.stream.epoch, each.stream.lane,
                                 each.received, each.duplicates, each.head, each.unacknowledged);
        }
    }
    if (!ok || !self.exec("COMMIT")) {
        auto error = self.failure("cannot commit");
        self.exec("ROLLBACK");
        return error;
    }
    self.commit_time_written = events.empty();
    if (events.empty()) return {};
    ++self.last_batch;
    self.last_commit_ns = real_now_ns();
    return {};
}

result<void> PlatformStore::write_commit_time() {
    if (impl_->commit_time_written) return {};
    return commit({}, {});
}

result<void> PlatformStore::events(const std::function<bool(const StoredEvent&)>& visit) const {
    Statement select(impl_->db,
                     "SELECT gateway, epoch, lane, seq, received_ns, committed_ns, bytes FROM "
                     "event LEFT JOIN batch ON batch.id = event.batch ORDER BY event.id");
    while (select.row()) {
        if (!visit({select.stream(), select.count(3), select.integer(4), select.integer(5),
                    select.text(6)})) {
            return {};
        }
    }
    if (::sqlite3_errcode(impl_->db) != SQLITE_DONE) return impl_->failure("cannot read");
    return {};
}

result<std::vector<StoredEvent>> PlatformStore::newest(std::size_t limit) const {
    const auto sql =
        "SELECT gateway, epoch, lane, seq, received_ns, 0, bytes FROM (SELECT * FROM event "
        "ORDER BY id DESC LIMIT " +
        std::to_string(limit) + ") ORDER BY id";
    Statement select(impl_->db, sql.c_str());
    std::vector<StoredEvent> out;
    while (select.row()) {
        out.push_back({select.stream(), select.count(3), select.integer(4), select.integer(5),
                       select.text(6)});
    }
    if (::sqlite3_errcode(impl_->db) != SQLITE_DONE) return impl_->failure("cannot read");
    return out;
}

result<void> PlatformStore::identities(
    const std::function<void(const StreamKey&, std::uint64_t seq)>& visit) const {
    Statement select(impl_->db,
                     "SELECT gateway, epoch, lane, seq FROM event ORDER BY gateway, epoch, lane, "
                     "seq");
    while (select.row()) visit(select.stream(), select.count(3));
    if (::sqlite3_errcode(impl_->db) != SQLITE_DONE) return impl_->failure("cannot read");
    return {};
}

result<std::vector<StreamCount>> PlatformStore::counts() const {
    Statement select(impl_->db,
                     "SELECT gateway, epoch, lane, received, duplicates, head, unacknowledged FROM "
                     "stream ORDER BY gateway, epoch, lane");
    std::vector<StreamCount> out;
    while (select.row()) {
        out.push_back(
            {select.stream(), select.count(3), select.count(4), select.count(5), select.count(6)});
    }
    if (::sqlite3_errcode(impl_->db) != SQLITE_DONE) return impl_->failure("cannot read");
    return out;
}

std::int64_t PlatformStore::last_commit_ns() const {
    return impl_->last_commit_ns;
}

}  // namespace anju::sim
