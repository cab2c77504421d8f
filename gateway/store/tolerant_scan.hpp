// Reads a table of a damaged database: in rowid order, stepping over what cannot be read, so
// that one bad page costs its own rows and not those behind it.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "store/statement.hpp"

namespace anju::store {

/// Calls `visit` for every row that SQLite can still reach; whether its seal holds is for the
/// visitor to find out. Each row once, not always in order. `columns` as in namespace sql. True
/// when nothing had to be stepped over.
bool tolerant_scan(Database& db, std::string_view table, std::string_view columns,
                   const std::function<void(const Statement&)>& visit);

}  // namespace anju::store
