#include "core/engine/foresight.hpp"

#include <algorithm>
#include <optional>

#include "core/engine/listening.hpp"
#include "core/engine/step.hpp"

namespace anju {
namespace {

using detect::Inactivity;

/// The conditions of Step::judge_silence(), asked of a silence that has not come to pass yet.
class Future {
public:
    Future(const Home& home, Instant now, Duration utc_offset)
        : home_(home),
          rules_(home.household.rules),
          listening_(listening(home, now, utc_offset)),
          belief_(whereabouts_of_silence(home, now)),
          silence_(home.inactivity),
          now_(now) {}

    Foresight look() {
        if (told_ == Concern::alert || !home_.watched() || silence_.since() == Instant{} ||
            belief_.where == Whereabouts::out) {
            return {};
        }
        const auto pace = meter_pace(home_);
        const Instant end = silence_.since() + Inactivity::longest;
        Instant metered = pace ? water_known_until(home_) : Instant{};
        while (told_ != Concern::alert) {
            const auto tick = is_heard(home_) ? silence_.next_tick() : std::nullopt;
            const bool meter_speaks = metered != Instant{} && metered + pace->part < end;
            if (!tick && !meter_speaks) break;
            if (meter_speaks && (!tick || metered + pace->part <= *tick)) {
                silence_.dry(metered, metered + pace->part, listening_);
                metered += pace->part;
                if (listening_.share <= 0) judge(metered + pace->lag);
            } else {
                silence_.tick(*tick, listening_);
                judge(*tick);
            }
        }
        return out_;
    }

private:
    void judge(Instant at) {
        const bool settled = !home_.settling.unsettled();
        const bool personal = is_personal(home_, at);
        const double score = personal && settled ? silence_.score().value_or(0) : 0;
        const Duration silent = silence_.told_until() - silence_.since();
        const auto reaches = [&](std::uint32_t budget_milli) {
            return score > 0 && score >= silence_.threshold(budget_milli, listening_);
        };
        if (reaches(rules_.alert_budget_milli)) return tell(Concern::alert, at);
        if (belief_.where == Whereabouts::home && belief_.known && settled &&
            silent >= rules_.home_backstop) {
            return tell(Concern::alert, at);
        }
        if (told_ == Concern::none && rules_.phone_budget_milli > 0 &&
            reaches(rules_.phone_budget_milli)) {
            return tell(Concern::phone, at);
        }
        const bool told_by_preset = home_.book.tells_of(AlertKind::water_low, silence_.since());
        if (told_ == Concern::none && !told_by_preset && !home_.settling.was_asked() &&
            silence_.silent() >= rules_.unknown_backstop) {
            tell(Concern::phone, at);
        }
    }
    void tell(Concern concern, Instant at) {
        const detect::RepeatGuard& guard =
            concern == Concern::alert ? home_.inactivity_guard : home_.phone_guard;
        if (at < guard.free_from(rules_.repeat_guard)) return;
        told_ = concern;
        (concern == Concern::alert ? out_.alert : out_.phone) = std::max(at, now_);
    }

    const Home& home_;
    const Rules& rules_;
    detect::Listening listening_;
    detect::Presence::Belief belief_;
    Inactivity silence_;
    Instant now_;
    Concern told_ = home_.told;
    Foresight out_;
};

}  // namespace

std::optional<MeterPace> meter_pace(const Home& home) {
    MeterPace pace;
    for (std::size_t i = 0; i < home.devices.size(); ++i) {
        const Device& device = home.household.devices[i];
        if (!tells_by_the_hour(device) || !home.devices[i].silence.reliable()) continue;
        const Rhythm rhythm = rhythm_of(device);
        pace.part = std::max(pace.part, rhythm.sample_every);
        pace.lag = std::max(pace.lag, rhythm.deliver_every);
    }
    if (pace.part == Duration{} || pace.part > Inactivity::hole) return std::nullopt;
    const Duration step = pace.part;
    while (pace.part < Inactivity::hour_at_least) pace.part += step;
    return pace;
}

Foresight foresee(const Home& home, Instant now, Duration utc_offset) {
    return Future(home, now, utc_offset).look();
}

}  // namespace anju
