#include "voice/self_check.hpp"

#include <algorithm>
#include <utility>
#include <variant>

namespace anju::voice {

void SelfCheck::decided(const Decisions& decisions) {
    for (const Decision& decision : decisions) {
        const auto* const changed = std::get_if<AlertChanged>(&decision.what);
        if (changed == nullptr || asking_.empty() || changed->alert.id != asking_) continue;
        if (changed->alert.state == AlertState::self_check) continue;
        asking_ = {};
        if (blinker_ != nullptr) blinker_->stop();
    }
}

void SelfCheck::ask(const AlertId& alert, std::function<void(Played)> heard) {
    asking_ = alert;
    if (blinker_ != nullptr) blinker_->blink(options_.blink_for);
    if (speaker_ != nullptr) {
        speaker_->say(Prompt::self_check, options_.times, std::move(heard));
    } else if (heard) {
        heard(Played::no_device);
    }
}

}  // namespace anju::voice
