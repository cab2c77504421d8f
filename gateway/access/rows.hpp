// Sealed rows of the console's database. Private to this module; inside of ConsoleDb::change() and
// read() only, for they throw SqliteError, also for a row whose seal is broken.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "access/account.hpp"
#include "access/sessions.hpp"
#include "store/statement.hpp"

namespace anju::access {

struct AccountRow {
    Account account;
    std::string hash;  ///< of the password; empty: there is none yet
};

inline constexpr std::string_view account_columns =
    "id, name, folded, shown, role, scope, worker, disabled, language, must_change, created, "
    "last_login, hash, crc";
[[nodiscard]] AccountRow account_row(const store::Statement& row);
/// Inserts it or takes the place of the row of this id.
void write(store::Database& db, const AccountRow& row);
[[nodiscard]] std::optional<AccountRow> load_account(store::Database& db, AccountId id);
[[nodiscard]] std::optional<AccountRow> load_account(store::Database& db, std::string_view name);

inline constexpr std::string_view session_columns = "key, account, created, seen, peer, crc";
[[nodiscard]] Session session_row(const store::Statement& row);
void write(store::Database& db, const Session& session);

struct OnceRow {
    std::string key;
    AccountId account;
    Instant made{};
    Instant until{};
};
inline constexpr std::string_view once_columns = "key, account, made, until, crc";
[[nodiscard]] OnceRow once_row(const store::Statement& row);
void write(store::Database& db, const OnceRow& row);

/// One end of one of the audit's chains.
struct ChainEnd {
    std::int64_t place = 0;
    std::string hash = std::string(32, '\0');
};
[[nodiscard]] ChainEnd load_end(store::Database& db, std::string_view what);
void write(store::Database& db, std::string_view what, const ChainEnd& end);

/// In words; nullopt: every seal holds.
[[nodiscard]] std::optional<std::string> broken_seals(store::Database& db);

}  // namespace anju::access
