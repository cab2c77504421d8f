// A box whose certificate for the district ends soon: it asks over the line that is still open,
// takes what the district issues and nothing else, and comes back with it. The district's broker
// asks for certificates, anjuctl does what anju-renew.service does, and the clock is driven.
#include <fmt/format.h>

#include <boost/json.hpp>

#include "anju/v1/command.pb.h"
#include "anju/v1/event.pb.h"
#include "anju/v1/simulation.pb.h"
#include "provision/enrolment.hpp"
#include "tests/component/provision/box_rig.hpp"
#include "tests/e2e/rig.hpp"

namespace anju::provision {
namespace {

using test::Station;

class Renewal : public BoxRig {
protected:
    void SetUp() override {
        if (!test::Broker::installed()) GTEST_SKIP() << "mosquitto is not installed";
        put("ca.pem", district_.certificate);
        put("server.key", server_key_);
        put("server.pem", *issue_server(district_, server_key_, {{"localhost"}, {}}, good_));
        start_district();
        const auto setup = config::parse_setup(
            fmt::format("[box]\nid = \"{}\"\n[district]\nuri = \"{}\"\nca_file = \"ca.pem\"\n"
                        "certificate = true\n",
                        test::Rig::gateway_id, broker_->tls_uri()),
            folder_.path() / "answers.toml");
        ASSERT_TRUE(setup) << setup.error().front().text();
        run(*setup);
        // Two thirds of its time are over, and it is valid.
        const Validity ending{now() - 60h, now() + 24h};
        first_ = *issue_client(district_, file(place::district_request), ending);
        ASSERT_TRUE(import_certificate(tree_, {first_, "", now(), true}));
        ASSERT_TRUE(services_told(tree_));
        fs::create_directories(tree_.at("/run/anju"));
        start_platform();
        start_box();
    }

    void start_district() {
        test::Broker::Options with;
        with.acl = {content(ANJU_SOURCE_DIR "/deploy/mosquitto/district.acl")};
        with.extra = {"cafile " + path("ca.pem"),      "certfile " + path("server.pem"),
                      "keyfile " + path("server.key"), "tls_version tlsv1.2",
                      "require_certificate true",      "use_identity_as_username true"};
        broker_ = std::make_unique<test::Broker>(with);
    }
    void start_platform() {
        put("platform.key", server_key_);
        put("platform.pem",
            *issue_client(district_, *make_request(server_key_, "platform"), good_));
        mqtt::Session::Options as;
        as.endpoint.uri = broker_->tls_uri();
        as.endpoint.client_id = "platform";
        as.endpoint.ca_file = path("ca.pem");
        as.endpoint.cert_file = path("platform.pem");
        as.endpoint.key_file = path("platform.key");
        as.subscriptions = {{"anju/v1/district/+/up/#", 1}};
        platform_ = std::make_unique<Station>(std::move(as));
        ASSERT_TRUE(platform_->up()) << platform_->session().stats().last_error << broker_->log();
    }
    void start_box() {
        const std::string etc = tree_.at("/etc/anju").string();
        rig_ = std::make_unique<test::Rig>(test::Rig::Options{
            .homes = 1,
            .district = false,
            .environment = {"RUNTIME_DIRECTORY=" + tree_.at("/run/anju").string()},
            .extra_config = fmt::format(
                "[clock]\ndriven = true\n[district]\nuri = \"{}\"\n"
                "ca_file = \"{}/district-ca.pem\"\ncert_file = \"{}/tls/district.crt\"\n"
                "key_file = \"{}/tls/district.key\"\nspread_reconnect = \"200ms\"\n",
                broker_->tls_uri(), etc, etc, etc)});
        rig_->start_daemon();
        ASSERT_TRUE(rig_->daemon_ready(30s)) << rig_->log("anjud");
        mqtt::Session::Options as;
        as.endpoint = rig_->home_endpoint("clock");
        as.endpoint.clean_session = true;
        clock_ = std::make_unique<Station>(std::move(as));
        ASSERT_TRUE(clock_->up());
    }

    /// The time of this machine, which the certificates are made for.
    void tick() {
        v1::ClockControl control;
        control.set_unix_ms(std::chrono::duration_cast<std::chrono::milliseconds>(
                                std::chrono::system_clock::now().time_since_epoch())
                                .count());
        control.set_rate(1);
        (void)clock_->session().publish("anju/v1/clock", control.SerializeAsString(), 1);
    }
    /// The events of this kind that came up, the last first; waits for one that is wanted.
    template <class Wanted>
    std::optional<v1::DistrictEvent> event(const Wanted& wanted) {
        std::optional<v1::DistrictEvent> found;
        auto ticked = std::chrono::steady_clock::time_point{};
        (void)test::eventually(
            [&] {
                if (std::chrono::steady_clock::now() - ticked > 500ms) {
                    ticked = std::chrono::steady_clock::now();
                    tick();
                }
                for (const mqtt::Incoming& message : platform_->received()) {
                    v1::DistrictUplink uplink;
                    if (!uplink.ParseFromString(message.payload) || !uplink.has_event()) continue;
                    if (wanted(uplink.event())) found = uplink.event();
                }
                return found.has_value();
            },
            100s);  // how the box does goes up a minute after its start
        return found;
    }
    std::optional<v1::BoxCertificate> told(const std::string& fingerprint) {
        const auto health = event([&](const v1::DistrictEvent& one) {
            return one.box().certificate().fingerprint() == fingerprint;
        });
        if (!health) return std::nullopt;
        return health->box().certificate();
    }
    v1::CommandResult send(const std::string& id, const std::string& certificates) {
        v1::DistrictCommand command;
        command.set_command_id(id);
        command.set_gateway_id(test::Rig::gateway_id);
        command.set_issuer("authority");
        command.mutable_certificate()->set_certificates(certificates);
        EXPECT_TRUE(platform_->session().publish(
            fmt::format("anju/v1/district/{}/down/command", test::Rig::gateway_id),
            command.SerializeAsString(), 1));
        const auto answer = event(
            [&](const v1::DistrictEvent& one) { return one.command_result().command_id() == id; });
        EXPECT_TRUE(answer) << rig_->log("anjud");
        return answer ? answer->command_result() : v1::CommandResult{};
    }
    /// As anju-renew.service does.
    int put_in_place(std::string* said = nullptr) {
        int code = -1;
        const std::string out =
            rig_->ctl({"enrol", "--issued", "--root", folder_.path().string()}, &code);
        if (said != nullptr) *said = out;
        return code;
    }

