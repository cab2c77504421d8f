// Signs of life, the silences between them, and when somebody is told of one.
#include <algorithm>
#include <string>
#include <utility>

#include "core/engine/listening.hpp"
#include "core/engine/step.hpp"

namespace anju {

using namespace std::chrono_literals;

namespace {

constexpr Duration long_silence = 30min;
constexpr double usual_quantile = 0.95;

/// The place of the device that the claim is about: who spoke last, else any sensor of life.
std::size_t decisive(const Home& home) {
    if (home.last_spoke > 0 && home.last_spoke <= home.devices.size()) return home.last_spoke - 1;
    for (std::size_t i = 0; i < home.devices.size(); ++i) {
        const Device& device = home.household.devices[i];
        if (speaks_at_once(device) || tells_by_the_hour(device)) return i;
    }
    return 0;
}

}  // namespace

void Step::sign_of_life(Instant at, std::size_t device) {
    home_.last_sign_of_life = std::max(home_.last_sign_of_life, at);
    home_.routine.sign(at, recorder_.utc_offset());
    DeviceState& state = home_.devices[device];
    home_.busy.noticed(at);
    if (state.muted.spoke(at, home_.busy.count())) recover(AlertKind::data_stale, device);

    const Instant since = home_.inactivity.since();
    // Nearly every sign follows another within minutes; of so short a silence nothing is asked.
    const bool at_once = since != Instant{} && at - since < detect::Inactivity::every;
    const detect::Listening now =
        at_once ? detect::Listening{.utc_offset = recorder_.utc_offset(),
                                    .share =
                                        speaks_at_once(home_.household.devices[device]) ? 1.0 : 0.0,
                                    .counts = home_.watched() && !home_.settling.unsettled()}
                : listening(home_, at, recorder_.utc_offset());
    detect::LastHeard* const after =
        home_.last_spoke > 0 && home_.last_spoke <= home_.devices.size()
            ? &home_.devices[home_.last_spoke - 1].after
            : nullptr;
    const bool for_the_hour = tells_by_the_hour(home_.household.devices[device]);
    if (!at_once && whereabouts_of_silence(home_, at).where == Whereabouts::out) {
        home_.settling.came_back_after(at - since);
    }
    notice(device, at);
    answer_self_checks(at);
    home_.settling.sign(at);
    if (!home_.inactivity.sign(at, for_the_hour, now, after)) return;
    if (since != Instant{} && at - since > long_silence) state.ended_silences += 1;
    home_.last_spoke = static_cast<std::uint32_t>(device + 1);
    home_.told = Concern::none;
    fade(at);
}

void Step::fade(Instant at) {
    const double days = home_.inactivity.fade(at);
    if (days <= 0) return;
    for (DeviceState& state : home_.devices) {
        state.after.fade(days);
        state.ended_silences *= static_cast<float>(1 - std::min(1.0, days / 90));
    }
}

void Step::hears_again() {
    if (!is_heard(home_)) return;
    detect::Inactivity& silence = home_.inactivity;
    silence.unheard(silence.told_until(), at_, listening(home_, at_, recorder_.utc_offset()));
}

void Step::no_water(Instant from, Instant to) {
    if (from == Instant{} || to <= from) return;
    home_.inactivity.dry(from, to, listening(home_, at_, recorder_.utc_offset()));
}

void Step::listen() {
    home_.inactivity.tick(at_, listening(home_, at_, recorder_.utc_offset()));
    judge_silence();
    for (std::size_t i = 0; i < home_.devices.size(); ++i) {
        if (home_.devices[i].silence.reliable() &&
            home_.devices[i].muted.judge(at_, home_.busy.count())) {
            claim_muted(i);
        }
    }
}

void Step::judge_silence() {
    if (home_.told == Concern::alert || !home_.watched()) return;
    const auto belief = whereabouts_of_silence(home_, at_);
    const bool out = belief.where == Whereabouts::out;
    if (out && return_is_awaited(home_, belief)) return;
    const detect::Listening now = listening(home_, at_, recorder_.utc_offset());
    const Rules& rules = home_.household.rules;
    const Duration silent = home_.inactivity.told_until() - home_.inactivity.since();
    const bool settled = !home_.settling.unsettled();
    const auto score =
        is_personal(home_, at_) && settled && !out ? home_.inactivity.score() : std::nullopt;

    if (score && *score >= home_.inactivity.threshold(rules.alert_budget_milli, now)) {
        return claim_silence_of(Concern::alert, "unusual_silence", now);
    }
    if (belief.where == Whereabouts::home && belief.known && settled &&
        silent >= rules.home_backstop) {
        return claim_silence_of(Concern::alert, "silent_at_home", now);
    }
    if (score && home_.told == Concern::none && rules.phone_budget_milli > 0 &&
        *score >= home_.inactivity.threshold(rules.phone_budget_milli, now)) {
        return claim_silence_of(Concern::phone, "unusual_silence_phone", now);
    }
    if (home_.told == Concern::phone) return;
    const bool told_by_preset = home_.book.tells_of(AlertKind::water_low, home_.inactivity.since());
    if (home_.inactivity.silent() >= rules.unknown_backstop && !told_by_preset &&
        !home_.settling.was_asked()) {
        claim_silence_of(Concern::phone, "silent_unknown", now);
    }
}

void Step::claim_silence_of(Concern concern, const char* rule, const detect::Listening& now) {
    const detect::Inactivity& silence = home_.inactivity;
    const Rules& rules = home_.household.rules;
    detect::RepeatGuard& guard =
        concern == Concern::alert ? home_.inactivity_guard : home_.phone_guard;
    if (at_ < guard.free_from(rules.repeat_guard)) return;
    const bool another = home_.told == Concern::none;
    home_.told = concern;
    home_.settling.asked();
    guard.restart(at_);
    const std::size_t device = decisive(home_);
    Evidence evidence{.rule = rule,
                      .since = silence.told_until() - silence.silent(),
                      .until = silence.told_until(),
                      .unit = EvidenceUnit::milliseconds,
                      .sources = all_sources()};
    evidence.measured = (evidence.until - evidence.since).count();
    const bool personal = evidence.rule.starts_with("unusual");
    if (personal) {
        evidence.threshold = silence.usual(silence.since(), usual_quantile, now).count();
        evidence.once_in_days = silence.once_in_days(now);
    } else {
        evidence.threshold =
            (concern == Concern::alert ? rules.home_backstop : rules.unknown_backstop).count();
    }
    home_.book.raise({.kind = AlertKind::inactivity,
                      .device = home_.household.devices[device].id,
                      .evidence = std::move(evidence),
                      .priority = concern == Concern::alert ? Priority::p2 : Priority::p3,
                      .another = another},
                     at_, home_.household, ladder(), recorder_);
}

void Step::claim_muted(std::size_t device) {
    const detect::MutedWatch& muted = home_.devices[device].muted;
    Evidence evidence{.rule = "muted",
                      .since = muted.last(),
                      .until = at_,
                      .measured = (at_ - muted.last()).count(),
                      .unit = EvidenceUnit::milliseconds,
                      .sources = {source(device)}};
    raise(AlertKind::data_stale, device, std::move(evidence));
}

}  // namespace anju
