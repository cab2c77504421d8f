// The profiles that come with Anju: each is read without a mistake, says what its vectors say, and
// stays within its ranges whatever bytes come.
#include "drivers/profile/builtin.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>

#include "drivers/profile/meaning.hpp"
#include "drivers/profile/parse.hpp"
#include "unit/drivers/support.hpp"

namespace anju::drivers::testing {
namespace {

constexpr int damaged_per_vector = 2000;

class BuiltinProfiles : public ::testing::TestWithParam<BuiltinProfile> {};

std::string describe(const std::vector<ProfileError>& mistakes) {
    std::string out;
    for (const auto& one : mistakes) out += one.where + ": " + one.what + ": " + one.remedy + "\n";
    return out;
}

TEST_P(BuiltinProfiles, HoldNoMistake) {
    const auto parsed = profile_file::parse(GetParam().text, GetParam().file);
    EXPECT_TRUE(parsed.mistakes.empty()) << describe(parsed.mistakes);
    EXPECT_EQ(parsed.profile.name + ".toml", GetParam().file);
    EXPECT_TRUE(parsed.profile.sensor || !parsed.profile.codec.empty()) << "what is it in a home?";
}

TEST_P(BuiltinProfiles, SayWhatTheirVectorsSay) {
    const auto parsed = profile_file::parse(GetParam().text, GetParam().file);
    const auto mistakes = profile_file::check_vectors(parsed.profile);
    EXPECT_TRUE(mistakes.empty()) << describe(mistakes);
}

/// All readings that rules of the profile can give, as "contact_open=1".
std::set<std::string> possible(const Profile& profile) {
    std::set<std::string> out;
    const auto add = [&](const Meaning& meaning) {
        if (!meaning.kind) return;
        const Reading yes{*meaning.kind, 0, 1, {}};
        const Reading no{*meaning.kind, 0, 0, {}};
        const KindRange range = range_of(*meaning.kind);
        if (!range.is_state) return;
        if (!meaning.on.empty() || meaning.on_above) out.insert(brief({yes}));
        if ((!meaning.off.empty() || meaning.on_above) && !range.is_event) out.insert(brief({no}));
    };
    for (const FieldRule& rule : profile.fields) add(rule.meaning);
    for (const Layout& layout : profile.layouts) {
        for (const ByteRule& rule : layout.bytes) add(rule.meaning);
        for (const TagRule& rule : layout.tags) {
            if (rule.rule) add(rule.rule->meaning);
        }
    }
    return out;
}

TEST_P(BuiltinProfiles, ShowBothSidesOfEveryYesAndNo) {
    const auto parsed = profile_file::parse(GetParam().text, GetParam().file);
    std::set<std::string> missing = possible(parsed.profile);
    missing.erase("tamper=1");  // beside what the device is for
    for (const ProfileVector& vector : parsed.profile.vectors) {
        for (const auto& expected : vector.readings) {
            missing.erase(brief({Reading{expected.kind, 0, expected.value, {}}}));
        }
    }
    EXPECT_TRUE(missing.empty()) << "no vector shows " << *missing.begin();
}

void expect_sane(const PayloadResult& result, std::size_t size) {
    if (!result) {
        EXPECT_FALSE(result.error().code.empty());
        EXPECT_FALSE(result.error().text.empty());
        EXPECT_LE(result.error().at, size);
        return;
    }
    EXPECT_LE(result->readings.size(), max_readings);
    EXPECT_LE(result->problems.size(), max_problems);
    for (const Problem& problem : result->problems) EXPECT_LE(problem.at, size);
    for (const Reading& reading : result->readings) {
        const KindRange range = range_of(reading.kind);
        EXPECT_GE(reading.value, range.min);
        EXPECT_LE(reading.value, range.max);
    }
}

TEST_P(BuiltinProfiles, StayWithinTheirRangesWhateverBytesCome) {
    const auto parsed = profile_file::parse(GetParam().text, GetParam().file);
    if (!reads_bytes(parsed.profile)) return;
    std::mt19937 random(20'260'301);
    for (const ProfileVector& vector : parsed.profile.vectors) {
        for (int i = 0; i < damaged_per_vector; ++i) {
            std::vector<std::uint8_t> bytes = vector.bytes;
            for (std::size_t rounds = 1 + random() % 3; rounds > 0 && !bytes.empty(); --rounds) {
                const std::size_t at = random() % bytes.size();
                if (random() % 4 == 0) {
                    bytes.resize(at);
                } else {
                    bytes[at] = static_cast<std::uint8_t>(random());
                }
            }
            expect_sane(read_bytes(parsed.profile, bytes, vector.port), bytes.size());
        }
    }
}

std::string test_name(const ::testing::TestParamInfo<BuiltinProfile>& info) {
    std::string out;
    for (const char c : info.param.file.substr(0, info.param.file.find('.'))) {
        out.push_back(c == '-' ? '_' : c);
    }
    return out;
}

INSTANTIATE_TEST_SUITE_P(Files, BuiltinProfiles,
                         ::testing::ValuesIn(builtin_profiles().begin(), builtin_profiles().end()),
                         test_name);

TEST(BuiltinProfileSet, IsFoundByName) {
    const Profiles profiles;
    EXPECT_EQ(profiles.all().size(), builtin_profiles().size());
    ASSERT_NE(profiles.find("milesight-ws301"), nullptr);
    EXPECT_EQ(profiles.find("milesight-ws301")->model, "WS301");
    EXPECT_EQ(profiles.find("milesight-ws30"), nullptr);
}

}  // namespace
}  // namespace anju::drivers::testing
