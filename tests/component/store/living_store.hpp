// Homes that live for a while, with an engine deciding and a store recording, as in the gateway.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <random>
#include <set>
#include <string>

#include "core/engine.hpp"
#include "store/sqlite_journal.hpp"

namespace anju::test {

class LivingStore {
public:
    /// Registers `homes` homes with a meter, a smoke alarm, a door and a motion sensor each.
    LivingStore(store::Options options, int homes, std::uint64_t seed);

    /// Every ten minutes one message of each home, now and then smoke, an open door, or silence
    /// for a day and a half; a base every day.
    void live(Duration time);
    /// As people live: in and out of rooms by day, water drawn, twice a night up; every sensor
    /// speaks every hour. Nothing else happens.
    void live_orderly(Duration time);
    /// From now on nobody moves in this home while it lives orderly; its sensors go on.
    void fall_silent(int home);
    /// The clock is set.
    void step_clock(Duration by);
    void remove(int home);
    void keep_house();

    [[nodiscard]] store::SqliteJournal& journal() { return *journal_; }
    [[nodiscard]] std::uint64_t decisions() const { return decided_; }
    /// Some alert was changed on the evidence of this rule.
    [[nodiscard]] bool told(const std::string& rule) const { return rules_.contains(rule); }
    [[nodiscard]] Instant now() const { return now_; }

private:
    struct Home {
        std::string id;
        std::int64_t litres{};
        Instant silent_until{};
        bool door_open{};
        bool gone{};
        bool silent{};
    };
    void apply(Transaction& transaction, const std::string& household, const Input& input);
    void observe(Transaction& transaction, Home& home);
    void observe_orderly(Transaction& transaction, Home& home);
    void say(Transaction& transaction, const Home& home, const char* device, ReadingKind kind,
             std::int64_t value);
    void register_home(Transaction& transaction, const Home& home);
    void base(Transaction& transaction);
    void commit(Transaction& transaction);

    std::unique_ptr<store::SqliteJournal> journal_;
    Engine engine_;
    std::mt19937_64 chance_;
    std::vector<Home> homes_;
    Instant now_;
    Instant based_;
    std::uint64_t seq_ = 0;
    std::uint64_t message_ = 0;
    std::uint64_t decided_ = 0;
    std::set<std::string> rules_;
};

}  // namespace anju::test
