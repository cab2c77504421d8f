// A box lives with people whose names, numbers and addresses are unlike anything else: alarms,
// messages, visits, complaints nobody understands, a withdrawn consent, restarts. Then every byte
// of every file that it wrote is searched for them.
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "access/access.hpp"
#include "anju/v1/sensor.pb.h"
#include "app/anjud/engine_directory.hpp"
#include "core/codec/codec.hpp"
#include "notify/service.hpp"
#include "runtime/gateway.hpp"
#include "store/files.hpp"
#include "tests/component/store/samples.hpp"
#include "tests/support/set_clock.hpp"

namespace anju::test {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace person {
constexpr auto resident = "欧阳奇异甲";
constexpr auto phone = "02369990001";
constexpr auto daughter = "欧阳奇异乙";
constexpr auto daughters_phone = "13999990002";
constexpr auto neighbour = "司马奇异丙";
constexpr auto address = "奇异路77号3单元9-1";
constexpr auto worker = "上官奇异丁";
constexpr auto workers_phone = "13999990003";
constexpr auto mail = "shangguan.qiyi@example.org";
constexpr auto lead = "诸葛奇异戊";
constexpr auto meter_key = "A1B2C3D4E5F60718293A4B5C6D7E8F90";
constexpr auto friendly = "卧室-欧阳奇异甲的门";
constexpr auto visit_note = "奇异访视：膝盖痛，想孙女";
constexpr auto closing_note = "奇异处置：锅烧干了";
constexpr auto consent_said_by = "女儿欧阳奇异乙代签";
constexpr auto garbage = "no protobuf but 欧阳奇异甲 all the same";
constexpr auto account = "Shangguan.Qiyi";
constexpr auto looked = "奇异细节";
}  // namespace person

const std::vector<std::string> all_of_them{
    person::resident,   person::phone,        person::daughter,        person::daughters_phone,
    person::neighbour,  person::address,      person::worker,          person::workers_phone,
    person::mail,       person::lead,         person::meter_key,       person::friendly,
    person::visit_note, person::closing_note, person::consent_said_by, person::garbage,
    person::account,    "shangguan.qiyi",     person::looked,          "奇异"};

std::string bytes_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// "what in which file", for all that is found.
std::vector<std::string> found_in(const fs::path& folder) {
    std::vector<std::string> out;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file()) continue;
        const std::string bytes = bytes_of(entry.path());
        for (const std::string& what : all_of_them) {
            if (bytes.find(what) != bytes.npos) {
                out.push_back(what + " in " + entry.path().filename().string());
            }
        }
    }
    return out;
}

std::shared_ptr<const vault::Keys> some_keys() {
    const std::string raw(vault::key_bytes, 'k');
    return vault::Keys::from(reinterpret_cast<const unsigned char*>(raw.data()), 1);
}

Community community() {
    Community out;
    out.id = CommunityId{"c1"};
    out.name = "金开社区";
    out.workers = {{.id = WorkerId{"w1"},
                    .name = person::worker,
                    .phone = person::workers_phone,
                    .email = person::mail},
                   {.id = WorkerId{"w2"}, .name = person::lead, .role = Role::community_lead}};
    return out;
}

Household home() {
    Household out;
    out.id = HouseholdId{"h1"};
    out.community = "c1";
    out.address = person::address;
    out.residents = {
        {.id = ResidentId{"r1"},
         .name = person::resident,
         .phone = person::phone,
         .contacts = {
             {.name = person::daughter, .phone = person::daughters_phone, .relation = "女儿"},
             {.name = person::neighbour,
              .phone = "13999990004",
              .relation = "邻居",
              .role = Role::neighbour}}}};
    const auto device = [](const char* name, SensorKind kind) {
        return Device{.id = DeviceId{name},
                      .kind = kind,
                      .label = name,
                      .driver = "native",
                      .address = name,
                      .sample_every = 1h,
                      .deliver_every = 1h};
    };
    out.devices = {device("water", SensorKind::water_meter), device("smoke", SensorKind::smoke),
                   device("door", SensorKind::door)};
    out.devices[0].key = person::meter_key;
    out.devices[2].label = person::friendly;
    out.rules.ladder.self_check_asks = 0;
    return out;
}

