// What becomes of what happens on its way through a device: its firmware decides what is said and
// when, its clock stamps it, its radio loses or repeats it. Pure; the same seed gives the same.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "core/model/reading.hpp"
#include "firmware-sim/random.hpp"
#include "firmware-sim/sensors/behaviour.hpp"

namespace anju::sim {

/// One message that somebody hears, `copies` times.
struct Said {
    std::vector<Reading> readings;
    unsigned copies = 1;
};

/// Messages that a device has still to say.
class Agenda {
public:
    /// `key` other than 0 allows to call it off.
    void say(Instant at, std::vector<Reading> readings, int key = 0);
    void say(Instant at, ReadingKind kind, std::int64_t value, int key = 0) {
        say(at, {{kind, 0, value, at}}, key);
    }
    void cancel(int key);
    [[nodiscard]] std::optional<Instant> next() const;

    struct Entry {
        std::vector<Reading> readings;
        int key{};
    };
    /// The earliest that is due by `now`.
    [[nodiscard]] std::optional<Entry> take(Instant now);

private:
    std::multimap<Instant, Entry> entries_;
};

/// What one kind of device makes of what it senses. Everything it says goes onto the agenda, at the
/// same instant at the earliest.
class Family {
public:
    virtual ~Family() = default;
    /// `truth` is one message's worth of what really is, at most one reading for each kind but the
    /// register of a meter; `now` is the newest time in it.
    virtual void sense(const std::vector<Reading>& truth, Instant now, Agenda& agenda) = 0;
};
[[nodiscard]] std::unique_ptr<Family> make_family(SensorKind kind, const Behaviour& behaviour,
                                                  std::uint64_t seed, Instant switched_on);

class Firmware {
public:
    Firmware(SensorKind kind, const Behaviour& behaviour, std::uint64_t seed, Instant switched_on);

    void sense(const std::vector<Reading>& truth, Instant now);
    /// When it says something next; nullopt: not by itself.
    [[nodiscard]] std::optional<Instant> next() const;
    /// What is heard of it up to and including `now`.
    void advance(Instant now, std::vector<Said>& out);

private:
    [[nodiscard]] Instant stamp(Instant at) const;

    Behaviour behaviour_;
    Instant switched_on_;
    Random radio_;
    std::unique_ptr<Family> family_;
    Agenda agenda_;
    std::multimap<Instant, Said> under_way_;
};

}  // namespace anju::sim
