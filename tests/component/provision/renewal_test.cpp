// What another run of setup makes of certificates that nobody takes any more, of a run that was cut
// off, and of templates that an update has brought.
#include "box_rig.hpp"
#include "provision/written.hpp"

namespace anju::provision {
namespace {

constexpr auto network = "[sensors]\nnetwork = true\n[console]\nnetwork = true\n";

class SetupAgain : public BoxRig {
protected:
    static bool says(const SetupDone& done, const std::string& code) {
        return std::ranges::find(done.remarks, code, &Remark::code) != done.remarks.end();
    }
    /// Templates of its own, as an update of the package would bring them.
    SetupOptions updated() {
        const fs::path folder = folder_.path() / "templates";
        if (!fs::exists(folder)) {
            for (const char* const part : {"mosquitto", "config"}) {
                fs::create_directories(folder / part);
                fs::copy(fs::path(ANJU_SOURCE_DIR "/deploy") / part, folder / part);
            }
            for (const char* const name :
                 {"mosquitto/home.acl", "mosquitto/home.conf", "config/holidays-cn.toml"}) {
                std::ofstream(folder / name, std::ios::app) << "# of the next version\n";
            }
        }
        SetupOptions out = options();
        out.templates = folder;
        return out;
    }
    [[nodiscard]] bool is_updated(std::string_view path) const {
        return file(path).find("# of the next version") != std::string::npos;
    }
};

TEST_F(SetupAgain, IssuesAnewWhatHasEndedWithoutBeingTold) {
    run(answers(network));
    SetupOptions later = options();
    later.now += std::chrono::days{826};
    const SetupDone done = run(answers(network), later);
    for (const auto path : {place::web, place::broker_certificate}) {
        EXPECT_TRUE(done.changed(path)) << path;
        EXPECT_TRUE(
            verify(file(path), file(place::public_ca), Purpose::server, "anju.local", later.now));
    }
}

TEST_F(SetupAgain, IssuesAnewWhatWasMadeWhileTheClockWasAhead) {
    SetupOptions ahead = options();
    run(answers(network), ahead);  // the authority is older than the mistake
    ahead.now += std::chrono::days{600};
    ahead.renew = true;
    run(answers(network), ahead);
    ASSERT_FALSE(
        verify(file(place::web), file(place::public_ca), Purpose::server, "anju.local", now()));
    run(answers(network));
    EXPECT_TRUE(
        verify(file(place::web), file(place::public_ca), Purpose::server, "anju.local", now()));
}

TEST_F(SetupAgain, IssuesAnewWhatAnEarlierAuthorityOfTheSameNameSigned) {
    run(answers(network));
    for (const auto path : {place::ca, place::ca_key}) fs::remove(tree_.at(path));
    const SetupDone done = run(answers(network));
    EXPECT_FALSE(says(done, "certificate_foreign"));
    for (const auto path : {place::web, place::broker_certificate}) {
        EXPECT_TRUE(
            verify(file(path), file(place::public_ca), Purpose::server, "anju.local", now()));
    }
}

TEST_F(SetupAgain, KnowsWhichServicesHaveNotBeenTold) {
    EXPECT_TRUE(is_due(run(answers(network)).due, place::broker));
    EXPECT_TRUE(is_due(run(answers(network)).due, place::broker)) << "nobody has been told";
    ASSERT_TRUE(services_told(tree_));
    EXPECT_TRUE(run(answers(network)).due.empty());
    SetupOptions later = options();
    later.renew = true;
    later.now += std::chrono::days{600};
    fs::remove(tree_.at(place::broker_certificate));
    run(answers(network), later);
    const auto due = services_due(tree_);
    ASSERT_TRUE(due);
    EXPECT_TRUE(is_due(*due, "/etc/mosquitto/anju/tls"));
    EXPECT_TRUE(is_due(*due, place::web));
    EXPECT_FALSE(is_due(*due, place::broker)) << "its listeners are as they were";
}

TEST_F(SetupAgain, TakesEverythingForChangedAfterARunThatWasCutOff) {
    run(answers());
    ASSERT_TRUE(services_told(tree_));
    const std::string secret = file(place::home_password);
    std::ofstream(tree_.at(place::home_password)) << "\n";
    ASSERT_FALSE(set_up(tree_, answers(network), options())) << "it was to be cut off";
    std::ofstream(tree_.at(place::home_password)) << secret;
    const SetupDone done = run(answers());
    EXPECT_FALSE(done.changed("/etc"));
    EXPECT_TRUE(is_due(done.due, place::broker));
    EXPECT_TRUE(is_due(done.due, "/etc/anju"));
}

TEST_F(SetupAgain, FollowsTheTemplatesOfAnUpdate) {
    run(answers());
    const SetupDone done = run(answers(), updated());
    EXPECT_FALSE(says(done, "text_kept"));
    for (const auto path : {place::acl, place::broker, place::holidays}) {
        EXPECT_TRUE(is_updated(path)) << path;
    }
}

TEST_F(SetupAgain, TouchesNothingButCertificatesForATimer) {
    run(answers(network));
    ASSERT_TRUE(services_told(tree_));
    SetupOptions timer = updated();
    timer.certificates_only = true;
    timer.renew = true;
    EXPECT_TRUE(run(answers(network), timer).due.empty());
    timer.now += std::chrono::days{600};
    const SetupDone done = run(answers(network), timer);
    EXPECT_EQ(done.due, (std::vector<std::string>{std::string(place::broker_certificate),
                                                  std::string(place::web)}));
    EXPECT_FALSE(is_updated(place::broker));
    EXPECT_FALSE(is_updated(place::holidays));
}

TEST_F(SetupAgain, KeepsWhatSomebodyChangedThroughAnUpdate) {
    run(answers());
    std::ofstream(tree_.at(place::acl), std::ios::app) << "# mine\n";
    const std::string mine = file(place::acl);
    EXPECT_TRUE(says(run(answers(), updated()), "text_kept"));
    EXPECT_EQ(file(place::acl), mine);
    EXPECT_TRUE(is_updated(place::broker));
}

TEST_F(SetupAgain, KnowsItsOwnTextAfterACutBetweenTheDigestAndTheText) {
    run(answers());
    auto written = WrittenTexts::read(tree_);
    ASSERT_TRUE(written);
    written->announce(place::acl, "what the cut run would have written");
    ASSERT_TRUE(written->save(tree_));
    EXPECT_FALSE(says(run(answers(), updated()), "text_kept"));
    EXPECT_TRUE(is_updated(place::acl));
}

}  // namespace
}  // namespace anju::provision
