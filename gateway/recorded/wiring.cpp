#include "recorded/wiring.hpp"

#include <algorithm>
#include <chrono>

namespace anju::recorded {
namespace {

/// What the rows of a sensor look like as a whole.
struct Habit {
    static constexpr std::size_t enough_gaps = 8;

    std::vector<Duration> gaps;
    Instant last{};
    bool says_zero{};

    /// The usual time between two rows; 0 with fewer than two.
    [[nodiscard]] Duration median() const {
        if (gaps.empty()) return {};
        std::vector<Duration> sorted = gaps;
        const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
        std::nth_element(sorted.begin(), middle, sorted.end());
        return *middle;
    }
    /// Most rows come at the usual time, as those of a register do. A few that do are chance.
    [[nodiscard]] bool regular() const {
        if (gaps.size() < enough_gaps) return false;
        const Duration usual = median();
        const auto near = std::ranges::count_if(
            gaps, [&](Duration gap) { return gap >= usual * 9 / 10 && gap <= usual * 11 / 10; });
        return static_cast<std::size_t>(near) * 2 >= gaps.size();
    }
};

std::vector<Habit> habits_of(const Recording& recording) {
    std::vector<Habit> habits(recording.sensors.size());
    for (const Row& row : recording.rows) {
        Habit& habit = habits[row.sensor];
        if (habit.last != Instant{}) habit.gaps.push_back(row.at - habit.last);
        habit.last = row.at;
        if (!row.on()) habit.says_zero = true;
    }
    return habits;
}

Speech speech_of(Source source, bool entrance, const Habit& habit) {
    switch (source) {
        case Source::status:
            return Speech::none;
        case Source::water:
            return habit.says_zero || habit.regular() ? Speech::total : Speech::amounts;
        case Source::door:
        case Source::contact:
            return habit.says_zero ? Speech::contact : Speech::activation;
        default:
            break;
    }
    if (entrance) return habit.says_zero ? Speech::contact : Speech::activation;
    if (source == Source::pressure) return Speech::occupied;
    return source == Source::motion ? Speech::motion : Speech::use;
}

SensorKind kind_of(Speech speech) {
    switch (speech) {
        case Speech::total:
        case Speech::amounts:
            return SensorKind::water_meter;
        case Speech::contact:
        case Speech::activation:
            return SensorKind::door;
        case Speech::occupied:
            return SensorKind::bed;
        case Speech::none:
        case Speech::motion:
        case Speech::use:
            break;
    }
    return SensorKind::motion;
}

}  // namespace

Wiring wire(const Recording& recording, const std::set<std::string>& entrances, const Rules& rules,
            bool told) {
    Wiring wiring;
    Household& home = wiring.household;
    home.id = HouseholdId{recording.home};
    home.residents.push_back({ResidentId{"resident"}, "", ResidentStatus::active});
    home.rules = rules;
    // Detection is scored, not who answers: a silence is told when it is found.
    home.rules.ladder.self_check_asks = 0;
    const std::vector<Habit> habits = habits_of(recording);
    const bool named = std::ranges::any_of(
        recording.sensors, [&](const Sensor& sensor) { return entrances.contains(sensor.id); });
    for (std::size_t i = 0; i < recording.sensors.size(); ++i) {
        const Sensor& sensor = recording.sensors[i];
        const bool entrance =
            told && sensor.source != Source::water && sensor.source != Source::status &&
            (named ? entrances.contains(sensor.id) : sensor.source == Source::door);
        const Speech speech = speech_of(sensor.source, entrance, habits[i]);
        wiring.speech.push_back(speech);
        wiring.entrance.push_back(entrance);
        wiring.device.push_back(home.devices.size());
        if (speech == Speech::none) continue;
        Duration rhythm = alive_every;
        if (speech == Speech::total) {
            rhythm = habits[i].median();
        } else if (speech == Speech::amounts) {
            rhythm = watching_every;
            wiring.watching.push_back(i);
        } else {
            wiring.alive.push_back(i);
        }
        home.devices.push_back({.id = DeviceId{sensor.id},
                                .kind = kind_of(speech),
                                .label = sensor.id,
                                .driver = "native",
                                .address = sensor.id,
                                .entrance = entrance,
                                .sample_every = rhythm,
                                .deliver_every = rhythm});
    }
    return wiring;
}

}  // namespace anju::recorded
