// What incidents do to a home and to its sensors: the part of HomeModel that breaks things.
#include <algorithm>
#include <cstdint>
#include <utility>

#include "firmware-sim/homes/home_model.hpp"
#include "firmware-sim/scenario/incident_text.hpp"

namespace anju::sim {

namespace {

using namespace std::chrono_literals;

/// Zigbee2MQTT's default before it calls a battery device unreachable.
constexpr auto unreachable_after = 25h;
/// Whoever visits is seen in some room about as often as somebody who lives there.
constexpr auto visitor_moves_every = 12min;
constexpr auto fetched_after = 10min;

ReadingKind reading_of(IncidentKind kind) {
    switch (kind) {
        case IncidentKind::gas:
            return ReadingKind::gas;
        case IncidentKind::leak:
            return ReadingKind::water_leak;
        case IncidentKind::sos:
            return ReadingKind::sos;
        case IncidentKind::all_well:
            return ReadingKind::i_am_well;
        case IncidentKind::tamper:
            return ReadingKind::tamper;
        default:
            return ReadingKind::smoke;
    }
}

constexpr std::int64_t hour_ms = 3'600'000;

/// Millilitres an hour that run through a meter, or back.
std::int64_t flow_of(const Incident& incident) {
    if (incident.kind == IncidentKind::tap_running) return incident.amount * 1'000;
    return -incident.amount * 1'000 * hour_ms / incident.lasts.count();
}

}  // namespace

void HomeModel::run(const Begin& effect, Instant at, Output& out) {
    const auto& incident = home_.incidents[effect.incident];
    const auto text = incident_text(incident.kind, home_.devices[incident.device].device, true);
    if (!text.zh.empty()) tell(at, text.zh, text.en, out);
    switch (incident.kind) {
        case IncidentKind::silence:
            ++silenced_;
            break;
        case IncidentKind::fall:
            see_movement(life::name_of(incident.room), at, out);
            happen(Deed::fall, incident.room, at, out);
            ++silenced_;
            break;
        case IncidentKind::travel:
            happen(Deed::leaves_for_long, life::Room::hall, at, out);
            ++silenced_;
            break;
        case IncidentKind::hospital:
            happen(Deed::visitor_comes, life::Room::hall, at, out);
            agenda_.emplace(at + fetched_after, Fetched{});
            ++silenced_;
            break;
        case IncidentKind::illness:
            ++ill_;
            break;
        case IncidentKind::visitor:
            happen(Deed::visitor_comes, life::Room::hall, at, out);
            agenda_.emplace(at + visitor_moves_every, Visit{at + incident.lasts});
            break;
        default:
            begin_device(incident, at, out);
    }
}

void HomeModel::begin_device(const Incident& incident, Instant at, Output& out) {
    const auto i = incident.device;
    switch (incident.kind) {
        case IncidentKind::device_silent:
            devices_[i].silent = true;
            break;
        case IncidentKind::dead_battery:
            drain_battery(i, at, incident.lasts);
            break;
        case IncidentKind::door_left_open:
            run(Contact{i, true}, at, out);
            break;
        case IncidentKind::tap_running:
        case IncidentKind::backflow:
            draw_water(at);
            flow_ml_h_ += flow_of(incident);
            break;
        case IncidentKind::meter_replaced:
            draw_water(at);
            register_ml_ = 0;
            restart(i, at, out);
            break;
        case IncidentKind::reboot:
            restart(i, at, out);
            break;
        case IncidentKind::burst:
            out.floods.push_back({i, incident.amount, at + incident.lasts});
            break;
        case IncidentKind::clock_without_ntp:
            devices_[i].lost_clock = at;
            restart(i, at, out);
            break;
        default:
            emit(i, reading_of(incident.kind), 1, at, out);
    }
}

void HomeModel::run(const End& effect, Instant at, Output& out) {
    const auto& incident = home_.incidents[effect.incident];
    const auto text = incident_text(incident.kind, home_.devices[incident.device].device, false);
    if (!text.zh.empty()) tell(at, text.zh, text.en, out);
    switch (incident.kind) {
        case IncidentKind::silence:
            --silenced_;
            break;
        case IncidentKind::fall:
            happen(Deed::found, life::Room::hall, at, out);
            --silenced_;
            break;
        case IncidentKind::travel:
        case IncidentKind::hospital:
            happen(Deed::come_home, life::Room::hall, at, out);
            --silenced_;
            break;
        case IncidentKind::illness:
            --ill_;
            break;
        case IncidentKind::visitor:
            happen(Deed::visitor_leaves, life::Room::hall, at, out);
            break;
        default:
            end_device(incident, at, out);
    }
}

void HomeModel::end_device(const Incident& incident, Instant at, Output& out) {
    const auto i = incident.device;
    switch (incident.kind) {
        case IncidentKind::device_silent:
            devices_[i].silent = false;
            break;
        case IncidentKind::dead_battery:
            devices_[i].silent = true;
            agenda_.emplace(at + unreachable_after, Unreachable{i});
            break;
        case IncidentKind::door_left_open:
            run(Contact{i, false}, at, out);
            break;
        case IncidentKind::tap_running:
        case IncidentKind::backflow:
            draw_water(at);
            flow_ml_h_ -= flow_of(incident);
            break;
        case IncidentKind::clock_without_ntp:
            devices_[i].lost_clock.reset();
            break;
        case IncidentKind::smoke:
        case IncidentKind::gas:
        case IncidentKind::leak:
        case IncidentKind::tamper:
            emit(i, reading_of(incident.kind), 0, at, out);
            break;
        default:  // moments, and a flood, which knows its end
            break;
    }
}

void HomeModel::run(const Visit& effect, Instant at, Output& out) {
    if (at >= effect.until) return;
    see_movement(life::name_of(life::Room::living), at, out);
    agenda_.emplace(at + visitor_moves_every, effect);
}

void HomeModel::run(const Fetched&, Instant at, Output& out) {
    happen(Deed::taken_to_hospital, life::Room::hall, at, out);
}

void HomeModel::restart(std::size_t device, Instant at, Output& out) {
    devices_[device].bundle.clear();
    devices_[device].delivered = at;
    const auto before = out.emissions.size();
    emit(device, greeting(device, at), at, out);
    if (out.emissions.size() > before) out.emissions.back().afresh = true;
}

void HomeModel::draw_water(Instant at) {
    drawn_ml_ms_ += flow_ml_h_ * (at - drawn_until_).count();
    register_ml_ = std::max<std::int64_t>(0, register_ml_ + drawn_ml_ms_ / hour_ms);
    drawn_ml_ms_ %= hour_ms;
    drawn_until_ = at;
}

}  // namespace anju::sim
