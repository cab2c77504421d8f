#include "store/read_thread.hpp"

#include <gtest/gtest.h>

#include "store/database.hpp"
#include "tests/component/store/samples.hpp"
#include "tests/support/posted.hpp"

namespace anju::test {
namespace {

using namespace std::chrono_literals;
using store::ReadThread;
using store::StoreReader;

/// Of homes and communities, several at one instant; all alerts were raised at two instants.
void commit_decisions(store::SqliteJournal& journal, std::uint64_t first, std::uint64_t last) {
    Transaction one;
    one.now = noon + 1h;
    for (std::uint64_t number = first; number <= last; ++number) {
        const std::string unit = number % 3 == 0 ? "community/c1" : "home";
        const Instant at = noon + std::chrono::minutes{number / 4};
        one.decisions.push_back(health_decision(unit, number, at));
        one.decisions.push_back(alert_decision("home", number, "home-" + std::to_string(number),
                                               AlertState::open, noon + (number % 2) * 1min));
    }
    journal.commit(one).value();
}

std::vector<Decision> decisions_of(StoreReader& reader,
                                   std::uint64_t last = StoreReader::no_decision) {
    std::vector<Decision> out;
    reader
        .decisions_between(
            noon, noon + 1h,
            [&](const Decision& one) {
                out.push_back(one);
                return true;
            },
            last)
        .value();
    return out;
}

std::vector<std::string> alerts_of(StoreReader& reader) {
    std::vector<std::string> out;
    reader
        .alerts_between(noon, noon + 1h,
                        [&](const Alert& one) {
                            out.push_back(one.id.value);
                            return true;
                        })
        .value();
    return out;
}

class Reading : public testing::Test {
protected:
    Reading() { commit_decisions(*journal_, 1, 24); }

    std::unique_ptr<ReadThread> thread(store::Slices slices = {}, std::size_t most = 8) {
        return std::make_unique<ReadThread>(
            ReadThread::Options{.data_dir = folder_.path(),
                                .post = [this](auto work) { loop_.post(std::move(work)); },
                                .most = most,
                                .slices = std::move(slices)});
    }
    static std::function<result<std::size_t>(StoreReader&)> count() {
        return [](StoreReader& reader) -> result<std::size_t> {
            std::size_t seen = 0;
            const auto read = reader.decisions_between(noon, noon + 1h, [&](const Decision&) {
                ++seen;
                return true;
            });
            if (!read) return read.error();
            return seen;
        };
    }

    TempDir folder_;
    std::unique_ptr<store::SqliteJournal> journal_ = open_journal(options_in(folder_.path()));
    Posted loop_;
    Gate gate_;
};

}  // namespace

TEST_F(Reading, InSlicesGivesWhatOneLookGives) {
    StoreReader& reader = journal_->reader();
    const auto decisions = decisions_of(reader);
    const auto alerts = alerts_of(reader);
    ASSERT_EQ(decisions.size(), 24U);
    ASSERT_EQ(alerts.size(), 24U);
    EXPECT_EQ(decisions.back().household.value, "community/c1") << "homes come first";
    for (const store::Slices& slices :
         {store::Slices{.rows = 1}, store::Slices{.rows = 7}, store::Slices{.time = 0ms}}) {
        reader.read_in(slices);
        EXPECT_EQ(decisions_of(reader), decisions);
        EXPECT_EQ(alerts_of(reader), alerts);
    }
}

TEST_F(Reading, LeavesOutWhatWasDecidedSinceItWasAsked) {
    StoreReader& reader = journal_->reader();
    const auto before = decisions_of(reader);
    const std::uint64_t last = reader.last_decision().value();
    commit_decisions(*journal_, 25, 30);
    EXPECT_EQ(decisions_of(reader, last), before);
    EXPECT_EQ(decisions_of(reader).size(), 30U);
}

TEST_F(Reading, DoesNotKeepTheLoopFromCommitting) {
    const auto reads = thread({.rows = 5, .between = [this] {
                                   gate_.pass();
                                   return true;
                               }});
    std::optional<std::size_t> seen;
    ASSERT_TRUE(reads->ask<std::size_t>(count(), [&](auto got) { seen = got.value(); }));
    gate_.await_arrival();
    commit_decisions(*journal_, 25, 30);  // would wait for ever on the thread that reads
    EXPECT_TRUE(journal_->maintain(noon + 1h));
    EXPECT_TRUE(loop_.empty()) << "answered before it was read";
    gate_.open();
    loop_.run_one();
    EXPECT_EQ(seen, 30U);
}

TEST_F(Reading, LetsTheLogBeginAnewBetweenSlices) {
    const auto reads = thread({.rows = 5, .between = [this] {
                                   gate_.pass();
                                   return true;
                               }});
    ASSERT_TRUE(reads->ask<std::size_t>(count(), [](auto) {}));
    gate_.await_arrival();
    commit_decisions(*journal_, 25, 30);
    store::Database other({folder_.path() / "anju.db", store::Database::Mode::read_write, ""});
    static_cast<void>(other.number("SELECT count(*) FROM meta"));  // before, it knows of no log
    EXPECT_TRUE(other.checkpoint(true).complete) << "a report holds the log";
    commit_decisions(*journal_, 31, 32);
    const auto holding = StoreReader::open(folder_.path()).value();
    ASSERT_TRUE(holding->hold_snapshot());
    commit_decisions(*journal_, 33, 34);
    EXPECT_FALSE(other.checkpoint(true).complete) << "this would not have shown it";
    gate_.open();
    loop_.run_one();
}

TEST_F(Reading, TurnsAwayWhatIsTooMuchAndCountsIt) {
    const auto reads = thread({.rows = 5,
                               .between =
                                   [this] {
                                       gate_.pass();
                                       return true;
                                   }},
                              2);
    int answered = 0;
    const auto then = [&](const result<std::size_t>& got) { answered += got ? 1 : 0; };
    ASSERT_TRUE(reads->ask<std::size_t>(count(), then));
    gate_.await_arrival();
    EXPECT_TRUE(reads->ask<std::size_t>(count(), then));
    EXPECT_TRUE(reads->ask<std::size_t>(count(), then));
    EXPECT_EQ(reads->turned_away(), 0U);
    EXPECT_FALSE(reads->ask<std::size_t>(count(), then));
    EXPECT_EQ(reads->turned_away(), 1U);
    gate_.open();
    for (int i = 0; i < 3; ++i) loop_.run_one();
    EXPECT_EQ(answered, 3);
}

TEST_F(Reading, IsGivenUpWhenTheDaemonEnds) {
    auto reads = thread({.rows = 1, .between = [this] {
                             gate_.pass();
                             return gate_.arrived() < 3;
                         }});
    std::optional<Error> why;
    ASSERT_TRUE(reads->ask<std::size_t>(count(), [&](auto got) { why = got.error(); }));
    gate_.open();
    loop_.run_one();
    EXPECT_TRUE(why) << "it went on after it was told to stop";
    EXPECT_EQ(gate_.arrived(), 3);
    reads.reset();
}

TEST_F(Reading, SaysWhenThereIsNoStore) {
    TempDir empty;
    ReadThread reads(
        {.data_dir = empty.path(), .post = [this](auto work) { loop_.post(std::move(work)); }});
    std::optional<Error> why;
    ASSERT_TRUE(reads.ask<std::size_t>(count(), [&](auto got) { why = got.error(); }));
    loop_.run_one();
    EXPECT_TRUE(why);
}

}  // namespace anju::test
