#include <boost/json.hpp>

#include "program.hpp"
#include "provision/sensors.hpp"

namespace anju::provision {
namespace {

namespace json = boost::json;

constexpr auto on_network = "[box]\nid = \"box-0001\"\n[sensors]\nnetwork = true\n";

class AnjuctlSetup : public Program {};
class AnjuctlSensors : public Program {
protected:
    void SetUp() override { ASSERT_EQ(set_up_box(on_network).code, 0); }
    [[nodiscard]] bool lets_in(const std::string& user, const std::string& password) const {
        return matches(PasswordFile(boxed(place::passwords)).hash_of(user), password);
    }
    [[nodiscard]] json::object asked(const std::string& arguments) const {
        const Ran ran = run_program("--json " + arguments);
        EXPECT_EQ(ran.code, 0) << ran.err;
        return json::parse(ran.out).as_object();
    }
};

TEST_F(AnjuctlSetup, SaysWhatItMadeAndThatASecondTimeThereIsNothingToDo) {
    const Ran first = set_up_box(on_network);
    EXPECT_EQ(first.code, 0) << first.err;
    EXPECT_NE(first.out.find("/etc/anju/anju.toml"), std::string::npos) << first.out;
    const Ran second = set_up_box(on_network);
    EXPECT_EQ(second.code, 0) << second.err;
    EXPECT_EQ(second.out, "everything is in place, nothing was changed\n");
}

TEST_F(AnjuctlSetup, TakesTheAnswersThatAreKeptWhenNoneAreGiven) {
    ASSERT_EQ(set_up_box(on_network).code, 0);
    const Ran again = run_program("setup --renew" + templates(), "zh_CN.UTF-8");
    EXPECT_EQ(again.code, 0) << again.err;
    EXPECT_EQ(again.out, "一切就绪，没有改动\n");
}

TEST_F(AnjuctlSetup, NamesEveryMistakeAndTouchesNothing) {
    const Ran ran = set_up_box("[box]\nid = \"\"\nhots = \"a\"\n");
    EXPECT_EQ(ran.code, 1);
    EXPECT_NE(ran.err.find("setup.toml:2:"), std::string::npos) << ran.err;
    EXPECT_NE(ran.err.find("setup.toml:3:"), std::string::npos) << ran.err;
    EXPECT_FALSE(fs::exists(box()));
}

TEST_F(AnjuctlSetup, PrintsNoSecret) {
    const Ran ran = set_up_box(on_network);
    for (const auto path : {place::home_password, place::zigbee_password}) {
        const std::string secret = boxed(path);
        ASSERT_GT(secret.size(), 32U);
        EXPECT_EQ((ran.out + ran.err).find(secret.substr(0, 32)), std::string::npos) << path;
    }
}

TEST_F(AnjuctlSetup, AsksAPersonAndAsksAgainWhatCannotBe) {
    Terminal person({ANJUCTL, "--lang", "en", "setup", "--root", box().string(), "--templates",
                     ANJU_SOURCE_DIR "/deploy"});
    const auto answer = [&](std::string_view question, const std::string& said) {
        ASSERT_TRUE(person.sees(question)) << person.screen();
        ASSERT_TRUE(person.says(said));
    };
    answer("id of the box", "box 7");
    answer("id of the box", "box-7");
    answer("host name", "");
    answer("fixed IP addresses", "192.168.1.10 8.8.8.8");
    answer("fixed IP addresses", "192.168.1.10");
    answer("from UTC", "");
    answer("beyond the box", "maybe");
    answer("beyond the box", "y");
    answer("Zigbee2MQTT", "n");
    answer("further drivers", "wmbus");
    answer("a district platform", "y");
    answer("address of the platform", "mqtt://platform.example");
    answer("address of the platform", "mqtts://platform.example:8883");
    answer("CA's certificate", "");
    answer("by a certificate", "");
    answer("web console", "");
    answer("open it (TLS)", "y");
    EXPECT_TRUE(person.sees("not enrolled")) << person.screen();
    EXPECT_EQ(person.end(), 0);
    EXPECT_NE(person.screen().find("8.8.8.8' is not an address of a home"), std::string::npos);
    const auto kept = config::load_setup(Tree(box()).at(place::answers));
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->id, "box-7");
    EXPECT_EQ(kept->addresses, std::vector<std::string>{"192.168.1.10"});
    EXPECT_TRUE(kept->network);
    EXPECT_FALSE(kept->zigbee2mqtt);
    EXPECT_TRUE(kept->district && kept->district->certificate);
    EXPECT_EQ(kept->console_port, 8443);
}

TEST_F(AnjuctlSetup, LeavesNothingBehindWhenThePersonGoesAway) {
    {
        Terminal person({ANJUCTL, "--lang", "en", "setup", "--root", box().string()});
        ASSERT_TRUE(person.sees("id of the box"));
    }
    EXPECT_FALSE(fs::exists(box()));
}

TEST_F(AnjuctlSetup, DoesNotWaitForAPersonWhereThereIsNone) {
    const Ran ran = run_program("setup" + templates());
    EXPECT_EQ(ran.code, 1);
    EXPECT_NE(ran.err.find("--from"), std::string::npos) << ran.err;
}

TEST_F(AnjuctlSensors, GivesOneAPasswordAndALabelOnce) {
    const Ran ran = run_program("devices add H0001-water");
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_NE(ran.out.find("█"), std::string::npos) << "no code";
    const auto at = ran.out.find("Password: ");
    ASSERT_NE(at, std::string::npos) << ran.out;
    const std::string password = ran.out.substr(at + 10, 32);
    EXPECT_TRUE(lets_in("H0001-water", password));
    EXPECT_EQ(boxed(place::passwords).find(password), std::string::npos) << "kept in the clear";
    EXPECT_EQ(run_program("devices add H0001-water").code, 1);
    EXPECT_TRUE(lets_in("H0001-water", password)) << "adding twice must not change it";
}

TEST_F(AnjuctlSensors, PutsAllThatASensorNeedsIntoTheCode) {
    const json::object made = asked("devices add s1");
    const auto facts = look_at(boxed(place::public_ca));
    ASSERT_TRUE(facts);
    const std::string password(made.at("password").as_string());
    EXPECT_EQ(made.at("uri").as_string(),
              "mqtts://s1:" + password + "@anju.local:8883?ca=" + facts->fingerprint);
}

TEST_F(AnjuctlSensors, RotatesAndRevokesOneAndNobodyElse) {
    const std::string a(asked("devices add a").at("password").as_string());
    const std::string b(asked("devices add b").at("password").as_string());
    const std::string a2(asked("devices rotate a").at("password").as_string());
    EXPECT_FALSE(lets_in("a", a));
    EXPECT_TRUE(lets_in("a", a2));
    EXPECT_TRUE(asked("devices revoke a").at("revoked").as_bool());
    EXPECT_FALSE(lets_in("a", a2));
    EXPECT_TRUE(lets_in("b", b));
    EXPECT_EQ(run_program("devices passwords").out, "b\n");
    EXPECT_EQ(run_program("devices revoke a").code, 1);
    EXPECT_EQ(run_program("devices rotate a").code, 1);
}

TEST_F(AnjuctlSensors, AreNotCalledLikeAUserOfTheBroker) {
    for (const char* const name :
         {"anjud", "zigbee2mqtt", "a/b", "+", "'#'", "a:b", "''", "'a b'"}) {
        EXPECT_NE(run_program(std::string("devices add ") + name).code, 0) << name;
    }
    EXPECT_NE(run_program("devices revoke anjud").code, 0) << "the gateway would be cut off";
    EXPECT_TRUE(PasswordFile(boxed(place::passwords)).has("anjud"));
}

TEST_F(AnjuctlSensors, WritesALabelThatNobodyElseMayReadAndOverwritesNone) {
    const fs::path svg = folder_.path() / "label.svg";
    ASSERT_EQ(run_program("devices add a --svg '" + svg.string() + "'").code, 0);
    EXPECT_NE(content(svg).find("<svg"), std::string::npos);
    EXPECT_EQ(static_cast<unsigned>(fs::status(svg).permissions()) & 0777U, 0600U);
    const std::string first = content(svg);
    EXPECT_EQ(run_program("devices add b --svg '" + svg.string() + "'").code, 1);
    EXPECT_EQ(content(svg), first);
    EXPECT_FALSE(PasswordFile(boxed(place::passwords)).has("b")) << "with a password nobody knows";
}

TEST_F(AnjuctlSensors, NeedABoxThatIsSetUp) {
    fs::remove_all(box());
    const Ran ran = run_program("devices add a");
    EXPECT_EQ(ran.code, 1);
    EXPECT_FALSE(fs::exists(box()));
}

}  // namespace
}  // namespace anju::provision
