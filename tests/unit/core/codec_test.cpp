#include "core/codec/codec.hpp"

#include <limits>
#include <random>

#include "core/codec/seal.hpp"
#include "support.hpp"

namespace anju::test {
namespace {

std::vector<Input> some_inputs() {
    Observation numbered =
        message(meter, {reading(ReadingKind::water_total_ml, 123'456'789, morning),
                        reading(ReadingKind::battery_pct, 0, {}, 0xffff),
                        reading(ReadingKind::alive, std::numeric_limits<std::int64_t>::min())});
    numbered.sequence = Sequence{.boot = std::numeric_limits<std::uint64_t>::max(), .number = 1};
    Observation foreign = message(smoke, {reading(ReadingKind::smoke)});
    foreign.redelivered = true;
    return {numbered,
            foreign,
            HouseholdSet{full_home()},
            HouseholdSet{},
            HouseholdRemoved{home_id},
            AlertCommand{.command_id = "c-1",
                         .alert = AlertId{"h1-1"},
                         .verb = AlertVerb::close,
                         .reason = ClosingReason::late_rise,
                         .note = "睡过头了",
                         .actor = "cli:lin"},
            ClockStep{-3h},
            StoreRestored{1'000'000},
            Outage{morning}};
}

std::vector<Decision> some_decisions() {
    World world;
    Decisions all = world.says(morning + 1min, smoke, ReadingKind::smoke);
    for (Decision& d : world.advance(morning + 2h)) all.push_back(std::move(d));
    for (Decision& d : world.command(morning + 3h, alert_id(1), AlertVerb::close)) {
        all.push_back(std::move(d));
    }
    for (Decision& d : world.command(morning + 3h, AlertId{"nobody-1"}, AlertVerb::close)) {
        all.push_back(std::move(d));
    }
    return all;
}

template <class Decode>
void any_flipped_bit_and_any_cut_is_noticed(const std::string& bytes, Decode decode) {
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        for (int bit = 0; bit < 8; ++bit) {
            std::string damaged = bytes;
            damaged[i] = static_cast<char>(damaged[i] ^ (1 << bit));
            EXPECT_FALSE(decode(damaged)) << "byte " << i << ", bit " << bit;
        }
        EXPECT_FALSE(decode(bytes.substr(0, i))) << "cut to " << i << " bytes";
    }
    EXPECT_FALSE(decode(bytes + '\0'));
}

}  // namespace

TEST(Crc32, GivesTheCheckValueOfTheStandard) {
    EXPECT_EQ(codec::crc32("123456789"), 0xCBF43926U);
    EXPECT_EQ(codec::crc32(""), 0U);
}

TEST(InputCodec, ReadsBackWhatItWrote) {
    for (const Input& input : some_inputs()) {
        const std::string bytes = encode(input);
        const auto read = decode_input(bytes);
        ASSERT_TRUE(read) << "alternative " << input.index();
        EXPECT_EQ(read->index(), input.index());
        EXPECT_EQ(encode(*read), bytes);
    }
    const auto read = decode_input(encode(some_inputs().front()));
    const auto& observation = std::get<Observation>(read.value());
    EXPECT_EQ(observation.sequence->boot, std::numeric_limits<std::uint64_t>::max());
    EXPECT_EQ(observation.readings, std::get<Observation>(some_inputs().front()).readings);
    EXPECT_EQ(std::get<HouseholdSet>(*decode_input(encode(some_inputs()[2]))).household,
              full_home());
}

TEST(InputCodec, NoticesEveryDamage) {
    for (const Input& input : some_inputs()) {
        any_flipped_bit_and_any_cut_is_noticed(encode(input), decode_input);
    }
}

TEST(DecisionCodec, ReadsBackWhatItWrote) {
    const auto decisions = some_decisions();
    ASSERT_GE(decisions.size(), 8U);
    for (const Decision& decision : decisions)
        EXPECT_EQ(decode_decision(encode(decision)), decision);
}

TEST(DecisionCodec, NoticesEveryDamage) {
    for (const Decision& decision : some_decisions()) {
        any_flipped_bit_and_any_cut_is_noticed(encode(decision), decode_decision);
    }
}

TEST(Codec, NeverBelievesRandomBytesEvenWithARightChecksum) {
    std::mt19937_64 random(20251122);
    std::size_t accepted = 0;
    for (int round = 0; round < 200'000; ++round) {
        std::string bytes(1 + random() % 60, '\0');
        for (char& c : bytes) c = static_cast<char>(random() % (round % 2 == 0 ? 256 : 8));
        bytes[0] = codec::newest;
        codec::seal(bytes);
        if (const auto input = decode_input(bytes)) {
            EXPECT_EQ(encode(*input), bytes) << "two spellings of one value";
            ++accepted;
        }
        if (const auto decision = decode_decision(bytes)) {
            EXPECT_EQ(encode(*decision), bytes);
        }
    }
    EXPECT_GT(accepted, 0U) << "the bytes were too wild to test anything";
}

TEST(Codec, RefusesAnotherVersion) {
    std::string bytes = encode(Input{HouseholdRemoved{home_id}});
    for (const int version : {0, 2, codec::newest + 1}) {
        bytes.resize(bytes.size() - 4);
        bytes[0] = static_cast<char>(version);
        codec::seal(bytes);
        EXPECT_FALSE(decode_input(bytes)) << version;
    }
}

}  // namespace anju::test
