// [self_check]: how the box itself asks in the flat whether the resident is well.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>

#include "core/model/care_rules.hpp"

namespace anju::config {

struct GpioLine {
    std::string chip;
    unsigned offset{};
};

struct SelfCheck {
    std::string speaker;          ///< a PCM of ALSA; empty: the box does not speak
    std::optional<GpioLine> led;  ///< nullopt: no lamp
    std::string language = "zh";  ///< zh, en
    std::int64_t times = 2;       ///< the sentence is said, each time the box asks
    std::int64_t volume = 100;    ///< per cent
    std::optional<Window> quiet;  ///< local time
    std::int64_t quiet_volume = 60;
    std::chrono::seconds blink_for{120};
    std::filesystem::path sounds_dir = "/usr/share/anju/sounds";
};

}  // namespace anju::config
