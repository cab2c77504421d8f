// An update that was taken back is told to the district: the updater writes its record, anjud finds
// it, and the event goes through the store and a real broker to whoever holds the rollout there.
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <thread>

#include "anju/v1/event.pb.h"
#include "app/anjud/box_watch.hpp"
#include "system/system_clock.hpp"
#include "tests/component/mqtt/station.hpp"
#include "tests/support/broker.hpp"
#include "update/debian_box.hpp"

namespace anju::update {
namespace {

using test::eventually;
using test::Station;
using namespace std::chrono_literals;

/// The machine's clock, which a test lets run ahead.
class HurriedClock final : public Clock {
public:
    [[nodiscard]] ClockReading read() const override {
        ClockReading out = real_.read();
        out.wall += ahead_.load();
        out.steady += ahead_.load();
        out.state = ClockState::synchronised;
        return out;
    }
    [[nodiscard]] std::chrono::nanoseconds until(Instant at) const override {
        return real_.until(at - ahead_.load());
    }
    void pass(std::chrono::seconds time) { ahead_ = ahead_.load() + time; }

private:
    system::SystemClock real_;
    std::atomic<std::chrono::seconds> ahead_{std::chrono::seconds{}};
};

/// Packages, and how the gateway does, are made up; what is written down lies where the real one
/// writes it.
class SickBox final : public Box {
public:
    explicit SickBox(const std::filesystem::path& state) : disk_(places(state)) {}

    result<Facts> look(Look what) override {
        Facts out;
        out.now = std::chrono::floor<Duration>(std::chrono::system_clock::now());
        out.installed = installed_;
        out.room = 1'000;
        if (what == Look::all && installed_ == "1")
            out.offers = {{.version = "2", .way_back = true}};
        return out;
    }
    result<void> save(const Record& record) override { return disk_.save(record); }
    result<void> prepare(const std::string& /*from*/, const std::string& /*to*/) override {
        return {};
    }
    Put install(const std::string& version) override {
        installed_ = version;
        return {};
    }
    result<void> put_back(const std::string& version) override {
        installed_ = version;
        return {};
    }
    void forget_others(const std::string& /*one*/, const std::string& /*other*/) override {}
    Health health() override {
        Health out{.active = true, .answers = true, .version = installed_, .pid = 1, .epoch = 1};
        if (installed_ == "1") out.links = {"home"};
        return out;
    }
    HomeBroker home_broker() override { return {}; }
    void restart_home_broker() override {}
    Duration steady() override { return clock_; }
    void pause(Duration length) override { clock_ += length; }
    void tell(const Action& /*action*/, const Record& /*record*/) override {}
    void tell_end(const Record& /*record*/) override {}

private:
    static Places places(const std::filesystem::path& state) {
        Places out;
        out.state = state;
        return out;
    }
    DebianBox disk_;
    std::string installed_ = "1";
    Duration clock_{};
};

class UpdateTakenBack : public testing::Test {
protected:
    void SetUp() override {
        if (!test::Broker::installed()) GTEST_SKIP() << "mosquitto is not installed";
        home_ = std::make_unique<test::Broker>();
        district_ = std::make_unique<test::Broker>();
        const auto secret = folder_.path() / "password";
        std::ofstream(secret) << "correct horse\n";
        std::filesystem::permissions(secret, std::filesystem::perms{0600});
        const auto reached = [&](const test::Broker& broker) {
            config::Broker out;
            out.uri = broker.uri();
            out.username = "anju";
            out.password_file = secret;
            return out;
        };
        config_.gateway_id = "box-0001";
        config_.data_dir = folder_.path() / "data";
        std::filesystem::create_directory(config_.data_dir);
        std::filesystem::create_directory(updates());
        config_.ballast_bytes = 0;
        config_.home = reached(*home_);
        config_.district = reached(*district_);
        config_.spread_reconnect = 0ms;
        listen();
        store::Options options;
        options.data_dir = config_.data_dir;
        options.ballast_bytes = 0;
        auto journal = store::SqliteJournal::open(options, machine_.read().wall, 1);
        ASSERT_TRUE(journal) << journal.error().text();
        journal_ = std::move(*journal);
        daemon_ = std::make_unique<Daemon>(config_, loop_, clock_, nullptr, *journal_);
        watch_ = std::make_unique<BoxWatch>(config_, machine_, loop_, *daemon_, *journal_,
                                            updates() / "record.json");
        const auto started = daemon_->start([this] {
            EXPECT_TRUE(watch_->tick());
            ++ticks_;
        });
        ASSERT_TRUE(started) << started.error().text();
        thread_ = std::thread([this] { loop_.run(); });
    }
    ~UpdateTakenBack() override {
        if (!thread_.joinable()) return;
        daemon_->stop([this] { loop_.stop(); });
        thread_.join();
    }

