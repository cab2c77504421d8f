// A label for a sensor: its address as a QR code (ISO/IEC 18004), for a terminal and for a label
// printer. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace anju::provision {

/// Two rows of modules a line in half blocks, light on dark being the terminal's business: drawn
/// with the quiet zone, light modules as blocks, so that it can be read on a dark terminal, which
/// is what phones expect. An Error for more than 1 KiB.
[[nodiscard]] result<std::string> code_for_terminal(std::string_view content);

/// An SVG of 40 mm by 50 mm, code above, captions below it, in black on white.
[[nodiscard]] result<std::string> code_as_svg(std::string_view content,
                                              const std::vector<std::string>& captions);

}  // namespace anju::provision
