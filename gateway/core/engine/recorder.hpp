// Turns what happens in a household into numbered decisions.
#pragma once

#include <cstdint>

#include "core/alert/book.hpp"
#include "core/decision.hpp"
#include "core/model/household.hpp"

namespace anju {

/// Lives for one step of one household; everything it refers to outlives it.
class Recorder final : public AlertSink {
public:
    struct Voice {
        Duration utc_offset{};  ///< of the times in sentences
    };

    Recorder(const Household& home, std::uint64_t& last_number, Voice voice, Instant at,
             Decisions& out)
        : home_(home), last_number_(last_number), voice_(voice), at_(at), out_(out) {}

    [[nodiscard]] Instant at() const { return at_; }
    [[nodiscard]] Duration utc_offset() const { return voice_.utc_offset; }

    void moved(const Alert& alert, std::optional<AlertState> from) override;
    void told(const Alert& alert, std::span<const Role> roles, SummonsCause cause) override;
    void health(const DeviceId& device, DeviceHealth health);
    void answered(CommandAnswered answer);
    void consent(Consent consent);

private:
    Decision& next();

    const Household& home_;
    std::uint64_t& last_number_;
    Voice voice_;
    Instant at_;
    Decisions& out_;
};

/// Fills in both sentences of an alert.
void word(Alert& alert, const Household& home, Recorder::Voice voice);

}  // namespace anju
