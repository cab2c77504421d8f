// What `anjuctl doctor` says of the keys and certificates of a box that was set up.
#include <boost/json.hpp>

#include "program.hpp"

namespace anju::provision {
namespace {

class DoctorOfKeys : public Program {
protected:
    void SetUp() override {
        const Ran ran = set_up_box(
            "[box]\nid = \"box-0001\"\n[console]\nnetwork = true\n[district]\n"
            "uri = \"mqtts://localhost:8883\"\ncertificate = true\n");
        ASSERT_EQ(ran.code, 0) << ran.err;
    }
    /// "severity code" of what is said of keys and certificates.
    [[nodiscard]] std::vector<std::string> findings() const {
        const Ran ran = run_plain("doctor --json --config '" + at(place::gateway).string() + "'");
        std::vector<std::string> out;
        const boost::json::value report = boost::json::parse(ran.out);
        for (const auto& finding : report.at("findings").as_array()) {
            const std::string code(finding.at("code").as_string());
            if (code.starts_with("certificate") || code == "not_enrolled" ||
                code == "authority_open") {
                out.push_back(std::string(finding.at("severity").as_string()) + " " + code);
            }
        }
        return out;
    }
    [[nodiscard]] fs::path at(std::string_view path) const { return Tree(box()).at(path); }
    void put_web(Validity validity) const {
        const Authority authority{boxed(place::ca), boxed(place::ca_key)};
        const auto made =
            issue_server(authority, boxed(place::web_key), {{"anju.local"}, {}}, validity);
        ASSERT_TRUE(made) << made.error().text();
        std::ofstream(at(place::web)) << *made;
    }
    using Said = std::vector<std::string>;
};

TEST_F(DoctorOfKeys, IsContentWithWhatIsNewButForTheEnrolment) {
    EXPECT_EQ(findings(), (Said{"ok certificate", "warning not_enrolled"}));
}

TEST_F(DoctorOfKeys, WarnsBeforeACertificateEndsAndComplainsAfterwards) {
    put_web({now() - 20h, now() + 4h});
    EXPECT_EQ(findings().front(), "warning certificate_due");
    put_web({now() - 20h, now() - 1h});
    EXPECT_EQ(findings().front(), "error certificate_expired");
    std::ofstream(at(place::web)) << "nothing\n";
    EXPECT_EQ(findings().front(), "error certificate_unreadable");
}

TEST_F(DoctorOfKeys, SeesWhenOthersMayUseTheAuthority) {
    fs::permissions(at(place::ca_key), fs::perms::group_read, fs::perm_options::add);
    EXPECT_EQ(findings().back(), "error authority_open");
}

}  // namespace
}  // namespace anju::provision
