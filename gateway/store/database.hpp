// A connection to SQLite that closes itself. Inside this module SQLite's errors travel as
// SqliteError, because nearly every line can fail and all of them fail the same way; the port
// (sqlite_journal.cpp, store_reader.cpp) turns them into Error and lets none out.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include "base/result.hpp"
#include "store/personal.hpp"

struct sqlite3;

namespace anju::store {

class SqliteError : public std::runtime_error {
public:
    /// `code` is SQLite's extended result code, `system` the errno behind it or 0.
    SqliteError(int code, int system, const std::string& what)
        : std::runtime_error(what), code_(code), system_(system) {}

    [[nodiscard]] int code() const { return code_; }
    [[nodiscard]] bool disk_full() const;  ///< no room, or no quota left
    [[nodiscard]] bool damage() const;     ///< the file's content is at fault, not its surroundings
    [[nodiscard]] bool busy() const;       ///< somebody else holds a lock on the database

    /// For whoever runs the gateway, with the remedy that fits.
    [[nodiscard]] Error to_error(std::string what, const std::filesystem::path& file) const;

private:
    int code_;
    int system_;
};

/// One thread. Neither copied nor moved: statements and the WAL hook point to it.
class Database {
public:
    enum class Mode : std::uint8_t { create, read_write, read_only };
    struct Options {
        std::filesystem::path file;
        Mode mode = Mode::create;
        std::string vfs;  ///< empty: SQLite's default
    };

    explicit Database(Options options);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    void execute(const char* sql);
    /// First column of the first row; 0 when there is none.
    [[nodiscard]] std::int64_t number(const char* sql);
    /// Leaves file and WAL as they are when the connection closes.
    void leave_wal_on_close();
    [[nodiscard]] bool in_transaction() const;
    [[nodiscard]] std::int64_t changes() const;  ///< rows of the last statement

    /// How personal fields of this connection are sealed and opened; nothing until it is said.
    void guard(Personal personal) { personal_ = std::move(personal); }
    [[nodiscard]] const Personal& personal() const { return personal_; }

    /// Frames in the WAL after the last commit of this connection.
    [[nodiscard]] int wal_frames() const { return wal_frames_; }
    /// What so many take of the log: each is a page, and pages are 2 kB in a store of today and 4
    /// kB in one that an earlier program began.
    [[nodiscard]] std::uint64_t wal_bytes(int frames);
    struct Checkpointed {
        bool complete{};  ///< every frame is in the database file
        int frames{};     ///< frames in the WAL
    };
    /// Moves WAL content into the database file; `truncate` empties the WAL file as well. Not
    /// complete when a reader still needs old pages; with `truncate` it waits so long for that one.
    Checkpointed checkpoint(bool truncate, std::chrono::milliseconds patience = {});

    [[nodiscard]] const std::filesystem::path& file() const { return file_; }
    /// Another connection to the same file, which cannot write: for a thread beside.
    [[nodiscard]] Options beside() const { return {file_, Mode::read_only, vfs_}; }
    [[nodiscard]] sqlite3* handle() const { return db_.get(); }
    [[noreturn]] void fail(int code) const;

private:
    struct Close {
        void operator()(sqlite3* db) const;
    };
    std::filesystem::path file_;
    std::string vfs_;
    std::unique_ptr<sqlite3, Close> db_;
    int wal_frames_ = 0;
    std::uint64_t page_bytes_ = 0;  ///< 0: not asked for yet
    Personal personal_;
};

/// A write transaction that is rolled back unless commit() was reached.
class Atomic {
public:
    explicit Atomic(Database& db);
    ~Atomic();
    Atomic(const Atomic&) = delete;
    Atomic& operator=(const Atomic&) = delete;
    void commit();

private:
    Database& db_;
};

}  // namespace anju::store
