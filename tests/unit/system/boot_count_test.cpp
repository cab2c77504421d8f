// How often the machine was started.
#include <gtest/gtest.h>

#include <fstream>

#include "system/boot_count.hpp"
#include "tests/support/broker.hpp"

namespace anju::system {
namespace {

class Boots : public testing::Test {
protected:
    test::TempDir folder_;
    std::filesystem::path file_ = folder_.path() / "boots";
};

TEST_F(Boots, AreCountedOnceEach) {
    EXPECT_EQ(count_boot(file_, "a-1"), 1U);
    EXPECT_EQ(count_boot(file_, "a-1"), 1U) << "the service was restarted, not the machine";
    EXPECT_EQ(count_boot(file_, "b-2"), 2U);
    EXPECT_EQ(count_boot(file_, "a-1"), 3U);
}

TEST_F(Boots, BeginAnewWhereTheFileMakesNoSense) {
    for (const char* const text : {"", "many", "17", "-"}) {
        std::ofstream(file_) << text;
        EXPECT_EQ(count_boot(file_, "a-1"), 1U) << text;
    }
}

TEST_F(Boots, AreUnknownWhereNothingIsKnown) {
    EXPECT_EQ(count_boot(file_, ""), std::nullopt);
    EXPECT_FALSE(std::filesystem::exists(file_));
    EXPECT_EQ(count_boot(folder_.path() / "none" / "boots", "a-1"), std::nullopt);
}

}  // namespace
}  // namespace anju::system
