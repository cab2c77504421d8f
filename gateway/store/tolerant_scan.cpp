#include "store/tolerant_scan.hpp"

#include <algorithm>
#include <string>

namespace anju::store {

namespace {

// Rowids count from 1 in every table, so a damaged page hides few numbers; steps double until
// they reach behind it.
constexpr std::int64_t largest_step = std::int64_t{1} << 40;

/// Ascending from behind `after`; returns true at the end of the table, false at damage.
bool forward(Statement& rows, int rowid, std::int64_t& after, std::int64_t& reached,
             const std::function<void(const Statement&)>& visit) {
    rows.bind(1, after);
    try {
        while (rows.step()) {
            if (reached == 0) reached = rows.integer(rowid);
            after = rows.integer(rowid);
            visit(rows);
        }
        rows.reset();
        return true;
    } catch (const SqliteError& error) {
        if (!error.damage()) throw;
        return false;
    }
}

/// Descending between two rowids, exclusive, until damage.
void backward(Statement& rows, std::int64_t low, std::int64_t high,
              const std::function<void(const Statement&)>& visit) {
    rows.bind(1, low);
    rows.bind(2, high);
    try {
        while (rows.step()) visit(rows);
        rows.reset();
    } catch (const SqliteError& error) {
        if (!error.damage()) throw;
    }
}

bool scan(Database& db, std::string_view table, std::string_view columns,
          const std::function<void(const Statement&)>& visit) {
    const std::string head = "SELECT " + std::string(columns) + ", rowid FROM " +
                             std::string(table) + " NOT INDEXED WHERE rowid > ?1";
    Statement up(db, head + " ORDER BY rowid");
    Statement down(db, head + " AND rowid < ?2 ORDER BY rowid DESC");
    const int rowid = static_cast<int>(std::count(columns.begin(), columns.end(), ',')) + 1;

    std::int64_t last_good = 0;
    std::int64_t after = 0;
    bool complete = true;
    for (std::int64_t step = 1; step < largest_step; step *= 2) {
        std::int64_t reached = 0;
        const bool end = forward(up, rowid, after, reached, visit);
        if (reached != 0) {
            backward(down, last_good, reached, visit);
            last_good = after;
            step = 1;
        }
        if (end) return complete;
        complete = false;
        after += step;
    }
    return false;
}

}  // namespace

bool tolerant_scan(Database& db, std::string_view table, std::string_view columns,
                   const std::function<void(const Statement&)>& visit) {
    try {
        return scan(db, table, columns, visit);
    } catch (const SqliteError& error) {
        if (!error.damage()) throw;
        return false;  // not even the table's definition is readable
    }
}

}  // namespace anju::store
