// Why a restore came to nothing, and what that means for the next start of the box.
#pragma once

#include <cstdio>
#include <filesystem>
#include <string>

#include "app/anjuctl/backup_text.hpp"
#include "app/anjuctl/spoken.hpp"
#include "store/placing.hpp"

namespace anju::ctl {

/// Says both; the exit code that goes with it. `data_dir`: the one that was restored into.
[[nodiscard]] inline int not_restored(const Globals& globals, const Error& why,
                                      const std::filesystem::path& data_dir) {
    const int code = refused(globals, why);
    const store::Files files(data_dir);
    std::string what;
    switch (store::look_at_placing(files)) {
        case store::Placing::none:
            what = text::not_restored.in(globals.lang);
            break;
        case store::Placing::begun:
            what = text::not_yet_restored.in(globals.lang);
            break;
        case store::Placing::unplaced:
            what = filled(text::half_restored, globals.lang, files.placing().string());
            break;
    }
    std::fwrite(what.data(), 1, what.size(), stderr);
    return code;
}

}  // namespace anju::ctl
