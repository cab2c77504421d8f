#include "store/database.hpp"

#include <sqlite3.h>

#include <cerrno>
#include <utility>

#include "store/files.hpp"

namespace anju::store {

namespace {

int primary(int code) {
    return code & 0xff;
}

}  // namespace

bool SqliteError::disk_full() const {
    if (primary(code_) == SQLITE_FULL) return true;
    return primary(code_) == SQLITE_IOERR && (system_ == ENOSPC || system_ == EDQUOT);
}

bool SqliteError::damage() const {
    switch (primary(code_)) {
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
        case SQLITE_FORMAT:
        case SQLITE_ERROR:     // a schema that lacks what every version of it has
        case SQLITE_MISMATCH:  // a column of another type than its declaration
            return true;
        case SQLITE_IOERR:
            return !disk_full() && (code_ == SQLITE_IOERR_READ || code_ == SQLITE_IOERR_DATA ||
                                    code_ == SQLITE_IOERR_CORRUPTFS);
        default:
            return false;
    }
}

bool SqliteError::busy() const {
    return primary(code_) == SQLITE_BUSY || primary(code_) == SQLITE_LOCKED;
}

Error SqliteError::to_error(std::string what, const std::filesystem::path& file) const {
    Error error{std::move(what) + ": " + this->what(), file.string(), ""};
    if (disk_full()) {
        error.remedy = "free space on this file system";
    } else if (busy()) {
        error.remedy = "close the other program that has the store open for writing";
    } else if (damage()) {
        error.remedy = "start anjud: it moves a damaged store aside and saves what is readable";
    } else if (primary(code_) == SQLITE_CANTOPEN || primary(code_) == SQLITE_READONLY ||
               primary(code_) == SQLITE_PERM) {
        error.remedy = "check that the folder exists and that this user may write in it";
    } else if (primary(code_) == SQLITE_IOERR) {
        error.remedy = "check the disk and the kernel's log";
    }
    return error;
}

void Database::Close::operator()(sqlite3* db) const {
    sqlite3_close_v2(db);
}

Database::Database(Options options) : file_(std::move(options.file)), vfs_(std::move(options.vfs)) {
    if (options.mode == Mode::create) {
        create_private(file_);
        for (const auto& file : {file_, wal_of(file_), shm_of(file_)}) close_to_others(file);
    }
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    flags |= options.mode == Mode::read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    if (options.mode == Mode::create) flags |= SQLITE_OPEN_CREATE;
    sqlite3* opened = nullptr;
    const int code =
        sqlite3_open_v2(file_.c_str(), &opened, flags, vfs_.empty() ? nullptr : vfs_.c_str());
    db_.reset(opened);
    if (code != SQLITE_OK) {
        if (!db_) throw SqliteError(code, 0, "out of memory");
        fail(code);
    }
    sqlite3_busy_timeout(db_.get(), 0);
    sqlite3_wal_hook(
        db_.get(),
        [](void* self, sqlite3*, const char*, int frames) {
            static_cast<Database*>(self)->wal_frames_ = frames;
            return SQLITE_OK;
        },
        this);
}

Database::~Database() = default;

std::uint64_t Database::wal_bytes(int frames) {
    constexpr std::uint64_t head_of_frame = 24;
    if (page_bytes_ == 0) page_bytes_ = static_cast<std::uint64_t>(number("PRAGMA page_size"));
    return static_cast<std::uint64_t>(frames) * (page_bytes_ + head_of_frame);
}

void Database::fail(int code) const {
    throw SqliteError(code, sqlite3_system_errno(db_.get()), sqlite3_errmsg(db_.get()));
}

void Database::execute(const char* sql) {
    const int code = sqlite3_exec(db_.get(), sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) fail(code);
}

std::int64_t Database::number(const char* sql) {
    std::int64_t value = 0;
    const auto take = [](void* out, int, char** columns, char**) {
        if (columns[0] != nullptr) *static_cast<std::int64_t*>(out) = std::stoll(columns[0]);
        return 0;
    };
    const int code = sqlite3_exec(db_.get(), sql, take, &value, nullptr);
    if (code != SQLITE_OK) fail(code);
    return value;
}

void Database::leave_wal_on_close() {
    sqlite3_db_config(db_.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

bool Database::in_transaction() const {
    return sqlite3_get_autocommit(db_.get()) == 0;
}

std::int64_t Database::changes() const {
    return sqlite3_changes64(db_.get());
}

Database::Checkpointed Database::checkpoint(bool truncate, std::chrono::milliseconds patience) {
    int frames = -1;
    int moved = -1;
    sqlite3_busy_timeout(db_.get(), static_cast<int>(patience.count()));
    const int code = sqlite3_wal_checkpoint_v2(
        db_.get(), nullptr, truncate ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE,
        &frames, &moved);
    sqlite3_busy_timeout(db_.get(), 0);
    if (primary(code) == SQLITE_BUSY) return {};
    if (code != SQLITE_OK) fail(code);
    return {.complete = frames == moved, .frames = frames < 0 ? 0 : frames};
}

Atomic::Atomic(Database& db) : db_(db) {
    db_.execute("BEGIN IMMEDIATE");
}

Atomic::~Atomic() {
    // After some errors SQLite has rolled back by itself. A rollback that fails leaves a
    // connection on which everything else fails too, which its next user will hear.
    if (db_.in_transaction()) {
        sqlite3_exec(db_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
    }
}

void Atomic::commit() {
    db_.execute("COMMIT");
}

}  // namespace anju::store
