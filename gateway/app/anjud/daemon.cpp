// See daemon.hpp. Threads: Paho's receive thread only fills the inbox; everything else happens
// on the loop.
#include "app/anjud/daemon.hpp"

#include <algorithm>
#include <cstdlib>
#include <thread>
#include <utility>

#include "app/profile_files.hpp"
#include "base/log.hpp"
#include "runtime/gather.hpp"

namespace anju {

using namespace std::chrono_literals;

namespace {

constexpr std::size_t messages_a_commit = 512;
// So many measurements never wait for more: fewer than one sensor may have under way (48), which
// has a backlog to work off after an outage.
constexpr std::size_t worth_a_commit = 32;
constexpr auto tick_every = 1s;
constexpr auto maintain_every = 5s;

drivers::Catalog::Options catalog_options(const config::Config& config) {
    drivers::Catalog::Options options;
    options.zigbee2mqtt_bases = config.zigbee2mqtt_bases;
    for (const std::string& driver : config.drivers) options.topics[driver] = {};
    for (const auto& [driver, filters] : config.topics) options.topics[driver] = filters;
    return options;
}

}  // namespace

Daemon::Daemon(const config::Config& config, Loop& loop, Clock& clock, system::DrivenClock* driven,
               Journal& journal)
    : config_(config),
      loop_(loop),
      clock_(clock),
      driven_(driven),
      journal_(journal),
      inbox_({}, [this] { loop_.post([this] { drain(); }); }),
      catalog_(catalog_options(config)),
      deadline_(loop, [this] { on_deadline(); }),
      gathered_(loop, [this] { drain(); }),
      housekeeping_(loop, [this] { keep_house(); }) {
    home_ = std::make_unique<HomeLink>(config, catalog_, inbox_, [this](bool hears) {
        loop_.post([this, hears] {
            must(gateway_->listening(hears));
            rearm();
        });
    });
    if (config.district) {
        district_ = std::make_unique<DistrictLink>(config, clock_, journal, inbox_, loop_);
    }
    if (driven_ != nullptr) {
        clock_link_ = std::make_unique<ClockLink>(config, *driven_, [this] {
            loop_.post([this] {
                if (!connecting_) connect();
                // Whoever drives the clock may ask whether it was heard: `now` of the status.
                must(gateway_->tick());
                rearm();
            });
        });
    }
    Gateway::Options options;
    options.engine.utc_offset = config.utc_offset;
    options.checkpoints.every = config.checkpoint_every;
    gateway_ = std::make_unique<Gateway>(options, clock_, journal, catalog_, *home_,
                                         district_ ? &district_->uplink() : nullptr);
    if (config.self_check) {
        voice_ = std::make_unique<FlatVoice>(config, clock_, gateway_->engine());
        gateway_->watch([this](const Decisions& decisions) { voice_->decided(decisions); });
    }
    if (!config.notify.channels.empty() || voice_) {
        people_ =
            std::make_unique<PeopleLink>(config, clock_, journal, loop_, *gateway_, voice_.get());
        gateway_->notify_through(&people_->service());
    }
}

Daemon::~Daemon() = default;

result<Gateway::Started> Daemon::start(std::function<void()> on_tick) {
    on_tick_ = std::move(on_tick);
    profile_problems_ = read_profiles(config_.profiles_dir, gateway_->profiles());
    for (const Error& problem : profile_problems_) {
        log::error("profile_refused", {{"error", problem.text()}});
    }
    auto started = gateway_->start();
    if (!started) return started;
    if (clock_link_) {
        clock_link_->start();  // the rest follows its first word
    } else {
        connect();
    }
    keep_house();
    return started;
}

void Daemon::connect() {
    connecting_ = true;
    if (district_) district_->start(*gateway_, [this] { poll_district(); });
    home_->start();
}

/// A commit costs a page of flash however little is in it. Real time, as it is about the flash;
/// with a driven clock nothing waits: whoever drives it goes on when the sensors have been
/// answered. Nor while somebody looks on, who stands on a ladder and waits for his sensor.
void Daemon::drain() {
    const auto now = std::chrono::steady_clock::now();
    const auto due = gateway_->deadline();
    const auto wait = gather_for(next_measurements_ - now,
                                 due ? std::optional(clock_.until(*due)) : std::nullopt);
    const bool patient = driven_ == nullptr && !gateway_->tap().open();
    if (patient && wait > 0ns && inbox_.may_wait(worth_a_commit)) {
        gathered_.wake_in(wait);
        return;
    }
    next_measurements_ = now + config_.measurements_every;
    take_batch();
}

void Daemon::take_batch() {
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
    if (district_ && connecting_) must(district_->uplink().poll(clock_.read().steady));
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
    // What waits has to be in before the deadline, which may have come nearer.
    if (inbox_.size() > 0) loop_.post([this] { drain(); });
}

void Daemon::keep_house() {
    must(gateway_->tick());
    if (people_) must(people_->tick());
    poll_district();
    const Space space = journal_.space();
    if (space != space_) {
        space_ = space;
        if (space == Space::low) {
            log::warn("disk_low",
                      {{"effect", "measurements wait with their sensors, alarms are taken"},
                       {"remedy", "make room on the disk of data_dir"}});
        } else {
            log::info("disk_ample");
        }
    }
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
        if (clock_link_) clock_link_->stop();
        home_->stop();
        if (district_) district_->stop();
        loop_.post([this, finish = std::move(finish)] {
            while (inbox_.size() > 0) take_batch();
            must(gateway_->stop());
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
