// Reads and writes the sections of http.hpp, console.hpp and self_check.hpp. Private to this
// module.
#pragma once

#include <filesystem>

#include "config/console.hpp"
#include "config/http.hpp"
#include "config/section.hpp"
#include "config/self_check.hpp"
#include "config/toml_text.hpp"

namespace anju::config {

[[nodiscard]] Http read_http(Section& section, const std::filesystem::path& folder);
void write_http(Writer& out, const Http& http);

[[nodiscard]] Console read_console(Section& section, const std::filesystem::path& folder);
void write_console(Writer& out, const Console& console);

[[nodiscard]] SelfCheck read_self_check(Section& section, const std::filesystem::path& folder);
void write_self_check(Writer& out, const SelfCheck& check);

}  // namespace anju::config
