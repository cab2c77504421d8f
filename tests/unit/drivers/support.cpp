#include "unit/drivers/support.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace anju::drivers::testing {
namespace {

namespace json = boost::json;

// Spelled out here, not taken from the core: golden vectors must not follow a renaming.
constexpr std::string_view kinds[] = {"",
                                      "smoke",
                                      "gas",
                                      "sos",
                                      "water_leak",
                                      "contact_open",
                                      "motion",
                                      "water_total_ml",
                                      "battery_pct",
                                      "battery_low",
                                      "tamper",
                                      "online",
                                      "alive",
                                      "bed_occupied",
                                      "battery_mv",
                                      "carbon_monoxide",
                                      "vibration",
                                      "water_flow_mlh",
                                      "water_used_ml",
                                      "water_reverse_ml",
                                      "fault",
                                      "i_am_well"};

std::string_view kind_name(ReadingKind kind) {
    return kinds[static_cast<std::size_t>(kind)];
}

json::array flags(std::uint16_t bits) {
    json::array out;
    if ((bits & quality::retained) != 0) out.push_back("retained");
    if ((bits & quality::test) != 0) out.push_back("test");
    if ((bits & quality::clock_replaced) != 0) out.push_back("clock_replaced");
    if ((bits & quality::late) != 0) out.push_back("late");
    return out;
}

int nibble(char c) {
    return c <= '9' ? c - '0' : c - 'a' + 10;
}

}  // namespace

std::vector<json::object> read_jsonl(const std::filesystem::path& file) {
    std::vector<json::object> out;
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) {
        json::error_code failure;
        const json::value value = json::parse(line, failure);
        if (failure || !value.is_object()) {
            ADD_FAILURE() << file << ":" << out.size() + 1 << ": " << failure.message();
            break;
        }
        out.push_back(value.get_object());
    }
    return out;
}

std::filesystem::path source_dir() {
    return ANJU_SOURCE_DIR;
}

std::filesystem::path corpus_dir() {
    return source_dir() / ".." / "shared" / "data" / "devices";
}

std::string from_hex(std::string_view hex) {
    std::string out;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        out.push_back(static_cast<char>(nibble(hex[i]) * 16 + nibble(hex[i + 1])));
    }
    return out;
}

std::string payload_of(const json::object& vector) {
    if (const auto* hex = vector.if_contains("payload_hex")) {
        return from_hex(std::string_view(hex->as_string()));
    }
    return std::string(vector.at("payload").as_string());
}

json::array to_json(const std::vector<Reading>& readings) {
    json::array out;
    for (const Reading& reading : readings) {
        json::array item{json::string(kind_name(reading.kind)), reading.value};
        const auto ms = to_unix_ms(reading.event_time);
        if (reading.quality != 0 || ms != 0) item.push_back(flags(reading.quality));
        if (ms != 0) item.push_back(ms);
        out.push_back(std::move(item));
    }
    return out;
}

std::string brief(const std::vector<Reading>& readings) {
    std::string out;
    for (const Reading& reading : readings) {
        if (!out.empty()) out += " ";
        out += std::string(kind_name(reading.kind)) + "=" + std::to_string(reading.value);
    }
    return out;
}

DecodeResult decode(DriverState& state, std::string_view topic, std::string_view payload,
                    bool retained) {
    static const Catalog catalog(Catalog::everything());
    const Route* route = catalog.find(topic);
    if (route == nullptr) {
        ADD_FAILURE() << "no driver for " << topic;
        return std::vector<Decoded>{};
    }
    return route->decode(topic, payload, retained, state);
}

Decoded decode_one(DriverState& state, std::string_view topic, std::string_view payload,
                   bool retained) {
    auto result = decode(state, topic, payload, retained);
    if (!result) {
        ADD_FAILURE() << topic << ": " << result.error().code << ": " << result.error().text;
        return {};
    }
    if (result->size() != 1) {
        ADD_FAILURE() << topic << ": " << result->size() << " devices instead of one";
        return {};
    }
    return std::move(result->front());
}

}  // namespace anju::drivers::testing
