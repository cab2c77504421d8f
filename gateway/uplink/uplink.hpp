// The uplink: sends what the outbox holds over two links and takes in what the district has
// committed. The shell around two LaneSenders; all of it runs on the loop thread.
//
// The alarm lane goes first in every call. The bulk lane is read from the journal in pages and
// at most `bulk_per_poll` events a call, so that the loop is never held for long and a backlog
// of any length costs the memory of one page.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "runtime/clock.hpp"
#include "runtime/journal.hpp"
#include "runtime/ports.hpp"
#include "uplink/lane_sender.hpp"
#include "uplink/link.hpp"
#include "uplink/seq_set.hpp"

namespace anju::uplink {

/// What a heartbeat says besides the lanes.
struct Census {
    std::uint32_t households{};
    std::uint32_t devices{};
    std::uint32_t open_alerts{};
};

class Uplink final : public District {
public:
    struct Options {
        std::string gateway_id;
        std::string software_version;
        std::chrono::milliseconds heartbeat_every{60'000};
        LaneSender::Options alarm{.window = 64};
        LaneSender::Options bulk{.window = 512};
        std::size_t page = 64;            ///< events read from the journal at a time
        std::size_t bulk_per_poll = 256;  ///< bulk events sent in one call
        /// After a connect bulk waits until the platform has all alarms, at most this long: the
        /// alarms' own session may come up a moment later.
        std::chrono::milliseconds alarms_first{5'000};
    };
    struct Stats {
        LaneSender::Stats alarm;
        LaneSender::Stats bulk;
        std::uint64_t acks{};
        std::uint64_t acks_ignored{};  ///< unreadable, of another gateway or another epoch
        std::uint64_t tombstones{};
        /// Events that the journal lost before the platform had them; each is logged once.
        std::uint64_t unreadable{};
        std::uint64_t heartbeats{};
    };

    /// All references must outlive it. `census` is called from poll().
    Uplink(Options options, Journal& journal, const Clock& clock, Link& alarm, Link& bulk,
           std::function<Census()> census);

    /// After the journal's recovery, before anything is sent; events committed before are found
    /// in the journal.
    void start(std::uint64_t epoch);

    [[nodiscard]] std::optional<Lane> lane_of(const Decision& decision) const override;
    [[nodiscard]] std::string encode(const Decision& decision, Lane lane,
                                     const Envelope& envelope) const override;
    [[nodiscard]] std::string encode(const BoxHealth& health, BoxCause cause,
                                     const BoxWarnings& warnings,
                                     const Envelope& envelope) const override;
    /// Sends them at once as far as the window allows; the rest follows from the journal.
    void committed(std::span<const OutboxEvent> events) override;

    void link_changed(Lane lane, bool connected, SteadyTime now);
    /// A DistrictAck. What it acknowledges, to be written with the next transaction; nullopt:
    /// it acknowledges nothing, or is ignored and counted.
    [[nodiscard]] std::optional<OutboxAck> on_ack(std::string_view bytes, SteadyTime now);
    /// Sends these again; `last` 0 = up to the head. False: another epoch, nothing to send.
    bool resend(std::uint64_t epoch, Lane lane, std::uint64_t first, std::uint64_t last);

    /// To be called when deadline() comes; calling more often is harmless. An Error means that
    /// the journal cannot be read.
    [[nodiscard]] result<void> poll(SteadyTime now);
    /// May lie in the past: there is more to do at once.
    [[nodiscard]] std::optional<SteadyTime> deadline() const;

    [[nodiscard]] Stats stats() const;
    /// Any thread: an alarm waits for the platform's acknowledgement.
    [[nodiscard]] bool alarm_waiting() const { return alarm_waiting_; }

    [[nodiscard]] static std::string up_topic(std::string_view gateway_id, Lane lane);
    [[nodiscard]] static std::string ack_topic(std::string_view gateway_id);
    [[nodiscard]] static std::string command_topic(std::string_view gateway_id);

private:
    struct LaneEnd {
        Lane lane;
        Link& link;
        LaneSender sender;
        std::string topic;
        bool connected = false;
        SeqSet unreadable{};  ///< found lost; each counts and is logged once
    };

    [[nodiscard]] LaneEnd& end(Lane lane) { return ends_[lane == Lane::alarm ? 0 : 1]; }
    [[nodiscard]] const LaneEnd& end(Lane lane) const { return ends_[lane == Lane::alarm ? 0 : 1]; }
    void send_fresh(LaneEnd& end, std::span<const OutboxEvent> events, SteadyTime now);
    result<void> pump(LaneEnd& end, SteadyTime now, std::size_t budget);
    bool send(LaneEnd& end, LaneSender::Why why, std::uint64_t seq, const std::string* bytes,
              SteadyTime now);
    /// Why `seq` has no event; a number that was not acknowledged is a loss, and is said.
    std::string_view missing(LaneEnd& end, std::uint64_t seq);
    void beat(SteadyTime now);
    void note_waiting();
    void hurry_alarms();
    /// Bulk keeps still for the alarms after a connect.
    [[nodiscard]] bool bulk_waits(SteadyTime now) const;

    Options options_;
    Journal& journal_;
    const Clock& clock_;
    std::function<Census()> census_;
    bool started_ = false;
    std::uint64_t epoch_ = 0;
    std::array<LaneEnd, 2> ends_;
    std::optional<SteadyTime> next_heartbeat_;
    SteadyTime bulk_waits_until_{};
    bool hurried_ = false;  ///< for the alarms that were found waiting in this outage
    std::uint64_t acks_ = 0;
    std::uint64_t acks_ignored_ = 0;
    std::uint64_t tombstones_ = 0;
    std::uint64_t unreadable_ = 0;
    std::uint64_t heartbeats_ = 0;
    std::atomic<bool> alarm_waiting_ = false;
};

}  // namespace anju::uplink
