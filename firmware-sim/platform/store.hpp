// The stand-in platform's own file: SQLite, WAL, synchronous=FULL, one writer.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "firmware-sim/platform/ledger.hpp"

struct sqlite3;

namespace anju::sim {

struct StoredEvent {
    StreamKey stream;
    std::uint64_t seq{};
    std::int64_t received_ns{};   ///< CLOCK_REALTIME when it came
    std::int64_t committed_ns{};  ///< CLOCK_REALTIME when it was durable; 0 = not known
    std::string bytes;            ///< serialized anju.v1.DistrictEvent
};

/// Counts of what came, duplicates included.
struct StreamCount {
    StreamKey stream;
    std::uint64_t received{};
    std::uint64_t duplicates{};
    std::uint64_t head{};            ///< from the last heartbeat; 0 = none
    std::uint64_t unacknowledged{};  ///< same
};

class PlatformStore {
public:
    enum class Mode { write, read };

    static result<PlatformStore> open(const std::filesystem::path& file, Mode mode);
    PlatformStore(PlatformStore&&) noexcept;
    PlatformStore& operator=(PlatformStore&&) noexcept;
    ~PlatformStore();

    /// Durable on return. `counts` are added to what is stored; a head of 0 leaves the stored
    /// one. Events already there are kept as they are. The moment of durability is written with
    /// the next commit, or by write_commit_time().
    result<void> commit(const std::vector<StoredEvent>& events,
                        const std::vector<StreamCount>& counts);
    /// Writes the time of the last commit if it is not on disk yet.
    result<void> write_commit_time();

    /// All events in order of arrival until `visit` returns false.
    result<void> events(const std::function<bool(const StoredEvent&)>& visit) const;
    /// The newest `limit` in order of arrival.
    result<std::vector<StoredEvent>> newest(std::size_t limit) const;
    /// Only their identities; fast.
    result<void> identities(
        const std::function<void(const StreamKey&, std::uint64_t seq)>& visit) const;
    result<std::vector<StreamCount>> counts() const;

    /// CLOCK_REALTIME ns at which the last commit was durable.
    [[nodiscard]] std::int64_t last_commit_ns() const;

private:
    struct Impl;
    explicit PlatformStore(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace anju::sim
