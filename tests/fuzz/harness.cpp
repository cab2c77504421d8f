#include "fuzz/harness.hpp"

#include <google/protobuf/stubs/logging.h>
#include <boost/json.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "drivers/bytes.hpp"
#include "unit/drivers/contract.hpp"

namespace anju::fuzz {
namespace {

namespace json = boost::json;

void demand(const std::string& broken) {
    if (broken.empty()) return;
    std::fprintf(stderr, "broken promise: %s\n", broken.c_str());
    std::abort();
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
    demand(drivers::testing::broken_promise(result, payload_bytes));
}

void demand_equal(const drivers::DecodeResult& left, const drivers::DecodeResult& right) {
    demand(drivers::testing::difference(left, right));
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
