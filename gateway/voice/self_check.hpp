// 本人确认 by the box itself: when the ladder is to ask the resident, the box speaks and blinks.
// It asks beside the worker's call, never instead of it, and its silence changes nothing.
#pragma once

#include <chrono>
#include <functional>

#include "core/decision.hpp"
#include "voice/blinker.hpp"
#include "voice/speaker.hpp"

namespace anju::voice {

class SelfCheck {
public:
    struct Options {
        int times = 2;                        ///< how often the sentence is said
        std::chrono::seconds blink_for{120};  ///< about as long as somebody takes to get up
    };
    /// Either may be nullptr; both must outlive it.
    SelfCheck(Options options, Speaker* speaker, Blinker* blinker)
        : options_(options), speaker_(speaker), blinker_(blinker) {}

    /// Asks. `heard` is called once, on another thread or at once. Never waits.
    void ask(const AlertId& alert, std::function<void(Played)> heard);
    /// Of committed decisions: stops blinking when the alert that asked has moved on.
    void decided(const Decisions& decisions);

private:
    Options options_;
    Speaker* speaker_;
    Blinker* blinker_;
    AlertId asking_;  ///< of which the last question was; empty: none
};

}  // namespace anju::voice
