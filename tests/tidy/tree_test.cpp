// The rules of the house, held against the tree this was built from.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "tests/tidy/rules.hpp"

namespace anju::tidy {
namespace {

const Tree& tree() {
    static const Tree read = read_tree(ANJU_SOURCE_DIR);
    return read;
}

void expect_none(const Findings& findings) {
    EXPECT_TRUE(findings.empty()) << describe(findings);
}

TEST(House, TheTreeIsSeen) {
    EXPECT_GT(tree().size(), 100U);
    EXPECT_TRUE(tree().contains("gateway/core/engine.hpp"));
    EXPECT_TRUE(tree().contains("tests/tidy/tree_test.cpp"));
    EXPECT_TRUE(tree().contains("README.md"));
}

TEST(House, CoreAndDriversAskForNothingTheyAreNotHanded) {
    expect_none(core_is_pure(tree()));
}

TEST(House, IncludesPointInwardOnly) {
    expect_none(arrows_point_inward(tree()));
}

TEST(House, NoHeaderDragsInAsio) {
    expect_none(headers_are_light(tree()));
}

TEST(House, NoFileIsLongerThanTheListAllows) {
    std::ostringstream list;
    list << std::ifstream(ANJU_SOURCE_DIR "/tests/tidy/long_files.txt").rdbuf();
    expect_none(files_are_short(tree(), list.str()));
}

TEST(House, NoPathOfOneMachineIsWrittenDown) {
    expect_none(no_machine_paths(tree()));
}

TEST(House, EverySourceSaysOnTopWhatItIsFor) {
    expect_none(files_introduce_themselves(tree()));
}

TEST(House, NothingIsLeftForLaterAndNoTestIsOff) {
    expect_none(nothing_is_left_undone(tree()));
}

TEST(House, LinksOfTheDocumentationLeadSomewhere) {
    expect_none(links_resolve(tree()));
}

}  // namespace
}  // namespace anju::tidy
