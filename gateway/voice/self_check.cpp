#include "voice/self_check.hpp"

#include <algorithm>
#include <utility>
#include <variant>

namespace anju::voice {

void SelfCheck::tell(const Decisions& decisions, const std::function<void(Played)>& heard) {
    for (const Decision& decision : decisions) {
        if (const auto* summons = std::get_if<Summons>(&decision.what)) {
            if (summons->cause != SummonsCause::ask_resident) continue;
            asking_ = summons->alert;
            ask(heard);
        } else if (const auto* changed = std::get_if<AlertChanged>(&decision.what)) {
            if (asking_.empty() || changed->alert.id != asking_) continue;
            if (changed->alert.state == AlertState::self_check) continue;
            asking_ = {};
            if (blinker_ != nullptr) blinker_->stop();
        }
    }
}

void SelfCheck::ask(std::function<void(Played)> heard) {
    if (blinker_ != nullptr) blinker_->blink(options_.blink_for);
    if (speaker_ != nullptr) {
        speaker_->say(Prompt::self_check, options_.times, std::move(heard));
    } else if (heard) {
        heard(Played::no_device);
    }
}

}  // namespace anju::voice
