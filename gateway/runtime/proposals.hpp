// Devices that speak and that no home has: proposals, for an operator to accept or to ignore. None
// of them is trusted; nothing they say reaches the engine.
//
// The air is open: whoever has a transmitter can invent as many addresses as he likes. So the list
// is bounded, and what he invents may push out only what he invented:
//
//   - A proposal is proven once it was heard in three different spans of ten minutes. While there
//     are unproven ones, no proven one goes; a quarter of the room is never given to proven ones,
//     so that a new smoke alarm is seen in a street of two hundred known meters.
//   - Among the unproven goes one of the driver that has most of them, the one not heard for
//     longest: a flood of invented meters does not push out a Zigbee sensor.
//
// What was pushed out is counted. The list is kept over a restart: news at once, but only ten
// times in a row and then every ten minutes, so that a flood does not wear out the flash; that a
// known proposal was heard again, once an hour.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/model/household.hpp"
#include "core/model/reading.hpp"

namespace anju {

/// All text comes from strangers.
struct Proposal {
    std::string driver;   ///< as a Device would have it
    std::string address;  ///< 1..200 bytes of sound UTF-8 without control characters
    std::string alias;
    std::string model;
    std::optional<SensorKind> kind;  ///< what it seems to be, by all it has said
    Instant first_heard{};
    Instant last_heard{};
    std::uint64_t messages{};
    std::vector<Reading> readings;  ///< the last of each kind, at most 32
    std::string error;              ///< code; empty: its last message was understood
    std::string error_text;
    std::string topic;    ///< of its last message
    std::string payload;  ///< of its last message, cut to 1 KiB
    bool whole = false;   ///< `payload` was not cut
    std::optional<int> rssi_dbm;
    std::optional<int> lqi;

    friend bool operator==(const Proposal&, const Proposal&) = default;
};

/// A device an operator does not want to hear of again.
struct IgnoredDevice {
    std::string driver;
    std::string address;
    std::string model;
    std::optional<SensorKind> kind;
    Instant since{};

    friend bool operator==(const IgnoredDevice&, const IgnoredDevice&) = default;
};

/// The kind of sensor that says such readings; nullopt: they fit none, or any.
[[nodiscard]] std::optional<SensorKind> kind_of(std::span<const Reading> readings);

/// What one message of a device that nobody has registered said.
struct Stranger {
    std::string_view driver;
    std::string_view address;
    std::string_view alias = {};
    std::string_view model = {};
    std::span<const Reading> readings = {};
    std::string_view error = {};  ///< code; empty: it was understood
    std::string_view error_text = {};
    std::string_view topic = {};
    std::string_view payload = {};
    std::optional<int> rssi_dbm = {};
    std::optional<int> lqi = {};
};

/// Loop thread.
class Proposals {
public:
    struct Options {
        std::size_t limit = 256;
        std::size_t proven_limit = 192;  ///< less than `limit`
        std::size_t ignored_limit = 1024;
    };
    Proposals() : Proposals(Options{}) {}
    explicit Proposals(Options options) : options_(options) {}

    enum class Heard { added, again, ignored, unusable };
    Heard hear(const Stranger& stranger, Instant now);

    [[nodiscard]] const Proposal* find(std::string_view driver, std::string_view address) const;
    [[nodiscard]] std::vector<const Proposal*> all() const;  ///< last heard first
    [[nodiscard]] std::vector<const IgnoredDevice*> ignored() const;
    [[nodiscard]] std::size_t size() const { return entries_.size(); }
    /// Proposals pushed out and addresses that could not be one, over all restarts.
    [[nodiscard]] std::uint64_t dropped() const { return dropped_; }

    /// Hides it until unignore(). False: there is no room for another; the proposal stays.
    [[nodiscard]] bool ignore(std::string_view driver, std::string_view address, Instant now);
    [[nodiscard]] bool is_ignored(std::string_view driver, std::string_view address) const;
    /// False: it was not ignored.
    [[nodiscard]] bool unignore(std::string_view driver, std::string_view address);
    /// It has been registered, or ignored no longer matters for the same reason.
    void forget(std::string_view driver, std::string_view address);
    /// The clock was set: see ClockStep.
    void shift(Duration by);

    /// Whether it is time to keep what has changed.
    [[nodiscard]] bool due(Instant now) const;
    [[nodiscard]] bool changed() const { return change_ != Change::none; }
    /// Everything, as versioned text; counts as kept at `now`.
    [[nodiscard]] std::string save(Instant now);
    /// Replaces everything. False, and nothing changed, when `text` is damaged or of an unknown
    /// version.
    [[nodiscard]] bool load(std::string_view text);

private:
    struct Entry {
        Proposal proposal;
        Instant span{};  ///< ten minutes in which it was heard last
        int spans = 0;   ///< different ones, counted to `proven_spans`
        bool proven = false;
    };
    using Key = std::pair<std::string, std::string>;  // driver, address
    using Entries = std::map<Key, Entry>;
    enum class Change { none, heard, news, order };

    Entry& entry_of(const Stranger& stranger, Instant now, bool& added);
    void take(Entry& entry, const Stranger& stranger, Instant now);
    void make_room(std::string_view newcomer);
    void prove(Entry& entry, Instant now);
    [[nodiscard]] std::map<std::string_view, std::size_t> by_driver(bool proven) const;
    [[nodiscard]] Entries::iterator longest_unheard(bool proven, std::string_view driver);
    void note(Change change) { change_ = std::max(change_, change); }
    [[nodiscard]] std::int64_t credit(Instant now) const;

    Options options_;
    Entries entries_;
    std::map<Key, IgnoredDevice> ignored_;
    std::uint64_t dropped_ = 0;
    Change change_ = Change::none;
    Instant kept_at_{};
    std::int64_t credit_ = 10;  ///< writes of news that may follow at once, as of `kept_at_`
};

}  // namespace anju
