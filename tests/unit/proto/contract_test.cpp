// The contract lock: what sensors and platforms in the field speak must not change under them.
#include "unit/proto/contract.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace anju::contract {
namespace {

const std::string proto_dir = std::string(ANJU_SOURCE_DIR) + "/proto";

Contract lock() {
    std::ifstream in(proto_dir + "/anju/v1/contract.lock");
    return from_text(std::string(std::istreambuf_iterator<char>(in), {}));
}

TEST(WireContract, IsWhatTheLockSays) {
    const Contract locked = lock();
    ASSERT_FALSE(locked.empty()) << "proto/anju/v1/contract.lock is missing";
    for (const auto& difference : compare(locked, read_protos(proto_dir))) {
        ADD_FAILURE() << difference.key << " " << difference.text
                      << (difference.change == Change::added
                              ? "\n  not in the lock yet: run script/proto-lock and commit its "
                                "result with the .proto file"
                              : "\n  this breaks sensors and platforms in the field: put it back "
                                "and add a new field or value beside it");
    }
}

TEST(WireContract, LockIsWrittenAsTheToolWritesIt) {
    std::ifstream in(proto_dir + "/anju/v1/contract.lock");
    const std::string text(std::istreambuf_iterator<char>(in), {});
    EXPECT_EQ(to_text(from_text(text)), text);
}

TEST(WireContract, CoversEveryPartOfTheContract) {
    const Contract now = read_protos(proto_dir);
    for (const char* key :
         {"field anju.v1.SensorReading battery_v", "field anju.v1.DistrictEvent alert",
          "field anju.v1.AlertAction verb", "value anju.v1.Lane LANE_ALARM",
          "value anju.v1.AlertAction.Verb VERB_CLOSE", "field anju.v1.DistrictAck missing"}) {
        EXPECT_TRUE(now.contains(key)) << key;
    }
    EXPECT_EQ(now.at("field anju.v1.SensorUplink readings"),
              (Fact{4, "message anju.v1.SensorReading", "repeated"}));
    EXPECT_EQ(now.at("field anju.v1.SensorReading smoke"), (Fact{2, "bool", "oneof value"}));
}

TEST(ContractText, KeepsEveryFact) {
    const Contract now = read_protos(proto_dir);
    EXPECT_GT(now.size(), 150U);
    EXPECT_EQ(from_text(to_text(now)), now);
}

TEST(ContractText, RefusesWhatItDidNotWrite) {
    for (const char* text : {"x\n", "field a b = one\n", "field a b = 1; bool\n", "a = 1 x\n"}) {
        EXPECT_THROW((void)from_text(text), std::runtime_error) << text;
    }
}

/// A contract that is altered by each test and compared with itself unaltered.
class ContractCheck : public ::testing::Test {
protected:
    /// The only difference there must be.
    void expect_only(Change change, const std::string& key) const {
        const auto differences = compare(locked, now);
        ASSERT_EQ(differences.size(), 1U);
        EXPECT_EQ(differences[0].change, change);
        EXPECT_EQ(differences[0].key, key);
        EXPECT_FALSE(differences[0].text.empty());
    }

