// One profile as it is after its file has been read: every path cut, every number exact, so that
// applying it to a message is a walk over short arrays.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/model/household.hpp"
#include "core/model/reading.hpp"
#include "drivers/profile/decimal.hpp"
#include "drivers/profile/profiles.hpp"

namespace anju::drivers {

/// A value that stands in a profile, to be compared with what came. 1, "1" and true are three.
using Literal = std::variant<bool, Decimal, std::string>;

/// What a value means.
struct Meaning {
    /// nullopt: gives no reading; one of `test` marks the others of the message as a test.
    std::optional<ReadingKind> kind;
    std::vector<Literal> on, off;     ///< 1 and 0 of a yes-or-no reading
    std::vector<Literal> test;        ///< 1, caused by a test button
    std::vector<Literal> absent;      ///< the device's way of saying that it does not know
    std::optional<Decimal> on_above;  ///< larger numbers are 1, the others 0
    /// (value × scale + offset) × factor is the reading, in the unit of its kind.
    Decimal scale{1, 0}, offset{}, factor{1, 0};
    std::optional<Decimal> min, max;  ///< of what the device sends
};

/// Bits of a whole number: (number & mask) >> shift.
struct Pick {
    std::uint64_t mask = ~std::uint64_t{0};
    unsigned shift = 0;
};

struct FieldRule {
    std::string path;  ///< as written
    std::vector<std::string> steps;
    std::optional<Pick> pick;
    Meaning meaning;
};

enum class Coding : std::uint8_t {
    unsigned_le,
    unsigned_be,
    signed_le,
    signed_be,
    float_le,
    float_be,
    bcd_le,
    bcd_be,
    ascii
};

/// Where a value stands in bytes, from `at`.
struct Place {
    std::size_t at = 0;
    std::size_t size = 1;
    Coding coding = Coding::unsigned_le;
    std::optional<Pick> pick;
};

struct ByteRule {
    std::string name;  ///< for problems
    Place place;
    Meaning meaning;
};

/// One tag of a payload that is a row of tag and value.
struct TagRule {
    std::array<std::uint8_t, 4> tag{}, mask{};  ///< first `tag_size` bytes; mask 0: any
    std::size_t tag_size = 1;
    std::optional<std::size_t> length;  ///< of the value; nullopt: the byte after the tag says
    std::optional<ByteRule> rule;       ///< nullopt: known, and not read
};

/// A condition on the bytes, for devices that say in a byte what the others are.
struct Condition {
    Place place;
    std::vector<Literal> is;
};

struct Layout {
    std::vector<std::uint8_t> ports;  ///< empty: any
    std::size_t min_length = 0;
    std::size_t max_length = ~std::size_t{0};
    std::optional<Condition> when;
    std::vector<ByteRule> bytes;
    std::size_t tags_from = 0;
    std::vector<TagRule> tags;  ///< empty: the payload is no row of tags
};

/// A golden message: what came, and what it says.
struct ProfileVector {
    struct Expected {
        ReadingKind kind{};
        std::int64_t value{};
        std::uint16_t quality{};
        friend bool operator==(const Expected&, const Expected&) = default;
    };
    std::string name;
    std::string where;   ///< "file:line:col"
    std::string fields;  ///< JSON; empty: bytes
    std::vector<std::uint8_t> bytes;
    std::uint8_t port = 0;
    std::vector<Expected> readings;
    std::vector<std::string> problems;  ///< codes
    std::string error;                  ///< code; empty: understood
};

struct Profile {
    std::string name;
    std::string maker;
    std::string model;
    std::string about;   ///< what it is, in a few words
    std::string source;  ///< the vendor's document that the layout is taken from
    std::string note;    ///< what an operator must know
    std::optional<SensorKind> sensor;
    std::vector<std::string> drivers;  ///< under which it may be picked by the model
    std::vector<std::string> match;    ///< lower case; a '*' at the end: begins with
    std::string codec;  ///< of payload_codecs(), when the bytes are in a known format
    std::vector<FieldRule> fields;
    std::vector<Layout> layouts;
    std::vector<ProfileVector> vectors;
};

/// Whether the profile has anything to say about decoded fields, or about bytes.
[[nodiscard]] inline bool reads_fields(const Profile& profile) {
    return !profile.fields.empty();
}
[[nodiscard]] inline bool reads_bytes(const Profile& profile) {
    return !profile.layouts.empty();
}

/// How well the profile fits a model's name: 0 not at all, the more of it is named the better, a
/// whole name best. Case and a leading `maker` do not count. Allocates nothing.
[[nodiscard]] std::size_t match_strength(const Profile& profile, std::string_view driver,
                                         std::string_view model);

}  // namespace anju::drivers
