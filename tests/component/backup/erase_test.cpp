// A factory reset erases what is this box's, and nothing that is not, whoever has prepared the
// folders for it.
#include "backup/erase.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

#include "backup/erase_folder.hpp"
#include "tests/component/backup/files.hpp"
#include "tests/support/broker.hpp"  // TempDir
#include "tests/support/mounted.hpp"

namespace anju::test {
namespace {

namespace fs = std::filesystem;
using namespace backup;

class Erase : public testing::Test {
protected:
    void SetUp() override {
        write(box_.data_dir / "anju.db", "王桂兰");
        write(box_.data_dir / "backups/anju-20260301T030000Z.backup", "sealed");
        write(box_.config / "anju.toml", "[gateway]");
        write(box_.config / "seal.key", "a key");
        fs::create_directories(box_.broker);
    }
    result<std::size_t> erase() { return erase_box(box_, outside_below(dir_.path() / "root")); }
    void expect_untouched() {
        EXPECT_EQ(text_of(box_.data_dir / "anju.db"), "王桂兰");
        EXPECT_EQ(text_of(box_.config / "seal.key"), "a key");
        EXPECT_EQ(text_of(box_.config / "anju.toml"), "[gateway]");
    }

    TempDir dir_;
    Places box_{dir_.path() / "lib/anju", dir_.path() / "etc/anju",
                dir_.path() / "etc/mosquitto/anju", dir_.path() / "etc/anju/seal.key"};
};

TEST_F(Erase, IsRefusedWhileAnotherDiskIsMountedInTheDataFolderAndNothingIsErased) {
    const fs::path stick = box_.data_dir / "backups";
    auto disk = Mounted::tmpfs(stick);
    if (!disk) GTEST_SKIP() << "needs the right to mount a tmpfs";
    write(stick / "photos/wedding.jpg", "somebody else's");
    const auto refused = erase();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().where, stick.string());
    EXPECT_NE(refused.error().remedy.find("unmount"), std::string::npos);
    EXPECT_EQ(text_of(stick / "photos/wedding.jpg"), "somebody else's");
    expect_untouched();

    disk.unmount();
    EXPECT_EQ(erase().value(), 4U);
    EXPECT_FALSE(fs::exists(box_.data_dir / "backups"));
    EXPECT_TRUE(fs::is_empty(box_.config));
}

TEST_F(Erase, IsRefusedWhileAFolderOrAFileOfTheSameDiskIsMountedThere) {
    write(dir_.path() / "foreign/notes", "somebody else's");
    write(box_.data_dir / "a/b/c/notes", "");
    for (const char* const what : {"foreign", "foreign/notes"}) {
        const fs::path at =
            box_.data_dir / (std::string_view(what) == "foreign" ? "a/b" : "a/b/c/notes");
        const auto mounted = Mounted::bind(dir_.path() / what, at);
        if (!mounted) GTEST_SKIP() << "needs the right to mount";
        const auto refused = erase();
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().where, at.string());
        EXPECT_EQ(text_of(dir_.path() / "foreign/notes"), "somebody else's");
        expect_untouched();
        EXPECT_FALSE(erase_folder(box_.data_dir / "a")) << "mounted since it was looked for";
        EXPECT_EQ(text_of(dir_.path() / "foreign/notes"), "somebody else's");
    }
}

TEST_F(Erase, ADataFolderThatIsADiskOfItsOwnIsErased) {
    const auto disk = Mounted::tmpfs(box_.data_dir);
    if (!disk) GTEST_SKIP() << "needs the right to mount a tmpfs";
    write(box_.data_dir / "anju.db", "王桂兰");
    const auto erased = erase();
    ASSERT_TRUE(erased) << erased.error().text();
    EXPECT_FALSE(fs::exists(box_.data_dir / "anju.db"));
}

TEST_F(Erase, ALinkGoesAndWhatItLeadsToStays) {
    write(dir_.path() / "foreign/passwd", "root");
    fs::create_directory_symlink(dir_.path() / "foreign", box_.data_dir / "quarantine");
    fs::create_symlink(dir_.path() / "foreign/passwd", box_.data_dir / "anju.db-wal");
    ASSERT_EQ(::mkfifo((box_.data_dir / "fifo").c_str(), 0600), 0);  // nobody reads it
    const auto erased = erase();
    ASSERT_TRUE(erased) << erased.error().text();
    EXPECT_EQ(text_of(dir_.path() / "foreign/passwd"), "root");
    for (const auto& left : fs::directory_iterator(box_.data_dir)) {
        EXPECT_EQ(left.path().filename(), "store.lock");
    }
}

TEST_F(Erase, ADataFolderThatLiesElsewhereIsErasedThere) {
    const fs::path elsewhere = dir_.path() / "srv/anju";
    fs::create_directories(elsewhere.parent_path());
    fs::rename(box_.data_dir, elsewhere);
    fs::create_directory_symlink(elsewhere, box_.data_dir);
    const auto erased = erase();
    ASSERT_TRUE(erased) << erased.error().text();
    EXPECT_FALSE(fs::exists(elsewhere / "anju.db"));
}

TEST_F(Erase, TheLockThatStaysIsTheServices) {
    if (::geteuid() != 0) GTEST_SKIP() << "needs to be root";
    constexpr uid_t service = 65'534;
    fs::permissions(dir_.path(), fs::perms{0755});
    ASSERT_EQ(::lchown(box_.data_dir.c_str(), service, service), 0);
    const auto erased = erase();  // what is root's in there as well
    ASSERT_TRUE(erased) << erased.error().text();
    struct stat is{};
    ASSERT_EQ(::stat((box_.data_dir / "store.lock").c_str(), &is), 0);
    EXPECT_EQ(is.st_uid, service);
}

TEST_F(Erase, OverwritesBeforeItDeletes) {
    const fs::path second = dir_.path() / "second name";
    fs::create_hard_link(box_.data_dir / "backups/anju-20260301T030000Z.backup", second);
    ASSERT_TRUE(erase_folder(box_.data_dir));
    EXPECT_EQ(text_of(second), std::string(6, '\0'));
}

}  // namespace
}  // namespace anju::test
