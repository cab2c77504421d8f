// Recorded and made-up frames with everything that is known of them.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>

#include "drivers/bytes.hpp"
#include "drivers/cjt188/cjt188.hpp"
#include "drivers/cjt188/meter_data.hpp"
#include "drivers/state.hpp"
#include "unit/drivers/support.hpp"

namespace anju::drivers::cjt188 {
namespace {

namespace json = boost::json;

std::string text(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
}

std::string hex(std::uint8_t byte) {
    return to_hex({&byte, 1});
}

std::optional<std::int64_t> millilitres(const json::object& expected, std::string_view name) {
    const json::value* value = expected.if_contains(name);
    if (value == nullptr || value->is_null()) return std::nullopt;
    return std::llround(value->to_number<double>() * 1e6);
}

std::optional<std::int64_t> total_of(const PayloadResult& result) {
    if (!result) return std::nullopt;
    for (const Reading& reading : result->readings) {
        if (reading.kind == ReadingKind::water_total_ml) return reading.value;
    }
    return std::nullopt;
}

std::string written(const MeterClock& clock) {
    char out[32];
    std::snprintf(out, sizeof out, "%04d-%02d-%02dT%02d:%02d:%02d", clock.year % 10'000,
                  clock.month % 100, clock.day % 100, clock.hour % 100, clock.minute % 100,
                  clock.second % 100);
    return out;
}

std::string name_of(ClockOrder order) {
    switch (order) {
        case ClockOrder::little_endian:
            return "LE";
        case ClockOrder::big_endian:
            return "BE";
        case ClockOrder::ambiguous:
            return "ambiguous";
        default:
            return "";
    }
}

void compare_marks(const Frame& frame, std::size_t scanned, const json::object& expected) {
    EXPECT_EQ(static_cast<std::int64_t>(frame.preamble_fe), expected.at("preamble_fe").as_int64());
    EXPECT_EQ(static_cast<std::int64_t>(frame.offset), expected.at("offset").as_int64());
    EXPECT_EQ(static_cast<std::int64_t>(scanned - frame.offset - frame.size),
              expected.at("trailing").as_int64());
    EXPECT_EQ(hex(frame.type), text(expected, "meter_type"));
    EXPECT_EQ(number_of(frame), text(expected, "address"));
    EXPECT_EQ(hex(frame.control), text(expected, "control"));
    if (expected.contains("di_wire")) {
        EXPECT_EQ(to_hex(frame.data.first(2)), text(expected, "di_wire"));
    }
    if (expected.contains("ser")) {
        EXPECT_EQ(hex(frame.data[2]), text(expected, "ser"));
    }
}

void compare_data(const Frame& frame, const json::object& expected) {
    const auto data = read_meter_data(frame);
    ASSERT_TRUE(data) << data.error().text;
    EXPECT_EQ(data->total_ml, millilitres(expected, "total_m3"));
    EXPECT_EQ(data->bad_bcd, text(expected, "total_error") == "bad_bcd");
    EXPECT_EQ(data->unit == 0 ? "" : hex(data->unit), text(expected, "unit"));
    EXPECT_EQ(data->settlement_ml, millilitres(expected, "settlement_m3"));
    ASSERT_TRUE(data->status);
    EXPECT_EQ(to_hex(*data->status), text(expected, "status"));
    EXPECT_EQ(name_of(data->clock.order), text(expected, "clock_order"));
    if (data->clock.year != 0) {
        EXPECT_EQ(written(data->clock), text(expected, "clock"));
    } else {
        EXPECT_EQ(text(expected, "clock"), "");
    }
}

TEST(Cjt188Corpus, EveryFrameGivesTheRightValuesOrTheRightRefusal) {
    const auto file = testing::corpus_dir() / "cjt188.jsonl";
    if (!std::filesystem::exists(file)) GTEST_SKIP() << file << " is not here";
    DriverState state;
    int read = 0;
    int refused = 0;
    for (const json::object& line : testing::read_jsonl(file)) {
        SCOPED_TRACE(text(line, "id"));
        std::vector<std::uint8_t> bytes;
        ASSERT_TRUE(from_hex(text(line, "frame_hex"), bytes));
        const json::object& expected = line.at("expected").as_object();
        const Scan found = scan(bytes);
        const auto result = decode_payload(bytes, nullptr, state);
        EXPECT_EQ(total_of(result), millilitres(expected, "total_m3"));
        if (expected.contains("error")) {
            ASSERT_FALSE(result);
            EXPECT_EQ(result.error().code, text(expected, "error"));
            if (found.damaged && found.count == 0) {
                EXPECT_EQ(hex(found.sum), text(expected, "checksum_expected"));
                compare_marks(*found.damaged, bytes.size(), expected);
            } else if (found.count > 0) {
                compare_marks(found.frames[0], bytes.size(), expected);
            }
            ++refused;
            continue;
        }
        ASSERT_TRUE(result) << result.error().text;
        EXPECT_EQ(result->device, text(expected, "address"));
        ASSERT_EQ(found.count, 1U);
        compare_marks(found.frames[0], bytes.size(), expected);
        compare_data(found.frames[0], expected);
        ++read;
    }
    EXPECT_GE(read, 75);
    EXPECT_GE(refused, 40);
}

}  // namespace
}  // namespace anju::drivers::cjt188
