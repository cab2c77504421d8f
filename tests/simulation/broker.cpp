#include "tests/simulation/broker.hpp"

#include <algorithm>
#include <utility>

namespace anju::whole {

bool Broker::matches(std::string_view filter, std::string_view topic) {
    for (;;) {
        if (filter == "#") return true;
        const auto filter_end = filter.find('/');
        const auto topic_end = topic.find('/');
        const auto level = filter.substr(0, filter_end);
        if (level != "+" && level != topic.substr(0, topic_end)) return false;
        const bool filter_last = filter_end == std::string_view::npos;
        const bool topic_last = topic_end == std::string_view::npos;
        if (filter_last || topic_last) return filter_last && topic_last;
        filter.remove_prefix(filter_end + 1);
        topic.remove_prefix(topic_end + 1);
    }
}

void Broker::attach(Connection connection) {
    Session& session = sessions_[connection.client];
    if (session.connected && session.connection.closed) session.connection.closed();
    if (connection.clean) session.owed.clear();
    session.connection = std::move(connection);
    session.connected = true;
    for (Packet& packet : session.owed) {
        session.connection.deliver(packet);
        packet.again = true;
    }
    for (const auto& [topic, packet] : retained_) {
        for (const Filter& filter : session.connection.filters) {
            if (!matches(filter.topic, topic)) continue;
            hand_over(session.connection.client, session, packet, std::min(filter.qos, packet.qos));
            break;
        }
    }
}

void Broker::detach(const std::string& client) {
    const auto found = sessions_.find(client);
    if (found == sessions_.end()) return;
    found->second.connected = false;
    if (found->second.connection.clean) sessions_.erase(found);
}

void Broker::publish(Packet packet) {
    if (!diverted_.empty() && packet.topic.starts_with(diverted_)) return divert_to_(packet);
    bool wanted = false;
    for (auto& [client, session] : sessions_) {
        for (const Filter& filter : session.connection.filters) {
            if (!matches(filter.topic, packet.topic)) continue;
            Packet copy = packet;
            copy.retained = false;
            hand_over(client, session, copy, std::min(filter.qos, packet.qos));
            wanted = true;
            break;
        }
    }
    if (!wanted && packet.qos > 0 && unheard) unheard(packet);
    if (!packet.retained) return;
    const std::string topic = packet.topic;
    retained_.insert_or_assign(topic, std::move(packet));
}

bool Broker::anybody() const {
    return std::ranges::any_of(sessions_, [](const auto& one) { return one.second.connected; });
}

void Broker::hand_over(const std::string& client, Session& session, const Packet& packet, int qos) {
    Packet copy = packet;
    copy.qos = qos;
    if (qos == 0) {
        if (session.connected) session.connection.deliver(std::move(copy));
        return;
    }
    if (session.owed.size() >= most_owed) {
        if (lost) lost(client, copy);
        return;
    }
    copy.id = ++session.last_id;
    session.owed.push_back(copy);
    if (!session.connected) return;
    session.owed.back().again = true;  // if it has to be sent once more
    session.connection.deliver(std::move(copy));
}

void Broker::acknowledged(const std::string& client, std::uint64_t id) {
    const auto found = sessions_.find(client);
    if (found == sessions_.end()) return;
    auto& owed = found->second.owed;
    const auto at = std::ranges::find(owed, id, &Packet::id);
    if (at != owed.end()) owed.erase(at);
}

void Broker::restart(bool forgets) {
    std::vector<std::function<void()>> closing;
    for (auto& [client, session] : sessions_) {
        if (session.connected) closing.push_back(session.connection.closed);
        session.connected = false;
        if (!forgets) continue;
        for (const Packet& packet : session.owed) {
            if (lost) lost(client, packet);
        }
    }
    if (forgets) {
        sessions_.clear();
        retained_.clear();
    } else {
        std::erase_if(sessions_, [](const auto& one) { return one.second.connection.clean; });
    }
    for (const auto& closed : closing) closed();
}

void Broker::divert(std::string prefix, std::function<void(const Packet&)> to) {
    diverted_ = std::move(prefix);
    divert_to_ = std::move(to);
}

}  // namespace anju::whole
