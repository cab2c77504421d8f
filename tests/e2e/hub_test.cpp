// A fleet of homes at a hub: everything they say is on its disk once, nothing waits at the end.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <map>
#include <set>
#include <sstream>

#include "core/codec/codec.hpp"
#include "store/store_reader.hpp"
#include "tests/e2e/rig.hpp"

namespace anju::test {
namespace {

using namespace std::chrono_literals;
using boost::json::value;

class Hub : public testing::Test {
protected:
    explicit Hub(const std::string& config = "[drill]\nallowed = true\n")
        : rig({.homes = 1, .district = false, .extra_config = config}) {
        rig.start_daemon();
    }
    void SetUp() override { ASSERT_TRUE(rig.daemon_ready(30s)) << rig.log("anjud"); }
    std::vector<value> fleet(std::vector<std::string> more) {
        more.insert(more.begin(), {"fleet", "--control", (rig.dir() / "control.sock").string(),
                                   "--json", "--watch-pid", std::to_string(rig.daemon().pid())});
        said = rig.sim(more);
        std::vector<value> out;
        std::istringstream lines(said);
        for (std::string line; std::getline(lines, line);) {
            if (line.starts_with('{')) out.push_back(boost::json::parse(line));
        }
        return out;
    }
    std::size_t homes() {
        return boost::json::parse(rig.ctl({"status"})).at("households").to_number<std::size_t>();
    }

    Rig rig;
    std::string said;
};

TEST_F(Hub, OfFiftyHomesHasEverythingOnItsDiskOnce) {
    const auto lines =
        fleet({"--homes", "50", "--every", "1", "--alarm-rate", "5", "--seconds", "3"});
    ASSERT_GE(lines.size(), 3U) << said;
    for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
        EXPECT_FALSE(lines[i].at("final").as_bool()) << said;
    }
    const value& end = lines.back();
    EXPECT_TRUE(end.at("final").as_bool());
    const auto sent = end.at("sent").to_number<std::uint64_t>();
    EXPECT_GE(sent, 700U) << "three seconds of 250 sensors";
    EXPECT_EQ(end.at("acked").to_number<std::uint64_t>(), sent);
    EXPECT_EQ(end.at("unacknowledged").to_number<int>(), 0);
    EXPECT_EQ(end.at("refused").to_number<int>(), 0);
    const auto alarms = end.at("alarm").at("count").to_number<std::uint64_t>();
    EXPECT_GE(alarms, 10U);
    EXPECT_GT(end.at("bulk").at("p50_ms").to_number<double>(), 0);
    EXPECT_LE(end.at("bulk").at("p50_ms").to_number<double>(),
              end.at("bulk").at("p99_ms").to_number<double>());
    EXPECT_GT(end.at("watched").at("mib").to_number<double>(), 1);
    EXPECT_EQ(homes(), 0U) << "the homes were taken off";

    (void)rig.stop_daemon(20s);
    auto reader = store::StoreReader::open(rig.data_dir());
    ASSERT_TRUE(reader) << reader.error().text();
    std::set<std::pair<std::string, std::uint64_t>> seen;
    std::uint64_t rows = 0;
    const auto read = (*reader)->inputs_after(0, [&](const JournalEntry& entry) {
        const auto input = decode_input(entry.bytes);
        const auto* observation = input ? std::get_if<Observation>(&*input) : nullptr;
        if (observation == nullptr) return true;
        ++rows;
        seen.emplace(observation->device.value, observation->sequence->number);
        return true;
    });
    ASSERT_TRUE(read);
    EXPECT_EQ(rows, sent);
    EXPECT_EQ(seen.size(), sent);
}

class HubInService : public Hub {
protected:
    HubInService() : Hub("") {}
};

TEST_F(HubInService, IsNotGivenHomesThatDoNotExist) {
    EXPECT_TRUE(fleet({"--homes", "2", "--seconds", "1"}).empty());
    EXPECT_NE(said.find("homes that do not exist are drills, and not allowed on this hub"),
              std::string::npos)
        << said;
    EXPECT_EQ(homes(), 0U);
}

}  // namespace
}  // namespace anju::test
