// Reads and writes the sections of notify.hpp. Private to this module.
#pragma once

#include <filesystem>

#include "config/section.hpp"
#include "config/toml_text.hpp"

namespace anju::config {

void read_notify(Section& section, Notify& notify, const std::filesystem::path& folder);
[[nodiscard]] NotifyChannel read_channel(Section& section, const std::filesystem::path& folder);
/// Without headers and bodies, in which somebody may have written a secret after all.
void write_notify(Writer& out, const Notify& notify);

}  // namespace anju::config
