// What `anjuctl doctor` says of the keys and certificates of a box that was set up.
#include <boost/json.hpp>

#include "program.hpp"

namespace anju::provision {
namespace {

class DoctorOfKeys : public Program {
protected:
    void SetUp() override {
        const Ran ran = set_up_box(
            "[box]\nid = \"box-0001\"\n[sensors]\nnetwork = true\n[console]\nnetwork = true\n"
            "[district]\n"
            "uri = \"mqtts://localhost:8883\"\ncertificate = true\n");
        ASSERT_EQ(ran.code, 0) << ran.err;
    }
    /// "severity code" of what is said of keys and certificates.
    [[nodiscard]] std::vector<std::string> findings() const {
        const Ran ran = run_plain("doctor --json --machine '" + box().string() + "' --config '" +
                                  at(place::gateway).string() + "'");
        std::vector<std::string> out;
        const boost::json::value report = boost::json::parse(ran.out);
        for (const auto& finding : report.at("findings").as_array()) {
            const std::string code(finding.at("code").as_string());
            if (code.starts_with("certificate") || code == "not_enrolled" ||
                code == "authority_open" || code.starts_with("key")) {
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
    EXPECT_EQ(findings(), (Said{"ok certificate", "warning not_enrolled", "ok certificate"}));
}

TEST_F(DoctorOfKeys, WarnsBeforeACertificateEndsAndComplainsAfterwards) {
    put_web({now() - 20h, now() + 4h});
    EXPECT_EQ(findings().front(), "warning certificate_due");
    put_web({now() - 20h, now() - 1h});
    EXPECT_EQ(findings().front(), "error certificate_expired");
    std::ofstream(at(place::web)) << "nothing\n";
    EXPECT_EQ(findings().front(), "error certificate_unreadable");
}

TEST_F(DoctorOfKeys, SaysWhenACertificateIsGoodOnlyLater) {
    put_web({now() + 4h, now() + 240h});
    EXPECT_EQ(findings().front(), "error certificate_early");
}

TEST_F(DoctorOfKeys, SaysThatTheBrokersCertificateIsOverAndThatNobodyKnows) {
    const Authority authority{boxed(place::ca), boxed(place::ca_key)};
    const auto over = issue_server(authority, boxed(place::broker_key), {{"anju.local"}, {}},
                                   {now() - 20h, now() - 1h});
    ASSERT_TRUE(over) << over.error().text();
    std::ofstream(at(place::broker_certificate)) << *over;
    EXPECT_EQ(findings().back(), "error certificate_expired");
    fs::remove(at(place::broker_certificate));
    fs::create_directory(at(place::broker_certificate));  // nobody reads a folder, root neither
    EXPECT_EQ(findings().back(), "note certificate_hidden");
}

TEST_F(DoctorOfKeys, SaysWhenAServiceCannotReadItsKey) {
    std::ofstream(at("/etc/passwd")) << "root:x:0:0:root:/root:/bin/sh\n"
                                        "mosquitto:x:4711:4711::/var/lib/mosquitto:/bin/false\n";
    EXPECT_EQ(findings().back(), "error key_unreadable") << "the image has no such group yet";
    fs::permissions(at(place::broker_key), fs::perms::others_read, fs::perm_options::add);
    fs::permissions(at("/etc/mosquitto/anju/tls"), fs::perms::others_exec, fs::perm_options::add);
    EXPECT_EQ(findings().back(), "error key_open");
}

TEST_F(DoctorOfKeys, SeesWhenOthersMayUseTheAuthority) {
    fs::permissions(at(place::ca_key), fs::perms::group_read, fs::perm_options::add);
    EXPECT_EQ(findings().back(), "error authority_open");
}

}  // namespace
}  // namespace anju::provision
