#include "fuzz/harness.hpp"

#include <google/protobuf/stubs/logging.h>
#include <boost/json.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "drivers/bytes.hpp"
#include "drivers/units.hpp"

namespace anju::fuzz {
namespace {

namespace json = boost::json;

[[noreturn]] void fail(const char* what, std::int64_t value) {
    std::fprintf(stderr, "broken promise: %s (%lld)\n", what, static_cast<long long>(value));
    std::abort();
}

void demand_sane(const Reading& reading) {
    std::int64_t low = 0;
    std::int64_t high = 1;
    switch (reading.kind) {
        case ReadingKind::water_total_ml:
        case ReadingKind::water_used_ml:
        case ReadingKind::water_reverse_ml:
            high = drivers::max_total_ml;
            break;
        case ReadingKind::water_flow_mlh:
            low = -drivers::max_total_ml;
            high = drivers::max_total_ml;
            break;
        case ReadingKind::battery_pct:
            high = 100;
            break;
        case ReadingKind::battery_mv:
            high = 60'000;
            break;
        default:
            break;
    }
    if (reading.value < low || reading.value > high) fail("value out of range", reading.value);
    const auto ms = to_unix_ms(reading.event_time);
    if (ms != 0 && (ms < 1'577'836'800'000 || ms >= 4'102'444'800'000)) {
        fail("event time before 2020 or after 2099", ms);
    }
}

Seed seed(const json::object& message) {
    Seed out;
    if (const auto* topic = message.if_contains("topic"))
        out.topic = std::string_view(topic->as_string());
    if (const auto* hex = message.if_contains("payload_hex")) {
        std::vector<std::uint8_t> bytes;
        if (drivers::from_hex(std::string_view(hex->as_string()), bytes)) {
            out.payload.assign(bytes.begin(), bytes.end());
        }
    } else if (const auto* text = message.if_contains("payload")) {
        out.payload = std::string_view(text->as_string());
    }
    return out;
}

}  // namespace

void demand_sane(const drivers::DecodeResult& result, std::size_t payload_bytes) {
    if (!result) {
        const auto error = result.error();
        if (error.code.empty()) fail("error without a code", 0);
        if (error.text.empty()) fail("error without a text", 0);
        if (error.at > payload_bytes)
            fail("error beyond the payload", static_cast<std::int64_t>(error.at));
        return;
    }
    for (const drivers::Decoded& one : *result) {
        if (one.readings.size() > 64)
            fail("too many readings", static_cast<std::int64_t>(one.readings.size()));
        if (one.problems.size() > 64)
            fail("too many problems", static_cast<std::int64_t>(one.problems.size()));
        if (!one.readings.empty() && one.address.empty()) fail("readings of nobody", 0);
        for (const Reading& reading : one.readings) demand_sane(reading);
    }
}

void demand_equal(const drivers::DecodeResult& left, const drivers::DecodeResult& right) {
    if (left.has_value() != right.has_value()) fail("read once and refused once", 0);
    if (!left) {
        if (left.error().code != right.error().code) fail("two reasons for one message", 0);
        return;
    }
    if (left->size() != right->size()) fail("a different number of devices", 0);
    for (std::size_t i = 0; i < left->size(); ++i) {
        if ((*left)[i].address != (*right)[i].address) fail("two addresses", 0);
        if ((*left)[i].readings != (*right)[i].readings) fail("two values of one message", 0);
    }
}

std::vector<Seed> seeds_of(std::string_view driver) {
    std::vector<Seed> out;
    std::ifstream in(std::filesystem::path(ANJU_SOURCE_DIR) / "drivers" / std::string(driver) /
                     "vectors.jsonl");
    for (std::string line; std::getline(in, line);) {
        const json::value value = json::parse(line);
        const json::object& vector = value.as_object();
        if (const auto* setup = vector.if_contains("setup")) {
            for (const json::value& message : setup->as_array()) {
                out.push_back(seed(message.as_object()));
            }
        }
        out.push_back(seed(vector));
    }
    return out;
}

void write_seeds_if_asked(int argc, char** argv, const std::vector<std::string>& inputs) {
    google::protobuf::SetLogHandler(nullptr);  // it prints what is not UTF-8
    constexpr std::string_view option = "--seeds=";
    for (int i = 1; i < argc; ++i) {
        const std::string_view argument = argv[i];
        if (!argument.starts_with(option)) continue;
        const std::filesystem::path folder(argument.substr(option.size()));
        std::filesystem::create_directories(folder);
        for (std::size_t n = 0; n < inputs.size(); ++n) {
            std::ofstream out(folder / ("vector-" + std::to_string(n)), std::ios::binary);
            out.write(inputs[n].data(), static_cast<std::streamsize>(inputs[n].size()));
        }
        std::exit(0);
    }
}

}  // namespace anju::fuzz
