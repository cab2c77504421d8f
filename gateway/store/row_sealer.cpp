#include "store/row_sealer.hpp"

#include <sqlite3.h>

#include <utility>

#include "store/rows.hpp"

namespace anju::store {
namespace {

constexpr std::size_t rows_at_once = 500;
constexpr std::size_t bytes_at_once = 1'000'000;
constexpr std::uint64_t log_before_checkpoint = 8'000'000;

}  // namespace

RowSealer::RowSealer(Database& db, const SealedTable& what)
    : db_(db),
      what_(what),
      fields_(db.personal().of(what.table.name)),
      values_(what.table.count - (what.checksum ? 1 : 0)),
      rows_(db, "SELECT " + std::string(what.table.columns) + ", rowid FROM " +
                    std::string(what.table.name) + " WHERE rowid > ?1 ORDER BY rowid LIMIT " +
                    std::to_string(rows_at_once)),
      update_(db, update_text()) {}

bool RowSealer::step() {
    bool more = false;
    std::vector<Row> rows = read(after_, more);
    if (rows.empty()) return false;
    after_ = rows.back().rowid;
    std::erase_if(rows, [](const Row& row) { return !row.changed; });
    if (rows.empty()) return more;
    Atomic atomic(db_);
    for (const Row& row : rows) write(row);
    atomic.commit();
    if (db_.wal_bytes(db_.wal_frames()) > log_before_checkpoint) {
        static_cast<void>(db_.checkpoint(true));
    }
    return more;
}

std::string RowSealer::update_text() const {
    std::string out = "UPDATE " + std::string(what_.table.name) + " SET ";
    int parameter = 2;
    for (const PersonalField& field : fields_) {
        out += (parameter == 2 ? "" : ", ") + std::string(field.name) + " = ?" +
               std::to_string(parameter);
        ++parameter;
    }
    if (what_.checksum) out += ", crc = ?" + std::to_string(parameter);
    return out + " WHERE rowid = ?1";
}

std::vector<RowSealer::Row> RowSealer::read(std::int64_t after, bool& more) {
    std::vector<Row> out;
    std::size_t bytes = 0;
    rows_.bind(1, after);
    more = false;
    while (rows_.step()) {
        out.push_back(read_row());
        for (const Value& value : out.back().columns) bytes += value.bytes.size();
        more = out.size() == rows_at_once || bytes > bytes_at_once;
        if (more) break;
    }
    rows_.reset();
    return out;
}

RowSealer::Row RowSealer::read_row() {
    if (what_.checksum && !intact(rows_, what_.table.name, what_.table.count)) {
        throw SqliteError(SQLITE_CORRUPT, 0, "a damaged row in " + std::string(what_.table.name));
    }
    Row row;
    row.rowid = rows_.integer(what_.table.count);
    for (int column = 0; column < values_; ++column) {
        Value value{rows_.is_integer(column), 0, {}};
        if (value.number) value.integer = rows_.integer(column);
        if (!value.number) value.bytes = rows_.bytes(column);
        row.columns.push_back(std::move(value));
    }
    const RowIdentity identity = identity_of(rows_, fields_);
    for (const PersonalField& field : fields_) {
        row.changed |=
            seal(row.columns[static_cast<std::size_t>(field.column)].bytes, field, identity);
    }
    return row;
}

bool RowSealer::seal(std::string& stored, const PersonalField& field, const RowIdentity& identity) {
    if (field.stays_open != nullptr && field.stays_open(stored)) return false;
    const Personal& personal = db_.personal();
    auto plain = opened(personal, field, identity, stored);
    if (plain && vault::sealed_by(stored, field.form) == personal.keys->current()) return false;
    stored = personal.keys->seal(plain ? *plain : stored, identity.place(field), field.form);
    return true;
}

void RowSealer::write(const Row& row) {
    Seal checksum(what_.table.name);
    for (const Value& value : row.columns) {
        if (value.number) {
            checksum.add(value.integer);
        } else {
            checksum.add(value.bytes);
        }
    }
    update_.bind(1, row.rowid);
    int parameter = 2;
    for (const PersonalField& field : fields_) {
        const std::string& bytes = row.columns[static_cast<std::size_t>(field.column)].bytes;
        if (field.form == vault::Form::text) {
            update_.bind_text(parameter++, bytes);
        } else {
            update_.bind_blob(parameter++, bytes);
        }
    }
    if (what_.checksum) update_.bind(parameter, checksum.value());
    update_.run();
}

}  // namespace anju::store
