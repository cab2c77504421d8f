// What a value consists of depends on when it was written. Every version ever released is read;
// only the newest is written.
//
// Inputs, decisions and snapshots share one number since 3; before, inputs and decisions bore 1
// and snapshots of the same days bore 2.
#pragma once

#include <cstdint>

namespace anju::codec {

using Version = std::uint8_t;

inline constexpr Version first_messages = 1;   ///< inputs and decisions before `many_drivers`
inline constexpr Version first_snapshots = 2;  ///< snapshots before `many_drivers`
/// Profile and key of a device, reading kinds 15 to 20 and what they led to, meters that doubt.
inline constexpr Version many_drivers = 3;

/// What is learned of a person: the rhythm of the home, who is in, budgets of false alerts.
inline constexpr Version personal = 4;

/// The life of alerts, the people around a resident, communities and their rounds.
inline constexpr Version cared = 5;

/// Time limits after the arrival, and the owner of an alert as one of those who are told.
inline constexpr Version written_up = 6;

/// Homes that were made up to practise with, and what is marked as theirs.
inline constexpr Version drilled = 7;

/// More than the last message of a device that numbers nothing.
inline constexpr Version unheard_acks = 8;

inline constexpr Version newest = unheard_acks;

}  // namespace anju::codec
