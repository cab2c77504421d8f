// Water that does not stop, seen by one meter: a tap left running, a cistern or pipe that leaks.
//
//   used |###########      ##  #   ######        people draw water in bursts
//        |#################################      a tap left open: two hours are enough
//        | . . . . . . . . . . . . . . . .       a drip: nothing but day and night tells it
//
// "continuous_flow": water ran for 2 h, between 06 and 22 o'clock. Use in every half hour alone is
// no sign of it: whoever cooks, washes up and does the laundry has that several times a month. So
// no five minutes may pass without water or, where the meter looks less often than that, every
// interval must show at least what an open tap gives. That implies use in every half hour; a meter
// that looks less often than every half hour cannot tell a morning's work from a tap. A cistern
// that runs with less than an open tap shows in the leak form. By night nobody is sent to look.
//
// "leak": for 24 h no hour without use or, with intervals of up to 2 h, none of them. Whoever is up
// at night is seen in every two hours of a day, but hardly of two days, so it takes 24 intervals.
// An increase is use even if the meter counts in coarse steps, but a drip fills a step of 10 L in
// its own time, with intervals in between that look dry: of such a meter nothing is claimed. Its
// steps are taken from the amounts it shows, the least of which is never less than one step in
// whatever unit it counts.
//
// An alert is told once and ends when the flow was seen to end: by a pause, or by an interval with
// less than an open tap gives. A hole in the data begins a span anew, and ends nothing. A cistern
// that sticks now and then, or a drip that the meter can just not count every hour, would come and
// go every other day: a leak is told once in seven days, if it is still there.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/model/instant.hpp"

namespace anju::detect {

/// What a meter drew after `from`, up to `to`. Below zero: earlier intervals said too much.
struct WaterInterval {
    Instant from{};
    Instant to{};
    std::int64_t ml{};
};

class WaterFlow {
public:
    static constexpr Duration flow_lasts = std::chrono::hours{2};
    static constexpr Duration leak_lasts = std::chrono::hours{24};
    static constexpr std::uint16_t leak_intervals = 24;
    static constexpr std::int64_t coarse_ml = 10'000;
    static constexpr Duration leak_told_every = std::chrono::days{7};

    enum class Form : std::uint8_t { none, continuous_flow, leak, over };

    struct Found {
        Form form{};
        Instant since{};
        Instant until{};
        std::int64_t ml{};  ///< drawn in between
    };

    /// The next interval, in the order of time. One that does not begin where the last one ended
    /// has a hole before it; what was drawn in unknown time or arrives late is left out.
    void observe(const WaterInterval& interval);
    /// Nothing is known up to somewhere within the next interval.
    void hole();
    /// Another meter, that may count in other steps.
    void meter_changed() { least_ml_ = 0; }

    /// What holds at the end of the last interval and was not told yet.
    [[nodiscard]] std::optional<Found> found(Duration utc_offset) const;
    void tell(const Found& found);
    /// Told, and not seen to end since.
    [[nodiscard]] bool told() const {
        return told_ == Form::continuous_flow || told_ == Form::leak;
    }
    /// True once after what was told has ended.
    [[nodiscard]] bool take_end();

    /// While the leak form holds, told or not: the least that was drawn in an hour of the 24 h up
    /// to now, millilitres an hour; otherwise 0, also where the meter has told nothing for 2 h.
    /// An amount that is not above it is no sign of a person. A meter shows up to one of its steps
    /// more in one hour than in the next, though the leak is the same.
    [[nodiscard]] std::int64_t leak_ml_per_hour(Instant now) const;

    template <class A, class Self>
    static void fields(A& archive, Self& self) {
        archive(self.until_, self.steady_, self.unbroken_, self.intervals_, self.dry_since_,
                self.least_ml_, self.hour_, self.hours_, self.leak_told_at_, self.told_,
                self.blind_);
    }

private:
    /// From `since` on; epoch 0 = none.
    struct Run {
        Instant since{};
        std::int64_t ml{};

        template <class A, class Self>
        static void fields(A& archive, Self& self) {
            archive(self.since, self.ml);
        }
    };
    struct Hour {
        Instant until{};
        std::int32_t ml{};

        template <class A, class Self>
        static void fields(A& archive, Self& self) {
            archive(self.until, self.ml);
        }
    };

    void use(const WaterInterval& interval);
    void pause(const WaterInterval& interval);
    void count_hour(const WaterInterval& interval);
    void forget();
    void forget_unbroken();
    void over(Form form);
    [[nodiscard]] bool flows(Duration utc_offset) const;
    [[nodiscard]] bool leaks() const;

    Instant until_{};            // end of the last interval
    Run steady_;                 // of the continuous flow
    Run unbroken_;               // of the leak
    std::uint16_t intervals_{};  // with use in `unbroken_`, counted up to what a leak takes
    Instant dry_since_{};        // epoch 0: the last interval shows use
    std::int64_t least_ml_{};    // ever shown by an interval with use; 0 = none yet
    Run hour_;                   // of `unbroken_`, not yet in `hours_`
    std::vector<Hour> hours_;    // of the last 24 h of `unbroken_`, ascending
    Instant leak_told_at_{};
    Form told_ = Form::none;  // `over`: and has ended since
    bool blind_{};            // the next interval begins in a hole
};

[[nodiscard]] inline bool is_known(WaterFlow::Form form) {
    return form <= WaterFlow::Form::over;
}

}  // namespace anju::detect
