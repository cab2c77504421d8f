// The voice of the box, put together from the configuration. It asks in the flat it stands in: a
// box that looks after several homes stands in none of them, and asks nobody.
#pragma once

#include <memory>
#include <optional>

#include "base/result.hpp"
#include "config/config.hpp"
#include "core/decision.hpp"
#include "core/engine.hpp"
#include "notify/speaker.hpp"
#include "runtime/clock.hpp"
#include "voice/alsa_output.hpp"
#include "voice/gpio_lamp.hpp"
#include "voice/self_check.hpp"
#include "voice/talker.hpp"

namespace anju {

class FlatVoice final : public notify::Speaker {
public:
    /// config.self_check must be set. A sentence that cannot be read leaves the lamp and an Error
    /// for the log. `clock` and `engine` must outlive it. Loop thread.
    FlatVoice(const config::Config& config, const Clock& clock, const Engine& engine);

    [[nodiscard]] bool serves(const HouseholdId& household) const override;
    void ask(const HouseholdId& household, const AlertId& alert, const std::string& text,
             std::function<void(bool asked, std::string why_not)> done) override;
    /// Committed decisions, after their commit. Never waits.
    void decided(const Decisions& decisions) { self_check_->decided(decisions); }
    [[nodiscard]] const std::optional<Error>& problem() const { return problem_; }

private:
    const Engine& engine_;
    std::optional<Error> problem_;
    std::optional<voice::AlsaOutput> output_;
    std::optional<voice::Talker> talker_;
    std::optional<voice::GpioLamp> lamp_;
    std::optional<voice::Blinker> blinker_;
    std::optional<voice::SelfCheck> self_check_;
};

}  // namespace anju
