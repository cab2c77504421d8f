// Where things lie in a data folder, and the few calls that make file changes durable.
#pragma once

#include <cstdint>
#include <filesystem>

namespace anju::store {

/// The names inside one data_dir.
struct Files {
    explicit Files(std::filesystem::path data_dir) : folder(std::move(data_dir)) {}

    std::filesystem::path folder;
    [[nodiscard]] std::filesystem::path database() const { return folder / "anju.db"; }
    /// A store being rebuilt from a damaged one; complete once the damaged one has moved away.
    [[nodiscard]] std::filesystem::path rebuilt() const { return folder / "anju.db.new"; }
    [[nodiscard]] std::filesystem::path lock() const { return folder / "store.lock"; }
    [[nodiscard]] std::filesystem::path ballast() const { return folder / "ballast"; }
    [[nodiscard]] std::filesystem::path quarantine() const { return folder / "quarantine"; }
    /// Says which key the databases in here are sealed with; see sealing.hpp.
    [[nodiscard]] std::filesystem::path seal_mark() const { return folder / "sealed-with"; }
    /// Copies in clear while a backup is restored; left behind by one that was interrupted.
    [[nodiscard]] std::filesystem::path restoring() const { return folder / "restore.tmp"; }
    /// Restored stores on their way into place; see placing.hpp.
    [[nodiscard]] std::filesystem::path placing() const { return folder / "restore.ready"; }
    [[nodiscard]] std::filesystem::path backups() const { return folder / "backups"; }
};

[[nodiscard]] std::filesystem::path wal_of(const std::filesystem::path& database);
[[nodiscard]] std::filesystem::path shm_of(const std::filesystem::path& database);

/// The store names residents and says when they are at home. These take from others what they
/// may do with a folder (down to 0750) or a file (0640), whatever the umask was when it was made.
/// Folders with the sticky bit are shared on purpose and stay. Failures are ignored: they mean
/// that it belongs to somebody else, who has decided.
void close_folder_to_others(const std::filesystem::path& folder);
void close_to_others(const std::filesystem::path& file);
/// An empty file, 0600, when there is none; SQLite gives its log the same mode.
void create_private(const std::filesystem::path& file);

/// Makes creations, renames and removals in `folder` survive a power cut.
void sync_folder(const std::filesystem::path& folder);

/// Bytes a file occupies by its length; 0 when it does not exist.
[[nodiscard]] std::uint64_t size_of(const std::filesystem::path& file);

/// Bytes an ordinary user may still write to the file system of `folder`.
[[nodiscard]] std::uint64_t free_bytes(const std::filesystem::path& folder);

}  // namespace anju::store
