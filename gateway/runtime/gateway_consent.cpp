// Consent: what a resident says takes effect with one commit, and nothing that came before it can
// be found afterwards.
#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "runtime/gateway.hpp"

namespace anju {

result<AnsweredCommand> Gateway::consent(const ConsentRecorded& said) noexcept {
    bool applied = false;
    const auto answering = [&](Work& work, AnsweredCommand& answer) {
        if (!engine_.view(said.household)) {
            answer.status = CommandStatus::refused;
            answer.text = "no household " + said.household.value + " on this gateway";
            return false;
        }
        apply(work, said.household, said);
        for (const Decision& decision : work.transaction.decisions) {
            const auto* const one = std::get_if<CommandAnswered>(&decision.what);
            if (one == nullptr || one->command_id != said.command_id) continue;
            answer.status = one->status;
            answer.text = one->text;
        }
        applied = answer.status == CommandStatus::applied;
        if (applied) erase(work, said);
        return true;
    };
    auto answer = answer_once({said.command_id}, answering);
    if (answer && applied) directory_changed();
    return answer;
}

/// Recovery and replay of the home begin with what it is now. Memory of the drivers and of the
/// proposals is written again, so that the store holds nothing older of them.
void Gateway::erase(Work& work, const ConsentRecorded& said) {
    checkpoint(work, said.household, true);
    const ConsentState state = said.consent.state;
    if (state != ConsentState::refused && state != ConsentState::withdrawn) return;
    Erasure erasure{said.household, said.consent.resident, said.consent.kind, {}, {}};
    const auto home = engine_.view(said.household);
    for (const DeviceView& device : home->devices) {
        if (device.device.kind != said.consent.kind) continue;
        tap_.forget(device.device.id);
        erasure.devices.push_back(device.device.id);
        erasure.addresses.push_back(device.device.address);
    }
    work.transaction.erasures.push_back(std::move(erasure));
    erase_rhythms(work, *engine_.find(said.household), said.consent.kind);
    work.transaction.driver_state = ingest_.save_state();
    work.transaction.proposals = proposals_.save(work.transaction.now);
}

/// What the residents of these homes said holds also where the home itself has forgotten it:
/// rebuilt from its registration after damage, or registered anew. Their last word on each kind of
/// sensor becomes an input, before any reading is taken.
result<void> Gateway::keep_consents(Work& work, const std::set<HouseholdId>& homes) {
    if (homes.empty()) return {};
    auto log = journal_.consents();
    if (!log) return log.error();
    std::map<std::tuple<HouseholdId, ResidentId, SensorKind>, Consent> last;
    for (Journal::Said& said : *log) {
        if (!homes.contains(said.household)) continue;
        last[{said.household, said.consent.resident, said.consent.kind}] = std::move(said.consent);
    }
    for (auto& [whose, consent] : last) {
        const HouseholdId& id = std::get<HouseholdId>(whose);
        const auto view = engine_.view(id);
        if (!view) continue;
        const auto& residents = view->household.residents;
        const bool lives_there = std::ranges::any_of(
            residents, [&](const Resident& one) { return one.id == consent.resident; });
        const bool holds = std::ranges::any_of(view->consents, [&](const Consent& one) {
            return one.resident == consent.resident && one.kind == consent.kind &&
                   one.state == consent.state;
        });
        if (!lives_there || holds) continue;
        const ConsentRecorded again{.command_id = "consent-log-" + std::to_string(last_input_ + 1),
                                    .household = id,
                                    .consent = std::move(consent)};
        apply(work, id, again);
        erase(work, again);
    }
    return {};
}

/// What the desk was told of the day of whoever lives there was learned from all sensors together,
/// and goes with the first of them. Told anew when enough was learned again.
void Gateway::erase_rhythms(Work& work, const Household& home, SensorKind kind) {
    const CommunityId community{home.community};
    if (engine_.find(community) == nullptr) return;
    if (!engine_.up_and_at_home(home.id, work.transaction.now).empty())
        return;  // nothing unlearned
    for (const Resident& resident : home.residents) {
        const auto known = engine_.rhythm(community, resident.id);
        if (!known) continue;
        if (!known->at_home.empty()) {
            apply(work, unit_of(community),
                  RhythmTold{.community = community, .resident = resident.id, .at_home = {}});
        }
        work.transaction.erasures.push_back({unit_of(community), resident.id, kind, {}, {}});
    }
    checkpoint(work, unit_of(community), true);
}

bool Gateway::mentions_withheld(std::string_view topic, std::string_view payload) const {
    return std::ranges::any_of(withheld_, [&](const std::string& address) {
        if (address.empty()) return false;
        return topic.find(address) != topic.npos || payload.find(address) != payload.npos;
    });
}

}  // namespace anju
