// A disk under SQLite that can be cut off, filled up, or made to fail.
//
// It is an SQLite VFS on top of the system's. Files are really written, so that SQLite reads
// back what it wrote, but never really synced: what a sync has promised is kept in memory. A cut
// takes that and, of everything written since, keeps some, loses some, and tears some at a
// boundary of 512-byte sectors, in any order, file lengths and directory entries included.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace anju::test {

/// What would be found on the disk if the power went now, before chance has its say.
struct DiskImage {
    struct Change {
        bool truncate{};
        std::uint64_t offset{};  ///< of a write; the new length of a truncation
        std::string data;
    };
    struct File {
        std::optional<std::string> durable;  ///< nullopt: not even its name is
        std::vector<Change> pending;
        bool deleted{};  ///< removed, but the folder has not been synced since
    };
    std::map<std::string, File> files;  ///< by name inside the folder

    /// Writes one possible outcome into `folder`, which must exist.
    void settle(const std::filesystem::path& folder, std::mt19937_64& chance) const;
};

/// Registers itself with SQLite as long as it lives. One thread.
class FaultVfs {
public:
    FaultVfs();
    ~FaultVfs();
    FaultVfs(const FaultVfs&) = delete;
    FaultVfs& operator=(const FaultVfs&) = delete;

    [[nodiscard]] const std::string& name() const;

    /// Called before every write, truncation, sync and deletion of a database, WAL or journal.
    std::function<void()> before_change;
    [[nodiscard]] DiskImage image() const;
    /// Files that are there already count as durable: after settle(), before opening.
    void adopt(const std::filesystem::path& folder);
    /// The program has synced the folder, which does not come by the VFS: what was deleted stays
    /// so, and what was made has its name.
    void folder_synced();

    /// Room for all files together, in bytes; growth beyond it fails with SQLITE_FULL.
    std::function<std::uint64_t()> capacity;
    /// true: the next syncs fail with SQLITE_IOERR_FSYNC.
    bool fail_syncs = false;
    /// true: writes fail with SQLITE_IOERR_WRITE.
    bool fail_writes = false;
    [[nodiscard]] std::uint64_t used_bytes() const;
    [[nodiscard]] std::uint64_t syncs() const;

    struct Impl;  // for the callbacks

private:
    std::unique_ptr<Impl> impl_;
};

}  // namespace anju::test
