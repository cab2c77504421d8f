// What the gateway counts, so that nothing is dropped or refused in silence. One table.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace anju {

enum class Counter : std::uint8_t {
    messages,        ///< taken from the home broker
    readings,        ///< stored
    alarms,          ///< messages of the alarm lane
    duplicates,      ///< seen before: acknowledged again, not stored
    unknown_device,  ///< no home has this device; it is among the proposals
    ignored_device,  ///< no home has it, and an operator does not want to hear of it
    no_driver,       ///< no driver listens to the topic
    malformed,       ///< refused by a driver
    bad_property,    ///< one property of a message unusable, the others taken
    oversize,        ///< more than drivers::max_payload_bytes
    refused,         ///< native messages answered with a refusal
    inbox_full,      ///< bulk messages dropped unacknowledged; their sensors repeat
    low_space,       ///< bulk messages not taken because the disk is full
    commits,
    decisions,
    alerts_raised,
    commands,         ///< applied, already, refused or expired
    command_repeats,  ///< answered from the store
    bad_commands,     ///< not understood, for another box, or an id that is taken
    bad_acks,         ///< acknowledgements not understood or of another epoch
    clock_steps,
    outages,          ///< spans in which the gateway was down or deaf
    without_consent,  ///< messages of a kind of sensor that a resident refused: not stored
    count_
};

[[nodiscard]] std::string_view name(Counter counter);

class Counters {
public:
    void add(Counter counter, std::uint64_t by = 1) { values_[index(counter)] += by; }
    [[nodiscard]] std::uint64_t get(Counter counter) const { return values_[index(counter)]; }

private:
    static std::size_t index(Counter counter) { return static_cast<std::size_t>(counter); }
    std::array<std::uint64_t, static_cast<std::size_t>(Counter::count_)> values_{};
};

}  // namespace anju
