#include "drivers/profile/supported.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "unit/drivers/support.hpp"

namespace anju::drivers::testing {
namespace {

TEST(SupportedDevices, StandInTheDocumentationAsTheProgramKnowsThem) {
    std::ostringstream page;
    page << std::ifstream(source_dir() / "docs" / "drivers" / "supported.md").rdbuf();
    EXPECT_TRUE(page.str() == supported_markdown())
        << "run script/supported-devices and commit docs/drivers/supported.md";
}

TEST(SupportedDevices, NameEveryDriverAndEveryProfile) {
    const std::string page = supported_markdown();
    for (const Driver& driver : all_drivers()) {
        EXPECT_NE(page.find("### " + std::string(driver.title) + "\n"), page.npos) << driver.name;
    }
    EXPECT_NE(page.find("`milesight-ws301`"), page.npos);
}

}  // namespace
}  // namespace anju::drivers::testing
