// A restore in the place of a box that is there, ended before each single change of the disk, one
// after the other, as a power cut ends it. Whatever is left: the next start has the old store or
// the restored one, or refuses and says what to do, and never begins an empty one.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include "access/console_db.hpp"
#include "backup/backup.hpp"
#include "backup/restore.hpp"
#include "store/placing.hpp"
#include "tests/component/backup/files.hpp"
#include "tests/component/store/samples.hpp"

namespace anju::test {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using namespace backup;

constexpr int ended_early = 77;

void put(const fs::path& file, const std::string& text) {
    write(file, text);
    ::chmod(file.c_str(), 0600);
}

Places places(const fs::path& root) {
    return {root / "lib", root / "etc/anju", root / "etc/mosquitto/anju"};
}

/// Commits `inputs` homes and sets up a console.
void fill(const Places& at, std::uint64_t inputs) {
    const auto journal = open_journal(options_in(at.data_dir));
    for (std::uint64_t seq = 1; seq <= inputs; ++seq) {
        Transaction one;
        one.now = noon;
        const std::string home = "home-" + std::to_string(seq);
        one.inputs.push_back(registration_of(home, seq, noon));
        one.checkpoints.push_back(checkpoint_of(home, seq, noon, true));
        journal->commit(one).value();
    }
    ASSERT_TRUE(access::ConsoleDb::open({.data_dir = at.data_dir}, noon));
}

class RestoreCut : public testing::Test {
protected:
    void SetUp() override {
        put(box_.config / "anju.toml", "restored\n");
        put(box_.config / "tls/box.key", "restored key\n");
        fill(box_, 3);
        ASSERT_TRUE(create(box_, key_of(code_)->open, file_, {}));
        put(there_.config / "anju.toml", "old\n");
        put(there_.config / "tls/box.key", "old key\n");
        fill(there_, 7);
        fs::copy(dir_.path() / "there", dir_.path() / "pristine", fs::copy_options::recursive);
        // What a cut leaves there goes with the test.
        fs::create_directory(dir_.path() / "tmp");
        ::setenv("TMPDIR", (dir_.path() / "tmp").c_str(), 1);
    }
    void TearDown() override { ::unsetenv("TMPDIR"); }

    void begin_again() {
        fs::remove_all(dir_.path() / "there");
        fs::copy(dir_.path() / "pristine", dir_.path() / "there", fs::copy_options::recursive);
    }

    result<Restored> restore_with(store::Step step = {}) {
        RestoreOptions options;
        options.places = there_;
        options.replace = true;
        options.step = std::move(step);
        return restore(file_, key_of(code_).value(), options, noon + 24h, 5);
    }

    /// In a process of its own, which ends before change `cut`. False: it came to its end.
    template <class What>
    bool cut_at(int cut, What what) {
        const pid_t child = ::fork();
        if (child == 0) {
            int left = cut;
            what([&left](const char*) {
                if (left-- == 0) ::_exit(ended_early);
            });
            ::_exit(0);
        }
        int status = 0;
        EXPECT_EQ(::waitpid(child, &status, 0), child);
        EXPECT_TRUE(WIFEXITED(status));
        const int code = WEXITSTATUS(status);
        EXPECT_TRUE(code == ended_early || code == 0) << code;
        return code == ended_early;
    }
    bool restore_cut_at(int cut) {
        return cut_at(cut, [this](const store::Step& step) {
            if (!restore_with(step)) ::_exit(1);
        });
    }

    /// Inputs of the store that a start of anjud finds; nullopt: it refused, as it should.
    std::optional<std::uint64_t> start() {
        const auto console_early =
            store::look_at_placing(store::Files(there_.data_dir)) != store::Placing::none;
        if (console_early) {
            EXPECT_FALSE(access::ConsoleDb::open({.data_dir = there_.data_dir}, noon))
                << "one that may be about to be set aside";
        }
        auto journal = store::SqliteJournal::open(options_in(there_.data_dir), noon + 25h, 9);
        if (!journal) {
            EXPECT_NE(journal.error().remedy.find("anjuctl backup restore --replace"),
                      std::string::npos)
                << journal.error().text();
            EXPECT_TRUE(fs::exists(there_.data_dir / "anju.db")) << "the old store is untouched";
            return std::nullopt;
        }
        EXPECT_TRUE(access::ConsoleDb::open({.data_dir = there_.data_dir}, noon));
        return (*journal)->recover().value().last_input;
    }

