// Whatever a household draws and however its messages fare: the registers that arrive add up to
// the water that was drawn. Each case names its seed.
#include <random>

#include "core/detect/water_meter.hpp"
#include "support.hpp"

namespace anju::test {
namespace {

using detect::MeterRegister;
using detect::WaterMeter;

constexpr std::int64_t L = 1'000;
constexpr std::int64_t m3 = 1'000'000;

class Dice {
public:
    explicit Dice(std::uint64_t seed) : random_(seed) {}
    std::int64_t below(std::int64_t limit) {
        return static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(limit));
    }
    bool once_in(std::int64_t n) { return below(n) == 0; }
    template <class T, std::size_t N>
    T any(const std::array<T, N>& of) {
        return of[static_cast<std::size_t>(below(N))];
    }

private:
    std::mt19937_64 random_;
};

/// A meter in a home, as water flows through it.
struct Truth {
    Truth(Dice& dice, std::int64_t step_ml)
        : step(step_ml),
          end(std::array{10'000 * m3, 100'000 * m3,
                         10'000'000 * m3}[static_cast<std::size_t>(dice.below(3))]) {
        total = dice.once_in(2) ? end - 300 * L - dice.below(step * 3 + 1)
                                : 200 * m3 + dice.below(9'000 * m3);
    }
    void flow(Dice& dice, Duration elapsed) {
        if (dice.once_in(3)) return;
        const std::int64_t a_day = 100 * L + dice.below(400 * L);
        total += a_day * elapsed.count() / Duration{24h}.count();
        if (dice.once_in(8)) total += dice.below(150 * L);  // a bath
    }
    [[nodiscard]] std::int64_t shown() const { return total / step * step % end; }
    /// What has passed, as far as the meter can show.
    [[nodiscard]] std::int64_t counted() const { return total / step * step; }

    std::int64_t step;
    std::int64_t end;
    std::int64_t total;
};

std::int64_t wild_value(Dice& dice, std::int64_t right) {
    switch (dice.below(4)) {
        case 0:
            return 0;
        case 1:
            return right ^ (std::int64_t{1} << dice.below(40));
        case 2:
            return dice.below(1'000'000'000 * m3);
        default:
            return dice.below(right + 1);
    }
}

/// One meter's life through a bad radio. Adds up what the registers prove.
class Life {
public:
    Life(std::uint64_t seed, bool wild)
        : dice_(seed),
          wild_(wild),
          every_(dice_.any(std::array<Duration, 4>{16s, 15min, 1h, 24h})),
          truth_(dice_, dice_.any(std::array{std::int64_t{1}, 1 * L, 10 * L, 100 * L, 1 * m3})) {}

    void run(int samples) {
        deliver(truth_.shown());  // where it begins is right
        first_ = truth_.counted();
        for (int i = 0; i < samples; ++i) sample();
        wild_ = false;
        for (int i = 0; i < 12; ++i) pass(15min, truth_.shown());  // what is doubted settles
    }
    [[nodiscard]] std::int64_t drawn() const { return truth_.counted() - first_; }
    [[nodiscard]] std::int64_t bound() const {
        return std::max(MeterRegister::backflow_ml, truth_.step);
    }

    MeterRegister meter;
    std::int64_t total = 0;
    int starts = 0;

private:
    void sample() {
        truth_.flow(dice_, every_);
        if (dice_.once_in(6)) return pass(every_, std::nullopt);  // lost
        const bool may_be_wild = wild_ && !was_wild_;
        was_wild_ = may_be_wild && dice_.once_in(12);
        const std::int64_t said = was_wild_ ? wild_value(dice_, truth_.shown()) : truth_.shown();
        pass(every_, said);
        if (dice_.once_in(8)) deliver(said);  // heard twice
    }
    void pass(Duration elapsed, std::optional<std::int64_t> said) {
        now_ += elapsed;
        if (said) deliver(*said);
    }
    void deliver(std::int64_t said) {
        const auto step = meter.observe(said, now_);
        total += step.drawn + step.drawn_earlier;
        if (step.new_start) ++starts;
    }

    Dice dice_;
    bool wild_;
    bool was_wild_ = false;
    Duration every_;
    Truth truth_;
    Instant now_ = morning;
    std::int64_t first_ = 0;
};

}  // namespace

TEST(MeterProperty, LostAndRepeatedRegistersAndWrapsAddUpToTheTruth) {
    for (std::uint64_t seed = 0; seed < 3'000; ++seed) {
        Life life(seed, false);
        life.run(200);
        ASSERT_EQ(life.total, life.drawn()) << "seed " << seed;
        ASSERT_EQ(life.starts, 1) << "seed " << seed;
    }
}

TEST(MeterProperty, WildRegistersCostAtMostWhatPassesForBackflow) {
    std::int64_t exact = 0;
    for (std::uint64_t seed = 0; seed < 3'000; ++seed) {
        Life life(seed, true);
        life.run(200);
        ASSERT_LE(std::abs(life.total - life.drawn()), life.bound()) << "seed " << seed;
        ASSERT_EQ(life.starts, 1) << "seed " << seed;
        ASSERT_EQ(life.meter.changed(), 0U);
        if (life.total == life.drawn()) ++exact;
    }
    EXPECT_GT(exact, 2'500);
}

TEST(MeterProperty, AmountsInAnyOrderAddUpToTheTruth) {
    for (std::uint64_t seed = 0; seed < 500; ++seed) {
        Dice dice(seed);
        WaterMeter m;
        Instant newest{};
        std::int64_t truth = 0;
        std::int64_t total = 0;
        for (int i = 0; i < 200; ++i) {
            const Instant at = morning + i * 15min - dice.below(3) * 20min;
            const std::int64_t ml = dice.once_in(2) ? 0 : dice.below(60 * L);
            truth += ml;
            total += m.observe_used(ml, at, at < newest, 38min).drawn;
            newest = std::max(newest, at);
        }
        ASSERT_EQ(total, truth) << "seed " << seed;
    }
}

}  // namespace anju::test
