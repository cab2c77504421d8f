// TLS against a CA made for the occasion: the certificate and the name in it are verified.
#include <fstream>

#include "station.hpp"
#include "tests/support/child.hpp"

namespace anju::test {

namespace {

constexpr auto openssl = "/usr/bin/openssl";

class MqttTls : public WithBroker {
protected:
    void SetUp() override {
        WithBroker::SetUp();
        if (!std::filesystem::exists(openssl)) GTEST_SKIP() << "openssl is not installed";
    }

    void run(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), openssl);
        Child tool(arguments, keys_.path() / "openssl.log");
        ASSERT_EQ(tool.wait(30s), 0) << arguments[1];
    }
    [[nodiscard]] std::string file(const std::string& name) const { return keys_.path() / name; }

    void make_ca(const std::string& name) {
        run({"req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
             "-days", "2", "-subj", "/CN=" + name, "-keyout", file(name + ".key"), "-out",
             file(name + ".pem")});
    }
    void make_certificate(const std::string& name, const std::string& subject_alternative) {
        run({"req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj",
             "/CN=" + name, "-keyout", file(name + ".key"), "-out", file(name + ".csr")});
        std::ofstream(file(name + ".ext")) << "subjectAltName=" << subject_alternative << '\n';
        run({"x509", "-req", "-days", "2", "-in", file(name + ".csr"), "-CA", file("ca.pem"),
             "-CAkey", file("ca.key"), "-CAcreateserial", "-extfile", file(name + ".ext"), "-out",
             file(name + ".pem")});
    }
    [[nodiscard]] Broker::Options broker_with(const std::string& certificate) const {
        Broker::Options options;
        options.extra = {"cafile " + file("ca.pem"), "certfile " + file(certificate + ".pem"),
                         "keyfile " + file(certificate + ".key")};
        return options;
    }
    static mqtt::Session::Options secure(const Broker& broker, const std::string& ca) {
        auto made = options(broker, "secure", {{"t", 1}});
        made.endpoint.uri = broker.tls_uri();
        made.endpoint.ca_file = ca;
        return made;
    }
    static std::string error_of(Station& station) {
        EXPECT_TRUE(eventually([&] { return !station.session().stats().last_error.empty(); }));
        EXPECT_FALSE(station.session().connected());
        return station.session().stats().last_error;
    }

private:
    TempDir keys_;
};

}  // namespace

TEST_F(MqttTls, MessagesFlowWhenCaAndNameAreRight) {
    make_ca("ca");
    make_certificate("server", "DNS:localhost");
    Broker broker(broker_with("server"));
    Station station(secure(broker, file("ca.pem")));
    ASSERT_TRUE(station.up()) << station.session().stats().last_error << broker.log();
    station.session().publish("t", std::string(8000, 'x'), 1);
    EXPECT_TRUE(station.receives(1));
}

TEST_F(MqttTls, ACertificateOfAnotherCaIsRefused) {
    make_ca("ca");
    make_ca("other");
    make_certificate("server", "DNS:localhost");
    Broker broker(broker_with("server"));
    Station station(secure(broker, file("other.pem")));
    EXPECT_NE(error_of(station).find("ca_file"), std::string::npos) << error_of(station);
}

TEST_F(MqttTls, ACertificateForAnotherNameIsRefused) {
    make_ca("ca");
    make_certificate("server", "DNS:elsewhere.example");
    Broker broker(broker_with("server"));
    Station station(secure(broker, file("ca.pem")));
    EXPECT_FALSE(error_of(station).empty());
    EXPECT_FALSE(station.up(500ms)) << "connected to a broker with somebody else's name";
}

TEST_F(MqttTls, AClientCertificateOpensABrokerThatAsksForOne) {
    make_ca("ca");
    make_certificate("server", "DNS:localhost");
    make_certificate("client", "DNS:gateway");
    auto strict = broker_with("server");
    strict.extra.emplace_back("require_certificate true");
    Broker broker(strict);
    auto with = secure(broker, file("ca.pem"));
    with.endpoint.cert_file = file("client.pem");
    with.endpoint.key_file = file("client.key");
    Station station(with);
    EXPECT_TRUE(station.up()) << station.session().stats().last_error << broker.log();
    Station without(secure(broker, file("ca.pem")));
    EXPECT_FALSE(error_of(without).empty());
}

}  // namespace anju::test