    void expect_restored(const std::string& when) {
        EXPECT_EQ(start(), 3U) << when;
        EXPECT_EQ(text_of(there_.config / "anju.toml"), "restored\n") << when;
        EXPECT_EQ(text_of(there_.config / "anju.toml.old"), "old\n") << when;
        EXPECT_EQ(text_of(there_.config / "tls/box.key.old"), "old key\n") << when;
        EXPECT_FALSE(fs::exists(there_.data_dir / "restore.ready")) << when;
        EXPECT_FALSE(fs::exists(there_.data_dir / "restore.tmp")) << when;
        std::uint64_t kept = 0;
        for (const auto& one : fs::directory_iterator(there_.data_dir / "quarantine")) {
            if (!fs::exists(one.path() / "anju.db")) continue;
            store::Options set_aside = options_in(one.path());
            const auto journal = open_journal(set_aside);
            kept = std::max(kept, journal->recover().value().last_input);
        }
        EXPECT_EQ(kept, 7U) << when << ": what was there is in the quarantine";
    }

    void expect_as_it_was(const std::string& when) {
        EXPECT_EQ(start(), 7U) << when;
        EXPECT_EQ(text_of(there_.config / "anju.toml"), "old\n") << when;
        EXPECT_EQ(text_of(there_.config / "tls/box.key"), "old key\n") << when;
        for (const auto& one : fs::recursive_directory_iterator(there_.config)) {
            EXPECT_NE(one.path().extension(), ".old") << when << ": " << one.path();
            EXPECT_NE(one.path().extension(), ".part") << when << ": " << one.path();
        }
        for (const char* const gone : {"restore.ready", "restore.tmp"}) {
            EXPECT_FALSE(fs::exists(there_.data_dir / gone)) << when << ": " << gone;
        }
    }

