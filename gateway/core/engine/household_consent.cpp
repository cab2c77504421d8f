// What a resident agreed to: what may be collected, and what has to be forgotten.
//
// A device whose kind a resident refused or withdrew is taken out of the home as the detectors see
// it: no reading of it is applied, no silence of it is held against anybody, and its state is gone.
// What was learned from several kinds together cannot be taken apart again, so all of it goes, and
// the home starts learning like a new one. Of two residents the one who says no decides: a sensor
// cannot tell whom it hears.
#include <algorithm>
#include <tuple>
#include <utility>

#include "core/engine/household_state.hpp"
#include "core/engine/step.hpp"

namespace anju {
namespace {

bool forbids(ConsentState state) {
    return state == ConsentState::refused || state == ConsentState::withdrawn;
}

auto rank(const Consent& one) {
    return std::tie(one.resident.value, one.kind);
}

/// Whether devices of this kind tell of what people do, and so have part in what was learned. A
/// smoke, gas or leak sensor speaks of its own matter only.
bool tells_of_people(SensorKind kind) {
    return kind != SensorKind::smoke && kind != SensorKind::gas && kind != SensorKind::water_leak;
}

/// Forgets what the devices of this kind had part in; their own states go with them.
void unlearn(Home& home, SensorKind kind) {
    if (!tells_of_people(kind)) return;
    home.last_sign_of_life = {};
    home.last_spoke = 0;
    home.told = Concern::none;
    home.inactivity = {};
    home.busy = {};
    home.routine = {};
    home.presence = {};
    home.settling = {};
    home.outings = {};
    home.empty = {};
    home.door = {};
    if (kind == SensorKind::water_meter) {
        home.water = {};
        home.water_high = {};
    }
    for (DeviceState& device : home.devices) {
        device.muted = {};
        device.after = {};
        device.ended_silences = 0;
        device.habit = {};
    }
    if (home.known_empty()) home.empty.begins(home.now);
}

/// Ends what the devices of this kind had raised: nobody may look into it any further. A P1 or P2
/// that persons were called out for they end themselves: whoever said no may be in danger now.
void cancel_alerts(Home& home, SensorKind kind, const std::string& actor, Recorder& recorder) {
    for (const Alert& alert : home.book.pending()) {
        const auto device = std::ranges::find(home.household.devices, alert.device, &Device::id);
        if (device == home.household.devices.end() || device->kind != kind) continue;
        if (alert.priority <= Priority::p2 && alert.state >= AlertState::open) continue;
        home.book.move(*home.book.find(alert.id), AlertState::cancelled, StepCause::person, actor,
                       recorder.at(), recorder);
    }
}

}  // namespace

bool Home::collects(SensorKind wanted) const {
    return std::ranges::none_of(
        consents, [&](const Consent& one) { return one.kind == wanted && forbids(one.state); });
}

Household Home::as_listed() const {
    Household out = household;
    for (const Withheld& one : withheld) {
        const auto place = std::min<std::size_t>(one.place, out.devices.size());
        out.devices.insert(out.devices.begin() + static_cast<std::ptrdiff_t>(place), one.device);
    }
    return out;
}

void Home::withhold() {
    std::erase_if(consents, [&](const Consent& one) {
        return std::ranges::find(household.residents, one.resident, &Resident::id) ==
               household.residents.end();
    });
    withheld.clear();
    std::vector<Device> collected;
    for (std::size_t i = 0; i < household.devices.size(); ++i) {
        Device& device = household.devices[i];
        if (collects(device.kind)) {
            collected.push_back(std::move(device));
        } else {
            withheld.push_back({static_cast<std::uint32_t>(i), std::move(device)});
        }
    }
    household.devices = std::move(collected);
}

void HouseholdState::consent(Instant now, const ConsentRecorded& recorded, Voice voice,
                             Decisions& out) {
    enter(now, voice, out);
    Consent consent = recorded.consent;
    consent.at = now;
    CommandAnswered answer{recorded.command_id, CommandStatus::applied, {}};
    const auto said = std::ranges::lower_bound(home_.consents, rank(consent), {},
                                               [](const Consent& one) { return rank(one); });
    const bool known = said != home_.consents.end() && rank(*said) == rank(consent);
    const auto& residents = home_.household.residents;
    if (std::ranges::find(residents, consent.resident, &Resident::id) == residents.end()) {
        answer.status = CommandStatus::refused;
        answer.text = "no resident " + consent.resident.value + " lives there";
    } else if (consent.state == ConsentState::unrecorded) {
        answer.status = CommandStatus::refused;
        answer.text = "what the resident said is missing";
    } else if (known && said->state == consent.state) {
        answer.status = CommandStatus::already;
        answer.text = "the resident said so before";
    }
    if (answer.status != CommandStatus::applied) {
        Recorder(home_.household, home_.decisions, voice, now, out).answered(std::move(answer));
        leave(now, voice, out);
        return;
    }
    const bool collected = home_.collects(consent.kind);
    if (known) {
        *said = consent;
    } else {
        home_.consents.insert(said, consent);
    }
    {
        Recorder recorder(home_.household, home_.decisions, voice, now, out);
        recorder.consent(consent);
        if (collected && !home_.collects(consent.kind)) {
            cancel_alerts(home_, consent.kind, consent.actor, recorder);
            unlearn(home_, consent.kind);
        }
        recorder.answered(std::move(answer));
    }
    if (collected != home_.collects(consent.kind)) {
        const Household listed = home_.as_listed();
        set(now, listed, voice, out);
    }
    leave(now, voice, out);
}

}  // namespace anju
