#include "core/engine.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "core/alert/command.hpp"
#include "core/check.hpp"
#include "core/engine/communities.hpp"
#include "core/engine/directory.hpp"
#include "core/engine/home_slot.hpp"
#include "core/explanation.hpp"

namespace anju {

struct Engine::Impl {
    explicit Impl(Options wanted) : voice{wanted.utc_offset} {}

    HomeSlot* find(const HouseholdId& id) const {
        const auto found = homes.find(id);
        return found == homes.end() ? nullptr : found->second.get();
    }
    /// The unit named by "{unit}-{number}"; empty when `alert` is not of that form.
    static HouseholdId unit_of(const AlertId& alert) {
        const auto dash = alert.value.rfind('-');
        return HouseholdId{dash == std::string::npos ? "" : alert.value.substr(0, dash)};
    }
    HomeSlot* find(const AlertId& alert) const { return find(unit_of(alert)); }
    /// All homes in ascending order of their ids.
    std::vector<HomeSlot*> in_order() const {
        std::vector<HomeSlot*> all;
        all.reserve(homes.size());
        for (const auto& [id, home] : homes) all.push_back(home.get());
        sort(all);
        return all;
    }
    static void sort(std::vector<HomeSlot*>& some) {
        std::ranges::sort(
            some, {}, [](const HomeSlot* home) -> const std::string& { return home->id().value; });
    }
    /// Calls for each of both, which are ascending, in the order of the names of their units.
    template <class OfHome, class OfDesk>
    static void in_order_of_units(const std::vector<HomeSlot*>& some,
                                  const std::vector<DeskSlot*>& others, OfHome of_home,
                                  OfDesk of_desk) {
        auto other = others.begin();
        for (HomeSlot* home : some) {
            for (; other != others.end() && anju::unit_of((*other)->id()) < home->id(); ++other) {
                of_desk(**other);
            }
            of_home(*home);
        }
        for (; other != others.end(); ++other) of_desk(**other);
    }
    /// Lets `act` change the home, where it is known.
    template <class Act>
    void with(HomeSlot* home, Act act) {
        if (home == nullptr) return;
        act(home->state);
        reschedule(*home);
    }
    void reschedule(HomeSlot& home) { agenda.wake(home, home.ticket, home.state.deadline()); }

    void apply(Instant now, const Observation& message, Decisions& out);
    void apply(Instant now, const HouseholdSet& set, Decisions& out);
    void apply(Instant now, const HouseholdRemoved& removed, Decisions& out);
    void apply(Instant now, const AlertCommand& command, Decisions& out);
    void apply(Instant now, const ClockStep& step, Decisions& out);
    void apply(Instant now, const Outage& outage, Decisions& out);
    void apply(Instant now, const LifeWitnessed& life, Decisions& out);
    void apply(Instant now, const AlertAsked& asked, Decisions& out);
    void apply(Instant now, const StatusTold& told, Decisions& out);
    void apply(Instant now, const AlertMerged& merged, Decisions& out);
    void apply(Instant now, const ConsentRecorded& recorded, Decisions& out);
    void apply(Instant now, const StoreRestored& restored, Decisions& out);
    void apply(Instant now, const CommunitySet& set, Decisions& out);
    void apply(Instant now, const CommunityRemoved& removed, Decisions& out);
    /// The other inputs of a community.
    template <class T>
    void apply(Instant now, const T& input, Decisions& out);
    void advance(Instant now, Decisions& out);
    void forget(const HouseholdId& id);

