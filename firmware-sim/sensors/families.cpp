// The firmware of sensors in a room. Numbers come with the Behaviour; see there for their sources.
#include "firmware-sim/sensors/water_register.hpp"

#include <algorithm>

#include "firmware-sim/sensors/firmware.hpp"

namespace anju::sim {

namespace {

using namespace std::chrono_literals;

/// What is not the level that a family deals with by itself: battery, tamper, signs of life.
std::vector<Reading> others(const std::vector<Reading>& truth, ReadingKind own) {
    std::vector<Reading> out;
    for (const auto& reading : truth) {
        if (reading.kind != own) out.push_back(reading);
    }
    return out;
}

const Reading* find(const std::vector<Reading>& truth, ReadingKind kind) {
    const auto at = std::ranges::find(truth, kind, &Reading::kind);
    return at == truth.end() ? nullptr : &*at;
}

/// Says what it senses.
class Plain : public Family {
public:
    void sense(const std::vector<Reading>& truth, Instant now, Agenda& agenda) override {
        agenda.say(now, truth);
    }
};

/// A reed contact. It chatters when it is moved; and a closing whose frame is lost stands as open
/// until the next heartbeat, which repeats how things stand.
class Contact : public Family {
public:
    Contact(const Behaviour& behaviour, std::uint64_t seed)
        : behaviour_(behaviour), random_(seed) {}

    void sense(const std::vector<Reading>& truth, Instant now, Agenda& agenda) override {
        const auto* level = find(truth, ReadingKind::contact_open);
        if (level == nullptr) {
            auto heartbeat = truth;
            if (level_) heartbeat.push_back({ReadingKind::contact_open, 0, *level_, now});
            return agenda.say(now, std::move(heartbeat));
        }
        level_ = level->value;
        const bool bounces = random_.chance(behaviour_.bounce_per_mille);
        const bool missed = random_.chance(behaviour_.missed_close_per_mille);
        if (*level_ == 0 && missed)
            return agenda.say(now, others(truth, ReadingKind::contact_open));
        agenda.say(now, truth);
        if (!bounces) return;
        const auto first = now + Duration{random_.between(20, 150)};
        agenda.say(first, ReadingKind::contact_open, 1 - *level_);
        agenda.say(first + Duration{random_.between(20, 150)}, ReadingKind::contact_open, *level_);
    }

private:
    Behaviour behaviour_;
    Random random_;
    std::optional<std::int64_t> level_;
};

/// A PIR that saves its battery: blind after each report, and "nobody" is only that nothing was
/// reported for a time.
class Motion : public Family {
public:
    explicit Motion(const Behaviour& behaviour) : behaviour_(behaviour) {}

    void sense(const std::vector<Reading>& truth, Instant now, Agenda& agenda) override {
        const auto* seen = find(truth, ReadingKind::motion);
        if (seen == nullptr) return agenda.say(now, truth);
        if (seen->value == 0) {
            if (behaviour_.clear == 0s) agenda.say(now, truth);
            return;
        }
        if (now < sees_again_) return;
        sees_again_ = now + behaviour_.blind;
        agenda.say(now, truth);
        if (behaviour_.clear == 0s) return;
        agenda.cancel(clear_key);
        agenda.say(now + behaviour_.clear, ReadingKind::motion, 0, clear_key);
    }

private:
    static constexpr int clear_key = 1;
    Behaviour behaviour_;
    Instant sees_again_{};
};

class Smoke : public Family {
public:
    Smoke(const Behaviour& behaviour, std::uint64_t seed, Instant switched_on)
        : behaviour_(behaviour), random_(seed), made_(switched_on - behaviour.age) {}

    void sense(const std::vector<Reading>& truth, Instant now, Agenda& agenda) override {
        const auto* smoke = find(truth, ReadingKind::smoke);
        if (smoke == nullptr) return heartbeat(truth, now, agenda);
        agenda.cancel(hush_key);
        agenda.say(now, truth);
        const bool test = (smoke->quality & quality::test) != 0;
        if (smoke->value == 0 || test || behaviour_.hush_after == 0s) return;
        // Silenced, and loud again when there is still smoke (EN 14604: 5 to 15 minutes).
        agenda.say(now + behaviour_.hush_after, ReadingKind::smoke, 0, hush_key);
        agenda.say(now + behaviour_.hush_after + 10min, ReadingKind::smoke, 1, hush_key);
    }

private:
    static constexpr int hush_key = 1;
    static constexpr auto life = std::chrono::hours{24} * 3'653;

    void heartbeat(std::vector<Reading> said, Instant now, Agenda& agenda) {
        if (now - made_ >= life) said.push_back({ReadingKind::fault, 0, 1, now});
        agenda.say(now, std::move(said));
        const auto hour = std::chrono::floor<std::chrono::hours>(now.time_since_epoch() + 8h) % 24h;
        const bool cooking = hour == 11h || hour == 12h || hour == 17h || hour == 18h;
        if (!cooking || !random_.chance(behaviour_.dust_per_mille)) return;
        agenda.say(now + 1min, ReadingKind::smoke, 1);
        agenda.say(now + 4min, ReadingKind::smoke, 0);
    }

