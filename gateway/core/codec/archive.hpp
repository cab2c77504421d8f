// Three ways to walk a value: write it, read it, move every instant in it.
//
// A type describes itself once, either by `fields(archive, value)` beside it or by a static
// member `T::fields(archive, self)`, as a call archive(member, member, …). What that call names
// is saved, restored and shifted alike, so that no member can be forgotten by one of the three.
//
// A member that came later is named by `archive.since(version, member…)`, an array that grew by
// `archive.first(count, array)`: what an older version did not have keeps its default.
//
// Integers are varints (signed ones zigzag), a bool and an enumerator one number, texts and
// vectors are counted. A float is its bits, sign and exponent in the low byte, so that zero and
// what has few digits is short; only finite ones are read. Reading accepts only what writing
// produces.
#pragma once

#include <array>
#include <bit>
#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/codec/version.hpp"
#include "core/model/ids.hpp"
#include "core/model/instant.hpp"

namespace anju::codec {

/// T is U or const U: lets one description serve both writing and reading.
template <class T, class U>
concept Maybe = std::same_as<std::remove_const_t<T>, U>;

template <class T>
inline constexpr bool is_id = false;
template <class Tag>
inline constexpr bool is_id<Id<Tag>> = true;
template <class T>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = true;
template <class T>
inline constexpr bool is_array = false;
template <class T, std::size_t N>
inline constexpr bool is_array<std::array<T, N>> = true;
template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

/// The bits of a float in reversed order of bytes; its own inverse.
[[nodiscard]] constexpr std::uint32_t reversed(std::uint32_t bits) {
    return (bits >> 24U) | ((bits >> 8U) & 0xff00U) | ((bits & 0xff00U) << 8U) | (bits << 24U);
}

template <class Archive, class T>
void describe(Archive& archive, T& value) {
    if constexpr (requires { std::remove_const_t<T>::fields(archive, value); }) {
        std::remove_const_t<T>::fields(archive, value);
    } else {
        fields(archive, value);
    }
}

/// Appends to a string that outlives it, in the newest version.
class Writer {
public:
    explicit Writer(std::string& out) : out_(out) {}

    template <class... T>
    void operator()(const T&... values) {
        (write(values), ...);
    }
    template <class... T>
    void since(Version /*added*/, const T&... values) {
        (write(values), ...);
    }
    template <class T, std::size_t N>
    void first(std::size_t count, const std::array<T, N>& values) {
        for (std::size_t i = 0; i < count; ++i) write(values[i]);
    }
    [[nodiscard]] static constexpr Version version() { return newest; }

private:
    template <class T>
    void write(const T& value) {
        if constexpr (std::is_enum_v<T>) {
            varint(static_cast<std::uint64_t>(value));
        } else if constexpr (std::unsigned_integral<T>) {
            varint(value);
        } else if constexpr (std::signed_integral<T>) {
            const auto wide = static_cast<std::uint64_t>(static_cast<std::int64_t>(value));
            varint((wide << 1U) ^ (value < 0 ? ~std::uint64_t{0} : 0));
        } else if constexpr (std::same_as<T, float>) {
            varint(reversed(std::bit_cast<std::uint32_t>(value)));
        } else if constexpr (std::same_as<T, Duration>) {
            write(std::int64_t{value.count()});
        } else if constexpr (std::same_as<T, Instant>) {
            write(to_unix_ms(value));
        } else if constexpr (std::same_as<T, std::string>) {
            varint(value.size());
            out_ += value;
        } else if constexpr (is_id<T>) {
            write(value.value);
        } else if constexpr (is_vector<T>) {
            varint(value.size());
            for (const auto& item : value) write(item);
        } else if constexpr (is_array<T>) {
            for (const auto& item : value) write(item);
        } else if constexpr (is_optional<T>) {
            write(value.has_value());
            if (value) write(*value);
        } else {
            describe(*this, value);
        }
    }
    void varint(std::uint64_t value) {
        while (value >= 0x80) {
            out_.push_back(static_cast<char>(value | 0x80U));
            value >>= 7U;
        }
        out_.push_back(static_cast<char>(value));
    }

    std::string& out_;
};

/// Reads what Writer wrote. After the first thing that does not fit, ok() is false and stays so;
/// the values read from then on are unspecified but valid.
class Reader {
public:
    Reader(std::string_view bytes, Version version) : rest_(bytes), version_(version) {}

