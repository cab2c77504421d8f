// From the strangeness of a silence to the number of false alerts it stands for.
//
// Every silence that ended with a sign of life was harmless, and the strangest moment of it is a
// false alert that a lower threshold would have given. The higher ones of these peaks, counted
// over the months in which they arose, are the calibration: the threshold for a budget is the
// score that this person's harmless silences exceed as often as the budget allows. Beyond what was
// seen the tail is continued as an exponential one, as extreme value theory has it for scores that
// are logarithms of likelihoods (peaks over threshold: Pickands, Annals of Statistics 3, 1975;
// Embrechts, Kluppelberg and Mikosch, Modelling Extremal Events, 1997): in a month of four peaks a
// budget of one in a year is read off it.
//
// Where little was counted, what is usual of homes with such sensors counts beside it.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <optional>

#include "core/model/instant.hpp"

namespace anju::detect {

/// A month, as budgets mean it: 30.44 days.
inline constexpr Duration budget_month = Duration{std::chrono::hours{24}} * 3044 / 100;

/// What is usual of homes: the score exceeded three times a month, by how much it grows when the
/// budget falls to the e-th part, and how many peaks of this home that growth outweighs.
struct UsualTail {
    double at_three{};
    double slope{};
    double slope_counts{};
};
/// Theory has a slope of 1 for a logarithm of likelihoods, and homes with sensors that speak at the
/// moment come close.
inline constexpr UsualTail moments_tail{5.2, 1.0, 15};
/// Without a door, silences are absences too, which no likelihood knows: each home has its own.
inline constexpr UsualTail hours_tail{5.5, 1.3, 4};

class Budget {
public:
    static constexpr Duration half_life = std::chrono::days{120};

    /// A silence ended by itself; `peak` is the highest score it reached.
    void harmless(double peak);
    /// For so long the home was listened to.
    void listened(Duration length);
    /// `days` more have passed.
    void fade(double days);

    /// The score that harmless silences exceed `per_month` times a month (> 0).
    [[nodiscard]] double threshold(double per_month, const UsualTail& usual) const;
    /// How often a month harmless silences exceed `score`.
    [[nodiscard]] double per_month(double score, const UsualTail& usual) const;
    /// How often a month they were seen to exceed it, nothing continued or supposed; a peak is
    /// known to a quarter. nullopt: too short a time was listened to.
    [[nodiscard]] std::optional<double> seen_per_month(double score) const;

    template <class A, class Self>
    static void fields(A& archive, Self& self) {
        archive(self.peaks_, self.months_);
    }

private:
    static constexpr std::size_t bins = 120;
    static constexpr double width = 0.25;

    struct Tail {
        double from{};  ///< score …
        double rate{};  ///< … exceeded so often a month
        double slope{};
    };
    [[nodiscard]] Tail tail(const UsualTail& usual) const;

    std::array<float, bins> peaks_{};  // how many, by score
    float months_{};
};

}  // namespace anju::detect
