// A worker's calendar as a phone fetches it, and what becomes of it when the worker is absent.
#include <algorithm>
#include <map>
#include <sstream>

#include "tests/e2e/people_rig.hpp"

namespace anju::test {
namespace {

using namespace std::chrono_literals;
namespace json = boost::json;

struct Event {
    std::uint64_t sequence = 0;
    std::string day;  ///< "20260304"
    bool cancelled = false;
};

/// By UID.
std::map<std::string, Event> events_of(const std::string& feed) {
    std::map<std::string, Event> out;
    std::istringstream lines(feed);
    Event event;
    std::string uid;
    for (std::string line; std::getline(lines, line);) {
        if (line.ends_with('\r')) line.pop_back();
        if (line == "BEGIN:VEVENT") event = {};
        if (line.starts_with("UID:")) uid = line.substr(4);
        if (line.starts_with("SEQUENCE:")) event.sequence = std::stoull(line.substr(9));
        if (line.starts_with("DTSTART")) event.day = line.substr(line.rfind(':') + 1, 8);
        if (line == "STATUS:CANCELLED") event.cancelled = true;
        if (line == "END:VEVENT") out[uid] = event;
    }
    return out;
}

class Calendars : public Telling {
protected:
    void SetUp() override {
        set_clock(1min);  // changes of the directory are planned for together, a little later
        ASSERT_TRUE(eventually([&] {
            const auto week = ask({"rounds", "week"});
            return week.at("communities").at(0).at("planned").as_bool();
        }));
    }
    HttpSaid fetch(const std::string& worker) {
        return http("GET", text(ask({"rounds", "calendar", worker}), "url"));
    }
    std::map<std::string, Event> events(const std::string& worker) {
        return events_of(fetch(worker).body);
    }
};

TEST_F(Calendars, HoldTheTasksOfTheWeek) {
    const HttpSaid said = fetch("W1");
    ASSERT_EQ(said.status, 200U) << said.body;
    EXPECT_NE(said.head.find("text/calendar"), std::string::npos) << said.head;
    const auto week = ask({"rounds", "worker", "W1"});
    std::vector<std::string> days;
    for (const auto& community : week.at("communities").as_array()) {
        for (const auto& task : community.at("tasks").as_array()) {
            std::string day = text(task, "date");
            std::erase(day, '-');
            days.push_back(day);
        }
    }
    ASSERT_FALSE(days.empty()) << json::serialize(week);
    std::vector<std::string> shown;
    for (const auto& [uid, event] : events_of(said.body)) shown.push_back(event.day);
    std::ranges::sort(days);
    std::ranges::sort(shown);
    EXPECT_EQ(shown, days);
    EXPECT_EQ(http("GET", base_url + "/calendar/W1.ics").status, 404U) << "a guessed address";
}

TEST_F(Calendars, ChangeTheSequenceOfWhatAnAbsenceMoves) {
    const auto before = events("W1");
    const auto moved =
        std::ranges::max_element(before, {}, [](const auto& one) { return one.second.day; });
    ASSERT_NE(moved, before.end());
    const std::string& day = moved->second.day;
    const std::string date = day.substr(0, 4) + "-" + day.substr(4, 2) + "-" + day.substr(6);
    (void)ask({"rounds", "absent", "W1", date, date, "--as", "lin"});
    set_clock(2min);

    auto after = events("W1");
    const auto gone = after.find(moved->first);
    ASSERT_NE(gone, after.end()) << "a phone may keep what is simply missing";
    EXPECT_TRUE(gone->second.cancelled);
    EXPECT_GT(gone->second.sequence, moved->second.sequence);
    for (const auto& [uid, event] : after) {
        EXPECT_TRUE(event.day != day || event.cancelled) << uid << " is still theirs";
    }
    // Whoever has it now, the phones of both learn that it is not what it was.
    const auto others = events("W2");
    if (const auto found = others.find(moved->first); found != others.end()) {
        EXPECT_GT(found->second.sequence, moved->second.sequence);
        EXPECT_FALSE(found->second.cancelled);
    }
    rig->kill_daemon();
    start_daemon();
    EXPECT_TRUE(events("W1")[moved->first].cancelled) << "the next run knows it from the journal";
}

}  // namespace
}  // namespace anju::test
