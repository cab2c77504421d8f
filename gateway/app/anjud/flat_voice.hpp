// The voice of the box, put together from the configuration.
#pragma once

#include <memory>
#include <optional>

#include "base/result.hpp"
#include "config/config.hpp"
#include "core/decision.hpp"
#include "runtime/clock.hpp"
#include "voice/alsa_output.hpp"
#include "voice/gpio_lamp.hpp"
#include "voice/self_check.hpp"
#include "voice/talker.hpp"

namespace anju {

class FlatVoice {
public:
    /// config.self_check must be set. A sentence that cannot be read leaves the lamp and an Error
    /// for the log. `clock` must outlive it.
    FlatVoice(const config::Config& config, const Clock& clock);

    /// Committed decisions, after their commit. Never waits. Loop thread.
    void tell(const Decisions& decisions) { self_check_->tell(decisions); }
    [[nodiscard]] const std::optional<Error>& problem() const { return problem_; }

private:
    std::optional<Error> problem_;
    std::optional<voice::AlsaOutput> output_;
    std::optional<voice::Talker> talker_;
    std::optional<voice::GpioLamp> lamp_;
    std::optional<voice::Blinker> blinker_;
    std::optional<voice::SelfCheck> self_check_;
};

}  // namespace anju