    [[nodiscard]] std::string path(const std::string& name) const { return folder_.path() / name; }
    void put(const std::string& name, const std::string& text) const {
        std::ofstream(path(name)) << text;
    }

    const Validity good_{now() - 72h, now() + 24h * 90};
    const std::string key_ = *make_key();
    const Authority district_{*make_authority(key_, "District", "", good_), key_};
    const std::string server_key_ = *make_key();
    std::string first_;
    std::unique_ptr<test::Broker> broker_;
    std::unique_ptr<Station> platform_;
    std::unique_ptr<test::Rig> rig_;
    std::unique_ptr<Station> clock_;
};

TEST_F(Renewal, GoesOverTheLineThatTheOldCertificateOpens) {
    const auto asked = told(look_at(first_)->fingerprint);
    ASSERT_TRUE(asked) << rig_->log("anjud");
    EXPECT_EQ(asked->request(), file(place::district_request));
    EXPECT_EQ(asked->until_ms() / 1000, look_at(first_)->validity.until.time_since_epoch().count());

    const auto foreign_key = *make_key();
    const Authority foreign{*make_authority(foreign_key, "District", "", good_), foreign_key};
    const auto issue = [&](const std::string& request, const Validity& validity) {
        return *issue_client(district_, request, validity);
    };
    const std::pair<const char*, std::string> wrong[] = {
        {"no certificate", "-----BEGIN CERTIFICATE-----\n"},
        {"another key", issue(*make_request(foreign_key, test::Rig::gateway_id), good_)},
        {"box-0002", issue(*make_request(file(place::district_key), "box-0002"), good_)},
        {"not taken", *issue_client(foreign, asked->request(), good_)},
        {"ends no later", issue(asked->request(), {now() - 60h, now() + 23h})},
    };
    int refusals = 0;
    for (const auto& [what, certificates] : wrong) {
        const auto refused = send(fmt::format("wrong-{}", ++refusals), certificates);
        EXPECT_EQ(refused.status(), v1::CommandResult::STATUS_REFUSED) << what;
        EXPECT_NE(refused.text().find(what), std::string::npos) << refused.text();
    }
    EXPECT_FALSE(fs::exists(tree_.at(place::issued)));
    const auto status = boost::json::parse(rig_->ctl({"--json", "status"}));
    EXPECT_EQ(status.at("counters").at("bad_commands").to_number<int>(), refusals);

    const std::string next = issue(asked->request(), good_);
    const auto applied = send("issue-1", next);
    ASSERT_EQ(applied.status(), v1::CommandResult::STATUS_APPLIED) << applied.text();
    EXPECT_EQ(file(place::district), first_) << "anjud has no hand in /etc";
    EXPECT_EQ(send("issue-2", next).status(), v1::CommandResult::STATUS_ALREADY);

    // The power goes before root's hand has taken it; /run is a file system in memory. What somebody
    // has put in its place meanwhile is given up.
    rig_->kill_daemon();
    const fs::path kept = rig_->data_dir() / "district.issued";
    ASSERT_EQ(content(kept), next);
    std::ofstream(kept) << wrong[1].second;
    rig_->start_daemon();
    ASSERT_TRUE(rig_->daemon_ready(30s)) << rig_->log("anjud");
    EXPECT_FALSE(fs::exists(kept));
    EXPECT_FALSE(fs::exists(tree_.at(place::issued))) << "root would refuse it for ever";
    rig_->kill_daemon();
    std::ofstream(kept) << next;
    fs::remove_all(tree_.at("/run/anju"));
    fs::create_directories(tree_.at("/run/anju"));
    rig_->start_daemon();
    ASSERT_TRUE(rig_->daemon_ready(30s)) << rig_->log("anjud");
    std::string said;
    ASSERT_EQ(put_in_place(&said), 0) << said;
    EXPECT_EQ(file(place::district), next);
    EXPECT_TRUE(is_due(*services_due(tree_), place::district)) << "nobody would restart anjud";
    ASSERT_EQ(put_in_place(), 0) << "nothing waits";

    ASSERT_TRUE(rig_->stop_daemon(20s));
    rig_->start_daemon();
    ASSERT_TRUE(rig_->daemon_ready(30s)) << rig_->log("anjud");
    EXPECT_TRUE(test::eventually([this] {
        tick();  // a driven clock waits for somebody who drives it
        const auto now = boost::json::parse(rig_->ctl({"--json", "status"}));
        return std::ranges::all_of(now.at("links").as_array(), [](const boost::json::value& link) {
            return link.at("connected").as_bool();
        });
    })) << rig_->ctl({"--json", "status"});
    EXPECT_FALSE(fs::exists(tree_.at(place::issued)));
}

}  // namespace
}  // namespace anju::provision
