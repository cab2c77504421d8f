// Who has the file of the console alone learns nobody's name, and cannot try passwords on it.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "access/rows.hpp"
#include "store/statement.hpp"
#include "tests/component/access/opened.hpp"
#include "tests/support/fault_vfs.hpp"

namespace anju::access::test {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

std::shared_ptr<const vault::Keys> keys_of(std::string_view bytes) {
    std::string raw;
    for (const char byte : bytes) raw.append(vault::key_bytes, byte);
    return vault::Keys::from(reinterpret_cast<const unsigned char*>(raw.data()), bytes.size());
}

const std::vector<std::string> secrets{"Zhang.Distinct",   "zhang.distinct", "张独特",
                                       "MARKER-OF-DETAIL", "192.0.2.77",     "resident:R-DISTINCT",
                                       "$argon2id$MARKER$"};

std::vector<std::string> shown(const fs::path& folder) {
    std::vector<std::string> out;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file()) continue;
        std::ifstream file(entry.path(), std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(file), {}};
        for (const std::string& secret : secrets) {
            if (bytes.find(secret) != bytes.npos)
                out.push_back(secret + " in " + entry.path().string());
        }
    }
    return out;
}

class SealedConsole : public testing::Test {
protected:
    void fill() {
        Account made = opened_->accounts()
                           .add({.name = "Zhang.Distinct",
                                 .shown = "张独特",
                                 .role = AccountRole::operator_,
                                 .scope = {{"*"}}},
                                "$argon2id$MARKER$hash", noon)
                           .value();
        id_ = made.id;
        token_ = opened_->sessions().begin(id_, "192.0.2.77", noon)->token;
        for (int i = 0; i < 30; ++i) {
            ASSERT_TRUE(opened_->audit().add(
                {id_, "Zhang.Distinct", i % 2 == 0 ? "alert.close" : "view_resident",
                 i % 3 == 0 ? "resident:R-DISTINCT" : "alert:H" + std::to_string(i),
                 "MARKER-OF-DETAIL " + std::to_string(i), "192.0.2.77", i % 2 != 0},
                noon + std::chrono::minutes{i}));
        }
    }
    void expect_whole() {
        const auto found = opened_->accounts().named("ZHANG.distinct").value();
        ASSERT_TRUE(found);
        EXPECT_EQ(found->id, id_);
        EXPECT_EQ(found->shown, "张独特");
        EXPECT_EQ(opened_->accounts().login_try("zhang.distinct")->hash, "$argon2id$MARKER$hash");
        const auto session = opened_->sessions().find(token_, noon).value();
        ASSERT_TRUE(session);
        EXPECT_EQ(session->peer, "192.0.2.77");
        const AuditVerdict verdict = opened_->audit().verify().value();
        EXPECT_EQ(verdict.rows, 30U);
        EXPECT_EQ(verdict.broken, std::nullopt);
        const auto page = opened_->audit().page({.subject = "resident:R-DISTINCT"}).value();
        EXPECT_EQ(page.rows.size(), 10U);
        EXPECT_EQ(page.rows.at(0).what.detail, "MARKER-OF-DETAIL 27");
        EXPECT_FALSE(opened_->accounts().add(
            {.name = "zhang.DISTINCT", .role = AccountRole::worker, .scope = {{"C1"}}}, "", noon))
            << "one name, one account";
    }
    Opened opened_;
    AccountId id_;
    std::string token_;
};

TEST_F(SealedConsole, ShowsNobody) {
    opened_.use(keys_of("a"));
    fs::remove_all(opened_.file());
    opened_.again();
    fill();
    expect_whole();
    EXPECT_EQ(shown(opened_.folder()), std::vector<std::string>{});
    opened_.again();
    expect_whole();
    opened_.close();
    EXPECT_EQ(shown(opened_.folder()), std::vector<std::string>{});
}

TEST_F(SealedConsole, ThatLayOpenIsSealedAndItsAuditIsStillWhatItWas) {
    fill();
    const std::string head = opened_->audit().verify()->head;
    EXPECT_EQ(shown(opened_.folder()).size() >= secrets.size(), true);
    opened_.use(keys_of("a"));
    opened_.again();
    expect_whole();
    EXPECT_EQ(opened_->audit().verify()->head, head) << "who wrote it down can still compare";
    EXPECT_EQ(shown(opened_.folder()), std::vector<std::string>{});
    ASSERT_TRUE(opened_->audit().add_view({.account = id_,
                                           .name = "Zhang.Distinct",
                                           .action = "view_resident",
                                           .subject = "resident:R-DISTINCT",
                                           .detail = "MARKER-OF-DETAIL 27",
                                           .peer = "192.0.2.77"},
                                          noon + 28min));
    EXPECT_EQ(opened_->audit().verify()->rows, 30U) << "the same view a minute later";
}

