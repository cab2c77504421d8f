// What is sealed opens with its code, whole, and with nothing else.
#include "backup/sealed_file.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "backup/archive.hpp"
#include "tests/support/broker.hpp"  // TempDir

namespace anju::test {
namespace {

namespace fs = std::filesystem;
using namespace backup;

const std::string code = make_recovery_code();

std::string bytes_of(const fs::path& file) {
    std::ostringstream out;
    out << std::ifstream(file, std::ios::binary).rdbuf();
    return out.str();
}

void write(const fs::path& file, const std::string& bytes) {
    std::ofstream(file, std::ios::binary) << bytes;
}

class SealedFile : public testing::Test {
protected:
    void SetUp() override {
        auto out = SealedWriter::create(file_, key_of(code)->open).value();
        for (const std::string& chunk : chunks_) ASSERT_TRUE(out.add(chunk));
        written_ = out.finish().value();
    }
    /// Everything that can be read; an Error as soon as there is one.
    result<std::vector<std::string>> read(const std::string& with = code) {
        auto in = SealedReader::open(file_, key_of(with).value());
        if (!in) return in.error();
        std::vector<std::string> out;
        while (true) {
            auto chunk = in->next();
            if (!chunk) return chunk.error();
            if (!*chunk) return out;
            out.push_back(std::move(**chunk));
        }
    }

    TempDir dir_;
    fs::path file_ = dir_.path() / "one.backup";
    std::vector<std::string> chunks_{"", "王桂兰", std::string(longest_chunk, 'x')};
    SealedWriter::Written written_;
};

TEST_F(SealedFile, OpensWithItsCodeAndHoldsWhatWasPutIn) {
    EXPECT_EQ(read().value(), chunks_);
    EXPECT_EQ(written_.bytes, fs::file_size(file_));
    EXPECT_EQ(digest_of(file_).value(), written_.digest);
    EXPECT_EQ(fs::status(file_).permissions() & fs::perms::all,
              fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(SealedFile, ShowsNothingOfWhatIsInIt) {
    EXPECT_EQ(bytes_of(file_).find("王桂兰"), std::string::npos);
    EXPECT_EQ(bytes_of(file_).find("xxxx"), std::string::npos);
}

TEST_F(SealedFile, SaysWhichSheetItNeedsWhereTheCodeIsAnother) {
    const auto refused = read(make_recovery_code());
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().text().find(fingerprint(key_of(code)->open)), std::string::npos)
        << refused.error().text();
}

TEST_F(SealedFile, IsRefusedWhereverOneBitWasChanged) {
    const std::string whole = bytes_of(file_);
    for (std::size_t at = 0; at < whole.size(); at += at < 400 ? 1 : 997) {
        const bool is_mark = at >= 14 && at < 22;  // shown where the code is wrong, and no more
        std::string changed = whole;
        changed[at] = static_cast<char>(changed[at] ^ 0x10);
        write(file_, changed);
        EXPECT_FALSE(read()) << "byte " << at << (is_mark ? " of the mark" : "");
    }
}

TEST_F(SealedFile, IsRefusedWhereverItWasCutAndWhereSomethingWasAppended) {
    const std::string whole = bytes_of(file_);
    for (std::size_t length = 0; length < whole.size(); length += length < 400 ? 1 : 997) {
        write(file_, whole.substr(0, length));
        EXPECT_FALSE(read()) << length << " of " << whole.size();
    }
    write(file_, whole + "x");
    EXPECT_FALSE(read());
}

TEST(RecoveryCode, IsReadAsPeopleWriteIt) {
    const PublicKey key = key_of(code)->open;
    std::string careless;
    for (char c : code) {
        if (c == '0') c = 'O';
        if (c == '1') c = 'l';
        careless += c == '-' ? ' ' : static_cast<char>(std::tolower(c));
    }
    EXPECT_EQ(key_of(careless)->open, key);
    EXPECT_EQ(code.size(), 39U);
    EXPECT_NE(make_recovery_code(), code);
}

TEST(RecoveryCode, WithASlipOfThePenIsRefused) {
    int taken = 0;
    int tried = 0;
    for (std::size_t at = 0; at < code.size(); ++at) {
        if (code[at] == '-') continue;
        for (const char c : {'3', 'K', 'Z'}) {
            if (code[at] == c) continue;
            std::string slip = code;
            slip[at] = c;
            ++tried;
            taken += key_of(slip) ? 1 : 0;
        }
    }
    EXPECT_LE(taken, tried / 20) << "one in 256 passes the check";
    EXPECT_FALSE(key_of(code.substr(0, 38)));
    EXPECT_FALSE(key_of(code + "7"));
    EXPECT_FALSE(key_of("U" + code.substr(1))) << "no letter of it";
}

TEST(PublicKeyFile, IsReadBackAndRefusedWhenItIsAnother) {
    TempDir dir;
    const fs::path file = dir.path() / "backup.pub";
    EXPECT_FALSE(read_public_key(file));
    write(file, written(key_of(code)->open));
    EXPECT_EQ(read_public_key(file).value(), key_of(code)->open);
    write(file, "anju-backup-key-1 12");
    EXPECT_FALSE(read_public_key(file));
    write(file, "anju-backup-key-1 " + std::string(64, 'g'));
    EXPECT_FALSE(read_public_key(file));
}

/// The members of an archive as somebody may have made it who has only the public key.
result<std::vector<Member>> extracted(const std::vector<std::string>& chunks) {
    TempDir dir;
    const fs::path file = dir.path() / "a.backup";
    auto out = SealedWriter::create(file, key_of(code)->open).value();
    for (const std::string& chunk : chunks) out.add(chunk).value();
    out.finish().value();
    auto in = SealedReader::open(file, key_of(code).value()).value();
    return extract(in, [](const Member&) { return std::optional<fs::path>{}; });
}

TEST(Archive, DoesNotLeadOutOfTheFoldersItIsPutInto) {
    EXPECT_TRUE(extracted({R"(F{"name":"config/anju/a"})", "Dx", "E"}));
    for (const std::string name :
         {"../etc/passwd", "/etc/passwd", "config/anju/../../x", "", "a/"}) {
        EXPECT_FALSE(extracted({"F{\"name\":\"" + name + "\"}", "E"})) << name;
    }
}

TEST(Archive, ThatIsNoneIsRefused) {
    EXPECT_FALSE(extracted({"Dx"})) << "content of nothing";
    EXPECT_FALSE(extracted({R"(F{"name":"a"})"})) << "without an end";
    EXPECT_FALSE(extracted({R"(F{"name":"a"})", R"(F{"name":"b"})"}));
    EXPECT_FALSE(extracted({"F{", "E"}));
    EXPECT_FALSE(extracted({"?"}));
    EXPECT_FALSE(extracted({""}));
}

}  // namespace
}  // namespace anju::test
