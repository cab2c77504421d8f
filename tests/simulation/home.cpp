#include "tests/simulation/home.hpp"

#include <fmt/format.h>

#include <utility>

namespace anju::whole {

using namespace std::chrono_literals;

namespace {

constexpr Duration fire_lasts = 5min;

}  // namespace

Home::Home(World& world, const Fate& fate, Radio& radio, Broker& broker, Auditor& auditor,
           int number)
    : world_(world),
      fate_(fate),
      radio_(radio),
      broker_(broker),
      auditor_(auditor),
      dice_(sim::derive_seed(fate.seed, fmt::format("home {}", number))),
      has_clock_(dice_.chance(800)),
      door_(dice_.chance(fate.doors)),
      zigbee_door_(fate.zigbee && dice_.chance(500)),
      sample_every_(dice_.chance(fate.hourly) ? 1h : 6h),
      deliver_every_(sample_every_ == 6h && dice_.chance(fate.daily) ? 24h : 6h) {
    if (dice_.chance(fate.lifelike)) tenant_ = std::make_unique<Tenant>(dice_.next(), world.now());
    household_.id = HouseholdId{fmt::format("h{}", number)};
    household_.community = "c1";
    household_.rules.presets = {Preset::h24_8l, Preset::door_24h};
    Resident resident;
    resident.id = ResidentId{household_.id.value + "-r"};
    household_.residents = {resident};
    household_.devices = {device("water", SensorKind::water_meter),
                          device("smoke", SensorKind::smoke), device("sos", SensorKind::sos)};
    household_.devices[0].sample_every = sample_every_;
    household_.devices[0].deliver_every = deliver_every_;
    water_ = station(household_.devices[0]);
    smoke_ = station(household_.devices[1]);
    sos_ = station(household_.devices[2]);
    if (dice_.chance(fate.gas)) {
        household_.devices.push_back(device("gas", SensorKind::gas));
        gas_ = station(household_.devices.back());
    }
    if (!door_) return;
    household_.devices.push_back(device("door", SensorKind::door));
    if (zigbee_door_) {
        household_.devices.back().driver = "zigbee2mqtt";
    } else {
        at_door_ = station(household_.devices.back());
    }
}

Device Home::device(const char* name, SensorKind kind) const {
    Device out;
    const std::string id = household_.id.value + "-" + name;
    out.id = DeviceId{id};
    out.kind = kind;
    out.label = name;
    out.driver = "native";
    out.address = id;
    if (fate_.alive_every > 12h && kind != SensorKind::door) {
        out.sample_every = out.deliver_every = fate_.alive_every;
    }
    return out;
}

std::unique_ptr<Station> Home::station(const Device& device) {
    auto out = std::make_unique<Station>(world_, radio_, broker_, auditor_, device.address,
                                         (dice_.next() >> 16U) + 1);
    all_.push_back(out.get());
    return out;
}

v1::SensorReading Home::reading() const {
    v1::SensorReading out;
    if (has_clock_) out.set_event_time_ms(to_unix_ms(world_.now()));
    return out;
}

void Home::begin() {
    world_.in(Duration{dice_.between(0, 3'600'000)}, [this] { sample(); });
    for (Station* one : {smoke_.get(), sos_.get(), gas_.get()}) {
        if (one == nullptr) continue;
        world_.in(Duration{dice_.between(0, fate_.alive_every.count())},
                  [this, one] { still_there(*one); });
    }
    if (door_ && zigbee_door_) {
        broker_.publish({"zigbee2mqtt/" + household_.devices.back().address + "/availability",
                         R"({"state":"online"})", 1, true, false, 0});
    }
    if (door_) pass_door(false);
    new_day();
    const auto mean = fate_.incident_every.count();
    world_.in(Duration{dice_.between(1, 2 * mean)}, [this] { something_happens(); });
    world_.in(Duration{dice_.between(1, 2 * fate_.spell_every.count())},
              [this] { spell_begins(); });
}

/// Chinese time is eight hours ahead; a day begins there.
void Home::new_day() {
    const Instant local = world_.now() + 8h;
    const Instant midnight = std::chrono::floor<std::chrono::days>(local) - 8h;
    world_.at(midnight + 24h, [this] { new_day(); });
    if (hushed_) return;
    if (tenant_) {
        for (const Instant at : tenant_->next_day()) {
            if (!door_ || at <= world_.now()) continue;
            world_.at(at, [this] { pass_door(true); });
            world_.at(at + Duration{dice_.between(2'000, 20'000)}, [this] { pass_door(false); });
        }
        return;
    }
    const auto act = [&](std::int64_t from_min, std::int64_t to_min, World::Act what) {
        const Instant at = midnight + Duration{dice_.between(from_min * 60'000, to_min * 60'000)};
        if (at > world_.now()) world_.at(at, std::move(what));
    };
    act(6 * 60, 8 * 60, [this] { draw(4'000 + dice_.between(0, 4'000)); });
    act(11 * 60, 13 * 60, [this] { draw(6'000 + dice_.between(0, 4'000)); });
    act(17 * 60, 22 * 60, [this] { draw(5'000 + dice_.between(0, 20'000)); });
    if (!door_) return;
    for (auto outings = dice_.between(0, 1); outings >= 0; --outings) {
        const auto out = dice_.between(8 * 60, 16 * 60);
        const auto back = out + dice_.between(20, 180);
        for (const auto minute : {out, back}) {
            act(minute, minute, [this] { pass_door(true); });
            world_.at(midnight + Duration{minute * 60'000 + dice_.between(2'000, 20'000)},
                      [this] { pass_door(false); });
        }
    }
}

