#include "tests/simulation/trial.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <vector>

#include "firmware-sim/homes/native_codec.hpp"
#include "tests/simulation/box.hpp"
#include "tests/simulation/home.hpp"
#include "tests/simulation/operators.hpp"
#include "tests/simulation/platform.hpp"
#include "tests/simulation/sqlite_store.hpp"
#include "tests/simulation/storms.hpp"

namespace anju::whole {

using namespace std::chrono_literals;

namespace {

/// A Monday, midnight in China.
constexpr Instant monday{std::chrono::sys_days{std::chrono::year{2026} / 3 / 2} - 8h};
constexpr Duration last_calm = 3h;

class Trial {
public:
    Trial(const Fate& fate, Chronicle::Detail detail)
        : fate_(fate),
          world_(monday),
          chronicle_(world_, detail),
          auditor_(world_, weather_, chronicle_),
          radio_(world_, {weather_.radio_drop, weather_.radio_twice, weather_.radio_delay},
                 sim::derive_seed(fate.seed, "radio")),
          unkind_(world_,
                  {weather_.district_drop, weather_.district_twice, weather_.district_delay},
                  sim::derive_seed(fate.seed, "district")),
          store_(fate.sqlite ? sqlite_store(fate) : memory_store()),
          platform_(world_, weather_, district_broker_, unkind_, auditor_),
          operators_(world_, weather_, platform_, chronicle_,
                     sim::derive_seed(fate.seed, "operators")) {
        weather_.calm_since = world_.now();
        for (int n = 0; n < fate.homes; ++n) {
            homes_.push_back(
                std::make_unique<Home>(world_, fate_, radio_, home_broker_, auditor_, n));
        }
        std::vector<Household> households;
        for (const auto& home : homes_) households.push_back(home->household());
        box_ = std::make_unique<Box>(
            Box::Surroundings{world_, fate_, weather_, home_broker_, district_broker_, unkind_,
                              auditor_, chronicle_, *store_},
            std::move(households));
        box_->store_lost = [this] { operators_.store_lost(); };
        for (const auto& home : homes_) {
            home->changed = [this](const Household& one) { box_->home_changed(one); };
        }
        storms_ = std::make_unique<Storms>(Storms::Targets{world_, fate_, weather_, *box_,
                                                           platform_, home_broker_,
                                                           district_broker_, homes_, chronicle_});
        connect();
    }

    Outcome run() {
        box_->switch_on();
        platform_.start();
        world_.in(1min, [this] {
            for (const auto& home : homes_) home->begin();
        });
        world_.in(1min, [this] { look_round(); });
        storms_->begin();
        live_until(monday + fate_.lasts);
        if (chronicle_.all_well()) storms_->end();
        for (const auto& home : homes_) home->hush();
        live_until(world_.now() + last_calm / 2);
        operators_.hush();
        box_->doom(false, 3, 2s);
        live_until(world_.now() + last_calm / 2);
        if (chronicle_.all_well()) auditor_.close_books();
        if (chronicle_.all_well()) operators_.close_books();
        return outcome();
    }

private:
    std::unique_ptr<StoreUnderTest> memory_store() {
        auto out = std::make_unique<MemoryStore>(fate_, weather_);
        out->memory()->gave_up_bulk = [this](std::uint64_t seq) {
            auditor_.gave_up(Lane::bulk, seq);
        };
        return out;
    }
    void connect() {
        std::map<std::string, Station*> stations;
        for (const auto& home : homes_) {
            for (Station* one : home->stations()) stations[one->device()] = one;
        }
        home_broker_.divert("anju/v1/down/", [this, stations](const Packet& packet) {
            const auto found = stations.find(std::string(sim::device_of_down_topic(packet.topic)));
            if (found == stations.end()) return;
            radio_.carry(
                [station = found->second, payload = packet.payload] { station->hear(payload); });
        });
        home_broker_.unheard = [this](const Packet& packet) {
            if (packet.topic.starts_with("zigbee2mqtt/")) auditor_.broker_lost_one();
        };
        home_broker_.lost = [this](const std::string& client, const Packet&) {
            if (client == "home") auditor_.broker_lost_one();
        };
        platform_.committed = [this](const v1::DistrictEvent& event) { operators_.heard(event); };
    }
    void look_round() {
        auditor_.look_round();
        world_.in(3min, [this] { look_round(); });
    }
    void live_until(Instant end) {
        while (world_.now() < end && chronicle_.all_well() && world_.step()) {}
    }
    Outcome outcome() const {
        Outcome out;
        out.seed = fate_.seed;
        out.wrong = chronicle_.what_is_wrong();
        out.tail = chronicle_.tail();
        out.tally = auditor_.tally();
        out.troubles = storms_->troubles();
        out.by_kind = storms_->by_kind();
        out.steps = world_.steps();
        out.fingerprint = world_.fingerprint();
        out.home_days =
            std::chrono::duration<double, std::ratio<86'400>>(world_.now() - monday).count() *
            fate_.homes;
        return out;
    }

    const Fate fate_;
    World world_;
    Chronicle chronicle_;
    Weather weather_;
    Auditor auditor_;
    Broker home_broker_;
    Broker district_broker_;
    Radio radio_;
    Radio unkind_;
    std::unique_ptr<StoreUnderTest> store_;
    Platform platform_;
    Operators operators_;
    std::vector<std::unique_ptr<Home>> homes_;
    std::unique_ptr<Box> box_;
    std::unique_ptr<Storms> storms_;
};

}  // namespace

Fate small(Fate fate) {
    fate.homes = std::min(fate.homes, 30);
    fate.lasts = std::min<Duration>(fate.lasts, 24h * 16);
    fate.calms = std::min<Duration>(fate.calms, 12h);
    return fate;
}

Outcome live_through(const Fate& fate, Chronicle::Detail detail) {
    return Trial(fate, detail).run();
}

}  // namespace anju::whole
