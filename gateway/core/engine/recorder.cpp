#include "core/engine/recorder.hpp"

#include <utility>

#include "core/text/sentence.hpp"

namespace anju {

void word(Alert& alert, const Household& home, Recorder::Voice voice) {
    alert.sentence_zh = text::sentence(text::Language::zh, alert, home, voice.utc_offset);
    alert.sentence_en = text::sentence(text::Language::en, alert, home, voice.utc_offset);
}

void Recorder::moved(const Alert& alert, std::optional<AlertState> from) {
    AlertChanged change{.alert = alert, .from = from};
    word(change.alert, home_, voice_);
    next().what = std::move(change);
}

void Recorder::told(const Alert& alert, std::span<const Role> roles, SummonsCause cause) {
    next().what = Summons{.alert = alert.id,
                          .kind = alert.kind,
                          .priority = alert.priority,
                          .roles = {roles.begin(), roles.end()},
                          .cause = cause,
                          .rung = alert.rung};
}

void Recorder::health(const DeviceId& device, DeviceHealth health) {
    next().what = DeviceHealthChanged{
        .device = device, .health = health, .drill = home_.drill != Drill::none};
}

void Recorder::answered(CommandAnswered answer) {
    next().what = std::move(answer);
}

void Recorder::consent(Consent consent) {
    next().what = ConsentChanged{std::move(consent)};
}

Decision& Recorder::next() {
    return out_.emplace_back(
        Decision{.household = home_.id, .number = ++last_number_, .at = at_, .what = {}});
}

}  // namespace anju
