// What the alerts of a replayed home come to: those somebody was called for, those of the silence
// that goes on, and those that wait for a person.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/decision.hpp"

namespace anju::score {

/// Somebody was told: an alert was raised, came back, or became more urgent.
struct Raised {
    Instant at{};
    AlertKind kind{};
    Priority priority{};
    std::string rule;
    std::string sentence_en;
    Instant last_use{};  ///< start of the silence it was raised in

    friend bool operator==(const Raised&, const Raised&) = default;
};

/// Raised because nothing was seen of the person.
[[nodiscard]] bool is_about_silence(AlertKind kind);

class AlertLog {
public:
    /// When the silence that goes on was first told; what was told before a use is over with it.
    struct Told {
        std::optional<Instant> at;
        std::optional<Instant> urgent_at;  ///< P2
        Priority priority{};               ///< of the first
    };

    /// The log of a future that begins here: what is open and told, without what was raised.
    [[nodiscard]] AlertLog fork() const;

    void used(Instant at);
    void hear(const Decisions& decisions);

    /// Alerts that a person ends now that somebody was seen in the home: those about silence at
    /// once, others (a digest, a visit) a day after they were raised.
    [[nodiscard]] std::vector<AlertId> to_close(Instant now) const;

    [[nodiscard]] const std::vector<Raised>& raised() const { return raised_; }
    [[nodiscard]] const Told& told() const { return told_; }

private:
    struct Open {
        AlertId id;
        AlertKind kind{};
        Priority priority{};
        Instant raised_at{};
    };

    void hear(const AlertChanged& change, Instant at);
    void add(const Alert& alert, Instant at);

    std::vector<Open> open_;
    std::vector<Raised> raised_;
    Instant last_use_{};
    Told told_;
};

}  // namespace anju::score
