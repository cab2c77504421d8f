// Which fields of console.db are sealed, and what is looked up in their place. Private to this
// module.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "store/personal.hpp"
#include "store/sealing.hpp"

namespace anju::access {

[[nodiscard]] std::span<const store::PersonalField> console_fields();
[[nodiscard]] std::span<const store::SealedTable> console_tables();

/// What stands in accounts.folded for a name to log in with: the same for every spelling.
[[nodiscard]] std::string folded_of(const store::Database& db, std::string_view name);
/// What stands in audit.sought for a subject.
[[nodiscard]] std::string sought_of(const store::Database& db, std::string_view subject);

/// Writes both anew under the key that seals now. Throws SqliteError.
void renew_lookups(store::Database& db);

}  // namespace anju::access
