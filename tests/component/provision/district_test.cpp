// A district's broker that asks for certificates, and boxes that have a right one, a wrong one, one
// that was taken back, or none.
#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <boost/json.hpp>
#include <memory>

#include "program.hpp"

namespace anju::provision {
namespace {

using test::Station;

template <auto Free>
struct Freed {
    template <class T>
    void operator()(T* it) const {
        Free(it);
    }
};
using Bio = std::unique_ptr<BIO, Freed<&BIO_free>>;
using Certificate = std::unique_ptr<X509, Freed<&X509_free>>;
using PrivateKey = std::unique_ptr<EVP_PKEY, Freed<&EVP_PKEY_free>>;
using RevocationList = std::unique_ptr<X509_CRL, Freed<&X509_CRL_free>>;
using Moment = std::unique_ptr<ASN1_TIME, Freed<&ASN1_TIME_free>>;

Bio reading(const std::string& text) {
    return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}
Certificate certificate_of(const std::string& pem) {
    return Certificate(PEM_read_bio_X509(reading(pem).get(), nullptr, nullptr, nullptr));
}

/// What the authority has taken back, as `crlfile` of its broker wants it (RFC 5280, 5).
std::string revocation_list(const Authority& by, const std::vector<std::string>& revoked) {
    const RevocationList out(X509_CRL_new());
    X509_CRL_set_version(out.get(), X509_CRL_VERSION_2);
    const Certificate issuer = certificate_of(by.certificate);
    X509_CRL_set_issuer_name(out.get(), X509_get_subject_name(issuer.get()));
    const auto at = [](std::chrono::hours from_now) {
        return Moment(
            ASN1_TIME_set(nullptr, std::chrono::system_clock::to_time_t(now() + from_now)));
    };
    X509_CRL_set1_lastUpdate(out.get(), at(-1h).get());
    X509_CRL_set1_nextUpdate(out.get(), at(24h).get());
    for (const std::string& pem : revoked) {
        const Certificate one = certificate_of(pem);
        X509_REVOKED* const entry = X509_REVOKED_new();
        X509_REVOKED_set_serialNumber(entry, X509_get_serialNumber(one.get()));
        X509_REVOKED_set_revocationDate(entry, at(-1h).get());
        X509_CRL_add0_revoked(out.get(), entry);
    }
    X509_CRL_sort(out.get());
    const PrivateKey key(PEM_read_bio_PrivateKey(reading(by.key).get(), nullptr, nullptr, nullptr));
    EXPECT_GT(X509_CRL_sign(out.get(), key.get(), EVP_sha256()), 0);
    const Bio text(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509_CRL(text.get(), out.get());
    char* data = nullptr;
    const long size = BIO_get_mem_data(text.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}

class DistrictTls : public Program {
protected:
    void SetUp() override {
        if (!test::Broker::installed()) GTEST_SKIP() << "mosquitto is not installed";
        run(answers("[district]\nuri = \"mqtts://localhost:8883\"\ncertificate = true\n"));
        put("ca.pem", district_.certificate);
        put("server.key", server_key_);
        put("server.pem", *issue_server(district_, server_key_, {{"localhost"}, {}}, good_));
        open_district();
    }
    void open_district(const std::vector<std::string>& more = {}) {
        test::Broker::Options with;
        const std::string acl = content(ANJU_SOURCE_DIR "/deploy/mosquitto/district.acl");
        with.acl = {acl};
        with.extra = {"cafile " + path("ca.pem"),      "certfile " + path("server.pem"),
                      "keyfile " + path("server.key"), "tls_version tlsv1.2",
                      "require_certificate true",      "use_identity_as_username true"};
        with.extra.insert(with.extra.end(), more.begin(), more.end());
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

class DistrictThatTakesBack : public DistrictTls {
protected:
    void revoke(const std::vector<std::string>& certificates) {
        put("crl.pem", revocation_list(district_, certificates));
        broker_.reset();
        open_district({"crlfile " + path("crl.pem")});
    }
};

TEST_F(DistrictThatTakesBack, RefusesWhatItHasRevokedAndNothingElse) {
    const std::string certificate = *issue_client(district_, request(), good_);
    const std::string renewed = *issue_client(district_, request(), good_);
    revoke({});
    {
        Station station(with(certificate));
        EXPECT_TRUE(station.up()) << station.session().stats().last_error << broker_->log();
    }
    revoke({certificate});
    EXPECT_TRUE(stays_out(certificate));
    Station station(with(certificate));
    EXPECT_TRUE(eventually([&] { return station.session().stats().failures >= 2; }))
        << "it goes on trying, and counts";
    EXPECT_NE(station.session().stats().last_error.find("revoked"), std::string::npos);
    EXPECT_EQ(station.session().stats().connects, 0U);
    Station with_another(with(renewed));
    EXPECT_TRUE(with_another.up())
        << "the next one of the same box and key: " << with_another.session().stats().last_error
        << broker_->log();
}

/// anjud itself: it says so, counts, and keeps what is to go up; the home is watched all the same.
TEST_F(DistrictThatTakesBack, IsToldOfByTheDoctor) {
    const std::string certificate = *issue_client(district_, request(), good_);
    revoke({certificate});
    put("client.pem", certificate);
    const test::Broker home;
    put("home.password", "correct horse\n");
    fs::permissions(path("home.password"), fs::perms{0600});
    fs::create_directory(path("data"));
    put("anju.toml", "[gateway]\nid = \"box-0001\"\ndata_dir = \"" + path("data") +
                         "\"\n[home]\nuri = \"" + home.uri() +
                         "\"\nusername = \"anju\"\npassword_file = \"home.password\"\n" +
                         "[district]\nuri = \"" + broker_->tls_uri() + "\"\nca_file = \"" +
                         path("ca.pem") + "\"\ncert_file = \"" + path("client.pem") +
                         "\"\nkey_file = \"" + std::string(tree_.at(place::district_key)) +
                         "\"\nspread_reconnect = \"0s\"\n[store]\nballast_bytes = \"1MB\"\n");
    test::Child anjud({ANJUD, "--config", path("anju.toml")}, path("anjud.log"));
    const auto asked = [&](const std::string& what) {
        const Ran ran = run_plain(what + " --json --config '" + path("anju.toml") + "'");
        boost::system::error_code none;
        return boost::json::parse(ran.out.empty() ? "{}" : ran.out, none);
    };
    const auto link = [&](boost::json::string_view name) {
        const boost::json::value status = asked("status");
        const auto* const links = status.as_object().if_contains("links");
        if (links != nullptr) {
            for (const auto& one : links->as_array()) {
                if (one.at("name").as_string() == name) return one.as_object();
            }
        }
        return boost::json::object{};
    };
    ASSERT_TRUE(eventually([&] {
        const auto district = link("district_alarm");
        return !district.empty() && district.at("failures").to_number<int>() >= 2;
    })) << content(path("anjud.log"));
    EXPECT_EQ(link("district_alarm").at("connects").to_number<int>(), 0);
    EXPECT_TRUE(eventually([&] { return link("home").at("connected").as_bool(); }));
    std::string said;
    const boost::json::value report = asked("doctor --machine '" + box().string() + "'");
    for (const auto& finding : report.at("findings").as_array()) {
        if (finding.at("code").as_string() == "district_alarm_disconnected") {
            said = boost::json::serialize(finding);
        }
    }
    EXPECT_NE(said.find("\"error\""), std::string::npos) << said;
    EXPECT_NE(said.find("revoked"), std::string::npos) << said;
    EXPECT_NE(content(path("anjud.log")).find("revoked"), std::string::npos) << "the log, too";
    EXPECT_TRUE(anjud.running());
}

}  // namespace
}  // namespace anju::provision
