// The messages of a device as they come, for operators who look at it just now
// (GET /api/v1/devices/{id}/events).
//
// A device is watched (runtime/message_tap.hpp) while a stream of it is open, and for half a minute
// to a minute after, so that a phone that comes again in a stairwell misses nothing. A message is
// put into words once, however many look. Nobody is waited for: a client that does not take what it
// is sent is dropped by its queue (http/stream.hpp) and comes again. Loop thread.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "api/live.hpp"
#include "api/sight.hpp"
#include "control/render.hpp"
#include "core/engine.hpp"
#include "http/stream.hpp"
#include "runtime/message_tap.hpp"

namespace anju::api {

class MessageWatch {
public:
    struct Options {
        std::size_t listeners = 32;  ///< streams at once, of all devices
        http::Stream::Limits queue = {};
    };
    /// `first`: as for Live. All references must outlive it; the tap tells this one from now on.
    MessageWatch(Options options, std::uint64_t first, const Engine& engine, MessageTap& tap,
                 const control::Render& render);

    /// The device is watched from now on. False: too many are, or too many look; ask again later.
    [[nodiscard]] bool begin(const Device& device);
    /// After begin(), and after it was written down who looks. First comes what is at hand: all of
    /// it, or what is newer than the event the client has seen last.
    [[nodiscard]] http::Response listen(const DeviceId& device, Live::Listener listener,
                                        std::string_view last_event_id, const std::string& hello);
    /// {watched, items, next}: what is at hand, newest first; nothing where nobody watches.
    [[nodiscard]] boost::json::object recent(const DeviceId& device) const;

    /// Ends the streams of a session.
    void end(std::string_view key);
    /// Ends streams whose session has ended, whose device has gone or left the listener's area, or
    /// is not collected any more; then the watches without one. About every half minute.
    void look_after();

    [[nodiscard]] std::size_t listeners() const { return clients_.size(); }

private:
    struct Client {
        DeviceId device;
        Live::Listener listener;
        std::shared_ptr<http::Stream> stream;
    };

    void tell(const DeviceId& device, const MessageTap::Watch& watch);
    [[nodiscard]] http::Stream::Chunk event(const DeviceId& device,
                                            const WatchedMessage& message) const;
    [[nodiscard]] boost::json::object view(const DeviceId& device,
                                           const WatchedMessage& message) const;
    [[nodiscard]] bool may_see(const Client& client) const;
    [[nodiscard]] bool is_looked_at(const DeviceId& device) const;
    void unwatch_idle(bool at_once);

    Options options_;
    std::uint64_t first_;
    const Engine& engine_;
    MessageTap& tap_;
    const control::Render& render_;
    std::map<std::uint64_t, Client> clients_;  ///< by a number of their own
    std::map<DeviceId, bool> watched_;         ///< true: nobody looked at the last look_after()
    std::uint64_t last_client_ = 0;
    std::shared_ptr<bool> here_ = std::make_shared<bool>(true);  ///< for what comes back later
};

/// A registered device; nullptr: there is none.
[[nodiscard]] const Device* find_device(const Engine& engine, const DeviceId& id);

}  // namespace anju::api
