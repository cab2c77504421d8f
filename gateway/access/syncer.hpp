// Has what the console wrote down brought to the disk beside the loop, which would wait for each
// entry of the audit otherwise: some milliseconds on a card, and an alarm behind them.
//
// What was committed stands in the write-ahead log by then, with its checksum; what is missing is
// that the disk has it. One fdatasync of that file makes durable all that was committed before it
// began, so that a hundred views cost one. It is no second connection: SQLite's own is the only
// one that writes and checkpoints.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "base/result.hpp"

namespace anju::access {

class Syncer {
public:
    struct Options {
        /// Brings to the disk what was written; called on a thread of the syncer.
        std::function<result<void>()> sync;
        /// Carries back to the loop; any thread.
        std::function<void(std::function<void()>)> post;
        std::size_t most = 1024;  ///< so many may wait; the web server has fewer connections
    };
    using Then = std::function<void(const result<void>&)>;

    explicit Syncer(Options options);
    ~Syncer();  ///< finishes the sync at hand; what waits is dropped
    Syncer(const Syncer&) = delete;
    Syncer& operator=(const Syncer&) = delete;

    /// `then` is called on the loop, when what was committed before this call is on the disk, or
    /// with why it is not: at once when too many wait. A sync that failed once fails for good, for
    /// the kernel may have dropped what it could not write. Loop thread.
    void after_sync(Then then);
    /// Whether something still waits, or a sync has failed. Any thread.
    [[nodiscard]] bool is_busy();

private:
    void loop();

    Options options_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::vector<Then> waiting_;
    bool stopping_ = false;
    bool syncing_ = false;
    std::optional<Error> failed_;
    std::thread thread_;  ///< last: it uses the others
};

/// fdatasync of the write-ahead log of the database `file`. Any thread.
[[nodiscard]] result<void> sync_log_of(const std::filesystem::path& file);

}  // namespace anju::access
