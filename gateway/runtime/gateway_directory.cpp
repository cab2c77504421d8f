// Which devices are ours: homes that are registered or removed, and what follows for the drivers
// and for the proposals.
#include <algorithm>
#include <set>
#include <utility>

#include "drivers/profile/profiles.hpp"
#include "drivers/settings.hpp"
#include "runtime/gateway.hpp"

namespace anju {

result<Gateway::DirectoryChange> Gateway::set_households(std::vector<Household> households,
                                                         bool replace) noexcept {
    Work work = begin(Purpose::take);
    DirectoryChange change;
    std::set<HouseholdId> named;
    std::set<HouseholdId> fresh;
    for (Household& household : households) {
        const HouseholdId id = household.id;
        named.insert(id);
        const auto before = engine_.view(id);
        if (before && before->household == household) {
            ++change.unchanged;
            continue;
        }
        ++change.set;
        if (!before) fresh.insert(id);
        if (before && before->household.community != household.community) {
            tell_residents(work, before->household, true);
        }
        apply(work, id, HouseholdSet{household});
        checkpoint(work, id, true);  // recovery starts from checkpoints: none may be missing
        tell_residents(work, household, false);
    }
    for (const HouseholdId& id : replace ? engine_.households() : std::vector<HouseholdId>{}) {
        if (named.contains(id)) continue;
        ++change.removed;
        remove(work, id);
    }
    if (const auto kept = keep_consents(work, fresh); !kept) return kept.error();
    if (const auto done = finish(work); !done) return done.error();
    directory_changed();
    return change;
}

result<bool> Gateway::remove_household(const HouseholdId& household) noexcept {
    if (!engine_.view(household)) return false;
    Work work = begin(Purpose::take);
    remove(work, household);
    if (const auto done = finish(work); !done) return done.error();
    directory_changed();
    return true;
}

void Gateway::remove(Work& work, const HouseholdId& household) {
    const Household gone = *engine_.find(household);
    apply(work, household, HouseholdRemoved{household});
    tell_residents(work, gone, true);
    checkpointer_.forget(household);
    work.transaction.removed.push_back(household);
}

/// A payload codec can be named in the place of a profile.
bool Gateway::is_profile(const std::string& name) {
    const auto codecs = drivers::payload_codecs();
    return name.empty() || profiles().find(name) != nullptr ||
           std::any_of(codecs.begin(), codecs.end(),
                       [&](const drivers::PayloadCodec& codec) { return codec.name == name; });
}

/// The drivers get the keys and profiles of the devices there are now; who has been registered is
/// no proposal any more.
void Gateway::directory_changed() {
    drivers::Settings& settings = ingest_.state().settings();
    settings.clear();
    without_profile_.clear();
    withheld_.clear();
    book_.rebuild(engine_, [&](const Device& device) {
        if (!device.key.empty() || !device.profile.empty()) {
            settings.set(device.driver, device.address,
                         {drivers::parse_key(device.key), device.profile});
        }
        if (!engine_.collects(device.id)) withheld_.push_back(device.address);
        if (!is_profile(device.profile)) without_profile_.push_back(device.id);
    });
    std::vector<std::pair<std::string, std::string>> ours;
    for (const Proposal* one : proposals_.all()) {
        if (book_.find(one->driver, one->address) != nullptr ||
            (!one->alias.empty() && book_.find(one->driver, one->alias) != nullptr)) {
            ours.emplace_back(one->driver, one->address);
        }
    }
    for (const IgnoredDevice* one : proposals_.ignored()) {
        if (book_.find(one->driver, one->address) != nullptr) {
            ours.emplace_back(one->driver, one->address);
        }
    }
    for (const auto& [driver, address] : ours) proposals_.forget(driver, address);
}

result<bool> Gateway::ignore(const std::string& driver, const std::string& address) noexcept {
    Work work = begin(Purpose::look);
    const bool hidden = proposals_.ignore(driver, address, time_.last());
    if (const auto done = finish(work); !done) return done.error();
    return hidden;
}

result<bool> Gateway::unignore(const std::string& driver, const std::string& address) noexcept {
    Work work = begin(Purpose::look);
    const bool was_hidden = proposals_.unignore(driver, address);
    if (const auto done = finish(work); !done) return done.error();
    return was_hidden;
}

std::optional<drivers::DecodeError> Gateway::attempt(const Proposal& proposal,
                                                     drivers::DeviceSettings settings) {
    if (!proposal.whole) return std::nullopt;
    auto said = ingest_.attempt(proposal, std::move(settings));
    directory_changed();
    return said ? std::nullopt : std::optional<drivers::DecodeError>{said.error()};
}

}  // namespace anju
