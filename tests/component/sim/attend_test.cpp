// A simulator that stands ready, beside a box that is played here.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/wait.h>

#include <atomic>
#include <csignal>
#include <fstream>
#include <future>
#include <sstream>

#include "firmware-sim/drill/drill_lock.hpp"
#include "tests/component/control/serving.hpp"
#include "tests/support/child.hpp"

namespace anju::control {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr auto patience = 60s;

boost::json::object status() {
    return {{"gateway_id", "box"},
            {"version", "0.1.0"},
            {"now", "2026-03-02T07:00:00.000+08:00"},
            {"clock", "real"},
            {"drill", {{"allowed", true}, {"homes", 0}}}};
}

class AnAttendant : public Serving {
protected:
    AnAttendant() {
        std::ofstream(folder_ / "password") << "p\n";
        std::filesystem::permissions(folder_ / "password", std::filesystem::perms::owner_read);
    }
    ~AnAttendant() override { stop(); }

    /// A box with a home of a killed drill, one of a drill that is not this program's, and one
    /// where somebody lives. Says when drill.attend was called so many times.
    [[nodiscard]] Reply box(const Request& request) {
        if (request.method == "status") return {status(), {}};
        if (request.method == "residents.list") {
            return {boost::json::object{{"households",
                                         {{{"household", "drill-h1"}, {"drill", "maintainers"}},
                                          {{"household", "replay-h1"}, {"drill", "maintainers"}},
                                          {{"household", "drill-h2"}, {"drill", nullptr}}}}},
                    {}};
        }
        if (request.method == "drill.attend") {
            if (++calls_ == 3) thrice_.set_value();
            return {boost::json::object{{"play", nullptr}, {"stop", false}}, {}};
        }
        return {boost::json::object{}, {}};
    }
    [[nodiscard]] bool called_thrice() {
        return thrice_.get_future().wait_for(patience) == std::future_status::ready;
    }
    [[nodiscard]] test::Child attend() {
        return test::Child({ANJU_SIM, "attend", "--broker", "mqtt://127.0.0.1:1", "--credentials",
                            folder_ / "password", "--control", options_.path},
                           log_);
    }
    [[nodiscard]] std::string said() const {
        std::stringstream out;
        out << std::ifstream(log_).rdbuf();
        return out.str();
    }
    [[nodiscard]] std::vector<std::string> removed() {
        std::vector<std::string> out;
        for (const auto& request : requests()) {
            if (request.method != "residents.remove") continue;
            out.emplace_back(request.params.at("household").as_string());
        }
        return out;
    }
    static int exit_status(test::Child& child) {
        const auto status = child.wait(patience);
        return status && WIFEXITED(*status) ? WEXITSTATUS(*status) : -1;
    }

    const std::filesystem::path log_ = folder_ / "attend.log";

private:
    int calls_ = 0;
    std::promise<void> thrice_;
};

TEST_F(AnAttendant, TakesOffTheHomesThatAKilledDrillLeft) {
    ASSERT_TRUE(serve([this](const Request& request) { return box(request); }));
    test::Child simulator = attend();
    ASSERT_TRUE(called_thrice()) << said();
    simulator.signal(SIGTERM);
    EXPECT_EQ(exit_status(simulator), 0) << said();
    EXPECT_THAT(removed(), ElementsAre("drill-h1")) << "once, and nobody else's";
}

TEST_F(AnAttendant, LeavesTheHomesOfADrillThatIsBeingPlayed) {
    ASSERT_TRUE(serve([this](const Request& request) { return box(request); }));
    const sim::DrillLock played(options_.path);
    ASSERT_EQ(played.state(), sim::DrillLock::State::held);
    test::Child simulator = attend();
    ASSERT_TRUE(called_thrice()) << said();
    EXPECT_THAT(removed(), ElementsAre());
}

TEST_F(AnAttendant, EndsWithTheReasonWhenTheBoxRefusesToSayHowItIs) {
    ASSERT_TRUE(serve([](const Request&) { return Reply::failed({"not for you", "status", ""}); }));
    test::Child simulator = attend();
    EXPECT_EQ(exit_status(simulator), 1);
    EXPECT_THAT(said(), HasSubstr("not for you"));
}

TEST_F(AnAttendant, EndsWithTheReasonWhenThePathIsNoSocket) {
    std::ofstream(options_.path) << "a file";
    test::Child simulator = attend();
    EXPECT_EQ(exit_status(simulator), 1);
    EXPECT_THAT(said(), HasSubstr("name the gateway's control socket"));
}

TEST_F(AnAttendant, WaitsForABoxThatDoesNotAnswerAndSaysWhyOnce) {
    std::promise<void> again;
    std::atomic<int> asked = 0;
    // What is no answer of today's box, after it was reached: it may be updated just now.
    ASSERT_TRUE(serve([&](const Request& request) {
        if (request.method == "status") {
            const int n = ++asked;
            if (n == 5) again.set_value();
            if (n == 2 || n == 3) return Reply{boost::json::value("?"), {}};
        }
        return box(request);
    }));
    test::Child simulator = attend();
    ASSERT_EQ(again.get_future().wait_for(patience), std::future_status::ready) << said();
    simulator.signal(SIGTERM);
    EXPECT_EQ(exit_status(simulator), 0) << said();
    const auto log = said();
    const auto first = log.find("waiting for the box");
    ASSERT_NE(first, std::string::npos) << log;
    EXPECT_EQ(log.find("waiting for the box", first + 1), std::string::npos) << log;
    EXPECT_THAT(log, HasSubstr("the box answers"));
}

}  // namespace
}  // namespace anju::control
