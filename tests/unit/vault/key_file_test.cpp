#include "vault/key_file.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <string>

#include "tests/support/broker.hpp"  // TempDir

namespace anju::vault {
namespace {

class KeyFile : public testing::Test {
protected:
    void write(const std::string& text, mode_t mode = 0640) {
        std::ofstream(file_) << text;
        ::chmod(file_.c_str(), mode);
    }
    std::string refusal() const {
        const auto read = read_keys(file_);
        return read ? "" : read.error().text();
    }
    anju::test::TempDir folder_;
    std::filesystem::path file_ = folder_.path() / "seal.key";
};

TEST_F(KeyFile, HoldsTheKeyThatWasMade) {
    const std::string line = make_line();
    EXPECT_EQ(line.size(), 65U);
    EXPECT_NE(make_line(), line);
    write(line);
    const auto keys = read_keys(file_).value();
    const auto again = read_keys(file_).value();
    EXPECT_EQ(again->open(keys->seal("林桂芳", "here", Form::text), "here", Form::text), "林桂芳");
}

TEST_F(KeyFile, MayHaveRemarksAndOtherLineEnds) {
    write("# of box-0001\r\n\r\n" + make_line().substr(0, 64) + "\r\n\n");
    EXPECT_EQ(read_keys(file_).value()->ids().size(), 1U);
}

TEST_F(KeyFile, IsRefusedWhenItIsMissingAndNobodyIsToldToMakeANewOne) {
    EXPECT_NE(refusal().find("cannot open the key"), std::string::npos) << refusal();
    EXPECT_NE(refusal().find("Do not make a new one"), std::string::npos);
}

TEST_F(KeyFile, IsRefusedWhenEverybodyMayReadIt) {
    write(make_line(), 0644);
    EXPECT_NE(refusal().find("chmod o-rwx"), std::string::npos) << refusal();
}

TEST_F(KeyFile, IsRefusedWithItsLineAndWithoutItsContentWhenThatIsNoKey) {
    const std::string key = make_line();
    write(key + "secret-" + key);
    EXPECT_NE(refusal().find("seal.key:2"), std::string::npos) << refusal();
    EXPECT_EQ(refusal().find("secret-"), std::string::npos);
    for (const char* const text : {"", "\n", "# nothing\n"}) {
        write(text);
        EXPECT_NE(refusal().find("holds no key"), std::string::npos) << refusal();
    }
    write(key.substr(0, 63) + "g\n");
    EXPECT_NE(refusal().find("seal.key:1"), std::string::npos);
    std::string many;
    for (std::size_t i = 0; i <= most_keys; ++i) many += make_line();
    write(many);
    EXPECT_NE(refusal().find("too many"), std::string::npos);
    write(std::string(5000, '#'));
    EXPECT_NE(refusal().find("too long"), std::string::npos);
    std::filesystem::remove(file_);
    std::filesystem::create_directory(file_);
    EXPECT_NE(refusal(), "");
}

TEST_F(KeyFile, TakesANewKeyInFrontAndLetsTheOldOnesGo) {
    write(make_line());
    const auto before = read_keys(file_).value()->ids();
    write(with_new_key(file_).value());
    const auto both = read_keys(file_).value()->ids();
    ASSERT_EQ(both.size(), 2U);
    EXPECT_EQ(both[1], before[0]);
    write(with_current_key(file_).value());
    EXPECT_EQ(read_keys(file_).value()->ids(), std::vector<KeyId>{both[0]});
    while (read_keys(file_).value()->ids().size() < most_keys) write(with_new_key(file_).value());
    EXPECT_FALSE(with_new_key(file_));
}

}  // namespace
}  // namespace anju::vault
