// The broker as it is set up, attacked by who might be in the home's network.
#include <openssl/ssl.h>
#include <unistd.h>

#include <memory>

#include "box_rig.hpp"

namespace anju::provision {
namespace {

using mqtt::Incoming;
using test::Station;

class BrokerUnderAttack : public BrokerRig {
protected:
    static std::vector<std::string> topics(Station& station) {
        std::vector<std::string> out;
        for (const Incoming& message : station.received()) out.push_back(message.topic);
        return out;
    }
    static bool stays_out(mqtt::Session::Options options) {
        Station station(std::move(options));
        EXPECT_TRUE(eventually([&] {
            return station.session().connected() || !station.session().stats().last_error.empty();
        }));
        return !station.session().connected();
    }
    mqtt::Session::Options secure(mqtt::Session::Options options, const std::string& ca) const {
        options.endpoint.uri = "mqtts://localhost:" + std::to_string(setup_.tls_port);
        options.endpoint.ca_file = ca;
        return options;
    }
    [[nodiscard]] std::string ca() const { return tree_.at(place::broker_ca); }

    /// The version that a client gets that speaks nothing newer; empty: none.
    std::string handshake(int newest, std::uint16_t port) const {
        const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(
            SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
        SSL_CTX_set_min_proto_version(context.get(), TLS1_VERSION);
        SSL_CTX_set_max_proto_version(context.get(), newest);
        SSL_CTX_set_security_level(context.get(), 0);
        SSL_CTX_load_verify_locations(context.get(), ca().c_str(), nullptr);
        SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
        const int fd = dial(port);
        std::string version;
        {
            const std::unique_ptr<SSL, decltype(&SSL_free)> tls(SSL_new(context.get()), SSL_free);
            SSL_set1_host(tls.get(), "anju.local");
            SSL_set_fd(tls.get(), fd);
            if (SSL_connect(tls.get()) == 1) version = SSL_get_version(tls.get());
        }
        close(fd);
        return version;
    }
};

TEST_F(BrokerUnderAttack, LetsASensorSpeakForItself) {
    Station anjud_(anjud({{"anju/v1/up/#", 1}}));
    Station sensor_(secure(sensor("sensor-a", {{"anju/v1/down/sensor-a", 1}}), ca()));
    ASSERT_TRUE(anjud_.up()) << content(log());
    ASSERT_TRUE(sensor_.up()) << sensor_.session().stats().last_error << content(log());
    sensor_.session().publish("anju/v1/up/sensor-a/reading", "x", 1);
    ASSERT_TRUE(anjud_.receives(1));
    anjud_.session().publish("anju/v1/down/sensor-a", "y", 1);
    EXPECT_TRUE(sensor_.receives(1));
}

TEST_F(BrokerUnderAttack, DropsWhatOneSensorSaysInTheNameOfAnother) {
    Station anjud_(anjud({{"anju/v1/up/#", 1}}));
    Station sensor_(sensor("sensor-a"));
    ASSERT_TRUE(anjud_.up() && sensor_.up()) << content(log());
    for (const char* const topic :
         {"anju/v1/up/sensor-b/alarm", "anju/v1/up/sensor-a", "anju/v1/up", "anju/v1/down/sensor-b",
          "anju/v1/clock", "zigbee2mqtt/smoke", "anju/v1/up/sensor-a/last"}) {
        ASSERT_TRUE(sensor_.session().publish(topic, "x", 1));
    }
    ASSERT_TRUE(anjud_.receives(1));
    ASSERT_TRUE(eventually([&] { return topics(anjud_).back() == "anju/v1/up/sensor-a/last"; }));
    for (const std::string& topic : topics(anjud_)) {
        EXPECT_TRUE(topic.starts_with("anju/v1/up/sensor-a")) << topic;
    }
}

TEST_F(BrokerUnderAttack, TellsASensorNothingThatIsNotForIt) {
    Station sensor_(sensor("sensor-a", {{"#", 1}, {"$SYS/#", 1}, {"anju/v1/down/+", 1}}));
    Station anjud_(anjud());
    Station bridge(as("zigbee2mqtt", first_line(place::zigbee_password)));
    ASSERT_TRUE(sensor_.up() && anjud_.up() && bridge.up()) << content(log());
    bridge.session().publish("zigbee2mqtt/smoke", "x", 1);
    Station other(sensor("sensor-b"));
    ASSERT_TRUE(other.up());
    other.session().publish("anju/v1/up/sensor-b/reading", "x", 1);
    ASSERT_TRUE(eventually([&] {
        return bridge.session().stats().published == 1 && other.session().stats().published == 1;
    }));
    anjud_.session().publish("anju/v1/down/sensor-b", "x", 1);
    anjud_.session().publish("anju/v1/down/sensor-a", "last", 1);
    ASSERT_TRUE(eventually([&] {
        const auto all = topics(sensor_);
        return std::ranges::find(all, "anju/v1/down/sensor-a") != all.end();
    }));
    for (const std::string& topic : topics(sensor_)) EXPECT_EQ(topic, "anju/v1/down/sensor-a");
}

TEST_F(BrokerUnderAttack, LetsNobodyInWithoutHisPassword) {
    EXPECT_TRUE(stays_out(as("", "")));
    EXPECT_TRUE(stays_out(as("sensor-a", "")));
    EXPECT_TRUE(stays_out(as("sensor-a", "secret of sensor-b")));
    EXPECT_TRUE(stays_out(as("nobody", "secret of sensor-a")));
    EXPECT_TRUE(stays_out(secure(as("", ""), ca())));
    EXPECT_TRUE(stays_out(secure(as("sensor-a", "guess"), ca())));
}

TEST_F(BrokerUnderAttack, SpeaksNoTlsBelow12) {
    EXPECT_EQ(handshake(TLS1_1_VERSION, setup_.tls_port), "");
    EXPECT_EQ(handshake(TLS1_VERSION, setup_.tls_port), "");
    EXPECT_EQ(handshake(TLS1_2_VERSION, setup_.tls_port), "TLSv1.2");
    EXPECT_EQ(handshake(TLS1_3_VERSION, setup_.tls_port), "TLSv1.3");
}

TEST_F(BrokerUnderAttack, IsForgottenByTheBrokerWhenItIsRevoked) {
    Station sensor_(sensor("sensor-a"));
    ASSERT_TRUE(sensor_.up());
    PasswordFile users(file(place::passwords));
    ASSERT_TRUE(users.remove("sensor-a"));
    ASSERT_TRUE(tree_.rewrite(place::passwords, users.text()));
    broker_.signal(SIGHUP);
    EXPECT_TRUE(eventually([&] { return !sensor_.session().connected(); }));
    EXPECT_TRUE(stays_out(sensor("sensor-a")));
    Station other(sensor("sensor-b"));
    EXPECT_TRUE(other.up()) << "revoking one must not hurt another";
}

/// Somebody who has put a broker of their own in the place of the box.
class Impostor : public BrokerUnderAttack {
protected:
    /// Whether a client that trusts the box's authority stays away from a broker with this one.
    bool is_refused(const std::string& key, const std::string& certificate) {
        const fs::path folder = folder_.path();
        std::ofstream(folder / "impostor.key") << key;
        std::ofstream(folder / "impostor.crt") << certificate;
        test::Broker::Options with;
        with.users = {{"sensor-a", "secret of sensor-a"}};
        with.extra = {"certfile " + (folder / "impostor.crt").string(),
                      "keyfile " + (folder / "impostor.key").string()};
        const test::Broker impostor(with);
        auto options = secure(sensor("sensor-a"), ca());
        options.endpoint.uri = impostor.tls_uri();
        return stays_out(std::move(options));
    }
    [[nodiscard]] Authority box() const { return {file(place::ca), file(place::ca_key)}; }
    const std::string key_ = *make_key();
    const Validity good_{now() - 1h, now() + 24h};
};

TEST_F(Impostor, IsBelievedWithARightCertificateOnly) {
    EXPECT_FALSE(is_refused(key_, *issue_server(box(), key_, {{"localhost"}, {}}, good_)));
}

TEST_F(Impostor, IsRefusedWithAnExpiredCertificate) {
    const auto authority_key = file(place::ca_key);
    const Validity then{now() - 1h * 20, now() - 1h};
    EXPECT_TRUE(is_refused(key_, *issue_server(box(), key_, {{"localhost"}, {}}, then)));
}

TEST_F(Impostor, IsRefusedWithACertificateForAnotherHost) {
    EXPECT_TRUE(is_refused(key_, *issue_server(box(), key_, {{"other.local"}, {}}, good_)));
}

TEST_F(Impostor, IsRefusedWithACertificateOfAnotherAuthority) {
    const auto foreign_key = *make_key();
    const Authority foreign{*make_authority(foreign_key, "Anju box-0001", "", good_), foreign_key};
    EXPECT_TRUE(is_refused(key_, *issue_server(foreign, key_, {{"localhost"}, {}}, good_)));
}

TEST_F(Impostor, IsRefusedWhenItSpeaksNothingNewerThanTls11) {
    constexpr auto openssl = "/usr/bin/openssl";
    if (!fs::exists(openssl)) GTEST_SKIP() << "openssl is not installed";
    const std::string key = folder_.path() / "old.key";
    const std::string certificate = folder_.path() / "old.crt";
    std::ofstream(key) << key_;
    std::ofstream(certificate) << *issue_server(box(), key_, {{"localhost", "anju.local"}, {}},
                                                good_);
    const std::uint16_t port = test::free_port();
    const test::Child old(
        {openssl, "s_server", "-tls1_1", "-cipher", "DEFAULT:@SECLEVEL=0", "-quiet", "-accept",
         "127.0.0.1:" + std::to_string(port), "-key", key, "-cert", certificate},
        folder_.path() / "s_server.log");
    ASSERT_TRUE(eventually([&] { return answers_on(port); }));
    ASSERT_EQ(handshake(TLS1_1_VERSION, port), "TLSv1.1") << "the impostor itself does not work";
    auto options = secure(sensor("sensor-a"), ca());
    options.endpoint.uri = "mqtts://localhost:" + std::to_string(port);
    EXPECT_TRUE(stays_out(std::move(options)));
}

TEST_F(Impostor, IsNotGivenACertificateForTheInternet) {
    EXPECT_FALSE(issue_server(box(), key_, {{"bank.example"}, {}}, good_));
    EXPECT_FALSE(issue_server(box(), key_, {{"localhost"}, {"8.8.8.8"}}, good_));
}

}  // namespace
}  // namespace anju::provision
