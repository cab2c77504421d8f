#include "firmware-sim/platform/fleet_run.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cstdio>
#include <map>
#include <vector>

#include "anju/v1/command.pb.h"
#include "anju/v1/event.pb.h"
#include "firmware-sim/credentials.hpp"
#include "firmware-sim/json_text.hpp"
#include "firmware-sim/mailbox.hpp"
#include "firmware-sim/platform/summary.hpp"
#include "firmware-sim/process_cost.hpp"
#include "firmware-sim/report.hpp"

namespace anju::sim {

namespace {

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

constexpr auto repeat_after = 2s;
constexpr std::size_t window = 1000;  ///< unacknowledged events of one lane; then it waits

struct Lane {
    std::uint64_t next = 1;
    struct Sent {
        SteadyTime first;
        SteadyTime last;
    };
    std::map<std::uint64_t, Sent> waiting;
};

class FleetRun {
public:
    explicit FleetRun(const FleetOptions& options)
        : options_(options),
          inbox_(waiter_, 100'000),
          epoch_(static_cast<std::uint64_t>(real_now_ns() / 1'000'000'000)),
          lanes_(options.boxes * 2) {}

    int run();

private:
    bool connect();
    void make(v1::Lane lane, std::uint64_t& made, double wanted);
    bool send(std::size_t box, v1::Lane lane, std::uint64_t seq);
    void repeat_due();
    void receive();
    void settle(Lane& lane, std::uint64_t seq, SteadyTime now);
    void tell(double elapsed);
    [[nodiscard]] std::size_t waiting() const;
    [[nodiscard]] int print(double seconds);

    Lane& lane_of(std::size_t box, v1::Lane lane) {
        return lanes_[box * 2 + (lane == v1::LANE_ALARM ? 0 : 1)];
    }
    static std::string name_of(std::size_t box) { return fmt::format("fleet-{:04}", box + 1); }

    FleetOptions options_;
    Waiter waiter_;
    Mailbox<mqtt::Incoming> inbox_;
    std::unique_ptr<mqtt::Session> session_;
    std::uint64_t epoch_;
    std::vector<Lane> lanes_;
    std::map<std::string, std::size_t> boxes_;
    std::vector<double> took_ms_;
    std::uint64_t alarms_ = 0;
    std::uint64_t bulk_ = 0;
    std::uint64_t repeats_ = 0;
    std::uint64_t window_full_ = 0;
    SteadyTime next_repeat_{};
    SteadyTime next_tell_{};
};

bool FleetRun::connect() {
    auto endpoint = endpoint_for(options_.broker, options_.user, options_.credentials);
    if (!endpoint) {
        fmt::print(stderr, "anju-sim: {}\n", endpoint.error().text());
        return false;
    }
    endpoint->client_id = fmt::format("sim-fleet-{}", ::getpid());
    endpoint->clean_session = true;
    mqtt::Session::Options options;
    options.endpoint = std::move(*endpoint);
    options.subscriptions = {{"anju/v1/district/+/down/ack", 1}};
    options.queue_limit = 20'000;
    session_ = std::make_unique<mqtt::Session>(
        std::move(options), [this](mqtt::Incoming&& message) { inbox_.put(std::move(message)); },
        [this](bool) { waiter_.wake(); });
    session_->start();
    const auto deadline = Steady::now() + 15s;
    while (!session_->connected()) {
        if (waiter_.stopping() || Steady::now() >= deadline) {
            fmt::print(stderr, "anju-sim: {}: cannot connect: {} (check that the broker runs)\n",
                       options_.broker, session_->stats().last_error);
            return false;
        }
        waiter_.wait(deadline);
    }
    return true;
}

bool FleetRun::send(std::size_t box, v1::Lane lane, std::uint64_t seq) {
    const auto gateway = name_of(box);
    v1::DistrictUplink uplink;
    auto& event = *uplink.mutable_event();
    event.set_gateway_id(gateway);
    event.set_epoch(epoch_);
    event.set_lane(lane);
    event.set_seq(seq);
    event.set_event_id(fmt::format("{}/{}/{}/{}", gateway, epoch_, static_cast<int>(lane), seq));
    event.set_event_time_ms(real_now_ns() / 1'000'000);
    event.set_record_time_ms(event.event_time_ms());
    if (lane == v1::LANE_ALARM) {
        auto& alert = *event.mutable_alert();
        alert.set_alert_id(fmt::format("{}-{}", gateway, seq));
        alert.set_household_id(gateway + "-home");
        alert.set_kind(v1::ALERT_KIND_TEST);
        alert.set_state(v1::ALERT_STATE_OPEN);
        alert.set_priority(v1::PRIORITY_P4);
        alert.set_raised_at_ms(event.event_time_ms());
        alert.set_sentence_zh("模拟测试报警。");
        alert.set_sentence_en("A simulated test alarm.");
    } else {
        event.mutable_device()->set_household_id(gateway + "-home");
        event.mutable_device()->set_device_id(gateway + "-meter");
        event.mutable_device()->set_health(v1::DeviceEvent::HEALTH_OK);
    }
    return session_->publish(fmt::format("anju/v1/district/{}/up/{}", gateway,
                                         lane == v1::LANE_ALARM ? "alarm" : "bulk"),
                             uplink.SerializeAsString(), 1);
}

void FleetRun::make(v1::Lane lane, std::uint64_t& made, double wanted) {
    // Bounded, so that acknowledgements are looked at in between.
    for (int burst = 0; burst < 1000 && static_cast<double>(made) < wanted; ++burst) {
        const auto box = made % options_.boxes;
        auto& to = lane_of(box, lane);
        ++made;
        if (to.waiting.size() >= window) {
            ++window_full_;
            continue;
        }
        const auto now = Steady::now();
        to.waiting[to.next] = {now, now};
        send(box, lane, to.next++);  // not sent: it comes again as a repetition
    }
}

void FleetRun::repeat_due() {
    const auto now = Steady::now();
    if (now < next_repeat_) return;
    next_repeat_ = now + 500ms;
    for (std::size_t at = 0; at < lanes_.size(); ++at) {
        for (auto& [seq, sent] : lanes_[at].waiting) {
            if (now - sent.last < repeat_after) continue;
            if (!send(at / 2, at % 2 == 0 ? v1::LANE_ALARM : v1::LANE_BULK, seq)) return;
            sent.last = now;
            ++repeats_;
        }
    }
}

void FleetRun::settle(Lane& lane, std::uint64_t seq, SteadyTime now) {
    const auto found = lane.waiting.find(seq);
    if (found == lane.waiting.end()) return;
    const std::chrono::duration<double, std::milli> took = now - found->second.first;
    took_ms_.push_back(took.count());
    lane.waiting.erase(found);
}

void FleetRun::receive() {
    const auto now = Steady::now();
    for (const auto& message : inbox_.take()) {
        v1::DistrictAck ack;
        if (!ack.ParseFromString(message.payload) || ack.epoch() != epoch_) continue;
        const auto box = boxes_.find(ack.gateway_id());
        if (box == boxes_.end()) continue;
        auto& lane = lane_of(box->second, ack.lane());
        while (!lane.waiting.empty() && lane.waiting.begin()->first <= ack.through_seq()) {
            settle(lane, lane.waiting.begin()->first, now);
        }
        for (const auto seq : ack.seqs()) settle(lane, seq, now);
    }
}

std::size_t FleetRun::waiting() const {
    std::size_t sum = 0;
    for (const auto& lane : lanes_) sum += lane.waiting.size();
    return sum;
}

void FleetRun::tell(double elapsed) {
    if (Steady::now() < next_tell_) return;
    next_tell_ = Steady::now() + 1s;
    const auto cost = ProcessCost::now();
    auto line = fmt::format(
        "{:.0f} s  sent {}  acknowledged {}  waiting {}  repeated {}  {:.2f} cores  {:.0f} MiB",
        elapsed, alarms_ + bulk_ - window_full_, took_ms_.size(), waiting(), repeats_,
        cost.cpu_seconds / std::max(elapsed, 1e-3), cost.peak_mib);
    winsize size{};
    if (::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1) {
        fmt::print(stderr, "\r\033[K{}", line.substr(0, size.ws_col - 1U));
    } else {
        fmt::print(stderr, "{}\n", line);
    }
}

int FleetRun::run() {
    for (std::size_t box = 0; box < options_.boxes; ++box) boxes_[name_of(box)] = box;
    if (!connect()) return 1;
    const auto start = Steady::now();
    const auto elapsed = [&] { return Seconds(Steady::now() - start).count(); };
    while (elapsed() < options_.seconds && !waiter_.stopping()) {
        receive();
        make(v1::LANE_ALARM, alarms_, options_.alarm_rate * elapsed());
        make(v1::LANE_BULK, bulk_, options_.rate * elapsed());
        repeat_due();
        tell(elapsed());
        waiter_.wait(Steady::now() + 2ms);
    }
    const auto sent_seconds = elapsed();
    while (waiting() > 0 && elapsed() < sent_seconds + options_.drain_seconds &&
           !waiter_.stopping()) {
        receive();
        repeat_due();
        tell(elapsed());
        waiter_.wait(Steady::now() + 10ms);
    }
    session_->stop();
    if (::isatty(STDERR_FILENO) != 0) fmt::print(stderr, "\n");
    return print(sent_seconds);
}

int FleetRun::print(double seconds) {
    std::sort(took_ms_.begin(), took_ms_.end());
    const auto acked = took_ms_.size();
    const auto cost = ProcessCost::now();
    boost::json::object out{{"boxes", options_.boxes},
                            {"seconds", seconds},
                            {"sent", alarms_ + bulk_ - window_full_},
                            {"acked", acked},
                            {"unacked", waiting()},
                            {"repeats", repeats_},
                            {"window_full", window_full_},
                            {"cpu_seconds", cost.cpu_seconds},
                            {"peak_mib", cost.peak_mib}};
    if (acked > 0) {
        out["p50_ms"] = percentile(took_ms_, 500);
        out["p99_ms"] = percentile(took_ms_, 990);
        out["max_ms"] = took_ms_.back();
    }
    if (options_.json) {
        fmt::print("{}\n", json_text(out));
    } else {
        for (const auto& [key, value] : out) {
            fmt::print("{:<12} {}\n", std::string(key), json_text(value));
        }
    }
    return waiting() == 0 ? 0 : 2;
}

}  // namespace

int run_fleet(const FleetOptions& options) {
    if (options.boxes == 0 || options.boxes > 10'000 || options.seconds <= 0) {
        fmt::print(stderr, "anju-sim: --boxes must be 1 to 10000, --seconds greater than 0\n");
        return 1;
    }
    return FleetRun(options).run();
}

}  // namespace anju::sim
