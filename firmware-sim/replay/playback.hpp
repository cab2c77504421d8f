// Recorded homes as devices that speak: what each says when, and how a gateway registers them.
// Pure: knows nothing of brokers, and of time only what is in the recordings.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/model/household.hpp"
#include "firmware-sim/scenario/scenario.hpp"
#include "recorded/recording.hpp"
#include "recorded/unique_names.hpp"
#include "recorded/voices.hpp"

namespace anju::sim {

struct PlaybackOptions {
    std::string prefix = "replay-";  ///< of households and devices
    std::string community = "replay";
    Protocol protocol = Protocol::native;  ///< of the devices whose kind speaks it
    std::set<std::string> entrances;       ///< empty: sensors of kind door
    std::optional<Instant> from;  ///< in the recordings' own time; what is before is left out
    std::optional<Instant> to;    ///< and what is at this time or later
    std::optional<Rules> rules;   ///< of the homes; nullopt: those of the gateway
};

/// One message of one device.
struct Played {
    Instant at{};  ///< in the recordings' own time, as are the times of the readings
    std::size_t home{};
    std::size_t device{};
    std::vector<Reading> readings;
    bool use{};  ///< somebody in the home did this
};

class Playback {
public:
    static constexpr std::size_t longest_id = 64;

    /// Fails when nothing lies between `from` and `to`, or an entrance is in no recording.
    [[nodiscard]] static result<Playback> make(std::vector<recorded::Recording> recordings,
                                               const PlaybackOptions& options);

    /// As the recordings were given; those without a row in the time asked for are left out.
    [[nodiscard]] const std::vector<SimHome>& homes() const { return homes_; }
    /// homes.toml of them. `drill`: who is told, when they are homes to practise with.
    [[nodiscard]] std::string directory(const std::string& drill = {}) const;

    [[nodiscard]] Instant begin() const { return begin_; }
    [[nodiscard]] Instant end() const { return end_; }

    /// When somebody speaks next; nullopt: the recordings are over.
    [[nodiscard]] std::optional<Instant> next();
    /// What is said at next(), of several at once one, always in the same order.
    [[nodiscard]] Played take();

    /// Rows that were not played because the recorded gateway was offline.
    [[nodiscard]] std::uint64_t unheard() const { return unheard_; }

private:
    struct Home {
        recorded::Recording recording;
        recorded::Wiring wiring;
        std::optional<recorded::Voices> voices;
        std::size_t row = 0;  ///< the next one
    };

    explicit Playback(const PlaybackOptions& options) : options_(options) {}
    void add(std::size_t number);
    void skip_unheard(Home& home);
    [[nodiscard]] std::optional<Instant> next_of(Home& home);

    PlaybackOptions options_;
    std::vector<Home> played_;  ///< their addresses stay: voices refer to the wiring
    std::vector<SimHome> homes_;
    recorded::UniqueNames home_names_{longest_id};
    recorded::UniqueNames device_names_{longest_id};
    std::set<std::pair<Instant, std::size_t>> upcoming_;
    Instant begin_{};
    Instant end_{};
    std::uint64_t unheard_ = 0;
};

}  // namespace anju::sim
