// A sensor keeps what it said until the gateway has it on disk.
#include "firmware-sim/homes/sensor_outbox.hpp"

#include <gtest/gtest.h>

#include "firmware-sim/homes/native_codec.hpp"
#include "firmware-sim/load_tracker.hpp"

namespace anju::sim {
namespace {

using namespace std::chrono_literals;

constexpr SteadyTime start{1000s};

SensorOutbox make_outbox() {
    return SensorOutbox{{.device_id = "meter", .boot_id = 7}};
}

std::vector<v1::SensorReading> one_reading(std::int64_t ml = 1) {
    return {to_native({ReadingKind::water_total_ml, 0, ml, from_unix_ms(5)})};
}

v1::SensorAck ack_of(std::uint64_t boot, const std::vector<std::uint64_t>& seqs) {
    v1::SensorAck ack;
    ack.set_boot_id(boot);
    for (const auto seq : seqs) ack.add_seqs(seq);
    return ack;
}

v1::SensorUplink parse(const std::string& bytes) {
    v1::SensorUplink uplink;
    EXPECT_TRUE(uplink.ParseFromString(bytes));
    return uplink;
}

TEST(SensorOutbox, RepeatsTheSameBytesAfterSixteenSecondsThenDoublesToSixty) {
    auto outbox = make_outbox();
    outbox.add(Topic::data, one_reading());
    auto now = start;
    const auto first = outbox.due(now);
    ASSERT_EQ(first.size(), 1U);
    for (const auto wait : {16s, 32s, 60s, 60s, 60s}) {
        EXPECT_TRUE(outbox.due(now + wait - 1ms).empty())
            << "earlier than " << wait.count() << " s";
        EXPECT_EQ(outbox.deadline(), now + wait);
        now += wait;
        const auto again = outbox.due(now);
        ASSERT_EQ(again.size(), 1U) << "not after " << wait.count() << " s";
        EXPECT_EQ(again[0].bytes, first[0].bytes);
        EXPECT_GT(again[0].attempt, 1U);
    }
}

TEST(SensorOutbox, IsSilentOnceAcknowledged) {
    auto outbox = make_outbox();
    outbox.add(Topic::data, one_reading());
    ASSERT_EQ(outbox.due(start).size(), 1U);
    EXPECT_EQ(outbox.acknowledge(ack_of(7, {1})).size(), 1U);
    EXPECT_TRUE(outbox.idle());
    EXPECT_FALSE(outbox.deadline());
    EXPECT_TRUE(outbox.due(start + 1h).empty());
}

TEST(SensorOutbox, IgnoresAnAckForAnotherBootOrAnUnknownNumber) {
    auto outbox = make_outbox();
    outbox.add(Topic::data, one_reading());
    ASSERT_EQ(outbox.due(start).size(), 1U);
    EXPECT_TRUE(outbox.acknowledge(ack_of(8, {1})).empty());
    EXPECT_TRUE(outbox.acknowledge(ack_of(7, {2})).empty());
    EXPECT_EQ(outbox.unacknowledged(), 1U);
}

TEST(SensorOutbox, NeverLetsMeasurementsFillTheWindowAndMergesWhatWaits) {
    auto outbox = make_outbox();
    std::size_t sent = 0;
    for (int i = 0; i < 200; ++i) {
        outbox.add(Topic::data, one_reading(i));
        sent += outbox.due(start).size();
    }
    EXPECT_EQ(sent, 48U);
    EXPECT_EQ(outbox.unacknowledged(), 48U);

    outbox.acknowledge(ack_of(7, {1}));
    const auto next = outbox.due(start);
    ASSERT_EQ(next.size(), 1U);
    const auto uplink = parse(next[0].bytes);
    EXPECT_EQ(uplink.seq(), 49U);
    ASSERT_EQ(uplink.readings_size(), 64) << "the waiting readings were to be merged";
    EXPECT_EQ(uplink.readings(0).water_total_ml(), 48);
    EXPECT_EQ(uplink.readings(63).water_total_ml(), 111);
}

TEST(SensorOutbox, SendsNothingMoreThanSixtyThreeAboveTheLowestUnacknowledged) {
    auto outbox = make_outbox();
    std::uint64_t last = 0;
    for (int i = 0; i < 200; ++i) {
        outbox.add(Topic::data, one_reading(i));
        for (const auto& sent : outbox.due(start)) {
            last = sent.seq;
            if (last != 1) outbox.acknowledge(ack_of(7, {last}));
        }
    }
    EXPECT_EQ(last, 48U);
    EXPECT_EQ(outbox.unacknowledged(), 1U);
    EXPECT_NE(outbox.deadline(), SteadyTime{}) << "nothing new may go, however much waits";
    outbox.acknowledge(ack_of(7, {1}));
    EXPECT_EQ(outbox.deadline(), SteadyTime{});
    ASSERT_FALSE(outbox.due(start).empty());
}

TEST(SensorOutbox, SendsAnAlarmBeforeTheDataThatWaits) {
    auto outbox = make_outbox();
    for (int i = 0; i < 64; ++i) outbox.add(Topic::data, one_reading());
    ASSERT_EQ(outbox.due(start).size(), 48U) << "data leave room for alarms";
    outbox.add(Topic::data, one_reading());
    outbox.add(Topic::alarm, {to_native({ReadingKind::smoke, 0, 1, from_unix_ms(9)})});
    const auto next = outbox.due(start);
    ASSERT_EQ(next.size(), 1U);
    EXPECT_EQ(next[0].topic, Topic::alarm);
    EXPECT_TRUE(parse(next[0].bytes).readings(0).smoke());
}

TEST(SensorOutbox, DropsARefusedMessageAndSaysWhy) {
    auto outbox = make_outbox();
    outbox.add(Topic::data, one_reading());
    ASSERT_EQ(outbox.due(start).size(), 1U);
    v1::SensorAck ack;
    ack.set_boot_id(7);
    auto* refusal = ack.add_refused();
    refusal->set_seq(1);
    refusal->set_code("unknown_device");
    const auto settled = outbox.acknowledge(ack);
    ASSERT_EQ(settled.size(), 1U);
    EXPECT_TRUE(settled[0].refused);
    EXPECT_NE(settled[0].text.find("unknown_device"), std::string::npos);
    EXPECT_TRUE(outbox.idle());
}

TEST(SensorOutbox, DoesNotDoubleTheWaitForAMessageThatNeverLeft) {
    auto outbox = make_outbox();
    outbox.add(Topic::data, one_reading());
    auto now = start;
    for (int i = 0; i < 5; ++i) {
        const auto due = outbox.due(now);
        ASSERT_EQ(due.size(), 1U);
        EXPECT_EQ(due[0].attempt, 1U);
        outbox.not_sent(due[0].seq, now);
        EXPECT_EQ(outbox.deadline(), now + 16s);
        now += 16s;
    }
}

TEST(NativeCodec, GivesBackEveryKindOfReadingItWrites) {
    for (const int number : {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 21}) {
        const auto kind = static_cast<ReadingKind>(number);
        if (kind == ReadingKind::online) continue;  // said by bridges, not by sensors
        const std::int64_t value = kind == ReadingKind::water_total_ml ? 123'456
                                   : kind == ReadingKind::battery_mv   ? 3'012
                                   : kind == ReadingKind::battery_pct  ? 55
                                                                       : 1;
        const Reading reading{kind, 0, value, from_unix_ms(1'772'000'000'000)};
        EXPECT_EQ(from_native(to_native(reading)), reading) << "kind " << number;
    }
}

TEST(NativeCodec, FindsTheDeviceInADownTopic) {
    EXPECT_EQ(device_of_down_topic(down_topic("h1-meter")), "h1-meter");
    EXPECT_EQ(device_of_down_topic("anju/v1/up/h1-meter/data"), "");
}

}  // namespace
}  // namespace anju::sim
