#include "store/statement.hpp"

#include <sqlite3.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <utility>

namespace anju::store {

Statement::Statement(Database& db, std::string_view sql) : db_(&db) {
    sqlite3_stmt* prepared = nullptr;
    const int code = sqlite3_prepare_v3(db.handle(), sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &prepared, nullptr);
    if (code != SQLITE_OK) db.fail(code);
    statement_.reset(prepared);
}

void Statement::Finalize::operator()(sqlite3_stmt* statement) const {
    sqlite3_finalize(statement);
}

void Statement::bind(int at, std::int64_t value) {
    const int code = sqlite3_bind_int64(statement_.get(), at, value);
    if (code != SQLITE_OK) db_->fail(code);
}

void Statement::bind_text(int at, std::string_view value) {
    // A null pointer would bind NULL; an empty view may hold one.
    const char* data = value.data() == nullptr ? "" : value.data();
    const int code = sqlite3_bind_text64(statement_.get(), at, data, value.size(), SQLITE_TRANSIENT,
                                         SQLITE_UTF8);
    if (code != SQLITE_OK) db_->fail(code);
}

void Statement::bind_blob(int at, std::string_view value) {
    const char* data = value.data() == nullptr ? "" : value.data();
    const int code =
        sqlite3_bind_blob64(statement_.get(), at, data, value.size(), SQLITE_TRANSIENT);
    if (code != SQLITE_OK) db_->fail(code);
}

void Statement::bind_column(int at, const Statement& row, int column) {
    const int code = sqlite3_bind_value(statement_.get(), at,
                                        sqlite3_column_value(row.statement_.get(), column));
    if (code != SQLITE_OK) db_->fail(code);
}

bool Statement::step() {
    const int code = sqlite3_step(statement_.get());
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    const SqliteError error(code, sqlite3_system_errno(db_->handle()),
                            sqlite3_errmsg(db_->handle()));
    sqlite3_reset(statement_.get());
    throw error;
}

void Statement::run() {
    while (step()) {}
    reset();
}

void Statement::reset() {
    sqlite3_reset(statement_.get());
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(statement_.get(), column);
}

bool Statement::is_integer(int column) const {
    return sqlite3_column_type(statement_.get(), column) == SQLITE_INTEGER;
}

std::string_view Statement::bytes(int column) const {
    const void* data = sqlite3_column_blob(statement_.get(), column);
    const int size = sqlite3_column_bytes(statement_.get(), column);
    if (data == nullptr || size <= 0) return {};
    return {static_cast<const char*>(data), static_cast<std::size_t>(size)};
}

void Seal::add(std::int64_t value) {
    std::array<unsigned char, 8> raw{};
    auto rest = static_cast<std::uint64_t>(value);
    for (unsigned char& byte : raw) {
        byte = static_cast<unsigned char>(rest & 0xffU);
        rest >>= 8U;
    }
    gather(raw.data(), raw.size());
}

void Seal::add(std::string_view value) {
    add(static_cast<std::int64_t>(value.size()));
    gather(value.data(), value.size());
}

void Seal::gather(const void* data, std::size_t size) {
    if (size == 0) return;  // zlib begins anew when it is given nothing
    const auto* const bytes = static_cast<const unsigned char*>(data);
    if (size > gathered_.size() - filled_) {
        crc_ = ::crc32_z(crc_, gathered_.data(), filled_);
        filled_ = 0;
    }
    if (size > gathered_.size()) {
        crc_ = ::crc32_z(crc_, bytes, size);
        return;
    }
    std::memcpy(gathered_.data() + filled_, bytes, size);
    filled_ += size;
}

std::int64_t Seal::value() const {
    return static_cast<std::int64_t>(::crc32_z(crc_, gathered_.data(), filled_));
}

namespace {

const PersonalField* field_at(std::span<const PersonalField> fields, int column) {
    const auto at = std::ranges::find(fields, column, &PersonalField::column);
    return at == fields.end() ? nullptr : &*at;
}

/// Whether the column in this place says which row it is.
bool identifies(std::span<const PersonalField> fields, int column) {
    return !fields.empty() && column < fields.front().identity;
}

}  // namespace

RowIdentity identity_of(const Statement& row, std::span<const PersonalField> fields) {
    RowIdentity out;
    for (int column = 0; identifies(fields, column); ++column) {
        if (row.is_integer(column)) {
            out.add(row.integer(column));
        } else {
            out.add(row.bytes(column));
        }
    }
    return out;
}

SealedRow::SealedRow(Statement& statement, std::string_view table)
    : statement_(statement), seal_(table), personal_(statement.database().personal().of(table)) {}

SealedRow& SealedRow::integer(std::int64_t value) {
    if (identifies(personal_, next_ - 1)) row_.add(value);
    statement_.bind(next_++, value);
    seal_.add(value);
    return *this;
}

std::string_view SealedRow::stored(std::string_view value) {
    const int column = next_ - 1;
    if (identifies(personal_, column)) row_.add(value);
    const PersonalField* const field = field_at(personal_, column);
    if (field == nullptr || (field->stays_open != nullptr && field->stays_open(value))) {
        return value;
    }
    sealed_ = statement_.database().personal().keys->seal(value, row_.place(*field), field->form);
    return sealed_;
}

SealedRow& SealedRow::text(std::string_view value) {
    const std::string_view column = stored(value);
    statement_.bind_text(next_++, column);
    seal_.add(column);
    return *this;
}

SealedRow& SealedRow::blob(std::string_view value) {
    const std::string_view column = stored(value);
    statement_.bind_blob(next_++, column);
    seal_.add(column);
    return *this;
}

void SealedRow::run() {
    statement_.bind(next_, seal_.value());
    statement_.run();
}

void SealedRow::run_without_checksum() {
    statement_.run();
}

RowView::RowView(const Statement& statement, std::string_view table)
    : statement_(statement), seal_(table), personal_(statement.database().personal().of(table)) {}

std::int64_t RowView::integer() {
    const std::int64_t value = statement_.integer(next_);
    if (identifies(personal_, next_)) row_.add(value);
    ++next_;
    seal_.add(value);
    return value;
}

std::string_view RowView::bytes() {
    const int column = next_++;
    const std::string_view value = statement_.bytes(column);
    seal_.add(value);
    if (personal_.empty()) return value;
    if (identifies(personal_, column)) row_.add(value);
    return content(value, column);
}

std::string_view RowView::content(std::string_view stored, int column) {
    const PersonalField* const field = field_at(personal_, column);
    if (field == nullptr) return stored;
    const Personal& personal = statement_.database().personal();
    if (may_stay_open(personal, *field, stored)) return stored;
    auto plain = opened(personal, *field, row_, stored);
    if (plain) return opened_.emplace_front(std::move(*plain));
    refused_ = true;
    return {};
}

}  // namespace anju::store
