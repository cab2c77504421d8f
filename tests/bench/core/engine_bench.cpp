// How many readings a second one core folds into decisions, and what a household weighs.
//
//   bench_core --benchmark_counters_tabular=true
//
// A home has eight devices. Every minute of its day the meter reads, doors and motion sensors
// speak as people move about, and everything else says now and then that it is alive; homes
// take turns, as they do on a hub. Counters: readings/s, decisions of the run, allocations per
// reading, bytes of a snapshot, growth of the resident memory per household.
#include <benchmark/benchmark.h>

#include <chrono>
#include <cstdint>
#include <fstream>
#include <string>
#include <vector>

#include "allocations.hpp"
#include "core/engine.hpp"

namespace anju {
namespace {

using namespace std::chrono_literals;

constexpr Instant start{std::chrono::sys_days{std::chrono::year{2025} / 11 / 3}};

struct Kind {
    const char* name;
    SensorKind kind;
};
constexpr Kind kinds[] = {{"meter", SensorKind::water_meter}, {"smoke", SensorKind::smoke},
                          {"door", SensorKind::door},         {"motion", SensorKind::motion},
                          {"gas", SensorKind::gas},           {"leak", SensorKind::water_leak},
                          {"sos", SensorKind::sos},           {"bed", SensorKind::bed}};

Household home(int number) {
    Household out;
    const std::string id = "500105-" + std::to_string(number);
    out.id = HouseholdId{id};
    out.community = "500105001";
    out.residents = {{ResidentId{id + "-r"}, "", ResidentStatus::active}};
    for (const Kind& kind : kinds) {
        const std::string device = id + "-" + kind.name;
        out.devices.push_back({.id = DeviceId{device},
                               .kind = kind.kind,
                               .label = "kitchen",
                               .driver = "native",
                               .address = device,
                               .sample_every = 1h,
                               .deliver_every = 1h});
    }
    return out;
}

/// The messages of one minute of all homes, prepared so that only the engine is measured.
class Street {
public:
    explicit Street(int homes) {
        for (int i = 0; i < homes; ++i) {
            const Household household = home(i);
            engine.apply(start, HouseholdSet{household}, decisions);
            const auto add = [&](std::size_t device, ReadingKind kind, std::int64_t value) {
                Observation message{.device = household.devices[device].id,
                                    .sequence = Sequence{.boot = 1, .number = 0},
                                    .fingerprint = 0,
                                    .redelivered = false,
                                    .readings = {{kind, 0, value, {}}}};
                messages.emplace_back(std::move(message));
            };
            add(0, ReadingKind::water_total_ml, 1'000'000);
            add(2, ReadingKind::contact_open, 0);
            add(3, ReadingKind::motion, 1);
            add(static_cast<std::size_t>(i) % 8, ReadingKind::alive, 0);
        }
    }
    /// One minute passes: every message is said once more, with the values of that minute.
    void minute() {
        ++minutes;
        const Instant now = start + minutes * 1min;
        for (std::size_t i = 0; i < messages.size(); ++i) {
            auto& message = std::get<Observation>(messages[i]);
            Reading& reading = message.readings.front();
            // Two messages of one minute can be of one device: even and odd numbers keep them
            // apart.
            message.sequence->number = minutes * 2 + (i % 4 == 3 ? 1 : 0);
            reading.event_time = now - 1s;
            if (reading.kind == ReadingKind::water_total_ml) {
                reading.value += (minutes + i) % 60 < 4 ? 1'700 : 0;
            } else if (reading.kind == ReadingKind::contact_open) {
                reading.value = (minutes + i) % 400 < 2 ? 1 : 0;
            } else {
                reading.value = (minutes + i) % 7 == 0 ? 1 : 0;
            }
            engine.apply(now, messages[i], decisions);
        }
        if (engine.deadline() && *engine.deadline() <= now) engine.advance(now, decisions);
    }

    Engine engine;
    Decisions decisions;
    std::vector<Input> messages;
    std::uint64_t minutes = 0;
};

void Readings(benchmark::State& state) {
    Street street(static_cast<int>(state.range(0)));
    for (int i = 0; i < 160; ++i) street.minute();  // silent devices have gone stale: steady state
    street.decisions.clear();
    std::uint64_t readings = 0;
    const std::uint64_t allocations_before = bench::allocations();
    for (auto _ : state) {
        street.minute();
        readings += street.messages.size();
    }
    const auto view = street.engine.view(street.engine.households().back());
    if (view->devices[0].last_heard != start + street.minutes * 1min) {
        return state.SkipWithError("the messages were not applied");
    }
    state.counters["readings"] =
        benchmark::Counter(static_cast<double>(readings), benchmark::Counter::kIsRate);
    state.counters["decisions"] = static_cast<double>(street.decisions.size());
    state.counters["alloc/reading"] =
        static_cast<double>(bench::allocations() - allocations_before) /
        static_cast<double>(readings);
}
BENCHMARK(Readings)->Arg(1)->Arg(100)->Arg(1'000)->Arg(10'000)->Unit(benchmark::kMicrosecond);

double resident_bytes() {
    std::ifstream statm("/proc/self/statm");
    double size = 0;
    double resident = 0;
    statm >> size >> resident;
    return resident * 4096;
}

void Households(benchmark::State& state) {
    const int homes = static_cast<int>(state.range(0));
    for (auto _ : state) {
        const double before = resident_bytes();
        Engine engine;
        Decisions decisions;
        for (int i = 0; i < homes; ++i) engine.apply(start, HouseholdSet{home(i)}, decisions);
        engine.advance(start + 3h, decisions);  // every device silent: eight open alerts a home
        decisions = {};
        state.counters["resident/home"] = (resident_bytes() - before) / homes;
        state.counters["snapshot"] =
            static_cast<double>(engine.snapshot(engine.households().front()).size());
    }
}
BENCHMARK(Households)->Arg(10'000)->Iterations(1)->Unit(benchmark::kMillisecond);

void Snapshot(benchmark::State& state) {
    Street street(1);
    for (int i = 0; i < 600; ++i) street.minute();
    const HouseholdId id = street.engine.households().front();
    std::size_t bytes = 0;
    for (auto _ : state) bytes = street.engine.snapshot(id).size();
    state.counters["bytes"] = static_cast<double>(bytes);
}
BENCHMARK(Snapshot);

void Restore(benchmark::State& state) {
    Street street(1);
    for (int i = 0; i < 600; ++i) street.minute();
    const std::string bytes = street.engine.snapshot(street.engine.households().front());
    for (auto _ : state) benchmark::DoNotOptimize(street.engine.restore(bytes));
}
BENCHMARK(Restore);

}  // namespace
}  // namespace anju
