// What opening a store is at. On a card it may take many minutes - a check after a power cut, names
// brought under a key - and whoever started the program has to tell that from one that hangs.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <utility>

#include "store/database.hpp"

namespace anju::store {

enum class Work : std::uint8_t {
    checking,    ///< trees and seals
    migrating,   ///< from an older version
    sealing,     ///< rows brought under a key
    rewriting,   ///< the file written anew, so that nothing in clear is left in it
    rebuilding,  ///< what is readable of a damaged store is saved
};

struct Progress {
    Work work{};
    std::uint64_t file_bytes{};  ///< of the database: the next word may take as long as its copying
    bool operator==(const Progress&) const = default;
};

/// Told on the thread that opens: when a work begins, and once a second at most while it gets on.
/// It is not told while nothing moves, nor while SQLite is inside of one long step of its own
/// (checking the trees, copying a file back). Must not throw.
using TellProgress = std::function<void(const Progress&)>;

/// One thread, that which opens.
class ProgressTeller {
public:
    /// `tell` may be empty: then nothing is told.
    ProgressTeller(TellProgress tell, std::filesystem::path database)
        : tell_(std::move(tell)), database_(std::move(database)) {}

    void begin(Work work);
    /// Something was done; cheap enough for every row.
    void got_on();

    /// As long as it lives, whatever the connection's statements do counts as getting on.
    class Watch {
    public:
        Watch(ProgressTeller& teller, Database& db);
        ~Watch();
        Watch(const Watch&) = delete;
        Watch& operator=(const Watch&) = delete;

    private:
        Database& db_;
    };

private:
    void tell();

    TellProgress tell_;
    std::filesystem::path database_;
    Progress now_;
    std::chrono::steady_clock::time_point told_{};
};

}  // namespace anju::store
