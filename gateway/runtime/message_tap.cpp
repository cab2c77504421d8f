#include "runtime/message_tap.hpp"

#include <algorithm>
#include <utility>

namespace anju {
namespace {

constexpr std::size_t longest_topic = 512;
constexpr std::size_t longest_text = 200;
constexpr std::size_t most_readings = 64;
constexpr std::size_t most_problems = 16;

struct FateName {
    Fate fate;
    std::string_view name;
};
constexpr FateName fate_names[] = {{Fate::not_understood, "not_understood"},
                                   {Fate::no_reading, "no_reading"},
                                   {Fate::taken, "taken"},
                                   {Fate::duplicate, "duplicate"},
                                   {Fate::no_room, "no_room"}};

/// Whether one level of the topic is `address`, or several in a row are.
bool names(std::string_view topic, std::string_view address) {
    if (address.empty()) return false;
    for (std::size_t at = topic.find(address); at != topic.npos; at = topic.find(address, at + 1)) {
        const std::size_t end = at + address.size();
        const bool begins = at == 0 || topic[at - 1] == '/';
        const bool ends = end == topic.size() || topic[end] == '/';
        if (begins && ends) return true;
    }
    return false;
}

}  // namespace

std::string_view name(Fate fate) {
    return std::ranges::find(fate_names, fate, &FateName::fate)->name;
}

bool MessageTap::watch(const Device& device) {
    const auto known = watched_.find(device.id);
    if (known != watched_.end()) {
        known->second.address = device.address;
        return true;
    }
    if (watched_.size() >= options_.devices) return false;
    Watch& watch = watched_[device.id];
    watch.address = device.address;
    // A number of its own: whoever knows of a watch before it has missed what was not kept.
    watch.lost = watch.told = ++last_;
    return true;
}

const MessageTap::Watch* MessageTap::find(const DeviceId& device) const {
    const auto found = watched_.find(device);
    return found == watched_.end() ? nullptr : &found->second;
}

void MessageTap::arrived(const Inbound& message, Instant now) {
    message_ = &message;
    now_ = now;
    others_ = false;
    parts_.clear();
}

/// nullptr, and the payload is not of one device alone: nobody watches this one.
WatchedMessage* MessageTap::part(const DeviceId& device, std::string_view driver) {
    if (!watched_.contains(device)) {
        others_ = true;
        return nullptr;
    }
    const auto [found, added] = parts_.try_emplace(device);
    WatchedMessage& one = found->second;
    if (added) {
        one.at = now_;
        one.topic = message_->topic.substr(0, longest_topic);
        one.payload = message_->payload.substr(0, options_.payload_bytes);
        one.size = message_->payload.size();
        one.retained = message_->retained;
        one.redelivered = message_->redelivered;
        one.driver = driver;
    }
    return &one;
}

void MessageTap::said(const DeviceId* device, std::string_view driver,
                      const drivers::Decoded& what) {
    if (device == nullptr) {
        others_ = others_ || !what.address.empty();
        return;
    }
    WatchedMessage* const one = part(*device, driver);
    if (one == nullptr) return;
    for (const drivers::Problem& problem : what.problems) {
        if (one->problems.size() == most_problems) break;
        one->problems.push_back({problem.code, problem.property.substr(0, longest_text), problem.at,
                                 problem.text.substr(0, longest_text)});
    }
    const std::size_t room = most_readings - one->readings.size();
    const auto end =
        what.readings.begin() + static_cast<std::ptrdiff_t>(std::min(room, what.readings.size()));
    one->readings.insert(one->readings.end(), what.readings.begin(), end);
    if (one->readings.empty() && one->problems.empty()) one->fate = Fate::no_reading;
}

void MessageTap::failed(const DeviceId* device, std::string_view driver,
                        const drivers::DecodeError& error) {
    if (device == nullptr && !error.address.empty()) {
        others_ = true;
        return;
    }
    if (device == nullptr) device = by_topic();
    if (device == nullptr) return;
    WatchedMessage* const one = part(*device, driver);
    if (one == nullptr || one->problems.size() == most_problems) return;
    one->problems.push_back({error.code, {}, error.at, error.text.substr(0, longest_text)});
}

const DeviceId* MessageTap::by_topic() const {
    for (const auto& [id, watch] : watched_) {
        if (names(message_->topic, watch.address)) return &id;
    }
    return nullptr;
}

void MessageTap::became(const DeviceId& device, Fate fate, bool answered) {
    const auto found = parts_.find(device);
    if (found == parts_.end()) return;
    found->second.fate = fate;
    found->second.answered = answered;
}

void MessageTap::left(const std::function<bool(const DeviceId&)>& collects, bool secret) {
    const bool shared = others_ || parts_.size() > 1;
    for (auto& [device, one] : parts_) {
        if (!collects(device)) continue;
        one.withheld = shared || secret;
        if (one.withheld) one.payload.clear();
        if (secret) one.topic.clear();
        keep(device, std::move(one));
    }
    parts_.clear();
    message_ = nullptr;
}

void MessageTap::keep(const DeviceId& device, WatchedMessage message) {
    Watch& watch = watched_.at(device);
    message.number = ++last_;
    watch.kept.push_back(std::move(message));
    if (watch.kept.size() <= options_.messages) return;
    const WatchedMessage& oldest = watch.kept.front();
    watch.lost = oldest.number;
    // Counted only where nobody heard of it: whoever was told misses nothing.
    if (oldest.number > watch.told) watch.kept[1].skipped += oldest.skipped + 1;
    watch.kept.pop_front();
}

void MessageTap::committed() {
    for (auto& [device, watch] : watched_) {
        if (watch.kept.empty() || watch.kept.back().number == watch.told) continue;
        if (listener_) listener_(device, watch);
        watch.told = watch.kept.back().number;
    }
}

void MessageTap::forget(const DeviceId& device) {
    const auto found = watched_.find(device);
    if (found == watched_.end()) return;
    found->second.lost = last_;
    found->second.kept.clear();
}

}  // namespace anju
