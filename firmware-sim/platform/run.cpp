#include "firmware-sim/platform/run.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "anju/v1/command.pb.h"
#include "anju/v1/event.pb.h"
#include "firmware-sim/credentials.hpp"
#include "firmware-sim/mailbox.hpp"
#include "firmware-sim/net/fault.hpp"
#include "firmware-sim/platform/ledger.hpp"
#include "firmware-sim/platform/page_server.hpp"
#include "firmware-sim/platform/print.hpp"
#include "firmware-sim/platform/store.hpp"
#include "firmware-sim/platform/tally.hpp"
#include "firmware-sim/platform/trouble.hpp"
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
    SteadyTime received{};
};

/// What waits to be committed; beyond it the inbox fills, and beyond that gateways repeat.
constexpr std::size_t waiting_limit = 50'000;

StreamKey stream_of(const v1::DistrictEvent& event) {
    return {event.gateway_id(), event.epoch(), event.lane()};
}

class PlatformRun {
public:
    PlatformRun(const PlatformOptions& options, PlatformStore store, PlatformTrouble trouble)
        : options_(options),
          store_(std::move(store)),
          trouble_(std::move(trouble)),
          inbox_(waiter_, 50'000),
          work_(waiter_, 1000),
          sensors_(options.sensors),
          faults_(derive_seed(options.seed, "platform")) {}

    int run();

private:
    void receive(const mqtt::Incoming& message, std::int64_t now_ns);
    void heartbeat(const v1::Heartbeat& beat);
    result<void> restore();
    result<void> open_page();
    void connect();
    void follow_trouble();
    PlatformView view();
    bool acknowledge_alert(const std::string& gateway, const std::string& alert);
    std::vector<Received> take_due(std::vector<Received>& queue, std::size_t limit);
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
    PlatformTrouble trouble_;
    Waiter waiter_;
    Mailbox<mqtt::Incoming> inbox_;
    Mailbox<std::function<void()>> work_;  ///< of the page
    PlatformTally tally_;
    ReportReader sensors_;
    Random faults_;
    PlatformLedger ledger_;
    mqtt::Session::Options session_options_;
    std::unique_ptr<mqtt::Session> session_;  ///< none during an outage
    std::unique_ptr<PlatformPage> page_;
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

result<void> PlatformRun::restore() {
    const auto restored = store_.identities(
        [this](const StreamKey& key, std::uint64_t seq) { ledger_.add(key, seq, SteadyTime{}); });
    if (!restored) return restored.error();
    const auto counts = store_.counts();
    if (!counts) return counts.error();
    for (const auto& count : *counts) {
        tally_.count(count);
        ledger_.heartbeat(count.stream, count.head, count.unacknowledged, Steady::now());
    }
    const auto newest = store_.newest(PlatformTally::event_limit);
    if (!newest) return newest.error();
    for (const auto& stored : *newest) {
        v1::DistrictEvent event;
        if (event.ParseFromString(stored.bytes)) tally_.event(event, stored.received_ns);
    }
    return {};
}

result<void> PlatformRun::open_page() {
    if (options_.page.empty()) return {};
    auto page =
        PlatformPage::start(options_.page,
                            {[this] { return view(); }, [this] { trouble_.go_out(); },
                             [this](std::chrono::milliseconds slow) { trouble_.go_slow(slow); },
                             [this] { trouble_.heal(Steady::now()); },
                             [this](const std::string& gateway, const std::string& alert) {
                                 return acknowledge_alert(gateway, alert);
                             }},
                            [this](std::function<void()> work) { work_.put(std::move(work)); });
    if (!page) return page.error();
    page_ = std::move(*page);
    fmt::print(stderr, "anju-sim: platform page at http://127.0.0.1:{}/\n", page_->port());
    return {};
}

void PlatformRun::connect() {
    session_ = std::make_unique<mqtt::Session>(
        session_options_, [this](mqtt::Incoming&& message) { inbox_.put(std::move(message)); },
        [this](bool connected) {
            fmt::print(stderr, "anju-sim: platform {}\n",
                       connected ? "connected" : "lost its connection");
            waiter_.wake();
        });
    session_->start();
}

/// A platform that is out is not there; its broker keeps for it what it can, and gateways repeat.
void PlatformRun::follow_trouble() {
    const bool out = trouble_.out(Steady::now());
    if (out == (session_ == nullptr)) return;
    if (!out) {
        fmt::print(stderr, "anju-sim: platform is back\n");
        return connect();
    }
    session_.reset();
    // Not earlier: what comes while it leaves is taken from the broker, and lost.
    fmt::print(stderr, "anju-sim: platform is out\n");
    // What it has not committed it has never seen.
    static_cast<void>(inbox_.take());
    alarms_.clear();
    bulk_.clear();
}

int PlatformRun::run() {
    if (auto restored = restore(); !restored) return fail(restored.error()), status_;
    auto endpoint = endpoint_for(options_.broker, options_.user, options_.credentials);
    if (!endpoint) return fail(endpoint.error()), status_;
    endpoint->client_id = "anju-platform";
    endpoint->clean_session = false;
    session_options_.endpoint = std::move(*endpoint);
    session_options_.subscriptions = {{"anju/v1/district/+/up/#", 1}};
    session_options_.queue_limit = 50'000;
    if (auto opened = open_page(); !opened) return fail(opened.error()), status_;
    if (!trouble_.out(Steady::now())) connect();

    auto next_housekeeping = Steady::now();
    while (!stopped_ && !waiter_.stopping()) {
        for (const auto& work : work_.take()) work();
        follow_trouble();
        const auto now_ns = real_now_ns();
        // What its broker kept may come before the session can say anything: an answer to it now
        // would be lost.
        const bool can_answer = session_ && session_->connected();
        if (can_answer && alarms_.size() + bulk_.size() < waiting_limit) {
            for (const auto& message : inbox_.take()) receive(message, now_ns);
        }
        if (!commit_batch()) break;
        if (Steady::now() >= next_housekeeping) {
            if (session_) ask_for_missing();
            if (auto written = store_.write_commit_time(); !written) fail(written.error());
            next_housekeeping = Steady::now() + housekeeping_every;
        }
        auto until = next_housekeeping;
        for (const auto* queue : {&alarms_, &bulk_}) {
            if (!queue->empty()) until = std::min(until, queue->front().received + trouble_.slow());
        }
        waiter_.wait(until);
    }
    page_.reset();
    session_.reset();
    if (auto written = store_.write_commit_time(); !written && status_ == 0) {
        fail(written.error());
    }
    fmt::print(stderr, "anju-sim: platform stored {} events, {} messages were unreadable\n",
               stored_, unreadable_);
    return status_;
}

PlatformView PlatformRun::view() {
    auto out = tally_.view(ledger_);
    out.connected = session_ && session_->connected();
    out.out = trouble_.out(Steady::now());
    out.slow = trouble_.slow();
    out.stored = stored_;
    out.unreadable = unreadable_;
    out.dropped = inbox_.dropped();
    return out;
}

bool PlatformRun::acknowledge_alert(const std::string& gateway, const std::string& alert) {
    if (!session_ || !tally_.is_waiting(gateway, alert)) return false;
    v1::DistrictCommand command;
    command.set_command_id(
        fmt::format("page-{:016x}", derive_seed(static_cast<std::uint64_t>(real_now_ns()), alert)));
    command.set_gateway_id(gateway);
    command.set_issued_ms(real_now_ns() / 1'000'000);
    command.set_issuer("platform-page");
    command.mutable_alert()->set_alert_id(alert);
    command.mutable_alert()->set_verb(v1::AlertAction::VERB_ACKNOWLEDGE);
    return session_->publish("anju/v1/district/" + gateway + "/down/command",
                             command.SerializeAsString(), 1);
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
    queue.push_back({std::move(*uplink.mutable_event()), now_ns, Steady::now()});
}

void PlatformRun::heartbeat(const v1::Heartbeat& beat) {
    for (const auto& lane : beat.lanes()) {
        const StreamKey key{beat.gateway_id(), beat.epoch(), lane.lane()};
        ledger_.heartbeat(key, lane.head_seq(), lane.unacknowledged(), Steady::now());
        counts_.push_back({key, 0, 0, lane.head_seq(), lane.unacknowledged()});
    }
}

std::vector<Received> PlatformRun::take_due(std::vector<Received>& queue, std::size_t limit) {
    const auto latest = Steady::now() - trouble_.slow();
    std::size_t count = 0;
    while (count < std::min(limit, queue.size()) && queue[count].received <= latest) ++count;
    const auto end = queue.begin() + static_cast<std::ptrdiff_t>(count);
    std::vector<Received> out(std::make_move_iterator(queue.begin()), std::make_move_iterator(end));
    queue.erase(queue.begin(), end);
    return out;
}

/// Alarms first and all of them, then as much bulk as fits; acknowledged only when durable.
bool PlatformRun::commit_batch() {
    if (alarms_.empty() && bulk_.empty() && counts_.empty()) return true;
    auto batch = take_due(alarms_, alarms_.size());
    const auto room = batch_limit > batch.size() ? batch_limit - batch.size() : 0;
    auto bulk = take_due(bulk_, room);
    std::move(bulk.begin(), bulk.end(), std::back_inserter(batch));
    if (batch.empty() && counts_.empty()) return true;

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
    for (const auto& count : counts_) tally_.count(count);
    counts_.clear();
    stored_ += fresh.size();
    if (options_.stop_after != 0 && stored_ >= options_.stop_after) {
        stopped_ = true;
        return true;
    }
    const auto now = Steady::now();
    for (const auto& event : fresh) ledger_.add(event.stream, event.seq, now);
    acknowledge(streams, batch);
    for (const auto* each : to_print) {
        tally_.event(each->event, each->received_ns);
        print(*each);
    }
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
    const auto fail = [](const Error& error) {
        fmt::print(stderr, "anju-sim: {}\n", error.text());
        return 1;
    };
    std::vector<PlannedOutage> plan;
    for (const auto& text : options.outages) {
        const auto outage = parse_outage(text);
        if (!outage) return fail(outage.error());
        plan.push_back(*outage);
    }
    const auto slow = parse_span(options.slow.empty() ? "0ms" : options.slow);
    if (!slow) return fail({"not a duration", "--slow " + options.slow, "like 500ms"});
    auto store = PlatformStore::open(options.file, PlatformStore::Mode::write);
    if (!store) return fail(store.error());
    PlatformTrouble trouble(std::move(plan), *slow, Steady::now());
    return PlatformRun(options, std::move(*store), std::move(trouble)).run();
}

}  // namespace anju::sim
