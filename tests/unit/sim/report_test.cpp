// The report of the sensors can be followed while it is written.
#include "firmware-sim/report.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <filesystem>

#include "firmware-sim/credentials.hpp"
#include "firmware-sim/json_text.hpp"
#include "tests/support/broker.hpp"

namespace anju::sim {
namespace {

TEST(Report, TellsWhenADeviceFirstSaidWhatRaisedAnAlert) {
    const test::TempDir dir;
    const auto file = dir.path() / "report.jsonl";
    ReportReader reader(file);
    reader.refresh();
    EXPECT_FALSE(reader.sent_ns("d", ReadingKind::smoke, 1'000)) << "no file yet";

    ReportWriter writer;
    ASSERT_TRUE(writer.open(file));
    writer.publish(
        {"d", 1, 1, 1, "alarm", kinds_json({{ReadingKind::smoke, 0, 1, {}}}), {}, 100, 1});
    reader.refresh();
    EXPECT_EQ(reader.sent_ns("d", ReadingKind::smoke, 1'000), 100);

    writer.publish({"d", 1, 1, 2, "alarm", R"(["smoke"])", {}, 200, 1});
    writer.publish(
        {"d", 1, 2, 1, "alarm", kinds_json({{ReadingKind::smoke, 0, 0, {}}}), {}, 300, 1});
    writer.ack("d", 1, 1, false);
    reader.refresh();
    EXPECT_EQ(reader.sent_ns("d", ReadingKind::smoke, 1'000), 100)
        << "neither a repetition nor the end of the smoke";
    writer.publish({"d", 1, 3, 1, "alarm", R"(["smoke"])", {}, 400, 1});
    reader.refresh();
    EXPECT_EQ(reader.sent_ns("d", ReadingKind::smoke, 1'000), 400);
    EXPECT_EQ(reader.sent_ns("d", ReadingKind::smoke, 399), 100);
    EXPECT_FALSE(reader.sent_ns("e", ReadingKind::smoke, 1'000));
}

TEST(JsonText, WritesFractionsInPlainDecimalsAndStaysJson) {
    const boost::json::value value{{"p50", 3010.7291},
                                   {"count", 7},
                                   {"empty", boost::json::object{}},
                                   {"list", boost::json::array{"a\"b", nullptr, 0.0005, true}}};
    const auto text = json_text(value);
    EXPECT_EQ(text, R"({"p50":3010.729,"count":7,"empty":{},"list":["a\"b",null,0.001,true]})");
    EXPECT_EQ(boost::json::parse(text).at("list").as_array().size(), 4U);
}

TEST(Credentials, MakeAPasswordForEveryUserOnceAndKeepItPrivate) {
    const test::TempDir dir;
    const auto made = dir.path() / "users";
    ASSERT_TRUE(make_credentials(made, {"a", "b"}));
    const auto first = read_password(made / "a").value();
    EXPECT_GE(first.size(), 16U);
    ASSERT_TRUE(make_credentials(made, {"a", "b", "c"}));
    EXPECT_EQ(read_password(made / "a").value(), first);
    EXPECT_NE(read_password(made / "b").value(), first);
    const auto mode = std::filesystem::status(made / "a").permissions();
    EXPECT_EQ(mode & std::filesystem::perms::others_read, std::filesystem::perms::none);
    const auto endpoint = endpoint_for("mqtt://127.0.0.1:1", "a", made).value();
    EXPECT_EQ(endpoint.username, "a");
    EXPECT_EQ(endpoint.password, first);
    EXPECT_FALSE(endpoint_for("mqtt://127.0.0.1:1", "nobody", made));
}

}  // namespace
}  // namespace anju::sim
