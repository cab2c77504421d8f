#include "tests/component/sim/peer.hpp"

#include <sys/wait.h>

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace anju::test {

namespace {

mqtt::Session::Options session_options(const Broker& broker,
                                       const std::vector<std::string>& filters) {
    mqtt::Session::Options out;
    out.endpoint.uri = broker.uri();
    out.endpoint.client_id = "peer";
    out.endpoint.username = "anju";
    out.endpoint.password = "correct horse";
    out.endpoint.clean_session = true;
    for (const auto& filter : filters) out.subscriptions.push_back({filter, 1});
    return out;
}

}  // namespace

Peer::Peer(const Broker& broker, const std::vector<std::string>& filters,
           std::function<void(Peer&, const mqtt::Incoming&)> on_message)
    : on_message_(std::move(on_message)),
      session_(
          session_options(broker, filters),
          [this](mqtt::Incoming&& message) {
              if (on_message_) on_message_(*this, message);
              const std::lock_guard lock(mutex_);
              heard_.push_back(std::move(message));
              changed_.notify_all();
          },
          [this](bool connected) {
              const std::lock_guard lock(mutex_);
              connected_ = connected;
              changed_.notify_all();
          }) {
    session_.start();
    std::unique_lock lock(mutex_);
    if (!changed_.wait_for(lock, patience, [&] { return connected_; })) {
        throw std::runtime_error("no connection: " + session_.stats().last_error);
    }
}

void Peer::publish(const std::string& topic, const std::string& payload) {
    if (!session_.publish(topic, payload, 1)) throw std::runtime_error("not published: " + topic);
}

std::vector<mqtt::Incoming> Peer::heard() const {
    const std::lock_guard lock(mutex_);
    return heard_;
}

bool Peer::wait_until(const std::function<bool(const std::vector<mqtt::Incoming>&)>& wanted,
                      std::chrono::milliseconds limit) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, limit, [&] { return wanted(heard_); });
}

Child run_sim(const Broker& broker, const TempDir& dir, std::vector<std::string> arguments,
              const std::string& log) {
    const auto password = dir.path() / "password";
    std::ofstream(password) << "correct horse\n";
    std::vector<std::string> argv{ANJU_SIM,     arguments.front(), "--broker",
                                  broker.uri(), "--password-file", password.string()};
    argv.insert(argv.end(), arguments.begin() + 1, arguments.end());
    return Child(argv, dir.path() / log);
}

std::string read_text(const std::filesystem::path& file) {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
}

std::optional<int> exit_status(Child& child, std::chrono::seconds limit) {
    const auto status = child.wait(limit);
    if (!status || !WIFEXITED(*status)) return std::nullopt;
    return WEXITSTATUS(*status);
}

v1::DistrictUplink make_event(v1::Lane lane, std::uint64_t seq) {
    v1::DistrictUplink uplink;
    auto& event = *uplink.mutable_event();
    event.set_gateway_id("g1");
    event.set_epoch(1);
    event.set_lane(lane);
    event.set_seq(seq);
    event.set_event_id("g1/1/" + std::to_string(lane) + "/" + std::to_string(seq));
    auto& alert = *event.mutable_alert();
    alert.set_alert_id("h1-" + std::to_string(seq));
    alert.set_kind(v1::ALERT_KIND_SMOKE);
    alert.set_state(v1::ALERT_STATE_OPEN);
    alert.set_sentence_zh("厨房烟感报警");
    alert.set_sentence_en("The smoke alarm in the kitchen sounds.");
    return uplink;
}

}  // namespace anju::test
