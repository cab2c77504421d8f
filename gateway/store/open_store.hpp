// From a data folder in whatever state to a database that can be trusted.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "core/model/instant.hpp"
#include "store/ballast.hpp"
#include "store/database.hpp"
#include "store/files.hpp"
#include "store/options.hpp"

namespace anju::store {

struct OpenedStore {
    std::unique_ptr<Database> db;
    std::vector<std::string> notes;  ///< what was found and done, for the log
};

/// Creates, migrates, checks; a damaged store is rebuilt beside itself, then set aside. The
/// caller holds the lock of the folder. Refuses (Error) a store that only a newer program
/// understands (schema.hpp) and anything that is the fault of the surroundings: rights, a full
/// disk, another writer.
[[nodiscard]] result<OpenedStore> open_store(const Options& options, const Files& files,
                                             Ballast& ballast, Instant now, std::uint32_t entropy);

}  // namespace anju::store
