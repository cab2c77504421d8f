#include "tests/simulation/box.hpp"

#include <algorithm>
#include <utility>

#include "anju/v1/event.pb.h"
#include "anju/v1/sensor.pb.h"
#include "tests/simulation/life.hpp"
#include "tests/simulation/platform.hpp"
#include "uplink/command_decoder.hpp"
#include "uplink/reconnect.hpp"

namespace anju::whole {

using namespace std::chrono_literals;

namespace {

constexpr std::size_t messages_a_commit = 512;  // as the daemon's
constexpr Duration commit_takes = 8ms;
/// The daemon looks every second. Nothing is due by itself but what deadline() tells, the sign of
/// life of an idle box, checkpoints and housekeeping, for which this is often enough.
constexpr Duration look_every = 150s;

bool is_away(const Household& home) {
    return home.residents.front().status != ResidentStatus::active;
}

/// As mqtt::Session without an owner's wish.
Duration home_retry(unsigned attempt) {
    if (attempt == 0) return 0ms;
    return std::min<Duration>(10s, 200ms * (1U << std::min(attempt - 1, 10U)));
}

}  // namespace

Box::Life::Life(Box& box, std::unique_ptr<Journal> store)
    : journal(std::move(store), box.around_.auditor, [&box] { return box.moment(); }),
      inbox({},
            [this, &box] {
                if (std::exchange(draining, true)) return;
                box.around_.world.in(commit_takes, [&box, life = box.lives_] {
                    if (life == box.lives_ && box.life_) box.drain();
                });
            }),
      sensors(box),
      alarm(box, box.up_alarm_, Lane::alarm),
      bulk(box, box.up_bulk_, Lane::bulk),
      uplink({.gateway_id = gateway_name,
              .software_version = "0",
              .heartbeat_every = box.around_.fate.heartbeat_every},
             journal, *box.clock_, alarm, bulk,
             [this] {
                 return uplink::Census{
                     static_cast<std::uint32_t>(gateway.engine().household_count()),
                     static_cast<std::uint32_t>(gateway.engine().device_count()),
                     static_cast<std::uint32_t>(gateway.engine().open_alert_count())};
             }),
      gateway(
          {.engine = {}, .ingest = {}, .checkpoints = {.every = box.around_.fate.checkpoint_every}},
          *box.clock_, journal, box.catalog_, sensors, &uplink) {}

bool Box::Life::Link::publish(std::string topic, std::string payload, int qos) {
    if (box.moment()) return false;
    if (!box.planted(Plant::deleted_on_publish) || qos == 0) {
        return session.publish(std::move(topic), std::move(payload), qos);
    }
    v1::DistrictUplink message;
    if (!message.ParseFromString(payload)) return false;
    if (!session.publish(std::move(topic), std::move(payload), qos)) return false;
    if (MemoryDisk* disk = box.around_.store.memory())
        disk->forget_sent(lane, message.event().seq());
    return true;
}

Box::Box(Surroundings around, std::vector<Household> homes)
    : around_(around),
      homes_(std::move(homes)),
      clock_(std::make_unique<BoxClock>(*this)),
      dice_(sim::derive_seed(around.fate.seed, "box")),
      alarms_(around.world, around.home,
              {.client = "alarms",
               .filters = {{"anju/v1/up/+/alarm", 0}},
               .down = &around.weather.home_down,
               .retry_delay = home_retry}),
      sensors_(around.world, around.home,
               {.client = "sensors",
                .filters = {{"anju/v1/up/+/data", 0}},
                .down = &around.weather.home_down,
                .retry_delay = home_retry}),
      foreign_(around.world, around.home,
               {.client = "home",
                .clean = false,
                .filters = {{"zigbee2mqtt/#", 1}},
                .down = &around.weather.home_down,
                .retry_delay = home_retry}),
      up_alarm_(
          around.world, around.district,
          {.client = "box-alarm",
           .clean = false,
           .filters = {{uplink::Uplink::ack_topic(gateway_name), 1},
                       {uplink::Uplink::command_topic(gateway_name), 1}},
           .latency = 25ms,
           .down = &around.weather.district_down,
           .trouble = &around.district_trouble,
           .retry_delay =
               [this](unsigned attempt) {
                   return uplink::ReconnectSpread(
                              {},
                              [this] { return static_cast<double>(dice_.between(0, 999)) / 1000; },
                              [this] { return life_ && life_->uplink.alarm_waiting(); })
                       .delay(attempt);
               }}),
      up_bulk_(
          around.world, around.district,
          {.client = "box-bulk",
           .latency = 25ms,
           .down = &around.weather.district_down,
           .trouble = &around.district_trouble,
           .retry_delay =
               [this](unsigned attempt) {
                   return uplink::ReconnectSpread(
                              {},
                              [this] { return static_cast<double>(dice_.between(0, 999)) / 1000; },
                              [] { return false; })
                       .delay(attempt);
               }}),
      machine_on_(around.world.now()) {}

Box::~Box() = default;

const Engine* Box::engine() const {
    return life_ ? &life_->gateway.engine() : nullptr;
}

bool Box::moment() {
    if (dead_) return true;
    if (!fatal_) return false;
    if ((*fatal_)-- > 0) return false;
    around_.chronicle.say("the process dies{}", power_ ? ", and the machine with it" : "");
    fatal_.reset();
    dead_ = true;
    bury_soon();
    return true;
}

void Box::start() {
    waiting_to_start_ = false;
    dead_ = false;
    ++lives_;
    auto store = around_.store.open(wall(), [this] { return moment(); });
    if (!store) {
        if (!dead_) around_.chronicle.wrong("the store cannot be opened");
        return;
    }
    life_ = std::make_unique<Life>(*this, std::move(store));
    life_->timers_lost = planted(Plant::timer_lost) && lives_ > 1;
    around_.auditor.excuse(wall());
    around_.auditor.deaf(true);
    const auto started = life_->gateway.start();
    if (!fine(started)) return;
    around_.auditor.started(life_->gateway.engine());
    register_homes();
    if (dead_) return;
    life_->uplink.start(life_->gateway.epoch());
    const auto stirs = [this](Lane lane) {
        return [this, lane](bool up) {
            if (dead_) return;
            life_->uplink.link_changed(lane, up, clock_->read().steady);
            (void)fine(life_->uplink.poll(clock_->read().steady));
            arm();
        };
    };
    const auto heard = [this](Session& session, Source source, Inbox::Lane lane) {
        return [this, &session, source, lane](Packet packet) {
            if (!dead_) came(session, std::move(packet), source, lane);
        };
    };
    const auto home = [this](bool up) { hears(up); };
    alarms_.start({heard(alarms_, Source::home, Inbox::Lane::urgent), home});
    foreign_.start({heard(foreign_, Source::home, Inbox::Lane::urgent), home});
    sensors_.start({heard(sensors_, Source::home, Inbox::Lane::bulk), home});
    up_alarm_.start(
        {heard(up_alarm_, Source::district_command, Inbox::Lane::urgent), stirs(Lane::alarm)});
    up_bulk_.start({heard(up_bulk_, Source::district_ack, Inbox::Lane::bulk), stirs(Lane::bulk)});
    look();
}

void Box::home_changed(const Household& home) {
    const auto at = std::ranges::find(homes_, home.id, &Household::id);
    *at = home;
    if (!is_away(home)) around_.auditor.absent(home.id, false);
    changed_.insert(home.id);
    if (life_ && !dead_) tell_changes();
}

/// What the box has not heard yet. As a start does it, and `anjuctl homes`.
void Box::tell_changes() {
    std::vector<Household> changed;
    for (const Household& home : homes_) {
        if (changed_.contains(home.id)) changed.push_back(home);
    }
    if (changed.empty()) return;
    if (!planted(Plant::absence_unheard) && !fine(life_->gateway.set_households(changed, false))) {
        return;
    }
    for (const Household& home : changed) around_.auditor.absent(home.id, is_away(home));
    changed_.clear();
    arm();
}

void Box::register_homes() {
    if (life_->gateway.engine().household_count() == homes_.size()) return tell_changes();
    if (around_.fate.care) {
        Community community;
        community.id = CommunityId{"c1"};
        for (const char* name : {"chen", "liu", "zhao"}) {
            Worker worker;
            worker.id = WorkerId{name};
            worker.name = name;
            community.workers.push_back(std::move(worker));
        }
        if (!fine(life_->gateway.set_communities({std::move(community)}, true))) return;
    }
    if (!fine(life_->gateway.set_households(homes_, true))) return;
    if (planted(Plant::absence_unheard)) return;
    for (const Household& home : homes_) around_.auditor.absent(home.id, is_away(home));
    changed_.clear();
}

void Box::hears(bool up) {
    if (dead_) return;
    const int before = life_->connected;
    life_->connected += up ? 1 : -1;
    if (before != 0 && life_->connected != 0) return;
    around_.chronicle.say("the box {}", up ? "hears its home" : "is deaf");
    around_.auditor.excuse(wall());
    if (!up) around_.auditor.deaf(true);
    (void)fine(life_->gateway.listening(up));
    if (up) around_.auditor.deaf(false);
    if (!dead_) arm();
}

void Box::came(Session& session, Packet packet, Source source, Inbox::Lane lane) {
    const bool ack = packet.topic == uplink::Uplink::ack_topic(gateway_name);
    if (ack) source = Source::district_ack;
    if (planted(Plant::ack_before_commit) && &session == &sensors_) {
        v1::SensorUplink message;
        v1::SensorDownlink downlink;
        if (message.ParseFromString(packet.payload)) {
            downlink.mutable_ack()->set_boot_id(message.boot_id());
            downlink.mutable_ack()->add_seqs(message.seq());
            sensors_.publish("anju/v1/down/" + message.device_id(), downlink.SerializeAsString(),
                             0);
        }
    }
    const bool waits =
        packet.qos == 1 && !ack;  // as Inbox::deliver(): acknowledged after the commit
    Inbound message{source,
                    std::move(packet.topic),
                    std::move(packet.payload),
                    packet.retained,
                    packet.again,
                    static_cast<std::uint16_t>(packet.qos == 0 ? 0 : 1 + (packet.id - 1) % 65'535)};
    const bool taken = life_->inbox.offer(std::move(message), ack ? Inbox::Lane::urgent : lane);
    if (!taken && waits) return session.cut();  // there is no room: it comes again
    if (waits) {
        life_->owed.emplace_back(&session, packet.id);
    } else if (packet.qos == 1) {
        session.acknowledge(packet.id);
    }
}

void Box::drain() {
    life_->draining = false;
    const Inbox::Batch batch = life_->inbox.take(messages_a_commit);
    std::vector<Inbound> home;
    std::size_t waiting = 0;
    for (const Inbound& message : batch.messages) {
        const bool foreign = message.topic.starts_with("zigbee2mqtt");
        if (foreign || message.source == Source::district_command) ++waiting;
        if (message.source == Source::home) home.push_back(message);
    }
    if (!home.empty() && !fine(life_->gateway.process(home))) return;
    for (const Inbound& message : batch.messages) {
        if (message.source != Source::home) handle(message);
        if (dead_) return;
    }
    life_->inbox.settle(batch);
    for (; waiting > 0; --waiting) {
        const auto [session, packet] = life_->owed.front();
        life_->owed.pop_front();
        if (moment()) return;
        session->acknowledge(packet);
    }
    if (life_->inbox.size() > 0 && !std::exchange(life_->draining, true)) {
        around_.world.in(commit_takes, [this, life = lives_] {
            if (life == lives_ && life_ && !dead_) drain();
        });
    }
    if (fine(life_->uplink.poll(clock_->read().steady))) arm();
}

/// As app/anjud/district_link.cpp.
void Box::handle(const Inbound& message) {
    if (message.source == Source::district_ack) {
        if (auto ack = life_->uplink.on_ack(message.payload, clock_->read().steady)) {
            life_->gateway.acknowledged(std::move(*ack));
        }
        return;
    }
    const uplink::Order order = uplink::decode_command(message.payload, gateway_name);
    const auto* alert = std::get_if<uplink::AlertOrder>(&order);
    if (alert == nullptr) return around_.chronicle.wrong("an order that the box cannot read");
    (void)fine(life_->gateway.command({alert->command, alert->expires}));
}

/// At the next due time at the latest.
void Box::arm() {
    if (dead_) return;
    Instant at = life_->looks_at;
    const Instant now = around_.world.now();
    if (!life_->timers_lost) {
        if (const auto due = life_->gateway.deadline()) {
            at = std::min(at, std::max(now, now + (*due - wall())));
        }
    }
    if (const auto due = life_->uplink.deadline()) {
        const auto in = std::chrono::ceil<Duration>(*due - clock_->read().steady);
        at = std::min(at, now + std::max<Duration>(in, 0ms));
    }
    at = std::max(at, now + 1ms);
    if (at >= life_->wakes_at) return;
    life_->wakes_at = at;
    around_.world.at(at, [this, at, life = lives_] {
        if (life != lives_ || dead_ || !life_ || life_->wakes_at != at) return;
        life_->wakes_at = Instant::max();
        wake();
    });
}

void Box::wake() {
    if (around_.world.now() >= life_->looks_at) return look();
    const auto due = life_->gateway.deadline();
    if (!life_->timers_lost && due && *due <= wall() && !fine(life_->gateway.tick())) return;
    if (fine(life_->uplink.poll(clock_->read().steady))) arm();
}

void Box::look() {
    life_->looks_at = around_.world.now() + look_every;
    if (!life_->timers_lost && !fine(life_->gateway.tick())) return;
    if (!fine(life_->gateway.maintain())) return;
    if (fine(life_->uplink.poll(clock_->read().steady))) arm();
}

}  // namespace anju::whole
