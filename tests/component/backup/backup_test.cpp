// A box that is lost goes on elsewhere: with what it knew, under a new epoch, and owing the
// district what it may not have.
#include "backup/backup.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <sstream>

#include "access/console_db.hpp"
#include "backup/restore.hpp"
#include "store/store_reader.hpp"
#include "tests/component/store/samples.hpp"

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

Transaction alert(std::uint64_t input, const std::string& home, AlertState state,
                  std::uint64_t event, Instant at) {
    Transaction out;
    out.now = at;
    out.inputs.push_back(registration_of(home, input, at));
    out.decisions.push_back(alert_decision(home, 1, home, state, at));
    out.checkpoints.push_back(checkpoint_of(home, input, at, true));
    out.events.push_back(event_of(Lane::alarm, event, at));
    return out;
}

class Backup : public testing::Test {
protected:
    void SetUp() override {
        write(box_.config / "anju.toml", "[gateway]\nid = \"box-7\"\n", 0640);
        write(box_.config / "tls/box.key", "a secret", 0600);
        write(box_.broker / "home.passwd", "anjud:$7$...", 0640);
        journal_ = open_journal(options_in(box_.data_dir));
        journal_->commit(alert(1, "home-1", AlertState::open, 1, noon)).value();
        Transaction heard;
        heard.now = noon + 1min;
        heard.acks.push_back({Lane::alarm, 1, {}});
        journal_->commit(heard).value();
        journal_->commit(alert(2, "home-2", AlertState::closed, 2, noon + 2min)).value();
        epoch_ = journal_->recover().value().epoch;
    }
    static void write(const fs::path& file, const std::string& text, unsigned mode) {
        fs::create_directories(file.parent_path());
        std::ofstream(file) << text;
        ::chmod(file.c_str(), mode);
    }
    result<Made> make(const std::string& name = "a.backup") {
        Manifest about;
        about.gateway_id = "box-7";
        return create(box_, key_of(code_)->open, dir_.path() / name, about);
    }
    result<Restored> restored(bool replace = false) {
        RestoreOptions options;
        options.places = board_;
        options.replace = replace;
        return restore(dir_.path() / "a.backup", key_of(code_).value(), options, noon + 24h, 5);
    }
    static Places places(const fs::path& root) {
        return {root / "lib", root / "etc/anju", root / "etc/mosquitto/anju"};
    }

    TempDir dir_;
    Places box_ = places(dir_.path() / "box");
    Places board_ = places(dir_.path() / "board");
    std::string code_ = make_recovery_code();
    std::unique_ptr<store::SqliteJournal> journal_;
    std::uint64_t epoch_{};
};

TEST_F(Backup, OfARunningBoxIsVerifiedAndSaysWhatItIs) {
    const auto made = make();
    ASSERT_TRUE(made) << made.error().text();
    EXPECT_TRUE(made->left_out.empty());
    const auto verified = verify(made->file, key_of(code_).value(), dir_.path() / "work");
    ASSERT_TRUE(verified) << verified.error().text();
    EXPECT_EQ(verified->gateway_id, "box-7");
    EXPECT_EQ(verified->epoch, epoch_);
    EXPECT_EQ(verified->engine_time, noon + 2min);
    EXPECT_FALSE(fs::exists(dir_.path() / "work")) << "copies in clear are gone";
    EXPECT_FALSE(fs::exists(box_.data_dir / "backups/work"));
    EXPECT_FALSE(make()) << "nothing is overwritten";
    Transaction goes_on;
    goes_on.now = noon + 3min;
    EXPECT_TRUE(journal_->commit(goes_on));
}

TEST_F(Backup, GoesOnOnANewBoardUnderANewEpoch) {
    ASSERT_TRUE(make());
    // The district hears the second alert after the backup: it is owed again all the same.
    Transaction heard;
    heard.now = noon + 4min;
    heard.acks.push_back({Lane::alarm, 2, {}});
    journal_->commit(heard).value();

    const auto done = restored();
    ASSERT_TRUE(done) << done.error().text();
    EXPECT_GT(done->epoch, epoch_);
    const auto journal = open_journal(options_in(board_.data_dir), noon + 24h);
    const Recovery recovery = journal->recover().value();
    EXPECT_EQ(recovery.epoch, done->epoch);
    EXPECT_TRUE(recovery.new_epoch);
    EXPECT_EQ(recovery.last_input, 2U);
    EXPECT_EQ(recovery.checkpoints.size(), 2U);
    ASSERT_EQ(recovery.salvaged.size(), 2U);
    EXPECT_EQ(recovery.salvaged[0].household.value, "home-1") << "open, though acknowledged";
    EXPECT_EQ(recovery.salvaged[1].household.value, "home-2") << "not acknowledged";
    EXPECT_EQ(journal->lane(Lane::alarm).head, 0U) << "no number of the old epoch";
    EXPECT_EQ(inputs_of(*journal).size(), 2U);
}

