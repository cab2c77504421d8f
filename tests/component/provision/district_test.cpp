// A district's broker that asks for certificates, and boxes that have a right one, a wrong one or
// none.
#include "box_rig.hpp"

namespace anju::provision {
namespace {

using test::Station;

class DistrictTls : public BoxRig {
protected:
    void SetUp() override {
        if (!test::Broker::installed()) GTEST_SKIP() << "mosquitto is not installed";
        run(answers("[district]\nuri = \"mqtts://localhost:8883\"\ncertificate = true\n"));
        put("ca.pem", district_.certificate);
        put("server.key", server_key_);
        put("server.pem", *issue_server(district_, server_key_, {{"localhost"}, {}}, good_));
        test::Broker::Options with;
        const std::string acl = content(ANJU_SOURCE_DIR "/deploy/mosquitto/district.acl");
        with.acl = {acl};
        with.extra = {"cafile " + path("ca.pem"),      "certfile " + path("server.pem"),
                      "keyfile " + path("server.key"), "tls_version tlsv1.2",
                      "require_certificate true",      "use_identity_as_username true"};
        broker_ = std::make_unique<test::Broker>(with);
    }

    [[nodiscard]] std::string path(const std::string& name) const { return folder_.path() / name; }
    void put(const std::string& name, const std::string& text) const {
        std::ofstream(path(name)) << text;
    }
    [[nodiscard]] mqtt::Session::Options with(const std::string& certificate,
                                              std::vector<mqtt::Subscription> wants = {}) const {
        put("client.pem", certificate);
        mqtt::Session::Options out;
        out.endpoint.uri = broker_->tls_uri();
        out.endpoint.client_id = "box";
        out.endpoint.ca_file = path("ca.pem");
        out.endpoint.cert_file = path("client.pem");
        out.endpoint.key_file = tree_.at(place::district_key);
        out.endpoint.clean_session = true;
        out.subscriptions = std::move(wants);
        out.retry_delay = [](unsigned attempt) { return attempt == 0 ? 0ms : 20ms; };
        return out;
    }
    [[nodiscard]] bool stays_out(const std::string& certificate) const {
        Station station(with(certificate));
        EXPECT_TRUE(eventually([&] { return !station.session().stats().last_error.empty(); }));
        return !station.session().connected();
    }
    [[nodiscard]] std::string request() const { return file(place::district_request); }

    const Validity good_{now() - 48h, now() + 24h};
    const std::string key_ = *make_key();
    const Authority district_{*make_authority(key_, "District", "", good_), key_};
    const std::string server_key_ = *make_key();
    std::unique_ptr<test::Broker> broker_;
};

TEST_F(DistrictTls, LetsABoxInByTheNameInItsCertificate) {
    Station station(with(*issue_client(district_, request(), good_)));
    EXPECT_TRUE(station.up()) << station.session().stats().last_error << broker_->log();
}

TEST_F(DistrictTls, DoesNotLetABoxSpeakForAnother) {
    const auto other_key = *make_key();
    put("other.key", other_key);
    auto platform_options =
        with(*issue_client(district_, *make_request(other_key, "platform"), good_),
             {{"anju/v1/district/+/up/#", 1}});
    // A file of its own: the next certificate goes where this one was.
    put("platform.pem", content(path("client.pem")));
    platform_options.endpoint.cert_file = path("platform.pem");
    platform_options.endpoint.key_file = path("other.key");
    platform_options.endpoint.client_id = "platform";
    Station platform(platform_options);
    ASSERT_TRUE(platform.up()) << platform.session().stats().last_error;
    Station box(with(*issue_client(district_, request(), good_)));
    ASSERT_TRUE(box.up());
    box.session().publish("anju/v1/district/box-0002/up/alarm", "x", 1);
    box.session().publish("anju/v1/district/box-0001/up/alarm", "x", 1);
    ASSERT_TRUE(platform.receives(1));
    EXPECT_EQ(platform.received().front().topic, "anju/v1/district/box-0001/up/alarm");
}

TEST_F(DistrictTls, RefusesABoxThatIsNotEnrolledYet) {
    EXPECT_TRUE(stays_out(file(place::district)));
}

TEST_F(DistrictTls, RefusesAnExpiredCertificate) {
    EXPECT_TRUE(stays_out(*issue_client(district_, request(), {now() - 40h, now() - 1h})));
}

TEST_F(DistrictTls, RefusesACertificateOfAnotherAuthority) {
    const auto foreign_key = *make_key();
    const Authority foreign{*make_authority(foreign_key, "District", "", good_), foreign_key};
    EXPECT_TRUE(stays_out(*issue_client(foreign, request(), good_)));
}

}  // namespace
}  // namespace anju::provision
