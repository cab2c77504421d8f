// Every rule of the house, shown something that breaks it and something that only looks so.
#include "tests/tidy/rules.hpp"

#include <gtest/gtest.h>

#include <string>

namespace anju::tidy {
namespace {

/// Line of the only finding; 9999 when there is not exactly one.
std::size_t only_line(const Findings& findings) {
    return findings.size() == 1 ? findings.front().line : 9999;
}

TEST(Comments, AreBlankedAndNothingElseIs) {
    EXPECT_EQ(without_comments("a // b\nc"), "a     \nc");
    EXPECT_EQ(without_comments("a /* b\nc */ d"), "a     \n     d");
    EXPECT_EQ(without_comments("\"// no\" 'x' // yes"), "\"// no\" 'x'       ");
    EXPECT_EQ(without_comments("1'000 // x"), "1'000     ");
    EXPECT_EQ(without_comments("R\"x(// \" no)x\" // y"), "R\"x(// \" no)x\"     ");
    EXPECT_EQ(without_comments("\"\\\"// no\""), "\"\\\"// no\"");
}

TEST(Words, EndWhereLettersEnd) {
    EXPECT_EQ(find_word("std::random()", "std::rand"), std::string_view::npos);
    EXPECT_EQ(find_word("x = std::rand();", "std::rand"), 4U);
    EXPECT_EQ(find_word("boost::asio::post", "asio"), 7U);
    EXPECT_EQ(find_word("fantasio", "asio"), std::string_view::npos);
    EXPECT_EQ(find_word("steady_clock::now()", "::now("), 12U);
}

TEST(CoreIsPure, FindsEachThingThatIsNotHandedIn) {
    for (const char* bad :
         {"#include <boost/asio/post.hpp>", "#include <thread>", "#include <random>",
          "#include <sqlite3.h>", "auto t = std::chrono::system_clock::now();",
          "std::getenv(\"X\");", "#include <fstream>"}) {
        const std::string text = std::string("// head\n") + bad + "\n";
        EXPECT_GE(core_is_pure({{"gateway/core/a.cpp", text}}).size(), 1U) << bad;
        EXPECT_GE(core_is_pure({{"drivers/x/a.hpp", text}}).size(), 1U) << bad;
        EXPECT_TRUE(core_is_pure({{"gateway/runtime/a.cpp", text}}).empty()) << bad;
    }
}

TEST(CoreIsPure, AllowsTheStandardLibraryAndSpeakingOfAsio) {
    EXPECT_TRUE(core_is_pure({{"gateway/core/a.cpp", "// no asio\n#include <vector>\n"}}).empty());
    EXPECT_EQ(only_line(core_is_pure({{"gateway/core/a.cpp", "//\n#include <fmt/core.h>\n"}})), 2U);
    EXPECT_TRUE(core_is_pure({{"drivers/a.cpp", "#include <boost/json.hpp>\n"}}).empty());
}

TEST(Arrows, PointInward) {
    const auto check = [](const char* path, const char* include) {
        return arrows_point_inward({{path, std::string("#include \"") + include + "\"\n"}}).empty();
    };
    EXPECT_TRUE(check("gateway/core/detect/a.cpp", "core/engine.hpp"));
    EXPECT_FALSE(check("gateway/core/a.cpp", "base/result.hpp"));
    EXPECT_FALSE(check("gateway/core/a.cpp", "runtime/clock.hpp"));
    EXPECT_TRUE(check("drivers/native/a.cpp", "anju/v1/sensor.pb.h"));
    EXPECT_FALSE(check("drivers/native/a.cpp", "runtime/clock.hpp"));
    EXPECT_TRUE(check("gateway/runtime/a.cpp", "drivers/driver.hpp"));
    EXPECT_FALSE(check("gateway/runtime/a.cpp", "store/database.hpp"));
    EXPECT_FALSE(check("gateway/runtime/a.cpp", "gateway/store/database.hpp"));
    EXPECT_TRUE(check("gateway/uplink/a.cpp", "anju/v1/event.pb.h"));
    EXPECT_FALSE(check("gateway/store/a.cpp", "anju/v1/event.pb.h"));
    EXPECT_FALSE(check("gateway/store/a.cpp", "mqtt/session.hpp"));
    EXPECT_TRUE(check("gateway/app/anjud/a.cpp", "store/database.hpp"));
    EXPECT_FALSE(check("gateway/app/anjud/a.cpp", "tests/support/broker.hpp"));
    EXPECT_FALSE(check("gateway/app/anjud/a.cpp", "firmware-sim/homes/person.hpp"));
    EXPECT_FALSE(check("firmware-sim/a.cpp", "runtime/gateway.hpp"));
    EXPECT_TRUE(check("tests/component/a.cpp", "firmware-sim/homes/person.hpp"));
    EXPECT_TRUE(check("tests/component/a.cpp", "support/broker.hpp"));
    EXPECT_FALSE(check("gateway/app/a.cpp", "support/broker.hpp"));
}

TEST(Arrows, WantWholePathsAndAKnownFolder) {
    const auto check = [](const char* path, const char* line) {
        return arrows_point_inward({{path, line}}).size();
    };
    EXPECT_EQ(check("gateway/core/a.cpp", "#include \"a.hpp\"\n"), 0U);
    EXPECT_EQ(check("gateway/core/a.cpp", "#include \"../store/a.hpp\"\n"), 1U);
    EXPECT_EQ(check("gateway/novelty/a.cpp", "#include \"core/engine.hpp\"\n"), 1U);
    EXPECT_EQ(check("gateway/core/a.cpp", "  #  include \"store/a.hpp\"\n"), 1U);
    EXPECT_EQ(check("gateway/core/a.cpp", "// #include \"store/a.hpp\"\n"), 0U);
}

TEST(Headers, MayNotIncludeAsioOrBeast) {
    const std::string asio = "#include <boost/asio/io_context.hpp>\n";
    EXPECT_EQ(only_line(headers_are_light({{"gateway/mqtt/a.hpp", asio}})), 1U);
    EXPECT_TRUE(headers_are_light({{"gateway/mqtt/a.cpp", asio}}).empty());
    EXPECT_FALSE(headers_are_light({{"drivers/a.hpp", "#include <boost/beast.hpp>\n"}}).empty());
    EXPECT_TRUE(headers_are_light({{"tests/unit/a.hpp", asio}}).empty()) << "included once";
}

std::string lines(std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += "x\n";
    return text;
}

TEST(LongFiles, AreFoundUnlessListedAndTheListOnlyShrinks) {
    EXPECT_TRUE(files_are_short({{"a.cpp", lines(400)}}, "").empty());
    EXPECT_FALSE(files_are_short({{"a.cpp", lines(401)}}, "").empty());
    EXPECT_TRUE(files_are_short({{"a.cpp", lines(450)}}, "# why\na.cpp 450\n").empty());
    EXPECT_FALSE(files_are_short({{"a.cpp", lines(451)}}, "a.cpp 450\n").empty()) << "it grew";
    EXPECT_FALSE(files_are_short({{"a.cpp", lines(400)}}, "a.cpp 450\n").empty()) << "now short";
    EXPECT_FALSE(files_are_short({}, "a.cpp 450\n").empty()) << "gone";
    EXPECT_FALSE(files_are_short({}, "a.cpp\n").empty()) << "without a number";
    EXPECT_TRUE(files_are_short({{"a.md", lines(900)}}, "").empty()) << "prose may be long";
}

TEST(MachinePaths, AreFoundWhereAPathBegins) {
    const std::string home =
        "/ho"
        "me/";
    EXPECT_EQ(only_line(no_machine_paths({{"a.sh", "x\ncd " + home + "lin\n"}})), 2U);
    EXPECT_FALSE(no_machine_paths({{"a.cpp",
                                    "open(\"/wo"
                                    "rk/x\")"}})
                     .empty());
    EXPECT_TRUE(no_machine_paths({{"a.cpp", "\"build" + home + "x\""}}).empty());
    EXPECT_TRUE(no_machine_paths({{"a.sh", "ls /usr/bin /etc/anju"}}).empty());
}

TEST(Heads, SayWhatAFileIsFor) {
    EXPECT_TRUE(files_introduce_themselves({{"a.cpp", "// This.\nint x;\n"}}).empty());
    EXPECT_TRUE(files_introduce_themselves({{"a.hpp", "// This.\n#pragma once\n"}}).empty());
    EXPECT_TRUE(files_introduce_themselves({{"a.hpp", "#pragma once\n// This.\n"}}).empty());
    EXPECT_EQ(only_line(files_introduce_themselves({{"a.cpp", "#include <x>\n// late\n"}})), 1U);
    EXPECT_TRUE(files_introduce_themselves({{"x/a.cpp", "#include \"x/a.hpp\"\n"}}).empty());
    EXPECT_FALSE(files_introduce_themselves({{"x/a.cpp", "#include \"x/ba.hpp\"\n"}}).empty());
    EXPECT_TRUE(files_introduce_themselves({{"a.cpp", "#include \"a.hpp\"\n"}}).empty());
    EXPECT_TRUE(files_introduce_themselves({{"a_test.cpp", "#include <x>\n"}}).empty());
    EXPECT_FALSE(files_introduce_themselves({{"x/b.cpp", "#include \"x/a.hpp\"\n"}}).empty());
    EXPECT_FALSE(files_introduce_themselves({{"a.hpp", "// This.\nint x;\n"}}).empty());
    EXPECT_FALSE(files_introduce_themselves({{"a.hpp", "// #pragma once\nint x;\n"}}).empty());
    EXPECT_FALSE(files_introduce_themselves({{"a.proto", "syntax = \"proto3\";\n"}}).empty());
}

TEST(Undone, WorkAndSilencedTestsAreFound) {
    EXPECT_EQ(only_line(nothing_is_left_undone({{"a.cpp",
                                                 "x\n// TO"
                                                 "DO later\n"}})),
              2U);
    EXPECT_FALSE(nothing_is_left_undone({{"a.md",
                                          "FIX"
                                          "ME\n"}})
                     .empty());
    EXPECT_FALSE(nothing_is_left_undone({{"a.cpp",
                                          "TEST(A, DISA"
                                          "BLED_B) {}\n"}})
                     .empty());
    EXPECT_TRUE(nothing_is_left_undone({{"a.cpp",
                                         "int mastodon; // TO"
                                         "DOS is a name\n"}})
                    .empty());
}

TEST(Links, ThatLeadNowhereAreFound) {
    const auto check = [](const std::string& text) {
        return links_resolve({{"docs/a.md", text}, {"docs/adr/1.md", ""}, {"README.md", ""}});
    };
    EXPECT_TRUE(check("[a](adr/1.md) [b](../README.md#top) [c](adr/) [d](#here)\n").empty());
    EXPECT_TRUE(check("[a](https://example.org/x) [b](mailto:a@example.org)\n").empty());
    EXPECT_TRUE(check("```\n[a](gone.md)\n```\n`[a](gone.md)`\n").empty());
    EXPECT_EQ(only_line(check("x\n![picture](gone.png)\n")), 2U);
    EXPECT_EQ(only_line(check("[a](README.md)\n")), 1U) << "relative to the file, not the root";
    EXPECT_EQ(only_line(check("[a](/README.md)\n")), 1U) << "hosts disagree on a leading slash";
    EXPECT_EQ(check("[a](adr/1.md) [b](adr/2.md) [c](adr/3.md)\n").size(), 2U);
}

}  // namespace
}  // namespace anju::tidy
