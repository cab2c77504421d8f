#include "provision/enrolment.hpp"

#include "box_rig.hpp"

namespace anju::provision {
namespace {

class BoxEnrolment : public BoxRig {
protected:
    void SetUp() override {
        std::ofstream(folder_.path() / "district-ca.pem") << district_.certificate;
        const auto setup = config::parse_setup(
            "[box]\nid = \"box-0001\"\n[district]\nuri = \"mqtts://localhost:8883\"\n"
            "ca_file = \"district-ca.pem\"\ncertificate = true\n",
            folder_.path() / "answers.toml");
        ASSERT_TRUE(setup) << setup.error().front().text();
        run(*setup);
    }
    [[nodiscard]] std::string issued(const std::string& request) const {
        return *issue_client(district_, request, good_);
    }
    [[nodiscard]] std::string request() const { return file(place::district_request); }
    result<Facts> import(const std::string& certificate, bool clock_trusted = true,
                         Time at = now()) {
        return import_certificate(tree_, {certificate, "", at, clock_trusted});
    }
    /// Refused with these words, and what was there is there.
    testing::AssertionResult refused(const std::string& certificate, std::string_view words) {
        const std::string before = file(place::district);
        const auto taken = import(certificate);
        if (taken) return testing::AssertionFailure() << "taken";
        if (file(place::district) != before) return testing::AssertionFailure() << "replaced";
        if (taken.error().text().find(words) == std::string::npos) {
            return testing::AssertionFailure() << taken.error().text();
        }
        return testing::AssertionSuccess();
    }

