// The daemon: the gateway on its loop, between the home broker and the district broker.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "app/anjud/clock_link.hpp"
#include "app/anjud/district_link.hpp"
#include "app/anjud/flat_voice.hpp"
#include "app/anjud/home_link.hpp"
#include "app/anjud/loop.hpp"
#include "app/anjud/people_link.hpp"
#include "config/config.hpp"
#include "mqtt/session.hpp"
#include "runtime/gateway.hpp"
#include "runtime/inbox.hpp"
#include "runtime/sensor_command.hpp"
#include "system/driven_clock.hpp"

namespace anju {

class Daemon {
public:
    /// `driven` is set when the configuration asks for a driven clock; `clock` is then the same
    /// object. All references must outlive it. Throws std::runtime_error when a password cannot
    /// be read.
    Daemon(const config::Config& config, Loop& loop, Clock& clock, system::DrivenClock* driven,
           Journal& journal);
    ~Daemon();

    /// Recovers, then connects in the background. Loop thread, before Loop::run(). `on_tick` is
    /// called about once a second as long as the loop is alive.
    [[nodiscard]] result<Gateway::Started> start(std::function<void()> on_tick);
    /// Lets go of the brokers, commits what has arrived, writes last checkpoints, then calls
    /// `done` on the loop.
    void stop(std::function<void()> done);
    /// After anything that may have changed what is due. Loop thread.
    void rearm();
    /// False while a driven clock has not been told the time: nothing is taken until then.
    [[nodiscard]] bool time_is_known() const { return driven_ == nullptr || driven_->was_set(); }
    /// The store refused: what is in memory is ahead of the disk, only a fresh start is right.
    [[noreturn]] static void die(const Error& error);

    [[nodiscard]] Gateway& gateway() { return *gateway_; }
    [[nodiscard]] Clock& clock() { return clock_; }
    [[nodiscard]] const drivers::Catalog& catalog() const { return catalog_; }
    /// Profiles of the operator that were not taken.
    [[nodiscard]] const std::vector<Error>& profile_problems() const { return profile_problems_; }
    [[nodiscard]] const Inbox& inbox() const { return inbox_; }
    [[nodiscard]] const HomeLink& home() const { return *home_; }
    /// To a sensor of ours; may be lost.
    void tell_sensor(SensorMessage message) {
        home_->send(std::move(message.topic), std::move(message.payload));
    }
    /// nullptr without [[notify.channel]] and [self_check].
    [[nodiscard]] PeopleLink* people() const { return people_.get(); }
    [[nodiscard]] const DistrictLink* district() const { return district_.get(); }

private:
    void connect();
    void drain();
    void take_batch();
    void on_deadline();
    void poll_district();
    void keep_house();
    void must(const result<void>& outcome);
    void must(const result<bool>& outcome);

    const config::Config& config_;
    Loop& loop_;
    Clock& clock_;
    system::DrivenClock* driven_;
    Journal& journal_;
    Space space_ = Space::ample;  ///< as last logged
    Inbox inbox_;
    drivers::Catalog catalog_;
    std::unique_ptr<HomeLink> home_;
    std::unique_ptr<ClockLink> clock_link_;  ///< only with a driven clock
    std::unique_ptr<DistrictLink> district_;
    std::unique_ptr<Gateway> gateway_;
    std::unique_ptr<FlatVoice> voice_;    ///< only with [self_check]
    std::unique_ptr<PeopleLink> people_;  ///< only with channels or a voice
    std::vector<Error> profile_problems_;
    bool connecting_ = false;  ///< the sessions have been started
    std::function<void()> on_tick_;
    Loop::Alarm deadline_;
    Loop::Alarm gathered_;
    std::chrono::steady_clock::time_point next_measurements_{};
    Loop::Alarm housekeeping_;
    SteadyTime next_maintenance_{};
};

}  // namespace anju
