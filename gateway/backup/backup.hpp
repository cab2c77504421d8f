// The backup of a box: its stores as they were at one moment each, and its configuration, in one
// sealed file.
//
// Members: "manifest.json" first; "store/anju.db", "store/console.db" (where there is one);
// "config/anju/…" and "config/mosquitto/…", the two folders of configuration, with secrets;
// "seal/seal.key" where the key of sealed names is in neither.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "backup/recovery_code.hpp"
#include "base/result.hpp"
#include "core/model/instant.hpp"

namespace anju::backup {

/// Where the things of a box lie.
struct Places {
    std::filesystem::path data_dir = "/var/lib/anju";
    std::filesystem::path config = "/etc/anju";
    std::filesystem::path broker = "/etc/mosquitto/anju";  ///< may be absent
    /// The key of sealed names, wherever it is; empty: none. Without it a store is worth nothing.
    std::filesystem::path seal_key = {};
};

struct Manifest {
    int format = 1;
    std::string gateway_id;
    std::string version;  ///< of the program that made it
    Instant made_at{};
    Instant engine_time{};  ///< of the store's last commit
    std::uint64_t epoch{};  ///< of the store
    std::string seal_key;   ///< the member that is the key of the stores; empty: they lie open
};

struct Made {
    std::filesystem::path file;
    std::uint64_t bytes{};
    Manifest manifest;
    std::vector<std::string> left_out;  ///< files that could not be read, with the reason
};

/// Copies the stores while the gateway runs, checks every row of the copy, seals it for `reader`
/// and reads back from the disk what was written. `into` appears whole or not at all. Needs room
/// for the stores twice over and refuses where that would leave less than a tenth of the disk, and
/// where the key of sealed names cannot be read.
/// As root, what lies in data_dir is read and written as its owner (acting_as.hpp).
/// Blocks for minutes; a program without other threads, and one at a time for a data folder.
[[nodiscard]] result<Made> create(const Places& places, const PublicKey& reader,
                                  const std::filesystem::path& into, const Manifest& about);

/// Names in data_dir/backups: "anju-20261128T031500Z.backup". Keeps the newest `keep`.
[[nodiscard]] std::filesystem::path nightly_name(const Places& places, Instant now);
/// Deletes the oldest; how many are gone.
std::size_t prune(const Places& places, std::size_t keep);
/// Newest first.
[[nodiscard]] std::vector<std::filesystem::path> list(const Places& places);

/// Reads it to its end; the store in it is checked row by row, with the key that is in it. Writes
/// into `work`, a private folder, and empties it again.
[[nodiscard]] result<Manifest> verify(const std::filesystem::path& file, const SecretKey& key,
                                      const std::filesystem::path& work);

/// The lines of the key file in a backup, for a box that has lost them and nothing else; an Error
/// when the stores in it lie open. Uses `work` as verify() does.
[[nodiscard]] result<std::string> key_in(const std::filesystem::path& file, const SecretKey& key,
                                         const std::filesystem::path& work);

/// The configuration in a backup, the member called config/anju/`name`, as text; an Error when it
/// holds none. Uses `work` as verify() does.
[[nodiscard]] result<std::string> config_in(const std::filesystem::path& file, const SecretKey& key,
                                            const std::string& name,
                                            const std::filesystem::path& work);

}  // namespace anju::backup
