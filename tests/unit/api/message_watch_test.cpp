// Who is told what a watched device says, and in which words.
#include "api/message_watch.hpp"

#include "api/message_views.hpp"
#include "api/remedies.hpp"
#include "street.hpp"

namespace anju::api::test {
namespace {

namespace json = boost::json;
using testing::HasSubstr;
using testing::Not;

constexpr std::chrono::minutes china{480};
constexpr std::uint64_t first = 1'000'000;

std::string text_of(const http::Response& response) {
    std::string out;
    for (auto batch = response.stream->take(1 << 20); !batch.bytes.empty();
         batch = response.stream->take(1 << 20)) {
        out += batch.bytes;
    }
    return out;
}

std::size_t count(const std::string& text, std::string_view what) {
    std::size_t out = 0;
    for (auto at = text.find(what); at != text.npos; at = text.find(what, at + 1)) ++out;
    return out;
}

class WatchingConsoles : public testing::Test {
protected:
    const Device& smoke(const char* id) { return *find_device(world.engine, DeviceId{id}); }
    http::Response open(const char* id, const Sight& sight, std::string_view last = {},
                        const std::string& key = "k") {
        EXPECT_TRUE(watch.begin(smoke(id)));
        return watch.listen(DeviceId{id},
                            {.key = key, .sight = sight, .good = [this] { return good; }}, last,
                            "{}");
    }
    /// A message of a device, as the runtime tells of it.
    void say(const char* id, std::string payload = R"({"smoke":true})") {
        const Inbound message{Source::home, "zigbee2mqtt/" + std::string(id), std::move(payload),
                              false, false};
        drivers::Decoded what;
        what.address = id;
        what.readings = {{ReadingKind::smoke, 0, 1, morning}};
        tap.arrived(message, morning + 90s);
        const DeviceId device{id};
        tap.said(&device, "zigbee2mqtt", what);
        tap.became(device, Fate::taken, false);
        tap.left([](const DeviceId&) { return true; }, false);
        tap.committed();
    }
    /// The number of its last event.
    static std::string last_id(const std::string& text) {
        const auto at = text.rfind("\nid: ");
        return at == text.npos ? "" : text.substr(at + 5, text.find('\n', at + 5) - at - 5);
    }
    World world = street();
    control::Render render{china};
    MessageTap tap{{.devices = 1}};
    MessageWatch watch{{.listeners = 3}, first, world.engine, tap, render};
    bool good = true;
};

WatchedMessage said(const std::string& payload) {
    WatchedMessage out;
    out.at = morning;
    out.payload = payload;
    out.size = payload.size();
    return out;
}

}  // namespace

TEST_F(WatchingConsoles, AreToldOfEachMessageOnce) {
    const http::Response one = open("h1-smoke", of(east, false));
    EXPECT_THAT(text_of(one), HasSubstr("event: hello\n"));
    say("h1-smoke");
    say("h2-smoke");
    const std::string told = text_of(one);
    EXPECT_EQ(count(told, "event: message\n"), 1U) << told;
    EXPECT_THAT(told, HasSubstr(R"("topic":"zigbee2mqtt/h1-smoke")"));
    EXPECT_THAT(told, HasSubstr(R"("fate":"taken")"));
    EXPECT_THAT(told, HasSubstr(R"("late_by_s":9E1)"));
    EXPECT_THAT(told, Not(HasSubstr("林"))) << "nothing of who lives there";
}

TEST_F(WatchingConsoles, AreToldOfTheirOwnAreaAlone) {
    const http::Response other = open("h1-smoke", of(west));
    say("h1-smoke");
    EXPECT_THAT(text_of(other), Not(HasSubstr("event: message")));
    watch.look_after();
    EXPECT_TRUE(other.stream->take(1 << 20).last) << "the home has left the area";
    EXPECT_EQ(watch.listeners(), 0U);
}

TEST_F(WatchingConsoles, GetWhatTheyMissedWhenTheyComeAgain) {
    const http::Response before = open("h1-smoke", of(east));
    say("h1-smoke", "one");
    const std::string last = last_id(text_of(before));
    say("h1-smoke", "two");
    const std::string again = text_of(open("h1-smoke", of(east), last));
    EXPECT_THAT(again, Not(HasSubstr("event: reset")));
    EXPECT_THAT(again, Not(HasSubstr("\"one\"")));
    EXPECT_THAT(again, HasSubstr("\"two\""));
    const json::object recent = watch.recent(DeviceId{"h1-smoke"});
    EXPECT_TRUE(recent.at("watched").as_bool());
    EXPECT_EQ(recent.at("items").as_array().size(), 2U);
    EXPECT_EQ(recent.at("items").at(0).at("payload_text").as_string(), "two") << "newest first";
}

TEST_F(WatchingConsoles, BeginAnewWhenTooMuchWasMissed) {
    const http::Response before = open("h1-smoke", of(east));
    say("h1-smoke");
    const std::string last = last_id(text_of(before));
    for (int i = 0; i < 21; ++i) say("h1-smoke");
    for (const std::string& id :
         {last, std::string("7"), std::string("x"), std::to_string(first + 1'000)}) {
        const http::Response stream = open("h1-smoke", of(east), id);
        const std::string again = text_of(stream);
        EXPECT_THAT(again, HasSubstr("event: reset\n")) << id;
        EXPECT_EQ(count(again, "event: message\n"), 20U);
        watch.end("k");
    }
}

TEST_F(WatchingConsoles, KeepAWatchForAWhileAfterTheLastHasGone) {
    const http::Response one = open("h1-smoke", of(east));
    say("h1-smoke");
    const std::string last = last_id(text_of(one));
    watch.end("k");
    EXPECT_TRUE(one.stream->take(1 << 20).last);
    watch.look_after();
    EXPECT_TRUE(tap.open()) << "may come again";
    say("h1-smoke");
    EXPECT_EQ(watch.recent(DeviceId{"h1-smoke"}).at("items").as_array().size(), 2U);
    watch.look_after();
    EXPECT_FALSE(tap.open()) << "nothing is kept for nobody";
    EXPECT_FALSE(watch.recent(DeviceId{"h1-smoke"}).at("watched").as_bool());
    EXPECT_THAT(text_of(open("h1-smoke", of(east), last)), HasSubstr("event: reset\n"))
        << "meanwhile it may have spoken";
}

TEST_F(WatchingConsoles, AreBoundedInNumber) {
    const http::Response one = open("h1-smoke", of(east));
    EXPECT_FALSE(watch.begin(smoke("h2-smoke"))) << "one device at a time is all this tap has";
    watch.end("k");
    EXPECT_TRUE(watch.begin(smoke("h2-smoke"))) << "whoever looks goes before who has gone";
    std::vector<http::Response> many;
    for (int i = 0; i < 3; ++i) many.push_back(open("h2-smoke", of(west)));
    EXPECT_FALSE(watch.begin(smoke("h2-smoke")));
    good = false;
    watch.look_after();
    EXPECT_EQ(watch.listeners(), 0U) << "with their sessions";
    EXPECT_TRUE(watch.begin(smoke("h2-smoke")));
}

TEST(MessageView, ShowsBytesThatAreNoTextAsHexadecimal) {
    const control::Render render{china};
    WatchedMessage message = said(std::string("\x08\xff"));
    message.topic = "a/\x01";
    const json::object hex = message_view(message, 5, "", render);
    EXPECT_TRUE(hex.at("payload_text").is_null());
    EXPECT_EQ(hex.at("payload_hex").as_string(), "08ff");
    EXPECT_EQ(hex.at("topic").as_string(), "a/\\x01");
    EXPECT_TRUE(hex.at("late_by_s").is_null());
    EXPECT_TRUE(hex.at("driver").is_null());
    message.payload = "{\n\t\"a\": \"\xe2\x80\xae\"}";
    EXPECT_TRUE(message_view(message, 5, "", render).at("payload_text").is_null())
        << "it would read backwards";
}

TEST(MessageView, CutsNoCharacterInTwo) {
    const control::Render render{china};
    WatchedMessage message = said("\xe6\xb0\xb4\xe6\xb0");
    message.size = 6;
    const json::object cut = message_view(message, 5, "", render);
    EXPECT_EQ(cut.at("payload_text").as_string(), "水");
    EXPECT_TRUE(cut.at("cut").as_bool());
    message.size = 5;
    const json::object whole = message_view(message, 5, "", render);
    EXPECT_FALSE(whole.at("cut").as_bool());
    EXPECT_EQ(whole.at("payload_hex").as_string(), "e6b0b4e6b0") << "it came so";
}

TEST(MessageView, TellsPlaceAndRemedyOfAProblem) {
    const control::Render render{china};
    WatchedMessage message = said("");
    message.withheld = true;
    message.problems = {
        {.code = "key_missing", .property = {}, .at = 0, .text = "encrypted"},
        {.code = "value_unknown", .property = "battery", .at = 12, .text = "full?"}};
    const json::object view = message_view(message, 5, "", render);
    const json::array& problems = view.at("problems").as_array();
    EXPECT_TRUE(problems[0].at("byte").is_null());
    EXPECT_EQ(problems[0].at("remedy_en").as_string(), remedy("key_missing").en);
    EXPECT_EQ(problems[1].at("property").as_string(), "battery");
    EXPECT_EQ(problems[1].at("byte").to_number<int>(), 12);
    EXPECT_NE(problems[0].at("remedy").as_string(), problems[1].at("remedy").as_string());
    EXPECT_TRUE(view.at("withheld").as_bool());
    EXPECT_TRUE(view.at("payload_text").is_null());
    EXPECT_FALSE(remedy("never heard of").zh.empty()) << "never nothing";
}

}  // namespace anju::api::test
