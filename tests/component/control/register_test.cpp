// anjuctl devices add --household, against a daemon that follows a script, and a folder that stands
// for the box.
#include <gmock/gmock.h>

#include "tests/component/control/anjuctl.hpp"

namespace anju::control {
namespace {

using boost::json::value;
using testing::HasSubstr;
using testing::Not;

class RegisterSensor : public Anjuctl {
protected:
    void SetUp() override {
        const auto answers = write("setup.toml", "[box]\nid = \"box-1\"\n");
        const Ran ran = run("setup --templates '" ANJU_SOURCE_DIR "/deploy' --from '" +
                            answers.string() + "' --root '" + root() + "'");
        ASSERT_EQ(ran.code, 0) << ran.err;
        ASSERT_TRUE(serve([this](const Request& request) {
            if (request.method != "residents.export") return Reply{boost::json::object{}, {}};
            return Reply{value{{"toml", directory_}}, {}};
        }));
    }
    [[nodiscard]] std::string root() const { return (folder_ / "box").string(); }
    Ran add(const std::string& household) {
        return run("devices add S9 --kind water_meter --label '厨房 \"kitchen\"' --household " +
                   household + " --root '" + root() + "'");
    }

    std::string directory_ =
        "[[community]]\nid = \"H2\"\n\n[[household]]\nid = \"H1\"\n\n[[household.device]]\n"
        "id = \"H2\"\nkind = \"door\"\n\n[[household]]\ncommunity = \"C\"\nid = \"H2\"\n\n"
        "[[household.resident]]\nid = \"R2\"\nname = \"x\"\n\n[[community]]\nid = \"C\"\n";
};

TEST_F(RegisterSensor, AddsItToItsHouseholdAndSendsNoOther) {
    const Ran ran = add("H2");
    EXPECT_EQ(ran.code, 0) << ran.err;
    ASSERT_EQ(requests().size(), 2U);
    const boost::json::object params = requests().back().params;
    EXPECT_EQ(params.at("toml").as_string(),
              "[[household]]\ncommunity = \"C\"\nid = \"H2\"\n\n[[household.resident]]\n"
              "id = \"R2\"\nname = \"x\"\n\n[[household.device]]\nid = \"S9\"\n"
              "kind = \"water_meter\"\nlabel = \"厨房 \\\"kitchen\\\"\"\n");
    EXPECT_FALSE(params.at("replace").as_bool()) << "it would take the other homes away";
    EXPECT_THAT(ran.out, HasSubstr("belongs to household H2"));
}

TEST_F(RegisterSensor, TakesTheFirstHouseholdAndTheLastAsWell) {
    EXPECT_EQ(add("H1").code, 0);
    EXPECT_THAT(std::string(requests().back().params.at("toml").as_string()),
                testing::EndsWith("kind = \"door\"\n\n[[household.device]]\nid = \"S9\"\nkind = "
                                  "\"water_meter\"\nlabel = \"厨房 \\\"kitchen\\\"\"\n"));
}

TEST_F(RegisterSensor, SaysWhenThereIsNoSuchHousehold) {
    const Ran ran = add("H3");
    EXPECT_EQ(ran.code, 1);
    EXPECT_THAT(ran.err, HasSubstr("H3"));
    EXPECT_THAT(ran.out, HasSubstr("Password: ")) << "it has one now, and nobody would know it";
    EXPECT_EQ(requests().size(), 1U);
}

TEST_F(RegisterSensor, ShowsThePasswordToNobodyElse) {
    const Ran ran = add("H2");
    const std::string password = ran.out.substr(ran.out.find("Password: ") + 10, 32);
    for (const Request& request : requests()) {
        EXPECT_THAT(boost::json::serialize(request.params), Not(HasSubstr(password)));
    }
}

}  // namespace
}  // namespace anju::control
