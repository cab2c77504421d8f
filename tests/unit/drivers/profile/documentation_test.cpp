// The guide's example is a profile that works, and the mistake it shows is the one that is told.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "drivers/profile/profile.hpp"
#include "unit/drivers/support.hpp"

namespace anju::drivers::testing {
namespace {

std::string guide() {
    std::ostringstream text;
    text << std::ifstream(source_dir() / "docs" / "drivers" / "profiles.md").rdbuf();
    return text.str();
}

std::string example(const std::string& text) {
    constexpr std::string_view fence = "```toml\n";
    const auto begin = text.find(fence);
    if (begin == std::string::npos) return {};
    const auto from = begin + fence.size();
    return text.substr(from, text.find("```", from) - from);
}

TEST(ProfileGuide, ShowsAProfileThatWorks) {
    Profiles profiles;
    for (const auto& error : profiles.add(example(guide()), "acme-dt20.toml")) {
        ADD_FAILURE() << error.where << ": " << error.what << ": " << error.remedy;
    }
    EXPECT_NE(profiles.match("chirpstack", "Acme DT-20"), nullptr);
}

TEST(ProfileGuide, ShowsAMistakeAsItIsTold) {
    const std::string text = guide();
    std::string wrong = example(text);
    const std::string_view right = "reading = \"water_leak\"";
    wrong.replace(wrong.find(right), right.size(), "reading = \"water_leek\"");
    const auto errors = Profiles().add(wrong, "acme-dt20.toml");
    ASSERT_EQ(errors.size(), 1U);
    const std::string told = errors[0].where + " " + errors[0].what + ": " + errors[0].remedy;
    EXPECT_NE(text.find(told), text.npos) << told;
}

TEST(ProfileGuide, NamesEveryKindOfReading) {
    const std::string text = guide();
    for (const char* kind : {"smoke",
                             "gas",
                             "carbon_monoxide",
                             "sos",
                             "water_leak",
                             "contact_open",
                             "motion",
                             "vibration",
                             "tamper",
                             "fault",
                             "bed_occupied",
                             "battery_low",
                             "online",
                             "battery_pct",
                             "battery_mv",
                             "water_total_ml",
                             "water_reverse_ml",
                             "water_used_ml",
                             "water_flow_mlh",
                             "i_am_well"}) {
        EXPECT_NE(text.find("`" + std::string(kind) + "`"), text.npos) << kind;
    }
}

}  // namespace
}  // namespace anju::drivers::testing
