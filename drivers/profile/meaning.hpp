// From one value of a message to one reading, or to what is wrong with it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <variant>

#include "drivers/profile/profile.hpp"

namespace anju::drivers {

/// What came; monostate: null, or the device's sign for "nothing".
using Value = std::variant<std::monostate, bool, Decimal, std::string_view>;

/// Readings that one message may give, and problems that are told of one.
inline constexpr std::size_t max_readings = 64;
inline constexpr std::size_t max_problems = 32;

/// Collects what a message says.
struct Findings {
    Measured measured;
    bool is_test = false;

    /// `property` and `at` say where, for the problem if there is one.
    void read(const Meaning& meaning, const Value& value, std::string_view property,
              std::size_t at);
    void problem(std::string_view code, std::string_view property, std::size_t at,
                 std::string text);
    /// With quality::test on every yes of a hazard when the message was a test.
    [[nodiscard]] Measured take();

private:
    void add(ReadingKind kind, std::int64_t value, std::uint16_t quality = 0);
    void read_state(const Meaning& meaning, const Value& value, std::string_view property,
                    std::size_t at);
    void read_number(const Meaning& meaning, const Value& value, std::string_view property,
                     std::size_t at);
};

/// True when one of `literals` is `value`.
[[nodiscard]] bool holds(const std::vector<Literal>& literals, const Value& value);

/// Bits of `value`; monostate when it is not a whole number from 0 to 2^63 - 1.
[[nodiscard]] Value picked(const Pick& pick, const Value& value);

/// What a kind of reading is, for both the reader of profiles and the reader of values.
struct KindRange {
    bool is_state;          ///< yes or no
    bool is_event;          ///< happened once: a no is not a reading
    std::int64_t min, max;  ///< of Reading::value
};
[[nodiscard]] KindRange range_of(ReadingKind kind);

}  // namespace anju::drivers
