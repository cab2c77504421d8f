#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "voice/blinker.hpp"
#include "voice/gpio_lamp.hpp"
#include "waiting.hpp"

namespace anju::voice {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

enum class Did { on, off, released };

class FakeLamp final : public Lamp {
public:
    bool set(bool on) override {
        did.note(on ? Did::on : Did::off);
        return there;
    }
    void release() override { did.note(Did::released); }
    test::Noted<Did> did;
    std::atomic<bool> there{true};
};

TEST(BlinkerTest, BlinksUntilItIsToldToStopAndLetsGo) {
    FakeLamp lamp;
    Blinker blinker(lamp, 1ms);
    blinker.blink(1h);
    const auto before = lamp.did.wait(6);
    ASSERT_GE(before.size(), 6U);
    for (std::size_t i = 0; i < 6; ++i) EXPECT_EQ(before[i], i % 2 == 0 ? Did::on : Did::off);
    blinker.stop();
    for (std::size_t count = 7;; ++count) {
        const auto all = lamp.did.wait(count);
        ASSERT_GE(all.size(), count) << "never let go";
        if (all.back() == Did::released) break;
    }
}

TEST(BlinkerTest, StopsByItselfWhenItsTimeIsOver) {
    FakeLamp lamp;
    Blinker blinker(lamp, 1h);
    blinker.blink(20ms);
    const std::vector<Did> all = lamp.did.wait(2);
    EXPECT_EQ(all, (std::vector{Did::on, Did::released}));
}

TEST(BlinkerTest, CountsALampThatIsNotThereOnceAQuestion) {
    FakeLamp lamp;
    lamp.there = false;
    Blinker blinker(lamp, 1ms);
    blinker.blink(1h);
    EXPECT_EQ(lamp.did.wait(2), (std::vector{Did::on, Did::released}));
    EXPECT_EQ(blinker.absent(), 1U);
    blinker.blink(1h);
    EXPECT_EQ(lamp.did.wait(4).size(), 4U);
    EXPECT_EQ(blinker.absent(), 2U);
}

TEST(GpioLampTest, SaysThatThereIsNoSuchPin) {
    GpioLamp lamp({"gpiochip999", 17});
    EXPECT_FALSE(lamp.set(true));
    EXPECT_FALSE(lamp.set(false));
    lamp.release();
}

TEST(GpioLampTest, SetsThePinOfASimulatedChip) {
    const fs::path root = "/sys/kernel/config/gpio-sim";
    std::error_code error;
    if (!fs::is_directory(root, error)) GTEST_SKIP() << "this kernel has no gpio-sim";
    const fs::path chip = root / "anju-test";
    const auto write = [](const fs::path& file, const char* text) {
        std::ofstream out(file);
        out << text << std::flush;
        return static_cast<bool>(out);
    };
    const auto read = [](const fs::path& file) {
        std::string text;
        std::getline(std::ifstream(file), text);
        return text;
    };
    fs::create_directory(chip, error);
    fs::create_directory(chip / "bank", error);
    if (!write(chip / "bank/num_lines", "4") || !write(chip / "live", "1")) {
        GTEST_SKIP() << "gpio-sim may not be used here";
    }
    const std::string name = read(chip / "bank/chip_name");
    const fs::path pin =
        fs::path("/sys/devices/platform") / read(chip / "dev_name") / name / "sim_gpio2/value";
    {
        GpioLamp lamp({name, 2});
        EXPECT_TRUE(lamp.set(true));
        EXPECT_EQ(read(pin), "1");
        EXPECT_TRUE(lamp.set(false));
        EXPECT_EQ(read(pin), "0");
    }
    write(chip / "live", "0");
    fs::remove(chip / "bank", error);
    fs::remove(chip, error);
}

}  // namespace
}  // namespace anju::voice
