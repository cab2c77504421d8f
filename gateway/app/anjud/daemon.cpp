// See daemon.hpp. Threads: Paho's receive thread only fills the inbox; everything else happens
// on the loop.
#include "app/anjud/daemon.hpp"

#include <algorithm>
#include <cstdlib>
#include <thread>
#include <utility>

#include "anju/v1/simulation.pb.h"
#include "base/log.hpp"

namespace anju {

using namespace std::chrono_literals;

namespace {

constexpr std::size_t messages_a_commit = 512;
constexpr auto tick_every = 1s;
constexpr auto maintain_every = 5s;
constexpr auto clock_topic = "anju/v1/clock";

Inbound inbound(mqtt::Incoming&& message) {
    return {Source::home, std::move(message.topic), std::move(message.payload), message.retained,
            message.redelivered};
}

}  // namespace

Daemon::Daemon(const config::Config& config, Loop& loop, Clock& clock, system::DrivenClock* driven,
               Journal& journal)
    : config_(config),
      loop_(loop),
      clock_(clock),
      driven_(driven),
      inbox_({}, [this] { loop_.post([this] { drain(); }); }),
      catalog_({.zigbee2mqtt_bases = config.zigbee2mqtt_bases}),
      deadline_(loop, [this] { on_deadline(); }),
      housekeeping_(loop, [this] { keep_house(); }) {
    make_home_sessions();
    if (config.district) {
        district_ = std::make_unique<DistrictLink>(config, clock_, journal, inbox_, loop_);
    }
    Gateway::Options options;
    options.engine.utc_offset = config.utc_offset;
    options.checkpoints.every = config.checkpoint_every;
    gateway_ = std::make_unique<Gateway>(options, clock_, journal, catalog_, *sensor_link_,
                                         district_ ? &district_->uplink() : nullptr);
}

Daemon::~Daemon() = default;

void Daemon::make_home_sessions() {
    const auto endpoint = [&](const std::string& role, bool clean) {
        mqtt::Endpoint out = broker_endpoint(config_.home);
        out.client_id = "anju-" + config_.gateway_id + "-" + role;
        out.clean_session = clean;
        return out;
    };
    mqtt::Session::Options foreign;
    foreign.endpoint = endpoint("home", false);
    for (const drivers::Route& route : catalog_.routes()) {
        if (route.driver->name == "native") continue;
        foreign.subscriptions.push_back({route.filter, 1});
    }
    if (driven_ != nullptr) foreign.subscriptions.push_back({clock_topic, 1});
    home_ = std::make_unique<mqtt::Session>(
        std::move(foreign), [this](mqtt::Incoming&& message) { from_foreign(std::move(message)); },
        [this](bool up) {
            log::info(up ? "home_connected" : "home_lost");
            loop_.post([this, up] { home_changed(up); });
        });

    const auto native = [&](const char* role, const char* filter, Inbox::Lane lane) {
        mqtt::Session::Options options;
        options.endpoint = endpoint(role, true);
        options.subscriptions = {{filter, 0}};
        options.queue_limit = 32768;
        return std::make_unique<mqtt::Session>(
            std::move(options),
            [this, lane](mqtt::Incoming&& message) {
                inbox_.offer(inbound(std::move(message)), lane);  // full: the sensor repeats
            },
            [role](bool up) {
                log::info(up ? "home_connected" : "home_lost", {{"session", role}});
            });
    };
    alarms_ = native("alarms", "anju/v1/up/+/alarm", Inbox::Lane::urgent);
    sensors_ = native("sensors", "anju/v1/up/+/data", Inbox::Lane::bulk);
    sensor_link_ = std::make_unique<MqttSensorLink>(*sensors_);
}

result<Gateway::Started> Daemon::start(std::function<void()> on_tick) {
    on_tick_ = std::move(on_tick);
    auto started = gateway_->start();
    if (!started) return started;
    if (district_) district_->start(*gateway_, [this] { poll_district(); });
    alarms_->start();
    home_->start();
    sensors_->start();
    keep_house();
    rearm();
    return started;
}

void Daemon::from_foreign(mqtt::Incoming&& message) {
    if (driven_ != nullptr && message.topic == clock_topic) {
        v1::ClockControl control;
        if (control.ParseFromString(message.payload)) {
            driven_->set(from_unix_ms(control.unix_ms()), control.rate());
            loop_.post([this] {
                drain();
                rearm();
            });
        }
    } else if (!inbox_.deliver(inbound(std::move(message)))) {
        // The process is going down without having stored it: returning would acknowledge it.
        std::this_thread::sleep_for(24h);
    }
}

void Daemon::home_changed(bool up) {
    if (!up) {
        if (!deaf_since_) deaf_since_ = gateway_->now();
    } else if (deaf_since_) {
        must(gateway_->deaf(*deaf_since_));
        deaf_since_.reset();
    }
}

void Daemon::drain() {
    if (!time_is_known()) return;  // the first word of the driver calls again
    const Inbox::Batch batch = inbox_.take(messages_a_commit);
    if (batch.messages.empty()) return;
    std::vector<Inbound> home;
    home.reserve(batch.messages.size());
    std::vector<const Inbound*> district;
    for (const Inbound& message : batch.messages) {
        if (message.source == Source::home) {
            home.push_back(message);
        } else {
            district.push_back(&message);
        }
    }
    if (!home.empty()) must(gateway_->process(home));
    for (const Inbound* message : district) must(district_->handle(*message));
    inbox_.settle(batch);
    if (inbox_.size() > 0) loop_.post([this] { drain(); });
    poll_district();
}

void Daemon::poll_district() {
    if (district_) must(district_->uplink().poll(clock_.read().steady));
    rearm();
}

void Daemon::on_deadline() {
    must(gateway_->tick());
    poll_district();
}

void Daemon::rearm() {
    std::chrono::nanoseconds delay = 24h;
    if (const auto due = gateway_->deadline()) delay = std::min(delay, clock_.until(*due));
    if (district_) {
        if (const auto due = district_->uplink().deadline()) {
            delay = std::min<std::chrono::nanoseconds>(delay, *due - clock_.read().steady);
        }
    }
    deadline_.wake_in(delay);
}

void Daemon::keep_house() {
    must(gateway_->tick());
    poll_district();
    const SteadyTime now = clock_.read().steady;
    if (now >= next_maintenance_) {
        const auto more = gateway_->maintain();
        must(more);
        next_maintenance_ = now + (*more ? 0s : maintain_every);
    }
    if (on_tick_) on_tick_();
    housekeeping_.wake_in(tick_every);
}

void Daemon::stop(std::function<void()> done) {
    // Sessions wait for callbacks that wait for the loop: they are stopped beside it.
    std::thread([this, finish = std::move(done)]() mutable {
        alarms_->stop();
        home_->stop();
        sensors_->stop();
        if (district_) district_->stop();
        loop_.post([this, finish = std::move(finish)] {
            while (time_is_known() && inbox_.size() > 0) drain();
            if (time_is_known()) must(gateway_->stop());
            finish();
        });
    }).detach();
}

void Daemon::must(const result<void>& outcome) {
    if (!outcome) die(outcome.error());
}

void Daemon::must(const result<bool>& outcome) {
    if (!outcome) die(outcome.error());
}

void Daemon::die(const Error& error) {
    log::error("store_refused", {{"error", error.text()}, {"action", "ending, to start afresh"}});
    std::_Exit(EXIT_FAILURE);
}

}  // namespace anju
