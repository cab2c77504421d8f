#include "access/audit_rows.hpp"

#include <algorithm>

#include "access/personal.hpp"

namespace anju::access {

using store::Statement;

StoredAudit audit_row(const Statement& statement) {
    store::RowView view(statement, "audit");
    StoredAudit out;
    out.row.id = view.integer();
    out.row.at = from_unix_ms(view.integer());
    AuditEntry& what = out.row.what;
    what.account = AccountId{view.integer()};
    for (std::string* one : {&what.name, &what.action, &what.subject, &what.detail, &what.peer}) {
        *one = view.bytes();
        if (view.refused() && one->empty()) *one = "?";
    }
    out.hash = view.bytes();
    what.passing = view.integer() != 0;
    out.row.place = view.integer();
    out.altered = view.refused() || view.bytes() != sought_of(statement.database(), what.subject);
    return out;
}

void write(store::Database& db, const AuditRow& row, std::string_view hash) {
    Statement insert(db, "INSERT INTO audit(" + std::string(audit_columns) +
                             ") VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12)");
    store::SealedRow(insert, "audit")
        .integer(row.id)
        .integer(to_unix_ms(row.at))
        .integer(row.what.account.value)
        .text(row.what.name)
        .text(row.what.action)
        .text(row.what.subject)
        .text(row.what.detail)
        .text(row.what.peer)
        .blob(hash)
        .integer(std::int64_t{row.what.passing})
        .integer(row.place)
        .text(sought_of(db, row.what.subject))
        .run_without_checksum();
}

std::string audit_detail(const store::Database& db, std::int64_t id, std::string_view stored) {
    const store::Personal& personal = db.personal();
    const auto fields = personal.of("audit");
    const auto field = std::ranges::find(fields, "detail", &store::PersonalField::name);
    if (field == fields.end() || may_stay_open(personal, *field, stored)) {
        return std::string(stored);
    }
    store::RowIdentity row;
    row.add(id);
    return opened(personal, *field, row, stored).value_or("");
}

}  // namespace anju::access
