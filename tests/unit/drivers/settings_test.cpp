// What an operator has set is found by driver and address, and by nothing else.
#include "drivers/settings.hpp"

#include <gtest/gtest.h>

#include "unit/drivers/counting_new.hpp"

namespace anju::drivers {
namespace {

std::string profile_of(const Settings& settings, std::string_view driver,
                       std::string_view address) {
    const DeviceSettings* found = settings.find(driver, address);
    return found == nullptr ? "none" : found->profile;
}

TEST(Settings, AreFoundByDriverAndAddressTogether) {
    Settings settings;
    settings.set("wmbus", "KAM-12345678", {{}, "a"});
    settings.set("wmbus", "KAM-87654321", {{}, "b"});
    settings.set("chirpstack", "KAM-12345678", {{}, "c"});
    EXPECT_EQ(profile_of(settings, "wmbus", "KAM-12345678"), "a");
    EXPECT_EQ(profile_of(settings, "wmbus", "KAM-87654321"), "b");
    EXPECT_EQ(profile_of(settings, "chirpstack", "KAM-12345678"), "c");
    EXPECT_EQ(profile_of(settings, "chirpstack", "KAM-87654321"), "none");
    EXPECT_EQ(profile_of(settings, "tasmota", "KAM-12345678"), "none");
    EXPECT_EQ(profile_of(settings, "wmbus", "kam-12345678"), "none") << "another address";
    EXPECT_EQ(profile_of(settings, "wmbus", "KAM-1234567"), "none");
    EXPECT_EQ(profile_of(settings, "", ""), "none");
}

TEST(Settings, AreReplacedWhollyAndCleared) {
    Settings settings;
    settings.set("wmbus", "a", {Key{1}, "old"});
    settings.set("wmbus", "a", {{}, "new"});
    ASSERT_NE(settings.find("wmbus", "a"), nullptr);
    EXPECT_EQ(settings.find("wmbus", "a")->profile, "new");
    EXPECT_FALSE(settings.find("wmbus", "a")->key) << "the old key must not stay";
    settings.clear();
    EXPECT_EQ(settings.find("wmbus", "a"), nullptr);
}

TEST(Settings, FallBackOnlyForDevicesThatNobodyHasSet) {
    Settings settings;
    settings.set("wmbus", "a", {{}, "own"});
    settings.set_fallback(DeviceSettings{Key{7}, "fallback"});
    EXPECT_EQ(profile_of(settings, "wmbus", "a"), "own");
    EXPECT_FALSE(settings.find("wmbus", "a")->key) << "one device's settings are not mixed";
    EXPECT_EQ(profile_of(settings, "wmbus", "b"), "fallback");
    EXPECT_EQ(profile_of(settings, "tasmota", "a"), "fallback");
    settings.set_fallback(std::nullopt);
    EXPECT_EQ(profile_of(settings, "wmbus", "b"), "none");
}

TEST(Settings, AreFoundWithoutAllocating) {
    Settings settings;
    const std::string driver = "a driver whose name is longer than any short string";
    const std::string address = "an address that is longer than any short string as well";
    settings.set(driver, address, {Key{1}, "profile"});
    const std::size_t before = testing::allocations();
    const DeviceSettings* found = settings.find(driver, address);
    const DeviceSettings* absent = settings.find(driver, "another address, long enough not to fit");
    const DeviceSettings* foreign =
        settings.find("another driver, long enough not to fit", address);
    const std::size_t used = testing::allocations() - before;
    EXPECT_NE(found, nullptr);
    EXPECT_EQ(absent, nullptr);
    EXPECT_EQ(foreign, nullptr);
    EXPECT_EQ(used, 0U);
}

TEST(Key, IsThirtyTwoDigitsMostSignificantFirst) {
    const Key wanted{0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77,
                     0x88, 0x99, 0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF};
    EXPECT_EQ(parse_key("00112233445566778899AABBCCDDEEFF"), wanted);
    EXPECT_EQ(parse_key("00112233445566778899aabbccddeeff"), wanted);
}

TEST(Key, IsRefusedInAnyOtherForm) {
    for (const char* text :
         {"", "0", "00112233445566778899AABBCCDDEEF", "00112233445566778899AABBCCDDEEFF0",
          "00112233445566778899AABBCCDDEEFF00", "00112233445566778899AABBCCDDEEFG",
          "0x112233445566778899AABBCCDDEEFF", "00 11 22 33 44 55 66 77 88 99 AA",
          " 0112233445566778899AABBCCDDEEFF", "00112233445566778899AABBCCDDEE  "}) {
        EXPECT_EQ(parse_key(text), std::nullopt) << text;
    }
}

}  // namespace
}  // namespace anju::drivers
