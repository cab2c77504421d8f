#include "config/update.hpp"

#include "config/units.hpp"
#include "files.hpp"

namespace anju::config {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

class UpdateFile : public InFolder {
protected:
    std::vector<std::string> wrong(const std::string& toml) {
        const auto update = load_update(write("update.toml", toml));
        return update ? std::vector<std::string>{} : plain(update.error());
    }
};

TEST_F(UpdateFile, NeedNotBeThere) {
    const auto update = load_update("/nowhere/update.toml");
    ASSERT_TRUE(update);
    EXPECT_TRUE(update->enabled);
    EXPECT_EQ(update->window, (Window{hours{2}, hours{5}}));
    EXPECT_EQ(wrong(""), std::vector<std::string>{});
}

TEST_F(UpdateFile, SaysWhenAndHowPatiently) {
    const auto update = load_update(write("update.toml",
                                          "[update]\nenabled = false\nwindow = \"23:00-04:30\"\n"
                                          "wait_for_alerts = \"24h\"\nhealthy_within = \"30min\"\n"
                                          "opening_within = \"3h\"\nsteady_for = \"90s\"\n"));
    ASSERT_TRUE(update);
    EXPECT_FALSE(update->enabled);
    EXPECT_EQ(update->window, (Window{hours{23}, hours{4} + minutes{30}}));
    EXPECT_EQ(update->wait_for_alerts, hours{24});
    EXPECT_EQ(update->healthy_within, minutes{30});
    EXPECT_EQ(update->steady_for, seconds{90});
    EXPECT_EQ(update->opening_within, hours{3});
}

TEST_F(UpdateFile, IsWrongWithLineAndKey) {
    const auto all =
        wrong("[update]\nwindow = \"two\"\nhealthy_within = \"1s\"\nwait = \"3h\"\n[updates]\n");
    ASSERT_EQ(all.size(), 4U);
    EXPECT_TRUE(all[0].starts_with("update.toml:2:")) << all[0];
    EXPECT_NE(all[0].find("update.window"), std::string::npos) << all[0];
    EXPECT_NE(all[1].find("update.healthy_within"), std::string::npos) << all[1];
    EXPECT_NE(all[2].find("wait"), std::string::npos) << all[2];
    EXPECT_NE(all[3].find("updates"), std::string::npos) << all[3];
    EXPECT_EQ(wrong("[update]\nwindow = \"02:00-02:00\"\n").size(), 1U);
}

TEST_F(UpdateFile, KeepsAProofWithinTheTimeThatTheUnitHas) {
    const auto all = wrong("[update]\nopening_within = \"3h\"\nhealthy_within = \"1h\"\n");
    ASSERT_EQ(all.size(), 1U);
    EXPECT_TRUE(all[0].starts_with("update.toml:2:")) << all[0];
    std::ifstream unit(ANJU_SOURCE_DIR "/deploy/systemd/anju-update.service");
    std::string text{std::istreambuf_iterator<char>(unit), {}};
    constexpr std::string_view key = "\nTimeoutStartSec=";
    const std::size_t at = text.find(key);
    ASSERT_NE(at, std::string::npos);
    const std::string value =
        text.substr(at + key.size(), text.find('\n', at + 1) - at - key.size());
    const auto limit = parse_duration(value);
    ASSERT_TRUE(limit) << value;
    EXPECT_GE(*limit, 2 * longest_proof + hours{2}) << "two proofs, fetching and installing";
}

// What the packages bring as a template is what the program takes without one.
TEST_F(UpdateFile, HasATemplateThatSaysTheDefaults) {
    const auto update =
        load_update(std::filesystem::path(ANJU_SOURCE_DIR) / "deploy/config/update.toml");
    ASSERT_TRUE(update) << update.error().front().text();
    const Update given;
    EXPECT_EQ(update->enabled, given.enabled);
    EXPECT_EQ(update->window, given.window);
    EXPECT_EQ(update->wait_for_alerts, given.wait_for_alerts);
    EXPECT_EQ(update->healthy_within, given.healthy_within);
    EXPECT_EQ(update->steady_for, given.steady_for);
    EXPECT_EQ(update->opening_within, given.opening_within);
}

}  // namespace
}  // namespace anju::config
