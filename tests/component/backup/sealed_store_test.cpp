// The backup of a box whose names are sealed holds the key: without it a restored box would open
// nothing.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <sstream>

#include "backup/backup.hpp"
#include "backup/erase.hpp"
#include "backup/restore.hpp"
#include "store/sealing.hpp"
#include "tests/component/store/samples.hpp"
#include "vault/key_file.hpp"

namespace anju::test {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using namespace backup;

std::string text_of(const fs::path& file) {
    std::ostringstream out;
    out << std::ifstream(file, std::ios::binary).rdbuf();
    return out.str();
}

class BackupOfASealedBox : public testing::Test {
protected:
    static Places places(const fs::path& root) {
        return {root / "lib/anju", root / "etc/anju", root / "etc/mosquitto/anju",
                root / "etc/anju/seal.key"};
    }
    static void write(const fs::path& file, const std::string& text, unsigned mode = 0640) {
        fs::create_directories(file.parent_path());
        std::ofstream(file) << text;
        ::chmod(file.c_str(), mode);
    }
    static std::unique_ptr<store::SqliteJournal> open(const Places& where) {
        store::Options options = options_in(where.data_dir);
        options.keys = vault::read_keys(where.seal_key).value();
        return open_journal(options, noon + 24h);
    }
    void live(const fs::path& key) {
        box_.seal_key = key;
        write(box_.config / "anju.toml", "[gateway]\nid = \"box-7\"\n");
        write(key, vault::make_line());
        const auto journal = open(box_);
        Transaction one;
        one.now = noon;
        one.inputs.push_back(registration_of("home-1", 1, noon));
        one.decisions.push_back(alert_decision("home-1", 1, "a1", AlertState::open, noon));
        one.checkpoints.push_back(checkpoint_of("home-1", 1, noon, true));
        one.events.push_back(event_of(Lane::alarm, 1, noon));
        one.notices.push_back({1, noon, NoticeState::waiting, "a1", "to 林桂芳"});
        journal->commit(one).value();
    }
    result<Made> make() {
        Manifest about;
        about.gateway_id = "box-7";
        return create(box_, key_of(code_)->open, file_, about);
    }
    result<Restored> restored(bool replace = false, bool stores_only = false) {
        return restore(file_, key_of(code_).value(), {board_, replace, stores_only}, noon + 24h, 5);
    }
    void expect_goes_on() {
        const auto journal = open(board_);
        const Recovery found = journal->recover().value();
        ASSERT_EQ(found.salvaged.size(), 1U) << "owed, from one table to another";
        EXPECT_EQ(found.checkpoints.at(0).bytes, checkpoint_of("home-1", 1, noon, true).bytes);
        EXPECT_EQ(found.notices.at(0).bytes, "to 林桂芳");
    }

    TempDir dir_;
    fs::path file_ = dir_.path() / "a.backup";
    Places box_ = places(dir_.path() / "box");
    Places board_ = places(dir_.path() / "board");
    std::string code_ = make_recovery_code();
};

TEST_F(BackupOfASealedBox, GoesOnOnAnotherBoardWithItsKey) {
    live(box_.config / "seal.key");
    ASSERT_TRUE(make());
    const auto verified = verify(file_, key_of(code_).value(), dir_.path() / "work");
    ASSERT_TRUE(verified) << verified.error().text();
    EXPECT_EQ(verified->seal_key, "config/anju/seal.key");
    const auto done = restored();
    ASSERT_TRUE(done) << done.error().text();
    EXPECT_EQ(text_of(board_.seal_key), text_of(box_.seal_key));
    expect_goes_on();
}

TEST_F(BackupOfASealedBox, HoldsAKeyThatLiesElsewhereAndPutsItBesideTheConfiguration) {
    live(dir_.path() / "stick/box-7.key");
    ASSERT_TRUE(make());
    EXPECT_TRUE(verify(file_, key_of(code_).value(), dir_.path() / "work"));
    board_.seal_key.clear();  // a new board has no configuration yet
    const auto done = restored();
    ASSERT_TRUE(done) << done.error().text();
    ASSERT_EQ(done->notes.size(), 1U);
    board_.seal_key = board_.config / "seal.key";
    EXPECT_NE(done->notes[0].find(board_.seal_key.string()), std::string::npos);
    struct stat info{};
    ASSERT_EQ(::stat(board_.seal_key.c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 07777U, 0640U);
    expect_goes_on();
}

TEST_F(BackupOfASealedBox, GivesTheKeyAloneToABoxThatHasLostNothingElse) {
    live(dir_.path() / "stick/box-7.key");
    ASSERT_TRUE(make());
    const auto lines = key_in(file_, key_of(code_).value(), dir_.path() / "work");
    ASSERT_TRUE(lines) << lines.error().text();
    EXPECT_EQ(*lines, text_of(box_.seal_key));
    EXPECT_FALSE(fs::exists(dir_.path() / "work"));
    EXPECT_FALSE(key_in(file_, key_of(make_recovery_code()).value(), dir_.path() / "work"));
}

TEST_F(BackupOfASealedBox, IsNotMadeWithoutTheKey) {
    live(box_.config / "seal.key");
    fs::remove(box_.seal_key);
    const auto made = make();
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().where, box_.seal_key.string());
    EXPECT_FALSE(fs::exists(file_));
}

TEST_F(BackupOfASealedBox, IsNotFineWhenTheKeyInItIsAnother) {
    live(box_.config / "seal.key");
    write(box_.seal_key, vault::make_line());
    ASSERT_TRUE(make());
    const auto verified = verify(file_, key_of(code_).value(), dir_.path() / "work");
    ASSERT_FALSE(verified);
    EXPECT_NE(verified.error().text().find("sealed with key"), std::string::npos);
    EXPECT_FALSE(restored());
    EXPECT_FALSE(fs::exists(board_.data_dir / "anju.db"));
}

TEST_F(BackupOfASealedBox, ComesUnderTheKeyOfABoxThatHasOne) {
    live(box_.config / "seal.key");
    ASSERT_TRUE(make());
    write(board_.config / "anju.toml", "mine");
    write(board_.seal_key, vault::make_line());
    const auto own = vault::read_keys(board_.seal_key).value()->current();
    { const auto before = open(board_); }
    const auto done = restored(true, true);
    ASSERT_TRUE(done) << done.error().text();
    EXPECT_EQ(text_of(board_.config / "anju.toml"), "mine");
    const auto keys = vault::read_keys(board_.seal_key).value();
    ASSERT_EQ(keys->ids().size(), 2U);
    EXPECT_EQ(keys->current(), own) << "the one that is here seals";
    expect_goes_on();
    EXPECT_EQ(store::look_at_sealing(board_.data_dir / "anju.db")->all, own);
}

TEST_F(BackupOfASealedBox, IsAllThatIsLeftOfAKeyAfterAFactoryReset) {
    live(dir_.path() / "stick/box-7.key");
    fs::create_directories(box_.broker);
    const fs::path link = dir_.path() / "same";
    fs::create_hard_link(box_.seal_key, link);
    const std::string line = text_of(link);
    const auto erased = erase_box(box_, outside_below(dir_.path() / "root"));
    ASSERT_TRUE(erased) << erased.error().text();
    EXPECT_FALSE(fs::exists(box_.seal_key));
    EXPECT_EQ(text_of(link), std::string(line.size(), '\0')) << "overwritten, not unlinked";
}

}  // namespace
}  // namespace anju::test