TEST_F(Backup, PutsTheConfigurationBackWithItsModesAndKeepsWhatIsThere) {
    ASSERT_TRUE(make());
    write(board_.config / "anju.toml", "mine", 0600);
    const auto done = restored();
    ASSERT_TRUE(done) << done.error().text();
    EXPECT_EQ(text_of(board_.config / "anju.toml"), "mine");
    EXPECT_EQ(done->kept, std::vector{board_.config / "anju.toml"});
    EXPECT_EQ(text_of(board_.config / "tls/box.key"), "a secret");
    struct stat status{};
    ASSERT_EQ(::stat((board_.config / "tls/box.key").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 07777U, 0600U);
    EXPECT_EQ(text_of(board_.broker / "home.passwd"), "anjud:$7$...");
    const auto replaced = restored(true);
    ASSERT_TRUE(replaced) << replaced.error().text();
    EXPECT_NE(text_of(board_.config / "anju.toml"), "mine");
}

TEST_F(Backup, DoesNotPushAsideAStoreUnaskedAndSetsItAsideWhenAsked) {
    ASSERT_TRUE(make());
    ASSERT_TRUE(restored());
    const auto refused = restored();
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().remedy.find("--replace"), std::string::npos);
    const auto replaced = restored(true);
    ASSERT_TRUE(replaced) << replaced.error().text();
    EXPECT_FALSE(fs::is_empty(board_.data_dir / "quarantine"));
}

TEST_F(Backup, IsNotPutUnderARunningGateway) {
    ASSERT_TRUE(make());
    const auto running = open_journal(options_in(board_.data_dir));
    EXPECT_FALSE(restored(true));
    EXPECT_EQ(running->recover().value().last_input, 0U);
}

TEST_F(Backup, ThatIsDamagedChangesNothing) {
    ASSERT_TRUE(make());
    const fs::path file = dir_.path() / "a.backup";
    std::string bytes = text_of(file);
    bytes[bytes.size() - 40] = static_cast<char>(bytes[bytes.size() - 40] ^ 1);
    std::ofstream(file, std::ios::binary) << bytes;
    EXPECT_FALSE(restored());
    EXPECT_FALSE(fs::exists(board_.data_dir / "anju.db"));
    EXPECT_FALSE(fs::exists(board_.config / "anju.toml"));
    EXPECT_FALSE(fs::exists(board_.data_dir / "restore.tmp"));
}

TEST_F(Backup, SignsEverybodyOutOfTheConsole) {
    {
        const auto console = access::ConsoleDb::open({.data_dir = box_.data_dir}, noon).value();
        console.db->database().execute(
            "INSERT INTO sessions VALUES(x'01', 1, 0, 0, '', 0);"
            "INSERT INTO once VALUES(x'02', 1, 0, 0, 0)");
        ASSERT_TRUE(make());
    }
    ASSERT_TRUE(restored());
    const auto console = access::ConsoleDb::open({.data_dir = board_.data_dir}, noon).value();
    EXPECT_EQ(console.db->database().number("SELECT count(*) FROM sessions"), 0);
    EXPECT_EQ(console.db->database().number("SELECT count(*) FROM once"), 0);
}

TEST_F(Backup, OfTheNightAreKeptByNumber) {
    for (int night = 1; night <= 4; ++night) {
        const auto file = nightly_name(box_, noon + night * 24h);
        const auto made = create(box_, key_of(code_)->open, file, {});
        ASSERT_TRUE(made) << made.error().text();
    }
    EXPECT_EQ(prune(box_, 2), 2U);
    const auto left = list(box_);
    ASSERT_EQ(left.size(), 2U);
    EXPECT_EQ(left[0], nightly_name(box_, noon + 4 * 24h)) << "the newest first";
}

TEST_F(Backup, AsRootIsMadeInTheDataFolderAsItsOwnerAndElsewhereAsRoot) {
    if (::geteuid() != 0) GTEST_SKIP() << "needs to be root";
    constexpr uid_t service = 65'534;
    fs::permissions(dir_.path(), fs::perms{0755});
    fs::permissions(box_.data_dir.parent_path(), fs::perms{0755});
    ASSERT_EQ(::lchown(box_.data_dir.c_str(), service, service), 0);
    for (const auto& one : fs::recursive_directory_iterator(box_.data_dir)) {
        ASSERT_EQ(::lchown(one.path().c_str(), service, service), 0);
    }
    const auto owner_of = [](const fs::path& file) {
        struct stat is{};
        return ::stat(file.c_str(), &is) == 0 ? is.st_uid : static_cast<uid_t>(-1);
    };
    const fs::path stick = dir_.path() / "stick";
    fs::create_directory(stick);
    fs::permissions(stick, fs::perms{0700});
    const auto made_at = [&](const fs::path& into) {
        const auto made = create(box_, key_of(code_)->open, into, {});
        EXPECT_EQ(::geteuid(), 0U);
        if (!made) return made.error().text();
        EXPECT_TRUE(made->left_out.empty()) << "root reads what the service cannot";
        return std::string{};
    };
    const fs::path nightly = nightly_name(box_, noon);
    EXPECT_EQ(made_at(nightly), "");
    EXPECT_EQ(owner_of(nightly), service);
    EXPECT_EQ(made_at(stick / "a.backup"), "");
    EXPECT_EQ(owner_of(stick / "a.backup"), 0U);

    // Whoever has taken over the service leads root out of its folder.
    fs::remove_all(box_.data_dir / "backups");
    fs::create_directory_symlink(stick, box_.data_dir / "backups");
    EXPECT_NE(made_at(nightly), "");
    EXPECT_EQ(prune(box_, 0), 0U);
    EXPECT_TRUE(fs::exists(stick / "a.backup"));
    EXPECT_EQ(std::distance(fs::directory_iterator(stick), {}), 1);
}

}  // namespace
}  // namespace anju::test