    Behaviour behaviour_;
    Random random_;
    Instant made_;
};

/// Measures nothing while its element heats up, nor when that has failed; says so in the latter
/// case.
class Gas : public Family {
public:
    Gas(const Behaviour& behaviour, Instant switched_on)
        : warm_(switched_on + behaviour.warm_up),
          fails_(behaviour.fails_after > 0s ? switched_on + behaviour.fails_after
                                            : Instant::max()) {}

    void sense(const std::vector<Reading>& truth, Instant now, Agenda& agenda) override {
        if (now >= warm_ && now < fails_) return agenda.say(now, truth);
        auto said = others(truth, ReadingKind::gas);
        if (now >= fails_) said.push_back({ReadingKind::fault, 0, 1, now});
        agenda.say(now, std::move(said));
    }

private:
    Instant warm_;
    Instant fails_;
};

class Button : public Family {
public:
    Button(const Behaviour& behaviour, std::uint64_t seed) : behaviour_(behaviour), random_(seed) {}

    void sense(const std::vector<Reading>& truth, Instant now, Agenda& agenda) override {
        agenda.say(now, truth);
        if (find(truth, ReadingKind::sos) == nullptr) return;
        if (!random_.chance(behaviour_.press_again_per_mille)) return;
        for (auto left = random_.between(1, 3); left > 0; --left) {
            now += Duration{random_.between(400, 3'000)};
            agenda.say(now, ReadingKind::sos, 1);
        }
    }

private:
    Behaviour behaviour_;
    Random random_;
};

class Bed : public Family {
public:
    Bed(const Behaviour& behaviour, std::uint64_t seed) : behaviour_(behaviour), random_(seed) {}

    void sense(const std::vector<Reading>& truth, Instant now, Agenda& agenda) override {
        agenda.say(now, truth);
        const auto* lies = find(truth, ReadingKind::bed_occupied);
        if (lies == nullptr) return;
        agenda.cancel(gap_key);
        if (lies->value == 0 || behaviour_.gap_every == 0s) return;
        for (int gap = 0; gap < most_gaps; ++gap) {  // of one night
            const auto every = behaviour_.gap_every.count();
            now += Duration{random_.between(every / 2, every * 3 / 2)};
            agenda.say(now, ReadingKind::bed_occupied, 0, gap_key);
            now += Duration{random_.between(5'000, 40'000)};
            agenda.say(now, ReadingKind::bed_occupied, 1, gap_key);
        }
    }

private:
    static constexpr int gap_key = 1;
    static constexpr int most_gaps = 24;
    Behaviour behaviour_;
    Random random_;
};

class Meter : public Family {
public:
    Meter(const Behaviour& behaviour, Instant switched_on)
        : behaviour_(behaviour),
          replaced_(behaviour.replaced_after > 0s ? switched_on + behaviour.replaced_after
                                                  : Instant::max()),
          register_(behaviour.resolution_ml, behaviour.wraps_at_ml) {}

    void sense(const std::vector<Reading>& truth, Instant now, Agenda& agenda) override {
        auto said = truth;
        std::optional<Reading> back;
        for (auto& reading : said) {
            if (reading.kind != ReadingKind::water_total_ml) continue;
            const auto flown = reading.value;
            if (reading.event_time >= replaced_) {
                register_.replace(flown);
                replaced_ = Instant::max();
                began_ = flown;
            }
            if (!began_ || flown < *began_) began_ = flown;
            reading.value = register_.shown(flown);
            if (behaviour_.backflow_per_mille == 0) continue;
            const auto reverse = (flown - *began_) * behaviour_.backflow_per_mille / 1000;
            back = {ReadingKind::water_reverse_ml, 0,
                    reverse / behaviour_.resolution_ml * behaviour_.resolution_ml,
                    reading.event_time};
        }
        if (back) said.push_back(*back);
        agenda.say(now, std::move(said));
    }

private:
    Behaviour behaviour_;
    Instant replaced_;
    WaterRegister register_;
    std::optional<std::int64_t> began_;  // what had flown when it was first looked at
};

}  // namespace

std::unique_ptr<Family> make_family(SensorKind kind, const Behaviour& behaviour, std::uint64_t seed,
                                    Instant switched_on) {
    switch (kind) {
        case SensorKind::door:
            return std::make_unique<Contact>(behaviour, seed);
        case SensorKind::motion:
            return std::make_unique<Motion>(behaviour);
        case SensorKind::smoke:
            return std::make_unique<Smoke>(behaviour, seed, switched_on);
        case SensorKind::gas:
            return std::make_unique<Gas>(behaviour, switched_on);
        case SensorKind::sos:
            return std::make_unique<Button>(behaviour, seed);
        case SensorKind::bed:
            return std::make_unique<Bed>(behaviour, seed);
        case SensorKind::water_meter:
            return std::make_unique<Meter>(behaviour, switched_on);
        case SensorKind::water_leak:
            break;
    }
    return std::make_unique<Plain>();
}

}  // namespace anju::sim
