#include "firmware-sim/sensors/wmbus_telegram.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace anju::sim {

namespace {

constexpr std::uint8_t send_no_reply = 0x44;
constexpr std::uint8_t filler = 0x2F;
constexpr std::size_t block = 16;

using Address = std::array<std::uint8_t, 8>;

/// Maker, number, version, type: as sent in the link layer.
Address address_of(const WmbusIdentity& identity) {
    Octets out;
    unsigned maker = 0;
    for (const char letter : identity.maker) {
        maker = maker << 5U | (static_cast<unsigned>(letter) - '@');
    }
    put_little_endian(out, maker, 2);
    put_bcd(out, identity.number, 4);
    out.push_back(identity.version);
    out.push_back(identity.type);
    Address address{};
    std::copy_n(out.begin(), address.size(), address.begin());
    return address;
}

/// EN 13757-4, 12.5.7: polynomial 3D65h, complemented, most significant byte first.
void put_crc(Octets& out, OctetView bytes) {
    std::uint16_t crc = 0;
    for (const auto byte : bytes) {
        crc = static_cast<std::uint16_t>(crc ^ byte << 8U);
        for (int bit = 0; bit < 8; ++bit) {
            const bool carry = (crc & 0x8000U) != 0;
            crc = static_cast<std::uint16_t>(crc << 1U ^ (carry ? 0x3D65U : 0U));
        }
    }
    crc = static_cast<std::uint16_t>(~crc);
    out.push_back(static_cast<std::uint8_t>(crc >> 8U));
    out.push_back(static_cast<std::uint8_t>(crc));
}

/// A CRC after the first ten bytes and after every sixteen that follow.
Octets format_a(const Octets& bare) {
    Octets out;
    for (std::size_t at = 0; at < bare.size();) {
        const std::size_t size = std::min(at == 0 ? std::size_t{10} : block, bare.size() - at);
        const auto part = OctetView(bare).subspan(at, size);
        out.insert(out.end(), part.begin(), part.end());
        put_crc(out, part);
        at += size;
    }
    return out;
}

/// One CRC after at most 126 bytes, another at the end; the length byte counts them.
Octets format_b(Octets bare) {
    constexpr std::size_t first = 126;
    bare[0] = static_cast<std::uint8_t>(bare[0] + (bare.size() > first ? 4 : 2));
    Octets out;
    for (std::size_t at = 0; at < bare.size(); at += first) {
        const auto part = OctetView(bare).subspan(at, std::min(first, bare.size() - at));
        out.insert(out.end(), part.begin(), part.end());
        put_crc(out, part);
    }
    return out;
}

/// Key of one message: CMAC(key, use ‖ counter ‖ meter ‖ 07h × 7).
AesBlock message_key(const WmbusTelegram& telegram, std::uint8_t use) {
    Octets text{use};
    put_little_endian(text, telegram.counter, 4);
    put_bcd(text, telegram.meter.number, 4);
    text.insert(text.end(), 7, 0x07);
    return cmac_of(telegram.key, text);
}

/// Two fillers in front show the right key; fillers behind make whole blocks.
Octets sealed(const WmbusTelegram& telegram) {
    if (telegram.security == WmbusSecurity::none) return telegram.records;
    Octets plain{filler, filler};
    plain.insert(plain.end(), telegram.records.begin(), telegram.records.end());
    plain.resize((plain.size() + block - 1) / block * block, filler);
    if (telegram.security == WmbusSecurity::mode_7) {
        return seal_cbc(message_key(telegram, 0x00), AesBlock{}, plain);
    }
    AesBlock iv{};
    const auto address = address_of(telegram.meter);
    std::copy(address.begin(), address.end(), iv.begin());
    std::fill(iv.begin() + 8, iv.end(), telegram.access);
    return seal_cbc(telegram.key, iv, plain);
}

/// From the CI field of the transport layer on.
Octets transport(const WmbusTelegram& telegram) {
    const bool long_header = telegram.header == WmbusHeader::long_header || telegram.sender;
    Octets out{static_cast<std::uint8_t>(long_header ? 0x72 : 0x7A)};
    if (long_header) {
        const auto address = address_of(telegram.meter);
        out.insert(out.end(), address.begin() + 2, address.begin() + 6);
        out.insert(out.end(), address.begin(), address.begin() + 2);
        out.insert(out.end(), address.begin() + 6, address.end());
    }
    out.push_back(telegram.access);
    out.push_back(telegram.status);
    const auto body = sealed(telegram);
    const auto blocks = telegram.security == WmbusSecurity::none ? 0 : body.size() / block;
    out.push_back(static_cast<std::uint8_t>(blocks << 4U));
    switch (telegram.security) {
        case WmbusSecurity::none:
            out.push_back(0x00);
            break;
        case WmbusSecurity::mode_5:
            out.push_back(0x05);
            break;
        case WmbusSecurity::mode_7:
            out.push_back(0x07);
            out.push_back(0x10);  // the keys are derived from the message counter
            break;
    }
    out.insert(out.end(), body.begin(), body.end());
    return out;
}

/// Mode 7: MCL, message counter and a MAC of eight bytes over all that follows.
Octets authentication(const WmbusTelegram& telegram, OctetView transport_layer) {
    Octets covered{0x25};  // a counter is there; AES-CMAC of eight bytes
    put_little_endian(covered, telegram.counter, 4);
    Octets out;
    put_little_endian(out, 0x2C000F90, 4);
    out.insert(out.end(), covered.begin(), covered.end());
    covered.insert(covered.end(), transport_layer.begin(), transport_layer.end());
    const auto mac = cmac_of(message_key(telegram, 0x01), covered);
    out.insert(out.end(), mac.begin(), mac.begin() + 8);
    return out;
}

void put_volume_record(Octets& records, std::int64_t ml, std::int64_t step_ml, bool backward) {
    const int vif = step_ml >= 10'000 ? 0x14 : step_ml >= 1'000 ? 0x13 : 0x12;
    records.push_back(0x04);
    records.push_back(static_cast<std::uint8_t>(backward ? vif | 0x80 : vif));
    if (backward) records.push_back(0x3C);
    put_little_endian(records, static_cast<std::uint64_t>(ml / step_ml), 4);
}

}  // namespace

