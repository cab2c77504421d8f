// Commands of the district platform, checked before anybody acts on them. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

#include "core/input.hpp"
#include "runtime/journal.hpp"
#include "uplink/seq_set.hpp"

namespace anju::uplink {

inline constexpr std::size_t max_command_bytes = 8 * 1024;
inline constexpr std::size_t max_id_bytes = 128;
inline constexpr std::size_t max_note_bytes = 2000;

/// To be applied once; whether it has expired is decided where repetitions are recognised, so
/// that a repetition gets its first answer even when it comes late.
struct AlertOrder {
    AlertCommand command;  ///< actor is "platform:{issuer}"
    Instant expires{};     ///< epoch 0 = never
};

struct ResendOrder {
    std::string command_id;
    std::uint64_t epoch{};
    Lane lane{};
    std::uint64_t first{};
    std::uint64_t last{};  ///< 0 = up to the head
    Instant expires{};
};

/// A certificate for the box. Whether it is one is for whoever has the keys.
struct CertificateOrder {
    std::string command_id;
    std::string certificates;  ///< PEM, not empty
    Instant expires{};
};

/// Not to be applied.
struct RefusedOrder {
    std::string command_id;  ///< empty: nobody can be answered
    std::string code;        ///< stable, for counters: "too_large", "wrong_gateway" …
    std::string text;        ///< for people: what is wrong
};

using Order = std::variant<AlertOrder, ResendOrder, CertificateOrder, RefusedOrder>;

/// Reads a serialized DistrictCommand that arrived for `gateway_id`.
[[nodiscard]] Order decode_command(std::string_view bytes, std::string_view gateway_id);

}  // namespace anju::uplink
