#include "update/apt_text.hpp"

#include <gtest/gtest.h>

namespace anju::update {
namespace {

const std::string digits_a(64, 'a');
const std::string digits_b(64, 'b');

std::string paragraph(const std::string& package, const std::string& version,
                      const std::string& size, const std::string& sum) {
    return "Package: " + package + "\nVersion: " + version +
           "\nFilename: pool/x.deb\nSize: " + size + "\nSHA256: " + sum + "\n\n";
}

TEST(AptText, TakesSumsFromParagraphsThatHaveAFileToFetch) {
    const std::string shown =
        "Package: anju-gateway\nVersion: 1:2.0\nStatus: install ok installed\nSize: 3\nSHA256: " +
        digits_b + "\n\n" + paragraph("anju-common", "1:2.0", "8", digits_b) +
        paragraph("anju-gateway", "1:2.0", "7", digits_a) +
        paragraph("anju-gateway", "1:2.0", "7", digits_a) +
        paragraph("anju-gateway", "2.0", "9", digits_b);
    EXPECT_EQ(sums_in(shown, "1:2.0", {"anju-gateway", "anju-common"}),
              (std::vector<Sum>{{"anju-gateway", 7, digits_a}, {"anju-common", 8, digits_b}}));
    EXPECT_EQ(sums_in(shown, "3.0", {"anju-gateway"}).size(), 0U);
}

TEST(AptText, TakesNoSumThatIsNone) {
    for (const auto& [size, sum] : {std::pair{"", digits_a},
                                    {"7x", digits_a},
                                    {"-7", digits_a},
                                    {"7", digits_a + "a"},
                                    {"7", std::string(64, 'G')},
                                    {"7", std::string()}}) {
        EXPECT_EQ(sums_in(paragraph("p", "1", size, sum), "1", {"p"}).size(), 0U) << size << sum;
    }
    EXPECT_EQ(
        sums_in(paragraph("p", "1", "7", digits_a) + paragraph("p", "1", "7", digits_b), "1", {"p"})
            .size(),
        2U)
        << "one of them is wrong, and nobody can say which";
}

TEST(AptText, SaysWhichFileIsNotWhatTheIndexNames) {
    const std::vector<Sum> index{{"anju-gateway", 7, digits_a}, {"anju-common", 8, digits_b}};
    const Sum gateway{"./g.deb", 7, digits_a};
    const Sum common{"./c.deb", 8, digits_b};
    EXPECT_EQ(differs(index, {gateway, common}), "");
    EXPECT_EQ(differs(index, {common, gateway}), "");
    EXPECT_EQ(differs(index, {{"./g.deb", 7, digits_b}, common}), "./g.deb");
    EXPECT_EQ(differs(index, {{"./g.deb", 6, digits_a}, common}), "./g.deb") << "cut off";
    EXPECT_EQ(differs(index, {gateway}), "anju-common");
    EXPECT_EQ(differs(index, {gateway, common, {"./z.deb", 1, digits_a}}), "./z.deb")
        << "one more than was asked for";
    EXPECT_EQ(differs(index, {gateway, gateway}), "anju-gateway");
    EXPECT_EQ(differs({}, {gateway}), "./g.deb");
}

TEST(AptText, ReadsNamesFromSums) {
    EXPECT_EQ(names_in_sums(digits_b + "  ./b_1%3a2.0_all.deb\n" + digits_a + "  ./a b.deb\n"),
              (std::vector<std::string>{"./a b.deb", "./b_1%3a2.0_all.deb"}));
    EXPECT_EQ(names_in_sums("nonsense\n").size(), 0U);
}

TEST(AptText, NamesAFolderAfterAVersionWithAnEpoch) {
    EXPECT_TRUE(good_version("1:2.0-1"));
    EXPECT_FALSE(good_version("../2.0"));
    EXPECT_FALSE(good_version("1_2.0"));
    EXPECT_EQ(folder_name("1:2.0-1"), "1_2.0-1");
    EXPECT_EQ(folder_name("0.2.0+deb12u1~1"), "0.2.0+deb12u1~1");
}

// The words are dpkg's, of 1.21, in the C locale that the updater sets.
TEST(AptText, BlamesAVersionForItsOwnScriptsAlone) {
    const std::string configure =
        "dpkg: error processing package anju-gateway (--configure):\n"
        " installed anju-gateway package post-installation script subprocess returned error exit "
        "status 1\nErrors were encountered while processing:\n anju-gateway\n"
        "E: Sub-process /usr/bin/dpkg returned an error code (1)\n";
    EXPECT_TRUE(own_scripts_failed(configure));
    EXPECT_TRUE(own_scripts_failed(
        "dpkg: error processing archive ./anju-gateway_1%3a2.0_amd64.deb (--unpack):\n"
        " new anju-gateway package pre-installation script subprocess returned error exit status "
        "2\n"));
    for (const std::string& world :
         {std::string("E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process "
                      "99 (apt)\n"),
          std::string("E: You don't have enough free space in /var/cache/apt/archives/.\n"),
          "cp: error writing '/usr/x': No space left on device\n" + configure,
          std::string(" installed anju-gateway package post-installation script subprocess was "
                      "killed by signal (Killed)\n"),
          std::string(" installed anju-gateway package post-installation script subprocess "
                      "returned error exit status 137\n"),
          std::string("E: Failed to fetch http://mirror/libc.deb  503\n"),
          std::string(" old anju-gateway package pre-removal script subprocess returned error "
                      "exit status 1\n"),
          std::string(" installed linux-image-6.1 package post-installation script subprocess "
                      "returned error exit status 1\n"),
          std::string()}) {
        EXPECT_FALSE(own_scripts_failed(world)) << world;
    }
}

}  // namespace
}  // namespace anju::update
