#include "drivers/wmbus/records.hpp"

#include <bit>
#include <cmath>

namespace anju::drivers::wmbus {
namespace {

constexpr std::uint8_t more = 0x80;  // another byte of the same kind follows
constexpr unsigned most_extensions = 10;

constexpr std::uint8_t variable_field = 0xD;
constexpr std::uint8_t special_field = 0xF;
constexpr std::uint8_t filler = 0x2F;

/// Bytes by data field; of variable length, which its first byte tells, is none.
constexpr std::size_t field_bytes[] = {0, 1, 2, 3, 4, 4, 6, 8, 0, 1, 2, 3, 4, 0, 6, 0};

/// EN 13757-3 table 5. nullopt: reserved.
std::optional<std::size_t> variable_bytes(std::uint8_t lvar) {
    if (lvar <= 0xBF) return lvar;
    if (lvar <= 0xC9) return lvar - 0xC0U;
    if (lvar >= 0xD0 && lvar <= 0xD9) return lvar - 0xD0U;
    if (lvar >= 0xE0 && lvar <= 0xEF) return lvar - 0xE0U;
    if (lvar >= 0xF0 && lvar <= 0xF4) return 4U * (lvar - 0xECU);
    if (lvar == 0xF5) return 48;
    if (lvar == 0xF6) return 64;
    return std::nullopt;
}

bool read_data_block(Record& record, Bytes body, std::size_t& at) {
    std::uint8_t byte = body[at++];
    record.field = byte & 0xFU;
    record.function = static_cast<Function>(byte >> 4U & 3U);
    record.storage = byte >> 6U & 1U;
    for (unsigned i = 0; (byte & more) != 0; ++i) {
        if (at >= body.size() || i == most_extensions) return false;
        byte = body[at++];
        record.storage |= static_cast<std::uint64_t>(byte & 0xFU) << (1 + 4 * i);
        record.tariff |= static_cast<std::uint32_t>(byte >> 4U & 3U) << (2 * i);
        record.subunit |= static_cast<std::uint32_t>(byte >> 6U & 1U) << i;
    }
    return true;
}

VifTable table_of(std::uint8_t vif) {
    switch (vif) {
        case 0xFB:
            return VifTable::fb;
        case 0xFD:
            return VifTable::fd;
        case 0xEF:
            return VifTable::reserved;
        default:
            break;
    }
    if ((vif & 0x7FU) == 0x7C) return VifTable::text;
    return (vif & 0x7FU) == 0x7F ? VifTable::maker : VifTable::primary;
}

bool read_value_block(Record& record, Bytes body, std::size_t& at) {
    if (at >= body.size()) return false;
    std::uint8_t byte = body[at++];
    record.table = table_of(byte);
    if (record.table == VifTable::text) {
        if (at >= body.size() || body.size() - at <= body[at]) return false;
        at += body[at] + 1U;
    } else if (record.table == VifTable::fb || record.table == VifTable::fd) {
        if (at >= body.size()) return false;
        byte = body[at++];
    }
    record.code = byte & 0x7FU;
    const std::size_t first = at;
    for (unsigned i = 0; (byte & more) != 0; ++i) {
        if (at >= body.size() || i == most_extensions) return false;
        byte = body[at++];
    }
    record.extensions = body.subspan(first, at - first);
    return true;
}

}  // namespace

std::optional<Record> read_header(Bytes body, std::size_t at) {
    if (at >= body.size() || (body[at] & 0xFU) == special_field) return std::nullopt;
    Record record;
    record.at = at;
    std::size_t end = at;
    if (!read_data_block(record, body, end) || !read_value_block(record, body, end)) {
        return std::nullopt;
    }
    record.header = body.subspan(at, end - at);
    return record;
}

std::optional<std::size_t> read_value(Record& record, Bytes body, std::size_t at) {
    std::size_t length = field_bytes[record.field];
    std::size_t prefix = 0;
    if (record.field == variable_field) {
        if (at >= body.size()) return std::nullopt;
        record.variable = body[at];
        const auto bytes = variable_bytes(record.variable);
        if (!bytes) return std::nullopt;
        prefix = 1;
        length = *bytes;
    }
    if (at > body.size() || body.size() - at < prefix + length) return std::nullopt;
    record.value = body.subspan(at + prefix, length);
    return prefix + length;
}

std::optional<Record> Records::next() {
    while (at_ < body_.size() && body_[at_] == filler) ++at_;
    if (done_ || at_ >= body_.size()) return std::nullopt;
    const std::uint8_t dif = body_[at_];
    maker_data_ = dif == 0x0F || dif == 0x1F;
    done_ = maker_data_;
    if (done_) return std::nullopt;

    auto record = read_header(body_, at_);
    const auto length =
        record ? read_value(*record, body_, at_ + record->header.size()) : std::nullopt;
    if (!length) {
        broken_ = count_ == 0 || body_.size() - at_ > 2;
        done_ = true;
        return std::nullopt;
    }
    at_ += record->header.size() + *length;
    ++count_;
    return record;
}

std::uint64_t little_endian(Bytes bytes) {
    std::uint64_t out = 0;
    for (std::size_t i = bytes.size(); i-- > 0;) out = out << 8U | bytes[i];
    return out;
}

std::optional<std::int64_t> bcd_of(Bytes bytes) {
    if (bytes.empty() || bytes.size() > 9) return std::nullopt;
    std::int64_t out = 0;
    bool negative = false;
    for (std::size_t i = bytes.size(); i-- > 0;) {
        unsigned high = bytes[i] >> 4U;
        const unsigned low = bytes[i] & 0xFU;
        if (i + 1 == bytes.size() && high == 0xF) {
            negative = true;
            high = 0;
        }
        if (high > 9 || low > 9) return std::nullopt;
        out = out * 100 + static_cast<std::int64_t>(high * 10 + low);
    }
    return negative ? -out : out;
}

namespace {

std::optional<std::int64_t> binary_of(Bytes bytes) {
    if (bytes.empty() || bytes.size() > 8) return std::nullopt;
    const std::uint64_t raw = little_endian(bytes);
    const std::uint64_t sign = std::uint64_t{1} << (8 * bytes.size() - 1);
    if (raw == sign) return std::nullopt;
    return static_cast<std::int64_t>((raw ^ sign) - sign);
}

}  // namespace

std::optional<std::int64_t> integer_of(const Record& record) {
    const std::uint8_t field = record.field;
    if (field == variable_field) {
        const std::uint8_t lvar = record.variable;
        if (lvar >= 0xE0 && lvar <= 0xEF) return binary_of(record.value);
        if (lvar < 0xC0 || lvar > 0xD9) return std::nullopt;
        const auto digits = bcd_of(record.value);
        if (!digits || *digits < 0) return std::nullopt;
        return lvar >= 0xD0 ? -*digits : *digits;
    }
    if (field >= 0x9 && field <= 0xE) return bcd_of(record.value);
    return field == 5 ? std::nullopt : binary_of(record.value);
}

std::optional<std::uint64_t> bits_of(const Record& record) {
    const bool binary =
        (record.field >= 1 && record.field <= 7 && record.field != 5) ||
        (record.field == variable_field && record.variable >= 0xE0 && record.variable <= 0xE8);
    if (!binary || record.value.empty()) return std::nullopt;
    return little_endian(record.value);
}

std::optional<double> real_of(const Record& record) {
    if (record.field != 5 || record.value.size() != 4) return std::nullopt;
    const float value =
        std::bit_cast<float>(static_cast<std::uint32_t>(little_endian(record.value)));
    if (!std::isfinite(value)) return std::nullopt;
    return static_cast<double>(value);
}

}  // namespace anju::drivers::wmbus
