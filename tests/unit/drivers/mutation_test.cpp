// Damaged messages: whatever arrives, a driver answers with readings or with an error, keeps to
// the ranges it promises, and does not crash. Meant to be run under the sanitizers as well.
#include <google/protobuf/stubs/logging.h>
#include <gtest/gtest.h>

#include <random>

#include "unit/drivers/contract.hpp"
#include "unit/drivers/support.hpp"

namespace anju::drivers::testing {
namespace {

constexpr int mutations_per_driver = 10'000;
constexpr std::string_view tokens[] = {"true", "null",    "\"",       "{",    "]",
                                       ":",    ",",       "1e999",    "\xff", "-",
                                       "NaN",  "\\u0000", "[[[[[[[[", "0x",   "\x80\x80"};

std::string mutate(std::string bytes, std::mt19937& random) {
    const auto below = [&](std::size_t n) { return random() % n; };
    for (std::size_t rounds = 1 + below(4); rounds > 0; --rounds) {
        const std::size_t at = bytes.empty() ? 0 : below(bytes.size());
        switch (below(5)) {
            case 0:
                if (!bytes.empty()) bytes[at] = static_cast<char>(below(256));
                break;
            case 1:
                bytes.erase(at, 1 + below(8));
                break;
            case 2:
                bytes.insert(at, tokens[below(std::size(tokens))]);
                break;
            case 3:
                bytes.insert(at, bytes.substr(at / 2, below(32)));
                break;
            default:
                if (!bytes.empty()) bytes[at] = static_cast<char>(bytes[at] ^ (1 << below(8)));
        }
    }
    return bytes;
}

class Mutation : public ::testing::TestWithParam<const Driver*> {};

TEST_P(Mutation, OfValidMessagesNeverCrashesADriver) {
    google::protobuf::LogSilencer quiet;  // it reports text that is not UTF-8 on stderr
    const auto file = source_dir() / "drivers" / std::string(GetParam()->name) / "vectors.jsonl";
    const auto vectors = read_jsonl(file);
    ASSERT_FALSE(vectors.empty());
    std::mt19937 random(20'260'301);
    DriverState state;
    int decoded = 0;
    int refused = 0;
    for (int i = 0; i < mutations_per_driver; ++i) {
        const auto& vector = vectors[random() % vectors.size()];
        const std::string payload = mutate(payload_of(vector), random);
        const auto result =
            decode(state, std::string_view(vector.at("topic").as_string()), payload, i % 7 == 0);
        EXPECT_EQ(broken_promise(result, payload.size()), "");
        (result ? decoded : refused) += 1;
        if (::testing::Test::HasFailure())
            FAIL() << "mutation " << i << " of " << vector.at("name");
    }
    EXPECT_GT(decoded, 0) << "the mutations leave nothing intact";
    EXPECT_GT(refused, 0) << "the mutations damage nothing";
}

std::vector<const Driver*> every_driver() {
    std::vector<const Driver*> out;
    for (const Driver& driver : all_drivers()) out.push_back(&driver);
    return out;
}

INSTANTIATE_TEST_SUITE_P(Drivers, Mutation, ::testing::ValuesIn(every_driver()),
                         [](const auto& driver) { return std::string(driver.param->name); });

}  // namespace
}  // namespace anju::drivers::testing
