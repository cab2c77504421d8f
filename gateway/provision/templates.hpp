// Fills in the broker's templates (deploy/mosquitto). Pure, but for reading the templates.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace anju::provision {

/// `name` in `folder`, in its folder mosquitto or config.
[[nodiscard]] result<std::string> read_template(const std::filesystem::path& folder,
                                                std::string_view name);

struct Word {
    std::string_view name;  ///< "PORT" for @PORT@
    std::string value;
};
/// An Error when a word of the template is not among them.
[[nodiscard]] result<std::string> fill(std::string_view text, std::span<const Word> words);

/// The access list with the lines of these drivers switched on: a driver's lines stand, commented
/// out, below the comment that begins with its name. An Error for one that has none.
[[nodiscard]] result<std::string> with_drivers(std::string_view acl,
                                               const std::vector<std::string>& drivers);

/// `text` without the settings that `main` makes already: mosquitto refuses some that come twice.
[[nodiscard]] std::string without_settings_of(std::string_view text, std::string_view main);

/// Whether a configuration of mosquitto opens a listener of its own.
[[nodiscard]] bool has_listener(std::string_view text);

}  // namespace anju::provision
