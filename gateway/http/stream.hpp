// An answer that goes on: server-sent events (HTML standard of the WHATWG, section 9.2).
//
// Whoever produces them pushes text and waits for nobody. Between producer and client stands a
// queue with bounds; a client that lets it fill is dropped, and may come again with the number of
// the last event it has seen.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "http/message.hpp"

namespace anju::http {

/// One client, as its producer sees it. Any thread.
class Stream {
public:
    struct Limits {
        std::size_t bytes = std::size_t{256} * 1024;  ///< waiting to be sent
        std::size_t chunks = 1024;
    };
    using Chunk = std::shared_ptr<const std::string>;

    Stream(Limits limits, std::function<void()> on_gone)
        : limits_(limits), on_gone_(std::move(on_gone)) {}

    /// Queues `chunk`, which many clients may share. False: it is not taken, for the stream has
    /// ended, or has ended with this, because its queue is full.
    bool push(Chunk chunk);
    bool push(std::string text) { return push(std::make_shared<const std::string>(text)); }
    /// Ends it once the client has what is queued. `on_gone` is not called any more.
    void close();
    /// It takes nothing any more: the client has gone or was dropped, close() was called, the
    /// server has stopped, or the answer never reached a client.
    [[nodiscard]] bool closed() const;

private:
    friend class StreamReader;

    const Limits limits_;
    mutable std::mutex mutex_;
    std::deque<Chunk> queue_;
    std::size_t bytes_ = 0;
    bool closed_ = false;
    bool overflowed_ = false;
    bool woken_ = false;  ///< the reader was told and has not looked yet
    std::function<void()> wake_;
    std::function<void()> on_gone_;
    std::function<void(std::function<void()>)> hand_over_;
};

/// The other end, for the server. When it goes, the stream has ended, however that came about.
class StreamReader {
public:
    explicit StreamReader(std::shared_ptr<Stream> stream) : stream_(std::move(stream)) {}
    ~StreamReader();
    StreamReader(const StreamReader&) = delete;
    StreamReader& operator=(const StreamReader&) = delete;

    /// What carries `on_gone` to the producer's thread; without it, it runs where the reader goes.
    void carry_with(std::function<void(std::function<void()>)> hand_over);
    /// `wake` is called when there is something to take, on the producer's thread and under the
    /// lock: it may only post. None is running when wake_with({}) has returned.
    void wake_with(std::function<void()> wake);

    struct Batch {
        std::string bytes;
        bool last = false;  ///< nothing will follow
    };
    /// Chunks up to `most` bytes, at least one if there is one.
    [[nodiscard]] Batch take(std::size_t most);
    /// The client was too slow: what it has not got it will not get.
    [[nodiscard]] bool overflowed() const;

private:
    std::shared_ptr<Stream> stream_;
};

struct StreamAnswer {
    std::shared_ptr<Stream> stream;  ///< for the producer
    Response response;               ///< for the client
};

/// What a handler does who answers with a stream. `on_gone` is called once, on the loop, after the
/// client has gone or was dropped; never within push(), and not after Server::stop().
[[nodiscard]] StreamAnswer start_stream(Stream::Limits limits = {},
                                        std::function<void()> on_gone = {});

/// One event as it is sent. `name` is one word; line ends in `data` are kept as the standard says.
[[nodiscard]] std::string event_text(std::string_view name, std::string_view data,
                                     std::optional<std::uint64_t> id = {});

}  // namespace anju::http
