// Where those who want a drill and the simulator that plays it meet.
//
// A simulator that stands ready on the box (`anju-sim attend`) calls about once a second: it says
// what it can play and how what it plays goes, and is told what is wanted. An operator asks for one
// of its scenarios. Neither waits for the other, nothing of it is kept over a restart, and there is
// one drill at a time. What a drill is, and who is told of its alerts, the homes say that it is
// played in (Household::drill), not this.
#pragma once

#include <boost/json.hpp>
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "control/protocol.hpp"
#include "runtime/clock.hpp"

namespace anju::control {

/// Loop thread.
class DrillStage {
public:
    struct Options {
        bool allowed = false;  ///< [drill] of the configuration
        std::chrono::minutes utc_offset{};
        /// Greater than any number an earlier process gave: a simulator outlives a restart.
        std::uint64_t first = 1;
        std::chrono::seconds gone{5};   ///< without a call: there is no simulator
        std::chrono::seconds lost{30};  ///< without a call: what it played is given up
        std::size_t most_scenarios = 64;
        std::size_t most_rows = 64;  ///< verdicts, and alerts that nobody expected
    };
    /// Called with what show() answers after anything of it has changed; of the progress, every
    /// hundredth.
    using Changed = std::function<void(const boost::json::object& shown)>;

    explicit DrillStage(Options options) : options_(options), next_number_(options.first) {}
    void on_change(Changed changed) { changed_ = std::move(changed); }

    /// `drill.attend`, of the simulator. Refused while another one attends.
    [[nodiscard]] Reply attend(const boost::json::object& params, SteadyTime now);
    /// `drill.play`: refused where drills are not allowed, nobody can play it, or one is played.
    [[nodiscard]] Reply play(const boost::json::object& params, SteadyTime now, Instant wall);
    /// `drill.stop`: the simulator is asked to end early; its homes are taken off as always.
    [[nodiscard]] Reply stop(SteadyTime now);
    /// `drill.show`
    [[nodiscard]] Reply show() const;
    /// About once a second: notices who is gone.
    void tick(SteadyTime now);

private:
    struct Offer {
        std::string name;
        std::string title_zh;
        std::string title_en;
        std::uint64_t seconds{};  ///< of the world's time
        bool operator==(const Offer&) const = default;
    };
    struct Simulator {
        std::string id;
        std::vector<Offer> offers;
        SteadyTime heard{};
    };
    enum class Phase { asked, playing, judged, stopped, failed, lost };
    struct Drill {
        std::uint64_t number{};
        Offer what;
        std::string simulator;
        std::string community;
        bool staff{};
        std::string by;
        Instant asked_at{};
        SteadyTime heard{};
        bool handed_out{};  ///< the simulator may play it, though it has not said so yet
        bool to_stop{};
        Phase phase = Phase::asked;
        std::uint64_t percent{};
        std::string problem;       ///< the simulator's own words; empty: none
        std::string problem_kind;  ///< what the console has a sentence for; empty: no problem
        bool passed{};
        boost::json::array rows;
        boost::json::array unexpected;
        [[nodiscard]] bool over() const { return phase != Phase::asked && phase != Phase::playing; }
    };

    [[nodiscard]] result<std::vector<Offer>> offers(const boost::json::object& params) const;
    /// False: it plays what nobody wants any more.
    [[nodiscard]] result<bool> take_report(const boost::json::object& report);
    [[nodiscard]] result<boost::json::array> rows(const boost::json::object& report) const;
    [[nodiscard]] result<boost::json::array> unexpected(const boost::json::object& report) const;
    [[nodiscard]] boost::json::object shown() const;
    void tell() const;

    Options options_;
    Changed changed_;
    std::optional<Simulator> simulator_;
    std::optional<Drill> drill_;  ///< the last one
    std::uint64_t next_number_;
};

}  // namespace anju::control
