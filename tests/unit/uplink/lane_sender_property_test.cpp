// A lane against a bad network and a platform that crashes: whatever happens, everything
// arrives, nothing is taken for delivered that is not, and the window is kept.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <vector>

#include "uplink/lane_sender.hpp"

namespace anju::uplink {

using namespace std::chrono_literals;

namespace {

class World {
public:
    World(unsigned seed, std::size_t window, std::set<std::uint64_t> poison)
        : random_(seed),
          window_(window),
          poison_(std::move(poison)),
          sender_({.window = window}, LaneState{}) {}

    void run(int steps, bool faults) {
        faults_ = faults;
        for (int step = 0; step < steps; ++step) {
            now_ += 100ms;
            if (faults && chance(20)) sender_.head(head_ += random_() % 40);
            connection();
            if (connected_) transmit();
            deliver();
            platform();
            ASSERT_LE(sender_.stats().in_flight, window_);
            if (step % 50 == 0) check();
        }
    }

    [[nodiscard]] std::set<std::uint64_t> missing() const {
        std::set<std::uint64_t> out;
        for (std::uint64_t seq = 1; seq <= head_; ++seq) {
            if (!committed_.contains(seq) && !poison_.contains(seq)) out.insert(seq);
        }
        return out;
    }
    [[nodiscard]] std::uint64_t head() const { return head_; }
    [[nodiscard]] LaneSender::Stats stats() const { return sender_.stats(); }

private:
    bool chance(unsigned percent) { return random_() % 100 < percent; }

    void connection() {
        if (connected_ && faults_ && chance(2)) {
            connected_ = false;
            sender_.disconnected();
            if (chance(50)) wire_.clear();
            acks_.clear();
        } else if (!connected_ && (!faults_ || chance(10))) {
            connected_ = true;
            sender_.connected(now_);
        }
    }

    void transmit() {
        while (const auto batch = sender_.next(now_, 1 + random_() % 16)) {
            for (auto seq = batch->range.first; seq <= batch->range.last; ++seq) {
                if (faults_ && chance(1)) {
                    sender_.refused(now_);
                    return;
                }
                sender_.sent(seq, batch->why, now_);
                const int copies = faults_ ? (chance(10) ? 0 : chance(5) ? 2 : 1) : 1;
                for (int copy = 0; copy < copies; ++copy) {
                    wire_.emplace(now_ + std::chrono::milliseconds(random_() % 400), seq);
                }
            }
        }
    }

    void deliver() {
        while (!wire_.empty() && wire_.begin()->first <= now_) {
            const auto seq = wire_.begin()->second;
            wire_.erase(wire_.begin());
            if (!poison_.contains(seq)) heard_.insert(seq);
        }
        while (!acks_.empty() && acks_.begin()->first <= now_) {
            sender_.acknowledged(acks_.begin()->second, now_);
            acks_.erase(acks_.begin());
        }
    }

    void platform() {
        if (faults_ && chance(1)) heard_.clear();  // crashed before its commit
        if (heard_.empty() || (faults_ && chance(30))) return;
        OutboxAck ack{Lane::bulk, 0, {}};
        for (const auto seq : heard_) {
            committed_.insert(seq);
            if (chance(50)) ack.seqs.push_back(seq);
        }
        heard_.clear();
        while (committed_.contains(ack.through + 1)) ++ack.through;
        for (const auto seq : committed_) {
            if (seq > ack.through && !faults_) ack.seqs.push_back(seq);
        }
        if (!connected_ || (faults_ && chance(20))) return;  // the ack is lost
        acks_.emplace(now_ + std::chrono::milliseconds(random_() % 300), ack);
    }

    void check() {
        for (std::uint64_t seq = 1; seq <= head_; ++seq) {
            if (sender_.is_acknowledged(seq)) {
                ASSERT_TRUE(committed_.contains(seq)) << seq << " was never committed";
            }
        }
    }

    std::mt19937 random_;
    std::size_t window_;
    std::set<std::uint64_t> poison_;
    LaneSender sender_;
    SteadyTime now_{1'000h};
    bool faults_ = true;
    bool connected_ = false;
    std::uint64_t head_ = 0;
    std::multimap<SteadyTime, std::uint64_t> wire_;
    std::multimap<SteadyTime, OutboxAck> acks_;
    std::set<std::uint64_t> heard_;
    std::set<std::uint64_t> committed_;
};

}  // namespace

TEST(LaneSenderProperty, EverythingArrivesThroughLossReorderingReconnectsAndCrashes) {
    for (unsigned seed = 1; seed <= 60; ++seed) {
        SCOPED_TRACE(seed);
        World world(seed, 4 + seed % 40, {});
        world.run(300, true);
        world.run(2'000, false);
        ASSERT_FALSE(HasFatalFailure());
        EXPECT_TRUE(world.missing().empty()) << world.missing().size() << " of " << world.head();
        EXPECT_EQ(world.stats().unacknowledged, 0U);
    }
}

TEST(LaneSenderProperty, PoisonEventsStayBehindAlone) {
    for (unsigned seed = 1; seed <= 30; ++seed) {
        SCOPED_TRACE(seed);
        World world(seed, 8, {1, 17, 18});
        world.run(300, true);
        world.run(2'000, false);
        ASSERT_FALSE(HasFatalFailure());
        ASSERT_GT(world.head(), 18U);
        EXPECT_TRUE(world.missing().empty());
        EXPECT_EQ(world.stats().unacknowledged, 3U);
        EXPECT_EQ(world.stats().stuck, 3U);
    }
}

}  // namespace anju::uplink
