// The messages of the devices that somebody is watching, with what Anju made of each: for whoever
// stands on a ladder and presses a test button.
//
// In memory only, and only while somebody watches. The times at which a door speaks are the life of
// whoever lives behind it: what nobody looks at is not kept, and what a resident refused is never
// shown. Several bounds hold, so that devices gone mad cost a few megabytes and no time of the
// others: so many devices, so many messages of each, so many bytes of a message. What was pushed
// out is counted in the message after it.
//
// Whoever watches hears of a message when its commit is over and everybody else has been told: an
// alarm waits for no operator. Loop thread.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/household.hpp"
#include "core/model/reading.hpp"
#include "drivers/driver.hpp"
#include "runtime/inbox.hpp"

namespace anju {

/// What became of the part of a message that is about one device.
enum class Fate : std::uint8_t {
    not_understood,  ///< the problems say why; an own sensor is told not to repeat it
    no_reading,      ///< understood, and nothing in it is a reading
    taken,           ///< its readings are stored
    duplicate,       ///< was taken before; not stored again
    no_room,         ///< the disk is nearly full: not stored, not answered, it comes again
};
/// "not_understood", "no_reading", "taken", "duplicate", "no_room".
[[nodiscard]] std::string_view name(Fate fate);

/// One message as far as it is about one device. Text and bytes come from outside.
struct WatchedMessage {
    struct Problem {
        std::string code;  ///< of the driver: docs/drivers
        std::string property;
        std::size_t at{};  ///< byte in the payload; 0: unknown
        std::string text;
    };
    std::uint64_t number{};   ///< grows over all devices
    std::uint64_t skipped{};  ///< so many of the device came right before it and were pushed out
    Instant at{};             ///< when the loop took it, engine time
    std::string topic;        ///< cut to 512 bytes
    std::string payload;      ///< cut to Options::payload_bytes
    std::size_t size{};       ///< of the payload as it came, bytes
    bool withheld{};          ///< the payload is left out: it speaks of other devices as well
    bool retained{};
    bool redelivered{};
    std::string driver;  ///< that took it; empty: none listens to the topic
    std::vector<Reading> readings;
    std::vector<Problem> problems;
    Fate fate = Fate::not_understood;
    bool answered{};  ///< the sensor was told that it is taken, or refused
};

class MessageTap {
public:
    struct Options {
        std::size_t devices = 16;          ///< watched at once
        std::size_t messages = 20;         ///< kept of each, the newest
        std::size_t payload_bytes = 2048;  ///< kept of each message
    };
    MessageTap() : MessageTap(Options{}) {}
    explicit MessageTap(Options options) : options_(options) {}

    /// From now on; again, when its registration has changed. False: so many are watched already.
    [[nodiscard]] bool watch(const Device& device);
    /// Forgets its messages as well.
    void unwatch(const DeviceId& device) { watched_.erase(device); }

    struct Watch {
        std::string address;
        std::deque<WatchedMessage> kept;  ///< oldest first
        std::uint64_t told{};             ///< number of the newest that the listener has heard of
        std::uint64_t lost{};             ///< what has this number or a smaller one is not kept
    };
    /// nullptr: nobody watches it. Valid until the next call that is not const.
    [[nodiscard]] const Watch* find(const DeviceId& device) const;
    [[nodiscard]] std::size_t watched() const { return watched_.size(); }

    /// Hears of each watched device with new messages, once a commit; they are those of its Watch
    /// with a number above `told`. Must not block, nor watch or unwatch.
    using Listener = std::function<void(const DeviceId&, const Watch&)>;
    void tell(Listener listener) { listener_ = std::move(listener); }

    // What the runtime says, in this order for each message. Without a watch nothing is done.
    [[nodiscard]] bool open() const { return !watched_.empty(); }
    void arrived(const Inbound& message, Instant now);
    /// `device` nullptr: nobody has registered who says this.
    void said(const DeviceId* device, std::string_view driver, const drivers::Decoded& what);
    /// `device` nullptr: not known who, save by the topic.
    void failed(const DeviceId* device, std::string_view driver, const drivers::DecodeError& error);
    void became(const DeviceId& device, Fate fate, bool answered);
    /// Whether the message is about a watched device; only then left() is needed.
    [[nodiscard]] bool caught() const { return !parts_.empty(); }
    /// The message is over. `collects`: whether anything of a device may be kept; `secret`: the
    /// message mentions a device of which nothing may.
    void left(const std::function<bool(const DeviceId&)>& collects, bool secret);
    /// The commit is over.
    void committed();
    /// Nothing of it may be shown any more.
    void forget(const DeviceId& device);

private:
    WatchedMessage* part(const DeviceId& device, std::string_view driver);
    [[nodiscard]] const DeviceId* by_topic() const;
    void keep(const DeviceId& device, WatchedMessage message);

    Options options_;
    Listener listener_;
    std::map<DeviceId, Watch> watched_;
    std::uint64_t last_ = 0;
    // of the message that is being looked at
    const Inbound* message_ = nullptr;
    Instant now_{};
    bool others_ = false;  ///< it also speaks of devices that are not watched
    std::map<DeviceId, WatchedMessage> parts_;
};

}  // namespace anju
