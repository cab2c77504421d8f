#include "api/message_watch.hpp"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "api/message_views.hpp"

namespace anju::api {

namespace json = boost::json;

const Device* find_device(const Engine& engine, const DeviceId& id) {
    const HouseholdId* const home = engine.household_of(id);
    const Household* const household = home == nullptr ? nullptr : engine.find(*home);
    if (household == nullptr) return nullptr;
    const auto found = std::ranges::find(household->devices, id, &Device::id);
    return found == household->devices.end() ? nullptr : &*found;
}

MessageWatch::MessageWatch(Options options, std::uint64_t first, const Engine& engine,
                           MessageTap& tap, const control::Render& render)
    : options_(options), first_(first), engine_(engine), tap_(tap), render_(render) {
    tap_.tell([this, alive = std::weak_ptr<bool>(here_)](const DeviceId& device,
                                                         const MessageTap::Watch& watch) {
        if (alive.lock()) tell(device, watch);
    });
}

bool MessageWatch::begin(const Device& device) {
    if (clients_.size() >= options_.listeners) return false;
    if (!tap_.watch(device)) {
        unwatch_idle(true);
        if (!tap_.watch(device)) return false;
    }
    watched_[device.id] = false;
    return true;
}

http::Response MessageWatch::listen(const DeviceId& device, Live::Listener listener,
                                    std::string_view last_event_id, const std::string& hello) {
    const std::uint64_t mine = ++last_client_;
    auto answer =
        http::start_stream(options_.queue, [this, mine, alive = std::weak_ptr<bool>(here_)] {
            if (alive.lock()) clients_.erase(mine);
        });
    Client& client = clients_[mine];
    client = {device, std::move(listener), answer.stream};
    (void)client.stream->push(http::event_text("hello", hello));
    const MessageTap::Watch* const watch = tap_.find(device);
    if (watch == nullptr) return std::move(answer.response);  // cannot be: begin() comes before
    std::uint64_t seen = 0;
    if (!last_event_id.empty()) {
        const auto last = event_number(last_event_id);
        const std::uint64_t newest = watch->kept.empty() ? watch->lost : watch->kept.back().number;
        if (last && *last >= first_ + watch->lost && *last <= first_ + newest) {
            seen = *last - first_;
        } else {
            (void)client.stream->push(http::event_text("reset", "{}"));
        }
    }
    for (const WatchedMessage& one : watch->kept) {
        if (one.number > seen) (void)client.stream->push(event(device, one));
    }
    return std::move(answer.response);
}

json::object MessageWatch::view(const DeviceId& id, const WatchedMessage& message) const {
    const Device* const device = find_device(engine_, id);
    return message_view(message, first_ + message.number, device ? device->profile : std::string(),
                        render_);
}

http::Stream::Chunk MessageWatch::event(const DeviceId& device,
                                        const WatchedMessage& message) const {
    return std::make_shared<const std::string>(http::event_text(
        "message", json::serialize(view(device, message)), first_ + message.number));
}

json::object MessageWatch::recent(const DeviceId& device) const {
    const MessageTap::Watch* const watch = tap_.find(device);
    json::array items;
    if (watch != nullptr) {
        for (auto one = watch->kept.rbegin(); one != watch->kept.rend(); ++one) {
            items.push_back(view(device, *one));
        }
    }
    return {{"watched", watch != nullptr}, {"items", std::move(items)}, {"next", nullptr}};
}

void MessageWatch::tell(const DeviceId& device, const MessageTap::Watch& watch) {
    std::vector<Client*> lookers;
    for (auto& [number, client] : clients_) {
        if (client.device == device && may_see(client)) lookers.push_back(&client);
    }
    if (lookers.empty()) return;
    for (const WatchedMessage& one : watch.kept) {
        if (one.number <= watch.told) continue;
        const http::Stream::Chunk words = event(device, one);
        for (Client* const client : lookers) (void)client->stream->push(words);
    }
}

bool MessageWatch::may_see(const Client& client) const {
    const HouseholdId* const home = engine_.household_of(client.device);
    return home != nullptr && Look(engine_, client.listener.sight).at(*home);
}

bool MessageWatch::is_looked_at(const DeviceId& device) const {
    return std::ranges::any_of(clients_,
                               [&](const auto& entry) { return entry.second.device == device; });
}

void MessageWatch::end(std::string_view key) {
    std::erase_if(clients_, [&](const auto& entry) {
        const bool goes = entry.second.listener.key == key;
        if (goes) entry.second.stream->close();
        return goes;
    });
}

void MessageWatch::look_after() {
    std::erase_if(clients_, [&](const auto& entry) {
        const Client& client = entry.second;
        const bool stays = client.listener.good() && !client.stream->closed() && may_see(client) &&
                           engine_.collects(client.device);
        if (!stays) client.stream->close();
        return !stays;
    });
    unwatch_idle(false);
    // The directory may have given it another address.
    for (const auto& [id, idle] : watched_) {
        if (const Device* const device = find_device(engine_, id)) (void)tap_.watch(*device);
    }
}

void MessageWatch::unwatch_idle(bool at_once) {
    for (auto at = watched_.begin(); at != watched_.end();) {
        auto& [device, idle] = *at;
        const bool before = std::exchange(idle, !is_looked_at(device));
        const bool goes = idle && (before || at_once);
        if (goes) tap_.unwatch(device);
        at = goes ? watched_.erase(at) : std::next(at);
    }
}

}  // namespace anju::api
