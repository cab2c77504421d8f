// A lamp on a pin of the box, through libgpiod.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "voice/speaker.hpp"

namespace anju::voice {

class GpioLamp final : public Lamp {
public:
    struct Line {
        std::string chip;  ///< "gpiochip0", or a path
        unsigned offset{};
    };
    explicit GpioLamp(Line line);
    ~GpioLamp() override;
    /// Takes the pin with the first call after a release.
    bool set(bool on) override;
    void release() override;

private:
    struct Held;
    Line line_;
    std::unique_ptr<Held> held_;
};

}  // namespace anju::voice
