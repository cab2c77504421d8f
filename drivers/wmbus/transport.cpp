#include "drivers/wmbus/transport.hpp"

#include <algorithm>

namespace anju::drivers::wmbus {
namespace {

constexpr char digits[] = "0123456789ABCDEF";

void add_hex(std::string& out, std::uint8_t byte) {
    out.push_back(digits[byte >> 4U]);
    out.push_back(digits[byte & 0xFU]);
}

}  // namespace

Layer layer_of(std::uint8_t ci) {
    if (ci >= 0xA0 && ci <= 0xB7) return Layer::bare;
    switch (ci) {
        case 0x69:  // layout of compact frames
        case 0x78:
        case 0x79:  // compact frame
            return Layer::bare;
        case 0x6A:
        case 0x7A:
        case 0x7B:
        case 0x8A:
            return Layer::short_header;
        case 0x6B:
        case 0x72:
        case 0x73:
        case 0x8B:
            return Layer::long_header;
        case 0x8C:
        case 0x8D:
        case 0x8E:
        case 0x8F:
            return Layer::extended_link;
        case 0x90:
            return Layer::authentication;
        default:
            return Layer::unsupported;
    }
}

bool holds_records(std::uint8_t ci) {
    return ci == 0x72 || ci == 0x78 || ci == 0x7A;
}

std::string_view name_of(std::uint8_t ci) {
    switch (ci) {
        case 0x71:
        case 0x74:
        case 0x75:
            return "an alarm";
        case 0x6E:
        case 0x6F:
        case 0x70:
            return "an error of the application";
        case 0x66:
        case 0x67:
        case 0x68:
            return "the answer to a selected application";
        case 0x60:
        case 0x61:
        case 0x7C:
        case 0x7D:
            return "DLMS/COSEM data";
        case 0x64:
        case 0x65:
        case 0x7E:
        case 0x7F:
            return "OBIS data";
        case 0x86:
            return "an extended link layer of variable length";
        case 0x80:
        case 0x81:
        case 0x83:
            return "transport or network management";
        default:
            return ci >= 0x50 && ci <= 0x5F ? "a command to a meter" : "something unknown";
    }
}

std::string model_of(const Identity& identity) {
    std::string out(identity.maker.begin(), identity.maker.end());
    out.push_back(' ');
    add_hex(out, identity.version);
    out.push_back(' ');
    add_hex(out, identity.type);
    return out;
}

Identity identity_of(const AddressBytes& address) {
    Identity out;
    const unsigned maker = address[0] | static_cast<unsigned>(address[1]) << 8U;
    for (std::size_t i = 0; i < 3; ++i) {
        out.maker[i] = static_cast<char>('@' + (maker >> (10U - 5U * i) & 0x1FU));
    }
    for (std::size_t i = 0; i < 4; ++i) {
        out.number[2 * i] = digits[address[5 - i] >> 4U];
        out.number[2 * i + 1] = digits[address[5 - i] & 0xFU];
    }
    out.version = address[6];
    out.type = address[7];
    return out;
}

std::optional<ExtendedLink> read_extended_link(Bytes rest) {
    if (rest.size() < 3) return std::nullopt;
    // CC, ACC; 8Eh and 8Fh: the receiver's address; 8Dh and 8Fh: session number
    const bool receiver = rest[0] == 0x8E || rest[0] == 0x8F;
    const bool session = rest[0] == 0x8D || rest[0] == 0x8F;
    ExtendedLink out;
    const std::size_t before = receiver ? 11 : 3;
    out.size = before + (session ? 4 : 0);
    if (rest.size() < out.size) return std::nullopt;
    out.control = rest[1];
    out.access = rest[2];
    if (session) out.session = rest.subspan(before, 4);
    return out;
}

std::optional<Authentication> read_authentication(Bytes rest) {
    if (rest.size() < 4 || rest.size() < std::size_t{2} + rest[1]) return std::nullopt;
    Authentication out;
    out.size = std::size_t{2} + rest[1];
    const unsigned flags = rest[2] | static_cast<unsigned>(rest[3]) << 8U;
    out.fragment = (flags & 0x40FFU) != 0;  // more follow, or not the first
    static constexpr std::size_t mac_sizes[16] = {0, 0, 0, 0, 4, 8, 12, 16};
    std::size_t at = 4;
    bool fits = true;
    const auto take = [&](unsigned flag, std::size_t size) -> Bytes {
        if ((flags >> flag & 1U) == 0) return {};
        if (size == 0 || at + size > out.size) {
            fits = false;
            return {};
        }
        at += size;
        return rest.subspan(at - size, size);
    };
    out.control = take(13, 1);
    out.key = take(9, 2);
    out.counter = take(11, 4);
    out.mac = take(10, out.control.empty() ? 0 : mac_sizes[out.control[0] & 0xFU]);
    out.length = take(12, 2);
    if (!fits || at != out.size) return std::nullopt;
    return out;
}

std::optional<TransportHeader> read_transport_header(Bytes rest, Layer layer) {
    TransportHeader out;
    std::size_t at = 1;
    if (layer == Layer::long_header) {
        if (rest.size() < 9) return std::nullopt;
        out.meter.emplace();
        std::copy_n(rest.begin() + 5, 2, out.meter->begin());      // maker comes second
        std::copy_n(rest.begin() + 1, 4, out.meter->begin() + 2);  // number
        std::copy_n(rest.begin() + 7, 2, out.meter->begin() + 6);  // version, type
        at = 9;
    }
    if (rest.size() < at + 4) return std::nullopt;
    out.access = rest[at];
    out.status = rest[at + 1];
    out.blocks = rest[at + 2] >> 4U;
    out.mode = rest[at + 3] & 0x1FU;
    out.size = at + 4;
    if (out.mode == 7) {
        if (rest.size() < out.size + 1) return std::nullopt;
        out.extension = rest[out.size++];
    }
    return out;
}

}  // namespace anju::drivers::wmbus