    void listen() {
        platform_ = std::make_unique<Station>(
            test::options(*district_, "platform", {{"anju/v1/district/box-0001/up/bulk", 1}}));
        ASSERT_TRUE(platform_->up());
    }
    [[nodiscard]] std::filesystem::path updates() const { return folder_.path() / "updates"; }
    /// By its number: what nobody acknowledges comes again.
    std::map<std::uint64_t, v1::BoxHealth> reports() {
        std::map<std::uint64_t, v1::BoxHealth> out;
        for (const mqtt::Incoming& message : platform_->received()) {
            v1::DistrictUplink uplink;
            EXPECT_TRUE(uplink.ParseFromString(message.payload));
            if (uplink.event().has_box()) out[uplink.event().seq()] = uplink.event().box();
        }
        return out;
    }
    std::vector<v1::BoxHealth> of_updates() {
        std::vector<v1::BoxHealth> out;
        for (const auto& [seq, report] : reports()) {
            if (report.cause() == v1::BoxHealth::CAUSE_UPDATE) out.push_back(report);
        }
        return out;
    }
    /// Minutes of the machine, in each of which anjud looks at the record and may report.
    void minutes_pass(int count) {
        for (; count > 0; --count) {
            machine_.pass(61s);
            const int from = ticks_;
            ASSERT_TRUE(eventually([&] { return ticks_ >= from + 2; }));
        }
    }
    bool is_told() {
        for (int tries = 0; tries < 6 && of_updates().empty(); ++tries) minutes_pass(1);
        return !of_updates().empty();
    }
    void take_back() {
        SickBox box(updates());
        const auto came = run(box, {}, {}, {.any_time = true});
        ASSERT_TRUE(came) << came.error().text();
        ASSERT_EQ(came->record.ending, Ending::rolled_back);
    }

    test::TempDir folder_;
    std::unique_ptr<test::Broker> home_;
    std::unique_ptr<test::Broker> district_;
    std::unique_ptr<Station> platform_;
    config::Config config_;
    system::SystemClock clock_;
    HurriedClock machine_;
    Loop loop_;
    std::unique_ptr<store::SqliteJournal> journal_;
    std::unique_ptr<Daemon> daemon_;
    std::unique_ptr<BoxWatch> watch_;
    std::atomic<int> ticks_ = 0;
    std::thread thread_;
};

TEST_F(UpdateTakenBack, ReachesTheDistrictOnceWithBothVersionsAndTheReason) {
    machine_.pass(61s);
    ASSERT_TRUE(eventually([&] { return reports().size() == 1; }));
    EXPECT_EQ(reports().begin()->second.cause(), v1::BoxHealth::CAUSE_STARTED);
    take_back();
    ASSERT_TRUE(is_told());
    const v1::BoxUpdate told = of_updates().front().update();
    EXPECT_EQ(told.outcome(), v1::BoxUpdate::OUTCOME_ROLLED_BACK);
    EXPECT_EQ(told.from_version(), "1");
    EXPECT_EQ(told.to_version(), "2");
    EXPECT_EQ(told.reason(), "link:home");
    EXPECT_GT(told.ended_ms(), 0);
    ASSERT_EQ(told.refused_size(), 1);
    EXPECT_EQ(told.refused(0), "2");
    minutes_pass(3);
    EXPECT_EQ(of_updates().size(), 1U) << "told again";
}

TEST_F(UpdateTakenBack, ReachesADistrictThatWasAwayMeanwhile) {
    machine_.pass(61s);
    ASSERT_TRUE(eventually([&] { return reports().size() == 1; }));
    platform_.reset();
    district_->kill();
    take_back();
    minutes_pass(3);
    district_->start();
    listen();
    ASSERT_TRUE(eventually([&] { return !of_updates().empty(); }, 40s)) << district_->log();
    EXPECT_EQ(of_updates().front().update().outcome(), v1::BoxUpdate::OUTCOME_ROLLED_BACK);
}

}  // namespace
}  // namespace anju::update
