// The world outside the process that is killed: the time, what was delivered and answered, what
// went out to people. In memory that the processes share, so that a SIGKILL leaves it as it was;
// and the fate that decides at which moment the SIGKILL comes.
#pragma once

#include <array>
#include <cstdint>

#include "core/decision.hpp"
#include "core/model/instant.hpp"

namespace anju::test {

/// Plain data, at home in shared memory. One process at a time writes it.
struct Outside {
    static constexpr std::size_t most_sent = 2'048;
    static constexpr std::size_t most_moments = 1 << 16;
    static constexpr std::size_t most_deeds = 128;

    /// A message that was handed to whoever carries it out.
    struct Sent {
        std::uint64_t first{};  ///< ids of the notices it tells of
        std::uint64_t last{};
        Instant at{};
        std::uint64_t life{};
    };

    Instant now{};
    std::uint64_t lives{};
    std::uint64_t delivered{};  ///< deeds whose sender knows that they were taken
    std::array<CommandStatus, most_deeds> answers{};
    std::uint64_t sent_count{};
    std::array<Sent, most_sent> sent{};
    bool done{};
    std::array<char, 512> failure{};

    // fate
    std::uint64_t moments{};  ///< passed, over all lives
    std::uint64_t fatal{};    ///< the moment that is not survived; 0 = all are
    bool matters{};           ///< what happens now is a step, an answer or a telling
    std::uint64_t remarkable_count{};
    std::array<std::uint32_t, most_moments> remarkable{};  ///< moments that mattered

    /// A moment at which the process may die: called before and after everything that can be seen
    /// from outside.
    void moment();
    void fail(const char* why);
};

/// Shared with every process forked after it.
class SharedOutside {
public:
    SharedOutside();  ///< throws std::runtime_error without memory
    ~SharedOutside();
    SharedOutside(const SharedOutside&) = delete;
    SharedOutside& operator=(const SharedOutside&) = delete;
    [[nodiscard]] Outside& operator*() const { return *outside_; }
    [[nodiscard]] Outside* operator->() const { return outside_; }

private:
    Outside* outside_;
};

}  // namespace anju::test
