// See proposals.hpp; keeping them over a restart is in proposals_text.cpp.
#include "runtime/proposals.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <chrono>

namespace anju {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t longest_address = 200;  // as in the directory file
constexpr std::size_t longest_text = 200;
constexpr std::size_t longest_payload = 1024;
constexpr std::size_t most_readings = 32;
constexpr int proven_spans = 3;
constexpr std::chrono::minutes span_length{10};
constexpr Duration proven_until = 24h;  ///< silent for longer, it has to prove itself again

/// What a directory file and a command line can hold.
bool usable(std::string_view address) {
    if (address.empty() || address.size() > longest_address) return false;
    const bool control = std::ranges::any_of(address, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 || byte == 0x7f;
    });
    if (control) return false;
    boost::system::error_code not_utf8;
    (void)boost::json::parse(boost::json::serialize(boost::json::string(address)), not_utf8);
    return !not_utf8;
}

void put(std::string& into, std::string_view text, std::size_t longest = longest_text) {
    if (!text.empty()) into = text.substr(0, longest);
}

/// The last reading of each kind; true when a kind is new.
bool merge(std::vector<Reading>& all, std::span<const Reading> heard) {
    bool news = false;
    for (const Reading& reading : heard) {
        const auto known =
            std::ranges::find_if(all, [&](const Reading& one) { return one.kind == reading.kind; });
        if (known != all.end()) {
            *known = reading;
        } else if (all.size() < most_readings) {
            all.push_back(reading);
            news = true;
        }
    }
    return news;
}

}  // namespace

std::optional<SensorKind> kind_of(std::span<const Reading> readings) {
    // In the order in which a device with several is named: what it is bought for comes first.
    static constexpr std::pair<ReadingKind, SensorKind> signs[] = {
        {ReadingKind::smoke, SensorKind::smoke},
        {ReadingKind::gas, SensorKind::gas},
        {ReadingKind::carbon_monoxide, SensorKind::gas},
        {ReadingKind::sos, SensorKind::sos},
        {ReadingKind::i_am_well, SensorKind::sos},
        {ReadingKind::water_leak, SensorKind::water_leak},
        {ReadingKind::water_total_ml, SensorKind::water_meter},
        {ReadingKind::water_flow_mlh, SensorKind::water_meter},
        {ReadingKind::water_used_ml, SensorKind::water_meter},
        {ReadingKind::water_reverse_ml, SensorKind::water_meter},
        {ReadingKind::contact_open, SensorKind::door},
        {ReadingKind::bed_occupied, SensorKind::bed},
        {ReadingKind::motion, SensorKind::motion},
    };
    for (const auto& [sign, kind] : signs) {
        const bool said = std::ranges::any_of(
            readings, [said_kind = sign](const Reading& one) { return one.kind == said_kind; });
        if (said) return kind;
    }
    return std::nullopt;
}

Proposals::Heard Proposals::hear(const Stranger& stranger, Instant now) {
    if (is_ignored(stranger.driver, stranger.address) ||
        (!stranger.alias.empty() && is_ignored(stranger.driver, stranger.alias))) {
        return Heard::ignored;
    }
    if (!usable(stranger.address)) {
        ++dropped_;
        return Heard::unusable;
    }
    bool added = false;
    Entry& entry = entry_of(stranger, now, added);
    take(entry, stranger, now);
    return added ? Heard::added : Heard::again;
}

Proposals::Entry& Proposals::entry_of(const Stranger& stranger, Instant now, bool& added) {
    const Key key{stranger.driver, stranger.address};
    if (const auto known = entries_.find(key); known != entries_.end()) return known->second;
    // A bridge that had not yet described the device called it by its other name.
    const auto renamed = entries_.find({key.first, std::string(stranger.alias)});
    if (renamed != entries_.end()) {
        auto node = entries_.extract(renamed);
        node.key() = key;
        node.mapped().proposal.address = key.second;
        note(Change::news);
        return entries_.insert(std::move(node)).position->second;
    }
    if (entries_.size() >= options_.limit) make_room(stranger.driver);
    Entry fresh;
    fresh.proposal.driver = key.first;
    fresh.proposal.address = key.second;
    fresh.proposal.first_heard = now;
    added = true;
    note(Change::news);
    return entries_.emplace(key, std::move(fresh)).first->second;
}

void Proposals::take(Entry& entry, const Stranger& stranger, Instant now) {
    Proposal& proposal = entry.proposal;
    if (merge(proposal.readings, stranger.readings)) note(Change::news);
    if (proposal.error != stranger.error) note(Change::news);
    put(proposal.alias, stranger.alias);
    put(proposal.model, stranger.model);
    proposal.error = stranger.error.substr(0, longest_text);
    proposal.error_text = stranger.error_text.substr(0, longest_text);
    proposal.kind = kind_of(proposal.readings);
    proposal.last_heard = now;
    ++proposal.messages;
    proposal.topic = stranger.topic.substr(0, 2 * longest_text);
    proposal.payload = stranger.payload.substr(0, longest_payload);
    proposal.whole =
        stranger.payload.size() <= longest_payload && stranger.topic.size() <= 2 * longest_text;
    if (stranger.rssi_dbm) proposal.rssi_dbm = stranger.rssi_dbm;
    if (stranger.lqi) proposal.lqi = stranger.lqi;
    note(Change::heard);
    const Instant span =
        std::chrono::floor<std::chrono::duration<std::int64_t, std::ratio<600>>>(now);
    if (span == entry.span && entry.spans > 0) return;
    entry.span = span;
    entry.spans = std::min(entry.spans + 1, proven_spans);
    if (!entry.proven && entry.spans == proven_spans) prove(entry, now);
}

