// How much is in a store, for whoever looks after boxes: counts of rows, and not one of them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

#include "base/result.hpp"

namespace anju::store {

struct TableCounts {
    std::int64_t schema{};                     ///< PRAGMA user_version
    std::int64_t bytes{};                      ///< of the database, without its WAL
    std::map<std::string, std::int64_t> rows;  ///< by table
};

/// Opens the file for reading only, beside a gateway that runs. Reads every table once. Any thread.
[[nodiscard]] result<TableCounts> count_rows(const std::filesystem::path& file);

}  // namespace anju::store
