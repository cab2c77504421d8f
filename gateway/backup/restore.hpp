// A backup becomes a box again: on a new board, or on the same one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "backup/backup.hpp"
#include "store/quarantine.hpp"

namespace anju::backup {

struct RestoreOptions {
    Places places;
    bool replace =
        false;  ///< what is there: stores go to the quarantine, a file FILE becomes FILE.old
    bool stores_only = false;
    store::Step step = {};  ///< for tests
};

struct Restored {
    Manifest manifest;
    std::uint64_t epoch{};                     ///< the new one
    std::uint64_t owed{};                      ///< decisions that the district is told again
    std::vector<std::filesystem::path> files;  ///< of the configuration, written
    std::vector<std::filesystem::path> kept;   ///< were there and stayed
    std::vector<std::filesystem::path> old;    ///< what was replaced, as it is called now
    std::vector<std::string> notes;            ///< owners that do not exist here, and the like
};

/// Reads the whole backup and checks every row before anything is put in place. The gateway must
/// not run (its lock is taken). What is put in place has a new epoch; everybody is signed out of
/// the console. As root, what is done in data_dir is done as its owner (acting_as.hpp), and the
/// owners of the configuration are set by name. `entropy`: random.
///
/// Interrupted before the last rename of the configuration, the box refuses to start until it is
/// called again, with `replace` where there is a store; after it, the next start of anjud finishes
/// it (store/placing.hpp). After an Error before it everything is as it was, unless an earlier run
/// had been interrupted: store::look_at_placing() says which. A SIGHUP, SIGINT or SIGTERM waits
/// meanwhile. A file that is there with the very bytes of the backup is left alone, so
/// that a second run does not put the first one's into the place of what was there before.
[[nodiscard]] result<Restored> restore(const std::filesystem::path& file, const SecretKey& key,
                                       const RestoreOptions& options, Instant now,
                                       std::uint32_t entropy);

}  // namespace anju::backup
