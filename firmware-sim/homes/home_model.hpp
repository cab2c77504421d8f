// One home as a pure function of its description, its seed and time: the person's acts, the
// incidents, and what every sensor measures of them. Knows nothing of brokers and messages.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/model/instant.hpp"
#include "core/model/reading.hpp"
#include "firmware-sim/homes/person.hpp"
#include "firmware-sim/life/life.hpp"
#include "firmware-sim/scenario/scenario.hpp"
#include "firmware-sim/sensors/firmware.hpp"

namespace anju::sim {

/// One message's worth of readings of one device.
struct Emission {
    std::size_t device{};  ///< index into SimHome::devices
    std::vector<Reading> readings;
    Instant heard{};      ///< when whoever receives it got it
    unsigned copies = 1;  ///< so often, the same
    bool afresh = false;  ///< the device has just started and forgotten what it had not delivered
};

/// A device repeats its last message so often, however fast it is answered.
struct Flood {
    std::size_t device{};
    std::int64_t per_second{};  ///< of simulated time
    Instant until{};
};

struct StoryLine {
    Instant at{};
    std::string zh;
    std::string en;
};

struct Output {
    std::vector<Emission> emissions;
    std::vector<StoryLine> story;
    std::vector<Flood> floods;
};

class HomeModel {
public:
    HomeModel(SimHome home, Instant start, Instant end, std::uint64_t seed);

    /// What every device says when it is switched on; part of neither next() nor advance().
    [[nodiscard]] Output hello() const;

    /// When something happens next; nullopt: never again.
    [[nodiscard]] std::optional<Instant> next() const;

    /// Everything up to and including `until`, in order of time. Readings carry the time they
    /// were measured at, however late this is called.
    void advance(Instant until, Output& out);

    [[nodiscard]] const SimHome& home() const { return home_; }
    /// Register of a meter when it was last used or read, millilitres.
    [[nodiscard]] std::int64_t register_ml() const { return register_ml_; }

private:
    struct NewDay {};
    struct DoAct {
        Act act;
    };
    struct Contact {
        std::size_t device;
        bool open;
    };
    struct Still {
        std::size_t device;
    };
    struct Beat {
        std::size_t device;
    };
    struct Begin {
        std::size_t incident;
    };
    struct End {
        std::size_t incident;
    };
    struct Bed {
        std::size_t device;
        bool occupied;
    };
    struct BatteryLow {
        std::size_t device;
    };
    struct Unreachable {
        std::size_t device;
    };
    struct Wake {
        std::size_t device;
    };
    struct Visit {
        Instant until;
    };
    struct Fetched {};
    using Effect = std::variant<NewDay, DoAct, Contact, Still, Bed, Beat, Begin, End, BatteryLow,
                                Unreachable, Visit, Fetched, Wake>;

    struct Drain {
        Instant from;
        Instant until;
    };
    struct DeviceState {
        bool silent{};
        bool open{};
        bool in_bed{};
        Instant still_at{};
        std::optional<Drain> drain;
        std::vector<Reading> bundle;
        Instant delivered{};
        std::optional<Instant> lost_clock;  ///< since when it takes the year for 1970
        std::optional<Firmware> firmware;   ///< none: says at once what it senses
    };

    void run(const NewDay&, Instant at, Output& out);
    void run(const DoAct&, Instant at, Output& out);
    void run(const Contact&, Instant at, Output& out);
    void run(const Still&, Instant at, Output& out);
    void run(const Bed&, Instant at, Output& out);
    void run(const Beat&, Instant at, Output& out);
    void run(const Begin&, Instant at, Output& out);
    void run(const End&, Instant at, Output& out);
    void run(const BatteryLow&, Instant at, Output& out);
    void run(const Unreachable&, Instant at, Output& out);
    void run(const Wake&, Instant at, Output& out);
    void run(const Visit&, Instant at, Output& out);
    void run(const Fetched&, Instant at, Output& out);

    void begin_device(const Incident& incident, Instant at, Output& out);
    void end_device(const Incident& incident, Instant at, Output& out);
    /// As a deed of whoever is there, however still the resident is.
    void happen(Deed deed, life::Room room, Instant at, Output& out);
    void restart(std::size_t device, Instant at, Output& out);
    /// Counts what a tap that was left running has drawn since it was last looked at.
    void draw_water(Instant at);
    [[nodiscard]] std::vector<Reading> greeting(std::size_t device, Instant at) const;
    void emit(std::size_t device, std::vector<Reading> readings, Instant at, Output& out);
    /// What the device's firmware has to say by now, as it is heard.
    void listen(std::size_t device, Instant at, Output& out);
    void deliver(std::size_t device, std::vector<Reading> readings, Instant at, unsigned copies,
                 Output& out) const;
    void emit(std::size_t device, ReadingKind kind, std::int64_t value, Instant at, Output& out);
    void tell(Instant at, std::string zh, std::string en, Output& out) const;
    void see_movement(std::string_view room, Instant at, Output& out);
    void use_bed(Deed deed, Instant at);
    void drain_battery(std::size_t device, Instant at, Duration lasts);
    /// What the device says of it, per cent; so does what `left` per cent of charge shows as.
    [[nodiscard]] int battery(std::size_t device, Instant at) const;
    [[nodiscard]] int shown_battery(std::size_t device, int left) const;

    SimHome home_;
    Instant start_;
    Instant end_;
    Random random_;
    std::uint64_t seed_;
    std::optional<life::Life> life_;  ///< lives instead of the routine
    int silenced_ = 0;
    int ill_ = 0;
    std::int64_t flow_ml_h_ = 0;    ///< left running, or back
    std::int64_t drawn_ml_ms_ = 0;  ///< less than a millilitre, times the milliseconds of an hour
    Instant drawn_until_{};
    std::int64_t register_ml_;
    std::vector<DeviceState> devices_;
    std::multimap<Instant, Effect> agenda_;
};

/// What a sensor of this kind says when it tests itself.
[[nodiscard]] ReadingKind test_reading(SensorKind kind);

/// Travels on the alarm topic: smoke, gas, SOS, water on the floor.
[[nodiscard]] bool is_alarm(ReadingKind kind);

}  // namespace anju::sim