    const Validity good_{now() - 48h, now() + 24h * 90};
    const std::string key_ = *make_key();
    const Authority district_{*make_authority(key_, "District", "box-0001", good_), key_};
};

TEST_F(BoxEnrolment, IsOpenUntilACertificateIsThere) {
    const auto before = enrolment(tree_);
    ASSERT_TRUE(before && *before);
    EXPECT_FALSE((*before)->enrolled);
    ASSERT_TRUE(import(issued(request())));
    const auto after = enrolment(tree_);
    ASSERT_TRUE(after && *after);
    EXPECT_TRUE((*after)->enrolled);
    EXPECT_GT((*after)->due_from, now());
    EXPECT_TRUE(belongs_to(file(place::district), file(place::district_key)));
}

TEST_F(BoxEnrolment, StaysWhenTheBoxIsSetUpAgain) {
    ASSERT_TRUE(import(issued(request())));
    const std::string certificate = file(place::district);
    const auto setup = config::load_setup(tree_.at(place::answers));
    ASSERT_TRUE(setup);
    run(*setup);
    EXPECT_EQ(file(place::district), certificate);
}

TEST_F(BoxEnrolment, TakesNoCertificateForAnotherKey) {
    EXPECT_TRUE(refused(issued(*make_request(*make_key(), "box-0001")), "another key"));
}

TEST_F(BoxEnrolment, TakesNoCertificateInAnotherName) {
    EXPECT_TRUE(refused(issued(*make_request(file(place::district_key), "box-0002")), "box-0002"));
}

TEST_F(BoxEnrolment, TakesNoCertificateOfAnotherAuthority) {
    const auto foreign_key = *make_key();
    const Authority foreign{*make_authority(foreign_key, "District", "", good_), foreign_key};
    EXPECT_TRUE(refused(*issue_client(foreign, request(), good_), "not taken"));
}

TEST_F(BoxEnrolment, TakesNoCertificateForAServer) {
    EXPECT_TRUE(refused(
        *issue_server(district_, file(place::district_key), {{"box-0001"}, {}}, good_), "purpose"));
}

TEST_F(BoxEnrolment, TakesNothingExpiredAndNothingThatIsNoCertificate) {
    EXPECT_TRUE(refused(*issue_client(district_, request(), {now() - 40h, now() - 1h}), "expired"));
    EXPECT_TRUE(refused("", "no certificate"));
    EXPECT_TRUE(refused(request(), "no certificate"));
}

TEST_F(BoxEnrolment, IsNotHinderedByAClockThatNobodyHasSet) {
    EXPECT_TRUE(import(issued(request()), false, Time{}));
}

TEST_F(BoxEnrolment, DoesNotTakeAnExpiredOneFromAClockThatIsNotTrusted) {
    const auto old = *issue_client(district_, request(), {now() - 40h, now() - 1h});
    EXPECT_FALSE(import(old, false)) << "the clock is right, only nobody vouches for it";
}

TEST_F(BoxEnrolment, TakesWhatTheDistrictHasSentOnce) {
    ASSERT_TRUE(services_told(tree_));
    fs::create_directories(tree_.at("/run/anju"));
    const auto none = import_issued(tree_, now());
    ASSERT_TRUE(none);
    EXPECT_FALSE(*none);
    EXPECT_TRUE(services_due(tree_)->empty());
    const std::string certificate = issued(request());
    std::ofstream(tree_.at(place::issued)) << certificate;
    const auto taken = import_issued(tree_, now());
    ASSERT_TRUE(taken && *taken);
    EXPECT_EQ(file(place::district), certificate);
    EXPECT_TRUE(is_due(*services_due(tree_), place::district));
    ASSERT_TRUE(services_told(tree_));
    const auto again = import_issued(tree_, now());
    ASSERT_TRUE(again);
    EXPECT_FALSE(*again) << "it is in use";
    EXPECT_TRUE(services_due(tree_)->empty());
}

TEST_F(BoxEnrolment, TakesNeitherAnEarlierOneNorOneOfTomorrowFromTheLine) {
    fs::create_directories(tree_.at("/run/anju"));
    ASSERT_TRUE(import(issued(request())));
    const std::string used = file(place::district);
    for (const Validity& validity :
         {Validity{now() - 47h, now() + 24h * 89}, Validity{now() + 1h, now() + 24h * 91}}) {
        std::ofstream(tree_.at(place::issued)) << *issue_client(district_, request(), validity);
        EXPECT_FALSE(import_issued(tree_, now()));
        EXPECT_EQ(file(place::district), used);
    }
}

TEST_F(BoxEnrolment, FollowsNoLinkThatAnjudMayHaveLaid) {
    fs::create_directories(tree_.at("/run/anju"));
    std::ofstream(folder_.path() / "elsewhere") << issued(request());
    fs::create_symlink(folder_.path() / "elsewhere", tree_.at(place::issued));
    const std::string before = file(place::district);
    EXPECT_FALSE(import_issued(tree_, now()));
    EXPECT_EQ(file(place::district), before);
}

TEST_F(BoxEnrolment, ChangesTheKeyWithTheCertificateAndNotBefore) {
    ASSERT_TRUE(import(issued(request())));
    const std::string old_key = file(place::district_key);
    const auto anew = ask_anew(tree_);
    ASSERT_TRUE(anew);
    EXPECT_EQ(file(place::district_key), old_key) << "still in use";
    const auto again = ask_anew(tree_);
    ASSERT_TRUE(again);
    EXPECT_EQ(*again, *anew) << "a request that is under way must not be made worthless";
    ASSERT_TRUE(import(issued(*anew)));
    EXPECT_NE(file(place::district_key), old_key);
    EXPECT_EQ(request(), *anew);
    EXPECT_TRUE(belongs_to(file(place::district), file(place::district_key)));
    EXPECT_EQ(mode(place::district_key), 0640U);
}

TEST_F(BoxEnrolment, CanBeRenewedForTheKeyInUseWhileAnotherWaits) {
    ASSERT_TRUE(ask_anew(tree_));
    const std::string key = file(place::district_key);
    ASSERT_TRUE(import(issued(request())));
    EXPECT_EQ(file(place::district_key), key);
}

}  // namespace
}  // namespace anju::provision
