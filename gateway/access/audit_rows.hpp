// Rows of the audit, both ways. Private to this module; throws SqliteError.
#pragma once

#include <string>
#include <string_view>

#include "access/audit_log.hpp"
#include "store/statement.hpp"

namespace anju::access {

inline constexpr std::string_view audit_columns =
    "id, at, account, name, action, subject, detail, peer, hash, passing, place, sought";
inline constexpr int audit_column_count = 12;

struct StoredAudit {
    AuditRow row;
    std::string hash;
    /// The row is not as it was written: a field was sealed for another place, or what it is looked
    /// up by is not its subject. What cannot be read is "?".
    bool altered = false;
};

[[nodiscard]] StoredAudit audit_row(const store::Statement& row);
void write(store::Database& db, const AuditRow& row, std::string_view hash);
/// The detail of a row, opened; empty when it does not open.
[[nodiscard]] std::string audit_detail(const store::Database& db, std::int64_t id,
                                       std::string_view stored);

}  // namespace anju::access
