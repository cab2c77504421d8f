#include "http/calendar_route.hpp"

#include <gtest/gtest.h>

#include <map>

#include "tests/support/set_clock.hpp"

namespace anju::http {
namespace {

class FakeShelf final : public CalendarShelf {
public:
    std::optional<std::uint32_t> generation(const WorkerId& worker) override {
        const auto found = generations.find(worker);
        if (found == generations.end()) return std::nullopt;
        return found->second;
    }
    std::string feed(const WorkerId& worker) override { return contents + worker.value; }

    std::map<WorkerId, std::uint32_t> generations{{WorkerId{"lin"}, 1}, {WorkerId{"周"}, 1}};
    std::string contents = "BEGIN:VCALENDAR ";
};

class CalendarRoute : public testing::Test {
protected:
    CalendarRoute() { add_calendar_route(router_, tokens_, shelf_, failures_, clock_); }
    Response get(const std::string& token, const std::string& if_none_match = {}) {
        Request request;
        request.method = "GET";
        request.path = "/calendar/" + token + ".ics";
        request.if_none_match = if_none_match;
        request.peer = "10.0.0.7";
        return router_.answer(request);
    }
    static std::string tag(const Response& response) {
        for (const auto& [name, value] : response.fields) {
            if (name == "ETag") return value;
        }
        return {};
    }

    test::SetClock clock_;
    CalendarTokens tokens_{std::string(32, 'k')};
    FakeShelf shelf_;
    Failures failures_;
    Router router_;
};

TEST_F(CalendarRoute, GivesAWorkerTheOwnFeed) {
    for (const char* worker : {"lin", "周"}) {
        const Response response = get(tokens_.token(WorkerId{worker}, 1));
        EXPECT_EQ(response.status, 200U);
        EXPECT_EQ(response.content_type, "text/calendar; charset=utf-8");
        EXPECT_EQ(response.body, shelf_.contents + worker);
    }
}

TEST_F(CalendarRoute, SaysThatNothingHasChangedWhenNothingHas) {
    const std::string token = tokens_.token(WorkerId{"lin"}, 1);
    const std::string before = tag(get(token));
    ASSERT_FALSE(before.empty());
    for (const std::string& field : {before, "W/" + before, "\"x\", " + before, std::string("*")}) {
        const Response response = get(token, field);
        EXPECT_EQ(response.status, 304U) << field;
        EXPECT_TRUE(response.body.empty());
        EXPECT_EQ(tag(response), before);
    }
    EXPECT_EQ(get(token, "\"x\"").status, 200U);
    shelf_.contents += "changed ";
    EXPECT_EQ(get(token, before).status, 200U);
}

TEST_F(CalendarRoute, DoesNotKnowAnAddressOfAnEarlierGeneration) {
    const std::string lost = tokens_.token(WorkerId{"lin"}, 1);
    shelf_.generations[WorkerId{"lin"}] = 2;
    EXPECT_EQ(get(lost).status, 404U);
    EXPECT_EQ(get(tokens_.token(WorkerId{"lin"}, 2)).status, 200U);
}

TEST_F(CalendarRoute, DoesNotKnowWhatAnotherKeyOrWorkerSealed) {
    const CalendarTokens stranger(std::string(32, 'x'));
    const std::string lin = tokens_.token(WorkerId{"lin"}, 1);
    const std::string other = tokens_.token(WorkerId{"周"}, 1);
    const std::string mixed = lin.substr(0, lin.find('.')) + other.substr(other.find('.'));
    for (const std::string& token :
         {stranger.token(WorkerId{"lin"}, 1), mixed, tokens_.token(WorkerId{"nobody"}, 1),
          lin.substr(0, lin.size() - 1), lin + "A", lin.substr(0, lin.find('.')), std::string("."),
          std::string("!!.!!")}) {
        EXPECT_EQ(get(token).status, 404U) << token;
        failures_ = {};
    }
}

TEST_F(CalendarRoute, TurnsAwayWhoeverGuesses) {
    for (int i = 0; i < 6; ++i) EXPECT_EQ(get("guess").status, 404U);
    EXPECT_EQ(get("guess").status, 429U);
    EXPECT_EQ(get(tokens_.token(WorkerId{"lin"}, 1)).status, 200U);
}

}  // namespace
}  // namespace anju::http
