// Data records, the language in which meters speak: a DIF with its DIFEs (what kind of number, of
// which store, tariff and subunit), a VIF with its VIFEs (of what, in which unit), and the value.
// EN 13757-3:2018, clause 6. Nothing is allocated and nothing is read beyond the bytes given.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "drivers/bytes.hpp"

namespace anju::drivers::wmbus {

enum class Function : std::uint8_t { instantaneous, maximum, minimum, error };

/// In which table the VIF is to be looked up.
enum class VifTable : std::uint8_t {
    primary,  ///< EN 13757-3 table 10
    fb,       ///< table 12, second extension
    fd,       ///< table 14, first extension
    text,     ///< the unit in plain text
    maker,    ///< the manufacturer's own
    reserved,
};

struct Record {
    std::size_t at{};  ///< offset of the DIF in the body
    Bytes header;      ///< DIF, DIFEs, VIF, VIFEs
    Function function{};
    std::uint8_t field{};  ///< data field, the low four bits of the DIF
    std::uint64_t storage{};
    std::uint32_t tariff{};
    std::uint32_t subunit{};
    VifTable table{};
    std::uint8_t code{};      ///< VIF within its table, without the extension bit
    Bytes extensions;         ///< the VIFEs that qualify it
    std::uint8_t variable{};  ///< LVAR, where the data field says so
    Bytes value;

    /// The present value of the device itself: no store, tariff or subunit, no extreme, no error.
    [[nodiscard]] bool is_present_value() const {
        return function == Function::instantaneous && storage == 0 && tariff == 0 && subunit == 0;
    }
    [[nodiscard]] bool is(VifTable in, unsigned vif) const { return table == in && code == vif; }
};

/// Reads one record's header at `at`; its value is left empty. nullopt: cut off, or no record.
[[nodiscard]] std::optional<Record> read_header(Bytes body, std::size_t at);

/// Takes the value of `record`, which begins at `at`, into it and returns its length, with LVAR.
/// nullopt: cut off, or a length that the standard reserves.
[[nodiscard]] std::optional<std::size_t> read_value(Record& record, Bytes body, std::size_t at);

/// Walks through the records of a body.
class Records {
public:
    explicit Records(Bytes body) : body_(body) {}

    /// nullopt: no more; then ask broken().
    [[nodiscard]] std::optional<Record> next();
    /// The records did not come out: one is cut off or none at all. Up to two bytes too many
    /// behind the last one are the CRC that some receivers leave there, and no breakage.
    [[nodiscard]] bool broken() const { return broken_; }
    [[nodiscard]] std::size_t at() const { return at_; }
    /// What stands behind DIF 0Fh or 1Fh, which ends the records.
    [[nodiscard]] bool has_maker_data() const { return maker_data_; }

private:
    Bytes body_;
    std::size_t at_ = 0;
    std::size_t count_ = 0;
    bool broken_ = false;
    bool maker_data_ = false;
    bool done_ = false;
};

/// The value as a whole number: binary, BCD (with a minus sign as highest digit Fh) or of variable
/// length. nullopt: another kind of data, digits that are none, or marked as invalid (binary 80h
/// 00h…, BCD all Fh).
[[nodiscard]] std::optional<std::int64_t> integer_of(const Record& record);

/// The value as bits, at most 64. nullopt: not binary.
[[nodiscard]] std::optional<std::uint64_t> bits_of(const Record& record);

/// The value of a data field 5, when it is finite.
[[nodiscard]] std::optional<double> real_of(const Record& record);

/// BCD, least significant byte first, at most nine bytes; nullopt as integer_of().
[[nodiscard]] std::optional<std::int64_t> bcd_of(Bytes bytes);

/// Least significant byte first; at most eight bytes.
[[nodiscard]] std::uint64_t little_endian(Bytes bytes);

}  // namespace anju::drivers::wmbus