class DeafSensors final : public SensorLink {
public:
    void send(std::string, std::string) override {}
};

/// Sends up everything there is, which is more than the real one does.
class WholeDistrict final : public District {
public:
    [[nodiscard]] std::optional<Lane> lane_of(const Decision& decision) const override {
        return std::holds_alternative<AlertChanged>(decision.what) ? Lane::alarm : Lane::bulk;
    }
    [[nodiscard]] std::string encode(const Decision& decision, Lane,
                                     const Envelope&) const override {
        return anju::encode(decision);
    }
    [[nodiscard]] std::string encode(const BoxHealth&, BoxCause, const BoxWarnings&,
                                     const Envelope&) const override {
        return {};  // nothing personal is in it
    }
    void committed(std::span<const OutboxEvent>) override {}
};

/// Takes nothing, so that messages stay in the outbox.
class NoPost final : public notify::Channel {
public:
    [[nodiscard]] notify::Request prepare(const notify::Message& message, Instant) const override {
        notify::HttpRequest request;
        request.body = message.id;
        return request;
    }
    [[nodiscard]] notify::Answer judge(const notify::Reply&) const override {
        return {notify::Verdict::accepted, "ok"};
    }
    [[nodiscard]] std::vector<notify::Quota> quotas() const override { return {}; }
};

/// One life of the process.
struct Box {
    Box(const store::Options& options, SetClock& at)
        : clock(at),
          journal(open_journal(options, at.reading.wall)),
          gateway({}, clock, *journal, catalog, sensors, &district),
          directory(gateway.engine(), nullptr),
          service(notify::Router(router_options(), directory, nullptr),
                  notify::Dispatcher(
                      {}, {{"sms", notify::ChannelKind::sms, std::make_shared<NoPost>()}}),
                  clock, *journal, {[](const notify::Outgoing&) {}, [] {}}) {
        gateway.notify_through(&service);
        gateway.start().value();
        gateway.listening(true).value();
    }
    static notify::RouterOptions router_options() {
        notify::RouterOptions out;
        out.channels = {{"sms", notify::ChannelKind::sms, {}, {}, {}}};
        out.full_names = true;
        return out;
    }
    void pass(Duration time) {
        clock.reading.wall += time;
        clock.reading.steady += time;
        gateway.tick().value();
        service.tick();
        notify::Service::Pending pending = service.take_pending();
        gateway.write_notices(std::move(pending.changed)).value();
        static_cast<void>(gateway.add_notices(std::move(pending.added)).value());
        for (int i = 0; i < 1'000 && gateway.maintain().value(); ++i) {}
    }
    void take(const std::string& topic, const std::string& payload) {
        const Inbound one{Source::home, topic, payload, false, false};
        gateway.process({&one, 1}).value();
    }
    void says(const std::string& device, const char* lane, v1::SensorReading reading) {
        v1::SensorUplink message;
        message.set_device_id(device);
        message.set_boot_id(1);
        message.set_seq(static_cast<std::uint64_t>(to_unix_ms(clock.reading.wall)));
        reading.set_event_time_ms(to_unix_ms(clock.reading.wall));
        *message.add_readings() = std::move(reading);
        take("anju/v1/up/" + device + "/" + lane, message.SerializeAsString());
    }

    SetClock& clock;
    drivers::Catalog catalog;
    DeafSensors sensors;
    WholeDistrict district;
    std::unique_ptr<store::SqliteJournal> journal;
    Gateway gateway;
    EngineDirectory directory;
    notify::Service service;
};

class SealedBox : public testing::Test {
protected:
    [[nodiscard]] store::Options options(std::shared_ptr<const vault::Keys> keys) const {
        store::Options out = options_in(folder_.path());
        out.keys = std::move(keys);
        return out;
    }
    [[nodiscard]] result<std::unique_ptr<access::Access>> console(
        const std::shared_ptr<const vault::Keys>& keys) const {
        return access::Access::open({.data_dir = folder_.path(), .keys = keys},
                                    clock_.reading.wall);
    }

