#include "access/setup_code.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <regex>

#include "tests/component/access/opened.hpp"

namespace anju::access {
namespace {

using namespace std::chrono_literals;
using test::noon;
using test::Opened;
using test::some_hash;

std::string first_line(const std::filesystem::path& file) {
    std::string out;
    std::ifstream in(file);
    std::getline(in, out);
    return out;
}

TEST(SetupCode, LiesReadyForTheGatewaysUserOnTheFirstStart) {
    Opened access;
    const std::string code = access->setup().code().value();
    const std::regex form("[A-HJ-NP-Z2-9]{4}(-[A-HJ-NP-Z2-9]{4}){2}");
    EXPECT_TRUE(std::regex_match(code, form)) << code;
    EXPECT_EQ(first_line(access->setup().file()), code);
    struct stat info{};
    ASSERT_EQ(::stat(access->setup().file().c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777U, 0600U);
    access.again();
    EXPECT_EQ(access->setup().code().value(), code) << "another one at each start";
}

TEST(SetupCode, IsKnownHoweverItIsTyped) {
    Opened access;
    const std::string code = access->setup().code().value();
    EXPECT_TRUE(access->setup().is_code(code));
    std::string loose;
    for (const char c : code) {
        loose += c == '-' ? ' ' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    EXPECT_TRUE(access->setup().is_code(loose));
    EXPECT_FALSE(access->setup().is_code(""));
    EXPECT_FALSE(access->setup().is_code(code.substr(0, 13)));
    EXPECT_FALSE(access->setup().is_code(code + "A"));
    EXPECT_FALSE(access->setup().is_code(std::string(1000, '-') + code));
    EXPECT_FALSE(access->setup().is_code("AAAA-AAAA-AAAA"));
}

TEST(SetupCode, IsReplacedWhenOthersCouldReadItOrItIsTorn) {
    anju::test::TempDir folder;
    const std::string first = SetupCode(folder.path()).code().value();
    std::filesystem::permissions(folder.path() / "console-setup.code",
                                 std::filesystem::perms{0644});
    const std::string second = SetupCode(folder.path()).code().value();
    EXPECT_NE(first, second);
    std::ofstream(folder.path() / "console-setup.code", std::ios::trunc) << "ABC";
    EXPECT_NE(SetupCode(folder.path()).code().value(), second);
}

TEST(Setup, MakesTheFirstOperatorAndRemovesTheCode) {
    Opened access;
    const std::string code = access->setup().code().value();
    const Account made = access->finish_setup("admin.li", some_hash, "10.0.0.1", noon).value();
    EXPECT_EQ(made.role, AccountRole::operator_);
    EXPECT_FALSE(std::filesystem::exists(access->setup().file()));
    EXPECT_FALSE(access->setup().is_code(code));
    const AuditRow row = access->audit().page({}).value().rows.front();
    EXPECT_EQ(row.what.action, "setup");
    EXPECT_EQ(row.what.account, made.id);
    EXPECT_EQ(row.what.peer, "10.0.0.1");
    EXPECT_EQ(access->finish_setup("other", some_hash, "", noon).error().reason, Reason::not_first);
    EXPECT_EQ(access->audit().page({}).value().rows.size(), 1U);
    access.again();
    EXPECT_FALSE(std::filesystem::exists(access->setup().file()));
}

TEST(Setup, LeavesTheCodeWhenTheNameWasRefused) {
    Opened access;
    EXPECT_EQ(access->finish_setup("a b", some_hash, "", noon).error().reason, Reason::bad_name);
    EXPECT_TRUE(access->setup().is_code(access->setup().code().value()));
    EXPECT_TRUE(access->audit().page({}).value().rows.empty());
}

TEST(Setup, ThatWasCutShortLeavesNoCodeBehind) {
    Opened access;
    access.add_operator("admin.li");
    EXPECT_TRUE(std::filesystem::exists(access->setup().file())) << "the power goes here";
    access.again();
    EXPECT_FALSE(std::filesystem::exists(access->setup().file()));
}

TEST(Setup, CostsGuessersAWaitAfterFiveTries) {
    Opened access;
    const SteadyTime now = SteadyTime{} + 1h;
    for (int i = 0; i < 6; ++i) {
        EXPECT_EQ(access->guesses().wait("10.0.0.1", now), 0s) << i;
        access->guesses().failed("10.0.0.1", now);
    }
    EXPECT_GT(access->guesses().wait("10.0.0.1", now), 0s);
    EXPECT_EQ(access->guesses().wait("10.0.0.2", now), 0s);
}

TEST(Housekeeping, LeavesTheAuditAloneWhileTheClockIsNotRight) {
    Opened access({.audit = {.keep = 24h}});
    ASSERT_TRUE(access->audit().add({.name = "lin", .action = "login"}, noon));
    const SteadyTime start = SteadyTime{} + 1h;
    const Instant later = noon + 24h * 365;
    ASSERT_TRUE(access->tick({later, start, ClockState::unsynchronised}));
    EXPECT_EQ(access->audit().page({}).value().rows.size(), 1U);
    ASSERT_TRUE(access->tick({later, start, ClockState::synchronised}));
    EXPECT_TRUE(access->audit().page({}).value().rows.empty());
}

}  // namespace
}  // namespace anju::access
