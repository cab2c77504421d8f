// Watches the box itself: how it does, for the district and for whoever asks, and whether it
// protects anybody, for the lamp or the program that systemd starts
// (docs/operations/protection.md).
//
// Files of the kernel are read on a thread of their own, for some drivers answer late; the rest is
// on the loop, a few homes at a time, so that a street's homes never keep an alarm waiting.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "app/anjud/daemon.hpp"
#include "app/anjud/protection_flags.hpp"
#include "runtime/box_reports.hpp"
#include "runtime/protection.hpp"
#include "store/sqlite_journal.hpp"
#include "system/board.hpp"
#include "system/disk.hpp"
#include "update/news.hpp"

namespace anju {

class BoxWatch {
public:
    /// `clock`: the machine's. Counts the start of the machine in data_dir. `updates`: what the
    /// updater of the box writes down. All must outlive it.
    BoxWatch(const config::Config& config, const Clock& clock, Loop& loop, Daemon& daemon,
             store::SqliteJournal& journal,
             std::filesystem::path updates = update::record_of_the_box);
    ~BoxWatch();

    /// About once a second, on the loop. An Error of a commit, after which nothing is right. What
    /// cannot be read of the box is no such error: it is counted, logged when it begins and ends,
    /// and left out; whoever is watched over needs none of it.
    [[nodiscard]] result<void> tick();
    /// "box" of the status; what is not known is null.
    [[nodiscard]] boost::json::object figures() const;

private:
    struct Sample {
        system::Board board;
        std::optional<system::DiskSpace> disk;
        std::optional<BoxUpdate> update;
    };
    struct Sensors {
        std::uint32_t ok{};
        std::uint32_t stale{};
        std::uint32_t offline{};
        std::uint32_t faulty{};
    };

    void sample();
    void unread(const std::string& what);
    void read_again();
    void count_sensors();
    void put_machine(BoxHealth& out) const;
    [[nodiscard]] result<BoxHealth> health() const;
    [[nodiscard]] ProtectionFacts protection_facts() const;

    const config::Config& config_;
    const Clock& clock_;
    Loop& loop_;
    Daemon& daemon_;
    store::SqliteJournal& journal_;
    std::filesystem::path updates_;
    SteadyTime started_;
    SteadyTime next_sample_;
    SteadyTime next_report_;
    std::optional<std::uint64_t> boots_;
    Sample sampled_;
    bool sampling_ = false;
    bool reading_fails_ = false;  ///< as last logged
    std::uint64_t unread_ = 0;    ///< looks at the board or the store that failed, since the start
    std::vector<HouseholdId> uncounted_;  ///< homes that the present count has still to look at
    Sensors counting_;
    Sensors sensors_;  ///< of the last complete count
    BoxReports reports_;
    Protection protection_;
    ProtectionFlags flags_;
    std::thread sampler_;
};

}  // namespace anju
