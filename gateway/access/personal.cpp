#include "access/personal.hpp"

#include <utility>
#include <vector>

#include "access/audit_log.hpp"
#include "access/audit_rows.hpp"
#include "access/characters.hpp"
#include "access/rows.hpp"

namespace anju::access {
namespace {

using store::Statement;
using vault::Form;

// Who did what stays countable without a key: accounts by number, actions, times. The chain of the
// audit is sealed as well, for a name can be guessed and compared with its hash.
constexpr store::PersonalField fields[] = {
    {"accounts", "name", 1, 1, Form::text},  {"accounts", "shown", 3, 1, Form::text},
    {"accounts", "hash", 12, 1, Form::text}, {"sessions", "peer", 4, 1, Form::text},
    {"audit", "name", 3, 1, Form::text},     {"audit", "subject", 5, 1, Form::text},
    {"audit", "detail", 6, 1, Form::text},   {"audit", "peer", 7, 1, Form::text},
    {"audit", "hash", 8, 1, Form::blob},     {"audit_ends", "hash", 2, 1, Form::blob},
};

const store::SealedTable tables[] = {
    {{"accounts", account_columns, 14}},
    {{"sessions", session_columns, 6}},
    {{"audit", audit_columns, audit_column_count}, false},
    {{"audit_ends", "what, id, hash, crc", 4}},
};

constexpr std::int64_t rows_at_once = 1000;

std::string in_its_place(const store::Database& db, std::string_view value,
                         std::string_view column) {
    const auto& keys = db.personal().keys;
    return keys ? keys->lookup(value, column) : std::string(value);
}

void renew_accounts(store::Database& db) {
    std::vector<AccountRow> all;
    Statement rows(db, "SELECT " + std::string(account_columns) + " FROM accounts");
    while (rows.step()) all.push_back(account_row(rows));
    rows.reset();
    store::Atomic atomic(db);
    for (const AccountRow& row : all) write(db, row);
    atomic.commit();
}

void renew_audit(store::Database& db) {
    Statement rows(db, "SELECT " + std::string(audit_columns) +
                           " FROM audit WHERE id > ?1 ORDER BY id LIMIT ?2");
    Statement update(db, "UPDATE audit SET sought = ?2 WHERE id = ?1");
    for (std::int64_t after = 0;;) {
        std::vector<std::pair<std::int64_t, std::string>> found;
        rows.bind(1, after);
        rows.bind(2, rows_at_once);
        while (rows.step()) {
            const StoredAudit stored = audit_row(rows);
            found.emplace_back(stored.row.id, sought_of(db, stored.row.what.subject));
        }
        rows.reset();
        if (found.empty()) return;
        after = found.back().first;
        store::Atomic atomic(db);
        for (const auto& [id, sought] : found) {
            update.bind(1, id);
            update.bind_text(2, sought);
            update.run();
        }
        atomic.commit();
    }
}

}  // namespace

std::span<const store::PersonalField> console_fields() {
    return fields;
}

std::span<const store::SealedTable> console_tables() {
    return tables;
}

std::string folded_of(const store::Database& db, std::string_view name) {
    return in_its_place(db, lower(name), "accounts.folded");
}

std::string sought_of(const store::Database& db, std::string_view subject) {
    return in_its_place(db, subject, "audit.sought");
}

void renew_lookups(store::Database& db) {
    renew_accounts(db);
    renew_audit(db);
}

}  // namespace anju::access