    HouseholdState::Voice voice;
    std::unordered_map<HouseholdId, std::unique_ptr<HomeSlot>> homes;  // never walked unsorted
    Communities communities;
    Directory directory;
    Agenda<HomeSlot> agenda;
    Instant advanced_until = Instant::min();  // by advance() alone, which no journal records
    Reservations reservations;
};

void Engine::Impl::apply(Instant now, const Observation& message, Decisions& out) {
    const Directory::Place* place = directory.find(message.device);
    if (place == nullptr) return;
    reservations += place->home->state.observe(now, place->device, message, voice, out);
    reschedule(*place->home);
}

void Engine::Impl::apply(Instant now, const HouseholdSet& set, Decisions& out) {
    auto& home = homes[set.household.id];
    if (home == nullptr) {
        home = std::make_unique<HomeSlot>();
    } else {
        directory.remove(*home);
    }
    home->state.set(now, set.household, voice, out);
    directory.add(*home);
    reschedule(*home);
}

void Engine::Impl::apply(Instant now, const HouseholdRemoved& removed, Decisions& out) {
    HomeSlot* home = find(removed.household);
    if (home == nullptr) return;
    home->state.withdraw(now, voice, out);
    forget(removed.household);
}

void Engine::Impl::apply(Instant now, const AlertCommand& command, Decisions& out) {
    HomeSlot* home = find(command.alert);
    if (DeskSlot* slot = home == nullptr ? communities.find(unit_of(command.alert)) : nullptr) {
        slot->desk.apply(now, command, {voice.utc_offset}, out);
        communities.reschedule(*slot);
        return;
    }
    if (home == nullptr) {
        out.push_back({.household = {}, .number = 0, .at = now, .what = no_such_alert(command)});
        return;
    }
    with(home, [&](HouseholdState& state) { state.command(now, command, voice, out); });
}

void Engine::Impl::apply(Instant now, const ClockStep& step, Decisions& out) {
    if (advanced_until != Instant::min()) advanced_until += step.by;
    in_order_of_units(
        in_order(), communities.all(),
        [&](HomeSlot& home) {
            home.state.clock_step(now, step.by, voice, out);
            agenda.remove(home, home.ticket);
            reschedule(home);
        },
        [&](DeskSlot& slot) {
            slot.desk.clock_step(now, step.by, {voice.utc_offset}, out);
            communities.reschedule_anew(slot);
        });
}

void Engine::Impl::apply(Instant now, const Outage& outage, Decisions& out) {
    ANJU_CHECK(outage.since >= advanced_until, "nothing is advanced past the start of an outage");
    for (HomeSlot* home : in_order()) {
        home->state.outage(now, outage.since, voice, out);
        agenda.remove(*home, home->ticket);
        reschedule(*home);
    }
}

void Engine::Impl::apply(Instant now, const LifeWitnessed& life, Decisions& out) {
    with(find(life.household), [&](HouseholdState& home) { home.witness(now, life, voice, out); });
}

void Engine::Impl::apply(Instant now, const AlertAsked& asked, Decisions& out) {
    with(find(asked.household), [&](HouseholdState& home) { home.ask(now, asked, voice, out); });
}

void Engine::Impl::apply(Instant now, const StatusTold& told, Decisions& out) {
    with(find(told.household), [&](HouseholdState& home) { home.status(now, told, voice, out); });
}

void Engine::Impl::apply(Instant now, const AlertMerged& merged, Decisions& out) {
    with(find(merged.alert), [&](HouseholdState& home) { home.merge(now, merged, voice, out); });
}

void Engine::Impl::apply(Instant now, const ConsentRecorded& recorded, Decisions& out) {
    HomeSlot* home = find(recorded.household);
    if (home == nullptr) {
        out.push_back({.household = {},
                       .number = 0,
                       .at = now,
                       .what = CommandAnswered{recorded.command_id, CommandStatus::refused,
                                               "no household " + recorded.household.value}});
        return;
    }
    directory.remove(*home);  // devices come and go with the consent to their kind
    home->state.consent(now, recorded, voice, out);
    directory.add(*home);
    reschedule(*home);
}

void Engine::Impl::apply(Instant /*now*/, const StoreRestored& restored, Decisions& /*out*/) {
    for (HomeSlot* home : in_order()) home->state.skip_numbers(restored.skip);
    for (DeskSlot* slot : communities.all()) slot->desk.skip_numbers(restored.skip);
}

void Engine::Impl::apply(Instant now, const CommunitySet& set, Decisions& out) {
    DeskSlot& slot = communities.obtain(set.community.id);
    slot.desk.apply(now, set, {voice.utc_offset}, out);
    communities.reschedule(slot);
}

void Engine::Impl::apply(Instant now, const CommunityRemoved& removed, Decisions& out) {
    DeskSlot* slot = communities.find(removed.community);
    if (slot == nullptr) return;
    slot->desk.withdraw(now, {voice.utc_offset}, out);
    communities.forget(removed.community);
}

template <class T>
void Engine::Impl::apply(Instant now, const T& input, Decisions& out) {
    if (DeskSlot* slot = communities.find(input.community)) {
        slot->desk.apply(now, input, {voice.utc_offset}, out);
        communities.reschedule(*slot);
        return;
    }
    if constexpr (requires { input.command_id; }) {
        out.push_back({.household = {},
                       .number = 0,
                       .at = now,
                       .what = CommandAnswered{.command_id = input.command_id,
                                               .status = CommandStatus::refused,
                                               .text = "no community \"" + input.community.value +
                                                       "\" on this gateway"}});
    }
}

void Engine::Impl::advance(Instant now, Decisions& out) {
    advanced_until = std::max(advanced_until, now);
    std::vector<HomeSlot*> due;
    while (HomeSlot* home = agenda.pop(now, &HomeSlot::ticket)) due.push_back(home);
    sort(due);
    in_order_of_units(
        due, communities.due(now),
        [&](HomeSlot& home) {
            home.state.run_until(now, voice, out);
            reschedule(home);
        },
        [&](DeskSlot& slot) {
            slot.desk.run_until(now, {voice.utc_offset}, out);
            communities.reschedule(slot);
        });
}

void Engine::Impl::forget(const HouseholdId& id) {
    const auto found = homes.find(id);
    if (found == homes.end()) return;
    HomeSlot& home = *found->second;
    directory.remove(home);
    agenda.remove(home, home.ticket);
    homes.erase(found);
}

Engine::Engine(Options options) : impl_(std::make_unique<Impl>(options)) {}
Engine::Engine() : Engine(Options{}) {}
Engine::~Engine() = default;
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;

bool Engine::seen(const Observation& observation) const {
    const auto* place = impl_->directory.find(observation.device);
    return place != nullptr && place->home->state.seen(place->device, observation);
}

bool Engine::collects(const DeviceId& device) const {
    return impl_->directory.find(device) != nullptr;
}

const HouseholdId* Engine::household_of(const DeviceId& device) const {
    const auto* place = impl_->directory.find(device);
    return place == nullptr ? nullptr : &place->home->id();
}

const HouseholdId* Engine::household_of(const ResidentId& resident) const {
    for (const HomeSlot* home : impl_->in_order()) {
        const auto& all = home->state.household().residents;
        if (std::ranges::find(all, resident, &Resident::id) != all.end()) return &home->id();
    }
    return nullptr;
}

const HouseholdId* Engine::household_of(const AlertId& alert) const {
    const auto* home = impl_->find(alert);
    return home == nullptr ? nullptr : &home->id();
}

std::optional<CommunityId> Engine::community_of(const AlertId& alert) const {
    const DeskSlot* slot = impl_->communities.find(Impl::unit_of(alert));
    return slot == nullptr ? std::nullopt : std::optional{slot->id()};
}

void Engine::apply(Instant now, const Input& input, Decisions& out) {
    std::visit([&](const auto& what) { impl_->apply(now, what, out); }, input);
}

void Engine::advance(Instant now, Decisions& out) {
    impl_->advance(now, out);
}

std::optional<Instant> Engine::deadline() const {
    const auto home = impl_->agenda.first();
    const auto desk = impl_->communities.first_due();
    if (!home || !desk) return home ? home : desk;
    return std::min(*home, *desk);
}

std::string Engine::snapshot(const HouseholdId& unit) const {
    if (const DeskSlot* slot = impl_->communities.find(unit)) return slot->desk.save();
    const auto* home = impl_->find(unit);
    return home == nullptr ? std::string{} : home->state.save();
}

bool Engine::restore(std::string_view bytes) {
    if (CareDesk::is_desk(bytes)) return impl_->communities.restore(bytes);
    auto state = HouseholdState::load(bytes, impl_->voice);
    if (!state) return false;
    const HouseholdId id = state->household().id;
    impl_->forget(id);
    auto home = std::make_unique<HomeSlot>(HomeSlot{.state = std::move(*state), .ticket = {}});
    impl_->directory.add(*home);
    impl_->reschedule(*home);
    impl_->homes.emplace(id, std::move(home));
    return true;
}

std::vector<HouseholdId> Engine::households() const {
    std::vector<HouseholdId> ids;
    for (const auto* home : impl_->in_order()) ids.push_back(home->id());
    return ids;
}

const CareDesk* Engine::desk(const CommunityId& community) const {
    const DeskSlot* slot = impl_->communities.find(community);
    return slot == nullptr ? nullptr : &slot->desk;
}

std::vector<CommunityId> Engine::communities() const {
    std::vector<CommunityId> ids;
    for (const DeskSlot* slot : impl_->communities.all()) ids.push_back(slot->id());
    return ids;
}

Corroboration Engine::corroborate(const HouseholdId& household, Instant start, Instant end) const {
    const auto* home = impl_->find(household);
    return home == nullptr ? Corroboration::none : home->state.corroborate(start, end);
}

std::vector<Window> Engine::up_and_at_home(const HouseholdId& household, Instant now) const {
    const auto* home = impl_->find(household);
    return home == nullptr ? std::vector<Window>{} : home->state.up_and_at_home(now, impl_->voice);
}

Instant Engine::last_sign_of_life(const HouseholdId& household) const {
    const auto* home = impl_->find(household);
    return home == nullptr ? Instant{} : home->state.last_sign_of_life();
}

const Household* Engine::find(const HouseholdId& household) const {
    const auto* home = impl_->find(household);
    return home == nullptr ? nullptr : &home->state.household();
}

std::optional<std::uint64_t> Engine::decisions(const HouseholdId& unit) const {
    if (const DeskSlot* slot = impl_->communities.find(unit)) return slot->desk.decisions();
    const auto* home = impl_->find(unit);
    return home == nullptr ? std::nullopt : std::optional{home->state.decisions()};
}

std::optional<HouseholdView> Engine::view(const HouseholdId& household) const {
    const auto* home = impl_->find(household);
    return home == nullptr ? std::nullopt : std::optional{home->state.view(impl_->voice)};
}

std::optional<HouseholdExplanation> Engine::explain(const HouseholdId& household,
                                                    Instant now) const {
    const auto* home = impl_->find(household);
    return home == nullptr ? std::nullopt : std::optional{home->state.explain(now, impl_->voice)};
}

const Reservations& Engine::reservations() const {
    return impl_->reservations;
}

std::size_t Engine::household_count() const {
    return impl_->homes.size();
}

std::size_t Engine::device_count() const {
    return impl_->directory.size();
}

std::size_t Engine::open_alert_count() const {
    std::size_t count = 0;
    for (const auto& [id, home] : impl_->homes) count += home->state.open_alert_count();
    for (const DeskSlot* slot : impl_->communities.all()) count += slot->desk.open_alert_count();
    return count;
}

}  // namespace anju