TEST_F(SealedConsole, IsRefusedWithoutItsKeyAndNoSetupCodeIsMade) {
    fill();
    opened_.use(keys_of("a"));
    opened_.again();
    for (const auto& keys : {std::shared_ptr<const vault::Keys>{}, keys_of("b")}) {
        opened_.use(keys);
        EXPECT_NE(opened_.refusal().find("sealed with key"), std::string::npos);
        fs::remove(opened_.folder() / "sealed-with");
        EXPECT_NE(opened_.refusal().find("sealed with key"), std::string::npos) << "by itself";
    }
    EXPECT_FALSE(fs::exists(opened_.folder() / "console-setup.code"));
    EXPECT_FALSE(fs::exists(opened_.folder() / "quarantine"));
    opened_.use(keys_of("a"));
    opened_.again();
    expect_whole();
}

TEST_F(SealedConsole, GoesOnUnderANewKey) {
    fill();
    opened_.use(keys_of("a"));
    opened_.again();
    opened_.use(keys_of("ba"));
    opened_.again();
    expect_whole();
    opened_.use(keys_of("b"));
    opened_.again();
    expect_whole();
}

TEST_F(SealedConsole, SaysThatAnAuditRowHoldsTheNameOfAnother) {
    opened_.use(keys_of("a"));
    opened_.again();
    fill();
    ASSERT_EQ(opened_->audit().verify()->broken, std::nullopt);
    opened_->db().database().execute(
        "UPDATE audit SET name = (SELECT name FROM audit WHERE id = 9) WHERE id = 5");
    EXPECT_EQ(opened_->audit().verify()->broken, 5);
    const auto page = opened_->audit().page({.limit = 500}).value();
    EXPECT_EQ(page.rows.size(), 30U) << "the others can still be read";
    EXPECT_EQ(page.rows.at(25).what.name, "?");
}

TEST_F(SealedConsole, SetsAsideAFileInWhichAnAccountWasExchanged) {
    opened_.use(keys_of("a"));
    opened_.again();
    fill();
    opened_.add("other");
    store::Database& db = opened_->db().database();
    db.execute("UPDATE accounts SET hash = (SELECT hash FROM accounts WHERE id = 2) WHERE id = 1");
    // With the checksum made anew, as by somebody who knows the program and has the disk.
    store::Seal checksum("accounts");
    {
        store::Statement row(
            db, "SELECT " + std::string(account_columns) + " FROM accounts WHERE id = 1");
        ASSERT_TRUE(row.step());
        for (int column = 0; column < 13; ++column) {
            if (row.is_integer(column)) {
                checksum.add(row.integer(column));
            } else {
                checksum.add(row.bytes(column));
            }
        }
    }
    db.execute(("UPDATE accounts SET crc = " + std::to_string(checksum.value()) + " WHERE id = 1")
                   .c_str());
    opened_.again();
    EXPECT_FALSE(opened_->notes().empty());
    EXPECT_FALSE(opened_->accounts().any().value()) << "nobody comes in with another's password";
}

TEST(SealedConsoleOnAFullDisk, GoesOnUnderTheOldKeyWhereThereIsANewOne) {
    anju::test::FaultVfs disk;
    Access::Options options;
    options.vfs = disk.name();
    options.keys = keys_of("a");
    Opened opened(options);
    opened.add_operator("Zhang");
    opened.use(keys_of("ba"));
    std::uint64_t total = disk.used_bytes();
    disk.capacity = [&total] { return total; };
    opened.again();
    EXPECT_TRUE(opened->accounts().named("zhang").value()) << "looked up as it was";
    total += 10'000'000;
    opened.add("Li");
    opened.use(keys_of("a"));
    opened.again();
    for (const char* const name : {"zhang", "li"}) {
        EXPECT_TRUE(opened->accounts().named(name).value()) << "the old key alone: " << name;
    }
    opened.use(keys_of("ba"));
    opened.again();
    opened.use(keys_of("b"));
    opened.again();
    for (const char* const name : {"zhang", "li"}) {
        EXPECT_TRUE(opened->accounts().named(name).value()) << "the new key alone: " << name;
    }
}

}  // namespace
}  // namespace anju::access::test
