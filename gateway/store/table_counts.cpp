#include "store/table_counts.hpp"

#include <vector>

#include "store/database.hpp"
#include "store/statement.hpp"

namespace anju::store {

result<TableCounts> count_rows(const std::filesystem::path& file) {
    std::error_code none;
    if (!std::filesystem::is_regular_file(file, none)) {
        return Error{"there is no store", file.string(), "see data_dir of the configuration"};
    }
    try {
        Database db({.file = file, .mode = Database::Mode::read_only, .vfs = {}});
        db.leave_wal_on_close();
        TableCounts out;
        out.schema = db.number("PRAGMA user_version");
        out.bytes = db.number("PRAGMA page_count") * db.number("PRAGMA page_size");
        std::vector<std::string> tables;
        Statement names(db,
                        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE "
                        "'sqlite_%'");
        while (names.step()) tables.emplace_back(names.bytes(0));
        for (const std::string& table : tables) {
            out.rows[table] = db.number(("SELECT count(*) FROM \"" + table + "\"").c_str());
        }
        return result<TableCounts>{boost::system::in_place_value, std::move(out)};
    } catch (const SqliteError& error) {
        return error.to_error("cannot count the rows", file);
    }
}

}  // namespace anju::store