    TempDir dir_;
    Places box_ = places(dir_.path() / "box");
    Places there_ = places(dir_.path() / "there");
    fs::path file_ = dir_.path() / "a.backup";
    std::string code_ = make_recovery_code();
};

TEST_F(RestoreCut, AtEveryStepTheNextStartHasOneOfTheTwoStoresOrRefusesAndASecondRunCompletesIt) {
    int cuts = 0;
    int refused = 0;
    int finished = 0;
    for (;; ++cuts) {
        ASSERT_LT(cuts, 100);
        begin_again();
        if (!restore_cut_at(cuts)) break;
        const std::string when = "cut before change " + std::to_string(cuts);
        const auto found = start();
        refused += found ? 0 : 1;
        finished += found == 3U ? 1 : 0;
        EXPECT_TRUE(!found || *found == 7U || *found == 3U) << when << ": " << *found;
        if (found == 3U) {
            expect_restored(when);
            continue;
        }
        const auto again = restore_with();
        ASSERT_TRUE(again) << when << ": " << again.error().text();
        expect_restored(when + ", and again");
    }
    expect_restored("not cut");
    EXPECT_GE(cuts, 10);
    EXPECT_GE(refused, 4) << "while the configuration is being placed";
    EXPECT_GE(finished, 4) << "while the stores are being placed";
}

TEST_F(RestoreCut, TheStartThatFinishesItMayBeCutAtEveryStepAsWell) {
    int before = 0;  // the first cut after which a start finishes it
    for (;; ++before) {
        ASSERT_LT(before, 100);
        begin_again();
        ASSERT_TRUE(restore_cut_at(before)) << "no start ever had to finish one";
        if (store::look_at_placing(store::Files(there_.data_dir)) == store::Placing::begun) break;
    }
    fs::copy(dir_.path() / "there", dir_.path() / "begun", fs::copy_options::recursive);
    int cuts = 0;
    for (;; ++cuts) {
        ASSERT_LT(cuts, 100);
        fs::remove_all(dir_.path() / "there");
        fs::copy(dir_.path() / "begun", dir_.path() / "there", fs::copy_options::recursive);
        const bool cut = cut_at(cuts, [this](const store::Step& step) {
            if (!store::finish_placing(store::Files(there_.data_dir), step)) ::_exit(1);
        });
        if (!cut) break;
        expect_restored("cut before change " + std::to_string(cuts) + " of the start");
    }
    EXPECT_GE(cuts, 4);
}

TEST_F(RestoreCut, NoBackupIsMadeOfABoxThatIsHalfRestored) {
    for (int cut = 0; !fs::exists(there_.data_dir / "restore.ready"); ++cut) {
        begin_again();
        ASSERT_TRUE(restore_cut_at(cut));
    }
    const auto made = create(there_, key_of(code_)->open, dir_.path() / "b.backup", {});
    ASSERT_FALSE(made);
    EXPECT_NE(made.error().what.find("interrupted"), std::string::npos) << made.error().text();
}

TEST_F(RestoreCut, AnotherBackupMayTakeThePlaceOfOneThatWasInterrupted) {
    const fs::path other = dir_.path() / "b.backup";
    {
        const Places larger = places(dir_.path() / "larger");
        put(larger.config / "anju.toml", "larger\n");
        fill(larger, 5);
        ASSERT_TRUE(create(larger, key_of(code_)->open, other, {}));
    }
    for (int cut = 0; !fs::exists(there_.data_dir / "restore.ready"); ++cut) {
        begin_again();
        ASSERT_TRUE(restore_cut_at(cut));
    }
    file_ = other;
    const auto done = restore_with();
    ASSERT_TRUE(done) << done.error().text();
    EXPECT_EQ(start(), 5U);
    EXPECT_EQ(text_of(there_.config / "anju.toml"), "larger\n");
    EXPECT_EQ(text_of(there_.config / "anju.toml.old"), "old\n");
}

TEST_F(RestoreCut, AnErrorBeforeTheStoresMayFollowLeavesTheBoxAsItWas) {
    put(box_.broker / "home.passwd", "anjud:$7$...\n");
    fs::remove(file_);
    ASSERT_TRUE(create(box_, key_of(code_)->open, file_, {}));
    // Where the broker's folder is to be lies a file, which is met when half of the configuration
    // is in place.
    put(there_.broker, "in the way\n");
    const auto done = restore_with();
    ASSERT_FALSE(done);
    EXPECT_NE(done.error().where.find("mosquitto"), std::string::npos) << done.error().text();
    expect_as_it_was("the broker's configuration cannot be written");
    fs::remove(there_.broker);
    ASSERT_TRUE(restore_with());
    expect_restored("and again");
}

TEST_F(RestoreCut, AnErrorAtAnyStepLeavesTheBoxAsItWasOrTheNextStartCompletesIt) {
    const auto full = [] {
        return fs::filesystem_error("no room", std::make_error_code(std::errc::no_space_on_device));
    };
    int as_it_was = 0;
    int completed = 0;
    for (const char* const at : {"mark what is ready", "begin", "the stores may follow",
                                 "set aside", "place", "clear up"}) {
        begin_again();
        bool met = false;
        const auto done = restore_with([&](const char* what) {
            if (met || std::string_view(what) != at) return;
            met = true;
            throw full();
        });
        ASSERT_TRUE(met) << at;
        ASSERT_FALSE(done) << at;
        if (store::look_at_placing(store::Files(there_.data_dir)) == store::Placing::begun) {
            ++completed;
            expect_restored(std::string("no room to ") + at);
        } else {
            ++as_it_was;
            expect_as_it_was(std::string("no room to ") + at);
        }
    }
    EXPECT_EQ(as_it_was, 3);
    EXPECT_EQ(completed, 3);
}

TEST_F(RestoreCut, AnErrorAfterAnInterruptedRunDoesNotStartWhatThatOneLeft) {
    put(box_.broker / "home.passwd", "anjud:$7$...\n");
    fs::remove(file_);
    ASSERT_TRUE(create(box_, key_of(code_)->open, file_, {}));
    for (int cut = 0; text_of(there_.config / "tls/box.key") != "restored key\n"; ++cut) {
        begin_again();
        ASSERT_TRUE(restore_cut_at(cut));
    }
    fs::remove_all(there_.broker);  // its folder may have been made
    put(there_.broker, "in the way\n");
    ASSERT_FALSE(restore_with());
    EXPECT_EQ(start(), std::nullopt) << "nobody knows any more what the first one had replaced";
    fs::remove(there_.broker);
    ASSERT_TRUE(restore_with());
    expect_restored("and again");
}

TEST_F(RestoreCut, ATerminalThatGoesAwayEndsItWholeOrNotAtAll) {
    int after = 0;
    for (const int signal : {SIGHUP, SIGINT, SIGTERM}) {
        for (int at = 0;; ++at) {
            ASSERT_LT(at, 100);
            begin_again();
            const pid_t child = ::fork();
            if (child == 0) {
                int left = at;
                const bool done(restore_with([&](const char*) {
                    if (left-- == 0) ::raise(signal);
                }));
                ::_exit(done ? 0 : 1);
            }
            int status = 0;
            ASSERT_EQ(::waitpid(child, &status, 0), child);
            if (WIFEXITED(status) && WEXITSTATUS(status) == 0) break;  // it had fewer steps
            ASSERT_TRUE(WIFSIGNALED(status)) << WEXITSTATUS(status);
            EXPECT_EQ(WTERMSIG(status), signal);
            expect_restored("signal " + std::to_string(signal) + " at " + std::to_string(at));
            ++after;
        }
    }
    EXPECT_GE(after, 30);
}

TEST_F(RestoreCut, AsRootWhatLiesInTheDataFolderIsDoneAsItsOwner) {
    if (::geteuid() != 0) GTEST_SKIP() << "needs to be root";
    constexpr uid_t service = 65'534;
    fs::permissions(dir_.path(), fs::perms{0755});
    for (const auto& one : fs::recursive_directory_iterator(there_.data_dir)) {
        ASSERT_EQ(::lchown(one.path().c_str(), service, service), 0);
    }
    ASSERT_EQ(::lchown(there_.data_dir.c_str(), service, service), 0);
    fs::permissions(dir_.path() / "there", fs::perms{0755});
    put(there_.config / "anju.toml", "old\n");
    // Root's alone, for the backup may lie on a stick.
    ::chmod(file_.c_str(), 0600);
    const fs::path foreign = dir_.path() / "foreign";
    fs::create_directory(foreign);
    ::chmod(foreign.c_str(), 0700);
    put(foreign / "anju.db", "of somebody else");
    // Whoever has taken over the service exchanges the folder after it was looked at.
    const auto done = restore_with([&](const char* what) {
        if (std::string_view(what) != "begin") return;
        fs::remove_all(there_.data_dir / "quarantine");
        fs::create_directory_symlink(foreign, there_.data_dir / "quarantine");
    });
    EXPECT_FALSE(done) << "root set aside what was there where the link led to";
    EXPECT_EQ(::geteuid(), 0U);
    EXPECT_EQ(text_of(foreign / "anju.db"), "of somebody else");
    EXPECT_EQ(std::distance(fs::directory_iterator(foreign), {}), 1);
    struct stat is{};
    ASSERT_EQ(::stat(foreign.c_str(), &is), 0);
    EXPECT_EQ(is.st_uid, 0U);

    ::unlink((there_.data_dir / "quarantine").c_str());
    const auto again = restore_with();
    ASSERT_TRUE(again) << again.error().text();
    for (const auto& one : fs::recursive_directory_iterator(there_.data_dir)) {
        ASSERT_EQ(::lstat(one.path().c_str(), &is), 0);
        EXPECT_EQ(is.st_uid, service) << one.path();
    }
    ASSERT_EQ(::stat((there_.config / "anju.toml").c_str(), &is), 0);
    EXPECT_EQ(is.st_uid, 0U);
    expect_restored("as the owner");
    EXPECT_TRUE(fs::is_empty(dir_.path() / "tmp"));
}

}  // namespace
}  // namespace anju::test
