// The report of a drill, read as a browser reads it.
#include "firmware-sim/drill/report_page.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace anju::sim {
namespace {

using namespace std::chrono_literals;

/// What a page says: its texts in their order, and the elements that were opened and closed.
struct Read {
    std::vector<std::string> texts;
    std::vector<std::string> tags;  ///< with their attributes
    std::string fault;              ///< the first element that is not closed where it should be

    [[nodiscard]] bool says(std::string_view text) const {
        return std::ranges::find(texts, text) != texts.end();
    }
    [[nodiscard]] auto count(std::string_view tag) const { return std::ranges::count(tags, tag); }
};

Read read(const std::string& html) {
    Read out;
    std::vector<std::string> open;
    std::size_t at = 0;
    while (at < html.size()) {
        const auto begins = html.find('<', at);
        if (begins > at) out.texts.push_back(html.substr(at, begins - at));
        if (begins == std::string::npos) break;
        const auto ends = html.find('>', begins);
        const auto tag = html.substr(begins + 1, ends - begins - 1);
        at = ends + 1;
        const auto name = tag.substr(0, tag.find(' '));
        if (name == "!DOCTYPE" || name == "meta" || name == "br") continue;
        if (name.front() != '/') {
            open.push_back(name);
            out.tags.push_back(tag);
        } else if (open.empty() || open.back() != name.substr(1)) {
            if (out.fault.empty()) out.fault = tag;
        } else {
            open.pop_back();
        }
    }
    if (!open.empty() && out.fault.empty()) out.fault = open.back();
    return out;
}

class DrillReportPage : public testing::Test {
protected:
    DrillReportPage() {
        score = judge(scenario, midnight,
                      {{.id = "A1",
                        .household = "h1",
                        .kind = AlertKind::smoke,
                        .device = "h1-smoke",
                        .priority = Priority::p1,
                        .state = AlertState::acknowledged,
                        .raised_at = midnight + 11h + 42min + 20s,
                        .told = {Role::grid_worker, Role::street_centre, Role::grid_worker},
                        .answered_by = {"link:worker:<W1>"}},
                       {.id = "A2",
                        .household = "h1",
                        .kind = AlertKind::flood,
                        .device = {},
                        .priority = Priority::p3,
                        .state = AlertState::open,
                        .raised_at = midnight + 12h,
                        .told = {},
                        .answered_by = {}}});
    }
    [[nodiscard]] Read page(ReportLanguage language, bool aborted = false,
                            bool staff = true) const {
        return read(report_page({.scenario = scenario,
                                 .score = score,
                                 .box = {"box-1", "0.1.0", {}, true, true},
                                 .began = scenario.start,
                                 .ended = scenario.start + scenario.lasts,
                                 .staff = staff,
                                 .aborted = aborted},
                                language));
    }

    Scenario scenario = load_scenario("smoke-cooking").value();
    Instant midnight = scenario.start - 11h - 30min;
    Score score;
};

TEST_F(DrillReportPage, IsWellFormedAndFetchesNothing) {
    for (const auto language : {ReportLanguage::zh, ReportLanguage::en}) {
        const auto seen = page(language);
        EXPECT_EQ(seen.fault, "");
        for (const auto& tag : seen.tags) {
            EXPECT_EQ(tag.find("src="), std::string::npos) << tag;
            EXPECT_EQ(tag.find("href="), std::string::npos) << tag;
            EXPECT_NE(tag.substr(0, 6), "script");
        }
    }
}

TEST_F(DrillReportPage, SaysWhatCameAfterHowLongWhoWasToldAndWhoAnswered) {
    const auto seen = page(ReportLanguage::en);
    EXPECT_TRUE(seen.says("Passed: everything expected was met"));
    EXPECT_EQ(seen.count("tr class=\"expectation\" data-met=\"true\""), 3);
    EXPECT_TRUE(seen.says("20 s"));
    EXPECT_TRUE(seen.says("P1"));
    EXPECT_TRUE(seen.says("grid worker, street centre")) << "each once";
    EXPECT_TRUE(seen.says("link:worker:&lt;W1&gt;")) << "escaped";
    EXPECT_EQ(seen.count("tr class=\"unexpected\""), 1) << "the flood";
    EXPECT_TRUE(page(ReportLanguage::zh).says("网格员、镇街指挥中心"));
    EXPECT_TRUE(page(ReportLanguage::en, false, false)
                    .says("maintainer (for: grid worker, street centre)"));
}

TEST_F(DrillReportPage, NamesBoxVersionAndTheContentOfTheScenario) {
    const auto seen = page(ReportLanguage::zh);
    for (const auto* text : {"box-1", "0.1.0", "2026-03-02 11:30:00 – 2026-03-02 12:15:00",
                             "做饭时烟感报警 (smoke-cooking)", "演练负责人签字", "见证人签字"}) {
        EXPECT_TRUE(seen.says(text)) << text;
    }
    const auto hash = [](const Read& of) {
        const auto found = std::ranges::find_if(of.texts, [](const std::string& text) {
            return text.size() == 64 &&
                   text.find_first_not_of("0123456789abcdef") == std::string::npos;
        });
        return found == of.texts.end() ? std::string() : *found;
    };
    const auto before = hash(seen);
    EXPECT_NE(before, "");
    scenario.text += " ";
    EXPECT_NE(hash(page(ReportLanguage::zh)), before);
}

TEST_F(DrillReportPage, SaysWhatWasMissedAndNeverThatAnAbortedDrillPassed) {
    score = judge(scenario, midnight, {});
    const auto missed = page(ReportLanguage::en);
    EXPECT_TRUE(missed.says("Not passed: not everything was met"));
    EXPECT_TRUE(missed.says("it did not come"));
    EXPECT_EQ(missed.count("tr class=\"expectation\" data-met=\"false\""), 1);
    EXPECT_TRUE(page(ReportLanguage::zh).says("没有出现"));
    score = judge(scenario, midnight, score.alerts);
    const auto aborted = page(ReportLanguage::zh, true);
    EXPECT_TRUE(aborted.says("已中止：演练没有做完，结果不作数"));
    EXPECT_FALSE(aborted.says("通过：预期全部满足"));
}

}  // namespace
}  // namespace anju::sim
