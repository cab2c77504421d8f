// A prepared statement, and the seal on every row: a CRC-32 over all its columns. SQLite's own
// checks notice a broken tree but not a flipped bit inside a value; of 300 flipped bits
// quick_check saw 33 and the seals 285.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <forward_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "store/database.hpp"
#include "store/personal.hpp"

struct sqlite3_stmt;

namespace anju::store {

/// Positions count from 1 for parameters and from 0 for columns, as in SQLite.
class Statement {
public:
    Statement(Database& db, std::string_view sql);

    void bind(int at, std::int64_t value);
    void bind_text(int at, std::string_view value);              ///< copied
    void bind_blob(int at, std::string_view value);              ///< copied
    void bind_column(int at, const Statement& row, int column);  ///< copied, with its type

    /// True while there is a row. Throws SqliteError, after which the statement is reset.
    bool step();
    void run();  ///< steps to the end and resets
    void reset();
    [[nodiscard]] Database& database() const { return *db_; }

    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] bool is_integer(int column) const;
    /// Text or blob; valid until the next step() or reset().
    [[nodiscard]] std::string_view bytes(int column) const;

private:
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };
    Database* db_;
    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

/// A checksum over a row, against damage and nobody's will (fields are sealed by vault/keys.hpp).
/// What goes into it: the table's name, then integers as eight bytes, little-endian, and
/// strings with their length before them. CRC-32 of IEEE 802.3, as zlib computes it: some bytes at
/// a time, but only of runs that are long enough, and columns are short. So they are gathered
/// first.
class Seal {
public:
    explicit Seal(std::string_view table) { add(table); }
    void add(std::int64_t value);
    void add(std::string_view value);
    [[nodiscard]] std::int64_t value() const;

private:
    void gather(const void* data, std::size_t size);

    std::array<unsigned char, 512> gathered_;  // NOLINT: only what filled_ says is ever read
    std::size_t filled_ = 0;
    unsigned long crc_ = 0;
};

/// Of the current row of a table that has `fields`.
[[nodiscard]] RowIdentity identity_of(const Statement& row, std::span<const PersonalField> fields);

/// Binds the columns of one row in order, personal ones sealed for it, then its checksum.
class SealedRow {
public:
    SealedRow(Statement& statement, std::string_view table);
    SealedRow& integer(std::int64_t value);
    SealedRow& integer(std::uint64_t value) { return integer(static_cast<std::int64_t>(value)); }
    SealedRow& text(std::string_view value);
    SealedRow& blob(std::string_view value);
    void run();  ///< binds the checksum and runs the statement
    void run_without_checksum();

private:
    std::string_view stored(std::string_view value);

    Statement& statement_;
    Seal seal_;
    int next_ = 1;
    std::span<const PersonalField> personal_;
    RowIdentity row_;
    std::string sealed_;
};

/// Reads the columns of the current row in order, personal ones opened; intact() compares with the
/// checksum that follows and must be asked before anything read is used.
class RowView {
public:
    RowView(const Statement& statement, std::string_view table);
    std::int64_t integer();
    std::uint64_t natural() { return static_cast<std::uint64_t>(integer()); }
    /// Valid as long as this and the row of the statement.
    std::string_view bytes();
    /// A field so far is sealed for another place or with a key that is not known, or it is not
    /// sealed where all are.
    [[nodiscard]] bool refused() const { return refused_; }
    [[nodiscard]] bool intact() const {
        return !refused_ && statement_.integer(next_) == seal_.value();
    }

private:
    std::string_view content(std::string_view stored, int column);

    const Statement& statement_;
    Seal seal_;
    int next_ = 0;
    std::span<const PersonalField> personal_;
    RowIdentity row_;
    std::forward_list<std::string> opened_;
    bool refused_ = false;
};

}  // namespace anju::store
