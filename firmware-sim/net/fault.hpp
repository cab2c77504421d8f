// What can be wrong with a network between two programs, as values and as words: the vocabulary
// of the fault proxy, of its command line and of its schedules. Pure.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace anju::sim {

/// Of bytes: up is from the one who connected to the one he wanted to reach.
enum class Direction { both, up, down };

struct Fault {
    enum class Kind {
        heal,       ///< everything as it should be; connections that are half-open are reset
        cut,        ///< resets (RST) what is connected now; new connections are served
        refuse,     ///< nobody listens; what is connected goes on
        stall,      ///< connections are accepted, nothing is read; goes on where it was on heal
        half_open,  ///< the other end of what is connected now is gone and nobody says so: bytes
                    ///< vanish, no FIN; new connections are served
        late,       ///< what is connected now is held with its bytes, and delivers them on heal;
                    ///< new connections are served meanwhile and so overtake it
        slow,       ///< the three figures below
    };
    Kind kind = Kind::heal;
    Direction direction = Direction::both;  ///< of stall, half_open, late and slow
    std::uint64_t bytes_per_second = 0;     ///< of each connection; 0 = as fast as it goes
    std::chrono::milliseconds latency{0};   ///< added to every byte
    std::chrono::milliseconds jitter{0};    ///< and between 0 and this much more, in order
    friend bool operator==(const Fault&, const Fault&) = default;
};

/// A line of a schedule.
struct FaultStep {
    std::chrono::milliseconds after{0};  ///< since the line before was over
    Fault fault;
    std::optional<std::chrono::milliseconds> duration;  ///< then it heals; absent: it stays
    friend bool operator==(const FaultStep&, const FaultStep&) = default;
};

/// "250ms", "30s", "2m", "1h": a whole number, at most 1000 h.
[[nodiscard]] std::optional<std::chrono::milliseconds> parse_span(std::string_view text);

/// "[after 30s] stall [up|down] [[for] 2m]", "slow down 2000B/s latency 300ms jitter 100ms".
/// Words are separated by blanks.
[[nodiscard]] result<FaultStep> parse_fault_step(std::string_view line);

/// One step a line; empty lines and those that begin with # are skipped. The error names the
/// line. At most 10,000 steps.
[[nodiscard]] result<std::vector<FaultStep>> parse_fault_schedule(std::string_view text);

/// As parse_fault_step() reads it, without times.
[[nodiscard]] std::string fault_text(const Fault& fault);

}  // namespace anju::sim
