#include "voice/gpio_lamp.hpp"

#include <gpiod.h>

#include <utility>

namespace anju::voice {

struct GpioLamp::Held {
    using Chip = std::unique_ptr<gpiod_chip, decltype(&gpiod_chip_close)>;
    Chip chip{nullptr, &gpiod_chip_close};
    gpiod_line* line = nullptr;  ///< of the chip
};

GpioLamp::GpioLamp(Line line) : line_(std::move(line)) {}

GpioLamp::~GpioLamp() {
    release();
}

bool GpioLamp::set(bool on) {
    if (!held_) {
        auto taken = std::make_unique<Held>();
        taken->chip.reset(gpiod_chip_open_lookup(line_.chip.c_str()));
        if (!taken->chip) return false;
        taken->line = gpiod_chip_get_line(taken->chip.get(), line_.offset);
        if (taken->line == nullptr) return false;
        if (gpiod_line_request_output(taken->line, "anjud", 0) != 0) return false;
        held_ = std::move(taken);
    }
    return gpiod_line_set_value(held_->line, on ? 1 : 0) == 0;
}

void GpioLamp::release() {
    if (!held_) return;
    gpiod_line_set_value(held_->line, 0);
    held_.reset();
}

}  // namespace anju::voice
