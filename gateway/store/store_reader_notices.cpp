// Questions about notices; see store_reader.hpp. A damaged row is left out and counted: a notice
// that cannot be read cannot be sent either, and must not stop the others.
#include "store/database.hpp"
#include "store/store_reader.hpp"

namespace anju::store {
namespace {

constexpr const char* what = "cannot read the notices";

}  // namespace

result<std::vector<NoticeRow>> StoreReader::all_notices(Statement& rows) {
    std::vector<NoticeRow> out;
    while (rows.step()) {
        if (auto notice = read_notice(rows)) {
            out.push_back(std::move(*notice));
        } else {
            ++damaged_rows_;
        }
    }
    return out;
}

result<std::vector<NoticeRow>> StoreReader::unfinished_notices() {
    try {
        Statement rows(db_, sql::select(sql::notices, "notices", "WHERE state <= 2 ORDER BY id"));
        return all_notices(rows);
    } catch (const SqliteError& error) {
        return error.to_error(what, db_.file());
    }
}

result<std::vector<NoticeRow>> StoreReader::notices_about(std::string_view subject) {
    try {
        Statement rows(db_, sql::select(sql::notices, "notices",
                                        "WHERE subject = ?1 AND subject <> '' ORDER BY id"));
        rows.bind_text(1, subject);
        return all_notices(rows);
    } catch (const SqliteError& error) {
        return error.to_error(what, db_.file());
    }
}

result<std::vector<NoticeRow>> StoreReader::notices(Page page) {
    try {
        Statement rows(db_,
                       sql::select(sql::notices, "notices", "ORDER BY id DESC LIMIT ?1 OFFSET ?2"));
        rows.bind(1, static_cast<std::int64_t>(page.limit));
        rows.bind(2, static_cast<std::int64_t>(page.offset));
        return all_notices(rows);
    } catch (const SqliteError& error) {
        return error.to_error(what, db_.file());
    }
}

result<std::optional<NoticeRow>> StoreReader::notice(std::uint64_t id) {
    try {
        Statement rows(db_, sql::select(sql::notices, "notices", "WHERE id = ?1"));
        rows.bind(1, static_cast<std::int64_t>(id));
        const auto found = all_notices(rows);
        if (!found) return found.error();
        if (found->empty()) return std::optional<NoticeRow>{};
        return std::optional<NoticeRow>{found->front()};
    } catch (const SqliteError& error) {
        return error.to_error(what, db_.file());
    }
}

}  // namespace anju::store
