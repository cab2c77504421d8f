#include "app/anjud/flat_voice.hpp"

#include <utility>

#include "base/log.hpp"

namespace anju {

FlatVoice::FlatVoice(const config::Config& config, const Clock& clock, const Engine& engine)
    : engine_(engine) {
    const config::SelfCheck& said = *config.self_check;
    if (!said.speaker.empty()) {
        auto sounds = voice::load_sounds(said.sounds_dir.string(), said.language);
        if (sounds) {
            voice::Talker::Options options;
            options.sounds = std::move(*sounds);
            options.loudness = {static_cast<int>(said.volume), said.quiet,
                                static_cast<int>(said.quiet_volume)};
            options.utc_offset = config.utc_offset;
            output_.emplace(voice::AlsaOutput::Options{.device = said.speaker});
            talker_.emplace(std::move(options), *output_, clock);
        } else {
            problem_ = sounds.error();
            log::error("voice_unavailable", {{"error", problem_->text()}});
        }
    }
    if (said.led) {
        lamp_.emplace(voice::GpioLamp::Line{said.led->chip, said.led->offset});
        blinker_.emplace(*lamp_);
    }
    self_check_.emplace(voice::SelfCheck::Options{static_cast<int>(said.times), said.blink_for},
                        talker_ ? &*talker_ : nullptr, blinker_ ? &*blinker_ : nullptr);
}

bool FlatVoice::serves(const HouseholdId& household) const {
    return talker_ && engine_.household_count() == 1 && engine_.find(household) != nullptr;
}

void FlatVoice::ask(const HouseholdId& /*household*/, const AlertId& alert,
                    const std::string& /*text: what it says was recorded when it was built*/,
                    std::function<void(bool, std::string)> done) {
    self_check_->ask(alert, [done = std::move(done)](voice::Played played) {
        const bool heard = played == voice::Played::played;
        done(heard, heard ? "" : "the loudspeaker did not play: see the log of anjud");
    });
}

}  // namespace anju