std::string WmbusIdentity::address() const {
    return fmt::format("{}-{:08}", maker, number);
}

Octets frame_of(const WmbusTelegram& telegram, WmbusFrame form) {
    Octets out{0, send_no_reply};
    const auto sender = address_of(telegram.sender.value_or(telegram.meter));
    out.insert(out.end(), sender.begin(), sender.end());
    const auto upper = transport(telegram);
    if (telegram.security == WmbusSecurity::mode_7) {
        out.insert(out.end(), {0x8C, 0x00, telegram.access});  // extended link layer
        const auto layer = authentication(telegram, upper);
        out.insert(out.end(), layer.begin(), layer.end());
    }
    out.insert(out.end(), upper.begin(), upper.end());
    out[0] = static_cast<std::uint8_t>(out.size() - 1);
    if (form == WmbusFrame::format_a) return format_a(out);
    return form == WmbusFrame::format_b ? format_b(std::move(out)) : out;
}

void put_volume(Octets& records, std::int64_t ml, std::int64_t step_ml) {
    put_volume_record(records, ml, step_ml, false);
}

void put_backward_volume(Octets& records, std::int64_t ml, std::int64_t step_ml) {
    put_volume_record(records, ml, step_ml, true);
}

void put_flow(Octets& records, std::int16_t litres_an_hour) {
    records.insert(records.end(), {0x02, 0x3B});
    put_little_endian(records, static_cast<std::uint16_t>(litres_an_hour), 2);
}

void put_battery(Octets& records, int millivolts) {
    records.insert(records.end(), {0x01, 0xFD, 0x48});
    records.push_back(static_cast<std::uint8_t>(millivolts / 100));
}

void put_error_flags(Octets& records, std::uint16_t flags) {
    records.insert(records.end(), {0x02, 0xFD, 0x97, 0x1D});
    put_little_endian(records, flags, 2);
}

void put_contact(Octets& records, bool open) {
    records.insert(records.end(), {0x02, 0xFD, 0x1B});
    put_little_endian(records, open ? 0x55 : 0x11, 2);
}

std::string wmbus_json(OctetView frame, int rssi_dbm) {
    return fmt::format(R"({{"telegram":"{}","rssi":{}}})", hex_of(frame), rssi_dbm);
}

}  // namespace anju::sim
