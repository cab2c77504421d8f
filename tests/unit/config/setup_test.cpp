#include "config/setup.hpp"

#include "files.hpp"

namespace anju::config {
namespace {

class SetupAnswers : public InFolder {
protected:
    std::vector<std::string> wrong(const std::string& toml) {
        constexpr std::string_view drivers[] = {"wmbus", "rtl_433"};
        const auto setup = load_setup(write("setup.toml", toml), drivers);
        return setup ? std::vector<std::string>{} : plain(setup.error());
    }
    static constexpr auto box = "[box]\nid = \"box-0001\"\n";
};

TEST_F(SetupAnswers, NeedNothingButAnId) {
    EXPECT_EQ(wrong(box), std::vector<std::string>{});
    ASSERT_EQ(wrong("").size(), 1U);
}

TEST_F(SetupAnswers, OpenNothingToTheNetworkUnlessTheySaySo) {
    const auto setup = parse_setup(box, "setup.toml");
    ASSERT_TRUE(setup);
    EXPECT_FALSE(setup->network);
    EXPECT_FALSE(setup->console_network);
    EXPECT_FALSE(setup->district);
}

TEST_F(SetupAnswers, AreWrongWithLineAndKey) {
    const auto all = wrong(
        "[box]\nid = \"a b\"\nhost = \"Anju_1\"\naddresses = [\"192.168.1.10\", \"8.8.8.8\"]\n"
        "[sensors]\ndrivers = [\"wmbuss\"]\nnetwrok = true\n");
    ASSERT_EQ(all.size(), 5U);
    EXPECT_TRUE(all[0].starts_with("setup.toml:2:")) << all[0];
    EXPECT_NE(all[1].find("box.host"), std::string::npos) << all[1];
    EXPECT_NE(all[2].find("8.8.8.8"), std::string::npos) << all[2];
    EXPECT_NE(all[3].find("wmbus'"), std::string::npos) << all[3];
    EXPECT_NE(all[4].find("network"), std::string::npos) << all[4];
}

TEST_F(SetupAnswers, NeverSendADistrictAnythingInTheClearOrUnproven) {
    const auto district = [&](const std::string& rest) {
        return wrong(std::string(box) + "[district]\n" + rest);
    };
    EXPECT_EQ(district("uri = \"mqtts://p.example\"\ncertificate = true\n").size(), 0U);
    EXPECT_EQ(district("uri = \"mqtt://p.example\"\ncertificate = true\n").size(), 2U);
    EXPECT_EQ(district("uri = \"mqtts://p.example\"\n").size(), 1U);
    write("open.password", "secret\n", 0644);
    EXPECT_EQ(district("uri = \"mqtts://p.example\"\npassword_file = \"open.password\"\n").size(),
              1U);
}

TEST_F(SetupAnswers, DoNotGiveOnePortTwice) {
    EXPECT_EQ(wrong(std::string(box) + "[sensors]\ntls_port = 1883\n").size(), 1U);
    EXPECT_EQ(wrong(std::string(box) + "[console]\nport = 8883\n").size(), 1U);
}

TEST_F(SetupAnswers, TakeNoHostThatCouldNotBeInACertificate) {
    for (const char* const host : {"", ".", "-a", "a-", "a..b", "a.", "a,DNS:bank", "*", "A"}) {
        const auto said = "host = \"" + std::string(host) + "\"\n";
        EXPECT_EQ(wrong(box + said).size(), 1U) << host;
    }
    EXPECT_EQ(wrong(std::string(box) + "host = \"anju-7.street.example\"\n").size(), 0U);
}

TEST_F(SetupAnswers, SpellAddressesAsCertificatesDo) {
    const auto setup =
        parse_setup(std::string(box) + "addresses = [\"FD00:0:0::7\"]\n", "setup.toml");
    ASSERT_TRUE(setup);
    EXPECT_EQ(setup->addresses, std::vector<std::string>{"fd00::7"});
}

TEST_F(SetupAnswers, ComeBackFromTheFileThatIsKept) {
    write("district-ca.pem", "x\n");
    write("district.password", "x\n");
    const std::string toml =
        "[box]\nid = \"box-2\"\nhost = \"a.example\"\naddresses = [\"10.0.0.1\", \"fe80::1\"]\n"
        "utc_offset = \"+05:45\"\n[sensors]\nport = 2883\nnetwork = true\ntls_port = 9883\n"
        "zigbee2mqtt = false\ndrivers = [\"wmbus\"]\n[district]\nuri = \"mqtts://p.example:1\"\n"
        "username = \"u\"\nca_file = \"district-ca.pem\"\npassword_file = \"district.password\"\n"
        "certificate = true\n[console]\nenabled = true\nnetwork = true\nport = 9443\n";
    const auto first = parse_setup(toml, folder_ / "setup.toml");
    ASSERT_TRUE(first) << first.error().front().text();
    const std::string kept = setup_text(*first);
    const auto second = parse_setup(kept, folder_ / "setup.toml");
    ASSERT_TRUE(second) << second.error().front().text();
    EXPECT_EQ(setup_text(*second), kept);
    EXPECT_EQ(gateway_text(*second), gateway_text(*first));
    EXPECT_EQ(second->addresses, first->addresses);
    EXPECT_EQ(second->console_port, 9443);
}

}  // namespace
}  // namespace anju::config