void Home::sample() {
    world_.in(sample_every_, [this] { sample(); });
    v1::SensorReading now = reading();
    if (tenant_) draw(tenant_->drawn_until(world_.now()));
    if (lies_ && fate_.plant == Plant::meter_runs) register_ml_ += 10'000;
    now.set_water_total_ml(register_ml_);
    // What is bundled without a time of its own would all be of the moment of its delivery.
    if (has_clock_ || bundle_.empty()) {
        bundle_.push_back(std::move(now));
    } else {
        bundle_.back() = std::move(now);
    }
    const Duration since = world_.now().time_since_epoch();
    if (since / sample_every_ % (deliver_every_ / sample_every_) != 0) return;
    water_->say(std::exchange(bundle_, {}));
}

void Home::pass_door(bool open) {
    if (nobody_moves()) return;
    if (hushed_) return;  // who comes home in the last moment would be owed an answer
    if (!zigbee_door_) {
        v1::SensorReading now = reading();
        now.set_contact_open(open);
        std::vector<v1::SensorReading> all;
        all.push_back(std::move(now));
        return at_door_->say(std::move(all));
    }
    auditor_.entrusted();
    broker_.publish({"zigbee2mqtt/" + household_.devices.back().address,
                     fmt::format(R"({{"contact":{},"n":{}}})", !open, ++foreign_), 1, false, false,
                     0});
}

void Home::still_there(Station& station) {
    world_.in(fate_.alive_every, [this, &station] { still_there(station); });
    says_alive(station);
}

void Home::says_alive(Station& station) const {
    v1::SensorReading now = reading();
    now.set_alive(true);
    std::vector<v1::SensorReading> all;
    all.push_back(std::move(now));
    station.say(std::move(all));
}

void Home::something_happens() {
    const auto mean = fate_.incident_every.count();
    world_.in(Duration{dice_.between(mean / 2, 3 * mean / 2)}, [this] { something_happens(); });
    if (hushed_ || fire_) return;
    if (dice_.chance(500)) {
        v1::SensorReading now;
        now.set_event_time_ms(to_unix_ms(world_.now()));
        now.set_sos(true);
        return sos_->alarm(std::move(now),
                           auditor_.incident(AlertKind::sos, household_.devices[2].id.value));
    }
    is_gas_ = gas_ && dice_.chance(500);
    fire_ = auditor_.incident(is_gas_ ? AlertKind::gas_leak : AlertKind::smoke,
                              is_gas_ ? gas_->device() : smoke_->device());
    fire_ends_ = world_.now() + fire_lasts;
    burns();
}

/// Says so as long as it lasts, and then that it is over.
void Home::burns() {
    v1::SensorReading now;
    now.set_event_time_ms(to_unix_ms(world_.now()));
    const bool on = world_.now() < fire_ends_;
    if (is_gas_) {
        now.set_gas(on);
    } else {
        now.set_smoke(on);
    }
    (is_gas_ ? gas_ : smoke_)->alarm(std::move(now), *fire_);
    if (!on) {
        fire_.reset();
        return;
    }
    world_.in(100s, [this] { burns(); });
}

void Home::spell_begins() {
    const auto mean = fate_.spell_every.count();
    world_.in(Duration{dice_.between(mean / 2, 3 * mean / 2)}, [this] { spell_begins(); });
    if (hushed_ || nobody_moves()) return;
    if (tenant_) draw(tenant_->drawn_until(world_.now()));
    if (dice_.chance(500)) return falls();
    is_away(true);
    world_.in(Duration{dice_.between(Duration{12h}.count(), Duration{24h * 9}.count())},
              [this] { is_away(false); });
}

/// Lies until the box has told somebody, or somebody comes by.
void Home::falls() {
    lies_ = true;
    // Where a meter of six hours is all there is, the presets hold for good, and with them a bound.
    if (!door_ && sample_every_ == 6h) {
        const Duration sample = has_clock_ ? sample_every_ : deliver_every_;
        auditor_.fell(household_.id, 2 * sample + deliver_every_);
    }
    lies(world_.now() + Duration{dice_.between(Duration{6h}.count(), Duration{24h * 12}.count())});
}

void Home::lies(Instant found_at_the_latest) {
    if (world_.now() < found_at_the_latest && !auditor_.told_of(household_.id)) {
        world_.in(3h, [this, found_at_the_latest] { lies(found_at_the_latest); });
        return;
    }
    if (tenant_) draw(tenant_->drawn_until(world_.now()));  // while nobody drew anything
    lies_ = false;
    auditor_.got_up(household_.id);
}

void Home::is_away(bool away) {
    if (tenant_) draw(tenant_->drawn_until(world_.now()));
    away_ = away;
    household_.residents[0].status = away ? ResidentStatus::hospitalised : ResidentStatus::active;
    if (changed) changed(household_);
}

void Home::reboot_one(std::uint64_t any) {
    Station& station = *all_[any % all_.size()];
    if (&station == (is_gas_ ? gas_ : smoke_).get() && fire_)
        return;  // its battery holds for the alarm
    station.reboot();
    auditor_.forgotten(station.device());
    says_alive(station);
}

}  // namespace anju::whole
