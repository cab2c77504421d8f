// Reads and writes the sections of notify.hpp. Private to this module.
#pragma once

#include <filesystem>

#include "config/section.hpp"
#include "config/toml_text.hpp"

namespace anju::config {

void read_notify(Section& section, Notify& notify, const std::filesystem::path& folder);
[[nodiscard]] NotifyChannel read_channel(Section& section, const std::filesystem::path& folder);
void write_notify(Writer& out, const Notify& notify);
/// What may be a key that somebody wrote into an address, a header or a body after all is hidden:
/// whatever stands there and is no placeholder. read_channel() takes what this writes.
void write_channel(Writer& out, const NotifyChannel& channel);

}  // namespace anju::config
