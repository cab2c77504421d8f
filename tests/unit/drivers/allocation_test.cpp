// The native path carries thousands of messages a second: what it allocates per message is
// counted here.
#include <gtest/gtest.h>

#include "unit/drivers/counting_new.hpp"
#include "unit/drivers/support.hpp"

namespace anju::drivers::testing {
namespace {

std::size_t allocations_of(const Route& route, std::string_view topic, std::string_view payload,
                           DriverState& state) {
    const std::size_t before = allocations();
    const bool decoded = route.decode(topic, payload, false, state).has_value();
    const std::size_t used = allocations() - before;
    EXPECT_TRUE(decoded);
    return used;
}

TEST(Allocations, OfANativeMessageAreTheTwoVectorsOfItsResult) {
    // "every value" of drivers/native/vectors.jsonl: thirteen readings.
    std::string payload;
    std::string topic;
    for (const auto& vector : read_jsonl(source_dir() / "drivers/native/vectors.jsonl")) {
        if (vector.at("name") != "every value") continue;
        payload = payload_of(vector);
        topic = std::string(vector.at("topic").as_string());
    }
    ASSERT_FALSE(payload.empty());
    const Catalog catalog;
    const Route* route = catalog.find(topic);
    DriverState state;
    (void)allocations_of(*route, topic, payload, state);  // fills the buffers that are kept
    for (int i = 0; i < 10; ++i) EXPECT_EQ(allocations_of(*route, topic, payload, state), 2U);
}

TEST(Allocations, OfAZigbeeMessageStayFew) {
    const Catalog catalog;
    DriverState state;
    const std::string_view topic = "zigbee2mqtt/front_door";
    const std::string_view payload =
        R"({"contact":false,"battery":87,"battery_low":false,"tamper":false,"linkquality":112})";
    EXPECT_LE(allocations_of(*catalog.find(topic), topic, payload, state), 8U);
}

}  // namespace
}  // namespace anju::drivers::testing
