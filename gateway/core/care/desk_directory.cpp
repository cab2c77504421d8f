// The community was set, and who lives in its homes.
#include <algorithm>
#include <utility>

#include "core/care/desk_step.hpp"

namespace anju::care {
namespace {

constexpr const char* system_actor = "system";

}  // namespace

ClientState* DeskStep::client(const ResidentId& resident) {
    const auto found = std::ranges::lower_bound(
        desk_.clients, resident, {},
        [](const ClientState& one) -> const ResidentId& { return one.resident.id; });
    return found == desk_.clients.end() || found->resident.id != resident ? nullptr : &*found;
}

void DeskStep::set(const CommunitySet& input) {
    const bool is_new = desk_.set_at == Instant{};
    const Community old = std::exchange(desk_.community, input.community);
    desk_.find_ways();
    desk_.set_at = at_;
    std::ranges::sort(desk_.community.duty, {}, &DutyDay::date);
    if (is_new) {
        // Numbers that a community of this code may have given before are not given again.
        desk_.last_task = static_cast<std::uint64_t>(to_unix_ms(at_) / 1000);
        desk_.rolled = people_.date(at_ - day_turns);
        desk_.open_week = this_week();
        desk_.book.number_from(at_);
        clock_was_set();
        return;
    }
    if (old == desk_.community) return;
    staff_changed(today(), this_week() + 13, CareCause::directory, system_actor);
    if (old.care != desk_.community.care) {
        for (ClientState& one : desk_.clients) one.loose = true;
    }
    plan_soon(CareCause::directory);
}

void DeskStep::set(const ResidentsSet& input) {
    std::vector<ResidentId> gone;
    for (const ClientState& one : desk_.clients) {
        const bool stays = std::ranges::any_of(
            input.residents, [&](const Resident& now) { return now.id == one.resident.id; });
        if (one.household == input.household && !stays) gone.push_back(one.resident.id);
    }
    for (const ResidentId& id : gone) {
        end_all(id, TaskState::cancelled, CareCause::directory, system_actor);
        std::erase_if(desk_.clients, [&](const ClientState& one) { return one.resident.id == id; });
        std::erase_if(desk_.alerts, [&](const ToldAlert& alert) { return alert.resident == id; });
    }
    if (input.residents.empty()) forget_home(input.household);
    bool changed = !gone.empty();
    for (const Resident& resident : input.residents) {
        ClientState* known = client(resident.id);
        if (known == nullptr) {
            ClientState fresh;
            fresh.resident = resident;
            fresh.household = input.household;
            fresh.since = today();
            fresh.loose = true;
            const auto place = std::ranges::lower_bound(
                desk_.clients, resident.id, {},
                [](const ClientState& one) -> const ResidentId& { return one.resident.id; });
            desk_.clients.insert(place, std::move(fresh));
            changed = true;
            continue;
        }
        const ClientState old = *known;
        known->resident = resident;
        known->household = input.household;
        for (CareTask& task : desk_.tasks.of(resident.id)) task.household = input.household;
        if (!known->cared()) {
            end_all(resident.id, TaskState::cancelled, CareCause::directory, system_actor);
        } else if (known->suspended && known->suspension->reason != resident.status) {
            // Who registers homes does not know of suspensions; the home has to.
            next().what = SuspensionChanged{.suspension = *known->suspension,
                                            .ended = false,
                                            .household = known->household,
                                            .actor = system_actor};
        }
        if (old.resident.care != resident.care || old.cared() != known->cared()) {
            known->loose = true;
            changed = true;
        }
    }
    if (changed) plan_soon(CareCause::directory);
}

void DeskStep::told(const RhythmTold& input) {
    // The next plan will heed it; nobody's appointment is moved for it.
    ClientState* known = client(input.resident);
    if (known == nullptr) return;
    known->at_home = input.at_home;
    known->rhythm_told = today();
}

void DeskStep::withdraw() {
    end_alerts();
    for (CareTask& task : desk_.tasks) {
        if (is_open(task.state)) {
            move_to(task, TaskState::cancelled, CareCause::directory, system_actor);
        }
    }
}

}  // namespace anju::care
