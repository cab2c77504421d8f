// backup and factory-reset, as an operator gives them.
#include <sys/stat.h>

#include "store/sqlite_journal.hpp"
#include "tests/component/control/anjuctl.hpp"

namespace anju::control {
namespace {

namespace fs = std::filesystem;

class BackupCommands : public Anjuctl {
protected:
    void SetUp() override {
        fs::create_directories(box_ / "etc/anju");
        write(box_ / "etc/anju/anju.toml",
              "[gateway]\nid = \"box-7\"\ndata_dir = \"../../lib/anju\"\n"
              "[home]\nuri = \"mqtt://127.0.0.1:1883\"\nusername = \"anjud\"\n"
              "password_file = \"home.password\"\n");
        write(box_ / "etc/anju/home.password", "secret\n");
        (void)open(box_);
    }
    static void write(const fs::path& file, const std::string& text) {
        std::ofstream(file) << text;
        ::chmod(file.c_str(), 0600);
    }
    static std::unique_ptr<store::SqliteJournal> open(const fs::path& box) {
        store::Options options;
        options.data_dir = box / "lib/anju";
        options.ballast_bytes = 0;
        return store::SqliteJournal::open(options, from_unix_ms(1'700'000'000'000), 7).value();
    }
    /// anjuctl of this box.
    Ran of(const fs::path& box, const std::string& arguments) {
        return run(arguments, "en_US.UTF-8",
                   "--config '" + (box / "etc/anju/anju.toml").string() + "'");
    }
    /// The recovery code, as somebody wrote it down.
    void keep_code() {
        const Ran made = of(box_, "--json backup key");
        ASSERT_EQ(made.code, 0) << made.err;
        const auto said = boost::json::parse(made.out);
        write(code_, std::string(said.at("code").as_string()) + "\n");
    }
    [[nodiscard]] std::string elsewhere(const fs::path& box) const {
        return " --data-dir '" + (box / "lib/anju").string() + "' --broker-dir '" +
               (box / "mosquitto/anju").string() + "'";
    }

    [[nodiscard]] std::string root() const { return "--root '" + (box_ / "root").string() + "'"; }

