#include "drivers/wmbus/settle.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include "drivers/wmbus/crc.hpp"
#include "drivers/wmbus/frame.hpp"
#include "drivers/wmbus/opening.hpp"
#include "drivers/wmbus/structure.hpp"
#include "drivers/wmbus/transport.hpp"

namespace anju::drivers::wmbus {
namespace {

using Result = boost::system::result<Telegram, DecodeError>;

constexpr std::size_t crc_bytes = 2;

/// The body ends where the telegram does, as a cipher, a checksum or the records say.
bool ends_rightly(const Opened& opened) {
    const Telegram& telegram = opened.telegram;
    if (opened.verified) return true;
    if (opened.clear_tail == 0) return !telegram.body.empty();
    return holds_records(telegram.ci) && ends_with_a_record(telegram.body);
}

DecodeError length_error(const Frame& frame, const OpenResult& opened) {
    DecodeError out;
    if (!opened) out = opened.error();
    if (out.code == "key_missing") return out;
    out.code = "length_wrong";
    out.at = 0;
    out.text = "The length byte says " + std::to_string(frame.stated) + " bytes, " +
               std::to_string(frame.bytes.size()) +
               " came, and nothing in the telegram shows which is right.";
    return out;
}

Frame with_bytes(const Frame& frame, Bytes bytes) {
    Frame out = frame;
    out.bytes = bytes;
    return out;
}

/// Longer or shorter than the length byte says: believed where the contents prove the end.
Result settle_length(const Frame& frame, const KeySource& keys, Scratch& scratch) {
    if (frame.length == Length::counts_crcs) {
        const auto whole = open_layers(frame, keys, scratch);
        if (whole && (whole->verified || whole->clear_tail == 0) && ends_rightly(*whole)) {
            return whole->telegram;
        }
        return length_error(frame, whole);
    }
    const std::size_t size = frame.bytes.size();
    if (frame.last_crc_left) {
        auto whole =
            open_layers(with_bytes(frame, frame.bytes.first(size - crc_bytes)), keys, scratch);
        if (whole) return whole->telegram;
        return std::move(whole.error());
    }
    const auto stated =
        open_layers(with_bytes(frame, frame.bytes.first(frame.stated)), keys, scratch);
    if (stated && ends_rightly(*stated)) return stated->telegram;
    const DecodeError refused = length_error(frame, stated);
    const auto whole = open_layers(frame, keys, scratch);
    if (whole && ends_rightly(*whole)) return whole->telegram;
    return refused;
}

/// Some receivers leave the CRC of the last block in place.
void take_off_last_crc(const Frame& frame, Opened& opened) {
    if (!frame.last_crc_left || opened.verified || opened.clear_tail < crc_bytes) return;
    opened.telegram.body = opened.telegram.body.first(opened.telegram.body.size() - crc_bytes);
    opened.clear_tail -= crc_bytes;
}

enum class Repaired : std::uint8_t { senseless, possible, convincing };

/// What a damaged frame of format B would say with the bit at `bit` turned back.
Repaired repair(const Frame& frame, std::size_t bit, const KeySource& keys, Scratch& scratch,
                const RivalHeard& heard) {
    scratch.frame.assign(frame.bytes.begin(), frame.bytes.end());
    scratch.frame[bit / 8] ^= static_cast<std::uint8_t>(0x80U >> bit % 8);
    if (std::size_t{scratch.frame[0]} + 1 != scratch.frame.size()) return Repaired::senseless;
    const Frame repaired =
        with_bytes(frame, Bytes(scratch.frame).first(scratch.frame.size() - crc_bytes));
    const auto opened = open_layers(repaired, keys, scratch);
    if (!opened) {
        return opened.error().code == "key_missing" ? Repaired::convincing : Repaired::senseless;
    }
    if (!heard || ends_rightly(*opened) || opened->telegram.protection == Protection::opened) {
        return Repaired::convincing;
    }
    heard(opened->telegram);
    return Repaired::possible;
}

/// Bare, or a damaged frame of format B? Both have the length that the length byte says. The bare
/// one is refused where the other one is convincing.
Result settle_form(const Frame& frame, const KeySource& keys, Scratch& scratch,
                   const RivalHeard& heard) {
    bool possible = false;
    for (auto bit = damaged_bit(frame.bytes); bit;) {
        const Repaired said = repair(frame, *bit, keys, scratch, heard);
        if (said == Repaired::convincing) return damaged_frame();
        possible = possible || said == Repaired::possible;
        bit = *bit >= crc_period ? std::optional(*bit - crc_period) : std::nullopt;
    }
    auto bare = open_layers(frame, keys, scratch);
    if (!bare) {
        if (!possible && bare.error().code == "key_missing") return std::move(bare.error());
        return damaged_frame();
    }
    take_off_last_crc(frame, *bare);
    return bare->telegram;
}

}  // namespace

DecodeError damaged_frame() {
    DecodeError out;
    out.code = "crc";
    out.text =
        "The frame looks like format B whose CRC does not fit in one bit: it was damaged on its "
        "way; wait for the next one.";
    return out;
}

Result settle_telegram(Bytes bytes, const KeySource& keys, Scratch& scratch,
                       const RivalHeard& heard) {
    auto frame = read_frame(bytes, scratch.frame);
    if (!frame) return std::move(frame.error());
    if (frame->length == Length::maybe_format_b) {
        return settle_form(*frame, keys, scratch, heard);
    }
    if (frame->length != Length::right) return settle_length(*frame, keys, scratch);
    auto opened = open_layers(*frame, keys, scratch);
    if (!opened) return std::move(opened.error());
    take_off_last_crc(*frame, *opened);
    return opened->telegram;
}

}  // namespace anju::drivers::wmbus