    const std::string field = "field anju.v1.SensorUplink seq";
    const std::string value = "value anju.v1.Lane LANE_BULK";
    Contract locked = read_protos(proto_dir);
    Contract now = locked;
};

TEST_F(ContractCheck, SaysNothingWhenNothingChanged) {
    EXPECT_TRUE(compare(locked, now).empty());
}

TEST_F(ContractCheck, FindsARemovedField) {
    now.erase(field);
    expect_only(Change::removed, field);
}

TEST_F(ContractCheck, FindsARemovedEnumValue) {
    now.erase(value);
    expect_only(Change::removed, value);
}

TEST_F(ContractCheck, FindsARenumberedField) {
    now.at(field).number = 33;
    expect_only(Change::renumbered, field);
}

TEST_F(ContractCheck, FindsARenumberedEnumValue) {
    now.at(value).number = 3;
    expect_only(Change::renumbered, value);
}

TEST_F(ContractCheck, FindsARetypedField) {
    now.at(field).type = "int64";
    expect_only(Change::retyped, field);
}

TEST_F(ContractCheck, FindsAFieldThatBecameRepeated) {
    now.at(field).label = "repeated";
    expect_only(Change::relabelled, field);
}

TEST_F(ContractCheck, FindsAFieldThatMovedIntoAOneof) {
    now.at(field).label = "oneof body";
    expect_only(Change::relabelled, field);
}

TEST_F(ContractCheck, FindsARenamedField) {
    const std::string renamed = "field anju.v1.SensorUplink number";
    now[renamed] = now.at(field);
    now.erase(field);
    const auto differences = compare(locked, now);
    ASSERT_EQ(differences.size(), 2U);
    EXPECT_EQ(differences[0], (Difference{Change::renamed, field, "is now called " + renamed}));
    EXPECT_EQ(differences[1].change, Change::added);
}

TEST_F(ContractCheck, FindsARenamedEnumValue) {
    now["value anju.v1.Lane LANE_SLOW"] = now.at(value);
    now.erase(value);
    EXPECT_EQ(compare(locked, now).front().change, Change::renamed);
}

TEST_F(ContractCheck, FindsAnAdditionThatIsNotLocked) {
    const std::string added = "field anju.v1.SensorUplink firmware";
    now[added] = {5, "string", "single"};
    expect_only(Change::added, added);
}

/// A contract of its own in a directory of its own.
class ProtoSources : public ::testing::Test {
protected:
    ProtoSources() {
        root_ = std::filesystem::path(::testing::TempDir()) /
                ("anju-proto-" + std::to_string(::testing::UnitTest::GetInstance()->random_seed()) +
                 ::testing::UnitTest::GetInstance()->current_test_info()->name());
        std::filesystem::create_directories(root_ / "anju/v1");
    }
    ~ProtoSources() override { std::filesystem::remove_all(root_); }

    Contract read(const std::string& body) const {
        std::ofstream(root_ / "anju/v1/x.proto") << "syntax = \"proto3\";\npackage anju.v1;\n"
                                                 << body << "\n";
        return read_protos(root_.string());
    }

    std::filesystem::path root_;
};

TEST_F(ProtoSources, AreReadDownToNestedTypesAndPresence) {
    const Contract now =
        read("message A { message B { enum C { Z = 0; } optional int32 b = 7; } }");
    EXPECT_EQ(to_text(now),
              "field anju.v1.A.B b = 7; int32; optional\nvalue anju.v1.A.B.C Z = 0\n");
}

TEST_F(ProtoSources, BreakTheLockWhenTheyChange) {
    const Contract before =
        read("message A { string id = 1; oneof v { bool x = 2; int64 y = 3; } }");
    const auto change = [&](const std::string& body) {
        return compare(before, read(body)).at(0).change;
    };
    EXPECT_EQ(change("message A { bytes id = 1; oneof v { bool x = 2; int64 y = 3; } }"),
              Change::retyped);
    EXPECT_EQ(change("message A { string id = 1; oneof v { bool x = 2; } int64 y = 3; }"),
              Change::relabelled);
    EXPECT_EQ(change("message A { string id = 1; oneof v { bool x = 4; int64 y = 3; } }"),
              Change::renumbered);
    EXPECT_EQ(change("message A { reserved 1; oneof v { bool x = 2; int64 y = 3; } }"),
              Change::removed);
    EXPECT_EQ(change("message A { string name = 1; oneof v { bool x = 2; int64 y = 3; } }"),
              Change::renamed);
}

TEST_F(ProtoSources, ThatDoNotCompileAreReported) {
    EXPECT_THROW((void)read("message A { strin id = 1; }"), std::runtime_error);
}

}  // namespace
}  // namespace anju::contract