    fs::path box_ = folder_ / "box";
    fs::path board_ = folder_ / "board";
    fs::path code_ = folder_ / "code";
    std::string file_ = "'" + (folder_ / "carried.backup").string() + "'";
};

TEST_F(BackupCommands, ABoxWithoutAKeyIsToldHowToMakeOne) {
    const Ran ran = of(box_, "backup create");
    EXPECT_EQ(ran.code, 1);
    EXPECT_NE(ran.err.find("anjuctl backup key"), std::string::npos) << ran.err;
}

TEST_F(BackupCommands, TheKeyIsNotReplacedUnasked) {
    keep_code();
    EXPECT_EQ(of(box_, "backup key").code, 1);
    EXPECT_EQ(of(box_, "backup key --replace").code, 0);
}

TEST_F(BackupCommands, ABoxGoesOnOnAnotherBoard) {
    keep_code();
    const auto running = open(box_);
    const Ran made = of(box_, "backup create " + file_ + elsewhere(box_));
    ASSERT_EQ(made.code, 0) << made.err;
    const std::string with_code = file_ + " --code-file '" + code_.string() + "'";
    const Ran verified = of(box_, "backup verify " + with_code);
    EXPECT_EQ(verified.code, 0) << verified.err;
    EXPECT_NE(verified.out.find("box-7"), std::string::npos);

    const Ran busy = of(box_, "backup restore --replace " + with_code + elsewhere(box_));
    EXPECT_EQ(busy.code, 1) << "the gateway runs";
    const Ran restored = of(board_, "backup restore " + with_code + elsewhere(board_));
    ASSERT_EQ(restored.code, 0) << restored.err;
    EXPECT_TRUE(fs::exists(board_ / "etc/anju/anju.toml"));
    EXPECT_TRUE(open(board_)->recover().value().new_epoch);
}

TEST_F(BackupCommands, TheStoresGoWhereTheRestoredConfigurationLooksForThem) {
    keep_code();
    ASSERT_EQ(of(box_, "backup create " + file_ + elsewhere(box_)).code, 0);
    const std::string restore = "backup restore " + file_ + " --code-file '" + code_.string() +
                                "' --broker-dir '" + (board_ / "mosquitto/anju").string() + "'";
    const Ran unmounted = of(board_, restore);
    EXPECT_EQ(unmounted.code, 1) << "its disk may not be mounted";
    EXPECT_NE(unmounted.err.find("install -d -o anju"), std::string::npos) << unmounted.err;
    EXPECT_FALSE(fs::exists(board_ / "etc/anju/anju.toml"));
    // "../../lib/anju" of the folder that it lies in now.
    fs::create_directories(board_ / "lib/anju");
    const Ran restored = of(board_, restore);
    ASSERT_EQ(restored.code, 0) << restored.err;
    EXPECT_TRUE(open(board_)->recover().value().new_epoch);

    // The box that is there keeps its stores elsewhere, and its configuration goes.
    fs::copy(board_ / "lib", board_ / "elsewhere", fs::copy_options::recursive);
    std::ofstream(board_ / "etc/anju/anju.toml")
        << "[gateway]\nid = \"old\"\ndata_dir = \"../../elsewhere/anju\"\n"
           "[home]\nuri = \"mqtt://127.0.0.1:1883\"\nusername = \"anjud\"\n"
           "password_file = \"home.password\"\n";
    {
        store::Options options;
        options.data_dir = board_ / "elsewhere/anju";
        options.ballast_bytes = 0;
        const auto running = store::SqliteJournal::open(options, from_unix_ms(0), 7).value();
        EXPECT_EQ(of(board_, restore + " --replace").code, 1) << "the gateway runs there";
    }
    const Ran replaced = of(board_, restore + " --replace");
    ASSERT_EQ(replaced.code, 0) << replaced.err;
    EXPECT_FALSE(fs::exists(board_ / "elsewhere/anju/quarantine"));
    EXPECT_TRUE(fs::exists(board_ / "elsewhere/anju/anju.db"));
    EXPECT_NE(replaced.out.find("names residents: delete it"), std::string::npos) << replaced.out;
    EXPECT_FALSE(fs::is_empty(board_ / "lib/anju/quarantine"));
    EXPECT_NE(replaced.out.find("anju.toml.old"), std::string::npos) << replaced.out;
    std::ifstream old(board_ / "etc/anju/anju.toml.old");
    EXPECT_NE((std::string{std::istreambuf_iterator<char>(old), {}}.find("elsewhere")),
              std::string::npos);
}

TEST_F(BackupCommands, AFolderThatCannotHoldTheStoresIsRefusedBeforeAnythingIsTouched) {
    keep_code();
    ASSERT_EQ(of(box_, "backup create " + file_ + elsewhere(box_)).code, 0);
    fs::create_directories(board_);
    write(board_ / "lib", "a file in the way");
    const Ran ran = of(board_, "backup restore " + file_ + " --code-file '" + code_.string() + "'");
    EXPECT_EQ(ran.code, 1);
    EXPECT_NE(ran.err.find("--data-dir"), std::string::npos) << ran.err;
    EXPECT_FALSE(fs::exists(board_ / "etc/anju/anju.toml"));
}

TEST_F(BackupCommands, ALinkOutOfTheDataFolderIsRefusedBeforeAnythingIsTouched) {
    keep_code();
    ASSERT_EQ(of(box_, "backup create " + file_ + elsewhere(box_)).code, 0);
    fs::create_directories(board_ / "lib/anju");
    fs::create_directories(folder_ / "foreign");
    write(folder_ / "foreign/passwd", "root\n");
    fs::create_directory_symlink(folder_ / "foreign", board_ / "lib/anju/quarantine");
    const Ran ran = of(board_, "backup restore " + file_ + " --code-file '" + code_.string() + "'" +
                                   elsewhere(board_));
    EXPECT_EQ(ran.code, 1);
    EXPECT_NE(ran.err.find("is a symbolic link"), std::string::npos) << ran.err;
    EXPECT_TRUE(fs::exists(folder_ / "foreign/passwd"));
    EXPECT_FALSE(fs::exists(board_ / "etc/anju/anju.toml"));
}

TEST_F(BackupCommands, ARestoreThatFailsSaysWhetherTheBoxStartsAsItWas) {
    fs::create_directories(box_ / "mosquitto/anju");
    write(box_ / "mosquitto/anju/home.passwd", "anjud:$7$...\n");
    keep_code();
    ASSERT_EQ(of(box_, "backup create " + file_ + elsewhere(box_)).code, 0);
    write(box_ / "etc/anju/home.password", "changed since\n");
    fs::remove_all(box_ / "mosquitto");
    write(box_ / "mosquitto", "in the way of what comes last but one");
    const std::string restore = "backup restore --replace " + file_ + " --code-file '" +
                                code_.string() + "'" + elsewhere(box_);
    const Ran failed = of(box_, restore);
    EXPECT_EQ(failed.code, 1);
    EXPECT_NE(failed.err.find("mosquitto"), std::string::npos) << failed.err;
    EXPECT_NE(failed.err.find("Nothing of this backup is in place"), std::string::npos) << failed.err;
    EXPECT_NE(
        run(restore, "zh_CN.UTF-8", "--config '" + (box_ / "etc/anju/anju.toml").string() + "'")
            .err.find("照旧"),
        std::string::npos);
    EXPECT_EQ(fs::file_size(box_ / "etc/anju/home.password"), 14U);
    EXPECT_FALSE(fs::exists(box_ / "etc/anju/home.password.old"));
    EXPECT_FALSE(open(box_)->recover().value().new_epoch);
}

TEST_F(BackupCommands, WhatIsReplacedStaysAsOldWithItsModeAndANewBackupLeavesItOut) {
    keep_code();
    ASSERT_EQ(of(box_, "backup create " + file_ + elsewhere(box_)).code, 0);
    const fs::path password = box_ / "etc/anju/home.password";
    write(password, "changed since\n");
    const std::string with_code = " --code-file '" + code_.string() + "'" + elsewhere(box_);
    const Ran ran = of(box_, "backup restore --replace " + file_ + with_code);
    ASSERT_EQ(ran.code, 0) << ran.err;
    EXPECT_NE(ran.out.find("home.password.old"), std::string::npos) << ran.out;
    struct stat is{};
    ASSERT_EQ(::stat((password.string() + ".old").c_str(), &is), 0);
    EXPECT_EQ(is.st_mode & 07777U, 0600U);
    std::string kept;
    std::getline(std::ifstream(password.string() + ".old") >> std::ws, kept);
    EXPECT_EQ(kept, "changed since");
    // Once more: what is there is what is in the backup, and the older one stays.
    ASSERT_EQ(of(box_, "backup restore --replace " + file_ + with_code).code, 0);
    EXPECT_EQ(fs::file_size(password.string() + ".old"), 14U);

    file_ = "'" + (folder_ / "second.backup").string() + "'";
    ASSERT_EQ(of(box_, "backup create " + file_ + elsewhere(box_)).code, 0);
    ASSERT_EQ(of(board_, "backup restore " + file_ + " --code-file '" + code_.string() + "'" +
                             elsewhere(board_))
                  .code,
              0);
    EXPECT_FALSE(fs::exists(board_ / "etc/anju/home.password.old"));
}

TEST_F(BackupCommands, AKeyFileThatIsFullTakesNoNinthKeyOutOfABackup) {
    const fs::path key = box_ / "etc/anju/seal.key";
    std::ofstream(box_ / "etc/anju/anju.toml", std::ios::app)
        << "[store]\nseal_key_file = \"seal.key\"\n";
    write(key, std::string(64, 'a') + "\n");
    keep_code();
    ASSERT_EQ(of(box_, "backup create " + file_ + elsewhere(box_)).code, 0);
    std::string full;
    for (char digit = '1'; digit <= '8'; ++digit) full += std::string(64, digit) + "\n";
    write(key, full);
    const std::string with_code = " --code-file '" + code_.string() + "'" + elsewhere(box_);
    for (const char* const command : {"backup take-key ", "backup restore --replace "}) {
        const Ran ran = of(box_, command + file_ + with_code);
        EXPECT_EQ(ran.code, 1) << command;
        EXPECT_NE(ran.err.find("9 keys"), std::string::npos) << ran.err;
        EXPECT_NE(ran.err.find("seal retire"), std::string::npos) << ran.err;
        std::ifstream in(key);
        EXPECT_EQ((std::string{std::istreambuf_iterator<char>(in), {}}), full);
    }
    EXPECT_FALSE(fs::exists(box_ / "lib/anju/quarantine")) << "refused before it began";
}

TEST_F(BackupCommands, AKeyThatWasLostComesOutOfABackupAndNothingElse) {
    const fs::path key = box_ / "etc/anju/seal.key";
    std::ofstream(box_ / "etc/anju/anju.toml", std::ios::app)
        << "[store]\nseal_key_file = \"seal.key\"\n";
    write(key, std::string(64, 'a') + "\n");
    keep_code();
    ASSERT_EQ(of(box_, "backup create " + file_ + elsewhere(box_)).code, 0);
    const std::string take =
        "backup take-key " + file_ + " --code-file '" + code_.string() + "'" + elsewhere(box_);
    EXPECT_EQ(of(box_, take).code, 1) << "it is there";
    const auto content = [&] {
        std::ifstream in(key);
        return std::string{std::istreambuf_iterator<char>(in), {}};
    };
    fs::remove(key);
    EXPECT_EQ(of(box_, "backup create").code, 1) << "a backup without it opens nothing";
    const Ran taken = of(box_, take);
    EXPECT_EQ(taken.code, 0) << taken.err;
    EXPECT_EQ(content(), std::string(64, 'a') + "\n");
    write(key, std::string(64, 'b') + "\n");
    EXPECT_EQ(of(box_, take).code, 0);
    EXPECT_EQ(content(), std::string(64, 'b') + "\n" + std::string(64, 'a') + "\n")
        << "behind the one that seals";
}

TEST_F(BackupCommands, WithoutATerminalTheCodeIsNotGuessed) {
    keep_code();
    ASSERT_EQ(of(box_, "backup create " + file_ + elsewhere(box_)).code, 0);
    const Ran ran = of(box_, "backup verify " + file_ + " < /dev/null");
    EXPECT_EQ(ran.code, 1);
    EXPECT_NE(ran.err.find("--code-file"), std::string::npos) << ran.err;
}

TEST_F(BackupCommands, FactoryResetTouchesNoFolderThatMayBeSomebodyElses) {
    keep_code();
    const Ran ran = of(
        box_, "factory-reset " + root() + " --erase box-7 --data-dir '" + folder_.string() + "'");
    EXPECT_EQ(ran.code, 1);
    EXPECT_TRUE(fs::exists(code_));
    EXPECT_TRUE(fs::exists(box_ / "etc/anju/anju.toml"));
}

TEST_F(BackupCommands, FactoryResetWantsTheIdAndLeavesNothing) {
    keep_code();
    EXPECT_EQ(of(box_, "factory-reset " + root() + " --erase box-8" + elsewhere(box_)).code, 1);
    EXPECT_TRUE(fs::exists(box_ / "lib/anju/anju.db"));
    {
        const auto running = open(box_);
        EXPECT_EQ(of(box_, "factory-reset " + root() + " --erase box-7" + elsewhere(box_)).code, 1);
    }
    const Ran done = of(box_, "factory-reset " + root() + " --erase box-7" + elsewhere(box_));
    EXPECT_EQ(done.code, 0) << done.err;
    EXPECT_TRUE(fs::is_empty(box_ / "etc/anju"));
    EXPECT_FALSE(fs::exists(box_ / "lib/anju/anju.db"));
}

TEST_F(BackupCommands, FactoryResetErasesWhatTheBrokerKeepsAndNoForeignFile) {
    const fs::path root = box_ / "root";
    const fs::path listeners = root / "etc/mosquitto/conf.d/anju.conf";
    const fs::path retained = root / "var/lib/mosquitto/mosquitto.db";
    const std::vector<fs::path> ours{listeners, retained, root / "var/cache/anju/sentence.wav",
                                     root / "var/lib/anju-update/state.json"};
    const std::vector<fs::path> foreign{root / "etc/mosquitto/mosquitto.conf",
                                        root / "etc/mosquitto/conf.d/other.conf",
                                        root / "var/lib/mosquitto/other.db"};
    for (const auto& files : {ours, foreign}) {
        for (const fs::path& file : files) {
            fs::create_directories(file.parent_path());
            write(file, "home/r1/door open");
        }
    }
    const std::string reset = "factory-reset " + this->root() + " --erase box-7" + elsewhere(box_);
    {
        // By the name of its program and the file that it was started with.
        const fs::path program = folder_ / "mosquitto";
        fs::copy_file("/bin/sh", program);
        const std::string conf = (root / "etc/mosquitto/mosquitto.conf").string();
        std::FILE* const broker = popen(
            ("exec '" + program.string() + "' -c 'read line' sh '" + conf + "'").c_str(), "w");
        const Ran ran = of(box_, reset);
        EXPECT_EQ(ran.code, 1);
        EXPECT_NE(ran.err.find("systemctl stop mosquitto"), std::string::npos) << ran.err;
        EXPECT_TRUE(fs::exists(box_ / "lib/anju/anju.db")) << "nothing is half done";
        pclose(broker);
    }
    const Ran done = of(box_, reset);
    EXPECT_EQ(done.code, 0) << done.err;
    for (const fs::path& file : ours) EXPECT_FALSE(fs::exists(file)) << file;
    for (const fs::path& file : foreign) EXPECT_TRUE(fs::exists(file)) << file;
}

TEST_F(BackupCommands, FactoryResetLeavesADatabaseOfABrokerThatIsNotThisBoxes) {
    const fs::path retained = box_ / "root/var/lib/mosquitto/mosquitto.db";
    fs::create_directories(retained.parent_path());
    write(retained, "somebody else's");
    const Ran done = of(box_, "factory-reset " + root() + " --erase box-7" + elsewhere(box_));
    EXPECT_EQ(done.code, 0) << done.err;
    EXPECT_TRUE(fs::exists(retained));
}

}  // namespace
}  // namespace anju::control
