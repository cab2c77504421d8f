#include "http/stream.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace anju::http {
namespace {

TEST(StreamQueue, GivesWhatWasPushedInItsOrderAndInPieces) {
    auto [stream, response] = start_stream();
    for (const char* text : {"aa", "bb", "cc"}) EXPECT_TRUE(stream->push(std::string(text)));
    EXPECT_EQ(response.stream->take(4).bytes, "aabb");
    EXPECT_EQ(response.stream->take(1).bytes, "cc") << "at least one, whatever its size";
    EXPECT_EQ(response.stream->take(4).bytes, "");
    EXPECT_FALSE(response.stream->take(4).last);
}

TEST(StreamQueue, EndsWithWhatDoesNotFitAndIsOfNoUseAnyMore) {
    auto [bytes, first] = start_stream({.bytes = 10, .chunks = 100});
    EXPECT_TRUE(bytes->push(std::string(10, 'x')));
    EXPECT_FALSE(bytes->push("x"));
    EXPECT_TRUE(bytes->closed());
    EXPECT_TRUE(first.stream->overflowed());
    EXPECT_EQ(first.stream->take(100).bytes, "");
    EXPECT_FALSE(bytes->push("y")) << "and takes nothing more";
    auto [chunks, second] = start_stream({.bytes = 100, .chunks = 2});
    EXPECT_TRUE(chunks->push("a"));
    EXPECT_TRUE(chunks->push("b"));
    EXPECT_FALSE(chunks->push("c"));
    EXPECT_TRUE(second.stream->overflowed());
}

TEST(StreamQueue, HasRoomAgainForWhatWasTaken) {
    auto [stream, response] = start_stream({.bytes = 10, .chunks = 1});
    for (int i = 0; i < 5; ++i) {
        EXPECT_TRUE(stream->push(std::string(10, 'x')));
        EXPECT_EQ(response.stream->take(100).bytes.size(), 10U);
    }
    EXPECT_FALSE(response.stream->overflowed());
}

TEST(StreamQueue, GivesWhatWaitsBeforeItIsClosed) {
    int gone = 0;
    auto [stream, response] = start_stream({}, [&] { ++gone; });
    stream->push("goodbye");
    stream->close();
    EXPECT_TRUE(stream->closed());
    EXPECT_FALSE(stream->push("more"));
    const auto batch = response.stream->take(100);
    EXPECT_EQ(batch.bytes, "goodbye");
    EXPECT_TRUE(batch.last);
    response.stream.reset();
    EXPECT_EQ(gone, 0) << "the producer knows";
}

TEST(StreamQueue, TellsItsProducerOnceThatTheClientIsGone) {
    int gone = 0;
    std::vector<std::function<void()>> handed;
    auto [stream, response] = start_stream({}, [&] { ++gone; });
    response.stream->carry_with([&](auto work) { handed.push_back(std::move(work)); });
    Response copy = response;
    response.stream.reset();
    EXPECT_FALSE(stream->closed()) << "an answer is copied on its way";
    copy.stream.reset();
    EXPECT_TRUE(stream->closed());
    EXPECT_FALSE(stream->push("x"));
    EXPECT_EQ(gone, 0) << "on the producer's thread only";
    ASSERT_EQ(handed.size(), 1U);
    handed.front()();
    EXPECT_EQ(gone, 1);
}

TEST(StreamQueue, WakesItsReaderOnceUntilItLooksAndAlwaysWhenItIsFull) {
    auto [stream, response] = start_stream({.bytes = 100, .chunks = 3});
    int woken = 0;
    response.stream->wake_with([&] { ++woken; });
    stream->push("a");
    stream->push("b");
    EXPECT_EQ(woken, 1);
    static_cast<void>(response.stream->take(100));
    stream->push("c");
    EXPECT_EQ(woken, 2);
    stream->push("d");
    stream->push("e");
    EXPECT_EQ(woken, 2);
    stream->push("f");
    EXPECT_EQ(woken, 3);
    response.stream->wake_with({});
    stream->close();
    EXPECT_EQ(woken, 3);
}

TEST(EventText, IsReadBackAsItWas) {
    EXPECT_EQ(event_text("alert", "{}", 7), "id: 7\nevent: alert\ndata: {}\n\n");
    EXPECT_EQ(event_text("hello", "a\r\nb"), "event: hello\ndata: a\ndata: b\n\n");
}

}  // namespace
}  // namespace anju::http
