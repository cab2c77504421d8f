// What is on a box after it was set up, and after it was set up again.
#include <map>

#include "box_rig.hpp"
#include "config/config.hpp"
#include "vault/key_file.hpp"

namespace anju::provision {
namespace {

class BoxSetup : public BoxRig {
protected:
    /// Everything below the folder, with its content.
    [[nodiscard]] std::map<std::string, std::string> everything() const {
        std::map<std::string, std::string> out;
        for (const auto& entry : fs::recursive_directory_iterator(folder_.path())) {
            if (entry.is_regular_file()) out[entry.path().string()] = content(entry.path());
        }
        return out;
    }
    static bool says(const SetupDone& done, const std::string& code) {
        return std::ranges::find(done.remarks, code, &Remark::code) != done.remarks.end();
    }
};

constexpr auto network = "[sensors]\nnetwork = true\n[console]\nnetwork = true\n";

TEST_F(BoxSetup, MakesAConfigurationThatTheGatewayTakes) {
    run(answers(network));
    const auto config = config::load(tree_.at(place::gateway));
    ASSERT_TRUE(config) << config.error().front().text();
    EXPECT_EQ(config->gateway_id, "box-0001");
    EXPECT_EQ(config->home.uri, "mqtt://127.0.0.1:1883");
    ASSERT_TRUE(config->http);
    EXPECT_EQ(config->http->port, 8443);
    EXPECT_EQ(config->notify.base_url, "https://anju.local:8443");
}

TEST_F(BoxSetup, SealsNamesWithAKeyOfItsOwn) {
    run(answers());
    const auto config = config::load(tree_.at(place::gateway));
    ASSERT_TRUE(config) << config.error().front().text();
    EXPECT_EQ(config->seal_key_file, tree_.at(place::seal_key));
    EXPECT_TRUE(vault::read_keys(config->seal_key_file));
}

TEST_F(BoxSetup, MakesNoKeyWhereTheConfigurationNamesAnother) {
    run(answers());
    std::string text = file(place::gateway);
    const std::string here = "\"seal.key\"";
    text.replace(text.find(here), here.size(), "\"/media/stick/seal.key\"");
    std::ofstream(tree_.at(place::gateway)) << text;
    fs::remove(tree_.at(place::seal_key));
    run(answers());
    EXPECT_FALSE(fs::exists(tree_.at(place::seal_key))) << "one that opens nothing misleads";
}

TEST_F(BoxSetup, ListensOnTheBoxOnlyUnlessToldOtherwise) {
    run(answers());
    EXPECT_EQ(file(place::broker).find("0.0.0.0"), std::string::npos);
    const auto config = config::load(tree_.at(place::gateway));
    ASSERT_TRUE(config) << config.error().front().text();
    EXPECT_EQ(config->http->address, "127.0.0.1");
    EXPECT_FALSE(fs::exists(tree_.at(place::broker_key)));
}

TEST_F(BoxSetup, ChangesNothingWhenItIsRunAgain) {
    run(answers(network));
    const auto before = everything();
    const SetupDone again = run(answers(network));
    EXPECT_EQ(everything(), before);
    EXPECT_FALSE(again.changed("/etc"));
    EXPECT_TRUE(again.remarks.empty());
}

TEST_F(BoxSetup, KeepsKeysAndPasswordsWhateverIsAskedFor) {
    run(answers(network));
    std::map<std::string_view, std::string> secrets;
    for (const auto path : {place::ca_key, place::ca, place::web_key, place::broker_key,
                            place::home_password, place::zigbee_password, place::seal_key}) {
        secrets[path] = file(path);
    }
    SetupOptions hard = options();
    hard.replace = true;
    hard.renew = true;
    hard.now += std::chrono::days{800};
    run(answers(std::string(network) + "[district]\nuri = \"mqtts://p.example:8883\"\n"
                                       "certificate = true\n"),
        hard);
    for (const auto& [path, text] : secrets) EXPECT_EQ(file(path), text) << path;
}

TEST_F(BoxSetup, LetsNobodyReadWhatIsSecret) {
    run(answers(network));
    EXPECT_EQ(mode(place::ca_key), 0600U);
    EXPECT_EQ(mode("/etc/anju/ca"), 0700U);
    for (const auto path : {place::web_key, place::broker_key, place::home_password,
                            place::passwords, place::seal_key}) {
        EXPECT_EQ(mode(path), 0640U) << path;
    }
    EXPECT_EQ(mode(place::zigbee_password), 0600U);
}

TEST_F(BoxSetup, GivesFilesToTheGroupsOfTheImage) {
    if (geteuid() != 0) GTEST_SKIP() << "only root gives files away";
    fs::create_directories(tree_.at("/etc"));
    std::ofstream(tree_.at("/etc/group")) << "mosquitto-x:x:7:\nmosquitto:x:4711:\nanju:x:4712:\n";
    run(answers(network));
    const auto group = [this](std::string_view path) {
        struct stat info{};
        stat(tree_.at(path).c_str(), &info);
        return info.st_gid;
    };
    EXPECT_EQ(group(place::passwords), 4711U);
    EXPECT_EQ(group(place::web_key), 4712U);
    EXPECT_EQ(group(place::ca_key), 0U);
}

TEST_F(BoxSetup, FollowsOtherAnswersWhereNobodyHasChangedTheText) {
    run(answers());
    const SetupDone done = run(answers(network));
    EXPECT_NE(file(place::broker).find("listener 8883 0.0.0.0"), std::string::npos);
    EXPECT_FALSE(says(done, "text_kept"));
}

TEST_F(BoxSetup, KeepsATextThatSomebodyChangedAndSaysSo) {
    run(answers());
    std::ofstream(tree_.at(place::gateway), std::ios::app) << "[log]\nlevel = \"debug\"\n";
    const std::string mine = file(place::gateway);
    EXPECT_TRUE(says(run(answers(network)), "text_kept"));
    EXPECT_EQ(file(place::gateway), mine);
    SetupOptions hard = options();
    hard.replace = true;
    run(answers(network), hard);
    EXPECT_NE(file(place::gateway), mine);
    EXPECT_EQ(file(std::string(place::gateway) + ".old"), mine);
}

TEST_F(BoxSetup, LeavesNoTracesOfAnAnswerThatCannotBeCarriedOut) {
    const auto done = set_up(tree_, answers("[sensors]\ndrivers = [\"telepathy\"]\n"), options());
    ASSERT_FALSE(done);
    EXPECT_NE(done.error().text().find("telepathy"), std::string::npos);
    EXPECT_TRUE(everything().empty());
}

TEST_F(BoxSetup, RefusesABrokerThatSomebodyElseHasOpened) {
    fs::create_directories(tree_.at("/etc/mosquitto"));
    std::ofstream(tree_.at(place::broker_main)) << "listener 1883 0.0.0.0\nallow_anonymous true\n";
    const auto done = set_up(tree_, answers(), options());
    ASSERT_FALSE(done);
    EXPECT_NE(done.error().text().find("mosquitto.conf"), std::string::npos);
}

TEST_F(BoxSetup, LetsADriverBeHeardThatWasAskedFor) {
    run(answers("[sensors]\ndrivers = [\"wmbus\", \"onenet\"]\n"));
    const std::string acl = file(place::acl);
    EXPECT_NE(acl.find("\ntopic read wmbus/#"), std::string::npos);
    EXPECT_NE(acl.find("\ntopic read cloud/onenet/#"), std::string::npos);
    EXPECT_NE(acl.find("\n#topic read cjt188/#"), std::string::npos);
    EXPECT_NE(acl.find("\n#topic write wmbus/#"), std::string::npos) << "nobody may speak yet";
}

TEST_F(BoxSetup, IssuesCertificatesThatItsAuthorityVouchesFor) {
    run(answers(network));
    for (const auto path : {place::web, place::broker_certificate}) {
        for (const char* const host : {"anju", "anju.local", "192.168.1.10", "127.0.0.1"}) {
            const auto good =
                verify(file(path), file(place::public_ca), Purpose::server, host, now());
            EXPECT_TRUE(good) << path << " " << host << ": " << (good ? "" : good.error().text());
        }
        EXPECT_FALSE(
            verify(file(path), file(place::public_ca), Purpose::server, "evil.example", now()));
    }
}

TEST_F(BoxSetup, RenewsACertificateOnlyWhenItIsDueAndTold) {
    run(answers(network));
    const std::string first = file(place::web);
    SetupOptions later = options();
    later.renew = true;
    run(answers(network), later);
    EXPECT_EQ(file(place::web), first) << "it was not due";
    later.now += std::chrono::days{600};
    later.renew = false;
    EXPECT_TRUE(says(run(answers(network), later), "certificate_due"));
    EXPECT_EQ(file(place::web), first) << "it was not told";
    later.renew = true;
    EXPECT_FALSE(says(run(answers(network), later), "certificate_due"));
    EXPECT_NE(file(place::web), first);
    EXPECT_TRUE(belongs_to(file(place::web), file(place::web_key)));
}

TEST_F(BoxSetup, IssuesAnewForANewAddress) {
    auto setup = answers(network);
    run(setup);
    setup.addresses = {"10.0.0.7", "fd00::7"};
    EXPECT_TRUE(run(setup).changed(place::web));
    EXPECT_FALSE(run(setup).changed(place::web)) << "once is enough";
    EXPECT_TRUE(
        verify(file(place::web), file(place::public_ca), Purpose::server, "10.0.0.7", now()));
}

TEST_F(BoxSetup, LeavesACertificateAloneThatAnotherAuthorityIssued) {
    run(answers(network));
    const auto key = *make_key();
    const Validity validity{now() - 24h, now() + 240h};
    const auto foreign = *make_authority(key, "Somebody else", "", validity);
    const auto made =
        *issue_server({foreign, key}, file(place::web_key), {{"anju.local"}, {}}, validity);
    std::ofstream(tree_.at(place::web)) << made;
    SetupOptions later = options();
    later.renew = true;
    later.now += std::chrono::days{300};
    EXPECT_TRUE(says(run(answers(network), later), "certificate_foreign"));
    EXPECT_EQ(file(place::web), made);
}

TEST_F(BoxSetup, IsNotLockedOutByAClockThatNobodyHasSet) {
    SetupOptions past = options();
    past.now = Time{};  // 1970
    EXPECT_TRUE(says(run(answers(network), past), "clock_unset"));
    const auto facts = look_at(file(place::web));
    ASSERT_TRUE(facts);
    EXPECT_GT(facts->validity.until, earliest + std::chrono::days{800});
    EXPECT_TRUE(
        verify(file(place::web), file(place::public_ca), Purpose::server, "anju.local", earliest));
}

TEST_F(BoxSetup, HealsAPasswordFileThatDoesNotFitTheSecret) {
    run(answers());
    std::ofstream(tree_.at(place::passwords)) << "sensor-a:$7$101$AAAA$BBBB\n";
    run(answers());
    const PasswordFile users(file(place::passwords));
    EXPECT_TRUE(users.has("sensor-a"));
    const std::string secret = file(place::home_password);
    EXPECT_TRUE(matches(users.hash_of("anjud"), secret.substr(0, secret.find('\n'))));
}

TEST_F(BoxSetup, DoesNotGoOnWhileSomebodyElseChangesTheBox) {
    run(answers());
    const auto held = lock(tree_);
    ASSERT_TRUE(held);
    EXPECT_FALSE(set_up(tree_, answers(), options()));
}

}  // namespace
}  // namespace anju::provision
