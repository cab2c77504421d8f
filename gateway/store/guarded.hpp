// The border between SQLite's exceptions and results.
#pragma once

#include "base/result.hpp"
#include "store/database.hpp"

namespace anju::store {

/// Runs `body`, turning SqliteError into Error.
template <class T, class Body>
result<T> guarded(Database& db, const char* what, Body body) {
    try {
        return body();
    } catch (const SqliteError& error) {
        return error.to_error(what, db.file());
    }
}

}  // namespace anju::store
