// What was restored takes its place on a disk that is full, or waits for room; what was there is
// set aside under a name, whoever has altered the folder.
#include "store/placing.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/component/store/samples.hpp"
#include "tests/support/mounted.hpp"

namespace anju::test {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

/// Commits `homes` of them.
void fill(const fs::path& folder, std::uint64_t homes) {
    const auto journal = open_journal(options_in(folder));
    for (std::uint64_t seq = 1; seq <= homes; ++seq) {
        Transaction one;
        one.now = noon;
        one.inputs.push_back(registration_of("home-" + std::to_string(seq), seq, noon));
        journal->commit(one).value();
    }
}

std::uint64_t inputs_of_store(const store::Options& options) {
    return open_journal(options)->recover().value().last_input;
}

/// A store of 7 homes, for which one of 3 is ready that only has to be placed.
void begin(const fs::path& data_dir) {
    const store::Files files(data_dir);
    fill(data_dir, 7);
    fill(data_dir / "other", 3);
    fs::create_directory(data_dir / "ready");
    fs::rename(data_dir / "other/anju.db", data_dir / "ready/anju.db");
    fs::remove_all(data_dir / "other");
    fs::create_directory(files.quarantine());
    store::begin_placing(files, data_dir / "ready", "0001-restore");
    store::configuration_is_placed(files);
    ASSERT_EQ(store::look_at_placing(files), store::Placing::begun);
}

TEST(Placing, OnAFullDiskWaitsForRoomAndBeginsNoOtherStore) {
    TempDir folder;
    const auto disk = Mounted::tmpfs(folder.path(), "size=4m,nr_inodes=40");
    if (!disk) GTEST_SKIP() << "needs the right to mount a tmpfs";
    const fs::path data_dir = folder.path() / "data";
    begin(data_dir);
    store::Options options = options_in(data_dir);
    options.ballast_bytes = 0;
    // No room for so much as a folder.
    int more = 0;
    while (std::ofstream(folder.path() / std::to_string(more))) ASSERT_LT(++more, 40);
    for (int start = 0; start < 2; ++start) {
        const auto journal = store::SqliteJournal::open(options, noon + 24h, 9);
        ASSERT_FALSE(journal) << "and what became of the restored one?";
        EXPECT_NE(journal.error().remedy.find("disk"), std::string::npos);
        EXPECT_EQ(store::look_at_placing(store::Files(data_dir)), store::Placing::begun);
        EXPECT_TRUE(fs::exists(data_dir / "restore.ready/anju.db"));
        EXPECT_TRUE(fs::exists(data_dir / "anju.db"));
    }
    for (int i = 0; i < more; ++i) fs::remove(folder.path() / std::to_string(i));
    EXPECT_EQ(inputs_of_store(options), 3U);
    EXPECT_EQ(inputs_of_store(options_in(data_dir / "quarantine/0001-restore")), 7U);
}

TEST(Placing, OnAFullDiskGivesUpTheBallastForIt) {
    TempDir folder;
    const auto disk = Mounted::tmpfs(folder.path(), "size=4m,nr_inodes=40");
    if (!disk) GTEST_SKIP() << "needs the right to mount a tmpfs";
    const fs::path data_dir = folder.path() / "data";
    begin(data_dir);
    const store::Files files(data_dir);
    store::Ballast ballast(files.ballast(), 100'000);
    ASSERT_TRUE(ballast.restore());
    int more = 0;
    while (std::ofstream(folder.path() / std::to_string(more))) ASSERT_LT(++more, 40);
    ASSERT_FALSE(store::finish_placing(files));
    const auto placed = store::finish_placing(files, ballast);
    ASSERT_TRUE(placed) << placed.error().text();
    EXPECT_TRUE(placed->has_value()) << "it is told";
    EXPECT_FALSE(ballast.present());
    EXPECT_EQ(store::look_at_placing(files), store::Placing::none);
    for (int i = 0; i < more; ++i) fs::remove(folder.path() / std::to_string(i));
    EXPECT_EQ(inputs_of_store(options_in(data_dir)), 3U);
}

TEST(Placing, WithoutANameOfItsOwnWhatWasThereIsTheNewestInTheQuarantine) {
    for (const std::string name : {"", "../../elsewhere/"}) {
        TempDir folder;
        const store::Files files(folder.path());
        begin(folder.path());
        std::ofstream(files.placing() / "quarantine", std::ios::trunc) << name;
        for (const char* const earlier : {"0001-a", "0002-b", "0003-c"}) {
            fs::create_directories(files.quarantine() / earlier);
        }
        ASSERT_TRUE(store::finish_placing(files));
        const fs::path aside = files.quarantine() / "0004-19700101T000000Z";
        ASSERT_TRUE(fs::exists(aside / "anju.db")) << "the oldest goes by itself";
        EXPECT_EQ(inputs_of_store(options_in(aside)), 7U);
        EXPECT_FALSE(fs::exists(files.quarantine() / "0001-a"));
        EXPECT_EQ(inputs_of_store(options_in(folder.path())), 3U);
    }
}

}  // namespace
}  // namespace anju::test
