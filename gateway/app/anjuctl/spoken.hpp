// How commands that do their work themselves, without the daemon, speak to whoever typed them.
#pragma once

#include <fmt/format.h>

#include <cstdio>
#include <string>

#include "app/anjuctl/commands.hpp"
#include "app/anjuctl/text.hpp"

namespace anju::ctl {

/// The sentence in that language, with the values where it says {}.
template <class... T>
[[nodiscard]] std::string filled(const Text& text, Lang lang, const T&... values) {
    return fmt::format(fmt::runtime(text.in(lang)), values...);
}

inline void print(const std::string& text) {
    std::fwrite(text.data(), 1, text.size(), stdout);
}

/// Says why not; the exit code that goes with it.
[[nodiscard]] inline int refused(const Globals& globals, const Error& error) {
    complain({error}, globals.lang);
    return exit_refused;
}

}  // namespace anju::ctl
