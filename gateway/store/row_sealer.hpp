// Brings the rows of one table under the key that seals, some hundred at a time. Private to
// sealing.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "store/database.hpp"
#include "store/sealing.hpp"
#include "store/statement.hpp"

namespace anju::store {

class RowSealer {
public:
    /// Of a guarded database. Both must outlive it.
    RowSealer(Database& db, const SealedTable& what);

    /// The next rows, in a transaction of their own; true: there may be more. What is sealed with
    /// the key already is passed over. Throws SqliteError, with SQLITE_CORRUPT for a damaged row.
    bool step();

private:
    struct Value {
        bool number{};
        std::int64_t integer{};
        std::string bytes;
    };
    struct Row {
        std::int64_t rowid{};
        std::vector<Value> columns;  ///< without the checksum
        bool changed = false;
    };

    [[nodiscard]] std::string update_text() const;
    std::vector<Row> read(std::int64_t after, bool& more);
    Row read_row();
    bool seal(std::string& stored, const PersonalField& field, const RowIdentity& identity);
    void write(const Row& row);

    Database& db_;
    const SealedTable& what_;
    std::span<const PersonalField> fields_;
    int values_;
    Statement rows_;
    Statement update_;
    std::int64_t after_ = 0;
};

}  // namespace anju::store
