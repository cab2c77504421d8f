#include "store/meta.hpp"

#include <sqlite3.h>

namespace anju::store {

std::string key::acknowledged_through(Lane lane) {
    return "acknowledged_through_" + std::to_string(static_cast<int>(lane));
}

Meta::Meta(Database& db)
    : get_(db, "SELECT key, value, crc FROM meta WHERE key = ?1"),
      set_(db, "INSERT OR REPLACE INTO meta(key, value, crc) VALUES(?1, ?2, ?3)") {}

std::optional<std::int64_t> Meta::get(std::string_view key) {
    get_.bind_text(1, key);
    std::optional<std::int64_t> value;
    if (get_.step()) {
        RowView row(get_, "meta");
        row.bytes();
        value = row.integer();
        const bool intact = row.intact();
        get_.reset();
        if (!intact) throw SqliteError(SQLITE_CORRUPT, 0, "damaged row in meta");
    }
    get_.reset();
    return value;
}

void Meta::set(std::string_view key, std::int64_t value) {
    SealedRow(set_, "meta").text(key).integer(value).run();
}

std::string_view outbox_table(Lane lane) {
    return lane == Lane::alarm ? "outbox_alarm" : "outbox_bulk";
}

}  // namespace anju::store
