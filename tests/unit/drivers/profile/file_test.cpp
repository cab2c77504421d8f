// Mistakes in a profile's file: all of them at once, each with its place and what to do.
#include <gtest/gtest.h>

#include "drivers/profile/profile.hpp"

namespace anju::drivers {
namespace {

constexpr std::string_view good = R"(name = "own-door"
model = "X1"
about = "door contact"
source = "X1 manual, page 9"
[[field]]
path = "open"
reading = "contact_open"
on = [1]
off = [0]
[[vector]]
name = "open"
fields = '{"open":1}'
readings = [["contact_open", 1]]
[[vector]]
name = "closed"
fields = '{"open":0}'
readings = [["contact_open", 0]]
)";

/// `good` with `from` replaced by `to`.
std::string with(std::string_view from, std::string_view to) {
    std::string text(good);
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
}

/// "line:col what > remedy", one a line.
std::string mistakes(const std::string& text) {
    Profiles profiles;
    std::string out;
    for (const ProfileError& error : profiles.add(text, "own.toml")) {
        EXPECT_TRUE(error.where.starts_with("own.toml:")) << error.where;
        EXPECT_FALSE(error.remedy.empty()) << error.what;
        out += error.where.substr(9) + " " + error.what + " > " + error.remedy + "\n";
    }
    EXPECT_EQ(profiles.find("own-door") == nullptr, !out.empty()) << "added in spite of a mistake";
    return out;
}

TEST(ProfileFile, IsAddedWhenNothingIsWrong) {
    EXPECT_EQ(mistakes(std::string(good)), "");
}

TEST(ProfileFile, NamesTheNearestKnownKeyAndWord) {
    EXPECT_EQ(mistakes(with("path = ", "pth = ")),
              "5:1 field[0].path is missing > add path = \"state\"\n"
              "6:1 field[0].pth is not a known key > did you mean 'path'?\n");
    EXPECT_EQ(mistakes(with("\"contact_open\"\non", "\"contact_opn\"\non")),
              "7:11 field[0].reading 'contact_opn' is not known > did you mean 'contact_open'?\n");
}

TEST(ProfileFile, TellsEveryMistakeAtOnceInTheirOrder) {
    const std::string found =
        mistakes(with("model = \"X1\"", "model = 1\nsensor = \"dor\"\nx = 1"));
    EXPECT_NE(found.find("2:9 model is an integer > write a string in quotes\n"), found.npos);
    EXPECT_NE(found.find("3:10 sensor 'dor' is not known > did you mean 'door'?\n"), found.npos);
    EXPECT_NE(found.find("4:1 x is not a known key"), found.npos) << found;
}

TEST(ProfileFile, SaysWhereTheTomlItselfBreaks) {
    const std::string found = mistakes(with("on = [1]", "on = [1"));
    EXPECT_NE(found.find("mend the TOML syntax"), found.npos) << found;
}

struct Wrong {
    std::string_view from, to, what;
};

TEST(ProfileFile, RefusesWhatCannotBeMeant) {
    const Wrong cases[] = {
        {"off = [0]", "off = [0, 1]", "a value that means two things"},
        {"on = [1]\noff = [0]", "", "needs the values that mean yes and no"},
        {"on = [1]", "on = [1]\nunit = \"L\"", "cannot stand here"},
        {"on = [1]", "on = [[1]]", "holds an array"},
        {"path = \"open\"", "path = \"a..b\"", "has an empty step"},
        {"\"own-door\"", "\"Own Door\"", "is not a name for a profile"},
        {"source = \"X1 manual, page 9\"\n", "", "source is missing"},
        {"[[field]]", "match = [\"X1\"]\n[[field]]", "works only with drivers"},
        {"[[field]]", "drivers = [\"chirpstak\"]\n[[field]]", "names no driver 'chirpstak'"},
        {"[[field]]", "drivers = [\"chirpstack\"]\nmatch = [\"*\"]\n[[field]]", "is no pattern"},
        {"[[field]]", "codec = \"cjt18\"\n[[field]]", "'cjt18' is not known"},
        {"'{\"open\":1}'", "'{\"open\":'", "is not JSON"},
        {"fields = '{\"open\":1}'", "bytes = \"0\"", "is not hexadecimal"},
        {"readings = [[\"contact_open\", 1]]", "readings = [[\"contact\", 1]]", "is not a reading"},
        {"readings = [[\"contact_open\", 1]]", "", "readings is missing"},
        {"[[vector]]\nname = \"closed\"\nfields = '{\"open\":0}'\nreadings = [[\"contact_open\", "
         "0]]",
         "", "fewer than two examples"},
        {"[[field]]",
         "[[layout]]\n[[layout.bytes]]\nat = 1\ntype = \"u8\"\nbit = 0\n"
         "reading = \"smoke\"\n[[field]]",
         "reaches beyond the shortest payload"},
        {"[[field]]",
         "[[layout]]\nlength = 1\n[[layout.bytes]]\ntype = \"u8\"\nbit = 9\n"
         "reading = \"smoke\"\n[[field]]",
         "lies beyond the value"},
        {"[[field]]",
         "[[layout]]\n[[layout.tlv]]\ntag = \"1\"\nlength = 1\n"
         "reading = \"battery_pct\"\n[[field]]",
         "is not a tag"},
        {"[[field]]",
         "[[layout]]\n[[layout.tlv]]\ntag = \"01\"\nlength = 1\ntype = \"u16le\"\n"
         "reading = \"battery_pct\"\n[[field]]",
         "ends before the value does"},
        {"[[field]]",
         "[[layout]]\nskip = { \"01\" = 2 }\n[[layout.tlv]]\ntag = \"01\"\nlength = 1\n"
         "reading = \"battery_pct\"\n[[field]]",
         "gives one tag two lengths"},
        {"on = [1]\noff = [0]", "unit = \"L\"", "yes or no"},
        {"reading = \"contact_open\"\non = [1]\noff = [0]", "reading = \"water_total_ml\"",
         "needs a unit"},
        {"reading = \"contact_open\"\non = [1]\noff = [0]",
         "reading = \"water_total_ml\"\nunit = \"litres per hour\"", "is not a unit of"},
        {"reading = \"contact_open\"\non = [1]\noff = [0]",
         "reading = \"water_total_ml\"\npulse = \"10\"", "is not a volume"},
        {"reading = \"contact_open\"\non = [1]\noff = [0]",
         "reading = \"battery_pct\"\nrange = [9, 1]", "is not a range"},
    };
    for (const Wrong& one : cases) {
        const std::string found = mistakes(with(one.from, one.to));
        EXPECT_NE(found.find(one.what), found.npos) << "wanted: " << one.what << "\ngot: " << found;
    }
}

TEST(ProfileFile, RunsItsVectorsBeforeItIsAdded) {
    EXPECT_EQ(
        mistakes(with("readings = [[\"contact_open\", 1]]", "readings = [[\"contact_open\", 0]]")),
        "11:8 vector \"open\" gives [[\"contact_open\", 1]] > mend the rule or the vector, "
        "which wants [[\"contact_open\", 0]]\n");
}

TEST(ProfileFile, ChangesNothingWhenItIsWrong) {
    Profiles profiles;
    ASSERT_TRUE(profiles.add(good, "own.toml").empty());
    EXPECT_FALSE(profiles.add(with("model = \"X1\"", "model = 1"), "own.toml").empty());
    ASSERT_NE(profiles.find("own-door"), nullptr);
    EXPECT_EQ(profiles.find("own-door")->model, "X1");
}

}  // namespace
}  // namespace anju::drivers
