// What `anjuctl setup` does, apart from reading the command line.
#pragma once

#include <string>

#include "app/anjuctl/commands.hpp"
#include "provision/box.hpp"

namespace anju::ctl {

struct SetupChoice {
    std::string from;  ///< empty: the answers that are kept, else questions
    std::string root;  ///< empty: this machine
    provision::SetupOptions options;
    bool start = true;  ///< restart what has changed
};

[[nodiscard]] int run_setup(const Globals& globals, const SetupChoice& choice);

/// What was done, for people.
[[nodiscard]] std::string show_setup(const provision::SetupDone& done, Lang lang);
[[nodiscard]] std::string show_remark(const provision::Remark& remark, Lang lang);

/// Now, in whole seconds.
[[nodiscard]] provision::Time wall_time();

}  // namespace anju::ctl
