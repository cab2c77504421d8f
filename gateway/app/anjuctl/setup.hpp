// What `anjuctl setup` does, apart from reading the command line.
#pragma once

#include <string>

#include "app/anjuctl/commands.hpp"
#include "provision/box.hpp"

namespace anju::ctl {

/// When services are told of what has changed.
enum class Start {
    now,
    never,  ///< the reader does it
    later,  ///< start_due() does it
};

struct SetupChoice {
    std::string from;  ///< empty: the answers that are kept, else questions
    std::string root;  ///< empty: this machine
    provision::SetupOptions options;
    Start start = Start::now;
};

[[nodiscard]] int run_setup(const Globals& globals, const SetupChoice& choice);

/// Tells the services of this machine what a run with Start::later, or one that was cut off, has
/// changed. Nothing when there is nothing.
[[nodiscard]] int start_due(const Globals& globals);

/// What was done, for people.
[[nodiscard]] std::string show_setup(const provision::SetupDone& done, Lang lang);
[[nodiscard]] std::string show_remark(const provision::Remark& remark, Lang lang);

/// Now, in whole seconds.
[[nodiscard]] provision::Time wall_time();

}  // namespace anju::ctl
