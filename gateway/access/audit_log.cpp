#include "access/audit_log.hpp"

#include <algorithm>
#include <utility>

#include "access/audit_rows.hpp"
#include "access/characters.hpp"
#include "access/personal.hpp"
#include "access/rows.hpp"
#include "access/secret.hpp"

namespace anju::access {

using store::Statement;

namespace {

constexpr bool both[] = {false, true};

std::string_view head_of(bool passing) {
    return passing ? "passing_head" : "head";
}
std::string_view cut_of(bool passing) {
    return passing ? "passing_cut" : "cut";
}
/// How many rows a chain has.
std::int64_t length(store::Database& db, bool passing) {
    return load_end(db, head_of(passing)).place - load_end(db, cut_of(passing)).place;
}
constexpr std::int64_t pruned_at_once = 5000;
/// Rows of an account among which the same view is looked for.
constexpr std::int64_t looked_back = 256;
/// A step of making room: some milliseconds, and then a hundred entries cost nothing.
constexpr std::int64_t cut_at_once = 128;

void add_number(std::string& to, std::int64_t value) {
    auto rest = static_cast<std::uint64_t>(value);
    for (int i = 0; i < 8; ++i, rest >>= 8U) to += static_cast<char>(rest & 0xffU);
}

std::string chained(std::string_view before, const AuditRow& row) {
    std::string text(before);
    add_number(text, row.id);
    add_number(text, to_unix_ms(row.at));
    add_number(text, row.what.account.value);
    for (const std::string* one :
         {&row.what.name, &row.what.action, &row.what.subject, &row.what.detail, &row.what.peer}) {
        add_number(text, static_cast<std::int64_t>(one->size()));
        text += *one;
    }
    return sha256(text);
}

AuditEntry bounded(const AuditEntry& entry) {
    return {entry.account,
            fitted(entry.name, 64),
            fitted(entry.action, 64),
            fitted(entry.subject, 128),
            fitted(entry.detail, 1024),
            fitted(entry.peer, 64),
            entry.passing};
}

}  // namespace

result<void> AuditLog::add(const AuditEntry& entry, Instant now) {
    return db_.change<result<void>>("cannot write the audit", [&]() -> result<void> {
        store::Database& db = db_.database();
        const std::string_view end = head_of(entry.passing);
        ChainEnd head = load_end(db, end);
        const AuditRow row{load_end(db, head_of(!entry.passing)).place + head.place + 1,
                           head.place + 1, now, bounded(entry)};
        head = {row.place, chained(head.hash, row)};
        write(db, row, head.hash);
        write(db, end, head);
        hold_bounds();
        return {};
    });
}

result<void> AuditLog::add_view(const AuditEntry& said, Instant now) {
    return db_.change<result<void>>("cannot write the audit", [&]() -> result<void> {
        AuditEntry entry = bounded(said);
        entry.passing = true;
        const std::string sought = sought_of(db_.database(), entry.subject);
        // By the account and not by the subject: lists are looked at by everybody.
        Statement last(db_.database(),
                       "SELECT at, sought, action, detail, id FROM audit WHERE account = ?1 "
                       "ORDER BY id DESC LIMIT ?2");
        last.bind(1, entry.account.value);
        last.bind(2, looked_back);
        while (last.step()) {
            if (last.bytes(1) != sought || last.bytes(2) != entry.action ||
                audit_detail(db_.database(), last.integer(4), last.bytes(3)) != entry.detail) {
                continue;
            }
            const Instant at = from_unix_ms(last.integer(0));
            if (now >= at && now - at < options_.one_view) return {};
            break;
        }
        last.reset();
        return add(entry, now);
    });
}

result<AuditPage> AuditLog::page(const AuditQuery& query) {
    return db_.read<result<AuditPage>>("cannot read the audit", [&]() -> result<AuditPage> {
        const std::size_t limit = std::clamp<std::size_t>(query.limit, 1, 500);
        std::string sql = "SELECT " + std::string(audit_columns) + " FROM audit WHERE id < ?1";
        if (query.account) sql += " AND account = ?3";
        if (query.subject) sql += " AND sought = ?4";
        sql += " ORDER BY id DESC LIMIT ?2";
        Statement rows(db_.database(), sql);
        rows.bind(1, query.before.value_or(INT64_MAX));
        rows.bind(2, static_cast<std::int64_t>(limit) + 1);
        if (query.account) rows.bind(3, query.account->value);
        if (query.subject) rows.bind_text(4, sought_of(db_.database(), *query.subject));
        AuditPage out;
        while (rows.step()) {
            if (out.rows.size() == limit) {
                out.next = out.rows.back().id;
                break;
            }
            out.rows.push_back(audit_row(rows).row);
        }
        return out;
    });
}

result<std::uint64_t> AuditLog::prune(Instant now) {
    using Out = result<std::uint64_t>;
    return db_.change<Out>("cannot prune the audit", [&]() -> Out {
        store::Database& db = db_.database();
        std::uint64_t gone = 0;
        for (const bool passing : both) {
            const std::int64_t first = load_end(db, cut_of(passing)).place + 1;
            Statement rows(db,
                           "SELECT place, at FROM audit WHERE passing = ?1 AND place >= ?2 "
                           "ORDER BY place LIMIT ?3");
            rows.bind(1, passing ? 1 : 0);
            rows.bind(2, first);
            rows.bind(3, pruned_at_once);
            std::int64_t last = first - 1;
            // Up to the first row that stays: times may go back, places do not.
            while (rows.step() && now - from_unix_ms(rows.integer(1)) > options_.keep) {
                last = rows.integer(0);
            }
            rows.reset();
            if (last < first) continue;
            cut_through(passing, last);
            gone += static_cast<std::uint64_t>(last - first + 1);
        }
        return gone;
    });
}

void AuditLog::hold_bounds() {
    store::Database& db = db_.database();
    const std::int64_t rows[] = {length(db, false), length(db, true)};
    const auto most = static_cast<std::int64_t>(options_.most_rows);
    const bool passing = rows[1] > most / 4 || rows[1] > rows[0];
    const std::int64_t here = rows[passing ? 1 : 0];
    std::int64_t surplus = std::clamp<std::int64_t>(rows[0] + rows[1] - most, 0, here);
    const std::int64_t used =
        (db.number("PRAGMA page_count") - db.number("PRAGMA freelist_count")) *
        db.number("PRAGMA page_size");
    if (used > static_cast<std::int64_t>(options_.most_bytes)) {
        const std::int64_t spare = here - static_cast<std::int64_t>(options_.least_rows);
        surplus = std::max(surplus, std::min(spare, cut_at_once));
    }
    if (surplus <= 0) return;
    cut_through(passing, load_end(db, cut_of(passing)).place + surplus);
    removed_ += static_cast<std::uint64_t>(surplus);
}

result<AuditLog::Figures> AuditLog::figures() {
    return db_.read<result<Figures>>("cannot read the audit", [&]() -> result<Figures> {
        store::Database& db = db_.database();
        const std::int64_t rows = length(db, false) + length(db, true);
        return Figures{static_cast<std::uint64_t>(rows), removed_, options_.most_bytes};
    });
}

void AuditLog::cut_through(bool passing, std::int64_t place) {
    store::Database& db = db_.database();
    Statement last(db, "SELECT " + std::string(audit_columns) +
                           " FROM audit WHERE passing = ?1 AND place = ?2");
    last.bind(1, passing ? 1 : 0);
    last.bind(2, place);
    // Without it the rows that stay could be checked against nothing.
    if (!last.step()) ConsoleDb::damaged_row("audit");
    write(db, cut_of(passing), ChainEnd{place, audit_row(last).hash});
    last.reset();
    Statement gone(db, "DELETE FROM audit WHERE passing = ?1 AND place <= ?2");
    gone.bind(1, passing ? 1 : 0);
    gone.bind(2, place);
    gone.run();
}

void AuditLog::verify(bool passing, AuditVerdict& out) {
    store::Database& db = db_.database();
    ChainEnd at = load_end(db, cut_of(passing));
    Statement rows(db, "SELECT " + std::string(audit_columns) +
                           " FROM audit WHERE passing = ?1 ORDER BY place, id");
    rows.bind(1, passing ? 1 : 0);
    std::int64_t last = 0;
    const auto is_broken = [&out](std::int64_t id) {
        if (!out.broken || id < *out.broken) out.broken = id;
    };
    while (rows.step()) {
        const StoredAudit stored = audit_row(rows);
        const AuditRow& row = stored.row;
        ++out.rows;
        std::string hash = chained(at.hash, row);
        const std::int64_t missing = row.place - at.place - 1;
        if (missing != 0 || stored.altered || hash != stored.hash) {
            return is_broken(std::max(last + 1, row.id - std::max<std::int64_t>(missing, 0)));
        }
        at = {row.place, std::move(hash)};
        last = row.id;
    }
    const ChainEnd head = load_end(db, head_of(passing));
    if (at.place != head.place || at.hash != head.hash) is_broken(last + 1);
}

result<AuditVerdict> AuditLog::verify() {
    return db_.read<result<AuditVerdict>>("cannot read the audit", [&]() -> result<AuditVerdict> {
        AuditVerdict out;
        std::string heads;
        for (const bool passing : both) {
            verify(passing, out);
            heads += load_end(db_.database(), head_of(passing)).hash;
        }
        out.head = sha256(heads);
        return out;
    });
}

}  // namespace anju::access