    template <class... T>
    void operator()(T&... values) {
        (read(values), ...);
    }
    template <class... T>
    void since(Version added, T&... values) {
        if (version_ >= added) (read(values), ...);
    }
    template <class T, std::size_t N>
    void first(std::size_t count, std::array<T, N>& values) {
        for (std::size_t i = 0; i < count; ++i) read(values[i]);
    }
    [[nodiscard]] Version version() const { return version_; }
    [[nodiscard]] bool ok() const { return ok_; }
    [[nodiscard]] bool finished() const { return ok_ && rest_.empty(); }

private:
    template <class T>
    void read(T& value) {
        if constexpr (std::same_as<T, bool>) {
            value = number(1) == 1;
        } else if constexpr (std::is_enum_v<T>) {
            const auto found = static_cast<T>(number(0xff));
            if (is_known(found)) {
                value = found;
            } else {
                fail();
            }
        } else if constexpr (std::unsigned_integral<T>) {
            value = static_cast<T>(number(std::numeric_limits<T>::max()));
        } else if constexpr (std::signed_integral<T>) {
            const std::uint64_t raw = number(std::numeric_limits<std::uint64_t>::max());
            const auto wide = static_cast<std::int64_t>((raw >> 1U) ^ (~(raw & 1U) + 1U));
            if (!std::in_range<T>(wide)) fail();
            value = ok_ ? static_cast<T>(wide) : T{};
        } else if constexpr (std::same_as<T, float>) {
            constexpr std::uint32_t exponent = 0x7f80'0000U;
            const auto bits = reversed(static_cast<std::uint32_t>(number(0xffff'ffffU)));
            if ((bits & exponent) == exponent) fail();
            value = ok_ ? std::bit_cast<float>(bits) : 0.0F;
        } else if constexpr (std::same_as<T, Duration>) {
            std::int64_t ms{};
            read(ms);
            value = Duration{ms};
        } else if constexpr (std::same_as<T, Instant>) {
            std::int64_t ms{};
            read(ms);
            value = from_unix_ms(ms);
        } else if constexpr (std::same_as<T, std::string>) {
            const std::size_t size = count();
            value = rest_.substr(0, size);
            rest_.remove_prefix(size);
        } else if constexpr (is_id<T>) {
            read(value.value);
        } else if constexpr (is_vector<T>) {
            value.clear();
            for (std::size_t left = count(); left > 0 && ok_; --left) read(value.emplace_back());
        } else if constexpr (is_array<T>) {
            for (auto& item : value) read(item);
        } else if constexpr (is_optional<T>) {
            bool present{};
            read(present);
            value.reset();
            if (present) read(value.emplace());
        } else {
            describe(*this, value);
        }
    }
    /// A varint not above `limit`; 0 on failure.
    std::uint64_t number(std::uint64_t limit) {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
            const auto byte = static_cast<std::uint8_t>(rest_.front());
            rest_.remove_prefix(1);
            if (shift == 63 && byte > 1) break;
            value |= static_cast<std::uint64_t>(byte & 0x7fU) << shift;
            if ((byte & 0x80U) != 0) continue;
            if ((byte == 0 && shift > 0) || value > limit) break;
            return value;
        }
        fail();
        return 0;
    }
    /// A count of things of at least one byte each: never more than there are bytes left.
    std::size_t count() {
        const std::uint64_t wanted = number(std::numeric_limits<std::uint64_t>::max());
        if (wanted <= rest_.size()) return static_cast<std::size_t>(wanted);
        fail();
        return 0;
    }
    void fail() {
        ok_ = false;
        rest_ = {};
    }

    std::string_view rest_;
    Version version_;
    bool ok_ = true;
};

/// Moves every instant of a value; epoch 0 means "never" and stays.
class Shifter {
public:
    explicit Shifter(Duration by) : by_(by) {}

    template <class... T>
    void operator()(T&... values) {
        (shift(values), ...);
    }
    template <class... T>
    void since(Version /*added*/, T&... values) {
        (shift(values), ...);
    }
    template <class T, std::size_t N>
    void first(std::size_t count, std::array<T, N>& values) {
        for (std::size_t i = 0; i < count; ++i) shift(values[i]);
    }
    [[nodiscard]] static constexpr Version version() { return newest; }

private:
    template <class T>
    void shift(T& value) {
        if constexpr (std::same_as<T, Instant>) {
            if (value != Instant{}) value += by_;
        } else if constexpr (is_vector<T> || is_array<T>) {
            for (auto& item : value) shift(item);
        } else if constexpr (is_optional<T>) {
            if (value) shift(*value);
        } else if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T> || is_id<T> ||
                             std::same_as<T, std::string> || std::same_as<T, Duration>) {
            // holds no instant
        } else {
            describe(*this, value);
        }
    }

    Duration by_;
};

}  // namespace anju::codec
