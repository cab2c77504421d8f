#include "access/folds.hpp"

#include <gtest/gtest.h>

namespace anju::access {
namespace {

using namespace std::chrono_literals;

constexpr SteadyTime start{1h};

AuditEntry refusal(int account, const std::string& path) {
    return {AccountId{account}, "lin", "refused", path, "GET", "10.0.0.1"};
}

TEST(Folds, MakeOfAThousandRefusalsOneAndACount) {
    Folds folds;
    int written = 0;
    for (int i = 0; i < 1000; ++i) {
        if (folds.is_first(refusal(1, "/audit"), "/audit", start + i * 10ms)) ++written;
    }
    EXPECT_EQ(written, 1);
    EXPECT_TRUE(folds.take_over(start + 59s).empty());
    const auto counted = folds.take_over(start + 60s);
    ASSERT_EQ(counted.size(), 1U);
    EXPECT_EQ(counted[0].detail, "count=999 GET");
    EXPECT_EQ(counted[0].subject, "/audit");
    EXPECT_TRUE(folds.is_first(refusal(1, "/audit"), "/audit", start + 61s));
}

TEST(Folds, TellAccountsAndKindsApart) {
    Folds folds;
    EXPECT_TRUE(folds.is_first(refusal(1, "/audit"), "/audit", start));
    EXPECT_TRUE(folds.is_first(refusal(2, "/audit"), "/audit", start));
    EXPECT_TRUE(folds.is_first(refusal(1, "/config"), "/config", start));
    EXPECT_TRUE(folds.take_over(start + 60s).empty()) << "what came once needs no count";
}

TEST(Folds, AreBounded) {
    Folds folds({.most = 3});
    int written = 0;
    for (int i = 0; i < 100; ++i) {
        if (folds.is_first(refusal(i, "/audit"), "/audit", start)) ++written;
    }
    EXPECT_EQ(written, 4) << "the last stands for all others";
    const auto counted = folds.take_over(start + 60s);
    ASSERT_EQ(counted.size(), 1U);
    EXPECT_EQ(counted[0].detail, "count=96 GET");
}

TEST(Allowance, IsWhatAnAccountMayAskForAndNoOther) {
    Allowance allowance({.burst = 5, .a_second = 2});
    const AccountId lin{1};
    for (int i = 0; i < 5; ++i) EXPECT_EQ(allowance.take(lin, start), 0s);
    EXPECT_EQ(allowance.take(lin, start), 1s);
    EXPECT_EQ(allowance.take(AccountId{2}, start), 0s);
    EXPECT_EQ(allowance.take(lin, start + 1s), 0s);
    EXPECT_EQ(allowance.take(lin, start + 1s), 0s);
    EXPECT_EQ(allowance.take(lin, start + 1s), 1s);
    for (int i = 0; i < 5; ++i) EXPECT_EQ(allowance.take(lin, start + 1h), 0s);
    EXPECT_EQ(allowance.take(lin, start + 1h), 1s) << "a quiet hour saves up no more than a burst";
}

}  // namespace
}  // namespace anju::access
