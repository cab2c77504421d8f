// Questions to the store that take longer than an alarm may wait: a thread beside the loop, with a
// connection of its own that cannot write and never checkpoints (store_reader.hpp), so that there
// is still one writer and it alone checkpoints (docs/adr/0004).
//
// It reads in slices and rests a quarter of the time it has worked, so that it takes neither all of
// a small box's disk nor keeps the WAL from beginning anew. What is asked is answered in order.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

#include "store/store_reader.hpp"

namespace anju::store {

class ReadThread {
public:
    struct Options {
        std::filesystem::path data_dir;
        /// Carries back to the loop; any thread.
        std::function<void(std::function<void()>)> post;
        std::size_t most = 8;  ///< so many questions may wait
        /// `between` is called before the thread's own rest.
        Slices slices = {};
        std::shared_ptr<const vault::Keys> keys = {};  ///< as of the store
    };

    /// The store must be open by then or opened before the first question.
    explicit ReadThread(Options options);
    /// Gives up what has begun with the slice at hand, and drops what waits: its `then` is not
    /// called.
    ~ReadThread();
    ReadThread(const ReadThread&) = delete;
    ReadThread& operator=(const ReadThread&) = delete;

    /// Has `read` done on the thread, and `then` with what it gave on the loop. False: too many
    /// wait; counted, and neither is called. Any thread.
    template <class T>
    [[nodiscard]] bool ask(std::function<result<T>(StoreReader&)> read,
                           std::function<void(result<T>)> then) {
        return run([this, read = std::move(read),
                    then = std::move(then)](const result<StoreReader*>& reader) mutable {
            auto got =
                std::make_shared<result<T>>(reader ? read(**reader) : result<T>(reader.error()));
            options_.post([then = std::move(then), got] { then(std::move(*got)); });
        });
    }

    [[nodiscard]] std::uint64_t turned_away() const { return turned_away_; }  ///< any thread

private:
    using Work = std::function<void(const result<StoreReader*>&)>;
    bool run(Work work);
    void loop();
    result<StoreReader*> open();
    bool rest();

    Options options_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Work> queue_;
    bool stopping_ = false;
    std::atomic<std::uint64_t> turned_away_{0};
    std::unique_ptr<StoreReader> reader_;                    ///< of the thread
    std::chrono::steady_clock::time_point working_since_{};  ///< likewise
    std::thread thread_;                                     ///< last: it uses the others
};

/// Whoever waits with a finger on the screen does not stand behind a report of a year. Both read
/// the same store.
struct ReadThreads {
    ReadThreads(const std::filesystem::path& data_dir,
                const std::function<void(std::function<void()>)>& post,
                const std::shared_ptr<const vault::Keys>& keys = {})
        : reports({.data_dir = data_dir, .post = post, .keys = keys}),
          lookups({.data_dir = data_dir, .post = post, .most = 32, .keys = keys}) {}

    ReadThread reports;  ///< seconds each
    ReadThread lookups;  ///< contacts of one resident, messages of one device
};

}  // namespace anju::store
