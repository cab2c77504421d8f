#include "firmware-sim/homes/home_model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "firmware-sim/life/residents.hpp"
#include "firmware-sim/local_time.hpp"
#include "firmware-sim/sensors/water_register.hpp"

namespace anju::sim {

namespace {

using namespace std::chrono_literals;

constexpr int low_pct = 10;   ///< a device that judges its own battery calls this low
constexpr int empty_pct = 3;  ///< and falls silent here
constexpr std::size_t bundle_limit = 64;
constexpr auto movement_lasts = 90s;
constexpr auto back_in_bed = 4min;
/// Zigbee2MQTT's default before it calls a battery device unreachable.
constexpr auto unreachable_after = 25h;

std::int64_t shown(const Behaviour& behaviour, std::int64_t register_ml) {
    return WaterRegister(behaviour.resolution_ml, behaviour.wraps_at_ml).shown(register_ml);
}

}  // namespace

ReadingKind test_reading(SensorKind kind) {
    switch (kind) {
        case SensorKind::smoke:
            return ReadingKind::smoke;
        case SensorKind::gas:
            return ReadingKind::gas;
        case SensorKind::water_leak:
            return ReadingKind::water_leak;
        case SensorKind::sos:
            return ReadingKind::sos;
        case SensorKind::water_meter:
        case SensorKind::door:
        case SensorKind::motion:
        case SensorKind::bed:
            break;
    }
    return ReadingKind::alive;
}

bool is_alarm(ReadingKind kind) {
    return kind == ReadingKind::smoke || kind == ReadingKind::gas || kind == ReadingKind::sos ||
           kind == ReadingKind::water_leak;
}

HomeModel::HomeModel(SimHome home, Instant start, Instant end, std::uint64_t seed)
    : home_(std::move(home)),
      start_(start),
      end_(end),
      random_(derive_seed(seed, "home")),
      seed_(seed),
      register_ml_(random_.between(80'000'000, 900'000'000)),
      devices_(home_.devices.size()) {
    const auto midnight = local_midnight(start);
    for (std::size_t i = 0; i < home_.devices.size(); ++i) {
        const auto period = home_.devices[i].device.sample_every;
        devices_[i].delivered = start;
        auto behaviour = home_.devices[i].behaviour;
        if (home_.devices[i].protocol == Protocol::native) {
            behaviour.loss_per_mille = 0;  // of these each sending is lost by itself
            behaviour.repeats = 0;
        }
        if (behaviour != Behaviour{}) {
            devices_[i].firmware.emplace(home_.devices[i].device.kind, behaviour,
                                         derive_seed(seed, home_.devices[i].device.id.value),
                                         start);
        }
        agenda_.emplace(start + Duration{random_.between(1, period.count())}, Beat{i});
    }
    for (std::size_t i = 0; i < home_.incidents.size(); ++i) {
        const auto& incident = home_.incidents[i];
        const auto begin = midnight + incident.at;
        if (begin < start) continue;
        agenda_.emplace(begin, Begin{i});
        if (incident.lasts > Duration{0}) agenda_.emplace(begin + incident.lasts, End{i});
    }
    if (home_.habits) {
        const auto person = derive_seed(seed, "life");
        life_.emplace(life::person_of(*home_.habits, person),
                      std::chrono::floor<std::chrono::days>(midnight + utc_offset), person);
    }
    agenda_.emplace(midnight, NewDay{});
    Output before;
    advance(start - Duration{1}, before);  // plans the first day, drops what is over already
}

std::vector<Reading> HomeModel::greeting(std::size_t device, Instant at) const {
    std::vector<Reading> readings;
    const auto add = [&](ReadingKind kind, std::int64_t value) {
        readings.push_back({kind, 0, value, at});
    };
    const auto kind = home_.devices[device].device.kind;
    if (kind == SensorKind::water_meter) add(ReadingKind::water_total_ml, register_ml_);
    if (kind == SensorKind::door) add(ReadingKind::contact_open, devices_[device].open ? 1 : 0);
    if (home_.devices[device].battery_pct > 0) add(ReadingKind::battery_pct, battery(device, at));
    if (readings.empty()) add(ReadingKind::alive, 1);
    return readings;
}

Output HomeModel::hello() const {
    Output out;
    for (std::size_t i = 0; i < home_.devices.size(); ++i) {
        auto readings = greeting(i, start_);
        for (auto& reading : readings) {
            if (reading.kind != ReadingKind::water_total_ml) continue;
            reading.value = shown(home_.devices[i].behaviour, reading.value);
        }
        out.emissions.push_back({i, std::move(readings), start_});
    }
    return out;
}

std::optional<Instant> HomeModel::next() const {
    if (agenda_.empty() || agenda_.begin()->first > end_) return std::nullopt;
    return agenda_.begin()->first;
}

void HomeModel::advance(Instant until, Output& out) {
    until = std::min(until, end_);
    while (!agenda_.empty() && agenda_.begin()->first <= until) {
        const auto node = agenda_.extract(agenda_.begin());
        std::visit([&](const auto& effect) { run(effect, node.key(), out); }, node.mapped());
    }
}

void HomeModel::run(const NewDay&, Instant at, Output&) {
    const auto plan = [&](const std::vector<Act>& acts) {
        for (const auto& act : acts) {
            if (at + act.at >= start_) agenda_.emplace(at + act.at, DoAct{act});
        }
    };
    if (life_) {
        plan(life_->next_day().acts);
    } else {
        plan(plan_day(home_.routine, Random{derive_seed(seed_, format_local(at))}));
    }
    agenda_.emplace(at + 24h, NewDay{});
}

void HomeModel::run(const DoAct& effect, Instant at, Output& out) {
    if (silenced_ > 0) return;
    const auto deed = effect.act.deed;
    if (ill_ > 0 && deed != Deed::toilet && deed != Deed::night_toilet && deed != Deed::drink)
        return;
    register_ml_ += effect.act.water_ml;
    happen(deed, effect.act.room, at, out);
    use_bed(deed, at);
}

void HomeModel::happen(Deed deed, life::Room room, Instant at, Output& out) {
    const auto& text = life::describe(deed);
    if (text.told) tell(at, std::string(text.zh), std::string(text.en), out);
    if (text.moves) see_movement(life::name_of(room), at, out);
    if (!text.uses_door) return;
    for (std::size_t i = 0; i < home_.devices.size(); ++i) {
        if (home_.devices[i].device.kind != SensorKind::door) continue;
        run(Contact{i, true}, at, out);
        agenda_.emplace(at + Duration{random_.between(6'000, 20'000)}, Contact{i, false});
    }
}

void HomeModel::use_bed(Deed deed, Instant at) {
    const bool up_for_a_while = deed == Deed::night_toilet;
    const bool rises = deed == Deed::get_up || deed == Deed::nap_ends;
    const bool lies = deed == Deed::go_to_bed || deed == Deed::nap;
    if (!up_for_a_while && !rises && !lies) return;
    for (std::size_t i = 0; i < home_.devices.size(); ++i) {
        if (home_.devices[i].device.kind != SensorKind::bed) continue;
        if (!lies) agenda_.emplace(at, Bed{i, false});
        if (!rises) agenda_.emplace(at + back_in_bed, Bed{i, true});
    }
}

void HomeModel::run(const Bed& effect, Instant at, Output& out) {
    auto& state = devices_[effect.device];
    // Somebody who fell on the way does not lie down.
    if (state.in_bed == effect.occupied || (effect.occupied && silenced_ > 0)) return;
    state.in_bed = effect.occupied;
    emit(effect.device, ReadingKind::bed_occupied, effect.occupied ? 1 : 0, at, out);
}

void HomeModel::run(const Contact& effect, Instant at, Output& out) {
    auto& state = devices_[effect.device];
    if (state.open == effect.open) return;
    state.open = effect.open;
    emit(effect.device, ReadingKind::contact_open, effect.open ? 1 : 0, at, out);
}

void HomeModel::see_movement(std::string_view room, Instant at, Output& out) {
    for (std::size_t i = 0; i < home_.devices.size(); ++i) {
        const auto& device = home_.devices[i];
        if (device.device.kind != SensorKind::motion || device.room != room) continue;
        devices_[i].still_at = at + movement_lasts;
        emit(i, ReadingKind::motion, 1, at, out);
        agenda_.emplace(devices_[i].still_at, Still{i});
    }
}

void HomeModel::run(const Still& effect, Instant at, Output& out) {
    if (devices_[effect.device].still_at != at) return;  // moved again since
    emit(effect.device, ReadingKind::motion, 0, at, out);
}

void HomeModel::run(const Beat& effect, Instant at, Output& out) {
    const auto i = effect.device;
    const auto& device = home_.devices[i].device;
    auto& state = devices_[i];
    agenda_.emplace(at + device.sample_every, effect);
    if (state.silent) return;
    if (device.kind == SensorKind::water_meter) {
        draw_water(at);
        state.bundle.push_back({ReadingKind::water_total_ml, 0, register_ml_, at});
        const bool due = at + device.sample_every > state.delivered + device.deliver_every;
        if (!due && state.bundle.size() < bundle_limit - 2) return;
        state.delivered = at;
    }
    auto readings = std::exchange(state.bundle, {});
    if (home_.devices[i].battery_pct > 0) {
        readings.push_back({ReadingKind::battery_pct, 0, battery(i, at), at});
    }
    if (readings.empty()) readings.push_back({ReadingKind::alive, 0, 1, at});
    emit(i, std::move(readings), at, out);
}

void HomeModel::drain_battery(std::size_t device, Instant at, Duration lasts) {
    const Drain drain{at, lasts > 0s ? at + lasts : end_};
    devices_[device].drain = drain;
    const int full = home_.devices[device].battery_pct;
    if (full <= low_pct || drain.until <= drain.from) return;
    // A device that calculates what is left from the voltage may say "full" until it is silent.
    int left = full;
    while (left > empty_pct && shown_battery(device, left) > low_pct) --left;
    if (left == empty_pct) return;
    const auto until_low = (drain.until - drain.from) * (full - left) / (full - empty_pct);
    agenda_.emplace(at + until_low + 1s, BatteryLow{device});
}

void HomeModel::run(const BatteryLow& effect, Instant at, Output& out) {
    const auto& device = home_.devices[effect.device].device;
    const auto level = battery(effect.device, at);
    tell(at, fmt::format("{}电池将尽（{}%）", device.label, level),
         fmt::format("battery of {} is nearly empty ({} %)", device.id.value, level), out);
    emit(effect.device,
         {{ReadingKind::battery_pct, 0, level, at}, {ReadingKind::battery_low, 0, 1, at}}, at, out);
}

void HomeModel::run(const Unreachable& effect, Instant at, Output& out) {
    // Said by the bridge, not by the device, so silence does not hold it back.
    if (home_.devices[effect.device].protocol == Protocol::zigbee2mqtt) {
        out.emissions.push_back({effect.device, {{ReadingKind::online, 0, 0, at}}, at});
    }
}

void HomeModel::run(const Wake& effect, Instant at, Output& out) {
    listen(effect.device, at, out);
}

void HomeModel::listen(std::size_t device, Instant at, Output& out) {
    auto& state = devices_[device];
    std::vector<Said> said;
    state.firmware->advance(at, said);
    if (const auto next = state.firmware->next()) agenda_.emplace(*next, Wake{device});
    if (state.silent) return;
    for (auto& message : said) {
        deliver(device, std::move(message.readings), at, message.copies, out);
    }
}

void HomeModel::deliver(std::size_t device, std::vector<Reading> readings, Instant at,
                        unsigned copies, Output& out) const {
    if (const auto lost = devices_[device].lost_clock) {
        for (auto& reading : readings) {
            reading.event_time = Instant{} + std::max(reading.event_time - *lost, Duration{1});
        }
    }
    out.emissions.push_back({device, std::move(readings), at, copies});
}

void HomeModel::emit(std::size_t device, std::vector<Reading> readings, Instant at, Output& out) {
    auto& state = devices_[device];
    if (state.silent) return;
    if (!state.firmware) return deliver(device, std::move(readings), at, 1, out);
    state.firmware->sense(readings, at);
    listen(device, at, out);
}

void HomeModel::emit(std::size_t device, ReadingKind kind, std::int64_t value, Instant at,
                     Output& out) {
    emit(device, {{kind, 0, value, at}}, at, out);
}

void HomeModel::tell(Instant at, std::string zh, std::string en, Output& out) const {
    const auto& home = home_.id.value;
    out.story.push_back({at, home + " " + home_.resident.name + "：" + std::move(zh),
                         home + " " + home_.person_en + ": " + std::move(en)});
}

int HomeModel::battery(std::size_t device, Instant at) const {
    const int full = home_.devices[device].battery_pct;
    const auto& drain = devices_[device].drain;
    if (!drain || drain->until <= drain->from || full <= empty_pct) {
        return shown_battery(device, full);
    }
    const auto gone = std::clamp(at, drain->from, drain->until) - drain->from;
    return shown_battery(device, full - static_cast<int>((full - empty_pct) * gone.count() /
                                                         (drain->until - drain->from).count()));
}

int HomeModel::shown_battery(std::size_t device, int left) const {
    const auto& behaviour = home_.devices[device].behaviour;
    // A meter on wireless M-Bus tells the voltage itself.
    if (!behaviour.cell || home_.devices[device].protocol == Protocol::wmbus) return left;
    return shown_percent(*behaviour.cell,
                         millivolts_of(*behaviour.cell, left * 10, behaviour.celsius));
}

}  // namespace anju::sim
