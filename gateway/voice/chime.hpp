// What makes a spoken sentence out of a file of a speech synthesiser: two notes that say "listen"
// before anything is said to somebody who may be half deaf, and one level for all languages.
#pragma once

#include "voice/wave.hpp"

namespace anju::voice {

/// Two falling notes, E5 and C5, 1.2 s, faded out.
[[nodiscard]] Sound chime(unsigned rate);

/// chime, half a second of silence, `speech` without the silence around it, half a second; the
/// speech and the chime each as loud as fits (peak at 0.9 of full scale).
[[nodiscard]] Sound announcement(const Sound& speech);

}  // namespace anju::voice
