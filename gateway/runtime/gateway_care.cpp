// The care of communities: which there are, what people record and order, and what the units of
// state have to know of one another.
#include <algorithm>
#include <set>
#include <utility>

#include "core/check.hpp"
#include "runtime/coupling.hpp"
#include "runtime/gateway.hpp"

namespace anju {
namespace {

/// An alert asks for a visit, the visit is recorded, the home is told: nothing of that goes on.
constexpr int longest_chain = 8;
/// Homes whose rhythm is looked at in one tick; each takes some milliseconds.
constexpr std::size_t rhythms_at_once = 2;

}  // namespace

void Gateway::couple(Work& work) {
    const Decisions& decisions = work.transaction.decisions;
    std::vector<Derived> derived;
    for (int link = 0; work.coupled < decisions.size(); ++link) {
        ANJU_CHECK(link < longest_chain, "what units tell one another comes to an end");
        derived.clear();
        for (; work.coupled < decisions.size(); ++work.coupled) {
            derive(engine_, decisions[work.coupled], derived);
        }
        for (const Derived& one : derived) apply(work, one.unit, one.input);
    }
}

void Gateway::tell_residents(Work& work, const Household& household, bool gone) {
    std::vector<Derived> derived;
    derive_residents(engine_, household, gone, derived);
    for (const Derived& one : derived) apply(work, one.unit, one.input);
}

result<Gateway::DirectoryChange> Gateway::set_communities(std::vector<Community> communities,
                                                          bool replace) noexcept {
    Work work = begin(Purpose::take);
    DirectoryChange change;
    std::set<CommunityId> named;
    for (Community& community : communities) {
        const CommunityId id = community.id;
        named.insert(id);
        const Community* before = engine_.find(id);
        if (before != nullptr && *before == community) {
            ++change.unchanged;
            continue;
        }
        const bool is_new = before == nullptr;
        ++change.set;
        apply(work, unit_of(id), CommunitySet{std::move(community)});
        checkpoint(work, unit_of(id), true);
        for (const HouseholdId& home : is_new ? engine_.households() : std::vector<HouseholdId>{}) {
            const Household household = *engine_.find(home);
            if (household.community == id.value) tell_residents(work, household, false);
        }
    }
    for (const CommunityId& id : replace ? engine_.communities() : std::vector<CommunityId>{}) {
        if (named.contains(id)) continue;
        ++change.removed;
        apply(work, unit_of(id), CommunityRemoved{id});
        checkpointer_.forget(unit_of(id));
        work.transaction.removed.push_back(unit_of(id));
    }
    if (const auto done = finish(work); !done) return done.error();
    return change;
}

result<AnsweredCommand> Gateway::care(CareCommand command, Instant expires,
                                      std::string digest) noexcept {
    const auto id = std::visit([](const auto& input) { return input.command_id; }, command);
    const auto community = std::visit([](const auto& input) { return input.community; }, command);
    return answer_once({id, expires, std::move(digest)}, [&](Work& work, AnsweredCommand& answer) {
        if (engine_.find(community) == nullptr) {
            answer.status = CommandStatus::refused;
            answer.text = "no community " + community.value + " on this gateway";
            return false;
        }
        if (auto* contact = std::get_if<ContactRecorded>(&command)) enrich(engine_, *contact);
        std::visit([&](auto& input) { apply(work, unit_of(community), std::move(input)); },
                   command);
        take_answer(work, answer);
        return true;
    });
}

/// Not the last decision: what falls due at this very instant is decided after it.
void Gateway::take_answer(const Work& work, AnsweredCommand& answer) {
    for (const Decision& decision : work.transaction.decisions) {
        const auto* said = std::get_if<CommandAnswered>(&decision.what);
        if (said == nullptr || said->command_id != answer.id) continue;
        answer.status = said->status;
        answer.text = said->text;
        answer.code = said->code;
        answer.text_zh = said->text_zh;
    }
}

/// A few homes in turn: when their residents are up, if that has changed since it was told and was
/// not told today.
void Gateway::tell_rhythms(Work& work) {
    if (rhythm_turn_.empty()) {
        if (work.transaction.now < rhythm_again_) return;
        rhythm_again_ = work.transaction.now + std::chrono::hours{6};
        if (!engine_.communities().empty()) rhythm_turn_ = engine_.households();
    }
    const Date today = date_of(work.transaction.now, options_.engine.utc_offset);
    for (std::size_t i = 0; i < rhythms_at_once && !rhythm_turn_.empty(); ++i) {
        const HouseholdId id = std::move(rhythm_turn_.back());
        rhythm_turn_.pop_back();
        const Household* home = engine_.find(id);
        if (home == nullptr || home->residents.empty()) continue;
        const CommunityId community{home->community};
        const ResidentId resident = presumed_resident(*home)->id;  // whose silence is judged
        const auto known = engine_.rhythm(community, resident);
        if (!known || known->told == today) continue;
        std::vector<Window> at_home = engine_.up_and_at_home(id, work.transaction.now);
        if (at_home == known->at_home) continue;
        apply(work, unit_of(community),
              RhythmTold{
                  .community = community, .resident = resident, .at_home = std::move(at_home)});
    }
}

}  // namespace anju