    /// Days of it; files are looked at by `look` while the box runs, its logs full.
    void live(const std::shared_ptr<const vault::Keys>& keys, const std::function<void()>& look) {
        {
            Box box(options(keys), clock_);
            box.gateway.set_communities({community()}, true).value();
            box.gateway.set_households({home()}, true).value();
            v1::SensorReading water;
            for (int i = 0; i < 50; ++i) {
                water.set_water_total_ml(1'000 + i);
                box.says("water", "data", water);
                box.pass(10min);
            }
            v1::SensorReading smoke;
            smoke.set_smoke(true);
            box.says("smoke", "alarm", smoke);
            box.pass(10min);  // nobody takes it: more and more are told
            work(box);
            box.take("anju/v1/up/smoke/data", person::garbage);
            box.take(std::string("anju/v1/up/") + person::friendly + "/data", "also no protobuf");
            people(keys);
            look();
        }
        {
            Box box(options(keys), clock_);
            box.pass(10min);
            withdraw(box);
            look();
            ASSERT_TRUE(box.gateway.stop());
        }
        look();
    }
    void work(Box& box) {
        const auto alerts = box.journal->reader().alerts(store::AlertFilter::all, {}).value();
        ASSERT_FALSE(alerts.empty());
        AlertCommand close;
        close.command_id = "c1";
        close.alert = std::get<AlertChanged>(alerts[0].what).alert.id;
        for (const AlertVerb verb :
             {AlertVerb::acknowledge, AlertVerb::on_site, AlertVerb::resolve, AlertVerb::close}) {
            close.command_id += "x";
            close.verb = verb;
            close.reason = ClosingReason::help_given;
            close.note = person::closing_note;
            close.actor = std::string("worker:") + person::worker;
            EXPECT_EQ(box.gateway.command({close, Instant{}})->status, CommandStatus::applied);
        }
        ContactRecorded visit;
        visit.command_id = "v1";
        visit.community = CommunityId{"c1"};
        visit.record.resident = ResidentId{"r1"};
        visit.record.worker = WorkerId{"w1"};
        visit.record.kind = TaskKind::home_visit;
        visit.record.outcome = Outcome::well;
        visit.record.start = clock_.reading.wall - 30min;
        visit.record.end = clock_.reading.wall - 5min;
        visit.record.form = {1, 1, 1, 1, 1, 1};
        visit.record.note = person::visit_note;
        visit.actor = person::worker;
        const auto visited = box.gateway.care(visit).value();
        EXPECT_EQ(visited.status, CommandStatus::applied) << visited.text;
    }
    void withdraw(Box& box) {
        const Consent no{ResidentId{"r1"},
                         SensorKind::water_meter,
                         ConsentState::withdrawn,
                         person::consent_said_by,
                         "form 3",
                         {},
                         person::lead};
        EXPECT_EQ(box.gateway.consent({"w1", HouseholdId{"h1"}, no})->status,
                  CommandStatus::applied);
        box.pass(10min);
        const auto erased = box.journal->reader().erasures(HouseholdId{"h1"}).value();
        ASSERT_EQ(erased.size(), 1U);
        EXPECT_NE(erased[0].erased_at, Instant{});
    }
    /// Somebody who looks through the console.
    void people(const std::shared_ptr<const vault::Keys>& keys) {
        const auto open = console(keys).value();
        if (open->accounts().any().value()) return;
        const auto made =
            open->finish_setup(person::account, "$argon2id$hash", "192.0.2.7", clock_.reading.wall);
        ASSERT_TRUE(made);
        ASSERT_TRUE(open->accounts().change(made->id, {.shown = person::worker}));
        ASSERT_TRUE(open->sessions().begin(made->id, "192.0.2.7", clock_.reading.wall));
        ASSERT_TRUE(open->audit().add({.account = made->id,
                                       .name = person::account,
                                       .action = "view_resident",
                                       .subject = "resident:r1",
                                       .detail = person::looked,
                                       .peer = "192.0.2.7"},
                                      clock_.reading.wall));
    }
    /// The box knows them all.
    void expect_whole(const std::shared_ptr<const vault::Keys>& keys) {
        Box box(options(keys), clock_);
        const auto view = box.gateway.engine().view(HouseholdId{"h1"});
        ASSERT_TRUE(view);
        EXPECT_EQ(view->household.address, person::address);
        EXPECT_EQ(view->household.residents.at(0).name, person::resident);
        EXPECT_EQ(view->household.devices.at(0).key, person::meter_key);
        const auto visits = box.journal->reader()
                                .contacts(unit_of(CommunityId{"c1"}), ResidentId{"r1"}, 10)
                                .value();
        ASSERT_EQ(visits.size(), 1U);
        EXPECT_EQ(visits[0].note, person::visit_note);
        const auto notices = box.journal->reader().notices({.limit = 100}).value();
        ASSERT_FALSE(notices.empty());
        const bool named = std::ranges::any_of(notices, [](const NoticeRow& row) {
            return row.bytes.find(person::workers_phone) != row.bytes.npos;
        });
        EXPECT_TRUE(named) << "somebody was told, at a number";
        EXPECT_EQ(box.journal->consents()->at(0).consent.said_by, person::consent_said_by);
        EXPECT_EQ(box.journal->damaged_rows(), 0U);
        EXPECT_EQ(console(keys).value()->accounts().named(person::account)->value().shown,
                  person::worker);
        EXPECT_EQ(console(keys).value()->audit().verify()->broken, std::nullopt);
    }

    TempDir folder_;
    SetClock clock_;
};

TEST_F(SealedBox, ShowsNobodyInAnyByteOfAnyFile) {
    live(some_keys(), [this] { EXPECT_EQ(found_in(folder_.path()), std::vector<std::string>{}); });
    expect_whole(some_keys());
    EXPECT_EQ(found_in(folder_.path()), std::vector<std::string>{});
}

/// That the search finds what lies open: every one of them, so that none is missed above because it
/// was never written.
TEST_F(SealedBox, WouldShowAllOfThemWithoutAKey) {
    std::vector<std::string> found;
    live({}, [&] {
        const auto now = found_in(folder_.path());
        found.insert(found.end(), now.begin(), now.end());
    });
    for (const std::string& what : all_of_them) {
        EXPECT_TRUE(std::ranges::any_of(found, [&](const std::string& one) {
            return one.starts_with(what);
        })) << what;
    }
}

TEST_F(SealedBox, ThatLivedOpenComesUnderAKey) {
    live({}, [] {});
    const fs::path aside = store::Files(folder_.path()).quarantine() / "0001-then";
    fs::create_directories(aside);
    fs::copy_file(folder_.path() / "anju.db", aside / "anju.db");
    ASSERT_FALSE(found_in(folder_.path()).empty());
    expect_whole(some_keys());
    EXPECT_EQ(found_in(folder_.path()), std::vector<std::string>{});
    expect_whole(some_keys());
}

TEST_F(SealedBox, IsNotOpenedWithoutItsKeyAndSaysWhatToDo) {
    live(some_keys(), [] {});
    const auto journal = store::SqliteJournal::open(options({}), clock_.reading.wall, 1);
    ASSERT_FALSE(journal);
    EXPECT_NE(journal.error().remedy.find("seal_key_file"), std::string::npos);
    EXPECT_FALSE(console({}));
    expect_whole(some_keys());
}

}  // namespace
}  // namespace anju::test
