// Recorded telegrams: those that were encrypted or framed again must give the body of those that
// they were made from, and no other key may.
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "drivers/wmbus/settle.hpp"
#include "unit/drivers/support.hpp"
#include "unit/drivers/wmbus/frames.hpp"

namespace anju::drivers::wmbus {
namespace {

namespace json = boost::json;
using Result = boost::system::result<Telegram, DecodeError>;

std::string text(const json::object& line, std::string_view name) {
    const json::value& value = line.at(name);
    return value.is_string() ? std::string(std::string_view(value.as_string())) : std::string();
}

std::string code_or_body(const std::string& hex, const std::string& key) {
    Settings settings;
    Scratch scratch;
    if (!key.empty()) {
        settings.set_fallback(DeviceSettings{.key = parse_key(key), .profile = {}});
    }
    const auto input = testing::bytes(hex);
    const Result result =
        settle_telegram(input, KeySource{settings}, scratch, [](const Telegram&) {});
    return result ? to_hex(result->body) : result.error().code;
}

class WmbusCorpus : public ::testing::Test {
protected:
    static std::vector<json::object> read(const char* name) {
        return drivers::testing::read_jsonl(drivers::testing::corpus_dir() / name);
    }
};

TEST_F(WmbusCorpus, OfDerivedTelegramsHasTheBodiesOfTheOriginals) {
    const auto derived = read("wmbus_derived.jsonl");
    if (derived.empty()) GTEST_SKIP() << "the recordings are not here";
    std::map<std::string, json::object> originals;
    for (auto& line : read("wmbus.jsonl")) originals.emplace(text(line, "id"), std::move(line));
    std::size_t opened = 0;
    for (const auto& line : derived) {
        const auto& original = originals.at(text(line, "derived_from"));
        const std::string expected =
            code_or_body(text(original, "telegram_hex"), text(original, "key"));
        const std::string found = code_or_body(text(line, "telegram_hex"), text(line, "key"));
        EXPECT_EQ(found, expected) << text(line, "id");
        if (found.size() > 20) ++opened;
    }
    EXPECT_GE(opened, derived.size() - 2) << "but for one telegram whose key nobody knows";
}

TEST_F(WmbusCorpus, OfEncryptedTelegramsNeedsTheKeyAndNoOther) {
    std::size_t tried = 0;
    for (const char* file : {"wmbus.jsonl", "wmbus_derived.jsonl", "wmbus_other.jsonl"}) {
        for (const auto& line : read(file)) {
            const std::string key = text(line, "key");
            if (key.empty()) continue;
            const std::string hex = text(line, "telegram_hex");
            ++tried;
            EXPECT_EQ(code_or_body(hex, ""), "key_missing") << text(line, "id");
            EXPECT_GT(code_or_body(hex, key).size(), 20U) << text(line, "id");
            for (std::size_t bit = 0; bit < 128; bit += 7) {
                auto wrong = testing::bytes(key);
                wrong[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
                const std::string code = code_or_body(hex, to_hex(wrong));
                EXPECT_TRUE(code == "key_wrong" || code == "mac_wrong")
                    << text(line, "id") << ", bit " << bit << ": " << code;
            }
        }
    }
    if (tried == 0) GTEST_SKIP() << "the recordings are not here";
}

TEST_F(WmbusCorpus, IsOpenedWhole) {
    std::map<std::string, std::size_t> refused;
    std::size_t seen = 0;
    for (const char* file : {"wmbus.jsonl", "wmbus_other.jsonl"}) {
        for (const auto& line : read(file)) {
            ++seen;
            const std::string result = code_or_body(text(line, "telegram_hex"), text(line, "key"));
            if (result.find('_') != std::string::npos || result == "crc") {
                ++refused[result];
                EXPECT_TRUE(result == "key_missing" || result == "length_wrong")
                    << text(line, "id") << ": " << result;
            }
        }
    }
    if (seen == 0) GTEST_SKIP() << "the recordings are not here";
    EXPECT_LE(refused["key_missing"], 1U);
    EXPECT_LE(refused["length_wrong"], 0U);
}

}  // namespace
}  // namespace anju::drivers::wmbus
