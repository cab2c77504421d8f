#include "firmware-sim/platform/run.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "anju/v1/command.pb.h"
#include "anju/v1/event.pb.h"
#include "firmware-sim/credentials.hpp"
#include "firmware-sim/mailbox.hpp"
#include "firmware-sim/platform/ledger.hpp"
#include "firmware-sim/platform/print.hpp"
#include "firmware-sim/platform/store.hpp"
#include "firmware-sim/random.hpp"
#include "firmware-sim/report.hpp"
#include "mqtt/session.hpp"

namespace anju::sim {

namespace {

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

constexpr std::size_t batch_limit = 512;
constexpr auto housekeeping_every = 500ms;

struct Received {
    v1::DistrictEvent event;
    std::int64_t received_ns{};
};

StreamKey stream_of(const v1::DistrictEvent& event) {
    return {event.gateway_id(), event.epoch(), event.lane()};
}

class PlatformRun {
public:
    PlatformRun(const PlatformOptions& options, PlatformStore store)
        : options_(options),
          store_(std::move(store)),
          inbox_(waiter_, 50'000),
          sensors_(options.sensors),
          faults_(derive_seed(options.seed, "platform")) {}

    int run();

private:
    void receive(const mqtt::Incoming& message, std::int64_t now_ns);
    void heartbeat(const v1::Heartbeat& beat);
    bool commit_batch();
    void acknowledge(const std::vector<StreamKey>& streams, const std::vector<Received>& batch);
    void ask_for_missing();
    bool fail(const Error& error);
    bool strikes(double share) {
        return share > 0 && faults_.chance(static_cast<std::int64_t>(share * 1000));
    }
    void print(const Received& each);

    PlatformOptions options_;
    PlatformStore store_;
    Waiter waiter_;
    Mailbox<mqtt::Incoming> inbox_;
    ReportReader sensors_;
    Random faults_;
    PlatformLedger ledger_;
    std::unique_ptr<mqtt::Session> session_;
    std::vector<Received> alarms_;
    std::vector<Received> bulk_;
    std::vector<StreamCount> counts_;
    std::uint64_t stored_ = 0;
    std::uint64_t unreadable_ = 0;
    bool stopped_ = false;
    int status_ = 0;
};

bool PlatformRun::fail(const Error& error) {
    fmt::print(stderr, "anju-sim: {}\n", error.text());
    status_ = 1;
    stopped_ = true;
    return false;
}

int PlatformRun::run() {
    const auto restored = store_.identities(
        [this](const StreamKey& key, std::uint64_t seq) { ledger_.add(key, seq, SteadyTime{}); });
    if (!restored) return fail(restored.error()), status_;
    auto endpoint = endpoint_for(options_.broker, options_.user, options_.credentials);
    if (!endpoint) return fail(endpoint.error()), status_;
    endpoint->client_id = "anju-platform";
    endpoint->clean_session = false;
    mqtt::Session::Options options;
    options.endpoint = std::move(*endpoint);
    options.subscriptions = {{"anju/v1/district/+/up/#", 1}};
    options.queue_limit = 50'000;
    session_ = std::make_unique<mqtt::Session>(
        std::move(options), [this](mqtt::Incoming&& message) { inbox_.put(std::move(message)); },
        [this](bool connected) {
            fmt::print(stderr, "anju-sim: platform {}\n",
                       connected ? "connected" : "lost its connection");
            waiter_.wake();
        });
    session_->start();

    auto next_housekeeping = Steady::now();
    while (!stopped_ && !waiter_.stopping()) {
        const auto now_ns = real_now_ns();
        for (const auto& message : inbox_.take()) receive(message, now_ns);
        if (!commit_batch()) break;
        if (Steady::now() >= next_housekeeping) {
            ask_for_missing();
            if (auto written = store_.write_commit_time(); !written) fail(written.error());
            next_housekeeping = Steady::now() + housekeeping_every;
        }
        const bool more = !alarms_.empty() || !bulk_.empty();
        waiter_.wait(more ? SteadyTime{} : next_housekeeping);
    }
    session_->stop();
    if (auto written = store_.write_commit_time(); !written && status_ == 0) {
        fail(written.error());
    }
    fmt::print(stderr, "anju-sim: platform stored {} events, {} messages were unreadable\n",
               stored_, unreadable_);
    return status_;
}

void PlatformRun::receive(const mqtt::Incoming& message, std::int64_t now_ns) {
    v1::DistrictUplink uplink;
    if (!uplink.ParseFromString(message.payload)) {
        ++unreadable_;
        return;
    }
    if (uplink.has_heartbeat()) return heartbeat(uplink.heartbeat());
    const auto& event = uplink.event();
    // An event under another gateway's topic is somebody pretending.
    const auto own = "anju/v1/district/" + event.gateway_id() + "/up/";
    if (!uplink.has_event() || event.seq() == 0 || !message.topic.starts_with(own)) {
        ++unreadable_;
        return;
    }
    if (strikes(options_.drop_events)) return;
    auto& queue = event.lane() == v1::LANE_ALARM ? alarms_ : bulk_;
    queue.push_back({std::move(*uplink.mutable_event()), now_ns});
}

void PlatformRun::heartbeat(const v1::Heartbeat& beat) {
    for (const auto& lane : beat.lanes()) {
        const StreamKey key{beat.gateway_id(), beat.epoch(), lane.lane()};
        ledger_.heartbeat(key, lane.head_seq(), lane.unacknowledged(), Steady::now());
        counts_.push_back({key, 0, 0, lane.head_seq(), lane.unacknowledged()});
    }
}

/// Alarms first and all of them, then as much bulk as fits; acknowledged only when durable.
bool PlatformRun::commit_batch() {
    if (alarms_.empty() && bulk_.empty() && counts_.empty()) return true;
    auto batch = std::exchange(alarms_, {});
    const auto room = batch_limit > batch.size() ? batch_limit - batch.size() : 0;
    const auto take = std::min(bulk_.size(), room);
    const auto end = bulk_.begin() + static_cast<std::ptrdiff_t>(take);
    std::move(bulk_.begin(), end, std::back_inserter(batch));
    bulk_.erase(bulk_.begin(), end);

    std::vector<StoredEvent> fresh;
    std::vector<const Received*> to_print;
    std::set<std::pair<StreamKey, std::uint64_t>> in_batch;
    std::map<StreamKey, StreamCount> counts;
    for (const auto& each : batch) {
        const auto key = stream_of(each.event);
        auto& count = counts[key];
        count.stream = key;
        ++count.received;
        if (ledger_.has(key, each.event.seq()) || !in_batch.emplace(key, each.event.seq()).second) {
            ++count.duplicates;
            continue;
        }
        fresh.push_back(
            {key, each.event.seq(), each.received_ns, 0, each.event.SerializeAsString()});
        to_print.push_back(&each);
    }
    std::vector<StreamKey> streams;
    for (const auto& [key, count] : counts) {
        streams.push_back(key);
        counts_.push_back(count);
    }
    if (auto committed = store_.commit(fresh, counts_); !committed) return fail(committed.error());
    counts_.clear();
    stored_ += fresh.size();
    if (options_.stop_after != 0 && stored_ >= options_.stop_after) {
        stopped_ = true;
        return true;
    }
    const auto now = Steady::now();
    for (const auto& event : fresh) ledger_.add(event.stream, event.seq, now);
    acknowledge(streams, batch);
    for (const auto* each : to_print) print(*each);
    return true;
}

void PlatformRun::acknowledge(const std::vector<StreamKey>& streams,
                              const std::vector<Received>& batch) {
    for (const auto& key : streams) {
        std::vector<std::uint64_t> seqs;
        for (const auto& each : batch) {
            if (stream_of(each.event) == key) seqs.push_back(each.event.seq());
        }
        if (strikes(options_.drop_acks)) continue;
        // A lost acknowledgement is made good by the gateway's repetition.
        session_->publish("anju/v1/district/" + key.gateway + "/down/ack",
                          ledger_.acknowledge(key, seqs).SerializeAsString(), 1);
    }
}

void PlatformRun::ask_for_missing() {
    for (const auto& key : ledger_.streams()) {
        const auto spans = ledger_.missing(key, Steady::now());
        if (spans.empty()) continue;
        auto ack = ledger_.acknowledge(key, {});
        for (const auto& [first, last] : spans) {
            auto* range = ack.add_missing();
            range->set_first(first);
            range->set_last(last);
        }
        session_->publish("anju/v1/district/" + key.gateway + "/down/ack", ack.SerializeAsString(),
                          1);
    }
}

void PlatformRun::print(const Received& each) {
    if (!options_.print) return;
    if (!options_.sensors.empty() && each.event.has_alert()) sensors_.refresh();
    const auto latency = alert_latency_ms(each.event, store_.last_commit_ns(), sensors_);
    fmt::print("{}\n", event_line(each.event, latency));
    std::fflush(stdout);
}

}  // namespace

int run_platform(const PlatformOptions& options) {
    auto store = PlatformStore::open(options.file, PlatformStore::Mode::write);
    if (!store) {
        fmt::print(stderr, "anju-sim: {}\n", store.error().text());
        return 1;
    }
    return PlatformRun(options, std::move(*store)).run();
}

}  // namespace anju::sim
