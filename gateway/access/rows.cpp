#include "access/rows.hpp"

#include "access/console_db.hpp"
#include "access/personal.hpp"

namespace anju::access {

using store::RowView;
using store::SealedRow;
using store::Statement;

namespace {

std::string select(std::string_view columns, std::string_view table, std::string_view rest = {}) {
    std::string out("SELECT ");
    out.append(columns).append(" FROM ").append(table);
    if (!rest.empty()) out.append(1, ' ').append(rest);
    return out;
}

std::string joined(const Scope& scope) {
    std::string out;
    for (const std::string& code : scope.codes) out += code + '\n';
    return out;
}

Scope parse_scope(std::string_view text) {
    Scope out;
    for (std::size_t end = 0; (end = text.find('\n')) != text.npos; text.remove_prefix(end + 1)) {
        out.codes.emplace_back(text.substr(0, end));
    }
    return out;
}

constexpr std::int64_t never = -1;

/// Reads everything; the seals speak by throwing.
template <class Row>
void read_all(store::Database& db, std::string_view columns, std::string_view table, Row row) {
    Statement rows(db, select(columns, table));
    while (rows.step()) static_cast<void>(row(rows));
}

ChainEnd end_row(const Statement& statement) {
    RowView row(statement, "audit_ends");
    row.bytes();
    ChainEnd out;
    out.place = row.integer();
    out.hash = row.bytes();
    if (!row.intact()) ConsoleDb::damaged_row("audit_ends");
    return out;
}

}  // namespace

AccountRow account_row(const Statement& statement) {
    RowView row(statement, "accounts");
    AccountRow out;
    Account& account = out.account;
    account.id = AccountId{row.integer()};
    account.name = row.bytes();
    row.bytes();
    account.shown = row.bytes();
    account.role = static_cast<AccountRole>(row.integer());
    account.scope = parse_scope(row.bytes());
    account.worker = WorkerId{std::string(row.bytes())};
    account.disabled = row.integer() != 0;
    account.language = static_cast<text::Language>(row.integer());
    account.must_change_password = row.integer() != 0;
    account.created = from_unix_ms(row.integer());
    if (const std::int64_t at = row.integer(); at != never) account.last_login = from_unix_ms(at);
    out.hash = row.bytes();
    if (!row.intact()) ConsoleDb::damaged_row("accounts");
    account.has_password = !out.hash.empty();
    return out;
}

void write(store::Database& db, const AccountRow& row) {
    Statement insert(db, "INSERT OR REPLACE INTO accounts(" + std::string(account_columns) +
                             ") VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14)");
    const Account& account = row.account;
    SealedRow(insert, "accounts")
        .integer(account.id.value)
        .text(account.name)
        .text(folded_of(db, account.name))
        .text(account.shown)
        .integer(std::int64_t{static_cast<std::uint8_t>(account.role)})
        .text(joined(account.scope))
        .text(account.worker.value)
        .integer(std::int64_t{account.disabled})
        .integer(std::int64_t{static_cast<std::uint8_t>(account.language)})
        .integer(std::int64_t{account.must_change_password})
        .integer(to_unix_ms(account.created))
        .integer(account.last_login ? to_unix_ms(*account.last_login) : never)
        .text(row.hash)
        .run();
}

std::optional<AccountRow> load_account(store::Database& db, AccountId id) {
    Statement row(db, select(account_columns, "accounts", "WHERE id = ?1"));
    row.bind(1, id.value);
    if (!row.step()) return std::nullopt;
    return account_row(row);
}

std::optional<AccountRow> load_account(store::Database& db, std::string_view name) {
    Statement row(db, select(account_columns, "accounts", "WHERE folded = ?1"));
    row.bind_text(1, folded_of(db, name));
    if (!row.step()) return std::nullopt;
    return account_row(row);
}

Session session_row(const Statement& statement) {
    RowView row(statement, "sessions");
    Session out;
    out.key = row.bytes();
    out.account = AccountId{row.integer()};
    out.created = from_unix_ms(row.integer());
    out.seen = from_unix_ms(row.integer());
    out.peer = row.bytes();
    if (!row.intact()) ConsoleDb::damaged_row("sessions");
    return out;
}

void write(store::Database& db, const Session& session) {
    Statement insert(db, "INSERT OR REPLACE INTO sessions(" + std::string(session_columns) +
                             ") VALUES(?1,?2,?3,?4,?5,?6)");
    SealedRow(insert, "sessions")
        .blob(session.key)
        .integer(session.account.value)
        .integer(to_unix_ms(session.created))
        .integer(to_unix_ms(session.seen))
        .text(session.peer)
        .run();
}

OnceRow once_row(const Statement& statement) {
    RowView row(statement, "once");
    OnceRow out;
    out.key = row.bytes();
    out.account = AccountId{row.integer()};
    out.made = from_unix_ms(row.integer());
    out.until = from_unix_ms(row.integer());
    if (!row.intact()) ConsoleDb::damaged_row("once");
    return out;
}

void write(store::Database& db, const OnceRow& row) {
    Statement insert(db, "INSERT OR REPLACE INTO once(" + std::string(once_columns) +
                             ") VALUES(?1,?2,?3,?4,?5)");
    SealedRow(insert, "once")
        .blob(row.key)
        .integer(row.account.value)
        .integer(to_unix_ms(row.made))
        .integer(to_unix_ms(row.until))
        .run();
}

ChainEnd load_end(store::Database& db, std::string_view what) {
    Statement row(db, select("what, id, hash, crc", "audit_ends", "WHERE what = ?1"));
    row.bind_text(1, what);
    return row.step() ? end_row(row) : ChainEnd{};
}

void write(store::Database& db, std::string_view what, const ChainEnd& end) {
    Statement insert(db,
                     "INSERT OR REPLACE INTO audit_ends(what, id, hash, crc) VALUES(?1,?2,?3,?4)");
    SealedRow(insert, "audit_ends").text(what).integer(end.place).blob(end.hash).run();
}

std::optional<std::string> broken_seals(store::Database& db) {
    try {
        read_all(db, account_columns, "accounts", account_row);
        read_all(db, session_columns, "sessions", session_row);
        read_all(db, once_columns, "once", once_row);
        read_all(db, "what, id, hash, crc", "audit_ends", end_row);
    } catch (const store::SqliteError& error) {
        if (!error.damage()) throw;
        return error.what();
    }
    return std::nullopt;
}

}  // namespace anju::access