std::map<std::string_view, std::size_t> Proposals::by_driver(bool proven) const {
    std::map<std::string_view, std::size_t> counts;
    for (const auto& [key, entry] : entries_) {
        if (entry.proven == proven) ++counts[key.first];
    }
    return counts;
}

/// Of this driver; of any when `driver` is empty.
Proposals::Entries::iterator Proposals::longest_unheard(bool proven, std::string_view driver) {
    auto found = entries_.end();
    for (auto it = entries_.begin(); it != entries_.end(); ++it) {
        if (it->second.proven != proven || (!driver.empty() && it->first.first != driver)) continue;
        if (found == entries_.end() ||
            it->second.proposal.last_heard < found->second.proposal.last_heard) {
            found = it;
        }
    }
    return found;
}

void Proposals::make_room(std::string_view newcomer) {
    auto counts = by_driver(false);
    if (counts.empty()) return;  // cannot be: proven_limit is less than limit
    ++counts[newcomer];
    auto most = counts.begin();
    for (auto it = counts.begin(); it != counts.end(); ++it) {
        if (it->second > most->second || (it->second == most->second && it->first == newcomer)) {
            most = it;
        }
    }
    auto victim = longest_unheard(false, most->first);
    if (victim == entries_.end()) victim = longest_unheard(false, {});
    entries_.erase(victim);
    ++dropped_;
}

/// Proven ones have a limit of their own. Beyond it room is made by one that has fallen silent, or
/// by the driver that has most of them, if that is another one.
void Proposals::prove(Entry& entry, Instant now) {
    const auto counts = by_driver(true);
    std::size_t proven = 0;
    for (const auto& [driver, count] : counts) proven += count;
    if (proven >= options_.proven_limit) {
        auto victim = longest_unheard(true, {});
        if (victim->second.proposal.last_heard + proven_until > now) {
            const auto most =
                std::ranges::max_element(counts, {}, [](const auto& one) { return one.second; });
            const auto own = counts.find(entry.proposal.driver);
            if (most->second <= (own == counts.end() ? 0 : own->second) + 1) return;
            victim = longest_unheard(true, most->first);
        }
        victim->second.proven = false;
        victim->second.spans = 0;
    }
    entry.proven = true;
}

const Proposal* Proposals::find(std::string_view driver, std::string_view address) const {
    const auto found = entries_.find({std::string(driver), std::string(address)});
    return found == entries_.end() ? nullptr : &found->second.proposal;
}

std::vector<const Proposal*> Proposals::all() const {
    std::vector<const Proposal*> out;
    for (const auto& [key, entry] : entries_) out.push_back(&entry.proposal);
    std::ranges::stable_sort(
        out, [](const Proposal* a, const Proposal* b) { return a->last_heard > b->last_heard; });
    return out;
}

std::vector<const IgnoredDevice*> Proposals::ignored() const {
    std::vector<const IgnoredDevice*> out;
    for (const auto& [key, device] : ignored_) out.push_back(&device);
    return out;
}

bool Proposals::ignore(std::string_view driver, std::string_view address, Instant now) {
    const Key key{driver, address};
    if (ignored_.contains(key)) return true;
    if (ignored_.size() >= options_.ignored_limit) return false;
    IgnoredDevice device{key.first, key.second, {}, {}, now};
    if (const Proposal* proposal = find(driver, address)) {
        device.model = proposal->model;
        device.kind = proposal->kind;
        entries_.erase(key);
    }
    ignored_.emplace(key, std::move(device));
    note(Change::order);
    return true;
}

bool Proposals::is_ignored(std::string_view driver, std::string_view address) const {
    return !ignored_.empty() && ignored_.contains({std::string(driver), std::string(address)});
}

bool Proposals::unignore(std::string_view driver, std::string_view address) {
    if (ignored_.erase({std::string(driver), std::string(address)}) == 0) return false;
    note(Change::order);
    return true;
}

void Proposals::forget(std::string_view driver, std::string_view address) {
    const Key key{driver, address};
    if (entries_.erase(key) + ignored_.erase(key) > 0) note(Change::order);
}

void Proposals::shift(Duration by) {
    for (auto& [key, entry] : entries_) {
        entry.proposal.first_heard += by;
        entry.proposal.last_heard += by;
        entry.span += by;
    }
    kept_at_ += by;
}

}  // namespace anju
