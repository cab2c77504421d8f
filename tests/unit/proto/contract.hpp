// The wire contract as a list of facts, and what has changed between two such lists.
//
// The lock (proto/anju/v1/contract.lock) holds the facts as they were released. Sensors and
// platforms in the field speak that contract: a name, number, type or label once in it stays.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace anju::contract {

/// One field or enum value.
struct Fact {
    int number = 0;
    std::string type;   ///< "string", "message anju.v1.SensorAck"; empty for enum values
    std::string label;  ///< "single", "optional", "repeated", "oneof body"; empty likewise

    friend bool operator==(const Fact&, const Fact&) = default;
};

/// By "field anju.v1.SensorUplink seq" or "value anju.v1.Lane LANE_ALARM".
using Contract = std::map<std::string, Fact, std::less<>>;

/// Everything that the .proto files directly in `root`/anju/v1 define. Throws
/// std::runtime_error with the compiler's words when one of them does not compile.
[[nodiscard]] Contract read_protos(const std::string& root);

/// One line a fact, in order of the keys.
[[nodiscard]] std::string to_text(const Contract& contract);
/// Throws std::runtime_error naming the line that is not one of to_text().
[[nodiscard]] Contract from_text(std::string_view text);

enum class Change { added, removed, renamed, renumbered, retyped, relabelled };

struct Difference {
    Change change{};
    std::string key;   ///< in the lock; for `added` in the sources
    std::string text;  ///< for people

    friend bool operator==(const Difference&, const Difference&) = default;
};

/// What is different in `now`, in order of the keys. Everything but `added` breaks somebody.
[[nodiscard]] std::vector<Difference> compare(const Contract& lock, const Contract& now);

}  // namespace anju::contract
