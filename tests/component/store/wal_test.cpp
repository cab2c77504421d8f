// How long the log becomes, whatever pages the store is made of: 2 kB today, 4 kB where an earlier
// program began it.
#include <gtest/gtest.h>

#include <filesystem>

#include "store/database.hpp"
#include "store/schema.hpp"
#include "tests/component/store/samples.hpp"

namespace anju::test {
namespace {

class WalOfPages : public testing::TestWithParam<int> {
protected:
    /// The file is begun as the program did that chose such pages.
    std::unique_ptr<store::SqliteJournal> open() {
        store::Options options = options_in(folder_.path());
        options.durability = store::Durability::off;
        {
            store::Database begun(
                {folder_.path() / "anju.db", store::Database::Mode::create, options.vfs});
            begun.execute(("PRAGMA page_size=" + std::to_string(GetParam())).c_str());
            begun.execute("PRAGMA auto_vacuum=INCREMENTAL; PRAGMA journal_mode=WAL");
            store::migrate(begun, store::migrations()).value();
            EXPECT_EQ(begun.number("PRAGMA page_size"), GetParam());
        }
        auto journal = open_journal(options);
        const auto bytes = journal->figures().value().database_bytes;
        EXPECT_EQ(bytes % static_cast<std::uint64_t>(GetParam()), 0U);
        return journal;
    }
    [[nodiscard]] std::uint64_t log() const {
        return std::filesystem::file_size(folder_.path() / "anju.db-wal");
    }
    Transaction inputs(int count, std::size_t padding) {
        Transaction out;
        out.now = now_ += std::chrono::seconds{1};
        for (int row = 0; row < count; ++row) {
            out.inputs.push_back(reading_of("home", ++seq_, out.now, padding));
        }
        return out;
    }

    TempDir folder_;
    Instant now_ = noon;
    std::uint64_t seq_ = 0;
};

TEST_P(WalOfPages, StaysSmallUnderSteadyWriting) {
    const auto journal = open();
    for (int count = 0; count < 3'000; ++count) {
        journal->commit(inputs(5, 20)).value();
        if (count % 10 == 0) journal->maintain(now_).value();
    }
    EXPECT_LT(log(), 8'000'000U);
}

TEST_P(WalOfPages, IsCutByTheCommitThatFindsItTooLongWhereNothingElseDoes) {
    const auto journal = open();
    std::uint64_t longest = 0;
    for (int count = 0; count < 40; ++count) {
        journal->commit(inputs(500, 6'000)).value();
        if (log() < longest) break;
        longest = log();
    }
    EXPECT_GT(longest, 50'000'000U);
    EXPECT_LT(longest, 75'000'000U) << "64 MB and a commit";
    EXPECT_LT(log(), 10'000'000U);
}

INSTANTIATE_TEST_SUITE_P(Pages, WalOfPages, testing::Values(2048, 4096));

}  // namespace
}  // namespace anju::test
