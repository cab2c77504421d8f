// What boards say of themselves: files composed as the kernel writes them, and files that nobody
// can make sense of.
#include <gtest/gtest.h>

#include "system/board.hpp"

namespace anju::system {
namespace {

Board sample(const std::string& name) {
    return look_at_board(ANJU_SOURCE_DIR "/tests/data/board/" + name);
}

TEST(Board, IsReadFromARaspberryPi) {
    const Board board = sample("raspberry-pi-4");
    EXPECT_EQ(board.temperature_mc, 51'121);
    ASSERT_TRUE(board.throttled);
    EXPECT_TRUE(has(*board.throttled, Throttled::undervoltage_since_boot));
    EXPECT_FALSE(has(*board.throttled, Throttled::undervoltage_now));
    EXPECT_EQ(
        board.storage,
        (std::vector<Storage>{{"mmcblk0", "SD", std::nullopt, std::nullopt, 510'282U * 512U}}));
    EXPECT_EQ(board.memory, (Memory{1'894'912ULL * 1024, 1'598'116ULL * 1024}));
    EXPECT_EQ(board.uptime_s, 93'784U);
    EXPECT_EQ(board.root_read_only, false) << "read-only for this mount alone";
    EXPECT_EQ(board.boot_id, "f2a1f27e-6c5b-4c9a-9c1c-1a1f0b6f1f55");
    EXPECT_EQ(board.kernel, "6.1.0-rpi7-rpi-v8");
    EXPECT_EQ(board.debian, "12.5");
    EXPECT_EQ(board.model, "Raspberry Pi 4 Model B Rev 1.5");
}

TEST(Board, SaysHowFarAnEmmcIsWorn) {
    const Board board = sample("worn-emmc");
    EXPECT_EQ(board.temperature_mc, 83'000) << "the hottest of those that are there";
    EXPECT_EQ(board.storage, (std::vector<Storage>{{"mmcblk2", "MMC", std::uint8_t{9},
                                                    EndOfLife::warning, 91'028'200ULL * 512}}))
        << "a boot partition is no storage of its own";
    EXPECT_EQ(board.root_read_only, true) << "the kernel has given it up";
}

TEST(Board, KnowsNothingOfWhatABoardDoesNotTell) {
    const Board board = sample("bare");
    EXPECT_EQ(board.uptime_s, 12U);
    EXPECT_EQ(board.temperature_mc, std::nullopt);
    EXPECT_EQ(board.throttled, std::nullopt);
    EXPECT_TRUE(board.storage.empty());
    EXPECT_EQ(board.memory, std::nullopt);
    EXPECT_EQ(board.root_read_only, std::nullopt);
    EXPECT_EQ(board.boot_id + board.kernel + board.debian + board.model, "");
}

TEST(Board, AsksTheKernelItselfOnThisMachine) {
    const Board board = look_at_board();
    EXPECT_FALSE(board.kernel.empty());
    EXPECT_TRUE(board.uptime_s);
    ASSERT_TRUE(board.memory);
    EXPECT_GT(board.memory->total_bytes, 0U);
}

TEST(Board, DoesNotBelieveASensorThatIsNotThere) {
    EXPECT_EQ(parse_temperature("-273150\n"), std::nullopt);
    EXPECT_EQ(parse_temperature("255000"), std::nullopt);
    EXPECT_EQ(parse_temperature("-12500\n"), -12'500);
    for (const char* const text : {"", "\n", "hot", "51121x", "9999999999999"}) {
        EXPECT_EQ(parse_temperature(text), std::nullopt) << text;
    }
}

TEST(Board, TakesTheWorseKindOfCells) {
    EXPECT_EQ(parse_life_time("0x01 0x02\n"), 2);
    EXPECT_EQ(parse_life_time("0x0b 0x01\n"), 11);
    EXPECT_EQ(parse_life_time("0x00 0x03\n"), 3);
    for (const char* const text : {"", "0x00 0x00\n", "0x0c 0x01", "0xff 0xff", "none", "0x1 ?"}) {
        EXPECT_EQ(parse_life_time(text), std::nullopt) << text;
    }
    EXPECT_EQ(parse_end_of_life("0x03\n"), EndOfLife::urgent);
    for (const char* const text : {"", "0x00\n", "0x04", "0x1ff"}) {
        EXPECT_EQ(parse_end_of_life(text), std::nullopt) << text;
    }
}

TEST(Board, ReadsBitsInBothWritings) {
    EXPECT_EQ(parse_throttled("50005\n"), 0x50005U);
    EXPECT_EQ(parse_throttled("0x0\n"), 0U);
    EXPECT_EQ(parse_throttled("throttled=0x0"), std::nullopt);
    EXPECT_EQ(parse_throttled("1ffffffff"), std::nullopt);
}

TEST(Board, CountsWhatWasWrittenAndNothingElse) {
    EXPECT_EQ(parse_written_bytes("1 2 3 4 5 6 7 8 9 10 11"), 7U * 512U);
    EXPECT_EQ(parse_written_bytes("1 2 3 4 5 6"), std::nullopt);
    EXPECT_EQ(parse_written_bytes("1 2 3 4 5 6 x 8"), std::nullopt);
}

TEST(Board, NeedsBothFiguresOfTheMemory) {
    EXPECT_EQ(parse_memory("MemTotal: 10 kB\nMemAvailable: 4 kB\n"), (Memory{10'240, 4'096}));
    EXPECT_EQ(parse_memory("MemTotal: 10 kB\n"), std::nullopt);
    EXPECT_EQ(parse_memory("MemTotal: 10\nMemAvailable: 4 kB\n"), std::nullopt);
}

}  // namespace
}  // namespace anju::system
