// What a home costs whose silences are weighed every five minutes: one with sensors that speak at
// the moment. Somebody who lives as people do, three weeks learned before the clock starts.
#include <benchmark/benchmark.h>

#include <chrono>
#include <cstdint>

#include "core/detect/inactivity.hpp"

namespace anju {
namespace {

using namespace std::chrono_literals;

/// Lives a day: up at seven, signs ever so often, a nap, out of hearing at night.
void live_a_day(detect::Inactivity& home, detect::LastHeard& sensor, Instant midnight) {
    const detect::Listening listening{
        .utc_offset = 0h, .share = 1, .by_the_hour = true, .after = &sensor};
    std::uint64_t dice = static_cast<std::uint64_t>(to_unix_ms(midnight)) | 1U;
    const auto below = [&](std::uint64_t limit) {
        dice = dice * 6'364'136'223'846'793'005ULL + 1'442'695'040'888'963'407ULL;
        return static_cast<std::int64_t>((dice >> 33U) % limit);
    };
    Instant next = midnight + 7h;
    for (Instant now = midnight; now < midnight + 24h; now += 5min) {
        while (next <= now && now < midnight + 22h) {
            (void)home.sign(next, false, listening, &sensor);
            const bool nap = next - midnight > 13h && next - midnight < 14h;
            next += nap ? 90min : 1min + 1min * below(40);
        }
        if (const auto due = home.next_tick(); due && *due <= now) home.tick(now, listening);
    }
    (void)home.fade(midnight + 24h);
}

void weigh_silences(benchmark::State& state) {
    detect::Inactivity home;
    detect::LastHeard sensor;
    Instant midnight{std::chrono::sys_days{std::chrono::year{2025} / 11 / 3}};
    for (int day = 0; day < 21; ++day, midnight += 24h) live_a_day(home, sensor, midnight);
    for (auto _ : state) {
        live_a_day(home, sensor, midnight);
        midnight += 24h;
        benchmark::DoNotOptimize(home.score());
    }
    state.SetLabel("a home and day");
}
BENCHMARK(weigh_silences)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace anju
